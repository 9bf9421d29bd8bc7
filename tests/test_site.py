"""The built site as files: what every page must hold, and what only some pages tell."""

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import Tag
from casebook.languages import Language
from casebook.record.citations import marks
from site_support import (
    CASE_FILES,
    CASES_IN_LANGUAGES,
    DEFAULT,
    DOORS,
    ENGLISH,
    LANGUAGES,
    NORWEGIAN,
    NOT_FOUND,
    PAGES,
    ROOT,
    SITE_NAMES,
    SITE_URL,
    Document,
    Site,
    address,
    case_address,
    in_language,
    language_at,
    one_line,
    other_versions,
    record,
    references,
    text_of,
    value,
)
from website.policy import REFERRER, SCRIPT_FOLDERS, headers_file, policies

HEAVY = 120_000
"""Bytes that no page may have: an adviser may sit with a poor connection.

The heaviest is the catalogue, in which all municipalities can be chosen (18 kB on the wire).
"""

each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)


def _everywhere(
    check: Callable[..., None], calls: Callable[[Site], Mapping[str, tuple[object, ...]]]
) -> Callable[[Site], None]:
    """Make one test of a check, so that a fault of a template is one failure, not hundreds.

    ``calls`` tells what the check is called with, by the address where it looks.
    """

    def test(site: Site) -> None:
        faults = []
        for place, arguments in calls(site).items():
            try:
                check(*arguments)
            except Exception as fault:  # whatever it is, the others are checked as well
                faults.append(f"{place}: {type(fault).__name__}: {fault}")
        assert not faults, "\n".join(faults)

    test.__doc__ = check.__doc__
    return test


def on_each_page(check: Callable[[Document], None]) -> Callable[[Site], None]:
    """Check every page that readers find."""
    return _everywhere(check, lambda site: {place: (site[place],) for place in PAGES})


def on_each_document(check: Callable[[Document], None]) -> Callable[[Site], None]:
    """Check every page, and the one for addresses that lead nowhere."""
    return _everywhere(check, lambda site: {place: (site[place],) for place in [*PAGES, NOT_FOUND]})


def on_each_case(check: Callable[[Site, str, Language], None]) -> Callable[[Site], None]:
    """Check the page of every case in every language."""
    return _everywhere(
        check,
        lambda site: {
            case_address(id_, language): (site, id_, language)
            for id_, language in CASES_IN_LANGUAGES
        },
    )


# --- which pages there are -----------------------------------------------------------------


def test_every_source_has_its_page_and_nothing_else_is_published(site: Site) -> None:
    assert {document.address for document in site} == {*PAGES, *DOORS, NOT_FOUND}


@on_each_case
def test_every_case_has_its_page(site: Site, id_: str, language: Language) -> None:
    suffix = "" if language is DEFAULT else f".{language.code}"
    heading = site[f"/eksempler/{id_}{suffix}/"].one("h1")
    assert text_of(heading) == in_language(record(id_)["title"], language)


@each_language
def test_home_leads_to_the_catalogue_and_the_guides(site: Site, language: Language) -> None:
    home = site[address("index", language)]
    assert address("eksempler/index", language) in home.targets(home.main)
    assert address("veiledere/fire-samarbeidsformer", language) in home.targets(home.main)


@each_language
def test_the_catalogue_leads_to_every_case_by_its_title(site: Site, language: Language) -> None:
    catalogue = site[address("eksempler/index", language)]
    everything = site[address("eksempler/alle/index", language)]
    assert everything.address in catalogue.targets(catalogue.main)
    shown = {
        site_place: text_of(link)
        for page in (catalogue, everything)
        for link in page.main.select(".card-title a[href]")
        if (site_place := site.place(page.address, value(link, "href")))
    }
    titles = {
        case_address(id_, language): in_language(record(id_)["title"], language)
        for id_ in CASE_FILES
    }
    assert {place: shown.get(place) for place in titles} == titles


# --- title, language and address of a page -------------------------------------------------


