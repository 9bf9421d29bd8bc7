"""The site as people use it: on a phone and a desk, by keyboard, without script, on paper."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import Tag
from casebook.languages import Language
from conftest import HEIGHT, OpenWindow, Window
from playwright.sync_api import Locator, Page, Route, expect
from site_support import (
    DEFAULT,
    ENGLISH,
    LANGUAGES,
    NORWEGIAN,
    NOT_FOUND,
    PAGES,
    Site,
    address,
    case_address,
    one_line,
    text_of,
)

PHONE, DESK = 320, 1280
HEADING = re.compile("^h[1-6]$")
CASE = case_address("sisters-in-business", NORWEGIAN)
GUIDE = address("veiledere/fire-samarbeidsformer", NORWEGIAN)
CATALOGUE = address("eksempler/index", NORWEGIAN)

each_width = pytest.mark.parametrize("width", [PHONE, DESK])
KINDS_OF_PAGES = ("/", CATALOGUE, CASE, GUIDE, "/om/", "/no/such/page/")
each_kind_of_page = pytest.mark.parametrize("place", KINDS_OF_PAGES)
each_kind_on_a_phone_and_some_on_a_desk = pytest.mark.parametrize(
    ("place", "width"),
    [*((place, PHONE) for place in KINDS_OF_PAGES), ("/", DESK), (CATALOGUE, DESK)],
)


def width_of_content(page: Page) -> int:
    """How wide the page is, with what one would have to scroll to."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def visible_headings(page: Page) -> list[str]:
    """What the headings say that can be seen in the content, in their order."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")]
          .filter((heading) => heading.checkVisibility()).map((heading) => heading.textContent)"""
    )
    return [one_line(text) for text in found]


def is_folded(heading: Tag) -> bool:
    """Whether a heading is folded away without script and on paper: parts of a case are not."""
    return any(not it.has_attr("data-fold") for it in heading.find_parents("details"))


def brightness(page: Page, selector: str, what: str = "backgroundColor") -> float:
    """How bright a colour of an element is, from 0 for black to 1 for white."""
    script = "([element, what]) => getComputedStyle(document.querySelector(element))[what]"
    colour = str(page.evaluate(script, [selector, what]))
    channels = [float(channel) for channel in re.findall(r"[\d.]+", colour)][:3]
    assert colour.startswith("rgb"), colour
    return sum(channels) / 3 / 255


def is_dark(page: Page) -> bool:
    """Whether a page shows light text on dark ground."""
    ground, ink = brightness(page, "body"), brightness(page, "body", "color")
    assert abs(ground - ink) > 0.5
    return ground < ink


def menu_button(page: Page, language: Language = DEFAULT) -> Locator:
    """The button that opens the menu on small screens."""
    return page.get_by_role("button", name=language.text("chrome.menu"), exact=True)


def colour_button(page: Page, language: Language = DEFAULT) -> Locator:
    """The button that changes the colours, whatever it says just now."""
    names = [language.text(f"chrome.theme_{name}") for name in ("system", "light", "dark")]
    return page.get_by_role("button", name=re.compile("|".join(names)))


# --- every page ----------------------------------------------------------------------------


