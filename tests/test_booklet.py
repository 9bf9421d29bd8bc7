"""The list as a booklet: read back from the page and from the PDF that the browser prints."""

import io
import re
from itertools import pairwise

from conftest import OpenWindow
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader
from site_support import (
    CASE_FILES,
    DEFAULT,
    ENGLISH,
    NORWEGIAN,
    address,
    case_address,
    in_language,
    record,
)

BOOKLET = address("min-liste/hefte", NORWEGIAN)
TEN = ["sisters-in-business", *[id_ for id_ in CASE_FILES if id_ != "sisters-in-business"][:9]][
    ::-1
]


def say(key: str, **values: str | int) -> str:
    """A text that a script puts on the page."""
    return DEFAULT.text(key, **values)


def title(id_: str) -> str:
    """What a case is called."""
    return in_language(record(id_)["title"], NORWEGIAN)


def squeezed(text: str) -> str:
    """A text without what a line may be broken at."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def ready(page: Page, cases: int) -> None:
    """Wait until the booklet holds so many cases."""
    form = "one" if cases == 1 else "other"
    said = say(f"booklet.script.ready.{form}", value=cases)
    expect(page.locator(".booklet-status")).to_have_text(said)


def lost_links(page: Page) -> list[str]:
    """The parts of the booklet to which links lead and that are not there."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll(".booklet-pages a[href^='#']")]
          .map((link) => link.getAttribute("href").slice(1))
          .filter((id) => !document.getElementById(id))"""
    )
    return found


def test_ten_cases_stand_in_the_order_of_the_list(window: OpenWindow) -> None:
    view = window(dark=True)
    fragment = f"#list={','.join(TEN)}&title=Til+m%C3%B8tet&note1=Notat+%C3%A9n&note10=Siste"
    page = view.open(BOOKLET + fragment.replace("+", "%20"))
    ready(page, 10)
    titles = [title(id_) for id_ in TEN]
    expect(page.locator(".booklet-contents ol > li")).to_have_text(titles)
    expect(page.locator(".booklet-case > header > h2")).to_have_text(titles)
    expect(page.locator(".booklet-note:visible p")).to_have_text(["Notat én", "Siste"])

    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(it.mediabox.width), round(it.mediabox.height)) for it in sheets} == {(595, 842)}
    texts = [squeezed(sheet.extract_text()) for sheet in sheets]
    assert all(len(text) > 60 for text in texts), "an empty sheet"
    assert squeezed("Til møtet") in texts[0]
    contents = "".join(texts[:2])  # with the title, where there is room for all
    places = [contents.index(squeezed(one)) for one in titles]
    assert places == sorted(places)
    # Each brief is a sheet of its own, in the same order, and the contacts stand last.
    begins = []
    for number, one in enumerate(titles, start=1):
        head = squeezed(say("booklet.script.number", number=number) + one)
        begins.append(next(n for n, text in enumerate(texts) if head in text))
    assert begins == list(range(begins[0], begins[0] + 10))
    assert squeezed("Notat én") in texts[begins[0]]
    contacts = squeezed(say("booklet.contacts") + say("booklet.contacts_help"))
    assert contacts not in "".join(texts[: begins[-1]])
    assert contacts in "".join(texts[begins[-1] :])
    view.assert_clean()

    # Four briefs are six sheets, whichever they are: these have the longest texts.
    page.goto("about:blank")
    long = sorted(CASE_FILES, key=lambda id_: -len(str(record(id_).get("contacts"))))[:4]
    page = view.open(f"{BOOKLET}#list={','.join(long)}")
    ready(page, 4)
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) <= 6


def test_a_booklet_is_one_whole_document(window: OpenWindow) -> None:
    view = window()
    page = view.open(f"{BOOKLET}#list=cafe-vintage,sisters-in-business")
    ready(page, 2)
    assert lost_links(page) == []
    assert page.locator(".booklet-case .brief").count() == 2
    assert page.locator(".booklet-case .references").count() == 2  # those that the brief names
    # The cases in full are a choice, which the address keeps.
    assert page.locator(".booklet-case .summary-blocks").count() == 0
    page.get_by_role("switch", name=say("booklet.whole")).click()
    expect(page.locator(".booklet-case .summary-blocks")).to_have_count(2)
    assert page.locator(".languages a").evaluate("(link) => link.search") == "?cases=whole"
    page.reload()
    ready(page, 2)
    expect(page.get_by_role("switch")).to_be_checked()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    assert lost_links(page) == []
    levels = page.evaluate(
        """[...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")]
          .filter((heading) => heading.checkVisibility()).map(({ localName }) => +localName[1])"""
    )
    steps = [after - before for before, after in pairwise(levels)]
    assert levels[0] == 1
    assert max(steps) == 1
    # Everything that a case tells is there: its text, its numbers, its sources, its words.
    for place, id_ in enumerate(("cafe-vintage", "sisters-in-business")):
        written = record(id_)
        said = page.locator(".booklet-case").nth(place).inner_text()
        for organisation in written["organisations"]:
            assert organisation["name"] in said
    assert page.locator(".booklet-case .references").count() == 2
    assert page.locator(".booklet-words dt").count() > 3
    names = [contact["organisation"] for contact in record("sisters-in-business")["contacts"]]
    contacts = page.locator(".booklet-contacts")
    for name in names:
        expect(contacts).to_contain_text(name)
    # A link to a case that is in the booklet leads to its chapter.
    assert page.locator(".booklet-case a[href='../../eksempler/cafe-vintage/']").count() == 0
    view.assert_clean()


def test_the_title_is_kept_with_the_list(window: OpenWindow) -> None:
    view = window()
    page = view.open("/om/")
    page.evaluate(
        """localStorage.setItem("my-list", JSON.stringify({
          version: 1, value: { title: "", items: [{ id: "jobbasker", note: "" }] } }))"""
    )
    page = view.open(BOOKLET)
    ready(page, 1)
    expect(page.locator(".booklet-title")).to_have_text(say("booklet.script.unnamed"))
    page.get_by_label(say("booklet.title")).fill("Møtet i Asker")
    expect(page.locator(".booklet-title")).to_have_text("Møtet i Asker")
    expect(page).to_have_title(say("booklet.script.title", title="Møtet i Asker"))
    page = view.open(address("min-liste/index", NORWEGIAN))
    expect(page.locator("#list-title")).to_have_value("Møtet i Asker")
    page = view.open(address("min-liste/hefte", ENGLISH))
    english = in_language(record("jobbasker")["title"], ENGLISH)
    expect(page.locator(".booklet-contents ol > li")).to_have_text([english])
    view.assert_clean()


def test_what_is_missing_is_told(window: OpenWindow) -> None:
    view = window()

    def refuse(route: Route) -> None:
        route.abort()

    place = f"**{case_address('jobbasker', NORWEGIAN)}"
    view.page.route(place, refuse)
    page = view.open(f"{BOOKLET}#list=jobbasker,cafe-vintage,no-such-case")
    ready(page, 1)
    expect(page.locator(".notice").first).to_contain_text("jobbasker")
    expect(page.locator(".notice").last).to_contain_text("no-such-case")
    page.unroute(place, refuse)
    page.get_by_role("button", name=say("booklet.script.retry")).click()
    ready(page, 2)
    expect(page.locator(".booklet-contents ol > li")).to_have_text(
        [title("jobbasker"), title("cafe-vintage")]
    )


def test_an_empty_booklet_says_so(window: OpenWindow) -> None:
    view = window()
    page = view.open(BOOKLET)
    expect(page.locator(".booklet-status")).to_have_text(say("booklet.script.empty"))
    button = page.get_by_role("button", name=say("booklet.print"))
    expect(button).to_have_attribute("aria-disabled", "true")
    view.assert_clean()
