"""No page has an accessibility fault that axe-core finds (WCAG 2.2 AA and good practice).

What axe does not see (focus order, keyboard, reflow) stands in ``test_browser.py``.
"""

import re
from importlib.resources import files

import pytest
from conftest import OpenWindow
from playwright.sync_api import Page
from site_support import (
    DEFAULT,
    ENGLISH,
    NORWEGIAN,
    NOT_FOUND,
    Document,
    Site,
    address,
    case_address,
)

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
"""axe-core (MPL 2.0) as a package of Python ships it; none of it is kept here."""
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules of axe that read colours."""
LAYOUTS = {
    "home": "/",
    "catalogue": address("eksempler/index", NORWEGIAN),
    "case": case_address("jobbsjansen-sondre-nordstrand", NORWEGIAN),
    "facet": address("eksempler/measures/work-training", NORWEGIAN),
    "map": address("eksempler/county/index", NORWEGIAN),
    "guide": address("veiledere/fire-samarbeidsformer", NORWEGIAN),
    "page": address("om/index", NORWEGIAN),
    "search": address("sok", NORWEGIAN),
    "form": address("bidra/ny", NORWEGIAN),
    "desk": address("min-liste/index", NORWEGIAN),
    "error": "/no/such/page/",
}
"""A page of every layout."""
MORE_PAGES = [
    case_address("sisters-in-business", ENGLISH),  # sources that disagree
    case_address("cafe-vintage", ENGLISH),  # parts, and many figures
    address("index", ENGLISH),
    address("eksempler/measures/index", ENGLISH),
    address("bidra/status", ENGLISH),  # a wide table
]
PHONE, DESK = 320, 1280

each_width = pytest.mark.parametrize("width", [PHONE, DESK])


# What axe cannot decide counts too. Text over a picture is judged on the colour below, which must
# do without it; what a region has scrolled out of sight on a small screen is seen on a wide one;
# labels in a drawing lie on its shapes, and the drawing's own tests measure their contrast; what
# has a background of its own lies on that, whatever is drawn beside it (a source mark in a step).
_RUN = """
async (options) => {
  for (const element of document.querySelectorAll("*")) element.style.backgroundImage = "none";
  let { violations, incomplete } = await axe.run(options);
  // Results may come in while axe looks: what it tells of has to be there still.
  const isGone = ({ target }) => document.querySelector(target) === null;
  for (let again = 0; again < 5 && incomplete.some(({ nodes }) => nodes.some(isGone)); again += 1) {
    ({ violations, incomplete } = await axe.run(options));
  }
  const isSymbol = (node) => node.any.some(({ data }) => data?.messageKey === "nonBmp");
  const isInRegion = ({ target }) => document.querySelector(target).closest("[role='region']");
  const isDrawn = ({ target }) => document.querySelector(target).closest("svg text");
  const isOpaque = ({ target, any }) => any.some(({ data }) => data?.messageKey === "pseudoContent")
    && getComputedStyle(document.querySelector(target)).backgroundColor.startsWith("rgb(");
  // What lies above the page has a ground of its own, whatever happens to stand below it.
  const isAbove = ({ target, any }) => {
    const above = document.querySelector(target)?.closest(".tray, .term-note");
    return any.some(({ data }) => data?.messageKey === "elmPartiallyObscuring")
      && Boolean(above) && getComputedStyle(above).backgroundColor.startsWith("rgb(");
  };
  const told = (rules) => rules.flatMap(({ id, nodes }) =>
    nodes.map((node) => ({ ...node, line: `${id}: ${node.target}: ${node.failureSummary}` })));
  const excused = (node) => isSymbol(node) || isInRegion(node) || isDrawn(node)
    || isOpaque(node) || isAbove(node);
  const undecided = told(incomplete).filter((node) => !excused(node));
  return [...told(violations), ...undecided].map(({ line }) => line);
}
"""


def faults(page: Page) -> list[str]:
    """What axe finds wrong or cannot decide on a page as it stands: rule, place, reason.

    Once in the palette shown, and once in the other one, for which only what axe reads from
    colours is judged again: a palette changes nothing else.
    """
    page.evaluate(AXE)
    found: list[str] = page.evaluate(_RUN, OPTIONS)
    dark = bool(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
    page.emulate_media(color_scheme="light" if dark else "dark")
    found += page.evaluate(_RUN, {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    page.emulate_media(color_scheme="dark" if dark else "light")
    return found


@each_width
@pytest.mark.parametrize("place", LAYOUTS.values(), ids=LAYOUTS)
def test_no_layout_has_a_fault(window: OpenWindow, place: str, width: int) -> None:
    assert faults(window(width).open(place)) == []


@pytest.mark.parametrize("place", MORE_PAGES)
def test_no_fault_on_rich_pages(window: OpenWindow, place: str) -> None:
    assert faults(window(PHONE).open(place)) == []


@pytest.mark.parametrize("place", [LAYOUTS["home"], LAYOUTS["case"]])
def test_no_fault_with_the_menu_open(window: OpenWindow, place: str) -> None:
    page = window(PHONE).open(place)
    page.get_by_role("button", name=DEFAULT.text("chrome.menu"), exact=True).click()
    assert faults(page) == []


@pytest.mark.parametrize("place", [LAYOUTS["guide"], LAYOUTS["case"]])
def test_no_fault_with_everything_unfolded(window: OpenWindow, place: str) -> None:
    page = window(PHONE).open(place)
    folded = "document.querySelectorAll('details:not([open])')"
    assert page.evaluate(f"{folded}.length") > 0
    page.evaluate(f"{folded}.forEach((part) => {{ part.open = true; }})")
    assert faults(page) == []


def test_no_fault_in_the_catalogue_in_use(window: OpenWindow) -> None:
    """Filters open, choices made, a place told, an address with nonsense: all at once."""
    query = "?target_groups=immigrant-women&measures=work-training&like_size=large&nonsense=1"
    page = window(PHONE).open(LAYOUTS["catalogue"] + query)
    page.locator(".catalogue.interactive:not(.waiting)").wait_for()
    unfold = (
        "document.querySelectorAll('.catalogue details').forEach((part) => { part.open = true; })"
    )
    page.evaluate(unfold)
    assert page.locator(".notice, .chip, .card-reasons").count() >= 4
    assert faults(page) == []
    page.locator(".panel-open").click()
    page.get_by_role("dialog").wait_for()
    # Tall enough that nothing is scrolled out of sight, where axe cannot decide.
    page.set_viewport_size({"width": PHONE, "height": 6000})
    assert faults(page) == []


def test_no_fault_in_the_form_in_use(window: OpenWindow) -> None:
    """A whole case opened, one of its texts taken out, everything unfolded and told."""
    page = window(PHONE).open(LAYOUTS["form"])
    page.locator("#field-id").wait_for(state="attached")
    page.locator(".form-existing summary").click()
    page.fill(".form-existing input", "jobbsjansen-sondre-nordstrand")
    page.locator(".form-existing button").click()
    page.locator("#field-id[readonly]").wait_for(state="attached")
    page.fill("#field-title-en", "")
    page.locator('.form-parts a[href="#form-finish"]').click()  # a part of its own on a phone
    page.locator(".form-finish").click()
    page.locator(".form-summary").wait_for()
    page.evaluate(
        "document.querySelectorAll('.case-form details').forEach((part) => { part.open = true; })"
    )
    assert faults(page) == []


def test_no_fault_in_a_comparison_a_list_and_a_booklet(window: OpenWindow) -> None:
    """With all that they can show: notices, an offer, chosen cases, an open list of suggestions."""
    view = window(DESK)
    two = "case=sisters-in-business&case=cafe-vintage"
    page = view.open(f"{address('sammenlign', NORWEGIAN)}?{two}&case=no-such-case&same=hidden")
    page.locator(".compare-table thead a").first.wait_for()
    assert page.locator(".notice").count() == 1
    assert faults(page) == []

    page.get_by_role("combobox").fill("jobb")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    # What the suggestions lie on was judged above; axe cannot see through them.
    below = "#picker-help, .picker-status, .notices, .compare-switches, .compare-region, footer"
    hide = "(those) => document.querySelectorAll(those).forEach((one) => { one.hidden = true; })"
    page.evaluate(hide, f"{below}, .compare-status, .compare-one-more")
    assert faults(page) == []

    items = "#list=sisters-in-business,cafe-vintage,no-such-case&note1=Hei"
    page = view.open(LAYOUTS["desk"] + items)
    page.locator(".shared-keep").click()
    page.locator(".item-compare").first.click()
    page.locator(".item-remove").last.click()
    page.goto("about:blank")
    page = view.open(LAYOUTS["desk"] + items)
    page.locator(".shared-list").wait_for()
    page.locator(".item-remove").last.click()
    assert page.locator(".notice").count() == 1
    assert faults(page) == []

    page = view.open(address("min-liste/hefte", NORWEGIAN) + items)
    page.locator(".booklet-case").first.wait_for()
    assert faults(page) == []


@each_width
def test_no_fault_where_cases_are_chosen(window: OpenWindow, width: int) -> None:
    page = window(width).open(LAYOUTS["facet"])
    page.locator('[data-pick="compare"]').first.click()
    page.locator('[data-pick="list"]').first.click()
    page.locator(".tray").wait_for()
    assert faults(page) == []


def test_no_fault_where_a_link_has_just_led(window: OpenWindow) -> None:
    assert faults(window().open(f"{MORE_PAGES[0]}#source-1")) == []


def test_every_layout_is_looked_at(site: Site) -> None:
    def layout(document: Document) -> str:
        (found,) = re.findall(r'<body class="(.*?)"', document.html)
        return str(found)

    used = {*map(layout, site)}
    looked_at = {
        layout(site[NOT_FOUND if name == "error" else place]) for name, place in LAYOUTS.items()
    }
    assert looked_at == used


def test_axe_sees_faults(window: OpenWindow) -> None:
    page = window().open("/om/")
    page.evaluate(
        """() => {
          document.querySelector("main").append(document.createElement("img"));
          document.querySelector("main p").style.color = "#888";
          document.querySelector("html").removeAttribute("lang");
        }"""
    )
    found = {fault.partition(":")[0] for fault in faults(page)}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found


def test_faults_of_the_other_palette_are_seen_too(window: OpenWindow) -> None:
    page = window().open("/om/")
    page.evaluate("document.querySelector('main p').style.color = '#222'")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"color-contrast"}
    page.evaluate("document.querySelector('main p').style.color = ''")
    assert faults(page) == []
