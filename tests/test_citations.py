"""Sources cited in text: what counts as a mark, and what becomes of it on the way to a page."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from casebook.page.catalogue import build_catalogue
from casebook.page.view import Prose
from casebook.record.citations import (
    cited,
    in_brackets,
    marks,
    numbered,
    out_of_links,
    plain,
    uncited,
)
from casebook.record.translation import digest
from casebook.render.citing import CitationExtension
from casebook.render.pages import Renderer
from casebook.render.prose import ProseRenderer
from markdown import Markdown
from support_casebook import (
    LANGUAGES,
    NB,
    ROOT,
    PlainLinks,
    faults,
    library_of,
    page_of,
    record,
)

NUMBERS = {"one": 1, "two": 2}


def tokens(text: str) -> str:
    """``text`` with its citations as numbers in brackets."""
    return in_brackets(cited(text, NUMBERS.__getitem__))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16 people [@one].", "16 people [1]."),
        ("16 people.[@one]", "16 people. [1]"),
        ("16 [@one; @two] people", "16 [1] [2] people"),
        ("16 [@one][@two] people", "16 [1] [2] people"),
        ("16 [@one] [@two] people", "16 [1] [2] people"),
        ("16\n[@one] people", "16 [1] people"),
        ("16 [@one;\n@two] people", "16 [1] [2] people"),
        ("16\n\n[@one] people", "16\n\n [1] people"),
        ("- [@one] people", "-  [1] people"),
        ("nothing [one] [x](y) @one", "nothing [one] [x](y) @one"),
    ],
)
def test_a_mark_and_the_gap_before_it_become_a_number(text: str, expected: str) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["[@]", "[@one, @two]", "[@one two]", "[@one;]", "16 [@one"])
def test_a_mark_that_is_not_written_as_it_should_be_stays(text: str) -> None:
    assert tokens(text) == text
    assert [mark.ids for mark in marks(text)] == [()]


def test_every_id_in_a_mark_has_its_place() -> None:
    text = "16 [@one;  @two]"
    (mark,) = marks(text)
    assert (text[mark.start : mark.end], mark.ids) == ("[@one;  @two]", (("one", 4), ("two", 11)))


def test_without_citations_a_text_is_as_before_they_were_added() -> None:
    assert uncited("16 people [@one], 3 left.\n\n- **All** [@one; @two].\n") == (
        "16 people, 3 left.\n\n- **All**.\n"
    )


def test_no_text_can_hold_a_token() -> None:
    forged = "16\x111\x12 people \x11[@one]\x12"
    assert tokens(forged) == "161 people [1]"
    assert plain(cited(forged, NUMBERS.__getitem__)) == "161 people"


def test_a_file_with_the_characters_of_a_token_is_refused(tmp_path: Path) -> None:
    raw, escaped = record(goal="{nb: \x111\x12, en: b}"), record(goal='{nb: "\\x111", en: b}')
    for folder, text in (("a", raw), ("b", escaped)):
        assert {rule for rule, _, _ in faults(tmp_path / folder, text)} == {"control-character"}


# --- records -----------------------------------------------------------------------------------

CITING = {
    "about": '{nb: "Det var 16 [@page], sier de [@report-2020].", en: b}',
    "result": "{nb: '16 i arbeid [@page].', en: 16 in work}",
    "sources": "[report-2020, page]",
}


def html_of(folder: Path, text: str) -> BeautifulSoup:
    """The body of the page that a record becomes."""
    html = Renderer(ROOT / "overrides").case(page_of(folder, text), NB, PlainLinks(), None)
    return BeautifulSoup(html, "html.parser")


def test_marks_lead_to_the_sources_in_the_order_of_the_page(tmp_path: Path) -> None:
    soup = html_of(tmp_path, record(**CITING))
    found = [(str(mark["href"]), str(mark.get("id"))) for mark in soup.select("a.mark")]
    one, again, two = ("#source-1", "mark-1"), ("#source-1", "None"), ("#source-2", "mark-2")
    assert found == [one, again, again, two]  # the first stands in the brief
    assert [str(item["id"]) for item in soup.select(".references li")] == ["source-1", "source-2"]
    assert [str(link["href"]) for link in soup.select("a.back")] == ["#mark-1", "#mark-2"]
    words = " ".join(soup.select(".prose")[0].get_text().split())
    assert words == "Det var 16 Kilde 1, sier de Kilde 2."


def test_a_mark_in_a_link_stands_behind_it(tmp_path: Path) -> None:
    about = "{nb: '[siden [@page]](https://www.example.org) og', en: b}"
    paragraph = html_of(tmp_path, record(**CITING | {"about": about})).select(".prose p")[0]
    assert [link.get("class") for link in paragraph.select("a")] == [None, ["mark", "mark-in-text"]]
    assert paragraph.select("a a") == []


def test_what_is_cited_in_an_address_becomes_no_html() -> None:
    text = cited("[a](https://www.example.org/[@one]) b", NUMBERS.__getitem__)
    assert ProseRenderer().render(Prose(text)) == "<p><a>a</a> b</p>"


def test_our_own_judgement_needs_no_listing(tmp_path: Path) -> None:
    page = page_of(tmp_path, record(about="{nb: 'Vi tror det [@own].', en: b}"))
    assert [(entry.number, entry.id) for entry in page.references] == [
        (1, "report-2020"),  # in the brief
        (2, "own"),
    ]


def test_cards_and_the_lead_hold_no_citations(tmp_path: Path) -> None:
    library = library_of(tmp_path, case=record(**CITING))
    assert "[@" not in repr(build_catalogue(library, NB))
    assert [
        rule for rule, _, _ in faults(tmp_path / "a", record(lead="{nb: 'a [@page]', en: b}"))
    ] == ["citation-not-here"]


def test_citations_do_not_make_a_translation_stale(tmp_path: Path) -> None:
    plain_text = "{nb: Det var 16. Fem gikk., en: b}"
    citing = "{nb: 'Det var 16 [@report-2020].\n    Fem gikk [@own].', en: b}"
    other = "{nb: Det var 17. Fem gikk., en: b}"
    found = [
        digest(library_of(tmp_path / name, case=record(about=about)).cases["case"], LANGUAGES)
        for name, about in (("a", plain_text), ("b", citing), ("c", other))
    ]
    assert found[0] == found[1] != found[2]


def test_the_length_of_a_text_is_counted_without_citations(tmp_path: Path) -> None:
    result = f"{{nb: '{'a' * 1200} [@report-2020]', en: b}}"
    assert faults(tmp_path, record(result=result)) == []


# --- hand-written pages ------------------------------------------------------------------------


def converted(text: str) -> str:
    """A page's text as HTML with numbers for its citations."""
    html = Markdown(extensions=["attr_list", "tables", CitationExtension()]).convert(text)
    return in_brackets(numbered(out_of_links(html), lambda id_: NUMBERS[id_]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16 people [@one; @two].", "<p>16 people [1] [2].</p>"),
        ("**16 people** [@one].", "<p><strong>16 people</strong> [1].</p>"),
        ("*16 people [@one]*", "<p><em>16 people [1]</em></p>"),
        ("16 people\n[@one].", "<p>16 people [1].</p>"),
        ("`[@one]` shows", "<p><code>[@one]</code> shows</p>"),
        (r"\[@one]", "<p>[@one]</p>"),
        ("[@one, two]", "<p>[@one, two]</p>"),
        ("[a [@one]](b.md)", '<p><a href="b.md">a</a> [1]</p>'),
    ],
)
def test_a_page_cites_as_a_record_does(text: str, expected: str) -> None:
    assert converted(text) == expected


def test_a_table_cell_can_cite() -> None:
    rows = re.findall(r"<td>(.*?)</td>", converted("| a | b |\n|---|---|\n| 16 [@one] | 5 |"))
    assert rows == ["16 [1]", "5"]


def test_spaces_without_end_are_read_at_once() -> None:
    spaces = " " * 200_000  # in the square of that many steps, this test would never end
    assert uncited(f"x{spaces}y [@a]") == f"x{spaces}y"
