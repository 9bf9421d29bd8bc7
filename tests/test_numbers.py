"""The list of numbers: what counts as one, and which source answers for it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.numbers.found import Number
from casebook.numbers.listing import list_numbers, missing, unknown_to
from casebook.numbers.report import FORMATS, write_numbers
from casebook.numbers.tokens import normal, number_tokens
from support_casebook import LANGUAGES, ROOT, record, write_cases, write_files

PAIR = "{nb: 16 fikk arbeid., en: 16 got work.}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16 av 21", ["16", "21"]),
        (
            "34 → 73 prosent, 16 %, 5% og 12,5 per cent",
            ["34", "73 prosent", "16 %", "5%", "12,5 per cent"],
        ),
        ("kr 1 000 000, 500\xa0000 kr og 1,000", ["kr 1 000 000", "500\xa0000 kr", "1,000"]),
        ("i 2019–2021, 10–15 %", ["2019–2021", "10–15 %"]),
        ("1. mars 2024, 31.12.2020, kl. 9.30", ["1", "2024", "31.12.2020", "9.30"]),
        ("19-åringer, 1990s, 5th", ["19", "1990s", "5th"]),
        ("−5 og 3-4", ["−5", "3-4"]),
        ("nivå B1, A1–C2, TV2 og covid-19", []),
        ("[16 vitner](a2.md) `12` {#a1} [@b-2020] [^3] <a1@b.no>", ["16"]),
        ("https://a.no/2 og www.a.no/3 og post4@a.no", []),
        ('<b class="a1">3</b>', ["3"]),
    ],
)
def test_digits_that_people_read_are_numbers(text: str, expected: list[str]) -> None:
    assert [token.written for token in number_tokens(text)] == expected


def test_a_withdrawn_case_has_no_numbers(tmp_path: Path) -> None:
    status = "{is: withdrawn, as_of: 2026-01-31, note: {nb: Feil., en: Wrong.}}"
    cases = write_cases(tmp_path / "cases", {"kafe.yml": record(status=status, lead=PAIR)})
    numbers, _ = list_numbers(cases, None, LANGUAGES)
    assert not [number for number in numbers if number.path.endswith("kafe.yml")]


def test_a_number_is_the_same_however_it_is_written() -> None:
    assert {normal(number) for number in ("1000", "1 000", "1\xa0000", "1,000", "1.000")} == {
        "1000"
    }
    assert {normal(number) for number in ("12,5", "12.5", "12.50")} == {"12.5"}
    assert normal("1,234.5") == normal("1.234,5") == "1234.5"
    keys = [token.keys for token in number_tokens("16 % av kr 500 i 2019–2021")]
    assert keys == [("16 %",), ("500 kr",), ("2019", "2021")]


# --- records -----------------------------------------------------------------------------------

TWO = "[report-2020, page]"


def listed(folder: Path, text: str) -> list[Number]:
    """The numbers of a record that stands alone, without those about the record itself."""
    cases = write_cases(folder / "cases", {"case.yml": text})
    numbers, problems = list_numbers(cases, None, LANGUAGES)
    assert not problems
    return [number for number in numbers if number.sources != ("(record)",)]


def sources(numbers: list[Number]) -> list[tuple[str, str]]:
    """Each number as written, with its sources."""
    return [(number.written, " ".join(number.sources)) for number in numbers]


def test_every_number_has_its_place_and_the_words_around_it(tmp_path: Path) -> None:
    about = "\n  nb: |-\n    De var\n    16 i 2020 [@page].\n  en: >-\n    b"
    number = listed(tmp_path, record(about=about))[0]
    text = (tmp_path / "cases" / "case.yml").read_text(encoding="utf-8").splitlines()
    assert text[number.line - 1][number.column - 1 :].startswith("16 i 2020")
    assert (number.written, number.around) == ("16", "De var 16 i 2020.")


def test_a_citation_covers_its_paragraph_or_item(tmp_path: Path) -> None:
    about = """
  nb: |-
    De var 16 [@page], så 17.

    Det ble 18.

    - en på 19 [@report-2020]

      og 20
    - to på 21
  en: b"""
    found = sources(listed(tmp_path, record(about=about, sources=TWO)))
    assert found == [
        ("16", "page"),
        ("17", "page"),
        ("18", ""),
        ("19", "report-2020"),
        ("20", "report-2020"),
        ("21", ""),
    ]


def test_words_that_lead_in_a_list_cover_it(tmp_path: Path) -> None:
    about = "\n  nb: |-\n    Tallene [@page]:\n\n    - 16\n    - 17 [@own]\n  en: b"
    found = sources(listed(tmp_path, record(about=about, sources=TWO)))
    assert found == [("16", "page"), ("17", "own")]


def test_the_only_source_of_a_record_covers_all_of_it(tmp_path: Path) -> None:
    found = listed(tmp_path, record(about="{nb: De var 16., en: They were 16.}"))
    assert sources(found) == [("16", "report-2020")] * 2


def test_a_figure_and_its_notes_have_the_source_of_the_figure(tmp_path: Path) -> None:
    results = """
  - indicator: {nb: I jobb av 20, en: b}
    unit: people
    values:
      - {year: 2016, value: 16, note: {nb: Av 21., en: b}}
      - {year: 2017, value: {from: 17, to: 18}, source: page}
    source: report-2020
    note: {nb: 3 svarte ikke., en: b}"""
    found = sources(listed(tmp_path, record(results=results, sources=TWO)))
    assert found == [
        ("20", "report-2020 page"),
        ("2016", "report-2020"),
        ("16", "report-2020"),
        ("21", "report-2020"),
        ("2017", "page"),
        ("17", "page"),
        ("18", "page"),
        ("3", "report-2020 page"),
    ]


def test_titles_leads_and_dates_take_the_source_of_the_same_number(tmp_path: Path) -> None:
    text = record(
        title="{nb: 16 kaféer, en: b}",
        lead="{nb: 16 % av 17, en: b}",
        period="{start: 2019, end: 2020-05}",
        about="{nb: 'Det var 16 i 2019 [@page].', en: b}",
        sources=TWO,
    )
    assert sources(listed(tmp_path, text)) == [
        ("16", "page"),
        ("16 %", ""),
        ("17", ""),
        ("2019", "page"),
        ("2020-05", ""),
        ("16", "page"),
        ("2019", "page"),
    ]


def test_a_note_answers_for_the_dates_beside_it(tmp_path: Path) -> None:
    period = "{start: 2019, note: {nb: 'Omtrent [@page]', en: b}}"
    assert sources(listed(tmp_path, record(period=period, sources=TWO))) == [("2019", "page")]


def test_ids_and_addresses_are_no_numbers(tmp_path: Path) -> None:
    links = "[{title: Film 2, url: https://www.example.org/3, time: '12:30', date: 2020}]"
    cases = write_cases(tmp_path / "cases", {"case.yml": record(links=links)})
    numbers, _ = list_numbers(cases, None, LANGUAGES)
    assert sources(numbers) == [
        ("2026-01-31", "(record)"),
        ("2", "(record)"),
        ("12:30", "(record)"),
        ("2020", "(record)"),
    ]


# --- pages -------------------------------------------------------------------------------------


def on_page(folder: Path, body: str, head: str = "sources: [one, two]") -> list[tuple[str, str]]:
    """The numbers of a page with their sources."""
    page = f"---\ntitle: Side\ndescription: Om siden.\n{head}\n---\n\n{body}\n"
    write_files(folder / "docs", {"side.md": page})
    numbers, problems = list_numbers(None, folder / "docs", LANGUAGES)
    assert not problems
    return sources(numbers)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1 [@one]\n\n2", [("1", "one"), ("2", "")]),
        ("| a | b |\n|---|---|\n| 1 | 2 [@one] |\n| 3 | 4 |", ["one", "one", "", ""]),
        ("| a |\n|---|\n| 1 |\n| 2 [@two] |\n\nKilde: en [@one]", ["one", "two"]),
        ("| a |\n|---|\n| 1 |\n\nNoe annet [@one]", [""]),
        ("Slik [@one]:\n\n{chart: bars, value: 1}\n\n| a |\n|---|\n| 1 |", ["one"]),
        ('!!! note "Om 3"\n    Det er 1.\n\n    Og 2 [@one].\n\n4', ["one", "one", "one", ""]),
        ("## Om 3 {#a1}\n\n3 [@one] og 4", ["one", "one", "one"]),
        ("## Om 3\n\n4 [@one]", ["", "one"]),
        ("Ord\n:   Det er 1 [@one].\n", ["one"]),
        ("```\n1\n```\n\n1. ett\n2. to\n", []),
    ],
)
def test_a_citation_on_a_page_covers_what_it_stands_in(
    tmp_path: Path, body: str, expected: list[str | tuple[str, str]]
) -> None:
    found = on_page(tmp_path, body)
    assert [entry[1] for entry in found] == [e if isinstance(e, str) else e[1] for e in expected]


def test_the_only_source_of_a_page_covers_all_of_it(tmp_path: Path) -> None:
    assert on_page(tmp_path, "1\n\n2 [@own]", "sources: [one]") == [("1", "one"), ("2", "own")]


def test_numbers_of_our_own_are_declared_for_a_page_or_a_part(tmp_path: Path) -> None:
    body = "1\n\n## A {#a}\n\n2\n\n### B {#b}\n\n3 [@one]\n\n## C {#c}\n\n4"
    assert on_page(tmp_path, body, "own_numbers: [a]") == [
        ("1", ""),
        ("2", "own"),
        ("3", "one"),
        ("4", ""),
    ]
    assert [who for _, who in on_page(tmp_path, body, "own_numbers: true")] == [
        "own",
        "own",
        "one",
        "own",
    ]


def test_the_words_of_a_link_are_answered_for_where_it_leads(tmp_path: Path) -> None:
    text = record(title="{nb: Kurs 2017, en: Course 2017}", about="{nb: I 2017., en: b}")
    cases = write_cases(tmp_path / "cases", {"kurs.yml": text})
    head = "---\ntitle: a\ndescription: b\n---\n\n"
    links = "[Kurs 2017](../eksempler/kurs.md), [kurs 18](../eksempler/kurs.md) og 2017"
    docs = write_files(tmp_path / "docs", {"guide/a.md": head + links})
    numbers, _ = list_numbers(cases, docs, LANGUAGES)
    assert sources([number for number in numbers if "a.md" in number.path]) == [
        ("2017", "(eksempler/kurs)"),
        ("18", ""),
        ("2017", ""),
    ]


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record and a page that holds a number without a source."""
    write_cases(tmp_path / "cases", {"case.yml": record(about="{nb: De var 1 600., en: b}")})
    write_files(
        tmp_path / "docs", {"side.md": "---\ntitle: a\ndescription: b\n---\n\n=1 og 5 [@page]\n"}
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_lists_numbers_and_fails_only_when_asked_for_what_is_missing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "docs" / "mangler.md").write_text("---\ntitle: a\ndescription: b\n---\n7\n")
    assert main(["numbers"]) == OK
    everything = capsys.readouterr().out.splitlines()
    assert "cases/case.yml:16:20: 1 600 [report-2020] De var 1 600." in everything
    assert main(["numbers", "--missing"]) == PROBLEMS
    assert capsys.readouterr().out == "docs/mangler.md:5:1: 7 [?] 7\n"
    (home / "docs" / "mangler.md").unlink()
    assert main(["numbers", "--missing"]) == OK


