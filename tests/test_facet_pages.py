"""The pages of facets as they are built: each term with its cases, long lists, and the map."""

import copy
import re
from itertools import pairwise
from urllib.parse import urljoin

import pytest
import yaml
from casebook.languages import Language
from conftest import OpenWindow
from playwright.sync_api import expect
from site_support import (
    CASE_FILES,
    CASES_IN_LANGUAGES,
    ENGLISH,
    FEW,
    LANGUAGES,
    NORWEGIAN,
    ROOT,
    Document,
    Site,
    SmallProject,
    address,
    carriers,
    case_address,
    facet_source,
    facet_terms,
    in_language,
    places,
    record,
    text_of,
    value,
)

PHONE, DESK = 320, 1280
HEAVY = 300_000
"""Bytes that no page may have, however many cases there are."""

each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)


def cards(document: Document) -> list[str]:
    """The addresses that the titles of cards lead to, in the order of the page."""
    links = document.main.select(".card-title a")
    return [urljoin(document.address, value(link, "href")) for link in links]


def term_address(facet: str, term: str, language: Language) -> str:
    """Where the page of a term stands."""
    return address(facet_source(facet, term), language)


# --- each term -----------------------------------------------------------------------------


@each_language
def test_the_page_of_a_term_lists_exactly_its_cases(site: Site, language: Language) -> None:
    for (facet, term), ids in facet_terms().items():
        page = site[term_address(facet, term, language)]
        assert sorted(cards(page)) == sorted(case_address(id_, language) for id_ in ids)


def test_the_list_of_all_cases_is_an_alphabet(site: Site) -> None:
    page = site[address("eksempler/alle/index", NORWEGIAN)]
    titles = [text_of(title) for title in page.main.select(".card-title")]
    assert len(titles) == len(CASE_FILES)
    # Letters outside English come last, in the order of the Norwegian alphabet.
    plain = [title.lower() for title in titles if title.isascii()]
    assert plain == sorted(plain)


BESIDE_THE_FACTS = {"size", "direction", "evidence", "partner_types"}
"""Facets whose terms stand elsewhere on the page of a case."""


def test_tags_lead_to_the_terms_of_the_case(site: Site) -> None:
    for id_, language in CASES_IN_LANGUAGES:
        page = site[case_address(id_, language)]
        expected = {
            term_address(facet, term, language)
            for (facet, term), ids in carriers().items()
            if id_ in ids and facet not in BESIDE_THE_FACTS
        }
        facts = page.targets(page.part("facts")) - {page.address}  # sources below
        sizes = {place for place in facts if "/size/" in place}
        assert facts - sizes == expected
        level = record(id_)["evidence"]["level"]
        assert term_address("evidence", level, language) in page.targets(page.part("evidence"))
        if record(id_).get("direction", {}).get("is", "not-studied") != "not-studied":
            way = term_address("direction", record(id_)["direction"]["is"], language)
            assert way in page.targets(page.part("direction"))
        partners = {place for place in page.targets(page.part("organisations")) if "/par" in place}
        types = [entry.get("type") for entry in record(id_)["organisations"]]
        assert partners == {
            term_address("partner_types", type_, language) for type_ in types if type_
        }


def test_a_municipality_is_named_and_its_county_leads_on(site: Site) -> None:
    page = site[case_address("jobbasker", NORWEGIAN)]
    facts = page.part("facts")
    assert "Asker Akershus fylke" in text_of(facts)
    assert term_address("county", "akershus", NORWEGIAN) in page.targets(facts)


@each_language
def test_a_list_can_be_narrowed_by_every_other_facet(site: Site, language: Language) -> None:
    tags = {tag: set(ids) for tag, ids in carriers().items()}
    catalogue = address("eksempler/index", language)
    for facet, term in (("measures", "work-training"), ("county", "vestfold")):
        here = tags[facet, term]
        page = site[term_address(facet, term, language)]
        links = page.one(".filters").select("a")
        asked = {urljoin(page.address, value(link, "href")): link for link in links}
        assert f"{catalogue}?{facet}={term}" in asked
        # A term that all of these cases carry, or none, narrows nothing.
        expected = {
            f"{catalogue}?{facet}={term}&{other}={one}": len(ids & here)
            for (other, one), ids in tags.items()
            if other != facet and one != "unknown" and 0 < len(ids & here) < len(here)
        }
        told = {
            place: int(text_of(value_of))
            for place, link in asked.items()
            if place.count("=") == 2
            for value_of in link.parent.select(".number")  # type: ignore[union-attr]
        }
        assert told == expected
        assert text_of(page.one(".order-told")) == language.text("catalogue.order_known")


