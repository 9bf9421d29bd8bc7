"""Figures in hand-written pages: drawn from the table below them, and only what may be drawn."""

from pathlib import Path

import markdown
import pytest
from bs4 import Tag
from casebook.languages import Language
from casebook.page.chart_lines import MARKER, take_chart_lines
from casebook.page.charts import Bars, Chart, Timeline, build_chart, read_number
from casebook.page.charts import Path as Steps
from casebook.page.tables import read_table
from casebook.problem import Problem
from casebook.record.citations import token
from casebook.render.citing import CitationExtension
from conftest import OpenWindow
from site_support import (
    DEFAULT,
    ENGLISH,
    LANGUAGES,
    NORWEGIAN,
    Site,
    address,
    one_line,
    text_of,
    value,
)
from support_casebook import GOLDEN
from test_accessibility import faults
from test_golden import expect, in_every_language

TIMELINE = "veiledere/snu-introduksjonsprogrammet"
PATH = "veiledere/fagopplaering-for-voksne"
YEARS = "veiledere/tilpasset-supported-employment"
HIDDEN = "veiledere/telle-og-beskrive-resultater"
GUIDES = (TIMELINE, PATH, YEARS, HIDDEN)
each_guide = pytest.mark.parametrize("guide", GUIDES)
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda it: it.code)


# --- the line and its table -------------------------------------------------------------------


def read(text: str, language: Language = DEFAULT) -> tuple[list[Chart], list[Problem]]:
    """Everything that a page in Markdown asks for, and all that is wrong with it."""
    taken, wanted, problems = take_chart_lines(text, "page.md")
    html = markdown.markdown(taken, extensions=["tables", "fenced_code", "attr_list"])
    charts: list[Chart] = []
    for found in MARKER.finditer(html):
        built = build_chart(wanted[int(found[1])], read_table(found[2] or ""), language)
        if isinstance(built, list):
            problems += built
        else:
            charts.append(built)
    return charts, sorted(problems)


def table(*rows: str) -> str:
    """A table of rows as ``a|b``, the first with headings."""
    columns = rows[0].count("|") + 1
    return "\n".join([f"|{rows[0]}|", "|---" * columns + "|", *(f"|{row}|" for row in rows[1:])])


def bars(line: str, *rows: str, language: Language = DEFAULT) -> Bars:
    """The one chart of a table, which must be drawn without a problem."""
    charts, problems = read(f"{{chart: bars, {line}}}\n\n{table(*rows)}", language)
    assert problems == []
    assert isinstance(charts[0], Bars)
    return charts[0]


@pytest.mark.parametrize("page", sorted((GOLDEN / "charts").glob("*.md")), ids=lambda it: it.stem)
def test_a_fault_is_told_with_its_place_and_what_to_do(page: Path) -> None:
    _, problems = read(page.read_text(encoding="utf-8"))
    expect(page.with_suffix(".problems.txt"), in_every_language(problems))


@pytest.mark.parametrize(
    "text",
    [
        "```\n{chart: bars, value: 2}\n```",
        "~~~~ yaml\n```\n{chart: nothing}\n~~~~",
        "    {chart: nothing}",
        "A {chart: nothing} in a sentence.",
        "{: .class }\n\n|a|b|\n|---|---|\n|1|2|",
        "{note: this is text}\n\nMore text.",
    ],
)
def test_what_only_looks_like_a_line_is_left_alone(text: str) -> None:
    assert take_chart_lines(text, "page.md") == (text, [], [])


def test_lines_are_counted_in_the_whole_file() -> None:
    _, _, problems = take_chart_lines("\n{chart: pie}\n", "page.md", before=10)
    assert [problem.line for problem in problems] == [12]


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("34 prosent", NORWEGIAN, 34),
        ("1 062", NORWEGIAN, 1062),
        ("1\u00a0062,5", NORWEGIAN, 1062.5),
        ("2,0", NORWEGIAN, 2),
        ("−68", NORWEGIAN, -68),
        ("8 år – fagbrev", NORWEGIAN, 8),
        ("86%", NORWEGIAN, 86),
        ("2.0", NORWEGIAN, None),
        ("1,062", ENGLISH, 1062),
        ("2.0", ENGLISH, 2),
        ("1,062.25 people", ENGLISH, 1062.25),
        ("2,0", ENGLISH, None),
        ("2011–2016", ENGLISH, None),
        ("about 3", ENGLISH, None),
        ("*", ENGLISH, None),
        ("", ENGLISH, None),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(
    text: str, language: Language, number: float | None
) -> None:
    assert read_number(text, language) == number


# --- what is drawn ----------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = bars("value: 2", "Sted|Antall", "a|50", "b|100 personer", "c|0")
    assert [row.share for row in drawn.groups[0].rows] == [0.5, 1, 0]
    assert [row.text for row in drawn.groups[0].rows] == ["50", "100 personer", "0"]


