"""The page of a case in a browser: its brief on one screen, and the full case in folds below it."""

from conftest import OpenWindow
from playwright.sync_api import expect
from site_support import DEFAULT, ENGLISH, NORWEGIAN, case_address

CASE = case_address("cafe-vintage", NORWEGIAN)
LONGEST = ("vintage-imdi-2019", "mimres", "jobbsjansen-sondre-nordstrand", "andoy")
"""Those whose briefs take most room."""
FOLDS = "details.fold"
OPEN = f"{FOLDS}[open]"


def test_a_brief_fits_a_screen_and_two_of_a_phone(window: OpenWindow) -> None:
    view = window()
    foot = "document.querySelector('.case-tools').getBoundingClientRect().bottom"
    for id_ in LONGEST:
        for language in (NORWEGIAN, ENGLISH):
            page = view.open(case_address(id_, language))
            for width, height in ((1280, 800), (375, 2 * 667)):
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate(foot) <= height, (id_, language.code, width)
    view.assert_clean()


def test_folds_open_for_addresses_and_readers_and_paper_and_are_remembered(
    window: OpenWindow,
) -> None:
    view = window(before="window.print = () => dispatchEvent(new Event('beforeprint'))")
    page = view.open(f"{CASE}#contacts")
    opened = page.locator(OPEN)
    expect(opened).to_have_count(1)  # an address opens what it leads to, and nothing remembers it
    expect(page.locator("#contacts .contacts")).to_be_in_viewport()

    page.locator("#steps summary").press("Enter")
    page = view.open(case_address("sisters-in-business", NORWEGIAN))
    expect(page.locator("#steps > details")).to_have_attribute("open", "")
    expect(opened).to_have_count(1)

    mark = page.locator(".brief .mark").first
    mark.click()
    expect(page.locator(mark.get_attribute("href") or "")).to_be_in_viewport()
    expect(opened).to_have_count(2)

    everything = page.get_by_role("button", name=DEFAULT.text("brief.open_all"))
    everything.click()
    closed = page.locator(f"{FOLDS}:not([open])")
    expect(closed).to_have_count(0)
    page.get_by_role("button", name=DEFAULT.text("brief.fold_all")).click()
    expect(opened).to_have_count(0)
    assert page.evaluate("localStorage.getItem('open-parts')") is None

    page.get_by_role("button", name=DEFAULT.text("brief.print")).click()
    expect(closed).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".brief")).to_be_visible()
    expect(page.locator("#steps")).to_be_hidden()  # only the brief is printed
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(opened).to_have_count(0)
    expect(page.locator("#steps li").last).to_be_visible()  # on paper also what is closed
    view.assert_clean()


def test_without_script_the_whole_case_stands_there(window: OpenWindow) -> None:
    page = window(scripts=False).open(CASE)
    expect(page.locator("#steps li").last).to_be_visible()