def test_numbers_that_the_facts_do_not_hold_are_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "facts.txt").write_text("Det var 1,600 personer, 1 av dem i 2020.", encoding="utf-8")
    assert main(["numbers", "--facts", "facts.txt"]) == PROBLEMS
    assert capsys.readouterr().out == "docs/side.md:6:7: 5 [page] =1 og 5\n"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("home")
def test_the_list_says_the_same_in_every_format(form: str) -> None:
    numbers, _ = list_numbers(Path("cases"), Path("docs"), LANGUAGES)
    stream = StringIO()
    write_numbers(numbers, form, stream)
    text = stream.getvalue()
    if form == "json":
        entries = json.loads(text)
        assert [entry["number"] for entry in entries] == [number.written for number in numbers]
        assert entries[-1]["sources"] == ["page"]
    elif form == "csv":
        rows = list(csv.reader(StringIO(text)))
        assert rows[0] == ["file", "line", "column", "number", "around", "sources"]
        assert rows[-1] == ["docs/side.md", "6", "7", "5", "'=1 og 5", "page"]
    assert len(numbers) > 3


def test_every_number_of_the_site_has_a_source() -> None:
    numbers, problems = list_numbers(ROOT / "cases", ROOT / "docs", LANGUAGES)
    assert not problems
    without = [f"{n.path}:{n.line}:{n.column}: {n.written}" for n in missing(numbers)]
    assert without == [], "cite where each is from: docs/bidra/index.md tells how"


def test_every_number_is_missing_or_has_a_source(home: Path) -> None:
    numbers, _ = list_numbers(home / "cases", home / "docs", LANGUAGES)
    assert missing(numbers) == []
    assert unknown_to("1600 1 5", numbers) == []