@on_each_document
def test_the_language_of_a_page_is_marked(document: Document) -> None:
    assert value(document.one("html"), "lang") == document.language.html


@on_each_document
def test_a_page_has_one_main_heading(document: Document) -> None:
    assert text_of(document.one("h1"))


@on_each_document
def test_the_title_is_the_heading_and_ends_with_the_sites_name(document: Document) -> None:
    title = text_of(document.one("head > title"))
    name = SITE_NAMES[document.language.code]
    if document.address in {address("index", language) for language in LANGUAGES}:
        assert title == name
    else:
        assert title == f"{text_of(document.one('h1'))} – {name}"


def test_no_two_pages_have_the_same_title(site: Site) -> None:
    titles = Counter(text_of(document.one("head > title")) for document in site)
    assert [title for title, times in titles.items() if times > 1] == []


@on_each_page
def test_a_page_is_described(page: Document) -> None:
    description = value(page.one('meta[name="description"]'), "content")
    assert len(description) > 30
    id_ = PAGES[page.address][0].removeprefix("eksempler/")
    if id_ in CASE_FILES:
        assert one_line(description) == in_language(record(id_)["lead"], page.language)


def test_no_two_pages_have_the_same_description(site: Site) -> None:
    described = [site[page].one('meta[name="description"]') for page in PAGES]
    texts = Counter(value(meta, "content") for meta in described)
    assert [text for text, times in texts.items() if times > 1] == []


@on_each_page
def test_the_canonical_address_is_the_pages_own(page: Document) -> None:
    assert value(page.one('link[rel="canonical"]'), "href") == SITE_URL + page.address[1:]


@on_each_page
def test_search_engines_are_told_of_every_language(page: Document) -> None:
    versions = other_versions(page.address)
    expected = {LANGUAGES[code].html: SITE_URL + place[1:] for code, place in versions.items()} | {
        "x-default": SITE_URL + versions[DEFAULT.code][1:]
    }
    assert _alternates(page) == (expected if len(versions) > 1 else {})


@on_each_page
def test_all_languages_of_a_page_tell_of_each_other(page: Document) -> None:
    own = _alternates(page)
    for place in own.values():
        assert _alternates(page.site["/" + place.removeprefix(SITE_URL)]) == own


def test_an_error_page_has_no_address_of_its_own(site: Site) -> None:
    assert site[NOT_FOUND].soup.select('link[rel="canonical"], link[rel="alternate"]') == []


def _alternates(document: Document) -> dict[str, str]:
    links = document.soup.select('link[rel="alternate"][hreflang]')
    found = {value(link, "hreflang"): value(link, "href") for link in links}
    assert len(found) == len(links)
    return found


# --- languages -----------------------------------------------------------------------------


@on_each_page
def test_the_language_switch_leads_there_and_back(page: Document) -> None:
    switch = _switch(page)
    versions = other_versions(page.address)
    assert set(switch) == {language.html for language in LANGUAGES} - {page.language.html}
    for language in LANGUAGES:
        if language is not page.language:
            there = versions[language.code]
            assert switch[language.html] == there
            assert _switch(page.site[there])[page.language.html] == page.address


@on_each_document
def test_a_language_is_called_by_its_own_name(document: Document) -> None:
    for link in document.header.select("a[hreflang]"):
        name = next(lang.name for lang in LANGUAGES if lang.html == value(link, "hreflang"))
        named = [part for part in link.select("[lang]") if text_of(part) == name]
        assert [value(part, "lang") for part in named] == [value(link, "hreflang")]


@on_each_page
def test_links_stay_in_the_language_of_the_page(page: Document) -> None:
    places = {
        page.site.place(page.address, value(link, "href"))
        for link in page.soup.select("a[href]:not([hreflang])")
    }
    pages = {place.partition("#")[0] for place in places if place is not None}
    assert {PAGES[place][1].code for place in pages if place in PAGES} == {page.language.code}


