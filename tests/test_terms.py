"""Words explained in place: which are marked, where never, and how the explanation opens."""

import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup, Tag
from casebook.render.terms import Explainer
from conftest import OpenWindow, unfold
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect
from site_support import DEFAULT, ENGLISH, LANGUAGES, NORWEGIAN, Site, address, case_address
from test_accessibility import faults

PHONE, DESK = 320, 1280
CASE = case_address("cafe-vintage", ENGLISH)
GUIDE = address("veiledere/fire-samarbeidsformer", NORWEGIAN)

EXPLAINER = Explainer(
    {
        "trade": ("fagbrev", "fagbrevet"),
        "creation": ("co-creation",),
        "thin": ("thin co-creation",),
        "se": ("SE", "Supported Employment"),
        "learning": ("læring på jobb",),
    }
)


HELD = re.compile(
    r'<span class="term-held">([^<>]*)(<button type="button" class="term"[^>]*>.*?</button>)'
    r"([^<>]*)</span>",
    re.DOTALL,
)
"""A button with the punctuation that must stay on its line."""


def marked(html: str) -> str:
    """The HTML with each button as ``[term: word]``."""
    found = HELD.sub(r"\1\2\3", EXPLAINER.explain(html)[0])
    button = r'<button type="button" class="term" popovertarget="term-([a-z]+)">(.*?)</button>'
    return re.sub(button, r"[\1: \2]", found, flags=re.DOTALL)


# --- which words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Et fagbrev.</p>", "<p>Et [trade: fagbrev].</p>"),
        ("<p>Fagbrevet og fagbrev</p>", "<p>[trade: Fagbrevet] og fagbrev</p>"),
        ("<p>fagbrevkurs, fagbrev-kurs, lærefagbrev</p>", None),
        ("<p>FAGBREV</p>", "<p>[trade: FAGBREV]</p>"),
        ("<p>Se her, se der, men SE</p>", "<p>Se her, se der, men [se: SE]</p>"),
        ("<p>supported employment</p>", None),
        ("<p>SE's name</p>", "<p>[se: SE]'s name</p>"),
        ("<p>Supported\n  Employment</p>", "<p>[se: Supported\n  Employment]</p>"),
        ("<p>Supported&nbsp;Employment</p>", "<p>[se: Supported&nbsp;Employment]</p>"),
        ("<p>Supported <em>Employment</em></p>", None),
        (
            "<p>Thin co-creation, co-creation</p>",
            "<p>[thin: Thin co-creation], [creation: co-creation]</p>",
        ),
        (
            "<p>Co-creation. Thin co-creation. Thin co-creation</p>",
            "<p>[creation: Co-creation]. [thin: Thin co-creation]. Thin co-creation</p>",
        ),
        ("<p>Læring på jobb</p>", "<p>[learning: Læring på jobb]</p>"),
        ("<p>blæring på jobben</p>", None),
        ("<p>&SE; &#SE;</p>", None),
        ("fagbrev", "[trade: fagbrev]"),
    ],
)  # fmt: skip
def test_whole_words_are_marked_once(text: str, expected: str | None) -> None:
    assert marked(text) == (expected if expected is not None else text)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="fagbrev">fagbrev</a>',
        "<h2>Om <em>fagbrev</em></h2>",
        "<button>fagbrev</button>",
        "<summary>fagbrev</summary>",
        "<label>fagbrev <input value='fagbrev'></label>",
        "<table><caption>fagbrev</caption><tr><th>fagbrev</th></tr></table>",
        "<dl><dt>fagbrev</dt></dl>",
        "<code>fagbrev</code>",
        "<pre>fagbrev <code>a</code> fagbrev</pre>",
        "<script>fagbrev < 1</script>",
        '<em lang="en">fagbrev</em>',
        "<div data-no-terms>a <div>b</div> fagbrev</div>",
        '<div role="img" aria-label="En figur"><p>fagbrev</p></div>',
        '<ul><li class="task-list-item">fagbrev</li></ul>',
        '<section class="terms wrap">fagbrev</section>',
        "<select><option>fagbrev</option></select>",
        "<textarea>fagbrev</textarea>",
        "<!-- fagbrev -->",
        '<img alt="fagbrev" src="a>b">',
        "<p title='fagbrev > fagbrev'></p>",
        "<svg><title>fagbrev</title></svg>",
        "<nav><p>fagbrev</p></nav>",
    ],
)
def test_what_is_no_running_text_holds_no_mark(html: str) -> None:
    assert marked(html) == html
    after = "<p>fagbrev</p>"
    assert marked(html + after) == html + "<p>[trade: fagbrev]</p>"