def test_the_front_page_leads_to_every_facet(site: Site) -> None:
    for language in LANGUAGES:
        home = site[address("index", language)]
        expected = {address(facet_source(facet), language) for facet, _ in carriers()}
        assert expected | {address("eksempler/alle/index", language)} <= home.targets(home.main)


@each_language
def test_a_facet_lists_its_terms_with_the_number_of_cases(site: Site, language: Language) -> None:
    for facet in dict.fromkeys(facet for facet, _ in carriers()):
        page = site[address(facet_source(facet), language)]
        shown = {
            urljoin(page.address, value(link, "href")): text_of(
                link.select(".number [aria-hidden]")[0]
            )
            for link in page.main.select("a.term-count")
        }
        assert shown == {
            term_address(name, term, language): str(len(ids))
            for (name, term), ids in facet_terms().items()
            if name == facet
        }


def test_breadcrumbs_lead_from_a_term_to_its_facet_and_the_catalogue(site: Site) -> None:
    for language in LANGUAGES:
        page = site[term_address("measures", "work-training", language)]
        trail = [
            urljoin(page.address, value(link, "href"))
            for link in page.one("nav.breadcrumbs").select("a")
        ]
        assert trail == [
            address("index", language),
            address("eksempler/index", language),
            address(facet_source("measures"), language),
        ]


def test_a_term_leads_to_guides_and_law_that_say_they_are_about_it(site: Site) -> None:
    for language in LANGUAGES:
        about: dict[tuple[str, str], set[str]] = {}
        for file in sorted((ROOT / "docs").rglob("*.md")):
            source = file.relative_to(ROOT / "docs").as_posix().removesuffix(".md")
            code = source.rpartition(".")[2]
            if LANGUAGES.get(code) is language:
                front_matter = next(yaml.safe_load_all(file.read_text(encoding="utf-8")))
                named = front_matter.get("facets", {})
                for facet, terms in named.items():
                    for term in terms:
                        place = address(source.removesuffix(f".{code}"), language)
                        about.setdefault((facet, term), set()).add(place)
        assert {page.split("/")[1] for page in set().union(*about.values())} == {
            "veiledere",
            "rammer",
        }
        for facet, term in facet_terms():
            page = site[term_address(facet, term, language)]
            shown = page.main.select(".facet-guides")
            found = page.targets(shown[0]) if shown else set()
            assert found == about.get((facet, term), set()), page.address


def test_an_unknown_term_has_no_page(site: Site) -> None:
    assert not site.file("/eksempler/measures/no-such-term/").exists()
    # What is no county of today has one only if a case is about it.
    assert not site.file("/eksempler/county/oppland/").exists()


@each_language
def test_a_term_without_cases_says_so_and_leads_on(site: Site, language: Language) -> None:
    empty = [term for term, ids in facet_terms().items() if not ids]
    assert ("county", "finnmark") in empty
    for facet, term in empty:
        page = site[term_address(facet, term, language)]
        assert text_of(page.part("cases")) == language.text("facets.none")
        assert text_of(page.one(".band .lead")), "what would count as the term is told all the same"
        assert page.targets(page.one(".no-cases")) == {
            address(facet_source(facet), language),
            address("eksempler/alle/index", language),
        }


# --- many cases ----------------------------------------------------------------------------