def samples(site: Site) -> list[str]:
    """Of each layout in each language, the page with the least HTML and the one with the most.

    Pages of a layout run the same scripts on more or less of the same parts. That all they ask for
    exists, and that nothing on them is inline, is read from the HTML of every page
    (``test_site.py``).
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for place in PAGES:
        (layout,) = re.findall(r'<body class="(.*?)"', site[place].html)
        alike.setdefault((layout, PAGES[place][1].code), []).append(place)
    found: list[str] = []
    for places in alike.values():
        places.sort(key=lambda place: (len(site[place].html), place))
        found += dict.fromkeys((places[0], places[-1]))
    return found


def test_pages_of_every_layout_load_without_a_fault(window: OpenWindow, site: Site) -> None:
    view = window(DESK)
    places = samples(site)
    assert 20 < len(places) < 50
    wide = [place for place in places if width_of_content(view.open(place)) > DESK]
    assert wide == []
    view.assert_clean()


# Puts the bodies of pages, one after the other, into a page that has the same stylesheets: what is
# loaded and run anew for every page is most of the time that opening it takes.
_TOO_WIDE = """
async (addresses) => {
  const { fetchDocument } = await import("/assets/scripts/shared/documents.js");
  const found = [];
  for (const address of addresses) {
    const page = await fetchDocument(address);
    for (const image of page.images) {
      image.loading = "eager";  // one that waits to be scrolled to would never be decoded
      image.src = new URL(image.getAttribute("src"), address).href;
    }
    document.documentElement.lang = page.documentElement.lang;  // for hyphens
    document.body.replaceWith(document.adoptNode(page.body));
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
    if (document.documentElement.scrollWidth > innerWidth) found.push(address);
  }
  return found;
}
"""


def too_wide(view: Window, site: Site, places: Iterable[str]) -> list[str]:
    """Which pages are wider than the window, so that one has to scroll sideways."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for place in places:
        links = re.findall(r'<link rel="stylesheet".*?>', site[place].html)
        names = tuple(link.rpartition("/stylesheets/")[2] for link in links)
        assert names, place
        alike.setdefault(names, []).append(place)
    found: list[str] = []
    for group in alike.values():
        found += view.open(group[0]).evaluate(_TOO_WIDE, [view.server + place for place in group])
    return [address.removeprefix(view.server) for address in found]


def test_every_page_fits_a_phone(window: OpenWindow, site: Site) -> None:
    view = window(PHONE)
    assert too_wide(view, site, PAGES) == []
    view.assert_clean()


def test_a_page_that_is_too_wide_is_seen(window: OpenWindow, site: Site) -> None:
    view = window(PHONE)
    wide = site["/om/"].html.replace("</h1>", "</h1><canvas width='900'></canvas>")
    view.page.route("**/om/", lambda route: route.fulfill(body=wide, content_type="text/html"))
    assert too_wide(view, site, ["/om/personvern/", "/om/", CASE]) == ["/om/"]


def test_a_window_writes_down_what_goes_wrong(window: OpenWindow) -> None:
    view = window()
    page = view.open("/om/")
    view.assert_clean()
    page.evaluate(
        """() => {
          const add = (name, source) => {
            document.head.append(Object.assign(document.createElement(name), source));
          };
          add("img", { src: "https://elsewhere.example/a.png" });
          add("img", { src: "/no-such-picture.png" });
          add("style", { textContent: "p { color: red }" });
          setTimeout(() => { throw new Error("broken"); });
        }"""
    )
    expected = [
        "policy violated: img-src https://elsewhere.example/a.png",
        "policy violated: style-src-elem inline",
        "404: .*/no-such-picture.png",
        "script: broken",
    ]
    view.until(lambda: all(re.search(one, "\n".join(view.problems)) for one in expected))


@each_width
@pytest.mark.parametrize("source", ["eksempler/index", "eksempler/sisters-in-business"])
def test_the_language_can_be_changed_and_changed_back(
    window: OpenWindow, source: str, width: int
) -> None:
    view = window(width)
    page = view.open(f"{address(source, NORWEGIAN)}#main")
    for here, there in ((NORWEGIAN, ENGLISH), (ENGLISH, NORWEGIAN)):
        if width == PHONE:
            menu_button(page, here).click()
        page.get_by_role("banner").get_by_role("link", name=there.name).click()
        page.wait_for_url(f"{view.server}{address(source, there)}#main")  # the same part of it
        view.settle()
        assert page.locator("html").get_attribute("lang") == there.html
        assert width_of_content(page) <= width
    view.assert_clean()