@on_each_document
def test_nothing_of_the_plugins_language_list_is_left(document: Document) -> None:
    assert "i18n-link" not in document.html


@on_each_document
def test_no_words_of_another_language(document: Document) -> None:
    found = []
    for text, code in document.says():
        language = next((known for known in LANGUAGES if known.html == code), None)
        if language is not None and _FOREIGN[language.code].fullmatch(text):
            found.append(text)
    assert found == []


def _switch(document: Document) -> dict[str, str | None]:
    """Where the links to other languages in the header lead, by language."""
    links = document.header.select("a[hreflang]")
    found = {
        value(link, "hreflang"): document.site.place(document.address, value(link, "href"))
        for link in links
    }
    assert len(found) == len(links)
    return found


def _words(language: Language) -> set[str]:
    """Every word of the interface and of the facets in a language."""
    parts = ("chrome.", "case.", "catalogue.", "home.", "page.")
    words = {
        text
        for key, text in language.strings.items()
        if key.startswith(parts) or re.fullmatch(r"record\.case\.\w+\.label", key)
    }
    for file in (ROOT / "cases" / "_vocabulary").glob("*.yml"):
        # Names of municipalities and titles of sources stay in Norwegian, and so do some names
        # that are words of the glossary too.
        if file.stem not in ("places", "references", "glossary"):
            words |= set(_labels(yaml.safe_load(file.read_text(encoding="utf-8")), language.code))
    return {one_line(text) for text in words}


def _labels(tree: Any, code: str) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, branch in tree.items():
            if key in ("label", "note") and isinstance(branch, dict) and code in branch:
                yield str(branch[code])
            else:
                yield from _labels(branch, code)


def _foreign(language: Language) -> re.Pattern[str]:
    """A pattern for what only other languages say, whatever its placeholders are filled with."""
    own = _words(language)
    others = {word for other in LANGUAGES if other is not language for word in _words(other)}
    return re.compile("|".join(_pattern(word) for word in sorted(others - own) if _telling(word)))


def _telling(word: str) -> bool:
    """Whether a string with a placeholder has enough of its own: "in {language}" has not."""
    fixed = re.sub(r"\{.*?\}", "", word)
    return fixed == word or re.search(r"\w{4}", fixed) is not None


def _pattern(word: str) -> str:
    pieces = re.split(r"(\{.*?\})", word)
    fillings = {"{value}": r"[\d., ]+", "{number}": r"\d+"}
    return "".join(
        fillings.get(piece, ".+") if piece.startswith("{") else re.escape(piece) for piece in pieces
    )


_FOREIGN = {language.code: _foreign(language) for language in LANGUAGES}


def test_words_that_languages_share_are_not_foreign() -> None:
    assert _FOREIGN["nb"].fullmatch("Menu")
    assert _FOREIGN["nb"].fullmatch("See all 7 cases")
    assert not _FOREIGN["nb"].fullmatch("Meny")
    assert not _FOREIGN["nb"].fullmatch("Film")
    assert _FOREIGN["en"].fullmatch("Sist endret")


# --- links ---------------------------------------------------------------------------------


def test_every_link_and_every_anchor_leads_somewhere(site: Site) -> None:
    assert site.broken_links() == []


@on_each_document
def test_only_links_that_one_follows_leave_the_site(document: Document) -> None:
    loading = document.soup.select(
        "[src], [srcset], [poster], [data], [action], link[href], use[href], image[href], base"
    )
    assert loading, "a page without its stylesheet tests nothing"
    for element in loading:
        assert element.name != "base"
        assert not element.has_attr("srcset")
        for name in ("src", "href", "poster", "data", "action"):
            if element.has_attr(name):
                assert document.site.place(document.address, value(element, name)), element


@on_each_document
def test_no_link_runs_a_script(document: Document) -> None:
    hrefs = [value(link, "href") for link in document.soup.select("[href]")]
    schemes = {href.partition(":")[0] for href in hrefs if re.match(r"[a-z+.-]+:", href)}
    assert schemes <= {"https", "http", "mailto", "tel"}


