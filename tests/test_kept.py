"""What the browser keeps for a reader: never lost without a word, and never trusted."""

from typing import Any

from conftest import OpenWindow, Window
from playwright.sync_api import Page

# A page with few scripts of its own.
PLAIN = "/om/lisenser/"
PREPARE = """async () => {
  const { Store } = await import("/assets/scripts/kept/store.js");
  window.Store = Store;
  const isText = (value) => typeof value === "string";
  window.SHAPE = {
    version: 2,
    empty: () => ({ words: {} }),
    clean: (value, version) => {
      if (version === 1) return { words: { old: String(Object(value).word) } };
      const words = Object(Object(value).words);
      return "words" in Object(value)
        ? { words: Object.fromEntries(Object.entries(words).filter(([, word]) => isText(word))) }
        : null;
    },
  };
  window.store = new Store("test", window.SHAPE);
  window.say = (name, word) => store.change((value) => { value.words[name] = word; });
}"""
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


def test_a_full_storage_is_told_and_everything_stays_in_memory(window: OpenWindow) -> None:
    page = started(window(before=FULL))
    say(page, "kept", "1")
    page.evaluate("window.isFull = true")
    assert say(page, "waits", "2") == {"kept": False, "reason": "full"}
    assert words(page) == {"kept": "1", "waits": "2"}
    # Another tab changes the record meanwhile.
    page.evaluate("""() => {
      window.isFull = false;
      localStorage.setItem("test", '{"version": 2, "value": {"words": {"other": "3"}}}');
      window.isFull = true;
    }""")
    assert words(page) == {"other": "3", "waits": "2"}
    page.evaluate("window.isFull = false")
    assert say(page, "last", "4") == KEPT
    page.evaluate(PREPARE)
    assert words(page) == {"other": "3", "waits": "2", "last": "4"}


def test_a_forbidden_storage_is_told_and_everything_stays_in_memory(window: OpenWindow) -> None:
    view = window(before=FORBIDDEN)
    page = started(view)
    assert words(page) == {}
    assert say(page, "a", "1") == {"kept": False, "reason": "forbidden"}
    assert say(page, "b", "2") == {"kept": False, "reason": "forbidden"}
    assert words(page) == {"a": "1", "b": "2"}
    assert page.evaluate("store.aside") is None
    view.assert_clean()


UNREADABLE = (
    "{",
    "null",
    "[]",
    '"text"',
    '{"version": "2", "value": {"words": {}}}',
    '{"version": 2}',
    '{"version": 2, "value": {"other": 1}}',
    '{"__proto__": {"version": 2, "value": {"words": {"a": "b"}}}}',
)


def test_what_cannot_be_read_is_put_aside(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    for text in UNREADABLE:
        page.evaluate("(text) => localStorage.setItem('test', text)", text)
        page.evaluate(PREPARE)
        assert words(page) == {}
        assert say(page, "new", "1") == KEPT
        page.evaluate(PREPARE)
        assert words(page) == {"new": "1"}
        assert page.evaluate("store.aside") == text
        page.evaluate("store.dropAside()")
        assert stored(page, "test-aside") is None


def test_what_is_not_let_through_is_put_aside_and_the_rest_is_used(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    text = '{"version":2,"value":{"words":{"good":"1","bad":[2]},"__proto__":{"x":1}}}'
    page.evaluate("(text) => localStorage.setItem('test', text)", text)
    page.evaluate(PREPARE)
    assert words(page) == {"good": "1"}
    assert page.evaluate("({}).x") is None
    assert stored(page, "test-aside") == text
    assert stored(page) == '{"version":2,"value":{"words":{"good":"1"}}}'


def test_without_room_to_put_it_aside_nothing_is_stored_over_it(window: OpenWindow) -> None:
    page = window(before=FULL).open(PLAIN)
    page.evaluate("""() => {
      localStorage.setItem("test", "precious");
      Storage.prototype.removeItem = () => {};
      window.isFull = true;
    }""")
    page.evaluate(PREPARE)
    assert page.evaluate("store.outcome") == {"kept": False, "reason": "full"}
    assert say(page, "a", "1") == {"kept": False, "reason": "full"}
    assert (words(page), stored(page)) == ({"a": "1"}, "precious")


def test_a_record_of_an_earlier_version_is_brought_along(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    page.evaluate("""localStorage.setItem("test", '{"version": 1, "value": {"word": "x"}}')""")
    page.evaluate(PREPARE)
    assert words(page) == {"old": "x"}
    assert stored(page, "test-aside") is None


def test_a_record_of_a_later_version_is_left_alone(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    later = '{"version": 3, "value": "unknown"}'
    page.evaluate("(text) => localStorage.setItem('test', text)", later)
    page.evaluate(PREPARE)
    assert say(page, "a", "1") == {"kept": False, "reason": "newer"}
    assert (words(page), stored(page)) == ({"a": "1"}, later)


# --- files -------------------------------------------------------------------------------------

READ = """async ([content, size]) => {
  const { readJson } = await import("/assets/scripts/kept/files.js");
  const bytes = new Uint8Array(content);
  const file = new File([bytes, " ".repeat(size)], "answers.json");
  return readJson(file, (value) => (Object(value).kind === "test" ? value : null));
}"""


FILES = (
    (b'{"kind": "test"}', 0, {"value": {"kind": "test"}}),
    (b'\xef\xbb\xbf{"kind": "test"}', 0, {"value": {"kind": "test"}}),
    (b'{"kind": "other"}', 0, {"refused": "wrong"}),
    (b"null", 0, {"refused": "wrong"}),
    (b'{"kind": "test"', 0, {"refused": "damaged"}),
    (b"", 0, {"refused": "damaged"}),
    (b'{"kind": "te\xffst"}', 0, {"refused": "damaged"}),
    (b"[" * 100_000, 0, {"refused": "damaged"}),
    (b"PK\x03\x04\x00\x00", 0, {"refused": "damaged"}),
    (b'{"kind": "test"}', 5_000_000, {"refused": "large"}),
)


def test_a_file_is_read_or_refused_with_a_reason(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    for content, size, answer in FILES:
        assert page.evaluate(READ, [list(content), size]) == answer, content[:20]


NAME = """async (parts) => {
  const { fileName } = await import("/assets/scripts/kept/files.js");
  return fileName(parts, "json");
}"""
NAMES = (
    (["Tiltaksavtale", "med Søstre & Co. 2027"], "tiltaksavtale-med-søstre-co-2027.json"),
    (["../../etc/passwd\0\u202egnp.exe"], "etc-passwd-gnp-exe.json"),
    (["???", ""], "kunnskapsbanken.json"),
    (["a" * 200], "a" * 60 + ".json"),
)


def test_the_name_of_a_file_holds_letters_and_digits(window: OpenWindow) -> None:
    page = window().open(PLAIN)
    for parts, name in NAMES:
        assert page.evaluate(NAME, parts) == name
