"""How dates, periods, numbers and sources are written out in each language."""

from pathlib import Path

import pytest
from casebook.collection.library import Library
from casebook.page.writing import Writer
from casebook.record.case import UNITS, Case, Range, Value
from casebook.record.kinds import PartialDate, read_date
from casebook.record.vocabulary import ReferenceEntry
from support_casebook import EN, LANGUAGES, NB, library_of, page_of, record

WRITERS = {language.code: Writer(language, LANGUAGES) for language in LANGUAGES}
SPACE = "\N{NO-BREAK SPACE}"


def date(text: str) -> PartialDate:
    found = read_date(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "nb", "en"),
    [
        ("2016", "2016", "2016"),
        ("2016-10", "oktober 2016", "October 2016"),
        ("2016-10-31", "31. oktober 2016", "31 October 2016"),
        ("2024-03-01", "1. mars 2024", "1 March 2024"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(text: str, nb: str, en: str) -> None:
    assert WRITERS["nb"].date(date(text)) == nb
    assert WRITERS["en"].date(date(text)) == en


@pytest.mark.parametrize(
    ("start", "end", "nb", "en"),
    [
        ("2017", "2021", "2017–2021", "2017–2021"),
        ("2017", None, "2017–", "2017–"),
        (None, "2021", "til 2021", "until 2021"),
        ("2017", "2017", "2017", "2017"),
        ("2016-10", "2021", "oktober 2016–2021", "October 2016–2021"),
        ("2016-10", None, "oktober 2016–", "October 2016–"),
        (None, "2021-02-28", "til 28. februar 2021", "until 28 February 2021"),
        ("2016-10", "2016-10", "oktober 2016", "October 2016"),
    ],
)
def test_a_period(start: str | None, end: str | None, nb: str, en: str, tmp_path: Path) -> None:
    parts = ", ".join(
        f"{key}: {value}" for key, value in (("start", start), ("end", end)) if value is not None
    )
    case = only_case(library_of(tmp_path, case=record(period=f"{{{parts}}}")))
    assert WRITERS["nb"].period(case) == nb
    assert WRITERS["en"].period(case) == en


def only_case(library: Library) -> Case:
    return library.cases["case"]


def test_a_period_that_nobody_knows_is_not_written(tmp_path: Path) -> None:
    case = only_case(library_of(tmp_path, case=record(period="{note: {nb: a, en: b}}")))
    assert WRITERS["nb"].period(case) is None
    facts = {fact.id: fact for fact in page_of(tmp_path / "page", record(period="{}")).key_facts}
    assert "period" not in facts


def test_a_note_on_a_period_that_nobody_knows_is_shown(tmp_path: Path) -> None:
    page = page_of(tmp_path, record(period="{note: {nb: Lenge., en: Long.}}"), "en")
    item = next(fact.items[0] for fact in page.key_facts if fact.id == "period")
    assert (item.text, item.note) == ("not known", "Long.")


@pytest.mark.parametrize(
    ("number", "nb", "en"),
    [
        (34.0, "34", "34"),
        (12.5, "12,5", "12.5"),
        (1200.0, f"1{SPACE}200", "1,200"),
        (1234567.125, f"1{SPACE}234{SPACE}567,125", "1,234,567.125"),
        (0.000125, "0,000125", "0.000125"),
        (-2.0, "-2", "-2"),
        (0.0, "0", "0"),
    ],
)
def test_a_number_has_the_marks_of_its_language_and_all_its_digits(
    number: float, nb: str, en: str
) -> None:
    assert NB.number(number) == nb
    assert EN.number(number) == en


@pytest.mark.parametrize(
    ("number", "unit", "nb", "en"),
    [
        (1.0, "people", "1 person", "1 person"),
        (2.0, "people", "2 personer", "2 people"),
        (0.0, "people", "0 personer", "0 people"),
        (1.5, "years", "1,5 år", "1.5 years"),
        (1.0, "hours", "1 time", "1 hour"),
        (1200.0, "posts", f"1{SPACE}200 stillinger", "1,200 posts"),
        (34.0, "percent", "34 %", "34%"),
        (7.0, "count", "7", "7"),
    ],
)
def test_a_number_with_its_unit_in_the_right_plural(
    number: float, unit: str, nb: str, en: str
) -> None:
    assert WRITERS["nb"].amount(number, unit) == (nb, number)
    assert WRITERS["en"].amount(number, unit) == (en, number)


def test_a_range_is_written_with_a_dash_and_cannot_be_drawn() -> None:
    value = Range.model_validate({"from": "18", "to": "23.5"})
    assert WRITERS["nb"].amount(value, "people") == ("18–23,5 personer", None)
    assert WRITERS["en"].amount(value, "people") == ("18–23.5 people", None)


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_can_be_written(unit: str) -> None:
    for writer in WRITERS.values():
        for number in (0.0, 1.0, 2.0, 21.0):
            text, _ = writer.amount(number, unit)
            assert writer.language.number(number) in text


def test_a_figure_without_a_time_is_undated() -> None:
    value = Value.model_validate({"value": "1"})
    assert WRITERS["nb"].when(value) == "uten dato"
    assert WRITERS["en"].when(value) == "undated"
    assert WRITERS["nb"].when(Value.model_validate({"value": "1", "year": "2016"})) == "2016"
    dated = Value.model_validate({"value": "1", "date": "2016-10"})
    assert WRITERS["nb"].when(dated) == "oktober 2016"


def test_paragraphs_are_parted_by_blank_lines_and_lines_are_joined() -> None:
    texts = {"nb": "en\nlinje\n\n\n  to  \n\n", "en": "a"}
    assert WRITERS["nb"].paragraphs(texts) == ("en linje", "to")
    assert WRITERS["nb"].one_line(texts) == "en linje to"
    assert WRITERS["nb"].one_line(None) is None


def test_text_that_is_missing_in_a_language_comes_from_the_default_one() -> None:
    assert WRITERS["en"].pair({"nb": "bare norsk"}) == "bare norsk"


def test_a_title_names_its_language_when_the_page_has_another() -> None:
    writer = WRITERS["en"]
    assert writer.title("Håndbok", "nb") == ("Håndbok", "nb")
    assert writer.title("Handbook", "en") == ("Handbook", None)
    assert writer.title("Håndbok", None) == ("Håndbok", None)
    assert writer.title({"nb": "Håndbok", "en": "Handbook"}, "nb") == ("Handbook", None)


def test_the_details_of_a_source_stand_on_one_line() -> None:
    entry = ReferenceEntry.model_validate(
        {
            "title": "Rapport",
            "kind": "report",
            "seen": "full",
            "authors": ["Kari Nordmann", "Forlaget"],
            "publisher": "Forlaget",
            "date": "2020-10",
            "language": "nb",
        }
    )
    assert (
        WRITERS["nb"].reference_details(entry) == "Rapport. Kari Nordmann, Forlaget, oktober 2020"
    )
    assert WRITERS["en"].reference_details(entry) == (
        "Report. Kari Nordmann, Forlaget, October 2020, in Norwegian Bokmål"
    )


def test_a_source_of_which_only_the_kind_is_known() -> None:
    entry = ReferenceEntry.model_validate({"title": "Lov", "kind": "law", "seen": "full"})
    assert WRITERS["nb"].reference_details(entry) == "Lov."


def test_a_source_of_which_only_the_kind_and_the_language_are_known() -> None:
    entry = ReferenceEntry.model_validate(
        {"title": "Slides", "kind": "law", "seen": "full", "language": "en"}
    )
    assert WRITERS["nb"].reference_details(entry) == "Lov, på engelsk"
    assert WRITERS["en"].reference_details(entry) == "Act."


def test_readers_are_told_when_a_source_was_not_read_whole() -> None:
    def details(language: str, **given: str) -> str:
        entry = ReferenceEntry.model_validate({"title": "Lov", "kind": "law", **given})
        return WRITERS[language].reference_details(entry)

    assert details("nb", seen="excerpt", date="2020") == "Lov. 2020. Lest i utdrag"
    assert details("en", seen="excerpt") == "Act. Read in part"
    assert details("en", seen="full", licence="CC BY 4.0", looked_up="2026-11-30") == (
        "Act, CC BY 4.0. Looked up 30 November 2026"
    )
    assert details("nb", seen="named") == "Lov. Nevnt i en annen kilde, ikke lest av oss"


def test_a_contact_is_shown_with_why_a_person_may_be_named(tmp_path: Path) -> None:
    contact = "{role: {nb: Leder, en: Leader}, organisation: Asker kommune, name: Kari, basis: %s"
    consent = contact % "{consent: 2026-01-31}}"
    published = contact % "{published: report-2020}, confirmed: 2026-01-31}"
    page = page_of(tmp_path, record(contacts=f"[{consent}, {published}]"), "en")
    assert [entry.basis for entry in page.contacts] == [
        "The person agreed on 31 January 2026.",
        'The name is published in "Rapport om kaféen" '
        "(Report. Kari Nordmann, Ola Nordmann, Forlaget, October 2020, in Norwegian Bokmål).",
    ]