def test_a_percentage_may_be_drawn_on_an_axis_to_a_hundred() -> None:
    drawn = bars("label: 2, value: 1, top: 100", "Andel|År", "34 prosent|2016", "73 prosent|2017")
    assert [(row.label, row.share) for row in drawn.groups[0].rows] == [
        ("2016", 0.34),
        ("2017", 0.73),
    ]


def test_rows_that_count_different_things_are_kept_apart() -> None:
    drawn = bars("value: 2, group: 3", "År|Andel|Hva", "1|3|arbeid", "2|7|arbeid", "3|8|**begge**")
    assert [(group.title, len(group.rows)) for group in drawn.groups] == [
        ("arbeid", 2),
        ("begge", 1),
    ]


def test_a_hidden_number_has_no_length_and_leaves_no_trace_in_the_others() -> None:
    rows = ("Sted|Antall", "a|5", "b|10")
    shown, hidden = bars("value: 2", *rows), bars("value: 2", *rows, "c|\\*")
    assert hidden.groups[0].rows[:2] == shown.groups[0].rows
    assert hidden.groups[0].rows[2].share is None
    assert (shown.has_hidden, hidden.has_hidden) == (False, True)


def test_a_table_of_nothing_but_hidden_numbers_draws_nothing() -> None:
    drawn = bars("value: 2", "Sted|Antall", "a|\\*", "b|\\*")
    assert {row.share for row in drawn.groups[0].rows} == {None}


def test_steps_of_a_path_follow_each_other() -> None:
    text = table("Steg|Tid|Til sammen", "a|1 år|1 år", "b|3 år|4 år – fagbrev")
    charts, problems = read(f"{{chart: path, value: 2, total: 3}}\n\n{text}")
    assert (len(charts), problems) == (1, [])
    assert isinstance(charts[0], Steps)
    assert [(step.start, step.share) for step in charts[0].steps] == [(0, 0.25), (0.25, 0.75)]
    assert [step.milestone for step in charts[0].steps] == [None, "fagbrev"]
    assert charts[0].ticks == (0.25, 0.5, 0.75)


def test_tenths_of_a_path_add_up_as_people_add_them() -> None:
    text = table("Steg|Tid|Til sammen", "a|0,1 år|0,1 år", "b|0,2 år|0,3 år", "c|2 år|2,3 år")
    charts, problems = read(f"{{chart: path, value: 2, total: 3}}\n\n{text}")
    assert problems == []
    assert isinstance(charts[0], Steps)
    # Two whole years end on the way to two and a third, the second of them too.
    assert charts[0].ticks == (0.4348, 0.8696)


def test_citations_stand_in_the_timeline_and_in_no_picture() -> None:
    text = table("År [@a]|Tid [@a]", "2012 [@a]|2 år [@b]; noe")
    for kind, told in (("timeline", [f"2 år{token('b')}", "noe"]), ("bars, value: 2", None)):
        taken, wanted, _ = take_chart_lines(f"{{chart: {kind}}}\n\n{text}", "page.md")
        found = MARKER.search(markdown.markdown(taken, extensions=["tables", CitationExtension()]))
        assert found is not None
        built = build_chart(wanted[0], read_table(found[2]), DEFAULT)
        if isinstance(built, Timeline):
            assert (built.moments[0].time, built.lanes) == ("2012", ("Tid",))
            assert list(built.moments[0].lanes[0].items) == told
        else:
            assert isinstance(built, Bars)
            row = built.groups[0].rows[0]
            assert (built.title, row.label, row.text) == ("Tid", "2012", "2 år; noe")


def test_a_timeline_tells_everything_in_the_table() -> None:
    text = table("År|Vi|Andre", "2012|Avtale; plan|–", "2013|Q&amp;A; <b>ny</b> plan|[Noe](x)")
    charts, problems = read(f"{{chart: timeline}}\n\n{text}")
    assert (len(charts), problems) == (1, [])
    assert isinstance(charts[0], Timeline)
    told = [
        (moment.time, lane.title, lane.items)
        for moment in charts[0].moments
        for lane in moment.lanes
    ]
    assert told == [
        ("2012", "Vi", ("Avtale", "plan")),
        ("2013", "Vi", ("Q&A", "ny plan")),
        ("2013", "Andre", ("Noe",)),
    ]


# --- the guides -------------------------------------------------------------------------------


def figure(site: Site, guide: str, language: Language) -> Tag:
    return site[address(guide, language)].one("figure.chart")


def table_of(site: Site, guide: str, language: Language) -> list[list[str]]:
    """The cells of the table that belongs to the figure, without its headings."""
    found = figure(site, guide, language).find_next("table")
    assert isinstance(found, Tag)
    return [[words(cell) for cell in row.select("td")] for row in found.select("tbody tr")]


def words(element: Tag) -> str:
    """What an element says, without marks that lead to sources."""
    texts = element.find_all(string=True)
    return one_line("".join(text for text in texts if not text.find_parent(class_="mark")))