def test_a_missing_page_helps_at_any_depth(window: OpenWindow) -> None:
    view = window()
    page = view.open("/no/such/page/")
    # That the page itself is missing is all that may be said.
    assert view.problems.pop(0) == f"404: {view.server}/no/such/page/"
    assert [problem for problem in view.problems if "status of 404" not in problem] == []
    assert len(view.problems) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text(DEFAULT.text("chrome.not_found"))
    ways_home = page.get_by_role("main").get_by_role("link", name=ENGLISH.text("chrome.to_home"))
    ways_home.click()
    page.wait_for_url(view.server + address("index", ENGLISH))


# --- keyboard ------------------------------------------------------------------------------

# For a walk with the tab key: remembers how everything looks unfocused, then tells about the
# element that has the focus. The ring may be drawn by an element around it (a card).
_WATCH = """
() => {
  const look = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
      && !/, 0\\)$|transparent/.test(outlineColor);
    return { outline: drawn ? outlineWidth + outlineColor : "none", boxShadow };
  };
  const all = [...document.querySelectorAll("*")];
  const before = new Map(all.map((element) => [element, look(element)]));
  const hasRing = (element) => {
    for (let around = element; around; around = around.parentElement) {
      const [now, then] = [look(around), before.get(around)];
      if (now.outline !== "none" && now.outline !== then.outline) return true;
      if (now.boxShadow !== "none" && now.boxShadow !== then.boxShadow) return true;
    }
    return false;
  };
  const isOnScreen = (element) => {
    const [box] = element.getClientRects();
    if (!box || box.width < 2 || box.height < 2) return false;
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    return element.contains(document.elementFromPoint(x, y));
  };
  window.focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    return {
      place: all.indexOf(element),
      name: element.outerHTML.slice(0, 120),
      ring: hasRing(element),
      onScreen: isOnScreen(element),
    };
  };
  const reachable = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  const isReachable = (element) => element.matches(reachable) && !element.disabled
    && element.checkVisibility({ visibilityProperty: true });
  return all.filter(isReachable).map((element) => all.indexOf(element));
}
"""


def walk(page: Page) -> tuple[list[int], list[dict[str, Any]]]:
    """Press the tab key until the page ends; return what can be reached, and what was."""
    expected: list[int] = page.evaluate(_WATCH)
    stops: list[dict[str, Any]] = []
    for _ in range(len(expected) + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate("focused()")
        if stop is None or stop["place"] in [earlier["place"] for earlier in stops]:
            break
        stops.append(stop)
    return expected, stops


@each_kind_on_a_phone_and_some_on_a_desk
def test_the_focus_walks_the_page_in_order_and_is_seen(
    window: OpenWindow, place: str, width: int
) -> None:
    expected, stops = walk(window(width).open(place))
    assert [stop["place"] for stop in stops] == expected
    assert len(stops) > 5
    assert [stop["name"] for stop in stops if not stop["onScreen"]] == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []


def test_the_focus_is_seen_in_dark_colours_too(window: OpenWindow) -> None:
    _, stops = walk(window(dark=True).open(CASE))
    assert len(stops) > 5
    assert [stop["name"] for stop in stops if not stop["ring"]] == []


def test_the_focus_walks_the_open_menu_too(window: OpenWindow) -> None:
    page = window(PHONE).open(CASE)
    closed, _ = walk(page)
    menu_button(page).click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.get_by_role("link", name=DEFAULT.text("chrome.skip")).focus()
    expected, stops = walk(page)
    # The walk begins behind the skip link, which has the focus.
    assert [stop["place"] for stop in stops] == expected[1:]
    assert len(expected) > len(closed)
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["onScreen"])] == []


