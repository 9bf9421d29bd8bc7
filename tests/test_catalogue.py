"""The catalogue as people use it: choosing, searching, sorting, comparing, and when things fail."""

import re
from collections.abc import Callable

import pytest
from casebook.collection.known import is_mention, ranks
from casebook.collection.library import Library, load_library
from casebook.languages import load_languages
from casebook.page.cards import in_order_of_title
from casebook.page.catalogue import PER_PAGE
from casebook.page.terms import facet_name, term_label
from casebook.page.writing import Writer
from casebook.record.case import Case
from conftest import OpenWindow, Window
from playwright.sync_api import Locator, Page, Route, expect
from site_support import DEFAULT, ENGLISH, NORWEGIAN, ROOT, Site, address

CATALOGUE = address("eksempler/index", NORWEGIAN)
PHONE = 320
CLOSED_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not allowed", "SecurityError"); },
});
"""


@pytest.fixture(scope="module")
def library() -> Library:
    """The cases that the site is made of."""
    found, problems = load_library(ROOT / "cases", load_languages(), name="cases")
    assert not problems
    return found


WRITER = Writer(DEFAULT, load_languages())


def text(key: str, **values: object) -> str:
    """What the catalogue says."""
    return DEFAULT.text(f"catalogue.{key}", **values)


def count_text(found: int, total: int) -> str:
    """What is said of how many cases there are."""
    return text("script.found.other", value=found, total=total)


def opened(view: Window, query: str = "", place: str = CATALOGUE) -> Page:
    """The catalogue once the script shows what the address asks for."""
    page = view.open(place + query)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until boxes stand in place of links and nothing is being fetched."""
    expect(page.locator(".catalogue.interactive:not(.waiting)")).to_have_count(1)
    expect(page.locator(".cards[aria-busy]")).to_have_count(0)


def box(page: Page, library: Library, facet: str, term: str) -> Locator:
    """The box of a term, brought to light."""
    group = page.locator(f"[data-facet='{facet}']")
    group.evaluate("(part) => { part.open = true; }")
    for more in group.locator("details").all():
        more.evaluate("(part) => { part.open = true; }")
    label = term_label(facet, term, library.vocabulary, WRITER)
    return group.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)} \+?[\d ]+$"))


def titles(page: Page) -> list[str]:
    """The titles of the cards shown."""
    return page.locator(".cards .card-title").all_text_contents()


def expected_titles(library: Library, ids: list[str]) -> list[str]:
    """The titles of cases."""
    return [library.cases[id_].title["nb"] for id_ in ids]


# --- choosing ------------------------------------------------------------------------------


def test_terms_of_one_facet_add_and_facets_narrow(window: OpenWindow, library: Library) -> None:
    view = window()
    page = opened(view)
    first, second = (
        set(library.facets.cases("measures", term)) for term in ("short-course", "work-training")
    )
    pilots = set(library.facets.cases("evidence", "described"))
    box(page, library, "measures", "short-course").check()
    expect(page.locator(".count-number")).to_have_text(count_text(len(first), len(library.cases)))
    box(page, library, "measures", "work-training").check()
    expect(page.locator(".count-number")).to_have_text(
        count_text(len(first | second), len(library.cases))
    )
    box(page, library, "evidence", "described").check()
    both = (first | second) & pilots
    expect(page.locator(".count-number")).to_have_text(count_text(len(both), len(library.cases)))
    assert sorted(titles(page)) == sorted(expected_titles(library, list(both)))
    # What is chosen reads as a sentence: within a facet, one of them is enough.
    course, training, alone = (
        f"«\u2068{term_label(facet, term, library.vocabulary, WRITER)}\u2069»"
        for facet, term in (
            ("measures", "short-course"),
            ("measures", "work-training"),
            ("evidence", "described"),
        )
    )
    expect(page.locator(".count")).to_have_text(
        f"{count_text(len(both), len(library.cases))}: {course} eller {training}, og {alone}"
    )
    measures = page.locator("[data-facet='measures'] [role='group']")
    expect(measures).to_have_accessible_description(text("either"))
    found = re.fullmatch(r".*\?measures=(.*)&evidence=described", view.address)
    assert found is not None
    assert set(found[1].split(",")) == {"short-course", "work-training"}
    view.assert_clean()