def lengths(drawn: Tag) -> list[tuple[str, str]]:
    """Where each bar of a figure begins and how long it is."""
    return [(str(bar.get("x")), value(bar, "width")) for bar in drawn.select("rect.chart-length")]


@each_guide
def test_both_languages_show_the_same_figure(site: Site, guide: str) -> None:
    versions = [figure(site, guide, language) for language in LANGUAGES]
    assert len({str(lengths(version)) for version in versions}) == 1
    for selector in (".chart-row", ".chart-hidden", ".moment", ".moment-lane", ".moment-lane li"):
        assert len({len(version.select(selector)) for version in versions}) == 1, selector


@each_language
def test_the_timeline_holds_every_cell_of_its_table(site: Site, language: Language) -> None:
    moments = figure(site, TIMELINE, language).select(".moment")
    rows = table_of(site, TIMELINE, language)
    assert len(moments) == len(rows) == 11
    for moment, (time, *cells) in zip(moments, rows, strict=True):
        said = [words(item) for item in moment.select("li")]
        assert text_of(moment.select_one(".moment-time") or moment) == time
        assert said == [item for cell in cells if cell != "–" for item in cell.split("; ")]


@each_language
def test_the_path_takes_eight_years(site: Site, language: Language) -> None:
    drawn = figure(site, PATH, language)
    starts = ["0.00%", "25.00%", "50.00%", "75.00%"]
    assert lengths(drawn) == [(start, "25.00%") for start in starts]
    marks = [value(mark, "cx") for mark in drawn.select("circle")]
    assert marks == ["75.00%", "100.00%"]


@each_language
def test_the_change_of_indicator_parts_the_figure(site: Site, language: Language) -> None:
    groups = figure(site, YEARS, language).select(".chart-group")
    drawn = [[width for _, width in lengths(group)] for group in groups]
    assert drawn == [["34.00%", "73.00%"], ["86.00%"]]
    assert language.text("charts.groups_help") in text_of(figure(site, YEARS, language))


@each_language
def test_hidden_numbers_of_the_guide_are_never_drawn(site: Site, language: Language) -> None:
    rows = table_of(site, HIDDEN, language)
    drawn = figure(site, HIDDEN, language).select(".chart-row")
    assert len(drawn) == len(rows) == 23
    for shown, cells in zip(drawn, rows, strict=True):
        hidden = cells[2] == "*"
        assert bool(shown.select(".chart-hidden")) == hidden
        assert bool(shown.find("svg")) != hidden
        assert cells[0] in text_of(shown)
    assert sum(cells[2] == "*" for cells in rows) == 1
    assert not any("Vest-Viken" in cells[0] for cells in rows)


@each_guide
def test_a_figure_stands_beside_its_table_and_is_named(site: Site, guide: str) -> None:
    drawn = figure(site, guide, DEFAULT)
    assert drawn.select("table") or drawn.find_next_sibling().select("table")  # type: ignore[union-attr]
    picture = drawn.select_one("[role=img]") or drawn
    assert value(picture, "aria-label")


@pytest.mark.parametrize("width", [320, 1280])
@each_guide
def test_a_figure_fits_and_has_no_fault(window: OpenWindow, guide: str, width: int) -> None:
    opened = window(width, dark=width == 320)
    page = opened.open(address(guide, ENGLISH))
    page.evaluate("document.querySelectorAll('.chart-table').forEach((it) => { it.open = true; })")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".chart *:not(table *, circle)")].filter((part) =>
             part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
             && !part.closest("svg, .table-scroll, .visually-hidden"))
             .map((part) => part.outerHTML.slice(0, 120))"""
    )
    assert outside == []
    opened.assert_clean()


@pytest.mark.parametrize("width", [320, 1280])
def test_bars_below_each_other_share_an_axis(window: OpenWindow, width: int) -> None:
    page = window(width).open(address(HIDDEN, NORWEGIAN))
    axes = page.locator(".chart-axis").evaluate_all(
        "(all) => all.map((it) => it.getBoundingClientRect()).map(({ x, width }) => [x, width])"
    )
    assert len(axes) == 22
    assert len({tuple(round(side, 1) for side in axis) for axis in axes}) == 1
    assert axes[0][1] > 60


@each_guide
def test_paper_shows_the_figure_in_light_colours(window: OpenWindow, guide: str) -> None:
    page = window(dark=True).open(address(guide, NORWEGIAN))
    page.emulate_media(media="print")
    assert page.locator("figure.chart").is_visible()
    assert not page.locator(".chart-table").is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


# --- the build --------------------------------------------------------------------------------


def test_the_stylesheet_is_linked_where_there_is_a_figure(site: Site) -> None:
    for document in site:
        linked = any("charts.css" in value(link, "href") for link in document.soup.select("link"))
        assert linked == bool(document.soup.select("figure.chart")), document.address
