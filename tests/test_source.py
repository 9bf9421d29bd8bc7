"""From bytes to a tree: what a file means, and where in it everything is."""

import os
from pathlib import Path

import pytest
import yaml
from casebook.problem import Problem
from casebook.record import source
from casebook.record.source import (
    MAX_DEPTH,
    Document,
    Mapping,
    Position,
    Scalar,
    parse,
    position_at,
    read,
)
from support_casebook import GOLDEN


def tree(text: str | bytes) -> dict[str, object]:
    """What a file without problems holds."""
    return document(text).plain()


def document(text: str | bytes) -> Document:
    """A file without problems."""
    found, problems = parse(text.encode() if isinstance(text, str) else text, "case.yml")
    assert found is not None
    assert problems == []
    return found


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    """The rules that a file breaks, with line and column."""
    _, problems = parse(text.encode() if isinstance(text, str) else text, "case.yml")
    return [(problem.rule, problem.line, problem.column) for problem in problems]


def place(position: Position) -> tuple[int, int]:
    return position.line, position.column


# --- what a file means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "~", "null", "010", "0x1F", "1e3", "12:30", "2024-01-01", ".inf"]
)
def test_a_word_is_text_with_and_without_quotation_marks(word: str) -> None:
    assert tree(f"a: {word}\nb: '{word}'\n") == {"a": word, "b": word}


def test_nothing_at_all_is_none_and_quoted_nothing_is_empty_text() -> None:
    assert tree("a:\nb: ''\nc: [x, '']\nd: {e: }\n") == {
        "a": None,
        "b": "",
        "c": ["x", ""],
        "d": {"e": None},
    }


def test_folded_and_literal_text() -> None:
    text = "a: >-\n  one\n  line\n\n  two\nb: |-\n  one\n  line\n"
    assert tree(text) == {"a": "one line\ntwo", "b": "one\nline"}


def test_a_key_may_look_like_a_number_or_a_truth_value() -> None:
    assert tree("1: a\nno: b\n'': c\n") == {"1": "a", "no": "b", "": "c"}