@pytest.mark.parametrize("place", ["/", CASE])
def test_the_first_tab_skips_to_the_content(window: OpenWindow, place: str) -> None:
    page = window(PHONE).open(place)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=DEFAULT.text("chrome.skip"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)") or (
        # A page may have nothing to stop at in its content.
        page.locator("main :is(a, button, summary)").count() == 0
    )


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_and_closes_by_keyboard(window: OpenWindow, key: str) -> None:
    page = window(PHONE).open("/")
    button = menu_button(page)
    links = page.get_by_role("banner").get_by_role("navigation").get_by_role("link")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(links).to_have_count(0)
    button.focus()
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(links).not_to_have_count(0)
    for link in links.all():
        expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(links).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_what_the_menu_button_names_is_what_it_opens(window: OpenWindow) -> None:
    page = window(PHONE).open("/")
    controlled = menu_button(page).get_attribute("aria-controls")
    menu = page.locator(f"[id='{controlled}']")
    expect(menu).to_be_hidden()
    menu_button(page).click()
    expect(menu).to_be_visible()
    menu_button(page).click()
    expect(menu).to_be_hidden()


def test_wide_screens_have_no_menu_button(window: OpenWindow) -> None:
    page = window(DESK).open("/")
    expect(menu_button(page)).to_have_count(0)
    expect(page.get_by_role("banner").get_by_role("link", name=ENGLISH.name)).to_be_visible()


def test_single_letters_do_nothing(window: OpenWindow) -> None:
    view = window()
    page = view.open(GUIDE)
    for letter in "npsfbc/.,?":
        page.keyboard.press(letter)
    page.wait_for_timeout(50)
    assert view.address == GUIDE
    assert page.evaluate("document.activeElement === document.body")


# --- reading -------------------------------------------------------------------------------


@each_width
def test_a_mark_leads_to_its_source_and_back(window: OpenWindow, width: int) -> None:
    view = window(width)
    page = view.open(CASE)
    mark = page.locator("main a.mark").first
    target = mark.get_attribute("href")
    assert target is not None
    mark.press("Enter")
    assert view.address == CASE + target
    source = page.locator(target)
    expect(source).to_be_in_viewport()
    source.locator("a[href^='#']").click()
    expect(mark).to_be_in_viewport()


def test_contents_stand_open_beside_the_text_and_fold_above_it(window: OpenWindow) -> None:
    first = "main nav a[href^='#'] >> nth=0"
    expect(window(DESK).open(GUIDE).locator(first)).to_be_visible()
    page = window(PHONE).open(GUIDE)
    expect(page.locator(first)).to_be_hidden()
    page.locator("main nav summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(first)).to_be_visible()


def test_the_front_page_shows_cases_and_ways_in_at_once(window: OpenWindow) -> None:
    page = window().open("/")
    page.set_viewport_size({"width": 1280, "height": 800})
    lowest = page.locator(".front .card, .way-in").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().bottom)"
    )
    assert len(lowest) == 6  # three cases, and three kinds of ways in
    assert max(lowest) <= 800


def test_a_card_can_be_clicked_anywhere_and_its_text_selected(window: OpenWindow) -> None:
    view = window()
    page = view.open(CATALOGUE)
    card = page.get_by_role("main").locator("li.card").first
    link = card.get_by_role("heading").get_by_role("link")
    target = link.evaluate("link => link.href")
    text = card.locator(".card-told")
    box = text.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 8)
    page.mouse.up()
    page.wait_for_timeout(50)
    assert page.evaluate("String(getSelection())").strip()
    assert view.address == CATALOGUE
    page.evaluate("getSelection().removeAllRanges()")
    text.click()
    page.wait_for_url(target)
    view.assert_clean()


# --- colours -------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_colours_follow_the_device_and_then_the_button(window: OpenWindow, dark: bool) -> None:
    view = window(dark=dark)
    page = view.open("/")
    button = colour_button(page)
    seen = []
    for _ in range(4):
        seen.append((button.inner_text().strip(), is_dark(page)))
        button.click()
    as_device, *fixed = (
        DEFAULT.text(f"chrome.theme_{name}") for name in ("system", "light", "dark")
    )
    # The first press always shows: it brings the opposite of the device's colours.
    assert seen == [
        (as_device, dark),
        (fixed[not dark], not dark),
        (fixed[dark], dark),
        (as_device, dark),
    ]
    view.assert_clean()


