"""About, privacy and licences: true of the site as it is, and asking for what is not known."""

import re

import pytest
import yaml
from casebook.languages import Language
from casebook.page.parts import put_in_parts, unknown_parts
from site_support import (
    CASE_FILES,
    LANGUAGES,
    ROOT,
    Project,
    Site,
    address,
    case_address,
    one_line,
    record,
    text_of,
    value,
)
from support_casebook import GOLDEN
from test_golden import expect, in_every_language

SCRIPTS = sorted((ROOT / "docs" / "assets" / "scripts").rglob("*.js"))
STORES = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "new Store(")
"""Ways in which a script can keep something in the browser."""
STORE = "kept/store.js"
"""The script that keeps things for others: they tell it the name."""
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda it: it.code)


# --- parts that come from elsewhere -----------------------------------------------------------


def test_a_part_is_put_in_where_the_page_asks_for_it() -> None:
    text = "A\n\n{show: b}\n\n```\n{show: b}\n```\n\nNot {show: b} here."
    expected = text.replace("{show: b}", "| B |", 1)
    assert put_in_parts(text, {"b": lambda: "| B |"}) == expected


def test_an_unknown_part_is_told_with_its_place() -> None:
    page = GOLDEN / "parts" / "unknown.md"
    problems = unknown_parts(page.read_text(encoding="utf-8"), {"evidence": str}, "docs/page.md")
    expect(page.with_suffix(".problems.txt"), in_every_language(problems))


@each_language
def test_the_labels_of_evidence_are_those_of_the_vocabulary(site: Site, language: Language) -> None:
    file = ROOT / "cases" / "_vocabulary" / "evidence.yml"
    levels = yaml.safe_load(file.read_text(encoding="utf-8")).values()
    about = site[address("om/index", language)]
    table = about.part("evidence").find_next("table")
    assert table is not None
    rows = [[text_of(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
    code = language.code
    assert rows == [[level["label"][code], one_line(level["note"][code])] for level in levels]


# --- privacy ----------------------------------------------------------------------------------


def stored(site: Site, language: Language) -> list[str]:
    """The names of what the page on privacy says is kept in the browser."""
    page = site[address("om/personvern", language)]
    table = page.part("stored").find_next("table")
    assert table is not None
    return [text_of(name) for name in table.select("td:first-child code")]


@each_language
def test_everything_kept_in_the_browser_is_told(site: Site, language: Language) -> None:
    names = stored(site, language)
    assert names
    keepers = {
        path.name: path.read_text(encoding="utf-8")
        for path in SCRIPTS
        if any(store in path.read_text(encoding="utf-8") for store in STORES)
        and not path.as_posix().endswith(STORE)
    }
    for name, text in keepers.items():
        assert any(f'"{kept}' in text for kept in names), f"{name} keeps what nobody is told of"
        written = set(re.findall(r'(?:Storage\.setItem|new Store)\(\s*"([^"]+)"', text))
        assert written <= set(names), name
    for kept in names:
        assert any(f'"{kept}' in text for text in keepers.values()), f"nothing keeps {kept}"


@each_language
def test_every_page_leads_to_the_page_on_privacy(site: Site, language: Language) -> None:
    privacy = address("om/personvern", language)
    for source in ("index", "om/index", "veiledere/fire-samarbeidsformer", "eksempler/index"):
        page = site[address(source, language)]
        footer = page.one("footer.site-footer .site-footer-about")
        assert privacy in page.targets(footer)


def test_who_publishes_and_hosts_and_hears_of_errors_is_a_setting(project: Project) -> None:
    owner = "  owner: {name: Etaten, url: 'https://etaten.example/'}\n"
    hosting = "  hosting: {nb: Driftes i Norge., en: Hosted in Norway.}\n"
    report = "mailto:post@etaten.example?subject="
    project.replace("mkdocs.yml", "  owner: {}\n", owner)
    project.replace("mkdocs.yml", "  hosting: {}\n", hosting)
    project.replace("mkdocs.yml", '  report: ""', f'  report: "{report}{{id}}"')
    site = project.build()
    short = next(id_ for id_ in CASE_FILES if record(id_).get("depth") == "short")
    for language, hosted in zip(LANGUAGES, ("Driftes i Norge.", "Hosted in Norway."), strict=True):
        about = site[address("om/index", language)].main
        (link,) = about.select('a[href="https://etaten.example/"]')
        assert text_of(link) == "Etaten"
        assert hosted in text_of(site[address("om/personvern", language)].main)
        # A short account asks for more there.
        (asking,) = [
            link
            for link in site[case_address(short, language)].main.select(".notice a")
            if text_of(link) == language.text("about.tell")
        ]
        assert value(asking, "href") == f"{report}{short}"


@each_language
def test_without_settings_the_pages_say_that_they_do_not_know(
    site: Site, language: Language
) -> None:
    assert language.text("about.no_owner") in text_of(site[address("om/index", language)].main)
    privacy = text_of(site[address("om/personvern", language)].main)
    assert language.text("about.no_hosting") in privacy


# --- licences ---------------------------------------------------------------------------------


@each_language
def test_everything_that_reaches_the_browser_has_its_licence(
    site: Site, language: Language
) -> None:
    said = text_of(site[address("om/lisenser", language)].main)
    for name in ("CC BY 4.0", "MIT", "Schibsted Grotesk", "SIL Open Font License 1.1", "Pagefind"):
        assert name in said
    fonts = {path.name.split("-latin")[0] for path in (ROOT / "docs").rglob("*.woff2")}
    assert fonts == {"schibsted-grotesk"}


# --- what is not told ---------------------------------------------------------------------------


@each_language
def test_a_case_that_does_not_tell_all_asks_for_more(site: Site, language: Language) -> None:
    asked = 0
    for id_ in CASE_FILES:
        page = site[case_address(id_, language)]
        for line in page.main.select(".brief-unknown"):
            (link,) = line.select("a")
            assert text_of(link) == language.text("about.tell")
            place = site.place(page.address, value(link, "href"))
            assert place == f"{address('om/index', language)}#report"
            asked += 1
    assert asked > 10