def test_counts_tell_what_a_choice_would_leave(window: OpenWindow, library: Library) -> None:
    page = opened(window(), "?measures=work-training")
    chosen = set(library.facets.cases("measures", "work-training"))
    told = {
        (facet, term): number
        for facet, term, number in page.evaluate(
            """() => [...document.querySelectorAll("[data-term]")].map((item) =>
              [item.closest("[data-facet]").dataset.facet, item.dataset.term,
               item.querySelector(".number").textContent])"""
        )
    }
    assert len(told) > 80
    for (facet, term), number in told.items():
        cases = set(library.facets.cases(facet, term))
        adds = facet == "measures" and term != "work-training"
        # Of the facet that is chosen from, another term would add those it has beside.
        expected = f"+{len(cases - chosen)}" if adds else str(len(cases & chosen))
        assert number == expected, (facet, term)


def test_every_choice_has_a_chip_that_takes_it_away(window: OpenWindow, library: Library) -> None:
    view = window()
    page = opened(view, "?county=vestfold&measures=work-training&q=")
    chips = page.locator(".chip")
    label = term_label("measures", "work-training", library.vocabulary, WRITER)
    expect(chips).to_have_count(2)
    what = text("script.chip", facet=facet_name("measures", WRITER), term=label)
    page.get_by_role("button", name=text("script.remove", what=what)).click()
    expect(chips).to_have_count(1)
    # The chip that is left has the focus, so that a keyboard can go on.
    expect(chips).to_be_focused()
    expect(box(page, library, "measures", "work-training")).not_to_be_checked()
    assert view.address == f"{CATALOGUE}?county=vestfold"
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(page.locator(".count")).to_be_focused()
    assert view.address == CATALOGUE
    assert len(titles(page)) == PER_PAGE


def test_all_choices_can_be_taken_away_at_once(window: OpenWindow) -> None:
    view = window()
    page = opened(view, "?county=vestfold&measures=work-training&sort=newest")
    page.locator(".chips").get_by_role("button", name=text("clear_all")).click()
    expect(page.locator(".chip")).to_have_count(0)
    assert view.address == f"{CATALOGUE}?sort=newest"


def test_a_choice_that_nothing_fits_offers_a_way_on(window: OpenWindow) -> None:
    page = opened(window(), "?county=oslo-county&measures=policy&size=small")
    expect(page.locator(".count-number")).to_have_text(re.compile("^0 "))
    expect(page.get_by_text(text("no_results"))).to_be_visible()
    page.locator(".no-results").get_by_role("button").click()
    expect(page.get_by_text(text("no_results"))).to_be_hidden()
    assert len(titles(page)) == PER_PAGE


# --- the address ---------------------------------------------------------------------------


def test_back_and_forward_go_through_the_choices(window: OpenWindow, library: Library) -> None:
    view = window()
    page = opened(view)
    whole = page.locator(".count-number").inner_text()
    training = box(page, library, "measures", "work-training")
    training.check()
    expect(page.locator(".chip")).to_have_count(1)
    chosen = page.locator(".count-number").inner_text()
    page.go_back()
    expect(page.locator(".count-number")).to_have_text(whole)
    expect(training).not_to_be_checked()
    assert view.address == CATALOGUE
    page.go_forward()
    expect(page.locator(".count-number")).to_have_text(chosen)
    expect(training).to_be_checked()


def test_an_address_brings_everything_back(window: OpenWindow) -> None:
    query = "?measures=work-training&like_size=large&sort=newest"
    page = opened(window(), query)
    before = titles(page), page.locator(".count-number").inner_text()
    page.reload()
    ready(page)
    assert (titles(page), page.locator(".count-number").inner_text()) == before
    expect(page.get_by_label(text("sort"))).to_have_value("newest")
    # Somebody else, who is sent the address, sees the same.
    page = opened(window(), query)
    assert (titles(page), page.locator(".count-number").inner_text()) == before


