"""Search as people meet it: button and Ctrl+K, results by keyboard, and what is said on failure.

What is found for which words is another matter: see ``test_search_engine.py``.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from casebook.languages import Language
from conftest import OpenWindow, Window
from playwright.sync_api import Locator, Page, Route, expect
from site_support import DEFAULT, ENGLISH, NORWEGIAN, PAGES, Site, address, text_of, value
from test_accessibility import faults
from test_search_engine import HOSTILE, serve_hostile_index

PHONE, DESK = 320, 1280
ABOUT = address("om/index", NORWEGIAN)
OTHER = {NORWEGIAN.code: ENGLISH, ENGLISH.code: NORWEGIAN}
NONSENSE = "zxqjwvkzx"

each_language = pytest.mark.parametrize(
    "language", [NORWEGIAN, ENGLISH], ids=lambda lang: lang.code
)
each_width = pytest.mark.parametrize("width", [PHONE, DESK])


def say(key: str, language: Language = DEFAULT, **values: Any) -> str:
    """What search says in a language."""
    return language.text(f"search.{key}", **values)


def button(page: Page, language: Language = DEFAULT) -> Locator:
    """The button in the header."""
    return page.get_by_role("banner").get_by_role(
        "button", name=say("button", language), exact=True
    )


def field(page: Page, language: Language = DEFAULT) -> Locator:
    """Where one writes what one looks for."""
    return page.get_by_role("searchbox", name=say("label", language))


def results(page: Page) -> Locator:
    """The links of all results that have come."""
    return page.locator("pagefind-results h3 a")


def summary(page: Page) -> Locator:
    """The line that tells how many results there are."""
    return page.locator("pagefind-summary")


def failure(page: Page) -> Locator:
    """What is said when the search cannot be fetched."""
    return page.locator(".search-failed").get_by_text(say("failed"), exact=True)


def search_for(page: Page, words: str, language: Language = DEFAULT) -> None:
    """Open the search by keyboard and write."""
    page.keyboard.press("Control+k")
    expect(field(page, language)).to_be_focused()
    page.keyboard.type(words)


def wait_for_the_whole_word(page: Page, word: str) -> None:
    """Wait for the results of a word: those of its first letters may be corrected to it."""
    expect(summary(page)).to_contain_text(f"«\u2068{word}\u2069»")
    expect(page.locator(".search-corrected")).to_be_hidden()
    expect(results(page).first).to_be_visible()


def asked_in(view: Window) -> dict[str, list[str]]:
    """What the address says one searches for."""
    return parse_qs(urlsplit(view.page.url).query)


# --- opening and closing -------------------------------------------------------------------


@each_width
def test_the_button_opens_and_esc_closes(window: OpenWindow, width: int) -> None:
    view = window(width)
    page = view.open(ABOUT)
    button(page).click()
    dialog = page.get_by_role("dialog", name=say("heading", name="Kunnskapsbanken"))
    expect(dialog).to_be_visible()
    expect(field(page)).to_be_focused()
    page.keyboard.type("mentor")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button(page)).to_be_focused()
    view.assert_clean()


@pytest.mark.parametrize("close", ["button", "beside"])
def test_the_dialog_closes_by_pointer_too(window: OpenWindow, close: str) -> None:
    page = window().open(ABOUT)
    button(page).click()
    if close == "button":
        page.get_by_role("button", name=say("close"), exact=True).click()
    else:
        page.mouse.click(5, 500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button(page)).to_be_focused()


def test_ctrl_k_opens_from_anywhere_and_keeps_the_words(window: OpenWindow) -> None:
    page = window().open("/")
    page.locator("#home-query").focus()
    search_for(page, "kurs")
    page.keyboard.press("Escape")
    expect(page.locator("#home-query")).to_be_focused()
    page.keyboard.press("Control+k")
    # What one types now takes the place of the words of last time.
    page.keyboard.type("mentor")
    expect(field(page)).to_have_value("mentor")


def test_the_shortcut_is_shown_but_is_no_part_of_the_name(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    expect(button(page)).to_contain_text(say("shortcut"))
    expect(button(page)).to_have_accessible_name(say("button"))
    assert button(page).get_attribute("aria-keyshortcuts") == "Control+K"


def test_apples_keyboards_have_their_own_key(window: OpenWindow) -> None:
    page = window(
        before="""Object.defineProperty(navigator, "userAgentData", {
          value: { platform: "macOS" } });"""
    ).open(ABOUT)
    expect(button(page)).to_contain_text(say("script.shortcut_apple"))
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Meta+k")
    expect(field(page)).to_be_focused()


def test_nothing_is_fetched_before_someone_searches(window: OpenWindow) -> None:
    view = window()
    fetched: list[str] = []
    view.page.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    page = view.open(ABOUT)

    def of_search() -> set[str]:
        return {path for path in fetched if "/search/" in path or "pagefind" in path}

    own = {"/assets/scripts/search/ui.js", "/assets/scripts/search/ui/opener.js"}
    assert of_search() == own
    page.keyboard.press("Control+k")
    page.locator("pagefind-results").wait_for(state="attached")
    view.settle()
    # The interface, and nothing of the index.
    assert [path for path in of_search() if "pagefind-component-ui.js" in path]
    assert [
        path for path in of_search() if re.search(r"entry|wasm|\.pf_|pagefind/pagefind\.js", path)
    ] == []
    page.keyboard.type("mentor")
    expect(results(page).first).to_be_visible()
    assert [path for path in fetched if "pagefind-entry.json" in path]
    view.assert_clean()


# --- results -------------------------------------------------------------------------------


@each_language
def test_results_stand_in_the_language_of_the_page(window: OpenWindow, language: Language) -> None:
    view = window()
    page = view.open(address("om/index", language))
    search_for(page, "mentor", language)
    expect(summary(page)).to_contain_text("mentor")
    expect(results(page).first).to_be_visible()
    for link in results(page).all():
        place = urlsplit(str(link.evaluate("link => link.href"))).path
        assert PAGES[place][1] is language
    view.assert_clean()


def test_a_result_tells_type_and_place_and_marks_the_words(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, "mentorbedrifter")
    shown = page.locator("pagefind-results li")
    case = shown.filter(has=page.locator("h3", has_text="Renholdskurs")).first
    expect(case.locator(".search-type")).to_have_text(say("kinds.case"))
    expect(case.locator(".search-result-about")).to_contain_text("Sandefjord")
    expect(case.locator("p mark").first).to_contain_text("mentorbedrifter")
    expect(case.locator("h3 mark")).to_have_text("mentorbedrifter")


def test_titles_mark_the_words_too_also_in_compounds(window: OpenWindow) -> None:
    page = window().open(f"{address('sok', NORWEGIAN)}?q=kvinner")
    expect(results(page).first).to_be_visible()
    expect(page.locator("h3 mark", has_text=re.compile("^kvinner$")).first).to_be_visible()
    expect(
        page.locator("h3 mark", has_text=re.compile("^innvandrerkvinner$")).first
    ).to_be_visible()


def test_search_works_by_keyboard_alone(window: OpenWindow) -> None:
    view = window()
    page = view.open(ABOUT)
    search_for(page, "mentor")
    wait_for_the_whole_word(page, "mentor")
    expect(results(page).nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    # The next link may be one to a part of the first page.
    page.keyboard.press("ArrowDown")
    expect(page.locator("pagefind-results a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    there = str(results(page).nth(0).evaluate("link => link.href"))
    page.keyboard.press("Enter")
    page.wait_for_url(there)
    view.assert_clean()


def test_single_letters_do_nothing_on_a_result(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, "mentor")
    wait_for_the_whole_word(page, "mentor")
    page.keyboard.press("ArrowDown")
    for letter in ("a", "/", "Backspace"):
        page.keyboard.press(letter)
        expect(results(page).first).to_be_focused()
    expect(field(page)).to_have_value("mentor")


def test_results_that_make_room_for_others_do_not_lose_the_focus(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, "mentor")
    wait_for_the_whole_word(page, "mentor")
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    # As when the last letters are searched for after one has gone on to the results.
    field(page).evaluate(
        "field => { field.value = 'språk'; field.dispatchEvent(new Event('input')); }"
    )
    expect(summary(page)).to_contain_text("«\u2068språk\u2069»")
    expect(field(page)).to_be_focused()


def test_the_tab_key_stays_in_the_dialog_and_the_focus_is_seen(window: OpenWindow) -> None:
    page = window(PHONE).open(ABOUT)
    search_for(page, "mentor")
    expect(results(page).first).to_be_visible()
    inside = "document.getElementById('site-search').contains(document.activeElement)"
    for _ in range(12):
        page.keyboard.press("Tab")
        # The tab key may also leave for the browser's own controls, where the page has no focus.
        assert page.evaluate(f"{inside} || document.activeElement === document.body")


def test_the_number_of_results_is_announced_politely(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    page.keyboard.press("Control+k")
    page.locator("[data-pagefind-announcer]").wait_for(state="attached")
    page.evaluate(
        """() => {
          const regions = document.querySelector("dialog[open] [data-pagefind-announcer]");
          new MutationObserver((changes) => {
            for (const { target } of changes) {
              const region = target.closest?.("[aria-live]");
              if (!region?.textContent) continue;
              const said = `${region.ariaLive}: ${region.textContent}`;
              document.documentElement.dataset.heard = said;
            }
          }).observe(regions, { subtree: true, childList: true });
        }"""
    )
    heard = page.locator("html")
    page.keyboard.type("mentor")
    expect(heard).to_have_attribute("data-heard", re.compile(r"^polite: .*\d.*mentor"))
    assert heard.get_attribute("data-heard") == f"polite: {summary(page).inner_text()}"
    field(page).fill(NONSENSE)
    expect(heard).to_have_attribute("data-heard", re.compile(f"^polite: .*{NONSENSE}"))


def test_one_type_of_page_can_be_chosen_by_keyboard(window: OpenWindow) -> None:
    view = window()
    page = view.open(ABOUT)
    search_for(page, "avtale")
    expect(results(page).first).to_be_visible()
    page.locator("input[name=type][value='']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name=say("type_case"))).to_be_checked()
    types = page.locator("pagefind-results .search-type")
    expect(types.first).to_have_text(say("kinds.case"))
    assert set(types.all_inner_texts()) == {say("kinds.case")}
    words = page.get_by_role("radio", name=say("type_term"))
    for _ in range(10):
        if words.is_checked():
            break
        page.keyboard.press("ArrowRight")
    expect(types.first).to_have_text(say("kinds.term"))
    view.assert_clean()


@each_language
def test_a_link_repeats_the_search_in_the_other_language(
    window: OpenWindow, language: Language
) -> None:
    other = OTHER[language.code]
    view = window()
    page = view.open(address("om/index", language))
    search_for(page, "mentor", language)
    link = page.get_by_role("link", name=other.text("search.repeat_here"))
    expect(link).to_have_attribute("href", re.compile("q=mentor$"))  # it follows each letter
    expect(results(page).first).to_be_visible()
    link.press("Enter")  # what comes pushes it away from under a pointer
    page.wait_for_url(view.server + address("sok", other) + "?q=mentor")
    expect(field(page, other)).to_have_value("mentor")
    expect(results(page).first).to_be_visible()
    view.assert_clean()


def test_a_link_leads_to_all_results_on_a_page_of_their_own(window: OpenWindow) -> None:
    view = window()
    page = view.open(ABOUT)
    search_for(page, "avtale")
    page.get_by_role("radio", name=say("type_guide")).check(force=True)
    link = page.get_by_role("link", name=say("whole"))
    expect(link).to_have_attribute("href", re.compile("q=avtale&type=guide$"))
    link.press("Enter")
    page.wait_for_url(view.server + address("sok", NORWEGIAN) + "?q=avtale&type=guide")
    expect(results(page).first).to_be_visible()


def test_many_results_are_counted_in_full(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, "avtale")
    expect(summary(page)).to_contain_text(re.compile(r"\d"))
    shown = page.locator("pagefind-results > ul > li").count()
    assert shown <= 20


# --- the search page -----------------------------------------------------------------------


@each_language
def test_enter_leads_to_the_search_page_and_back_leads_back(
    window: OpenWindow, language: Language
) -> None:
    view = window()
    page = view.open(address("om/index", language))
    search_for(page, "mentor", language)
    page.keyboard.press("Enter")
    page.wait_for_url(view.server + address("sok", language) + "?q=mentor")
    expect(results(page).first).to_be_visible()
    field(page, language).fill("kurs")
    expect(summary(page)).to_contain_text("kurs")
    assert asked_in(view) == {"q": ["kurs"]}
    page.go_back()
    page.wait_for_url(view.server + address("om/index", language))
    view.assert_clean()


def test_the_address_carries_words_and_type(window: OpenWindow) -> None:
    view = window()
    place = address("sok", NORWEGIAN)
    page = view.open(f"{place}?q=avtale&type=guide")
    expect(field(page)).to_have_value("avtale")
    expect(page.get_by_role("radio", name=say("type_guide"))).to_be_checked()
    expect(page.locator("pagefind-results .search-type").first).to_have_text(say("kinds.guide"))
    expect(page).to_have_title(re.compile("avtale"))
    field(page).press("Enter")
    field(page).fill("mentor")
    expect(summary(page)).to_contain_text("mentor")
    page.go_back()
    expect(field(page)).to_have_value("avtale")
    expect(summary(page)).to_contain_text("avtale")
    view.assert_clean()


def test_the_search_page_is_quiet_until_someone_asks(window: OpenWindow) -> None:
    view = window()
    fetched: list[str] = []
    view.page.on("request", lambda request: fetched.append(request.url))
    page = view.open(address("sok", NORWEGIAN))
    # What any search needs is asked for ahead, with the least priority; no part of the index is.
    index = ("/fragment/", "/index/", "/filter/", "pagefind.nb_", "pagefind.en_")
    assert [url for url in fetched if any(part in url for part in index)] == []
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_front_page_has_a_field_of_its_own(window: OpenWindow) -> None:
    view = window(PHONE)
    page = view.open("/")
    page.get_by_role("searchbox", name=say("home_label")).fill("mentor")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{view.server}{address('sok', NORWEGIAN)}?q=mentor")
    expect(results(page).first).to_be_visible()
    view.assert_clean()


# --- corrected, softened, nothing ----------------------------------------------------------

_ENGINE = """
const data = async () => ({ url: "/om/", title: "Om", excerpt: "<mark>entreprenør</mark>",
  meta: { title: "Om", type: "Ord" }, filters: { type: ["term"] }, sub_results: [] });
