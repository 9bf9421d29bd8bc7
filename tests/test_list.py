"""One's own list: kept in this browser, shared by address and file, changed by its owner only."""

import json
import re
from pathlib import Path

from conftest import OpenWindow, Window
from playwright.sync_api import Page, expect
from site_support import DEFAULT, ENGLISH, NORWEGIAN, address, case_address, in_language, record

LIST = address("min-liste/index", NORWEGIAN)
ALL_CASES = address("eksempler/alle/index", NORWEGIAN)
ONE, TWO, THREE = "cafe-vintage", "jobbasker", "sisters-in-business"
HOSTILE = "\u202e<img src=x onerror=alert(1)> {title} $& æøå 🧵\nlinje to"


def say(key: str, **values: str | int) -> str:
    """A text that a script puts on the page."""
    return DEFAULT.text(key, **values)


def title(id_: str) -> str:
    """What a case is called."""
    return in_language(record(id_)["title"], NORWEGIAN)


def shared(*ids: str, more: str = "") -> str:
    """The address that shares a list."""
    return f"{LIST}#list={','.join(ids)}{more}"


def expect_list(page: Page, *ids: str) -> None:
    """Wait until these cases stand on the list, in this order."""
    expect(page.locator(".list-item .item-title")).to_have_text([title(id_) for id_ in ids])


def note(page: Page, id_: str) -> str:
    """What is written about a case."""
    return page.locator(f"#note-{id_}").input_value()


def kept(page: Page) -> dict[str, object]:
    """The list as this browser keeps it."""
    found: dict[str, object] = json.loads(page.evaluate("localStorage.getItem('my-list')"))
    return found


def with_list(view: Window, *ids: str) -> Page:
    """Open the list with some cases on it."""
    page = view.open(shared(*ids))
    page.get_by_role("button", name=say("list.shared_keep")).click()
    expect_list(page, *ids)
    return page


# --- making a list ---------------------------------------------------------------------------


def test_a_list_is_made_and_changed_by_keyboard_alone(window: OpenWindow) -> None:
    view = window()
    page = view.open(ALL_CASES)

    def press(selector: str, key: str = "Enter") -> None:
        page.locator(selector).first.focus()
        page.keyboard.press(key)

    for id_ in (ONE, TWO):
        press(f'[data-case="{id_}"] [data-pick="list"]', "Space")
    expect(page.locator(".list-count")).to_have_text("2")
    expect(page.locator("#picking-status")).to_contain_text(title(TWO))
    page = view.open(case_address(THREE, NORWEGIAN))
    press('.case-tools [data-pick="list"]')
    expect(page.locator('.case-tools [data-pick="list"]')).to_have_attribute("aria-pressed", "true")
    press(".tray-link")
    page.wait_for_url(f"**{LIST}")
    expect_list(page, ONE, TWO, THREE)

    up = page.locator(".list-item", has_text=title(THREE)).locator(".item-up")
    up.focus()
    page.keyboard.press("Enter")
    expect_list(page, ONE, THREE, TWO)
    expect(up).to_be_focused()
    said = say("list.script.moved", title=title(THREE), place=2, total=3)
    expect(page.locator(".list-status")).to_have_text(said)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # it cannot go further up, and keeps the focus
    expect_list(page, THREE, ONE, TWO)
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")

    page.locator(f"#note-{ONE}").focus()
    page.keyboard.type("Ring dem")
    press(f".list-item:has(#note-{ONE}) .item-remove")
    expect_list(page, THREE, TWO)
    press(".notice .link-button")
    expect_list(page, THREE, ONE, TWO)
    assert note(page, ONE) == "Ring dem"
    page.reload()
    expect_list(page, THREE, ONE, TWO)
    assert note(page, ONE) == "Ring dem"
    view.settle()
    view.assert_clean()