def test_the_page_is_where_it_was_after_a_visit_to_a_case(window: OpenWindow) -> None:
    page = opened(window(), "?size=large&page=2")
    last = page.locator(".card-title a").last
    last.focus()
    before = page.evaluate("scrollY")
    assert before > 1000
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/eksempler/[a-z0-9-]+/$"))
    page.go_back()
    ready(page)
    assert abs(page.evaluate("scrollY") - before) < 100


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?nonsense=1", "{nonsense}"),
        ("?measures=work-training,%3Cb%3Ebold%3C/b%3E", "{<b>bold</b>}"),
        ("?sort=best&page=x&like_county=nowhere", "{best}, {x} og {nowhere}"),
        ("?%E2%80%AEabc=1", "{\u202eabc}"),
    ],
)
def test_an_address_that_asks_for_nonsense_is_told_so(
    window: OpenWindow, query: str, told: str
) -> None:
    view = window()
    page = opened(view, query)
    # The isolates keep what is written from right to left from turning the rest around.
    quoted = told.replace("{", "«\u2068").replace("}", "\u2069»")
    notice = text("script.unknown_in_address", what=quoted)
    expect(page.locator(".notices")).to_have_text(notice)
    assert len(titles(page)) > 1
    page.get_by_label(text("sort")).select_option("newest")
    expect(page.locator(".notices")).to_be_empty()
    view.assert_clean()


# --- search and order ----------------------------------------------------------------------


def test_searching_narrows_and_sorts_by_how_well_words_fit(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    assert not [host for host in page.evaluate(_FETCHED) if "pagefind" in host]
    page.get_by_label(text("search_within")).fill("kafe")
    expect(page.get_by_label(text("sort"))).to_have_value("relevance")
    expect(page.locator(".count-number")).not_to_have_text(re.compile("^32"))
    assert 0 < len(titles(page)) < PER_PAGE
    assert re.search("kaf[eé]", titles(page)[0], re.IGNORECASE)
    assert view.address == f"{CATALOGUE}?q=kafe"
    # What is searched for is one step back, however many letters it took.
    page.get_by_label(text("search_within")).press_sequentially(" mat")
    page.wait_for_url("**/?q=kafe+mat")
    page.go_back()
    expect(page.get_by_label(text("search_within"))).to_have_value("")
    expect(page.get_by_label(text("sort"))).to_have_value("known")
    view.assert_clean()


def test_a_mended_word_is_told_and_can_be_searched_as_it_is_written(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    page.get_by_label(text("search_within")).fill("entrepenør")
    told = text("script.corrected", words="entreprenør")
    expect(page.locator(".notices")).to_contain_text(told)
    assert titles(page)
    as_written = text("script.as_written", words="entrepenør")
    page.get_by_role("button", name=as_written).press("Enter")
    # What is searched as it is written is corrected no more; the focus goes where the answer is.
    notice = page.locator(".notices")
    expect(notice).to_contain_text(text("script.exact", words="entrepenør"))
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".count")).to_be_focused()
    expect(page.locator(".count-number")).to_have_text(re.compile("^0 "))
    # It stands in the address: to be shared, and to be gone back from.
    assert view.address == f"{CATALOGUE}?q=entrepen%C3%B8r&exact=1"
    page.reload()
    expect(notice).to_contain_text(text("script.exact", words="entrepenør"))
    page.get_by_role("button", name=text("script.as_usual")).click()
    expect(notice).to_contain_text(told)
    page.go_back()
    expect(notice).to_contain_text(text("script.exact", words="entrepenør"))
    # Other words are searched for as usual.
    page.get_by_label(text("search_within")).fill("kafe")
    page.wait_for_url("**/?q=kafe")
    expect(notice).to_be_empty()
    view.assert_clean()


def test_cases_that_lack_some_of_the_words_are_told_of(window: OpenWindow) -> None:
    view = window()
    page = opened(view, "?q=systue+med+birøkt")
    expect(page.locator(".notices")).to_have_text(text("script.softened"))
    assert titles(page)
    page.get_by_label(text("search_within")).fill("kafe")
    page.wait_for_url("**/?q=kafe")
    expect(page.locator(".notices")).to_be_empty()
    view.assert_clean()


def test_the_other_language_shows_the_same_choice(window: OpenWindow) -> None:
    view = window()
    page = opened(view, "?measures=work-training&sort=newest")
    before = page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.case)")
    page.locator(".languages a").click()
    ready(page)
    assert view.address.endswith("/eksempler/index.en/?measures=work-training&sort=newest")
    after = page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.case)")
    assert sorted(after) == sorted(before)


_FETCHED = "performance.getEntriesByType('resource').map((entry) => entry.name)"