def test_the_terms_come_in_the_order_of_the_text() -> None:
    _, ids = EXPLAINER.explain("<p>SE</p><p>fagbrev, SE, co-creation</p>")
    assert ids == ("se", "trade", "creation")


# --- whatever the page -------------------------------------------------------------------------

always_the_same = settings(derandomize=True, database=None, deadline=None)
NAMES = ("p", "em", "a", "h2", "li", "code", "th", "div", "button", "label")
WORDS = (
    "fagbrev",
    "Fagbrevet",
    "SE",
    "thin",
    "co-creation",
    "læring på jobb",
    "og",
    " ",
    ", ",
    "&amp;",
    "-",
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Well nested HTML around ``children``."""
    inside = st.lists(children, max_size=4).map("".join)
    attributes = st.sampled_from(["", ' lang="en"', ' title="fagbrev > SE"', " data-no-terms"])
    return st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(NAMES), attributes, inside)


HTML = st.lists(
    st.recursive(st.sampled_from([*WORDS, "<br>", '<img alt="SE">', "<!-- SE -->"]), element),
    max_size=8,
).map("".join)


class Events(HTMLParser):
    """What a page is made of, with neighbouring pieces of text as one, and without our buttons."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[str] = []
        self.open: list[str] = []
        self.marks: list[tuple[str, list[str]]] = []
        self._in_mark = False
        self._held = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "term-held") in attrs:
            self._held = True
            return
        if ("class", "term") in attrs:
            self.marks.append((str(dict(attrs)["popovertarget"]), list(self.open)))
            self._in_mark = True
            return
        self.events.append(f"<{tag} {attrs}>")
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._held and tag == "span":
            self._held = False
            return
        if self._in_mark and tag == "button":
            self._in_mark = False
            return
        assert self.open.pop() == tag
        self.events.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.events and not self.events[-1].startswith("<"):
            self.events[-1] += data
        else:
            self.events.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_comment(self, data: str) -> None:
        self.events.append(f"<!--{data}-->")


@always_the_same
@given(HTML)
@example("<p>fagbrev<br>SE</p>")
def test_nothing_but_buttons_is_added(html: str) -> None:
    found, ids = EXPLAINER.explain(html)
    before, after = Events(html), Events(found)
    assert after.events == before.events
    assert after.open == []
    assert [target for target, _ in after.marks] == [f"term-{id_}" for id_ in ids]
    outside = {"a", "h2", "code", "th", "button", "label"}
    assert not [place for _, place in after.marks if outside & set(place)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("et fagbrev, og mer", "fagbrev,"),
        ("mer (fagbrev).", "(fagbrev)."),
        ("om &#34;fagbrev&#34; her", "&#34;fagbrev&#34;"),
        ("«læring på jobb»: nå", "«læring på jobb»:"),
        ("om fagbrev her", None),
        ("om <em>fagbrev</em>, her", None),
    ],
)
def test_punctuation_stays_on_the_line_of_its_word(text: str, held: str | None) -> None:
    found = HELD.search(EXPLAINER.explain(f"<p>{text}</p>")[0])
    assert (found and re.sub("<[^>]+>", "", found[0])) == held


@always_the_same
@given(HTML)
def test_doing_it_again_changes_nothing(html: str) -> None:
    once = EXPLAINER.explain(html)
    assert EXPLAINER.explain(once[0]) == once