def make_dark(page: Page, language: Language = DEFAULT) -> None:
    """Press the colour button until it says that colours are dark."""
    button = colour_button(page, language)
    for _ in range(3):
        if button.inner_text().strip() != language.text("chrome.theme_dark"):
            button.click()
    assert is_dark(page)


def test_a_choice_of_colours_is_remembered_until_it_is_taken_back(window: OpenWindow) -> None:
    view = window()
    page = view.open("/")
    make_dark(page)
    page.reload()
    assert is_dark(page)
    view.open(address("eksempler/index", ENGLISH))
    assert is_dark(page)
    button = colour_button(page, ENGLISH)
    expect(button).to_have_text(ENGLISH.text("chrome.theme_dark"))
    while button.inner_text().strip() != ENGLISH.text("chrome.theme_system"):
        button.click()
    page.reload()
    assert not is_dark(page)
    assert page.evaluate("localStorage.length") == 0
    view.assert_clean()


def test_remembered_colours_are_there_before_the_first_paint(window: OpenWindow) -> None:
    # The first animation frame comes just before the first paint.
    view = window(
        before="""
          localStorage.setItem("theme", "dark");
          const look = () => {
            if (!document.body) return requestAnimationFrame(look);
            window.firstSeen = getComputedStyle(document.body).backgroundColor;
          };
          requestAnimationFrame(look);
        """
    )
    # Scripts come late: nothing is painted before the one that knows the choice has run.
    held: list[Route] = []
    holding = True

    def hold(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    view.page.route("**/*.js", hold)
    view.page.goto(view.server + CASE, wait_until="commit")
    view.until(lambda: held)
    view.page.wait_for_timeout(500)  # long enough to paint something, were it not held back
    assert not view.page.evaluate("window.firstSeen")
    holding = False
    for route in held:
        route.continue_()
    view.settle()
    view.page.evaluate("new Promise(requestAnimationFrame)")
    now = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert view.page.evaluate("window.firstSeen") == now
    assert is_dark(view.page)


def test_closed_storage_breaks_nothing(window: OpenWindow) -> None:
    view = window(
        before="""
          Object.defineProperty(window, "localStorage", {
            get() { throw new DOMException("closed", "SecurityError"); },
          });
        """
    )
    for place in ("/", CATALOGUE, CASE, GUIDE):
        make_dark(view.open(place))
    view.assert_clean()


# --- without script ------------------------------------------------------------------------


@each_kind_on_a_phone_and_some_on_a_desk
def test_without_script_all_content_and_navigation_is_there(
    window: OpenWindow, site: Site, place: str, width: int
) -> None:
    view = window(width, scripts=False)
    page = view.open(place)
    document = site[place if place in PAGES else NOT_FOUND]
    assert visible_headings(page) == [
        text_of(heading)
        for heading in document.main.find_all(HEADING)
        # Explanations of words open at their words; their list and that of addresses are for paper.
        if not is_folded(heading) and not heading.find_parent(class_=("terms", "addresses"))
    ]
    links = page.get_by_role("banner").locator("a[href]")
    assert links.count() == len(document.header.select("a[href]")) > 4
    for link in links.all():
        expect(link).to_be_visible()
    # A button that does nothing would be a promise not kept; explained words need no script.
    explained = page.locator(".term")
    expect(page.get_by_role("button")).to_have_count(explained.count())
    assert width_of_content(page) <= width


def test_without_script_one_finds_a_case_from_the_front_page(window: OpenWindow) -> None:
    view = window(PHONE, scripts=False)
    page = view.open("/")
    page.get_by_role("banner").locator(f"a[href='{CATALOGUE.strip('/')}/']").click()
    page.wait_for_url(view.server + CATALOGUE)
    page.get_by_role("main").get_by_role("link", name=DEFAULT.text("catalogue.all")).click()
    page.wait_for_url(view.server + address("eksempler/alle/index", NORWEGIAN))
    # The link fills the row, below the text: its own words stand in the heading.
    page.get_by_role("main").get_by_role("heading", name="Sisters in Business").click()
    page.wait_for_url(view.server + CASE)
    page.get_by_role("banner").get_by_role("link", name=ENGLISH.name).click()
    page.wait_for_url(view.server + case_address("sisters-in-business", ENGLISH))
    view.assert_clean()


def test_without_script_a_way_in_leads_to_its_cases(window: OpenWindow) -> None:
    view = window(PHONE, scripts=False)
    page = view.open("/")
    page.locator(".way-in").get_by_role("link").first.click()
    expect(page.locator("h1 .facet-name")).to_be_visible()
    expect(page.get_by_role("main").locator(".card").first).to_be_visible()
    view.assert_clean()


# --- paper ---------------------------------------------------------------------------------


@each_kind_of_page
def test_paper_shows_content_in_light_colours_without_navigation(
    window: OpenWindow, site: Site, place: str
) -> None:
    view = window(dark=True)
    page = view.open(place)
    make_dark(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert not is_dark(page)
    assert brightness(page, "body") > 0.95
    expect(page.get_by_role("navigation")).to_have_count(0)
    explained = page.locator(".term")  # words in the text
    expect(page.get_by_role("button")).to_have_count(explained.count())
    document = site[place if place in PAGES else NOT_FOUND]
    # What is folded stays folded, and nobody reports an error or chooses anything from paper.
    assert visible_headings(page) == [
        text_of(heading)
        for heading in document.main.find_all(HEADING)
        if not is_folded(heading)
        and not heading.find_parent(["aside", "nav"])
        and not heading.find_parent(class_="filters")
        and heading.get("id") != "other-ways"
    ]


def test_paper_tells_where_links_lead_and_where_it_comes_from(window: OpenWindow) -> None:
    page = window().open(CASE)
    page.emulate_media(media="print")
    out = page.locator(":is(.references, .documents) a[href^='http']")
    assert out.count() > 0
    for link in out.all():
        assert link.evaluate("link => getComputedStyle(link, '::after').content") == (
            f'"{link.get_attribute("href")}"'
        )
    printed_from = page.get_by_text(DEFAULT.text("chrome.printed_from"))
    expect(printed_from).to_be_visible()
    expect(printed_from).to_contain_text(CASE)


def test_paper_is_a4(window: OpenWindow) -> None:
    sheets = window().open(GUIDE).pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheets)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}


