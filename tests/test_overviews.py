"""Overviews: what all cases of a term say together, above their list."""

from pathlib import Path

from bs4 import BeautifulSoup
from casebook.numbers.listing import list_numbers, missing
from casebook.page.facet_pages import FacetPages
from casebook.record.vocabulary import FOLDER
from casebook.render.pages import Renderer
from support_casebook import EN, LANGUAGES, NB, ROOT, VOCABULARY, PlainLinks, load, record

FILE = "_vocabulary/overviews/target_groups/women.yml"
OVERVIEW = """\
what: {nb: Et tilbud., en: An offer.}
whom: {nb: Kvinner., en: Women.}
needs: {nb: "Tid <b>nok</b>.", en: "<b>Enough</b> time."}
experience: {nb: Ett sier ja., en: One says yes.}
cases: [a]
research: {nb: "Etter 3 år var det 15 [@page].", en: "After 3 years it was 15 [@page]."}
law: [schemes#subsidy]
start: {nb: Spør Nav., en: Ask Nav.}
agreement: measure
as_of: 2026-11-30
"""
STATEMENT = """\
subsidy:
  label: {nb: Lønnstilskudd, en: Wage subsidy}
  text: {nb: Penger., en: Money.}
  as_of: 2026
  check_by: 2027-01-15
  sources: [{source: page}]
"""


def files_with(overview: str, path: str = FILE) -> dict[str, str]:
    """Two cases, one of them for women, with the golden vocabulary, a statement and an overview."""
    golden = {f"{FOLDER}/{one.name}": one.read_text("utf-8") for one in VOCABULARY.iterdir()}
    return {
        **golden,
        f"{FOLDER}/statements/schemes.yml": STATEMENT,
        path: overview,
        "a.yml": record(target_groups="[women]"),
        "b.yml": record(target_groups="[refugees]"),
    }


def told(folder: Path, overview: str, path: str = FILE) -> list[tuple[str, int, str]]:
    """The rules that an overview breaks, each with its line and what is wrong."""
    library, problems = load(folder, files_with(overview, path))
    assert not problems or not library.vocabulary.overviews, "a faulty overview is shown"
    assert {problem.path for problem in problems} <= {f"cases/{path}"}
    return [(one.rule, one.line, dict(one.details).get("value", "")) for one in problems]


def test_an_overview_names_only_what_is_there(tmp_path: Path) -> None:
    assert told(tmp_path / "good", OVERVIEW) == []
    other = OVERVIEW.replace("[a]", "[a, b, c]").replace("[@page]", "[@nobody]")
    other = other.replace("schemes#subsidy", "schemes#rent, schemes")
    found = told(tmp_path / "bad", other.replace(", schemes]", "]"))
    assert ("overview-of-other-case", 5, "b") in found
    assert ("unknown-case", 5, "c") in found
    assert found.count(("unknown-reference", 6, "nobody")) == len(LANGUAGES.codes)
    assert ("unknown-statement", 7, "schemes#rent") in found
    assert ("not-a-statement", 7, "schemes") in told(tmp_path / "shape", other)


def test_an_overview_is_whole_and_in_every_language(tmp_path: Path) -> None:
    text = OVERVIEW.replace(", en: Women.", "").replace("as_of: 2026-11-30\n", "")
    rules = {rule for rule, _, _ in told(tmp_path, text)}
    assert rules == {"missing-language", "missing-field"}


def test_an_overview_is_of_a_term_that_cases_can_carry(tmp_path: Path) -> None:
    term = told(tmp_path / "term", OVERVIEW, FILE.replace("women", "woman"))
    assert ("unknown-term", 1, "woman") in term
    facet = told(tmp_path / "facet", OVERVIEW, FILE.replace("target_groups", "county"))
    assert [rule for rule, _, _ in facet] == ["overview-of-no-facet"]


def test_what_is_cited_answers_for_numbers(tmp_path: Path) -> None:
    load(tmp_path, files_with(OVERVIEW))
    numbers, problems = list_numbers(tmp_path / "cases", None, LANGUAGES)
    own = [number for number in numbers if "overviews" in number.path]
    assert not problems
    assert [(one.written, one.sources) for one in own] == [
        (written, ("page",)) for _ in LANGUAGES for written in ("3", "15")
    ]
    load(tmp_path, files_with(OVERVIEW.replace(" [@page]", "")))
    numbers, _ = list_numbers(tmp_path / "cases", None, LANGUAGES)
    assert len([one for one in missing(numbers) if "overviews" in one.path]) == len(own)


def test_an_overview_stands_above_the_cases_with_its_sources_below(tmp_path: Path) -> None:
    library, problems = load(tmp_path, files_with(OVERVIEW))
    assert not problems
    view = FacetPages(library, EN).term("target_groups", "women", 1)
    html = Renderer(ROOT / "overrides").case_list(
        view, EN, PlainLinks(), [], [], law={"schemes": "/law/"}
    )
    page = BeautifulSoup(html, "html.parser")
    headings = [heading["id"] for heading in page.select("h2, h3")]
    assert headings.index("overview") < headings.index("cases") < headings.index("sources-title")
    assert headings.index("overview-research") < headings.index("overview-law")
    assert "overview-cost" not in headings, "a part that nobody has written has no heading"
    links = [link["href"] for link in page.select(".overview a")]
    assert "/law/#subsidy" in links
    assert "#source-1" in links
    assert page.select("#source-1")
    assert not page.select(".overview b"), "tags in a text are shown as the text they are"
    assert view.updated is not None
    assert view.updated >= "2026-11-30"
    assert FacetPages(library, NB).term("target_groups", "refugees", 1).overview is None


def test_every_overview_of_the_site_builds_on_cases_or_research() -> None:
    overviews = sorted((ROOT / "cases" / FOLDER / "overviews").rglob("*.yml"))
    assert len(overviews) >= 6
    assert {path.parent.name for path in overviews} == {"measures", "target_groups"}