@on_each_document
def test_ids_are_unique(document: Document) -> None:
    assert [id_ for id_, times in Counter(document.anchors.ids).items() if times > 1] == []


@on_each_document
def test_labels_and_controls_name_what_exists(document: Document) -> None:
    known = set(document.anchors.ids)
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for element in document.soup.select(f"[{name}]"):
            assert set(value(element, name).split()) <= known, element


@on_each_page
def test_contents_call_every_part_as_its_heading_does(page: Document) -> None:
    for link in page.soup.select('nav a[href^="#"]'):
        target = page.part(value(link, "href")[1:])
        is_heading = re.fullmatch("h[1-6]", target.name)
        heading = target if is_heading else target.find(re.compile("^h[1-6]$"))
        assert isinstance(heading, Tag)
        assert text_of(heading) == text_of(link)


# --- what a page may run and load ----------------------------------------------------------


@on_each_document
def test_nothing_on_a_page_is_inline(document: Document) -> None:
    scripts = document.soup.find_all("script")
    assert scripts, "a page without scripts tests nothing"
    assert [script for script in scripts if not script.get("src") or text_of(script)] == []
    assert document.soup.select("style, [style], iframe, object, embed") == []
    events = [
        f"{element.name} {name}"
        for element in document.soup.find_all(True)
        for name in element.attrs
        if name.startswith("on")
    ]
    assert events == []


@on_each_document
def test_every_page_carries_both_policies_before_all_they_apply_to(document: Document) -> None:
    head = document.one("head").find_all(["meta", "link", "script"])
    found = [tag for tag in head if tag.get("http-equiv") == "Content-Security-Policy"]
    assert [value(tag, "content") for tag in found] == list(policies(SITE_URL))
    before = head[: head.index(found[-1])]
    assert [tag for tag in before if tag.name != "meta"] == []
    assert value(document.one('meta[name="referrer"]'), "content") == REFERRER


def test_hosts_are_told_the_same_and_more(site: Site) -> None:
    assert (site.root / "_headers").read_text(encoding="utf-8") == headers_file(SITE_URL)


def test_every_script_lies_in_a_folder_that_only_code_writes_to(site: Site) -> None:
    scripts = [path.relative_to(site.root).as_posix() for path in site.root.rglob("*.js")]
    assert scripts
    assert [path for path in scripts if not path.startswith(SCRIPT_FOLDERS)] == []


@on_each_document
def test_no_page_is_heavy(document: Document) -> None:
    assert document.site.file(document.address).stat().st_size <= HEAVY


# --- structure that assistive technology follows -------------------------------------------


