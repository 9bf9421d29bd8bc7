"""Checklists and worksheets as people fill them in: nothing is lost, nothing leaves the browser."""

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from conftest import SECONDS, OpenWindow, Window
from playwright.sync_api import Download, Locator, Page, expect
from pypdf import PdfReader
from site_support import (
    CASE_FILES,
    DEFAULT,
    ENGLISH,
    LANGUAGES,
    NORWEGIAN,
    Site,
    address,
    case_address,
    record,
    text_of,
    value,
)
from test_accessibility import DESK, PHONE, faults

expect.set_options(timeout=SECONDS * 1000)

FULL = """
{
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, text) {
    if (window.isFull) throw new DOMException("no room", "QuotaExceededError");
    setItem.call(this, name, text);
  };
}
"""
FORBIDDEN = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not allowed", "SecurityError"); },
});
"""
MEASURE, FRAMEWORK = "sjekklister/tiltaksavtale", "sjekklister/rammeavtale"
CHECKLIST, WORKSHEET = address(MEASURE, NORWEGIAN), address("refleksjon/felles-verksted", NORWEGIAN)
POINTS = 75
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(key: str, **values: object) -> str:
    """What the form says."""
    return DEFAULT.text(f"fillable.{key}", **values)


def opened(view: Window, place: str = CHECKLIST) -> Page:
    """A page with its form ready."""
    page = view.open(place)
    expect(page.locator(".form-tools.interactive")).to_be_visible()
    return page


def point(page: Page, id_: str) -> Locator:
    """One item of the list."""
    return page.locator(f"#{id_}")


def write(page: Page, id_: str, words: str) -> None:
    """Answer a point, and leave it."""
    field = point(page, id_).locator("textarea")
    field.fill(words)
    field.blur()


def choose(page: Page, id_: str, state: str) -> None:
    """Tick a point off."""
    point(page, id_).locator(f".point-state input[value='{state}']").check()


def answered(page: Page, id_: str) -> str:
    """What stands as the answer to a point."""
    return point(page, id_).locator("textarea").input_value()


def do(page: Page, what: str) -> None:
    """Press one of the buttons above the list."""
    page.locator(".form-files").evaluate("(fold) => { fold.open = true; }")
    page.locator(f"[data-do='{what}']").click()


def saved(page: Page, what: str) -> Download:
    """The file that a button saves."""
    with page.expect_download() as download:
        do(page, what)
    return download.value


def content(download: Download) -> bytes:
    """What stands in a saved file."""
    return Path(download.path()).read_bytes()


def bring_in(page: Page, name: str, data: bytes) -> None:
    """Choose a file to bring in."""
    file = {"name": name, "mimeType": "application/json", "buffer": data}
    page.locator(".form-import").set_input_files(file)  # type: ignore[arg-type]


def notices(page: Page) -> Locator:
    """What is told above the list."""
    return page.locator(".form-notices")


def count(page: Page) -> Locator:
    """How far one has come."""
    return page.locator(".form-count")


def settled(done: int, total: int = POINTS) -> str:
    """What is said of that."""
    return text("script.progress_checklist", done=done, total=total)


def fill_in(page: Page) -> None:
    """Fill in something of every kind."""
    write(page, "start", "1. januar 2027 – æøå «💙» <b>&amp;</b>\nog en linje til")
    point(page, "start").locator(".point-who input").fill("Kari på NAV")
    choose(page, "start", "agreed")
    choose(page, "end", "irrelevant")
    point(page, "offer-for").locator("summary").click()
    point(page, "offer-for").get_by_text("Innvandrerkvinner", exact=True).click()
    expect(count(page)).to_have_text(text("script.irrelevant.one", text=settled(1, POINTS - 1)))


def assert_filled_in(page: Page) -> None:
    """All of that stands there."""
    assert answered(page, "start") == "1. januar 2027 – æøå «💙» <b>&amp;</b>\nog en linje til"
    assert point(page, "start").locator(".point-who input").input_value() == "Kari på NAV"
    expect(point(page, "start")).to_have_attribute("data-state", "agreed")
    expect(point(page, "end")).to_have_attribute("data-state", "irrelevant")
    expect(point(page, "offer-for").locator("[type=checkbox]:checked")).to_have_value(
        "immigrant-women"
    )


# --- filling in --------------------------------------------------------------------------------


def test_nothing_is_lost_on_the_way_through_reload_language_file_and_reset(
    window: OpenWindow,
) -> None:
    view = window()
    page = opened(view)
    expect(count(page)).to_have_text(settled(0))
    fill_in(page)
    page.reload()
    assert_filled_in(page)
    opened(view, address(MEASURE, ENGLISH))
    assert_filled_in(page)
    opened(view)
    download = saved(page, "export")
    assert download.suggested_filename == "sjekkliste-tiltaksavtale.json"
    data = content(download)
    do(page, "reset")
    expect(count(page)).to_have_text(settled(0))
    notices(page).get_by_role("button", name=text("script.undo")).click()
    assert_filled_in(page)
    do(page, "reset")
    page.reload()
    expect(count(page)).to_have_text(settled(0))
    bring_in(page, "svar.json", data)
    expect(notices(page)).to_contain_text(text("script.imported", name=text("script.unnamed")))
    assert_filled_in(page)
    view.assert_clean()


def printed(page: Page) -> str:
    """The text of all sheets that the page is printed on, without what a line may be broken at."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return squeezed("".join(sheet.extract_text() for sheet in sheets))


