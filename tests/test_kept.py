"""What a real browser keeps for a reader; all else about it is in tests/scripts/store.test.js."""

from typing import Any

from conftest import OpenWindow, Window
from playwright.sync_api import Page

# A page with few scripts of its own.
PLAIN = "/om/lisenser/"
PREPARE = """async () => {
  const { Store } = await import("/assets/scripts/kept/store.js");
  const shape = { version: 1, empty: () => ({ words: {} }), clean: (value) => value };
  window.store = new Store("test", shape);
  window.say = (name, word) => store.change((value) => { value.words[name] = word; });
}"""
KEPT = {"kept": True, "reason": ""}


def started(view: Window) -> Page:
    """A page with a store."""
    page = view.open(PLAIN)
    page.evaluate(PREPARE)
    return page


def stored(page: Page, name: str = "test") -> str | None:
    """What the browser keeps under a name."""
    text: str | None = page.evaluate("(name) => localStorage.getItem(name)", name)
    return text


def words(page: Page) -> dict[str, str]:
    """What the store holds."""
    found: dict[str, str] = page.evaluate("store.read().words")
    return found


def say(page: Page, name: str, word: str) -> dict[str, Any]:
    """Change one part of the record."""
    outcome: dict[str, Any] = page.evaluate("([name, word]) => say(name, word)", [name, word])
    return outcome


def test_what_is_changed_is_there_on_the_next_page(window: OpenWindow) -> None:
    view = window()
    page = started(view)
    assert stored(page) is None
    assert say(page, "ord", "blåbær 🫐") == KEPT
    assert words(started(view)) == {"ord": "blåbær 🫐"}
    page.evaluate("store.change((value) => { value.words = {}; })")
    assert stored(page) is None, "who keeps nothing leaves no trace"


def test_two_tabs_change_different_parts_and_lose_nothing(window: OpenWindow) -> None:
    view = window()
    one = started(view)
    two = one.context.new_page()
    two.goto(view.server + PLAIN)
    two.evaluate(PREPARE)
    two.evaluate("""() => {
      store.subscribe((value, own) => { window.heard = [value.words, own]; });
    }""")
    say(one, "one", "1")
    two.wait_for_function("() => window.heard?.[0].one === '1'", polling=50)
    assert two.evaluate("heard[1]") is False
    say(two, "two", "2")
    say(one, "more", "3")
    assert words(one) == {"one": "1", "two": "2", "more": "3"}
    two.wait_for_function("() => window.heard[0].more === '3'", polling=50)