def test_a_wide_table_takes_the_room_that_is_free(window: OpenWindow) -> None:
    guide = "veiledere/samarbeid-med-sosiale-entreprenorer/penger-anskaffelser-og-tid"
    page = window(DESK).open(address(guide, NORWEGIAN))
    places = (".prose > p", ".table-scroll", ".side")
    boxes: list[Any] = [page.locator(place).first.bounding_box() for place in places]
    text, table, side = boxes
    assert table["width"] > text["width"] + 100
    assert table["x"] + table["width"] <= side["x"]
    assert width_of_content(page) <= DESK


def test_no_wide_table_is_cut_on_paper(window: OpenWindow) -> None:
    page = window(660).open(GUIDE)  # A4 less its margins
    page.emulate_media(media="print")
    assert width_of_content(page) <= 660
    cut = page.evaluate(
        """() => [...document.querySelectorAll("table")].filter((table) => {
          const box = table.parentElement;
          return box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX !== "visible";
        }).length"""
    )
    assert cut == 0


# --- the header ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.code)
def test_the_header_keeps_to_one_row_when_nothing_is_unfolded(
    window: OpenWindow, language: Language
) -> None:
    page = window().open(address("om/index", language))
    for width in (320, 700, 1000, 1100, 1199, 1200, 1230, 1280, 1366, 1600, 1920):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        height = page.evaluate("document.querySelector('.site-header').offsetHeight")
        assert height < 80, f"{height} pixels high where the window is {width} wide"