def test_cases_of_the_list_are_compared(window: OpenWindow) -> None:
    view = window()
    page = with_list(view, ONE, TWO, THREE)
    button = page.get_by_role("button", name=say("list.compare"))
    expect(button).to_have_attribute("aria-disabled", "true")
    for id_ in (THREE, ONE):
        page.locator(f".list-item:has(#note-{id_}) .item-compare").click()
    button.click()
    page.wait_for_url(f"**{address('sammenlign', NORWEGIAN)}?case={ONE}&case={THREE}")
    expect(page.locator(".compare-region > .compare-table thead a")).to_have_count(2)


def test_a_case_is_found_and_added_on_the_list_itself(window: OpenWindow) -> None:
    view = window(320)
    page = view.open(LIST)
    expect(page.locator(".list-empty")).to_be_visible()
    page.get_by_role("combobox", name=say("list.add")).fill("JobbAsker")
    page.get_by_role("option", name=re.compile(re.escape(title(TWO)))).click()
    expect_list(page, TWO)
    expect(page.locator(".list-empty")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # The list is the same in the other language, under the names of that language.
    page = view.open(address("min-liste/index", ENGLISH))
    english = in_language(record(TWO)["title"], ENGLISH)
    expect(page.locator(".list-item .item-title")).to_have_text([english])
    view.assert_clean()


def test_clearing_can_be_undone(window: OpenWindow) -> None:
    page = with_list(window(), ONE, TWO)
    page.get_by_role("button", name=say("list.clear")).click()
    expect(page.locator(".list-item")).to_have_count(0)
    page.get_by_role("button", name=say("list.script.undo")).click()
    expect_list(page, ONE, TWO)


# --- what is kept, and where ------------------------------------------------------------------


def test_two_tabs_lose_nothing(window: OpenWindow) -> None:
    view = window()
    one = with_list(view, ONE, TWO)
    two = one.context.new_page()
    two.goto(view.server + LIST)
    expect_list(two, ONE, TWO)
    one.locator(f"#note-{ONE}").fill("fra den første")
    two.locator(f"#note-{TWO}").fill("fra den andre")
    two.locator(".item-down").first.click()
    one.get_by_label(say("list.title")).fill("Møtet")
    for page in (one, two):
        expect_list(page, TWO, ONE)
        expect(page.locator(f"#note-{ONE}")).to_have_value("fra den første")
        expect(page.locator(f"#note-{TWO}")).to_have_value("fra den andre")
        expect(page.get_by_label(say("list.title"))).to_have_value("Møtet")
    # Other pages that stand open follow.
    three = one.context.new_page()
    three.goto(view.server + ALL_CASES)
    expect(three.locator(f'[data-case="{ONE}"] [data-pick="list"]')).to_have_attribute(
        "aria-pressed", "true"
    )
    one.locator(f".list-item:has(#note-{ONE}) .item-remove").click()
    expect(three.locator(f'[data-case="{ONE}"] [data-pick="list"]')).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(three.locator(".list-count")).to_have_text("1")


FULL = """
Storage.prototype.setItem = function () { throw new DOMException("no", "QuotaExceededError"); };
"""
FORBIDDEN = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); }
});
"""


def test_where_nothing_can_be_kept_the_page_says_so_and_loses_nothing(window: OpenWindow) -> None:
    for before, key in ((FULL, "storage_full"), (FORBIDDEN, "storage_forbidden")):
        view = window(before=before)
        page = with_list(view, ONE, TWO)
        page.locator(f"#note-{ONE}").fill("står her")
        expect(page.locator(".notice").first).to_have_text(say(f"list.script.{key}"))
        page.locator(".item-down").first.click()
        expect_list(page, TWO, ONE)
        assert note(page, ONE) == "står her"
        # The booklet is told by its address what the browser does not keep.
        page.locator(".list-booklet").click()
        page.wait_for_url("**/hefte/#list=*")
        expect(page.locator(".booklet-contents ol > li")).to_have_text([title(TWO), title(ONE)])
        expect(page.locator(".booklet-note:visible p")).to_have_text("står her")
        view.assert_clean()


def test_choosing_on_a_card_says_when_nothing_is_kept(window: OpenWindow) -> None:
    for before, key in ((FULL, "storage_full"), (FORBIDDEN, "storage_forbidden")):
        view = window(before=before)
        page = view.open(ALL_CASES)
        page.locator('[data-pick="list"]').first.click()
        expect(page.locator(".tray-message")).to_have_text(say(f"picking.script.{key}"))
        expect(page.locator("#picking-status")).to_contain_text(say(f"picking.script.{key}"))
        view.assert_clean()


def test_nothing_is_sent_while_one_writes(window: OpenWindow) -> None:
    page = with_list(window(), ONE, TWO)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(f"#note-{ONE}").press_sequentially("Hemmelig notat")
    page.get_by_label(say("list.title")).press_sequentially("Møtet")
    page.locator(".item-down").first.click()
    page.locator(".share-notes").check()
    assert asked == []
    assert "Hemmelig%20notat" in page.locator("#share-address").input_value()
    # Unbroken text, such as a long address, makes no page wider.
    page.set_viewport_size({"width": 375, "height": 800})
    page.locator(f"#note-{ONE}").fill("x" * 600)
    page.get_by_label(say("list.title")).fill("y" * 120)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


# --- as an address ----------------------------------------------------------------------------


def test_a_shared_list_is_shown_and_changes_nothing_by_itself(window: OpenWindow) -> None:
    view = window()
    page = with_list(view, ONE)
    page.goto("about:blank")
    page.goto(view.server + shared(TWO, ONE, "no-such-case", more="&title=Deres&note1=Hei"))
    offer = page.get_by_role("region", name=say("list.shared"))
    expect(offer).to_contain_text(title(TWO))
    expect(offer).to_contain_text("Deres")
    expect(offer.get_by_role("heading")).to_be_focused()
    expect_list(page, ONE)
    page.get_by_role("button", name=say("list.shared_add")).click()
    expect(page.locator(".item-title")).to_contain_text([title(ONE), title(TWO), "no-such-case"])
    assert note(page, TWO) == "Hei"
    page.get_by_role("button", name=say("list.script.undo")).click()
    expect_list(page, ONE)

    page.goto("about:blank")
    page.goto(view.server + shared(TWO))
    page.get_by_role("button", name=say("list.shared_keep")).click()
    expect_list(page, TWO)
    page.get_by_role("button", name=say("list.script.undo")).click()
    expect_list(page, ONE)
    page.goto("about:blank")
    page.goto(view.server + shared(THREE))
    page.get_by_role("button", name=say("list.shared_leave")).click()
    expect_list(page, ONE)
    view.assert_clean()


def test_the_address_holds_the_list_and_the_notes_only_when_asked(window: OpenWindow) -> None:
    view = window()
    page = with_list(view, TWO, ONE)
    page.locator(f"#note-{ONE}").fill(HOSTILE)
    page.get_by_label(say("list.title")).fill("Møtet & mer = 100 %")
    field = page.locator("#share-address")
    assert "note" not in field.input_value()
    page.locator(".share-notes").check()
    place = field.input_value()
    assert place.startswith(view.server + LIST + "#")
    other = window()
    page = other.page
    page.goto(place)
    page.get_by_role("button", name=say("list.shared_keep")).click()
    expect_list(page, TWO, ONE)
    assert note(page, ONE) == HOSTILE
    assert page.get_by_label(say("list.title")).input_value() == "Møtet & mer = 100 %"
    other.assert_clean()


def test_a_damaged_address_is_told_and_changes_nothing(window: OpenWindow) -> None:
    view = window()
    page = with_list(view, ONE)
    for fragment in ("#list=", "#list=<script>,..", "#list=%ff%fe", "#title=a&list=,,"):
        page.goto("about:blank")
        page.goto(view.server + LIST + fragment)
        expect(page.locator(".notice")).to_have_text(say("list.script.address_bad"))
        expect_list(page, ONE)
    view.assert_clean()


# --- as a file --------------------------------------------------------------------------------


def choose_file(page: Page, name: str, content: bytes) -> None:
    """Choose a file for the list."""
    file = {"name": name, "mimeType": "application/json", "buffer": content}
    page.locator(".file-chosen").set_input_files(file)  # type: ignore[arg-type]


def test_a_list_comes_back_from_its_file(window: OpenWindow, tmp_path: Path) -> None:
    view = window()
    page = with_list(view, TWO, ONE)
    page.locator(f"#note-{TWO}").fill(HOSTILE)
    page.get_by_label(say("list.title")).fill("Møtet 3/12")
    with page.expect_download() as download:
        page.get_by_role("button", name=say("list.file_save")).click()
    assert download.value.suggested_filename == "møtet-3-12.json"
    file = tmp_path / "list.json"
    download.value.save_as(file)
    page.get_by_role("button", name=say("list.clear")).click()
    expect(page.locator(".list-item")).to_have_count(0)
    page.reload()
    # The way in is there also when the list is empty.
    choose_file(page, "list.json", file.read_bytes())
    page.get_by_role("button", name=say("list.shared_keep")).click()
    expect_list(page, TWO, ONE)
    assert note(page, TWO) == HOSTILE
    assert page.get_by_label(say("list.title")).input_value() == "Møtet 3/12"


def test_bad_files_are_refused_with_a_reason_and_change_nothing(window: OpenWindow) -> None:
    view = window()
    page = with_list(view, ONE)
    page.locator(f"#note-{ONE}").fill("mitt")
    before = kept(page)

    def file(**content: object) -> bytes:
        whole = {"kind": "kunnskapsbanken-list", "version": 1, **content}
        return json.dumps(whole).encode()

    items = [{"id": TWO, "note": ""}]
    cases: list[tuple[str, bytes, str]] = [
        ("large", b" " * 5_000_000 + file(items=items), "refused_large"),
        ("cut", file(items=items)[:-9], "refused_damaged"),
        ("bytes", b"\xff\xfe\x00\x01", "refused_damaged"),
        ("text", b"just text", "refused_damaged"),
        ("number", b"7", "refused_wrong"),
        ("other", json.dumps({"items": items}).encode(), "refused_wrong"),
        ("newer", file(version=99, items=items), "refused_newer"),
        ("empty", file(items=[]), "refused_wrong"),
        ("strange", file(items={"length": 3}), "refused_wrong"),
        ("ids", file(items=[{"id": "<b>x</b>"}, {"id": "../om"}, 3, None]), "refused_wrong"),
    ]
    for name, content, key in cases:
        choose_file(page, f"{name}.json", content)
        expect(page.locator(".notice")).to_have_text(say(f"list.script.{key}"))
        expect(page.locator(".shared-list")).to_be_hidden()
        assert kept(page) == before, name
    # What is hostile within a good file is text, and nothing else.
    hostile = [{"id": TWO, "note": HOSTILE, "__proto__": {"polluted": 1}}, {"id": "constructor"}]
    choose_file(page, "hostile.json", file(title="<b>x</b>", items=hostile))
    page.get_by_role("button", name=say("list.shared_keep")).click()
    expect(page.locator(".item-title").first).to_have_text(title(TWO))
    assert note(page, TWO) == HOSTILE
    assert page.locator("main img, main b").count() == 0
    assert page.evaluate("({}).polluted") is None
    view.assert_clean()


def test_damaged_storage_is_no_list_and_breaks_nothing(window: OpenWindow) -> None:
    view = window()
    page = view.open("/om/")
    for stored in ("{", "7", '{"version":1,"value":{"items":5}}', '{"version":1}'):
        page.evaluate("(text) => localStorage.setItem('my-list', text)", stored)
        page = view.open(ALL_CASES)
        expect(page.locator(".list-count")).to_be_hidden()
        page = view.open(LIST)
        expect(page.locator(".list-empty")).to_be_visible()
    view.assert_clean()
