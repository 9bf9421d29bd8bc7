"""Nothing takes long: what costs more than ordinary text does not grow with its square.

What things cost is compared with ordinary text on the same machine in the same run, never with a
clock.  ``make growth`` tries each kind of field with every shape, ``make fuzz`` any input.
"""

from collections.abc import Iterator

import pytest
from casebook.record.fields import every_field
from casebook.search.compounds import Splitter
from fuzz.growth import (
    MOST_TIMES,
    base,
    cost,
    dumped,
    filled,
    grown_lists,
    kinds,
    leaves,
)
from fuzz.shapes import ORDINARY, UNITS, Shape, staircase
from fuzz.ways import PAPERS, Pages, Records
from playwright.sync_api import Page

LENGTH = 4_000
SHARE = 5
"""One shape in so many is tried here."""
PROSE = ("goal", "participants", "about", "organisation", "economy", "hard_parts")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The way of a record."""
    return Records(tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The way of a page."""
    return Pages(tmp_path_factory.mktemp("pages"))


def test_every_field_of_the_format_can_grow(records: Records) -> None:
    """A new field is met by itself: fields come from the schema, and each kind is tried."""
    tree = base()
    assert not records.check(dumped(tree))[1]
    for spec in leaves():
        changed = filled(tree, spec, "Noe annet enn før")
        assert changed != tree, spec.path
        _, problems = records.check(dumped(changed))
        assert all(one.rule != "unknown-key" for one in problems), spec.path
    assert {spec.form for spec in kinds()} == {spec.form for spec in every_field()} - {
        "group",
        "languages",
    }


def texts() -> Iterator[list[Shape]]:
    """Some of the shapes, as many at a time as a record has pieces of prose."""
    some = UNITS[::SHARE]
    for start in range(0, len(some), len(PROSE)):
        yield list(some[start : start + len(PROSE)])


def test_no_shape_costs_much_more_in_prose_than_ordinary_text(records: Records) -> None:
    specs = [spec for spec in leaves() if spec.path in PROSE]
    assert len(specs) == len(PROSE)
    plain = base()
    for spec in specs:
        plain = filled(plain, spec, ORDINARY.text(LENGTH))
    ordinary = cost(lambda: records(dumped(plain)))
    for shapes in texts():
        tree = plain
        for spec, shape in zip(specs, shapes, strict=False):
            tried = filled(tree, spec, shape.text(LENGTH))
            if not records.check(dumped(tried))[1]:  # one that is refused would hide the others
                tree = tried
        data = dumped(tree)
        assert cost(lambda data=data: records(data), 1) < ordinary * MOST_TIMES, shapes  # type: ignore[misc]


def test_no_list_costs_more_than_it_is_long(records: Records) -> None:
    assert [one for one in grown_lists(records) if one.fault] == []


FOUND = (
    Shape(" ", "a", "b"),  # 43 seconds for 16,000: two runs of blanks beside each other
    Shape("\t", "a", "b"),
    Shape("1"),  # three seconds: every digit might begin a span of years
    Shape("a", "#"),  # two seconds: every letter might begin the last words of a title
)
"""What has been slow on a page."""


@pytest.mark.parametrize("shape", FOUND, ids=str)
def test_what_was_slow_on_a_page_is_not_any_more(pages: Pages, shape: Shape) -> None:
    ordinary = cost(lambda: pages("\n\n".join([ORDINARY.text(600)] * 53), PAPERS[1]))
    assert cost(lambda: pages(shape.text(32_000), PAPERS[1]), 1) < ordinary * MOST_TIMES


def test_words_that_are_parts_of_each_other_are_taken_apart_once() -> None:
    """Half a minute, when all ways to part each of a hundred and fifty such words were tried."""
    words = staircase(12_000).split()
    tried = 0

    def is_part(word: str) -> bool:
        nonlocal tried
        tried += 1
        return set(word) == {"a"}

    splitter = Splitter(is_part, ("", "s"))
    assert splitter.parts("a" * 10) == ("aaa", "aaaaaaa")
    for word in words:
        splitter.parts(word)
    assert tried < 400_000


# --- in the browser ----------------------------------------------------------------------------

_SHOWN = """async (texts) => {
  const { present } = await import("/assets/scripts/search/excerpt.js");
  return texts.map((content) => {
    const start = performance.now();
    const { excerpt } = present({ content, meta: {}, url: "/a/" }, new Set([0, 1]));
    return { excerpt, milliseconds: performance.now() - start };
  });
}"""


def test_a_word_with_thousands_of_signs_is_shown_as_fast_as_others(modules: Page) -> None:
    """Twelve seconds, when each sign might have been where the word ends."""
    texts = [ORDINARY.text(12_000), f"Kurs{'>,•|' * 3_000}a.", "«Kurs», – ...", "..."]
    ordinary, signs, *short = modules.evaluate(_SHOWN, texts)
    assert signs["milliseconds"] < 50 * max(ordinary["milliseconds"], 1)
    assert [one["excerpt"] for one in short] == [
        "<mark>«Kurs»,</mark> <mark>–</mark> ...",
        "",  # signs alone are no sentence
    ]


_WRITTEN = """async (pairs) => {
  const { Words } = await import("/assets/scripts/search/words.js");
  const rules = {
    pages: 1, partial: false, names: [], files: [], stop: [], joints: [], phrases: {}, endings: [],
    respellings: [], inhabitants: { words: [], limits: [], sizes: [] },
    places: { words: [], before: [], end: "" },
    folds: { "å": ["aa", "a"], "ø": ["oe", "o"], "æ": ["ae", "a"] },
  };
  const words = new Words("http://site.example/", rules);
  return pairs.map(([written, meant]) => words.isWritten(written, meant));
}"""


def test_a_word_without_its_letters_is_known_however_many_ways_there_are(modules: Page) -> None:
    """Fifty å may be written in a million billion ways: each place is tried once."""
    told = modules.evaluate(
        _WRITTEN,
        [
            ["aa" * 30 + "x", "å" * 50],
            ["a" * 70, "å" * 50],
            ["blaabaer", "blåbær"],
            ["blabar", "blåbær"],
            ["blåbaer", "blabær"],
            ["bløbær", "blåbær"],
            ["bl", "blå"],
            ["", ""],
        ],
    )
    assert told == [False, True, True, True, True, False, False, True]