def test_every_order_puts_the_right_case_first(window: OpenWindow, library: Library) -> None:
    page = opened(window())
    rungs = list(library.vocabulary.facet("evidence"))
    rank = ranks(library.cases, library.vocabulary)
    id_of = {case.title["nb"]: id_ for id_, case in library.cases.items()}
    keys: dict[str, Callable[[Case], object]] = {
        "known": lambda case: rank[id_of[case.title["nb"]]],
        "newest": lambda case: str(case.updated),
        "confirmed": lambda case: str(case.confirmed or ""),
        "evidence": lambda case: rungs.index(case.evidence.level),
        "title": lambda _: "",
    }
    told = page.get_by_text(text("order_known"))
    alphabet = in_order_of_title(library, WRITER)
    # Those of which we know a sentence come after all others.
    cases = sorted((library.cases[id_] for id_ in alphabet), key=is_mention)
    for sort, key in keys.items():
        page.get_by_label(text("sort")).select_option(sort)
        if sort == "known":  # as it is served
            expect(told).to_be_visible()
        else:
            expect(page).to_have_url(re.compile(f"sort={sort}$"))
            expect(told).to_be_hidden()
        ready(page)
        ordered = sorted(cases, key=key, reverse=True)  # type: ignore[arg-type]
        ordered.sort(key=is_mention)
        assert titles(page) == [case.title["nb"] for case in ordered][:PER_PAGE], sort


def test_more_cards_come_below_and_the_focus_goes_to_the_first(
    window: OpenWindow, library: Library
) -> None:
    view = window()
    page = opened(view)
    before = titles(page)
    page.get_by_role("button", name=re.compile(r"^Vis \d+ til$")).click()
    expect(page.locator(".card")).to_have_count(min(2 * PER_PAGE, len(library.cases)))
    assert titles(page)[: len(before)] == before
    expect(page.locator(".card-title a").nth(PER_PAGE)).to_be_focused()
    assert view.address == f"{CATALOGUE}?page=2"
    # What we know a sentence of comes last, each as a row as wide as the list.
    while (more := page.locator(".show-more")).is_visible():
        shown = page.locator(".card").count()
        more.click()
        expect(page.locator(".card")).not_to_have_count(shown)
        ready(page)
    mentions = sum(map(is_mention, library.cases.values()))
    rows = page.locator(".card").evaluate_all(
        "cards => cards.map(card => card.clientWidth > 0.9 * card.parentElement.clientWidth)"
    )
    assert rows == [False] * (len(library.cases) - mentions) + [True] * mentions
    expect(page.locator(".card").last.locator(".badges")).to_have_text(text("card_mention"))
    view.assert_clean()


# --- places like ours ----------------------------------------------------------------------


def compare(page: Page, **choices: str) -> None:
    """Tell of a place."""
    if not page.locator(".like-us[open]").count():
        page.locator(".like-us summary").click()
    for name, choice in choices.items():
        page.locator(f"#like-{name}").select_option(choice)
    page.get_by_role("button", name=text("like_apply")).click()


def test_what_is_like_us_comes_first_and_says_why(window: OpenWindow, library: Library) -> None:
    view = window()
    page = opened(view)
    compare(page, municipality="asker", partner="nav-local")
    ready(page)
    first = page.locator(".card").first
    expect(first.locator(".card-reasons")).to_have_text("Samme kommune, samme slags partner")
    expect(first.locator(".card-where")).to_contain_text("Asker")
    # The municipality told its county and size, which others share.
    expect(page.locator(".like-told")).to_contain_text("Akershus")
    reasons = page.locator(".card-reasons").all_text_contents()
    assert {"Samme størrelse", "Samme størrelse, samme slags partner"} & set(reasons)
    assert "like_municipality=asker" in view.address
    expect(page.get_by_label(text("sort"))).to_have_value("like")
    view.assert_clean()