@on_each_document
def test_headings_do_not_skip_levels(document: Document) -> None:
    levels = [int(heading.name[1]) for heading in document.soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


@on_each_document
def test_headings_say_something(document: Document) -> None:
    headings = document.soup.find_all(re.compile("^h[1-6]$"))
    # What a script makes of a template gets its words then.
    shown = [heading for heading in headings if heading.find_parent("template") is None]
    assert [heading for heading in shown if not text_of(heading)] == []


@on_each_document
def test_pictures_are_described_or_hidden(document: Document) -> None:
    pictures = document.soup.select("svg, img")
    assert pictures, "a page without its mark tests nothing"
    for picture in pictures:
        hidden = picture.get("aria-hidden") == "true"
        named = picture.get("aria-label") or picture.get("aria-labelledby")
        if picture.name == "img":
            assert hidden or picture.has_attr("alt"), picture
        else:
            # A drawing of links is no picture: its links are read, each with a name of its own.
            role = "group" if picture.select("a[href]") else "img"
            assert hidden or (picture.get("role") == role and named), picture
            assert all(link.get("aria-label") for link in picture.select("a[href]")), picture


def test_tables_are_named_and_their_headings_say_what_they_head(site: Site) -> None:
    tables = [(document, table) for document in site for table in document.soup.find_all("table")]
    assert tables
    for document, table in tables:
        caption = table.find("caption")
        region = table.find_parent(role="region")
        named = text_of(caption) if caption else region and _name(document, region)
        assert named, f"{document.address}: {table}"
        assert region is None or value(region, "tabindex") == "0"  # it scrolls by keyboard too
        headings = table.find_all("th")
        assert headings
        assert {heading.get("scope") for heading in headings} <= {"col", "row"}


@on_each_document
def test_parts_of_the_same_kind_have_names_of_their_own(document: Document) -> None:
    names = [_name(document, element) for element in document.soup.find_all("nav")]
    assert all(names)
    assert len(names) == len(set(names))


@on_each_document
def test_lists_hold_items_only(document: Document) -> None:
    for element in document.soup.find_all(["ul", "ol"]):
        assert {child.name for child in element.find_all(recursive=False)} <= {"li"}


def _name(document: Document, element: Tag) -> str:
    if element.has_attr("aria-labelledby"):
        return " ".join(
            text_of(document.part(id_)) for id_ in value(element, "aria-labelledby").split()
        )
    return one_line(value(element, "aria-label")) if element.has_attr("aria-label") else ""


# --- a case: sources -----------------------------------------------------------------------


@on_each_case
def test_marks_lead_to_sources_and_back(site: Site, id_: str, language: Language) -> None:
    case = site[case_address(id_, language)]
    listed = {value(item, "id"): item for item in case.part("sources").select("li[id]")}
    first_marks: dict[str, Tag] = {}
    for link in case.main.select('a[href^="#"]'):
        target = value(link, "href")[1:]
        if target in listed and not link.find_parent(id="sources"):
            first_marks.setdefault(target, link)
    for target, item in listed.items():
        ways_back = [value(link, "href") for link in item.select('a[href^="#"]')]
        if target in first_marks:
            assert ways_back == [f"#{value(first_marks[target], 'id')}"]
        else:
            assert ways_back == []
    assert set(first_marks) or not record(id_).get("results")


@on_each_case
def test_every_source_of_the_record_is_listed_once(
    site: Site, id_: str, language: Language
) -> None:
    items = site[case_address(id_, language)].part("sources").select("li[id]")
    named = set(_source_ids(record(id_)))
    assert len(items) == len(named)
    for name in named:
        title = in_language(references()[name]["title"], language)
        found = [item for item in items if text_of(item).startswith(title)]
        if url := references()[name].get("url"):  # two sources may have the same title
            found = [
                item for item in found if url in [value(a, "href") for a in item.select("a[href]")]
            ]
        assert len(found) == 1, name


def _source_ids(tree: Any) -> Iterator[str]:
    """Every source that a record names, wherever it stands (the basis of a contact excepted)."""
    if isinstance(tree, str):
        for mark in marks(tree):
            yield from (id_ for id_, _ in mark.ids)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _source_ids(branch)
    elif isinstance(tree, dict):
        for key, branch in tree.items():
            if key == "source":
                yield branch
            elif key == "sources":
                yield from branch
            else:
                yield from _source_ids(branch)


# --- a case: figures and disagreements -----------------------------------------------------


@on_each_case
def test_every_figure_stands_with_its_indicator_and_source(
    site: Site, id_: str, language: Language
) -> None:
    results = record(id_).get("results", [])
    numbers = site[case_address(id_, language)]
    tables = {
        text_of(caption): caption.find_parent("table")
        for caption in numbers.main.select("table > caption")
    }
    for result in results:
        if "disagreement" in result:
            continue
        table = tables[in_language(result["indicator"], language)]
        assert table is not None
        rows = table.select("tbody > tr")
        assert len(rows) == len(result["values"])
        for row, figure in zip(rows, result["values"], strict=True):
            wanted = figure["value"]
            digits = [wanted["from"], wanted["to"]] if isinstance(wanted, dict) else [wanted]
            assert _numbers(row.select("td")[0])[: len(digits)] == [float(n) for n in digits]
            assert row.select('a[href^="#"]')


@each_language
def test_sources_that_disagree_stand_side_by_side(site: Site, language: Language) -> None:
    case = site[case_address("sisters-in-business", language)]
    says: dict[int, str] = {}
    for mark in case.part("numbers").select('a[href^="#"]'):
        account = mark.find_parent("li")
        assert account is not None
        source = case.part(value(mark, "href")[1:])
        says[int(_numbers(account)[0])] = text_of(source)
    assert set(says) == {10, 11, 13, 15, 16}
    assert "IMDi" in says[16]
    assert "OsloMet" in says[15]
    # Never as a development: no table, no bars.
    assert case.part("numbers").select("table, svg.bar") == []
    assert language.text("case.sources_differ") in text_of(case.part("numbers"))


@each_language
def test_what_counts_different_things_is_kept_apart(site: Site, language: Language) -> None:
    case = site[case_address("jobbsjansen-sondre-nordstrand", language)]
    shown = {
        text_of(table.select("caption")[0]): [
            (text_of(row.select("th")[0]), int(_numbers(row.select("td")[0])[0]))
            for row in table.select("tbody > tr")
        ]
        for table in case.part("numbers").select("table")
    }
    work, work_or_education = (
        in_language(result["indicator"], language)
        for result in record("jobbsjansen-sondre-nordstrand")["results"][:2]
    )
    assert shown[work] == [("2016", 34), ("2017", 73)]
    assert shown[work_or_education] == [("2023", 86)]


@on_each_case
def test_disagreements_give_every_account_with_its_source(
    site: Site, id_: str, language: Language
) -> None:
    case = site[case_address(id_, language)]
    for disagreement in record(id_).get("disagreements", []):
        for account in disagreement["accounts"]:
            said = in_language(account["says"], language)
            (item,) = [li for li in case.part("disagreements").select("li") if said in text_of(li)]
            (mark,) = item.select('a[href^="#"]')
            title = in_language(references()[account["source"]]["title"], language)
            assert title in text_of(case.part(value(mark, "href")[1:]))


def _numbers(element: Tag) -> list[float]:
    """The numbers in an element as the languages of the site write them."""
    text = text_of(element).replace(",", ".")
    text = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", "", text)
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


# --- a case: evidence, what was hard, dates, people ----------------------------------------


@on_each_case
def test_a_case_tells_how_sure_it_is_and_what_was_hard_where_it_is_known(
    site: Site, id_: str, language: Language
) -> None:
    case = site[case_address(id_, language)]
    evidence = text_of(case.part("evidence"))
    is_known = record(id_)["hard_parts"] != "not-known"
    assert bool(case.main.select("#hard-parts")) == is_known
    if is_known:
        assert len(text_of(case.part("hard-parts"))) > 100
    elif record(id_).get("depth") != "mention":
        assert language.text("brief.not_said.hard") in text_of(case.one(".brief-unknown"))
    if note := record(id_)["evidence"].get("note"):
        for words in re.split(r"\[@[^\]]*\]", in_language(note, language)):
            assert words.strip(" .,") in evidence
    assert language.text("case.evidence_here") in evidence


@on_each_case
def test_changed_and_confirmed_are_two_dates(site: Site, id_: str, language: Language) -> None:
    case = site[case_address(id_, language)]
    dates = {
        text_of(parent): value(time, "datetime")
        for time in case.main.select("time[datetime]")
        if (parent := time.parent)
    }
    for label, field in (("updated", "updated"), ("confirmed", "confirmed")):
        start = language.text(f"case.{label}")
        shown = [iso for text, iso in dates.items() if text.startswith(start)]
        assert shown == ([record(id_)[field]] if field in record(id_) else [])
    if "confirmed" not in record(id_):
        assert language.text("case.never_confirmed") in text_of(case.main)


MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
TELEPHONE = re.compile(
    r"(?<![\d/])(?:\+47 ?)?(?:\d{2} ?\d{2} ?\d{2} ?\d{2}|\d{3} \d{2} \d{3})(?!\d)"
)


MADE_UP = [
    "kafe@example.org",
    "fornavn@kommune.no",
    "name@municipality.no",
    "+47 00 00 00 00",
]
"""What the field reference writes to show how an address or number is written."""


@on_each_document
def test_nobody_can_be_called_or_written_to_without_their_consent(document: Document) -> None:
    given = [
        text
        for id_ in CASE_FILES
        for contact in record(id_).get("contacts", [])
        if "name" not in contact or "consent" in contact.get("basis", {})
        for text in (contact.get("phone"), contact.get("email"))
        if text
    ]
    given += MADE_UP
    # Kept apart, so that figures in neighbouring cells do not run together to a number to call.
    said = " | ".join(one_line(text) for text in document.soup.stripped_strings)
    said = re.sub(r"https?://\S+", "", said)  # numbers of articles look like those of telephones
    hrefs = [value(link, "href") for link in document.soup.select("a[href]")]
    said += " | ".join(href for href in hrefs if href.startswith(("mailto:", "tel:")))
    assert [found for found in MAIL.findall(said) if found not in given] == []
    assert [found for found in TELEPHONE.findall(said) if found not in given] == []


@pytest.mark.parametrize("text", ["+47 22 33 44 55", "22334455", "912 34 567", "ola.n@nav.no"])
def test_an_address_of_a_person_would_be_seen(text: str) -> None:
    assert MAIL.search(f"Ring {text}.") or TELEPHONE.search(f"Ring {text}.")


# --- a case: relations, and how to report an error -----------------------------------------


@pytest.mark.parametrize("kind", ["part_of", "related"])
def test_there_are_relations_to_look_for(kind: str) -> None:
    assert [id_ for id_ in CASE_FILES if record(id_).get(kind)]


@on_each_case
def test_the_whole_and_its_parts_link_to_each_other(
    site: Site, id_: str, language: Language
) -> None:
    whole = record(id_).get("part_of")
    if whole is not None:
        here, there = case_address(id_, language), case_address(whole, language)
        assert there in _related(site[here], language.text("case.relation_part_of"))
        assert here in _related(site[there], language.text("case.relation_parts"))
    parts = {case_address(i, language) for i in CASE_FILES if record(i).get("part_of") == id_}
    shown = _related(site[case_address(id_, language)], language.text("case.relation_parts"))
    assert shown == parts


@on_each_case
def test_related_cases_link_to_each_other(site: Site, id_: str, language: Language) -> None:
    heading = language.text("case.relation_related")
    here = case_address(id_, language)
    names = set(record(id_).get("related", []))
    named_by = {other for other in CASE_FILES if id_ in record(other).get("related", [])}
    expected = {case_address(other, language) for other in names | named_by}
    assert _related(site[here], heading) == expected
    for there in expected:
        assert here in _related(site[there], heading)


@on_each_case
def test_without_an_address_nothing_leads_to_nobody(
    site: Site, id_: str, language: Language
) -> None:
    said = {text_of(link) for link in site[case_address(id_, language)].soup.select("a[href]")}
    offers = ("case.report_link", "about.tell", "search.missing_link")
    assert said.isdisjoint(language.text(key) for key in offers)


def _related(case: Document, heading: str) -> set[str]:
    """Where the links below one of the headings on related cases lead."""
    if not case.soup.find(id="relations"):
        return set()
    found: set[str] = set()
    for title in case.part("relations").find_all("h3"):
        if text_of(title) == heading:
            following = title.find_next_sibling()
            assert following is not None
            found |= case.targets(following)
    return found


# --- 404, sitemap --------------------------------------------------------------------------


def test_an_error_page_speaks_every_language(site: Site) -> None:
    document = site[NOT_FOUND]
    for language in LANGUAGES:
        (heading,) = [
            heading
            for heading in document.main.find_all(re.compile("^h[12]$"))
            if text_of(heading) == language.text("chrome.not_found")
        ]
        assert language_at(heading) == language.html
        (way_home,) = [
            link
            for link in document.main.select("a[href]")
            if text_of(link) == language.text("chrome.to_home")
        ]
        assert language_at(way_home) == language.html
        home = document.site.place("/missing", value(way_home, "href"))
        assert home == address("index", language)


def test_the_sitemap_lists_every_page_once_with_its_languages(site: Site) -> None:
    sitemap, link = (
        "{http://www.sitemaps.org/schemas/sitemap/0.9}",
        "{http://www.w3.org/1999/xhtml}link",
    )
    root = ElementTree.parse(site.root / "sitemap.xml").getroot()
    places = [entry.findtext(f"{sitemap}loc", "") for entry in root]
    assert sorted(places) == sorted(SITE_URL + page[1:] for page in PAGES)
    for entry, place in zip(root, places, strict=True):
        told = {tag.attrib["hreflang"]: tag.attrib["href"] for tag in entry.findall(link)}
        assert told == _alternates(site["/" + place.removeprefix(SITE_URL)])


@on_each_case
def test_the_sitemap_tells_when_a_case_changed(site: Site, id_: str, language: Language) -> None:
    text = (site.root / "sitemap.xml").read_text(encoding="utf-8")
    place = re.escape(SITE_URL + case_address(id_, language)[1:])
    changed = re.findall(rf"<loc>{place}</loc>\s*<lastmod>(.*?)</lastmod>", text)
    assert changed == [record(id_)["updated"]]


@each_language
def test_a_guide_tells_when_it_changed_as_its_file_does(site: Site, language: Language) -> None:
    file = "fire-samarbeidsformer.md"
    if language is not DEFAULT:
        file = f"fire-samarbeidsformer.{language.code}.md"
    text = (ROOT / "docs" / "veiledere" / file).read_text(encoding="utf-8")
    written = re.search(r"^date: (\S+)$", text, re.MULTILINE)
    assert written is not None
    page = site[address("veiledere/fire-samarbeidsformer", language)]
    assert value(page.one("main .band time"), "datetime") == written[1]


def test_the_packed_sitemap_is_the_same(site: Site) -> None:
    packed = gzip.decompress((site.root / "sitemap.xml.gz").read_bytes())
    assert packed == (site.root / "sitemap.xml").read_bytes()


def test_both_languages_are_tested() -> None:
    assert {NORWEGIAN.code, ENGLISH.code} == {language.code for language in LANGUAGES}


@pytest.mark.parametrize(
    "source", ["veiledere/samarbeid-med-sosiale-entreprenorer/hva-og-hvorfor", "rammer/statsstotte"]
)
def test_a_chapter_lists_the_chapters_beside_it(site: Site, source: str) -> None:
    folder = source.rpartition("/")[0]
    for language in LANGUAGES:
        page = site[address(source, language)]
        chapters = page.one("nav.chapters")
        beside = {other for other in PAGES if PAGES[other][0].rpartition("/")[0] == folder}
        assert page.targets(chapters) == {it for it in beside if PAGES[it][1] is language}
        (here,) = chapters.select("[aria-current='page']")
        assert site.place(page.address, value(here, "href")) == page.address


def test_a_missing_page_can_be_searched_from(site: Site) -> None:
    forms = site[NOT_FOUND].main.select("form[role='search']")
    places = {site.place(NOT_FOUND, value(form, "action")) for form in forms}
    assert places == {address("sok", language) for language in LANGUAGES}
    assert all(form.select_one("input[name='q']") for form in forms)


def test_points_of_a_checklist_have_a_box_to_tick(site: Site) -> None:
    checklist = site["/sjekklister/tiltaksavtale/"].main
    points = checklist.select(".task-list-item")
    assert points
    assert all(len(point.select("input.box")) == 1 for point in points)


def test_no_page_shows_the_markup_of_its_own_parts(site: Site) -> None:
    assert [page.address for page in site if "&lt;span" in page.html] == []