def test_comments_and_directives_mean_nothing() -> None:
    assert tree("%YAML 1.1\n---\n# x\na: b # c\n...\n") == {"a": "b"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_mean_the_same(end: str) -> None:
    text = "a: b\nc: |-\n  d\n  e\n".replace("\n", end)
    assert tree(text) == {"a": "b", "c": "d\ne"}
    assert place(document(text).position(("c",))) == (2, 1)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    found = document(b"\xef\xbb\xbfa: b\n")
    assert found.plain() == {"a": "b"}
    assert place(found.value_position(("a",))) == (1, 4)


def test_tabs_may_stand_inside_a_line() -> None:
    assert tree("a:\tb\tc\n") == {"a": "b\tc"}


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("name", ["yaml-traps", "html-traps", "json", "bom-and-crlf", "figures"])
def test_both_parsers_of_pyyaml_read_the_same(
    name: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = GOLDEN / "valid" / f"{name}.yml"
    expected, _ = read(path)
    monkeypatch.setattr(source, "_LOADER", loader)
    assert read(path) == (expected, [])


# --- where things are --------------------------------------------------------------------------

RECORD = document(
    "# comment\n"
    "title: {nb: «Kafé», en: Café}\n"
    "places:\n"
    "  - asker\n"
    "  - oslo\n"
    "about:\n"
    "  nb: >-\n"
    "    første linje og\n"
    "    andre linje\n"
    "empty:\n"
)


def test_a_position_counts_characters_from_one() -> None:
    assert position_at("æ\nøå", 4) == Position(2, 3, 4)
    assert position_at("", 0) == Position(1, 1, 0)


def test_the_position_of_a_key_and_of_its_value() -> None:
    assert place(RECORD.position(("title", "en"))) == (2, 21)
    assert place(RECORD.value_position(("title", "en"))) == (2, 25)


def test_the_position_of_an_item() -> None:
    assert place(RECORD.position(("places", 1))) == (5, 5)


def test_what_is_missing_is_reported_where_it_should_be() -> None:
    assert place(RECORD.position(("title", "da"))) == (2, 1)
    assert place(RECORD.position(("places", 7))) == (3, 1)
    assert place(RECORD.position(("lead",))) == (2, 1)
    assert place(RECORD.value_position(("empty",))) == (10, 1)


def test_a_short_form_stands_for_the_fields_it_replaces() -> None:
    assert place(document("status: no\n").value_position(("status", "is"))) == (1, 9)


def test_words_are_found_inside_a_text_of_many_lines() -> None:
    assert place(RECORD.find(("about", "nb"), "andre")) == (9, 5)
    assert place(RECORD.find(("about", "nb"), "tredje")) == (7, 7)


def test_a_way_that_leads_nowhere_has_no_node() -> None:
    assert RECORD.node(("title", "da")) is None
    assert RECORD.node(("places", "asker")) is None
    assert RECORD.node(("title", 0)) is None
    assert RECORD.node(()) is RECORD.root
    assert isinstance(RECORD.node(("places", 0)), Scalar)
    assert isinstance(RECORD.node(("title",)), Mapping)


# --- what is not let in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n\tc: d\n", [("tab", 2, 1)]),
        ("a:\n  - b\n  \t- c\n", [("tab", 3, 3)]),
        ("æøå: \x00\n", [("control-character", 1, 6)]),
        (
            "a: b\nc: \u200bc \x7f\n",
            [("invisible-character", 2, 4), ("control-character", 2, 7)],
        ),
        ("a: \0\0\0b\0\n", [("control-character", 1, 4)]),
        (
            "a: \ufeff☕\nb: Of\ufb01s\n",
            [("invisible-character", 1, 4), ("emoji", 1, 5), ("character-for-print", 2, 6)],
        ),
        (
            'a: "\u00ad\\u00ad\\ufb01"\n',
            [("invisible-character", 1, 5), ("character-for-print", 1, 4)],
        ),
        ('a: "\\x07"\nb: "\\u4e2d \\t \\n \\xe5"\n', [("control-character", 1, 4)]),
        ('"\\0a": b\n', [("control-character", 1, 1)]),
        ('"\\u202ea": b\n', [("direction-override", 1, 1)]),
        ("a: &x b\n", [("anchor", 1, 4)]),
        ("a: {b: *x}\n", [("alias", 1, 8)]),
        ("a: !!int 3\n", [("tag", 1, 4)]),
        ("a: b\na: c\na: d\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
        ("a: [{b: c, b: d}]\n", [("duplicate-key", 1, 12)]),
        ("{a: b}: c\n", [("key-not-text", 1, 1)]),
        ("a: b\n--- \nc: d\n--- \n", [("several-documents", 2, 1)]),
        ("", [("empty-file", 1, 1)]),
        ("~\n", [("not-a-record", 1, 1)]),
        ("[a]\n", [("not-a-record", 1, 1)]),
        (b"a: \xff\n", [("not-utf-8", 1, 4)]),
        ("a: æ\n".encode() + b"b: \xe6\n", [("not-utf-8", 2, 4)]),
        (b"\xef\xbb\xbfa: \xff\n", [("not-utf-8", 1, 4)]),
        ('a: "\\ud800"\n', [("syntax-escape", 1, 7)]),
        ('a: "\\q"\n', [("syntax-escape", 1, 5)]),
    ],
)
def test_what_could_surprise_is_a_problem_with_its_place(
    text: str | bytes, expected: list[tuple[str, int, int]]
) -> None:
    assert places(text) == expected


def test_the_first_value_of_a_repeated_key_is_kept() -> None:
    found, problems = parse(b"a: b\na: c\n", "case.yml")
    assert found is not None
    assert found.plain() == {"a": "b"}
    assert problems == [Problem.make("case.yml", 2, 1, "duplicate-key", key="a", first=1)]


def test_a_key_that_is_no_text_does_not_hide_the_others() -> None:
    found, _ = parse(b"? [a]\n: b\nc: d\n", "case.yml")
    assert found is not None
    assert found.plain() == {"c": "d"}


def test_levels_are_counted() -> None:
    deepest = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert places(f"a: {deepest}\n") == []
    assert places(f"a: [{deepest}]\n") == [("too-deep", 1, 3 + MAX_DEPTH)]


@pytest.mark.parametrize(
    "text", ["[" * 250_000, "{" * 250_000, "- " * 120_000, "? " * 120_000, "a: " * 80_000]
)
def test_nesting_that_never_ends_is_given_up_at_once(text: str) -> None:
    """Going all the way down would end in a RecursionError, or take hours."""
    assert 1 <= len(places(text)) <= MAX_DEPTH + 1


@pytest.mark.parametrize("escape", [r"\ud800", r"\UFFFFFFFF", r"\U00110000"])
def test_escapes_of_no_character_are_a_problem_to_the_slow_parser_too(
    escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_LOADER", yaml.SafeLoader)
    found, problems = parse(f'a: "{escape}"\n'.encode(), "case.yml")
    assert [problem.line for problem in problems] == [1]
    assert found is None or problems[0].rule == "unassigned-character"


# --- files -------------------------------------------------------------------------------------


def test_a_file_is_named_as_its_path_unless_told_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "case.yml"
    file.write_text("a: b\n")
    for name in (None, "cases/case.yml"):
        found, _ = read(file, name)
        assert found is not None
        assert found.path == (name or file.as_posix())


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yml"
    os.mkfifo(pipe)  # nobody will ever write to it
    for path in (tmp_path / "missing.yml", tmp_path, pipe):
        found, problems = read(path, "case.yml")
        assert found is None
        assert [problem.rule for problem in problems] == ["unreadable"]
        assert dict(problems[0].details)["reason"] == "", (
            "the hint says it in the reader's language"
        )


def test_what_the_system_says_of_a_file_is_told_where_no_hint_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "case.yml"
    file.write_text("a: b\n")

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    _, (problem,) = read(file, "case.yml")
    assert dict(problem.details)["reason"] == " (Input/output error)"


def test_marks_of_a_conflict_are_told_before_anything_else() -> None:
    text = "a:\n  <<<<<<< HEAD\n  b: 1\n  =======\n  b: 2\n  >>>>>>> other\n"
    assert places(text) == [("conflict", 2, 3)]
    assert places("a: |\n  <<<<<<<x\n  =======\n") == []