def squeezed(words: str) -> str:
    """A text without what a line may be broken at."""
    return re.sub(r"[\s\u00ad]", "", words)


def test_nothing_is_lost_on_paper(window: OpenWindow) -> None:
    view = window(dark=True)
    page = opened(view)
    fill_in(page)
    write(page, "insurer", "Ærlig talt: først på østsiden, så på åsen\nog en linje til")
    ids = page.locator(".point").evaluate_all("(points) => points.map(({ id }) => id)")
    questions = [squeezed(point(page, id_).locator(".point-text").inner_text()) for id_ in ids]
    who, states = (
        text("who_checklist"),
        {it: text(f"states.{it}") for it in ("agreed", "irrelevant")},
    )

    paper = printed(page)
    places = [paper.index(question) for question in questions]
    assert places == sorted(places)
    said = {
        id_: paper[start + len(question) : end]
        for id_, question, start, end in zip(
            ids, questions, places, [*places[1:], len(paper)], strict=True
        )
    }
    answer = squeezed("1. januar 2027 – æøå «")
    assert said["start"].startswith(squeezed(states["agreed"]) + answer)
    assert said["start"].endswith(squeezed(f"og en linje til {who}: Kari på NAV"))
    assert said["end"] == squeezed(states["irrelevant"])
    assert said["offer-for"].startswith(squeezed("Innvandrerkvinner"))
    assert said["insurer"].startswith(squeezed("Ærlig talt: først på østsiden, så på åsen og en"))

    # Empty, with room for an answer and for who is responsible at every point.
    page.evaluate("document.documentElement.dataset.paper = 'empty'")
    empty = printed(page)
    for words in ("Kari på NAV", "1. januar 2027", "Ærlig talt"):
        assert squeezed(words) not in empty
    assert empty.count(squeezed(f"{who}:")) == POINTS
    view.assert_clean()