@always_the_same
@given(st.text(st.sampled_from(list("<>/!-\"'= fagbrevSE&;\n")), max_size=60))
def test_broken_html_loses_nothing(html: str) -> None:
    found = HELD.sub(r"\1\2\3", EXPLAINER.explain(html)[0])
    assert (
        re.sub(r'<button type="button" class="term"[^>]*>(.*?)</button>', r"\1", found, flags=re.S)
        == html
    )


# --- the site ----------------------------------------------------------------------------------

NEVER = [
    *("a", "button", "summary", "label", "dt", "th", "caption", "code"),
    *("header", "nav", "h1", "h2", "h3", "h4"),
]
"""Elements that hold no mark on any page."""


def words(main: Tag) -> list[Tag]:
    return main.select("button.term")


def test_every_page_explains_what_it_marks_and_nothing_else(site: Site) -> None:
    pages = 0
    for document in site:
        found = words(document.soup)
        targets = [str(word["popovertarget"]) for word in found]
        notes = [str(note["id"]) for note in document.soup.select(".term-note[popover]")]
        assert sorted(targets) == sorted(notes), document.address
        assert len(set(targets)) == len(targets), f"{document.address}: only the first is marked"
        assert not [word for word in found if word.find_parent(NEVER)], document.address
        assert not [word for word in found if word.find_parent(class_=["facts", "terms", "lead"])]
        assert not [word for word in found if word.find_parent(attrs={"data-no-terms": True})]
        pages += bool(found)
    assert pages > 80


def test_cases_guides_and_worksheets_explain_words_in_every_language(site: Site) -> None:
    for source in (
        "eksempler/cafe-vintage",
        "veiledere/fire-samarbeidsformer",
        "refleksjon/nav-team",
    ):
        for language in LANGUAGES:
            page = site[address(source, language)]
            assert words(page.main), page.address
            for note in page.main.select(".term-note"):
                (link,) = note.select("a")
                assert page.site.place(page.address, str(link["href"])) in {
                    f"{address('ordliste', language)}#{str(note['id']).removeprefix('term-')}"
                }


@pytest.mark.parametrize("source", ["ordliste", "bidra/index", "index", "eksempler/index"])
def test_these_pages_explain_nothing(site: Site, source: str) -> None:
    for language in LANGUAGES:
        assert not words(site[address(source, language)].main)


# --- in the browser ----------------------------------------------------------------------------


def a_word(page: Page) -> tuple[Locator, Locator]:
    """An explained word in the running text, in the middle of the window, and its explanation."""
    unfold(page)
    word = page.locator(".text .term").first
    word.evaluate("(word) => word.scrollIntoView({ block: 'center' })")
    return word, page.locator(f"#{word.get_attribute('popovertarget')}")


def fits(page: Page, note: Locator) -> bool:
    box = note.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    across = box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    down = box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    scrolls = page.evaluate("document.documentElement.scrollWidth") > size["width"]
    return across and down and not scrolls


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("place", [CASE, GUIDE])
def test_a_word_is_explained_at_a_click(
    window: OpenWindow, place: str, width: int, scripts: bool
) -> None:
    view = window(width, scripts=scripts)
    page = view.open(place)
    word, note = a_word(page)
    expect(note).to_be_hidden()
    word.click()
    expect(note).to_be_visible()
    word.click()
    expect(note).to_be_hidden()
    view.assert_clean()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("place", [CASE, GUIDE])
def test_every_explanation_stands_by_its_word_and_within_the_window(
    window: OpenWindow, place: str, width: int
) -> None:
    page = window(width).open(place)
    unfold(page)
    for word in page.locator(".term").all():
        note = page.locator(f"#{word.get_attribute('popovertarget')}")
        word.evaluate("(word) => word.scrollIntoView({ block: 'center' })")
        word.focus()
        page.keyboard.press("Enter")
        expect(note).to_be_visible()
        assert fits(page, note)
        at, box = word.bounding_box(), note.bounding_box()
        assert at is not None
        assert box is not None
        gap = max(box["y"] - at["y"] - at["height"], at["y"] - box["y"] - box["height"])
        assert 0 <= gap < 40
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()


