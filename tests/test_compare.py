"""Cases side by side: chosen where cases are shown, put together from their own pages."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from casebook.languages import Language
from casebook.page.catalogue import PER_PAGE
from casebook.render.pages import BRIEFED, COMPARED
from conftest import OpenWindow
from playwright.sync_api import Locator, Page, Route, expect
from pypdf import PdfReader
from site_support import (
    CASE_FILES,
    DEFAULT,
    ENGLISH,
    LANGUAGES,
    NORWEGIAN,
    ROOT,
    Site,
    address,
    case_address,
    in_language,
    one_line,
    record,
)

SCRIPTS = ROOT / "docs" / "assets" / "scripts"
COMPARE = address("sammenlign", NORWEGIAN)
CATALOGUE = address("eksempler/index", NORWEGIAN)
ALL_CASES = address("eksempler/alle/index", NORWEGIAN)
RICH, NUMBERS, VINTAGE = "sisters-in-business", "jobbsjansen-sondre-nordstrand", "cafe-vintage"
PHONE = 320
HEADS = ".compare-region > .compare-table thead a"
WITHOUT_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}
"""
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda it: it.code)


def of(*ids: str) -> str:
    """The address that compares some cases."""
    return f"{COMPARE}?{'&'.join(f'case={id_}' for id_ in ids)}"


def title(id_: str, language: Language = DEFAULT) -> str:
    """What a case is called."""
    return in_language(record(id_)["title"], language)


def say(key: str, **values: str | int) -> str:
    """A text that a script puts on the page."""
    return DEFAULT.text(key, **values)


def named(id_: str) -> re.Pattern[str]:
    """What the button on a card is called that chooses a case for comparison."""
    return re.compile(rf"{say('picking.compare')} ?: {re.escape(title(id_))}")