def test_typing_asks_nobody_for_anything(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = point(page, "insurer").locator("textarea")
    field.press_sequentially("Kommunen, og NAV betaler")
    page.wait_for_function(
        "() => localStorage.getItem('forms')?.includes('NAV betaler')", polling=50
    )
    choose(page, "insurer", "agreed")
    expect(count(page)).to_have_text(settled(1))
    # The icon of the page may be on its way when everything else is there.
    assert [url for url in asked if not url.endswith("/favicon.svg")] == []
    assert "NAV" not in page.url
    view.assert_clean()


def test_two_tabs_lose_nothing(window: OpenWindow) -> None:
    view = window()
    one = opened(view)
    write(one, "start", "fra den ene")
    two = one.context.new_page()
    two.goto(one.url)
    expect(two.locator(".form-tools.interactive")).to_be_visible()
    assert answered(two, "start") == "fra den ene"
    write(two, "end", "fra den andre")
    expect(point(one, "end").locator("textarea")).to_have_value("fra den andre")
    choose(one, "start", "agreed")
    expect(count(two)).to_have_text(settled(1))
    two.reload()
    assert (answered(two, "start"), answered(two, "end")) == ("fra den ene", "fra den andre")
    # What is being written stays as it is, whatever the other tab does.
    field = point(one, "channel").locator("textarea")
    field.press_sequentially("e-p")
    choose(two, "channel", "agreed")
    field.press_sequentially("ost")
    expect(point(one, "channel")).to_have_attribute("data-state", "agreed")
    expect(field).to_have_value("e-post")
    field.blur()
    expect(point(two, "channel").locator("textarea")).to_have_value("e-post")
    # A copy that the other tab deletes can be taken back.
    do(two, "delete")
    notices(one).get_by_role("button", name=text("script.undo")).click()
    one.reload()
    assert answered(one, "channel") == "e-post"


@pytest.mark.parametrize(
    ("before", "reason"), [(FULL + "isFull = true;", "full"), (FORBIDDEN, "forbidden")]
)
def test_a_browser_that_keeps_nothing_is_told_and_the_page_keeps_it(
    window: OpenWindow, before: str, reason: str
) -> None:
    view = window(before=before)
    page = opened(view)
    fill_in(page)
    expect(notices(page)).to_have_text(text(f"script.{reason}"))
    expect(page.locator(".form-kept")).to_be_empty()
    assert_filled_in(page)
    assert json.loads(content(saved(page, "export")))["points"]["end"] == {"state": "irrelevant"}
    if reason == "full":
        page.evaluate("window.isFull = false")
        choose(page, "insurer", "agreed")
        expect(notices(page)).to_be_empty()
        page.add_init_script("window.isFull = false")
        page.reload()
        assert_filled_in(page)
    view.assert_clean()


def test_what_cannot_be_read_in_the_browser_is_put_aside_and_can_be_saved(
    window: OpenWindow,
) -> None:
    page = opened(window())
    page.evaluate("localStorage.setItem('forms', '<script>')")
    page.reload()
    expect(notices(page)).to_contain_text(text("script.aside"))
    with page.expect_download() as download:
        page.get_by_role("button", name=text("script.aside_save")).click()
    assert content(download.value) == b"<script>"
    page.get_by_role("button", name=text("script.aside_drop")).click()
    expect(notices(page)).to_be_empty()
    assert page.evaluate("Object.keys(localStorage)") == []


# --- copies ------------------------------------------------------------------------------------


def name_it(page: Page, name: str) -> None:
    """Answer the question for a name."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(text("name"), exact=True).fill(name)
    dialog.get_by_role("button", name=text("ok")).click()


def test_there_can_be_several_copies(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    copies = page.get_by_label(text("copy"), exact=True)
    write(page, "start", "én")
    first = page.url
    do(page, "create")
    name_it(page, "Med Sisters in Business, 2027")
    expect(copies.locator("option:checked")).to_have_text("Med Sisters in Business, 2027")
    assert answered(page, "start") == ""
    write(page, "start", "to")
    do(page, "duplicate")
    again = text("script.named_again", name="Med Sisters in Business, 2027")
    expect(copies.locator("option:checked")).to_have_text(again)
    assert answered(page, "start") == "to"
    do(page, "rename")
    name_it(page, "Tredje")
    write(page, "start", "tre")
    assert copies.locator("option").all_text_contents() == [
        text("script.unnamed"),
        "Med Sisters in Business, 2027",
        "Tredje",
    ]
    do(page, "delete")
    expect(copies.locator("option")).to_have_count(2)
    notices(page).get_by_role("button", name=text("script.undo")).click()
    assert answered(page, "start") == "tre"
    copies.select_option(label="Med Sisters in Business, 2027")
    assert answered(page, "start") == "to"
    # The address names the copy; it stays open behind a link within the page, too.
    assert re.fullmatch(r"#copy=[a-z0-9]+", urlsplit(page.url).fragment.join(["#", ""]))
    page.locator(".contents a").last.click()
    page.reload()
    assert answered(page, "start") == "to"
    page.goto(first)
    expect(point(page, "start").locator("textarea")).to_have_value("én")
    page.goto("about:blank")
    opened(view, f"{CHECKLIST}#copy=constructor")
    expect(notices(page)).to_have_text(text("script.no_copy"))
    view.assert_clean()


# --- files -------------------------------------------------------------------------------------


def made(**changes: object) -> bytes:
    """A file to go on filling in."""
    whole = {
        "type": "kunnskapsbanken/form",
        "version": 1,
        "form": MEASURE,
        "name": "Fra fil",
        "points": {"start": {"answer": "i morgen"}},
    }
    return json.dumps(whole | changes).encode()


REFUSED = {
    "damaged": (b'{"type": "kunnskapsbanken/form", "ver', "damaged", {}),
    "no-text": (b"\xff\xfe\x00PK\x03\x04", "damaged", {}),
    "other-file": (b'{"name": "package", "version": 1}', "wrong", {}),
    "list": (b"[1, 2, 3]", "wrong", {}),
    "no-points": (made(points=[1]), "wrong", {}),
    "hostile-form": (made(form="../../<script>"), "wrong", {}),
    "newer": (made(version=2), "newer_file", {}),
    "other-form": (made(form=FRAMEWORK), "other_form", {"form": FRAMEWORK}),
    "large": (made() + b" " * 5_000_000, "large", {}),
}


def test_a_file_that_is_not_ours_is_refused_and_changes_nothing(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    write(page, "start", "vårt")
    before = page.evaluate("localStorage.getItem('forms')")
    for name, (data, key, values) in REFUSED.items():
        bring_in(page, f"{name}.json", data)
        reason = text(f"script.{key}", **values)
        told = text("script.nothing_changed", reason=reason)
        expect(notices(page)).to_have_text(told)
        assert page.evaluate("localStorage.getItem('forms')") == before, name
        assert answered(page, "start") == "vårt", name
    view.assert_clean()


def test_hostile_content_of_a_file_is_text_or_left_out(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    evil = "<img src=x onerror=alert(1)>"
    bring_in(
        page,
        "evil.json",
        made(
            name=evil,
            points={
                "start": {"answer": evil, "state": evil, "who": [evil]},
                "__proto__": {"answer": "x"},
                "../end": {"answer": "x"},
                "end": {"answer": "a" * 30_000},
                "no-longer-here": {"answer": evil},
            },
            **{"from": {"id": "javascript:alert(1)", "title": evil}},
        ),
    )
    expect(page.get_by_label(text("copy"), exact=True)).to_contain_text(evil)
    assert answered(page, "start") == evil
    expect(point(page, "start")).to_have_attribute("data-state", "open")
    assert len(answered(page, "end")) == 20_000
    expect(page.locator(".form-from")).to_be_hidden()
    assert page.locator("main img").count() == 0
    # What the page has no item for is shown, and can be removed.
    left = page.locator(".form-left-over")
    expect(left).to_contain_text(evil)
    left.get_by_role("button", name=text("script.remove")).click()
    expect(left).to_be_hidden()
    view.assert_clean()


def lines(element: ElementTree.Element) -> str:
    """What the paragraphs of a document say."""
    return "\n".join("".join(it.itertext()) for it in element.iter(f"{WORD}p"))


def test_the_document_holds_every_question_and_answer(window: OpenWindow) -> None:
    page = opened(window())
    fill_in(page)
    do(page, "rename")
    name_it(page, "Med Søstre & Co.")
    download = saved(page, "word")
    assert download.suggested_filename == "sjekkliste-tiltaksavtale-med-søstre-co.docx"
    with zipfile.ZipFile(download.path()) as package:
        assert package.testzip() is None
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    kinds = {
        part.get("PartName", "").lstrip("/")
        for part in parts["[Content_Types].xml"]
        if part.get("PartName")
    }
    assert kinds == {name for name in parts if not name.endswith((".rels", "Types].xml"))}
    body = parts["word/document.xml"][0]
    assert lines(body).split("\n")[:2] == ["Sjekkliste: tiltaksavtale", "Med Søstre & Co."]
    tables = body.findall(f"{WORD}tbl")
    assert len(tables) == len(
        page.locator(".point").evaluate_all(
            "(points) => [...new Set(points.map((point) => point.parentElement))]"
        )
    )
    rows = [
        [
            "\n".join("".join(p.itertext()) for p in cell.iter(f"{WORD}p"))
            for cell in row.iter(f"{WORD}tc")
        ]
        for table in tables
        for row in table.iter(f"{WORD}tr")
    ]
    heads = [row for row in rows if row[0] == text("script.column_question")]
    assert len(heads) == len(tables)
    given = {row[0]: row[1:] for row in rows if row not in heads}
    assert len(given) == POINTS
    question = point(page, "start").locator(".point-text").inner_text()
    assert given[question] == [
        text("states.agreed"),
        "1. januar 2027 – æøå «💙» <b>&amp;</b>\nog en linje til",
        "Kari på NAV",
    ]
    assert given[point(page, "offer-for").locator(".point-text").inner_text()][1] == (
        "Innvandrerkvinner"
    )
    styles = {it.get(f"{WORD}styleId") for it in parts["word/styles.xml"].iter(f"{WORD}style")}
    used = {it.get(f"{WORD}val") for it in body.iter() if it.tag.endswith("Style")}
    assert used <= styles
    plain = content(saved(page, "text")).decode()
    assert "  Svar: 1. januar 2027 – æøå «💙» <b>&amp;</b>\n    og en linje til\n" in plain
    assert plain.count("\n* ") == POINTS


# --- paper -------------------------------------------------------------------------------------


def test_paper_holds_the_answers_or_room_for_them(window: OpenWindow) -> None:
    view = window(before="window.print = () => { window.printed = true; };")
    page = opened(view)
    fill_in(page)
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    for words in ("januar 2027 – æøå «💙» <b>&amp;</b>", "Kari på NAV", "Innvandrerkvinner"):
        assert words in printed
    for part in (".form-tools", ".point-fields"):
        assert not page.locator(part).first.is_visible()
    page.emulate_media(media="screen")
    do(page, "print-empty")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert "Kari på NAV" not in printed
    room = "(item) => parseFloat(getComputedStyle(item, '::after').height)"
    assert point(page, "start").evaluate(room) > 20
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "Kari på NAV" in page.locator("body").inner_text()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_without_script_there_is_the_list_and_room_to_write(window: OpenWindow) -> None:
    page = window(scripts=False).open(CHECKLIST)
    expect(page.locator(".form-tools")).to_be_hidden()
    expect(page.locator(".point .box")).to_have_count(POINTS)
    assert page.locator("main :is(input, textarea, select):visible").count() == 0
    page.emulate_media(media="print")
    room = "(item) => parseFloat(getComputedStyle(item, '::after').height)"
    assert point(page, "start").evaluate(room) > 20


# --- from a case to an agreement -----------------------------------------------------------------


def test_a_case_with_partners_leads_to_the_checklist_that_fits(site: Site) -> None:
    fitting = set()
    for id_ in CASE_FILES:
        partners = len(record(id_).get("organisations", ()))
        joint, ordered = (
            bool(terms & {*record(id_).get("collaboration", ())})
            for terms in ({"development", "thick"}, {"supplier", "thin"})
        )
        for language in LANGUAGES:
            page = site[case_address(id_, language)]
            links = page.main.select(".agreement-choice a")
            assert len(links) == (2 if partners > 1 else 0), id_
            if not links:
                continue
            first = FRAMEWORK if joint and not ordered else MEASURE
            place = site.place(page.address, value(links[0], "href"))
            assert place is not None
            assert place.startswith(address(first, language))
            assert all(value(link, "href").endswith(f"?case={id_}") for link in links)
            why = "framework" if joint and not ordered else "measure"
            why = why if joint != ordered else "unknown"
            fitting.add(why)
            said = text_of(page.one(".agreement-choice"))
            assert language.text(f"agreement.fits_{why}") in said
    assert fitting == {"framework", "measure", "unknown"}


def test_a_case_fills_in_parties_roles_group_and_period(window: OpenWindow) -> None:
    view = window()
    page = view.open(case_address("cafe-vintage", NORWEGIAN))
    page.get_by_role("link", name=NORWEGIAN.text("brief.start")).click()
    view.settle()
    facts = record("cafe-vintage")
    title = facts["title"]["nb"]
    expect(notices(page)).to_have_text(text("script.filled", title=title))
    assert re.fullmatch(rf"{CHECKLIST}#copy=[a-z0-9]+", view.address)
    names = [entry["name"] for entry in facts["organisations"]]
    assert answered(page, "agreeing-parties").split("\n") == names
    roles = answered(page, "other-tasks").split("\n")
    assert [line.partition(":")[0] for line in roles] == names
    assert str(facts["period"]["start"]) in answered(page, "start")
    chosen = point(page, "offer-for").locator("[type=checkbox]:checked")
    assert chosen.evaluate_all("(boxes) => boxes.map((box) => box.value)") == [
        *facts["target_groups"]
    ]
    marked = page.locator(".point-taken:visible")
    expect(marked).to_have_count(4)
    expect(page.locator(".form-from a")).to_have_text(title)
    assert content(saved(page, "text")).decode().count(text("script.taken")) == 4
    assert notices(page).page.locator("select option:checked").inner_text() == text(
        "script.from_case", title=title
    )
    # What is changed is one's own, and the same case opens another copy then.
    copies = page.locator("select option")
    view.open(f"{CHECKLIST}?case=cafe-vintage")
    expect(notices(page)).to_have_text(text("script.filled_before", title=title))
    expect(copies).to_have_count(1)
    write(page, "start", "1. mars 2027")
    expect(marked).to_have_count(3)
    view.open(f"{CHECKLIST}?case=cafe-vintage")
    expect(notices(page)).to_have_text(text("script.filled", title=title))
    expect(copies).to_have_count(2)
    view.assert_clean()


def test_an_address_with_no_case_fills_in_nothing(window: OpenWindow) -> None:
    view = window()
    for id_ in ("no-such-case", "../../om", "%3Cscript%3E", "county"):
        page = view.open(f"{CHECKLIST}?case={id_}")
        expect(notices(page)).to_have_text(text("script.no_case"))
        expect(count(page)).to_have_text(settled(0))
        assert page.evaluate("Object.keys(localStorage)") == []


# --- from a worksheet to cases -------------------------------------------------------------------


def test_answers_lead_to_the_cases_that_are_like_them(window: OpenWindow) -> None:
    view = window()
    page = opened(view, WORKSHEET)
    whom, form = point(page, "whom-to-help"), point(page, "form-now")
    whom.locator("summary").click()
    whom.get_by_text("Innvandrerkvinner", exact=True).click()
    whom.get_by_text("Vestfold fylke", exact=True).click()
    form.locator("summary").click()
    form.get_by_text("Utviklingssamarbeid", exact=True).click()
    link = whom.get_by_role("link", name=text("script.see"))
    expect(link).to_have_attribute(
        "href", re.compile(r"eksempler/\?target_groups=immigrant-women&county=vestfold$")
    )
    done = text("script.progress_worksheet", done=2, total=8)
    expect(count(page)).to_have_text(done)
    page.get_by_role("link", name=text("see_all")).click()
    expect(page.locator(".catalogue.interactive:not(.waiting)")).to_be_visible()
    expect(page.locator(".chip")).to_have_count(3)
    expect(page.locator(".catalogue .notices")).to_be_empty()
    view.assert_clean()


# --- keyboard and screen readers -----------------------------------------------------------------


def test_a_keyboard_is_enough(window: OpenWindow) -> None:
    view = window()
    page = opened(view)
    keys = page.keyboard
    page.locator("[data-do='create']").focus()
    keys.press("Enter")
    keys.type("Vår")
    keys.press("Enter")
    expect(page.locator("select option:checked")).to_have_text("Vår")
    expect(page.locator("[data-do='create']")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    point(page, "start").locator("input").first.focus()
    keys.press("ArrowRight")
    expect(point(page, "start")).to_have_attribute("data-state", "agreed")
    keys.press("Tab")
    keys.type("I dag")
    keys.press("Tab")
    keys.type("Ola")
    page.locator(".form-files summary").focus()
    keys.press("Enter")
    page.locator("[data-do='reset']").focus()
    keys.press("Enter")
    expect(count(page)).to_have_text(settled(0))
    page.get_by_role("button", name=text("script.undo")).focus()
    keys.press("Enter")
    expect(count(page)).to_be_focused()  # where the button was, there is nothing left
    assert answered(page, "start") == "I dag"
    view.assert_clean()


def test_every_field_says_what_it_belongs_to(window: OpenWindow) -> None:
    page = opened(window())
    question = point(page, "insurer").locator(".point-text").inner_text()
    for label in ("answer", "who_checklist"):
        name = f"{text(label)} {question}"
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_count(1)
    group = page.get_by_role("radiogroup", name=question, exact=True)
    named = group if group.count() else page.get_by_role("group", name=question, exact=True)
    expect(named.get_by_role("radio")).to_have_count(3)


@pytest.mark.parametrize(("width", "dark"), [(DESK, False), (PHONE, True)])
def test_no_fault_in_any_state(window: OpenWindow, width: int, dark: bool) -> None:
    """Filled in from a case, everything unfolded, a file refused; then the dialog."""
    page = window(width, dark=dark).open(f"{CHECKLIST}?case=cafe-vintage")
    expect(page.locator(".point-taken:visible")).to_have_count(4)
    choose(page, "start", "agreed")
    choose(page, "end", "irrelevant")
    bring_in(
        page, "left.json", made(points={"gone": {"answer": "x"}, "start": {"state": "agreed"}})
    )
    expect(page.locator(".form-left-over")).to_be_visible()
    bring_in(page, "wrong.json", b"{}")
    expect(notices(page)).to_contain_text(text("script.wrong"))
    unfold = "document.querySelectorAll('main details').forEach((it) => { it.open = true; })"
    page.evaluate(unfold)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("[data-do='rename']").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    # Tall enough that nothing is scrolled out of sight, where axe cannot decide.
    page.set_viewport_size({"width": width, "height": 6000})
    assert faults(page) == []


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (DESK, True)])
def test_no_fault_on_a_worksheet(window: OpenWindow, width: int, dark: bool) -> None:
    page = opened(window(width, dark=dark), WORKSHEET)
    page.evaluate("document.querySelectorAll('main details').forEach((it) => { it.open = true; })")
    point(page, "whom-to-help").locator(".choice-box").first.click()
    expect(page.locator(".form-see")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
