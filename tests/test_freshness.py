"""How long ago people vouched for what a record says, and what the pages make of that."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.case_page import build_case_page
from casebook.page.view import CasePage
from casebook.record.days import today
from casebook.record.freshness import (
    CONFIRMED_MONTHS,
    PERSON_MONTHS,
    freshness,
    months_after,
    person_until,
    shows_person,
)
from casebook.render.pages import Renderer
from conftest import OpenWindow, unfold
from playwright.sync_api import Route
from site_support import NORWEGIAN, case_address
from support_casebook import EN, LANGUAGES, NB, ROOT, PlainLinks, record, report, write_cases

each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)


def library_on(folder: Path, day: str, **fields: str) -> Library:
    """A library of one record as of a day."""
    cases = write_cases(folder / day, {"case.yml": record(**fields)})
    library, problems = load_library(cases, LANGUAGES, today=date.fromisoformat(day))
    assert not problems, report(problems)
    return library


def page_on(folder: Path, day: str, language: Language = NB, **fields: str) -> CasePage:
    return build_case_page("case", library_on(folder, day, **fields), language)


def html_of(page: CasePage, language: Language) -> BeautifulSoup:
    links = PlainLinks()
    html = Renderer(ROOT / "overrides").case(page, language, links, None, f"{links.site}/original/")
    return BeautifulSoup(html, "html.parser")


# --- today -------------------------------------------------------------------------------------


def test_today_is_what_is_set_first_by_name_then_for_reproducible_builds() -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1735689600"}
    assert today(epoch) == date(2025, 1, 1)
    assert today({**epoch, "CASEBOOK_TODAY": "2031-02-28"}) == date(2031, 2, 28)
    assert abs((today({}) - date.today()).days) <= 1


def test_the_tests_live_on_one_day() -> None:
    assert today() == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-05-31", 24, "2026-05-31"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2023-12-15", 1, "2024-01-15"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


# --- a record ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confirmed", "day", "state"),
    [
        ("", "2026-11-22", "never"),
        ("2024-05-31", "2024-05-31", "fresh"),
        ("2024-05-31", "2026-05-31", "fresh"),
        ("2024-05-31", "2026-06-01", "overdue"),
        ("2024-02-29", "2026-02-28", "fresh"),
        ("2024-02-29", "2026-03-01", "overdue"),
    ],
)
def test_a_confirmation_holds_for_24_months(
    confirmed: str, day: str, state: str, tmp_path: Path
) -> None:
    assert CONFIRMED_MONTHS == 24
    library = library_on(tmp_path, day, confirmed=confirmed)
    assert freshness(library.cases["case"], library.today) == state
    assert build_case_page("case", library, NB).overdue == (state == "overdue")


@each_language
def test_the_page_says_that_it_was_confirmed_long_ago(language: Language, tmp_path: Path) -> None:
    said = language.text("case.overdue", months=24)
    old = html_of(page_on(tmp_path, "2026-06-01", language, confirmed="2024-05-31"), language)
    (notice,) = [part for part in old.select(".notice") if said in part.get_text()]
    assert not notice.has_attr("hidden")
    never = html_of(page_on(tmp_path, "2026-06-02", language, confirmed=""), language)
    assert said not in never.get_text()


def test_a_page_that_is_not_built_again_says_so_itself(tmp_path: Path) -> None:
    page = html_of(page_on(tmp_path, "2026-05-31", NB, confirmed="2024-05-31"), NB)
    (notice,) = page.select("[data-shown-after]")
    assert (notice["data-shown-after"], notice.has_attr("hidden")) == ("2026-05-31", True)


# --- a contact ---------------------------------------------------------------------------------

CONTACT = (
    "[{role: {nb: Leder, en: Leader}, organisation: Asker kommune, name: Kari Nordmann, "
    'phone: "+47 00 00 00 00", email: kari@example.org, %s}]'
)


@pytest.mark.parametrize(
    ("details", "day", "shown"),
    [
        ("basis: {published: report-2020}", "2026-11-22", False),
        ("basis: {published: report-2020}, confirmed: 2023-11-22", "2026-11-22", True),
        ("basis: {published: report-2020}, confirmed: 2023-11-21", "2026-11-22", False),
        ("basis: {consent: 2024-01-31}", "2027-01-31", True),
        ("basis: {consent: 2024-01-31}", "2027-02-01", False),
        ("basis: {consent: 2020-01-31}, confirmed: 2024-01-31", "2026-11-22", True),
    ],
)
@each_language
def test_a_person_is_shown_for_36_months_after_the_last_confirmation(
    language: Language, details: str, day: str, shown: bool, tmp_path: Path
) -> None:
    assert PERSON_MONTHS == 36
    library = library_on(tmp_path, day, contacts=CONTACT % details)
    (contact,) = library.cases["case"].contacts
    assert shows_person(contact, library.today) is shown
    page = build_case_page("case", library, language)
    assert page.contacts[0].withheld is not shown
    html = str(html_of(page, language).select_one("#contacts"))
    for personal in ("Kari Nordmann", "+47 00 00 00 00", "kari@example.org"):
        assert (personal in html) is shown
    assert "Asker kommune" in html
    withheld = [
        part
        for part in html_of(page, language).select("#contacts .details")
        if language.text("case.person_withheld", months=36) in part.get_text()
        and not part.has_attr("hidden")
    ]
    assert bool(withheld) is not shown


def test_a_role_alone_is_never_withheld(tmp_path: Path) -> None:
    role = "[{role: {nb: Leder, en: Leader}, organisation: Asker kommune}]"
    page = page_on(tmp_path, "2026-11-22", contacts=role)
    assert not page.contacts[0].withheld


def test_the_day_on_which_a_person_is_no_longer_shown_stands_on_the_page(tmp_path: Path) -> None:
    library = library_on(tmp_path, "2026-11-22", contacts=CONTACT % "basis: {consent: 2026-01-31}")
    until = person_until(library.cases["case"].contacts[0])
    assert until == date(2029, 1, 31)
    html = html_of(build_case_page("case", library, NB), NB)
    gone = html.select('#contacts [data-gone-after="2029-01-31"]')
    assert [part.get_text() for part in gone][:3] == [
        "Kari Nordmann",
        "+47 00 00 00 00",
        "kari@example.org",
    ]
    assert len(html.select('#contacts [data-shown-after="2029-01-31"][hidden]')) == 1


# --- translations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        ("{en: {by: human, of: 0123456789abcdef}}", ["translation_stale"]),
        ("{en: {by: machine}}", ["translation_machine"]),
        (
            "{en: {by: machine, of: 0123456789abcdef}}",
            ["translation_stale", "translation_machine"],
        ),
        ("{en: {by: human}}", []),
    ],
)
def test_readers_are_told_about_the_translation_and_led_to_the_original(
    translation: str, said: list[str], tmp_path: Path
) -> None:
    for language in LANGUAGES:
        page = page_on(tmp_path / language.code, "2026-11-22", language, translation=translation)
        html = html_of(page, language)
        expected = said if language is EN else []
        for key in ("translation_stale", "translation_machine", "translation_missing"):
            assert (EN.text(f"case.{key}") in html.get_text()) is (key in expected)
        to_original = html.select('a[href$="/original/"]')
        assert [link.get_text() for link in to_original] == (
            [language.text("case.read_original")] if expected else []
        )


# --- in a browser ------------------------------------------------------------------------------

LATER = """
const Clock = Date;
Date = class extends Clock {
  constructor(...given) {
    super(...(given.length ? given : ["2040-01-01T12:00:00Z"]));
  }
};
"""
"""Sets the reader's clock to a year in which nothing of today is confirmed any more."""


SHOWN = (
    '<ul class="contacts"><li><p data-gone-after="2030-01-01">Kari Eksempel</p>'
    '<p data-shown-after="2030-01-01" hidden>Nobody is named any more.</p></li>'
)
"""A contact as the template writes it (``overrides/casebook/case.html``): no case names anybody."""


def test_a_page_read_years_later_says_so_and_names_nobody(window: OpenWindow) -> None:
    place = case_address("jobbsjansen-sondre-nordstrand", NORWEGIAN)

    def with_contact(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('<ul class="contacts">', SHOWN)
        route.fulfill(response=answer, body=body)

    def shown(before: str | None = None) -> tuple[str, str]:
        view = window(before=before) if before else window()
        view.page.route(f"**{place}", with_contact)
        page = view.open(place)
        unfold(page)
        return page.locator("#contacts").inner_text(), page.locator("footer").inner_text()

    (now, footer_now), (later, footer_later) = shown(), shown(LATER)
    assert "Kari Eksempel" in now
    assert "Nobody is named" not in now
    assert "Kari Eksempel" not in later
    assert "Nobody is named any more." in later
    built = NB.text("chrome.built", date=NB.day(today()))
    assert built not in footer_now
    assert built in footer_later