export async function openSearch() {
  return {
    preload: async () => true,
    search: async (original, { exact }) => exact
      ? { status: "empty", query: original, corrected: null, original, softened: false,
          without: [], places: [], results: [], total: 0 }
      : { status: "ok", query: "entreprenør", corrected: "entreprenør", original,
          softened: true, without: [], places: [], results: [{ id: "1", score: 1, data }],
          total: 1 },
  };
}
"""


def corrects(page: Page) -> None:
    """Let the engine correct every query, unless it is asked not to."""
    page.route(
        "**/search/engine.js",
        lambda route: route.fulfill(body=_ENGINE, content_type="text/javascript"),
    )


@each_width
def test_a_corrected_query_says_so_and_offers_the_original(window: OpenWindow, width: int) -> None:
    view = window(width)
    corrects(view.page)
    page = view.open(ABOUT)
    search_for(page, "entrepenør")
    notice = page.locator(".search-corrected")
    expect(notice).to_contain_text("entreprenør")
    expect(summary(page)).to_contain_text("«\u2068entreprenør\u2069»")
    expect(page.get_by_text(say("softened"))).to_be_visible()
    assert faults(page) == []
    notice.get_by_role("link").press("Enter")
    expect(notice).to_be_hidden()
    expect(summary(page)).to_contain_text("entrepenør")
    expect(page.get_by_text(say("tip_fewer"))).to_be_visible()
    expect(field(page)).to_be_focused()
    view.assert_clean()


def test_a_search_as_written_can_be_shared(window: OpenWindow) -> None:
    view = window()
    corrects(view.page)
    page = view.open(f"{address('sok', NORWEGIAN)}?q=entrepenør")
    page.locator(".search-corrected").get_by_role("link").click()
    expect(page.get_by_text(say("tip_fewer"))).to_be_visible()
    assert asked_in(view) == {"q": ["entrepenør"], "exact": ["1"]}
    page.reload()
    expect(page.get_by_text(say("tip_fewer"))).to_be_visible()
    expect(page.locator(".search-corrected")).to_be_hidden()
    # It says so, other languages are asked in the same way, and one can go back to searching.
    written = page.locator(".search-written")
    expect(written).to_contain_text(say("written"))
    for links in (page.locator(".search-elsewhere a"), page.locator(".languages a")):
        asked = links.evaluate_all("links => links.map((link) => link.search)")
        assert asked
        assert {tuple(parse_qs(search[1:])["exact"]) for search in asked} == {("1",)}
    assert faults(page) == []
    written.get_by_role("link", name=say("as_usual")).press("Enter")
    expect(written).to_be_hidden()
    expect(page.locator(".search-corrected")).to_be_visible()
    assert asked_in(view) == {"q": ["entrepenør"]}


@each_language
def test_where_nothing_is_found_one_gets_help(window: OpenWindow, language: Language) -> None:
    view = window()
    page = view.open(address("om/index", language))
    search_for(page, NONSENSE, language)
    expect(summary(page)).to_contain_text(NONSENSE)
    help_ = page.locator(".search-body")
    expect(help_.get_by_text(say("tip_other", language))).to_be_visible()
    for way in ("catalogue", "guides", "checklists", "glossary"):
        expect(help_.get_by_role("link", name=say(f"way_{way}", language))).to_be_visible()
    for facet in ("target_groups", "measures"):
        name = language.text(f"record.case.{facet}.label")
        expect(help_.get_by_role("link", name=name, exact=True)).to_be_visible()
    # This site has set no address, so it asks nobody to tell what is missing.
    expect(help_.get_by_role("link", name=say("missing_link", language))).to_have_count(0)
    view.assert_clean()


@pytest.mark.parametrize(
    ("language", "asked", "places"),
    [
        (NORWEGIAN, "bodo mentor", ["Bodø"]),
        (NORWEGIAN, "bodø kommune", ["Bodø"]),
        (NORWEGIAN, "Våler", ["Våler (Innlandet)", "Våler (Østfold)"]),
        (ENGLISH, "Halden", ["Halden"]),
        (ENGLISH, "Molde", ["Molde"]),
    ],
)
def test_a_municipality_without_cases_leads_to_what_is_like_it(
    window: OpenWindow, language: Language, asked: str, places: list[str]
) -> None:
    view = window()
    page = view.open(f"{address('sok', language)}?q={asked}")
    told = page.locator(".search-place.is-none")
    expect(told.locator("p").first).to_contain_text(
        say("script.none_from", language, place=" / ".join(places))
    )
    expect(told.locator("li a")).to_have_count(3)
    alike = [say("script.alike", language, place=place) for place in places]
    links = told.locator("p + p a, ul + p a")
    expect(links).to_have_text(alike)
    expect(results(page).first).to_be_visible()
    links.first.click()
    expect(page.locator(".like-told")).to_contain_text(places[0])
    expect(page.locator(".catalogue.interactive:not(.waiting)")).to_be_visible()
    view.assert_clean()


def test_a_place_with_cases_comes_first_and_what_hinders_is_told(window: OpenWindow) -> None:
    page = window().open(f"{address('sok', NORWEGIAN)}?q=renhold i Sandefjord")
    told = page.locator(".search-place")
    expect(told).to_contain_text(say("script.from_place", place="Sandefjord"))
    expect(page.locator(".search-result-about").first).to_contain_text("Sandefjord")
    field(page).fill("ungdom som faller utenfor")
    without = page.locator(".search-without")
    expect(without).to_have_text(say("script.without_word", words="faller"))
    expect(told).to_have_count(0)
    field(page).fill("Vestfold")
    expect(results(page).first).to_have_text("Vestfold fylke")
    expect(page.locator(".search-result-about .search-type").first).to_have_text("Fylke")


def test_a_type_without_results_offers_all_types(window: OpenWindow) -> None:
    page = window().open(f"{address('sok', NORWEGIAN)}?q=samskaping&type=checklist")
    field(page).fill("renholdskurs")
    widen = page.get_by_role("button", name=say("widen"))
    widen.click()
    expect(results(page).first).to_be_visible()
    expect(page.get_by_role("radio", name=say("type_all"), exact=True)).to_be_checked()


# --- bad input -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "mentor " * 400,
        "og i på av",
        "🧵🦌",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "שלום עולם مرحبا",
        "$& $1 [COUNT] {term} %",
        "   ",
    ],
    ids=["long", "stop words", "emoji", "markup", "right to left", "patterns", "blank"],
)
def test_whatever_is_asked_the_page_stays_usable(window: OpenWindow, words: str) -> None:
    view = window(PHONE)
    page = view.open(address("sok", NORWEGIAN))
    field(page).fill(words)
    asked = field(page).input_value().strip()
    assert len(asked) <= 200
    if asked:
        said = summary(page).or_(page.locator(".search-failed:visible")).first
        expect(said).to_contain_text(re.compile(r"\d|" + say("script.zero_results").split("«")[0]))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.locator("pagefind-summary *:not(.pf-summary)").count() == 0
    field(page).fill("mentor")
    expect(results(page).first).to_be_visible()
    view.assert_clean()


def test_what_is_asked_is_said_as_it_is_written(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, f"$&{NONSENSE}<b>")
    expect(summary(page)).to_contain_text(f"$&{NONSENSE}<b>")


def test_markup_that_a_page_tells_of_is_shown_as_text(window: OpenWindow, tmp_path: Path) -> None:
    view = window()
    serve_hostile_index(view.page, tmp_path)
    page = view.open(f"{address('sok', NORWEGIAN)}?q=kurs")
    result = page.locator("pagefind-results li.search-result")
    expect(result.locator(".search-result-excerpt")).to_contain_text("kurs <img src=x onerror=")
    expect(result.get_by_role("heading")).to_have_text(HOSTILE)
    expect(result.locator(".search-result-parts")).to_have_text(HOSTILE)
    expect(result.locator(".search-result-about")).to_have_text(f"{HOSTILE} {HOSTILE}")
    assert result.locator("img, script, b").count() == 0
    view.assert_clean()


# --- failures ------------------------------------------------------------------------------


def cut(page: Page, pattern: str) -> list[bool]:
    """Cut a part of the site off; empty the list to let it through again."""
    off = [True]

    def answer(route: Route) -> None:
        if off:
            route.abort()
        else:
            route.continue_()

    page.route(pattern, answer)
    return off


@each_language
@pytest.mark.parametrize(
    "pattern",
    ["**/search/ui/panel.js*", "**/pagefind-component-ui.js*", "**/pagefind-entry.json*"],
    ids=["panel", "components", "index"],
)
def test_a_failure_is_told_and_can_be_tried_again(
    window: OpenWindow, language: Language, pattern: str
) -> None:
    view = window()
    off = cut(view.page, pattern)
    page = view.open(address("om/index", language))
    search_for(page, "mentor", language)
    failed = page.locator(".search-failed")
    expect(failed.get_by_text(say("failed", language), exact=True)).to_be_visible()
    ways = page.locator(".search-ways")
    expect(ways.get_by_role("link", name=say("way_catalogue", language))).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("Error")).to_have_count(0)
    off.clear()
    failed.get_by_role("button", name=say("retry", language)).press("Enter")
    expect(results(page).first).to_be_visible()
    expect(failed).to_be_hidden()


def test_a_network_that_is_lost_later_is_told_too(window: OpenWindow) -> None:
    page = window().open(ABOUT)
    search_for(page, "mentor")
    expect(results(page).first).to_be_visible()
    page.context.set_offline(True)
    field(page).fill("kvinner")
    expect(failure(page)).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name=say("retry")).click()
    expect(summary(page)).to_contain_text("kvinner")
    expect(results(page).first).to_be_visible()


def test_a_result_that_cannot_be_fetched_is_a_failure(window: OpenWindow) -> None:
    view = window()
    cut(view.page, "**/*.pf_fragment")
    page = view.open(ABOUT)
    search_for(page, "mentor")
    expect(failure(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


# --- accessibility -------------------------------------------------------------------------


@each_width
@pytest.mark.parametrize("words", ["", "mentor", NONSENSE], ids=["start", "results", "none"])
def test_no_fault_with_search_open(window: OpenWindow, words: str, width: int) -> None:
    page = window(width).open(ABOUT)
    search_for(page, words)
    if words:
        expect(summary(page)).to_contain_text(words)
    if words == "mentor":
        expect(results(page).nth(2)).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@each_width
def test_no_fault_when_search_fails(window: OpenWindow, width: int) -> None:
    view = window(width)
    cut(view.page, "**/pagefind/**")
    page = view.open(ABOUT)
    search_for(page, "mentor")
    expect(failure(page)).to_be_visible()
    assert faults(page) == []


@each_width
def test_no_fault_on_the_search_page(window: OpenWindow, width: int) -> None:
    page = window(width).open(f"{address('sok', ENGLISH)}?q=mentor")
    expect(results(page).first).to_be_visible()
    assert faults(page) == []


# --- without script, on paper --------------------------------------------------------------


@each_language
def test_without_script_a_link_leads_to_help(window: OpenWindow, language: Language) -> None:
    view = window(PHONE, scripts=False)
    page = view.open(address("om/index", language))
    expect(button(page, language)).to_have_count(0)
    page.get_by_role("banner").get_by_role("link", name=say("button", language), exact=True).click()
    page.wait_for_url(view.server + address("sok", language))
    expect(page.get_by_role("searchbox")).to_have_count(0)
    main = page.get_by_role("main")
    expect(main.get_by_text("JavaScript")).to_be_visible()
    for source in ("eksempler/index", "veiledere/index", "ordliste"):
        links = {str(link.evaluate("link => link.href")) for link in main.get_by_role("link").all()}
        assert view.server + address(source, language) in links
    view.assert_clean()


def test_nothing_of_search_is_printed(window: OpenWindow) -> None:
    page = window().open("/")
    page.emulate_media(media="print")
    expect(button(page)).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.get_by_role("search")).to_have_count(0)


def test_every_page_has_search_and_its_words_in_its_language(site: Site) -> None:
    for place, (_, language) in PAGES.items():
        header = site[place].header
        assert say("button", language) in text_of(header.select(".search-button")[0])
        link = header.select("a.search-link")[0]
        assert site.place(place, value(link, "href")) == address("sok", language)