def test_our_place_is_remembered_in_this_browser_until_it_is_forgotten(window: OpenWindow) -> None:
    page = opened(window())
    compare(page, size="large")
    expect(page.locator(".card-reasons").first).to_have_text("Samme størrelse")
    page.goto(page.url.partition("?")[0])
    ready(page)
    expect(page.locator(".card-reasons").first).to_have_text("Samme størrelse")
    # What is shown can be shared.
    assert page.url.endswith("?like_size=large")
    page.locator(".like-us summary").click()
    page.get_by_role("button", name=text("like_clear")).click()
    expect(page.locator(".card-reasons")).to_have_count(0)
    expect(page.locator(".like-us summary")).to_be_focused()
    page.goto(page.url.partition("?")[0])
    ready(page)
    expect(page.locator(".card-reasons")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_back_leads_to_before_our_place_was_told_and_before_it_was_forgotten(
    window: OpenWindow,
) -> None:
    page = opened(window())
    reasons = page.locator(".card-reasons")
    compare(page, size="large")
    expect(reasons.first).to_have_text("Samme størrelse")
    page.go_back()
    expect(reasons).to_have_count(0)
    page.go_forward()
    expect(reasons.first).to_have_text("Samme størrelse")
    page.locator(".like-us summary").click()
    page.get_by_role("button", name=text("like_clear")).click()
    expect(reasons).to_have_count(0)
    page.go_back()
    expect(reasons.first).to_have_text("Samme størrelse")


def test_a_place_that_was_sent_is_shown_and_not_kept(window: OpenWindow) -> None:
    page = opened(window(), "?like_size=large")
    expect(page.locator(".card-reasons").first).to_have_text("Samme størrelse")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_place_that_nothing_is_like_is_told_so(window: OpenWindow, library: Library) -> None:
    assert not library.facets.cases("county", "telemark"), "choose a county without cases"
    page = opened(window(), "?like_county=telemark")
    expect(page.locator(".notices")).to_have_text(text("script.nothing_alike"))
    assert len(titles(page)) == PER_PAGE


@pytest.mark.parametrize("kept", ["{", "null", '"x"', '{"size":"gigantic","county":{"a":1}}'])
def test_what_storage_holds_is_not_trusted(window: OpenWindow, kept: str) -> None:
    view = window(before=f"localStorage.setItem('like-us', {kept!r})")
    page = opened(view)
    expect(page.locator(".card-reasons")).to_have_count(0)
    view.assert_clean()


def test_the_page_works_where_nothing_may_be_stored(window: OpenWindow) -> None:
    view = window(before=CLOSED_STORAGE)
    page = opened(view)
    compare(page, size="large")
    expect(page.locator(".card-reasons").first).to_have_text("Samme størrelse")
    expect(page.locator(".notices")).to_have_text(text("script.not_kept"))
    view.assert_clean()


# --- when things fail ----------------------------------------------------------------------


def test_without_the_index_links_stay_and_the_page_says_so(window: OpenWindow) -> None:
    page = window().page
    server = window().server
    page.route("**/data/facets.*", lambda route: route.abort())
    page.goto(f"{server}{CATALOGUE}?measures=work-training")
    notices = page.locator(".notices")
    expect(notices).to_contain_text(text("script.no_index"))
    assert len(titles(page)) == PER_PAGE
    expect(page.get_by_role("checkbox")).to_have_count(0)
    links = page.locator("[data-facet] a")
    assert links.count() > 80
    # The network is back: trying again shows what the address asks for.
    page.unroute("**/data/facets.*")
    notices.get_by_role("button", name=text("script.retry")).click()
    ready(page)
    expect(notices).to_be_empty()
    expect(page.locator(".chip")).to_have_count(1)
    assert len(titles(page)) < PER_PAGE


def test_cards_that_cannot_be_fetched_are_told_of(window: OpenWindow, library: Library) -> None:
    view = window()
    page = opened(view)
    lost: list[str] = []

    def fail(route: Route) -> None:
        lost.append(route.request.url)
        route.fulfill(status=503, body="no")

    page.route("**/data/cards.*/**", fail)
    page.get_by_role("button", name=re.compile(r"^Vis \d+ til$")).click()
    missing = min(PER_PAGE, len(library.cases) - PER_PAGE)
    told = text("script.no_cards.other", value=missing)
    expect(page.locator(".notices")).to_contain_text(told)
    assert lost
    assert len(titles(page)) == PER_PAGE
    page.unroute("**/data/cards.*/**")
    page.locator(".notices").get_by_role("button", name=text("script.retry")).click()
    expect(page.locator(".card")).to_have_count(min(2 * PER_PAGE, len(library.cases)))
    expect(page.locator(".notices")).to_be_empty()


def test_without_the_search_engine_filters_still_work(window: OpenWindow) -> None:
    page = opened(window())
    page.route("**/pagefind/**", lambda route: route.abort())
    page.get_by_label(text("search_within")).fill("kafe")
    expect(page.locator(".notices")).to_contain_text(text("script.no_search", words="kafe"))
    assert len(titles(page)) == PER_PAGE
    page.get_by_label(text("search_within")).fill("")
    expect(page.locator(".notices")).to_be_empty()


# --- without script, by keyboard, on a phone, on paper -------------------------------------


def test_without_script_every_term_leads_to_its_cases(window: OpenWindow, site: Site) -> None:
    view = window(scripts=False)
    page = view.open(CATALOGUE)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_label(text("search_within"))).to_be_hidden()
    expect(page.locator(".like-us")).to_be_hidden()
    document = site[CATALOGUE]
    links = document.soup.select("[data-term] a")
    assert len(links) > 80
    page.locator("[data-term] a").first.click()
    expect(page.locator(".card").first).to_be_visible()
    view.assert_clean()