COPIES = 61
"""So many cases go over two pages."""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with many cases that are alike."""
    project = SmallProject(tmp_path_factory.mktemp("crowded") / "project")
    for number in range(COPIES):
        copied = copy.deepcopy(record("jobbloop"))
        for code in copied["title"]:
            copied["title"][code] = f"Nr. {number:03} ({code})"
            copied["lead"][code] += f" ({number})"
        for field in ("related", "shown_with", "part_of", "names"):
            copied.pop(field, None)
        text = yaml.safe_dump(copied, allow_unicode=True, sort_keys=False)
        project.write(f"cases/nr-{number:03}.yml", text)
    return project.build()


@each_language
@pytest.mark.parametrize(
    ("first", "count"),
    [
        ("eksempler/alle/index", COPIES + len(FEW)),
        ("eksempler/measures/loop", COPIES),
    ],
)
def test_a_long_list_is_walked_page_by_page(
    crowded: Site, language: Language, first: str, count: int
) -> None:
    place: str | None = address(first, language)
    found: list[str] = []
    walked: list[Document] = []
    while place is not None:
        page = crowded[place]
        walked.append(page)
        found += cards(page)
        current = page.one('.pages [aria-current="page"]')
        assert text_of(current).split()[-1] == str(len(walked))
        following = page.main.select('.pages a[rel="next"]')
        place = urljoin(page.address, value(following[0], "href")) if following else None
    assert len(walked) == -(-count // 60)
    assert len(found) == len(set(found)) == count
    for before, after in pairwise(walked):
        back = after.one('.pages a[rel="prev"]')
        assert urljoin(after.address, value(back, "href")) == before.address
    assert len({text_of(page.one("title")) for page in walked}) == len(walked)
    # A later page lies below the first one, and says so.
    last = walked[-1].one("nav.breadcrumbs").select("a")[-1]
    assert urljoin(walked[-1].address, value(last, "href")) == walked[0].address


def test_nothing_breaks_and_nothing_is_heavy_with_many_cases(crowded: Site) -> None:
    assert crowded.broken_links() == []
    heavy = {
        document.address: len(document.html.encode())
        for document in crowded
        if document.address.startswith("/eksempler/") and document.address.count("/") > 2
    }
    assert {place: size for place, size in heavy.items() if size > HEAVY} == {}
    home = crowded["/"]
    assert len(home.html.encode()) < 60_000


# --- the map of counties -------------------------------------------------------------------


@each_language
def test_the_list_beside_the_map_tells_the_same(site: Site, language: Language) -> None:
    page = site[address(facet_source("county"), language)]
    drawn = {
        urljoin(page.address, value(link, "href")): value(link, "aria-label")
        for link in page.main.select(".county-map a")
    }
    assert len(drawn) == 15
    told = {}
    for item in page.main.select(".county-list .term-count"):
        if item.name == "a":
            label, number = item.select("span")[0], item.select(".number [aria-hidden]")[0]
            count = language.count("facets.count", int(text_of(number)))
            told[urljoin(page.address, value(item, "href"))] = f"{text_of(label)}: {count}"
    assert {place: told[place] for place in drawn} == drawn
    names = {id_ for id_, entry in places().items() if entry["kind"] == "county"}
    listed = {
        text_of(item)
        for item in page.main.select(".county-list ul")[0].select("a > span:first-child, li > span")
    }
    for id_ in names:
        county = in_language(places()[id_]["label"], language)
        assert [text for text in listed if text.startswith(county)], county
    assert len(page.main.select(".county-map svg path[fill]")) == len(names) == 15


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_map_is_walked_by_keyboard(window: OpenWindow, width: int) -> None:
    view = window(width)
    page = view.open(address(facet_source("county"), NORWEGIAN))
    links = page.locator(".county-map a")
    page.locator("main").focus()
    for number in range(links.count()):
        page.keyboard.press("Tab")
        expect(links.nth(number)).to_be_focused()
        outline = links.nth(number).locator("path")
        fill, others = (
            part.evaluate("path => getComputedStyle(path).fill")
            for part in (outline, links.nth(number - 1).locator("path"))
        )
        assert fill != others, "focus shows"
        box = outline.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    name = links.last.get_attribute("aria-label") or ""
    page.keyboard.press("Enter")
    label = name.rpartition(":")[0]
    expect(page.get_by_role("heading", level=1)).to_contain_text(label)
    view.assert_clean()


def _luminance(colour: str) -> float:
    """How light a colour is, by the definition of WCAG, from "rgb(1, 2, 3)"."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_labels_of_the_map_stand_out(window: OpenWindow, dark: bool) -> None:
    page = window(DESK, dark=dark).open(address(facet_source("county"), NORWEGIAN))
    colours = page.evaluate(
        """() => {
          const fill = (selector) => getComputedStyle(document.querySelector(selector)).fill;
          const ground = getComputedStyle(document.body).backgroundColor;
          const inner = ":not(.map-outside)";
          return [
            [fill("a .map-number"), fill(".map-cloth")],
            [fill(`a:not(.map-empty) .map-name${inner}`), fill(".map-cloth")],
            [fill(`.map-empty .map-name${inner}`), fill(".map-bare")],
            [fill(".map-outside"), ground],
          ];
        }"""
    )
    for text, ground in colours:
        darker, lighter = sorted((_luminance(text), _luminance(ground)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def test_the_map_answers_to_the_mouse(window: OpenWindow) -> None:
    view = window(PHONE)
    page = view.open(address(facet_source("county"), ENGLISH))
    link = page.get_by_role("link", name=re.compile("^Oslo county: "))
    box = link.locator("path").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(view.server + term_address("county", "oslo-county", ENGLISH))
    view.assert_clean()
