"""Pages on paper: sheets that Chromium prints, read back as a reader would."""

import io
import re

import pytest
from casebook.render.addresses import letter_of, with_letters
from conftest import OpenWindow
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from site_support import DEFAULT, Site, address, case_address, text_of

CASE = case_address("sisters-in-business", DEFAULT)
TABLES = "/veiledere/telle-og-beskrive-resultater/"
CHECKLIST = "/sjekklister/tiltaksavtale/"
LICENCES = "/om/lisenser/"
SEARCH = "/sok/"
A4 = (595, 842)


# --- letters at links --------------------------------------------------------------------------


def test_links_out_of_the_site_get_a_letter_each() -> None:
    html = '<p><a href="https://a.no/?x=1&amp;y">A</a> <a lang="en" href="http://b.no">B</a></p>'
    lettered, addresses = with_letters(html)
    assert lettered == (
        '<p><a data-note="a" href="https://a.no/?x=1&amp;y">A</a> '
        '<a data-note="b" lang="en" href="http://b.no">B</a></p>'
    )
    assert addresses == ["https://a.no/?x=1&y", "http://b.no"]


def test_the_same_address_has_the_same_letter() -> None:
    html = '<a href="https://a.no">A</a><a href="https://b.no">B</a><a href="https://a.no">C</a>'
    lettered, addresses = with_letters(html)
    assert re.findall('data-note="(.)"', lettered) == ["a", "b", "a"]
    assert addresses == ["https://a.no", "https://b.no"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../side/">innenfor</a>',
        '<a href="mailto:a@b.no">a@b.no</a>',
        '<a href="https://www.imdi.no/">imdi.no</a>',
        '<a href="https://imdi.no/a?b&amp;c"><b>https://imdi.no/a?b&amp;c</b></a>',
        '<ol class="references"><li><a href="https://a.no">A</a></li></ol>',
        '<ul class="documents"><li><a href="https://a.no">A</a></li></ul>',
    ],
)
def test_other_links_need_no_letter(html: str) -> None:
    assert with_letters(html) == (html, [])


def test_letters_go_on_after_z() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("a", "z", "aa", "az", "ba", "zz", "aaa")
    ]


def test_the_addresses_stand_once_below_the_text(site: Site) -> None:
    main = site[LICENCES].main
    letters = [link["data-note"] for link in main.select("a[data-note]")]
    addresses = [text_of(item) for item in main.select(".addresses li")]
    assert sorted(set(map(str, letters))) == [letter_of(place) for place in range(len(addresses))]
    assert all(where.startswith("https://") for where in addresses)
    assert not site[CHECKLIST].main.select(".addresses")


# --- sheets ------------------------------------------------------------------------------------


def printed(page: Page) -> list[str]:
    """The text of each sheet that the shown page is printed on; each must be A4."""
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(map(round, sheet.mediabox[2:])) for sheet in pages} == {A4}
    return [sheet.extract_text() for sheet in pages]


@pytest.mark.parametrize("place", [CASE, TABLES, CHECKLIST, "/", SEARCH, "/eksempler/county/"])
def test_every_sheet_tells_where_it_is_from_and_holds_more_than_that(
    window: OpenWindow, site: Site, place: str
) -> None:
    view = window(dark=True)
    sheets = printed(view.open(place))
    whole = site.url + place.lstrip("/")
    for number, text in enumerate(sheets, 1):
        assert whole in text
        assert f"{number} / {len(sheets)}" in text
        assert len(text.replace(whole, "")) > 120, f"sheet {number} of {place} is all but empty"
    everything = "\n".join(sheets)
    for navigation in ("chrome.menu", "chrome.skip", "chrome.theme_system", "chrome.contents"):
        assert DEFAULT.text(navigation) not in everything.splitlines()
    view.assert_clean()


def test_the_foot_tells_the_day_of_printing(window: OpenWindow) -> None:
    page = window(before="Date.now = () => 0").open(LICENCES)
    today = page.evaluate(
        "new Intl.DateTimeFormat(`${document.documentElement.lang}-001`, {dateStyle: 'long'})"
        ".format()"
    )
    (sheet,) = printed(page)
    assert f" · {today}" in sheet


def test_without_script_the_foot_still_tells_the_address(window: OpenWindow, site: Site) -> None:
    (sheet,) = printed(window(scripts=False).open(LICENCES))
    assert sheet.count(site.url + LICENCES.lstrip("/")) == 2  # on top, and in the foot


def test_a_table_longer_than_a_sheet_repeats_its_headings(window: OpenWindow) -> None:
    page = window().open(TABLES)
    wide = page.locator("table", has_text="Nore og Uvdal").last
    heading = wide.locator("thead th").first.inner_text()
    columns = wide.locator("thead th").count()
    assert columns == 9
    sheets = [text for text in printed(page) if heading in text and "−" in text]
    assert len(sheets) >= 2
    cut = page.evaluate("innerWidth")  # printing leaves the window as it was
    assert cut == 1280


def test_no_column_is_lost_on_a_sheet(window: OpenWindow) -> None:
    page = window(658).open(TABLES)  # as wide as A4 less its margins
    page.emulate_media(media="print")
    beyond = page.locator("td, th").evaluate_all(
        "cells => cells.filter((cell) => cell.getBoundingClientRect().right > 659).length"
    )
    assert beyond == 0


def test_a_lettered_link_shows_its_letter(window: OpenWindow) -> None:
    page = window().open(LICENCES)
    link = page.locator("main a[data-note]").first
    after = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(after) == "none"
    expect(page.locator(".addresses")).to_be_hidden()
    page.emulate_media(media="print")
    assert "a" in link.evaluate(after)
    expect(page.locator(".addresses")).to_be_visible()


def test_the_search_page_prints_no_results_that_have_not_come(window: OpenWindow) -> None:
    page = window().open(f"{SEARCH}?q=mentor")
    expect(page.locator(".search-result").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".pf-result:has(.pf-skeleton):visible")).to_have_count(0)


def test_glossary_terms_are_explained_on_paper(window: OpenWindow) -> None:
    page = window().open(address("refleksjon/nav-team", DEFAULT))
    explained = page.locator(".term-note").count()
    assert explained > 0
    page.emulate_media(media="print")
    expect(page.locator(".term-note:visible")).to_have_count(explained)