def test_a_keyboard_is_enough(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    page.locator(".like-us summary").focus()
    for _ in range(2):  # the first group, then its first box
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate("document.activeElement.type") == "checkbox"
    search = page.get_by_label(text("search_within"))
    while not search.evaluate("(field) => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("arbeid")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    page.keyboard.press("Tab")  # the order
    page.keyboard.press("Tab")  # the first chip
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.locator(".card-title a").first).to_be_focused()
    view.assert_clean()


def walk_to(page: Page, target: Locator) -> None:
    """Press the tab key until something has the focus."""
    for _ in range(60):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tab key does not reach {target}")


def test_a_place_and_an_order_are_chosen_by_keyboard(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    walk_to(page, page.locator(".like-us summary"))
    page.keyboard.press("Enter")
    walk_to(page, page.locator("#like-municipality"))
    page.keyboard.type("Asker")
    expect(page.locator("#like-municipality")).to_have_value("asker")
    walk_to(page, page.get_by_role("button", name=text("like_apply")))
    page.keyboard.press("Enter")
    expect(page.locator(".card-reasons").first).to_have_text("Samme kommune")
    sort = page.get_by_label(text("sort"))
    walk_to(page, sort)
    page.keyboard.type(text("sort_newest"))
    expect(sort).to_have_value("newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    ready(page)
    walk_to(page, page.locator(".card-title a").first)
    view.assert_clean()


def test_on_a_phone_filters_are_chosen_by_keyboard(window: OpenWindow) -> None:
    view = window(PHONE)
    page = opened(view)
    opener = page.locator(".panel-open")
    walk_to(page, opener)
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=text("filters"))
    expect(panel).to_be_visible()
    first = panel.get_by_role("checkbox").first
    walk_to(page, first)
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    done = panel.get_by_role("button", name=re.compile(r"^Vis \d+"))
    walk_to(page, done)
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    expect(page.locator(".chip")).to_have_count(1)
    walk_to(page, page.locator(".chip"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    view.assert_clean()


def test_a_page_from_before_the_site_was_replaced_narrows_by_no_old_numbers(
    window: OpenWindow,
) -> None:
    """Words lead to numbers of cases, and those are of one version of the site."""
    page = opened(window())
    page.route("**/search/cases.*.json", lambda route: route.fulfill(status=404))
    page.get_by_label(text("search_within")).fill("kafe")
    expect(page.locator(".notices")).to_contain_text(text("script.no_search", words="kafe"))
    version = page.locator(".catalogue").get_attribute("data-version")
    asked = f"{_FETCHED}.filter((name) => name.includes('/search/cases.'))"
    assert page.evaluate(asked)[0].endswith(f"/search/cases.nb.{version}.json")


def test_the_number_of_cases_is_read_out(window: OpenWindow) -> None:
    page = opened(window(), "?measures=work-training")
    count = page.get_by_role("status").filter(has_text=re.compile(r"\d+ av \d+"))
    expect(count).to_have_count(1)


def test_on_a_phone_filters_stand_in_a_panel(window: OpenWindow, library: Library) -> None:
    view = window(PHONE)
    page = opened(view)
    opener = page.get_by_role("button", name=text("script.filter"), exact=True)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    opener.click()
    panel = page.get_by_role("dialog", name=text("filters"))
    expect(panel).to_be_visible()
    box(page, library, "measures", "work-training").check()
    found = len(library.facets.cases("measures", "work-training"))
    done = panel.get_by_role(
        "button", name=DEFAULT.text("catalogue.script.show_found.other", value=found)
    )
    expect(done).to_be_visible()
    # The focus stays in the panel.
    for _ in range(3):
        done.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "!document.activeElement || document.activeElement === document.body"
            " || Boolean(document.activeElement.closest('dialog'))"
        )
        assert inside
    done.click()
    expect(panel).to_be_hidden()
    opener = page.get_by_role("button", name=text("script.filter_chosen", value=1), exact=True)
    expect(opener).to_be_focused()
    assert len(titles(page)) == found
    opener.press("Enter")
    expect(box(page, library, "measures", "work-training")).to_be_checked()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    view.assert_clean()


def test_the_number_is_read_out_in_the_panel_too(window: OpenWindow, library: Library) -> None:
    # Screen readers hear nothing from outside an open dialog.
    page = opened(window(PHONE))
    page.get_by_role("button", name=text("script.filter"), exact=True).click()
    box(page, library, "measures", "work-training").check()
    found = len(library.facets.cases("measures", "work-training"))
    said = page.get_by_role("dialog").get_by_role("status")
    expect(said).to_have_text(count_text(found, len(library.cases)))


def test_where_little_can_be_seen_the_buttons_scroll_with_the_filters(window: OpenWindow) -> None:
    view = window(PHONE)
    view.page.set_viewport_size({"width": PHONE, "height": 256})
    page = opened(view)
    page.get_by_role("button", name=text("script.filter"), exact=True).click()
    last = page.locator(".panel summary").last
    last.focus()
    seen = last.evaluate(
        """(part) => {
          const { left, top, bottom } = part.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight
            && part.contains(document.elementFromPoint(left + 20, (top + bottom) / 2));
        }"""
    )
    assert seen, "what has the focus is covered by nothing"


def test_words_without_end_do_not_widen_the_page(window: OpenWindow) -> None:
    view = window(PHONE)
    page = opened(view, f"?q={'a' * 5000}&{'b' * 3000}=1")
    expect(page.locator(".chip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    view.assert_clean()


def test_a_window_that_grows_wide_gets_its_filters_back(window: OpenWindow) -> None:
    page = opened(window(PHONE))
    page.get_by_role("button", name=text("script.filter"), exact=True).click()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".catalogue-columns > .filters")).to_be_visible()


def test_paper_shows_what_was_chosen_and_the_cards(window: OpenWindow) -> None:
    page = opened(window(), "?measures=work-training&like_size=large")
    page.emulate_media(media="print")
    expect(page.locator(".chip")).to_be_visible()
    expect(page.locator(".like-told")).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".card-reasons").first).to_be_visible()
    for gone in (".filters", ".toolbar", ".like-form", ".show-more", ".all-cases"):
        expect(page.locator(gone).first).to_be_hidden()


def test_the_english_catalogue_speaks_english(window: OpenWindow) -> None:
    view = window()
    page = opened(view, "?measures=work-training&x=y", address("eksempler/index", ENGLISH))
    expect(page.locator(".count-number")).to_have_text(re.compile(r"^\d+ of \d+ cases$"))
    expect(page.locator(".notices")).to_contain_text("The address asks for something")
    expect(page.locator(".notices")).to_contain_text("“\u2068x\u2069”")
    expect(page.locator(".card-title a").first).to_have_attribute("href", re.compile(r"\.en/$"))
    page.locator(".card-title").first.click()  # its link fills the card, below the text
    page.wait_for_url(re.compile(r"/eksempler/[a-z0-9-]+\.en/$"))
    view.assert_clean()


# --- files ---------------------------------------------------------------------------------


def test_the_data_lead_to_the_pages(site: Site, library: Library) -> None:
    for language in (NORWEGIAN, ENGLISH):
        files = sorted(site.root.glob(f"eksempler/data/cards.{language.code}.*/*.json"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        hrefs = [href for text in texts for href in re.findall(r'"href":"(.*?)"', text)]
        assert len(hrefs) == len(set(hrefs)) == len(library.cases)
        assert [href for href in hrefs if not site.file(f"/{href}").is_file()] == []


def test_the_page_stays_light(site: Site) -> None:
    assert site.file(CATALOGUE).stat().st_size < 300_000