def squeezed(text: str) -> str:
    """A text without what a line may be broken at."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def columns(page: Page) -> list[str]:
    """The cases that stand beside each other."""
    return [one_line(text) for text in page.locator(HEADS).all_inner_texts()]


def wait_for(page: Page, *ids: str) -> None:
    """Wait until these cases are compared, in this order."""
    expect(page.locator(HEADS)).to_have_text([title(id_) for id_ in ids])


def cell(page: Page, row: str, place: int = 0) -> str:
    """What a cell says."""
    return one_line(row_of(page, row).locator("td").nth(place).inner_text())


def row_of(page: Page, row: str, *, brief: bool = False) -> Locator:
    """A row of what is compared, or of the briefs above it."""
    table = page.locator(".compare-table").nth(0 if brief else 1)
    return table.locator(f'tr[data-row="{row}"]')


def unfold(page: Page) -> None:
    """Open what the cases tell beyond their briefs."""
    page.locator(".compare-more > summary").click()


def names_of(rows: Sequence[str], language: Language = DEFAULT) -> list[str]:
    """What rows of the table below the briefs are called."""
    return [language.text(f"compare.rows.{row}") for row in rows]


# --- choosing ------------------------------------------------------------------------------


def test_cases_are_chosen_on_cards_and_on_their_own_page_by_keyboard(window: OpenWindow) -> None:
    view = window()
    page = view.open(ALL_CASES)
    button = page.locator(f'[data-case="{RICH}"] [data-pick="compare"]')
    expect(button).to_have_accessible_name(named(RICH))
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    tray = page.get_by_role("complementary", name=say("picking.tray"))
    expect(tray).to_contain_text(say("picking.script.chosen.one"))

    page = view.open(case_address(NUMBERS, NORWEGIAN))
    page.locator('.full-tools [data-pick="compare"]').focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=say("picking.compare_link"))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{of(RICH, NUMBERS)}")
    wait_for(page, RICH, NUMBERS)
    view.settle()
    view.assert_clean()


def test_a_fifth_case_is_refused_and_the_choice_can_be_emptied(window: OpenWindow) -> None:
    view = window(PHONE)
    page = view.open(CATALOGUE)
    buttons = page.locator('.card [data-pick="compare"]')
    for place in range(5):
        buttons.nth(place).click()
    pressed = [buttons.nth(place).get_attribute("aria-pressed") for place in range(5)]
    assert pressed == [*["true"] * 4, "false"]
    expect(page.locator(".tray-message")).to_have_text(say("picking.script.full"))
    expect(page.locator("#picking-status")).to_have_text(say("picking.script.full"))
    page.get_by_role("button", name=say("picking.clear_full")).click()
    expect(page.locator(".tray")).to_be_hidden()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    view.assert_clean()


def test_cards_that_come_later_can_be_chosen_too(window: OpenWindow) -> None:
    view = window()
    page = view.open(CATALOGUE)
    page.locator('.card [data-pick="compare"]').first.click()
    page.locator(".show-more").click()
    expect(page.locator(".card")).to_have_count(min(2 * PER_PAGE, len(CASE_FILES)))
    for card in page.locator(".card").all()[-3:]:
        expect(card.locator(".card-tools")).to_have_count(1)
        id_ = str(card.get_attribute("data-case"))
        expect(card.locator('[data-pick="compare"]')).to_have_accessible_name(named(id_))
    expect(page.locator('[data-pick="compare"][aria-pressed="true"]')).to_have_count(1)


# --- the table -----------------------------------------------------------------------------


@each_language
def test_a_comparison_says_what_the_briefs_say_and_then_the_rest(
    window: OpenWindow, site: Site, language: Language
) -> None:
    view = window()
    query = of(RICH, NUMBERS, VINTAGE).partition("?")[2]
    page = view.open(f"{address('sammenlign', language)}?{query}")
    brief, more = page.locator(".compare-table").all()
    expect(brief.locator("tbody td")).to_have_count(3 * len(BRIEFED))
    compared = (RICH, NUMBERS, VINTAGE)
    assert columns(page) == [title(id_, language) for id_ in compared]
    for place, id_ in enumerate(compared):
        rows = site[case_address(id_, language)].main.select("[data-brief] [data-row]")
        told = {str(row["data-row"]): row.select_one("dd") or row for row in rows}
        for row in BRIEFED:
            said = squeezed(row_of(page, row, brief=True).locator("td p").nth(place).inner_text())
            assert squeezed(told[row].get_text()) == said, row
    # What it is and all that one asks first takes two screens.
    bottom = page.locator(".compare-more").bounding_box()
    assert bottom is not None
    assert bottom["y"] <= 2 * 800

    # A mark leads to its source, which is folded away with all that is longer.
    expect(more).to_be_hidden()
    brief.locator("a.mark").first.click()
    expect(more).to_be_visible()
    for link in page.locator(".compare-table a.mark").all():
        href = str(link.get_attribute("href"))
        assert page.locator(f'[data-row="sources"] [id="{href[1:]}"]').count() == 1, href
    for place, id_ in enumerate(compared):
        written = record(id_)
        partners = cell(page, "partners", place)
        assert all(one["name"] in partners for one in written["organisations"])
        numbers = cell(page, "numbers", place)
        for result in written["results"]:
            assert in_language(result["indicator"], language) in numbers
            for value in result["values"]:
                assert str(value.get("year", "")) in numbers
        # It goes on where the brief ends, and says nothing twice.
        measure = in_language(written["measure"], language)
        said = one_line(row_of(page, "measure", brief=True).locator("td").nth(place).inner_text())
        rest = cell(page, "measure", place).removeprefix(title(id_, language)).strip()
        assert measure.endswith(rest)
        assert said.endswith(measure.removesuffix(rest).strip())
        hard = re.split(r"(?<=[.]) ", cell(page, "hard_parts", place))
        above = one_line(row_of(page, "hard", brief=True).locator("td").nth(place).inner_text())
        assert not any(sentence in above for sentence in hard)
    names = more.locator("tbody th:visible").all_inner_texts()
    assert [name for name in names_of(COMPARED, language) if name in names] == names
    assert names_of(["target_groups"], language)[0] not in names  # all stand in the briefs
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    view.assert_clean()


def test_what_no_source_tells_is_said_to_be_unknown(window: OpenWindow) -> None:
    silent = next(id_ for id_ in CASE_FILES if not record(id_).get("contacts"))
    no_numbers = next(
        id_
        for id_ in CASE_FILES
        if not record(id_).get("results") and not record(id_).get("disagreements")
    )
    mention = next(id_ for id_ in CASE_FILES if record(id_).get("depth") == "mention")
    shown = [*dict.fromkeys((RICH, silent, no_numbers, mention))]
    view = window()
    page = view.open(of(*shown))
    wait_for(page, *shown)
    contact = row_of(page, "contact", brief=True).locator("td").nth(shown.index(silent))
    expect(contact).to_contain_text(say("compare.script.unknown"))
    assert say("compare.script.unknown") in one_line(contact.inner_text())
    # A mention has no rows in its brief: its facts stand there.
    place = row_of(page, "place", brief=True).locator("td").nth(shown.index(mention))
    assert say("compare.script.unknown") not in one_line(place.inner_text())
    unfold(page)
    no_number = cell(page, "numbers", shown.index(no_numbers))
    assert say("compare.script.no_numbers") in no_number
    for one in page.locator(".compare-table tr:not([hidden]) td").all():
        assert one_line(one.inner_text())


def test_rows_that_are_the_same_can_be_hidden(window: OpenWindow) -> None:
    view = window()
    page = view.open(of(RICH, VINTAGE))
    wait_for(page, RICH, VINTAGE)
    row = row_of(page, "groups", brief=True)
    first, second = row.locator("td").all_inner_texts()
    assert first == second
    switch = page.get_by_role("switch", name=say("compare.hide_same"))
    switch.focus()
    page.keyboard.press("Space")
    expect(row).to_be_hidden()
    expect(row_of(page, "measure", brief=True)).to_be_visible()
    expect(page.locator(".compare-status")).to_contain_text(say("brief.labels.groups"))
    # The other language compares the same.
    asked = page.locator(".languages a").evaluate("(link) => link.search")
    assert asked == f"?case={RICH}&case={VINTAGE}&same=hidden"
    page.reload()
    wait_for(page, RICH, VINTAGE)
    expect(row).to_be_hidden()
    switch.uncheck()
    expect(row).to_be_visible()
    view.assert_clean()


def test_cases_are_added_and_taken_away_on_the_page_by_keyboard(window: OpenWindow) -> None:
    view = window()
    page = view.open(of(RICH))
    expect(page.locator(".compare-one-more")).to_be_visible()
    field = page.get_by_role("combobox", name=say("compare.add"))
    field.focus()
    page.keyboard.type("Jobbsjansen Søndre")
    option = page.get_by_role("option", name=re.compile(re.escape(title(NUMBERS))))
    expect(option).to_be_visible()
    names = page.get_by_role("option").all_inner_texts()
    for _ in range(1 + next(n for n, name in enumerate(names) if title(NUMBERS) in name)):
        page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    page.keyboard.press("Enter")
    wait_for(page, RICH, NUMBERS)
    assert view.address == of(RICH, NUMBERS)

    remove = page.get_by_role(
        "button", name=say("compare.script.remove_case", title=title(RICH)), exact=True
    )
    remove.focus()
    page.keyboard.press("Enter")
    wait_for(page, NUMBERS)
    expect(page.locator(".compare-status")).to_be_focused()
    expect(page.locator(".compare-status")).to_contain_text(title(RICH))
    page.go_back()
    wait_for(page, RICH, NUMBERS)
    view.assert_clean()


def test_nothing_found_is_said(window: OpenWindow) -> None:
    view = window()
    page = view.open(COMPARE)
    expect(page.locator(".compare-empty")).to_be_visible()
    page.get_by_role("combobox").fill("qqqzzzxxx")
    said = say("picker.script.none", words="qqqzzzxxx")
    expect(page.locator(".picker-status")).to_have_text(said)


# --- untrusted addresses, failures -----------------------------------------------------------


def test_an_address_with_nonsense_shows_what_there_is_and_tells_the_rest(
    window: OpenWindow,
) -> None:
    view = window()
    bad = "&case=%3Cimg+src%3Dx%3E&case=../../om&case=no-such-case&case=alle&case=__proto__"
    page = view.open(of(RICH, NUMBERS) + bad)
    wait_for(page, RICH, NUMBERS)
    notice = page.locator(".notice")
    for name in ("<img src=x>", "../../om", "no-such-case", "__proto__"):
        expect(notice).to_contain_text(name)
    assert page.locator("main img").count() == 0
    many = list(CASE_FILES)[:6]
    page = view.open(of(*many))
    wait_for(page, *many[:4])
    expect(page.locator(".notice")).to_have_text(say("compare.script.too_many"))
    # Nothing was asked for that is not there.
    view.assert_clean()


def test_a_case_that_cannot_be_fetched_is_told_and_tried_again(window: OpenWindow) -> None:
    view = window()

    def refuse(route: Route) -> None:
        route.abort()

    view.page.route(f"**{case_address(NUMBERS, NORWEGIAN)}", refuse)
    page = view.open(of(RICH, NUMBERS))
    wait_for(page, RICH)
    expect(page.locator(".notice")).to_contain_text(NUMBERS)
    page.unroute(f"**{case_address(NUMBERS, NORWEGIAN)}", refuse)
    page.get_by_role("button", name=say("compare.script.retry")).click()
    wait_for(page, RICH, NUMBERS)
    expect(page.locator(".notice")).to_have_count(0)


def test_without_script_the_page_says_so_and_leads_to_the_cases(
    window: OpenWindow, site: Site
) -> None:
    page = window(scripts=False).open(COMPARE)
    text = page.get_by_role("main")
    expect(text).to_contain_text("JavaScript")
    expect(text.get_by_role("link")).to_have_attribute("href", "../eksempler/")
    expect(page.get_by_role("combobox")).to_be_hidden()
    cards = window(scripts=False).open(CATALOGUE)
    assert cards.locator("[data-pick]").count() == 0
    assert site[COMPARE].one("link[rel=canonical]")


# --- small screens and paper -----------------------------------------------------------------


def test_on_a_small_screen_cells_stand_below_each_other_with_their_case(
    window: OpenWindow,
) -> None:
    view = window(PHONE)
    page = view.open(of(RICH, NUMBERS))
    wait_for(page, RICH, NUMBERS)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    first, second = row_of(page, "measure", brief=True).locator("td").all()
    boxes = first.bounding_box(), second.bounding_box()
    assert boxes[0] is not None and boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
    expect(first.locator(".compare-case")).to_be_visible()
    # It is still a table to those who do not see it.
    expect(page.get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_role("rowheader")).to_have_count(len(BRIEFED))


def test_a_comparison_prints_on_a4_landscape(window: OpenWindow) -> None:
    page = window(dark=True).open(of(RICH, NUMBERS))
    wait_for(page, RICH, NUMBERS)
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in pdf.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)
    # Words may be parted at the end of a line.
    said = "".join(sheet.extract_text() for sheet in pdf.pages)
    # What is folded away is printed, after the briefs, which are one sheet.
    first, *_, last = (squeezed(sheet.extract_text()) for sheet in pdf.pages)
    for row in BRIEFED[1:]:
        assert squeezed(say(f"brief.labels.{row}")) in first, row
    rows = [row.inner_text() for row in page.locator(".compare-more tr:not([hidden]) > th").all()]
    assert all(squeezed(row) in squeezed(said) for row in rows)
    assert squeezed(title(NUMBERS)) in last  # headings stand on each sheet


# --- words ---------------------------------------------------------------------------------


def names_said(*folders: str) -> set[str]:
    """The names of texts that scripts say."""
    found: set[str] = set()
    for folder in folders:
        for file in sorted((SCRIPTS / folder).rglob("*.js")):
            text = file.read_text(encoding="utf-8")
            found.update(re.findall(r'(?:say|count)\(\s*"(\w+)"', text))
    return found


def names_there(language: Language, prefix: str) -> set[str]:
    """The names of texts below a prefix, as scripts call them, plural forms as one."""

    def camel(name: str) -> str:
        return re.sub(r"-(\w)", lambda match: match[1].upper(), name)

    keys = language.for_script(prefix)
    return {camel(re.sub(r"-(one|other)$", "", key)) for key in keys}


@pytest.mark.parametrize("code", [DEFAULT.code, ENGLISH.code])
@pytest.mark.parametrize("part", ["compare", "list", "booklet", "picking"])
def test_every_text_that_a_script_says_is_there(part: str, code: str) -> None:
    there = names_there(LANGUAGES[code], f"{part}.script.")
    assert names_said(part) <= there
    unused = {
        name
        for name in there - names_said(part)
        if not any(
            f'"{name}"' in file.read_text(encoding="utf-8")
            for file in Path(SCRIPTS / part).rglob("*.js")
        )
        and not name.startswith("refused")
    }
    assert unused == set()