def test_a_word_is_explained_by_keyboard_and_the_way_leads_on(window: OpenWindow) -> None:
    page = window().open(CASE)
    word, note = a_word(page)
    for key in ("Enter", "Space"):
        word.focus()
        page.keyboard.press(key)
        expect(note).to_be_focused()
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(note).to_be_focused()
    page.keyboard.press("Tab")
    expect(note.get_by_role("link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(note).to_be_hidden()
    after = page.evaluate("document.activeElement.closest('.terms') === null")
    assert after, "goes on in the text, not in the list of explanations"
    assert word.evaluate(
        """(word) => word.compareDocumentPosition(document.activeElement)
          & Node.DOCUMENT_POSITION_FOLLOWING"""
    )


def test_without_script_the_link_follows_its_word(window: OpenWindow) -> None:
    page = window(scripts=False).open(GUIDE)
    word, note = a_word(page)
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_mouse_over_a_word_shows_what_it_means(window: OpenWindow) -> None:
    page = window().open(CASE)
    word, note = a_word(page)
    word.hover()
    expect(note).to_be_visible()
    assert not note.evaluate("(note) => note.matches(':focus-within')")
    note.hover()
    page.wait_for_timeout(500)
    expect(note).to_be_visible()
    page.mouse.move(1, 1)
    expect(note).to_be_hidden()
    word.hover()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_what_the_mouse_opened_stays_after_a_click(window: OpenWindow) -> None:
    page = window().open(CASE)
    word, note = a_word(page)
    word.hover()
    expect(note).to_be_visible()
    word.click()
    expect(note).to_be_focused()
    page.mouse.move(1, 1)
    page.wait_for_timeout(500)
    expect(note).to_be_visible()


def test_a_click_beside_closes(window: OpenWindow) -> None:
    page = window().open(GUIDE)
    word, note = a_word(page)
    word.click()
    expect(note).to_be_visible()
    page.mouse.click(1200, 20)
    expect(note).to_be_hidden()


def test_a_word_reads_as_the_word_and_its_explanation_has_its_name(window: OpenWindow) -> None:
    page = window().open(CASE)
    word, note = a_word(page)
    said = word.inner_text()
    expect(page.get_by_role("button", name=said, exact=True)).to_have_count(1)
    word.click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(
        note.locator(".term-name").inner_text()
    )
    expect(page.get_by_role("dialog")).to_have_accessible_description(
        note.locator("p").nth(1).inner_text()
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_fault_with_an_explanation_open(window: OpenWindow, width: int) -> None:
    page = window(width).open(GUIDE)
    word, note = a_word(page)
    before = faults(page)
    word.click()
    expect(note).to_be_visible()
    assert [fault for fault in faults(page) if fault not in before] == []


def test_on_paper_the_explanations_stand_below_the_text(window: OpenWindow) -> None:
    page = window().open(GUIDE)
    heading = page.get_by_text(DEFAULT.text("glossary.explained"), exact=True)
    expect(heading).to_be_hidden()
    word, _ = a_word(page)
    word.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    notes = page.locator(".term-note")
    assert notes.count() == page.locator(".term").count() > 5
    tops = notes.evaluate_all("(notes) => notes.map((note) => getComputedStyle(note).position)")
    assert set(tops) == {"static"}
    for note in notes.all():
        expect(note).to_be_visible()


def test_without_popovers_the_explanations_are_a_list(site: Site) -> None:
    soup = BeautifulSoup(site[GUIDE].html, "html.parser")
    names = [name.get_text() for name in soup.select(".terms > .term-note > .term-name")]
    assert len(names) == len(soup.select("button.term"))
    heading = soup.select_one(".terms > h2")
    assert heading is not None
    assert heading.get_text() == DEFAULT.text("glossary.explained")
