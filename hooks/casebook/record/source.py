"""From the bytes of a file to a tree of raw scalars with positions.

Scalars stay text: what they mean is decided by the field that holds them, so ``no``, ``010`` and
``12:30`` never change on the way.  Only the plain part of YAML is let in (mappings, lists, text);
what could surprise a reader or a program (anchors, tags, duplicate keys, several documents, tabs)
is a problem with its position.
"""

from __future__ import annotations

import errno
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casebook.letters.faults import faults
from casebook.problem import Problem
from casebook.record.mistakes import cause, conflict, cut_text
from casebook.record.structure import folded_list

MAX_BYTES = 256 * 1024
"""A record larger than this is a mistake or an attack; the longest real one is a tenth of it."""
MAX_DEPTH = 16
"""Deepest nesting; records use six levels."""
MAX_ITEMS = 200
"""Longest list; a closest match is looked for where an item names what does not exist."""

# libyaml's parser when PyYAML was built with it (its wheels are): about ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What no parser of YAML reads, and line breaks that editors do not count as such (they would put
# every later line number out).
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_TOLD_IN_THE_HINT = {errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.EPERM}
_TAB_INDENTATION = re.compile(r"^ *\t[ \t]*(?=[^ \t\n])", re.MULTILINE)


class Position(NamedTuple):
    """A place in a file: line and column from 1, ``index`` in characters from 0."""

    line: int
    column: int
    index: int  # type: ignore[assignment]  # nobody asks a place where in it something stands


@dataclass(slots=True)
class Scalar:
    """A piece of text.  ``empty`` is True where nothing at all stands (``key:``)."""

    text: str
    empty: bool
    start: Position
    end: int


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    start: Position
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their positions, and the nodes they hold."""

    start: Position
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
Step = str | int
"""One step into a tree: a key or the place in a list."""


@dataclass(slots=True)
class Document:
    """A file that could be read: its path as named, its text, and its tree."""

    path: str
    text: str
    root: Mapping

    def plain(self) -> dict[str, Any]:
        """Return the tree as dicts, lists and strings; None where a value was left empty."""
        return _plain_mapping(self.root)

    def node(self, steps: tuple[Step, ...]) -> Node | None:
        """Return the node at ``steps``, or None when there is none."""
        node: Node | None = self.root
        for step in steps:
            if isinstance(node, Mapping) and isinstance(step, str):
                node = node.entries.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def position(self, steps: tuple[Step, ...]) -> Position:
        """Return where ``steps`` lead: the key where there is one, else the closest thing above.

        A problem with something that is missing is so reported at the mapping that lacks it.
        """
        for length in range(len(steps), 0, -1):
            above, last = self.node(steps[: length - 1]), steps[length - 1]
            if isinstance(above, Mapping) and isinstance(last, str) and last in above.keys:
                return above.keys[last]
            node = self.node(steps[:length])
            if node is not None:
                return node.start
        return self.root.start

    def value_position(self, steps: tuple[Step, ...]) -> Position:
        """Return where the value at ``steps`` starts (the key, when the value is missing).

        Where a short form stands for a mapping (``status: active``), the steps lead past it and
        the short form's own place is returned.
        """
        for length in range(len(steps), 0, -1):
            node = self.node(steps[:length])
            if isinstance(node, Scalar) and not node.empty:
                return node.start
            if node is not None:
                break
        return self.position(steps)

    def find(self, steps: tuple[Step, ...], words: str, skip: int = 0) -> Position:
        """Return where ``words`` stand inside the scalar at ``steps``, else where it starts.

        Lines of the file may break between them.  ``skip`` is how many times they stand before.
        """
        node = self.node(steps)
        if isinstance(node, Scalar):
            found = loosely(words).finditer(self.text, node.start.index, node.end)
            match = next(islice(found, skip, None), None)
            if match is not None:
                return position_at(self.text, match.start())
        return self.value_position(steps)

    def problem(self, index: int, rule: str, **details: Any) -> Problem:
        """Return a problem of ``rule`` at the character ``index`` of the file."""
        where = position_at(self.text, index)
        return Problem.make(self.path, where.line, where.column, rule, **details)


def loosely(words: str) -> re.Pattern[str]:
    """Return an expression for words with any space between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def position_at(text: str, index: int) -> Position:
    """Return line and column of the character at ``index``."""
    before = text[:index]
    return Position(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1, index)


def _plain_mapping(node: Mapping) -> dict[str, Any]:
    entries = node.entries.items()
    return {key: _plain(value) for key, value in entries if key[:1] != "\0"}


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Mapping):
        return _plain_mapping(node)
    return [_plain(item) for item in node.items]


def read(file: Path, name: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read a file; ``name`` is how problems call it (its path by default).

    Never raises for what the file holds: everything wrong comes back as problems, and the document
    is None when there is no tree to go on with.  A file that cannot be opened is a problem too.
    """
    path = name if name is not None else file.as_posix()
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for without an end
            return None, [unreadable(path)]
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [unreadable(path, error)]
    return parse(data, path)


def unreadable(path: str, error: OSError | None = None) -> Problem:
    """Return the problem of a file or folder that cannot be opened.

    What the hint tells of is not said once more in the system's own words.
    """
    told = error is not None and error.errno not in _TOLD_IN_THE_HINT
    reason = f" ({error.strerror})" if told and error is not None and error.strerror else ""
    return Problem.make(path, 1, 1, "unreadable", reason=reason)


def parse(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """Turn the bytes of a file into a document; the rules are those of ``read``."""
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    document, found = parse_text(text, path)
    return document, [*problems, *found]


def parse_text(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """Turn the text of a file into a document."""
    between = conflict(text)
    if between is not None:  # the rest would only be more of the same
        where = position_at(text, between)
        return None, [Problem.make(path, where.line, where.column, "conflict")]
    builder = _Builder(path, text)
    try:
        builder.take_all(iter(_LOADER(text).get_event, None))
    except _TooMuchError:
        return None, builder.problems
    except yaml.MarkedYAMLError as error:
        found = _syntax_problem(error, text, path)
        told = any(problem.line == found.line for problem in builder.problems)
        return None, [*builder.problems, *([] if told else [found])]
    except (yaml.YAMLError, ValueError, OverflowError):  # the last two: escapes of no character
        return None, [*builder.problems, Problem.make(path, 1, 1, "syntax")]
    root = builder.root
    if isinstance(root, Mapping):
        return Document(path, text, root), builder.problems
    if not builder.problems:
        empty = root is None or (isinstance(root, Scalar) and root.empty)
        builder.problems.append(Problem.make(path, 1, 1, "empty-file" if empty else "not-a-record"))
    return None, builder.problems


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file with plain line ends, and what may not stand in it.

    The text is None when nothing more can be read from it.
    """
    text, problems = text_of(data, path)
    if text is None:
        return None, problems
    tabs = list(_tabs(text, path))
    broken = tabs or _UNREADABLE.search(text)
    return (None if broken else text), [*_letters(text, path), *tabs]


def text_of(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file with plain line ends, whatever stands in it.

    The text is None when the file is too large, or is no UTF-8.
    """
    if len(data) > MAX_BYTES:
        return None, [Problem.make(path, 1, 1, "too-large", limit=MAX_BYTES // 1024)]
    try:
        return _plain_line_ends(data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", errors="replace")
        before = _plain_line_ends(before)
        where = position_at(before, len(before))
        return None, [Problem.make(path, where.line, where.column, "not-utf-8")]


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _letters(text: str, path: str) -> Iterator[Problem]:
    """Find every character that nobody would see, or not as it is meant."""
    line, start = 1, 0
    for fault in faults(text):
        line += text.count("\n", start, fault.start)
        start = fault.start
        column = start - text.rfind("\n", 0, start)
        yield Problem.make(path, line, column, fault.rule, **fault.details(text))
        if text[start] == "\0":  # no text at all: the rest would only be more of the same
            return


def _tabs(text: str, path: str) -> Iterator[Problem]:
    """Find tabs used to indent."""
    if "\t" not in text:
        return
    line = seen = 0
    for match in _TAB_INDENTATION.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield Problem.make(path, line + 1, match.group().index("\t") + 1, "tab")


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """Say in our words what the parser stumbled over."""
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    rule = "syntax"
    if "mapping values are not allowed" in said:
        rule = "syntax-colon"
    elif "quoted scalar" in said and ("escape" in said or "hexdecimal" in said):
        rule = "syntax-escape"
    elif "quoted scalar" in said and error.context_mark is not None:
        rule, mark = "syntax-quote", error.context_mark
    elif "cannot start any token" in said:
        rule = "syntax-character"
    elif "block mapping" in said or "block collection" in said or "could not find expected" in said:
        rule = "syntax-indentation"
    elif "flow" in said and error.context_mark is not None:
        rule, mark = "syntax-bracket", error.context_mark
    if mark is None:
        return Problem.make(path, 1, 1, rule)
    if rule in ("syntax", "syntax-colon", "syntax-character", "syntax-indentation"):
        found = cause(text, mark.line + 1)
        if found is not None:
            return Problem.make(path, found.line, found.column, found.rule, **found.details)
    lines = text.count("\n") + 1  # the parser may stand one past the last line
    return Problem.make(path, min(mark.line + 1, lines), mark.column + 1, rule)


class _TooMuchError(Exception):
    """A limit was passed: stop at once, the rest can only be more of the same."""


class _Builder:
    """Builds the tree from parser events, without recursion, and notes what is not let in."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._stack: list[Mapping | Sequence] = []
        self._pending: list[tuple[str, Position] | None] = []
        self._documents = 0

    def take_all(self, events: Iterable[Any]) -> None:  # Any: PyYAML's events are untyped
        """Take every event of a file.

        Most of the time that reading records takes is spent here, so the common cases stand first
        and call little.
        """
        for event in events:
            kind = type(event)
            if self._documents > 1:
                self._take(event)
            elif kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._note_anchor_and_tag(event)
                text, style, mark = event.value, event.style, event.start_mark
                if style == '"':
                    self._note_escaped(event)
                elif style == ">":
                    self._note_folded(event)
                elif not style and text:
                    self._note_cut(event.end_mark.index)
                start = Position(mark.line + 1, mark.column + 1, mark.index)
                self._add(Scalar(text, not text and not style, start, event.end_mark.index))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._stack.pop()
                self._pending.pop()
            else:
                self._take(event)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._problem(event, "several-documents")
        elif self._documents > 1:
            return
        elif isinstance(event, yaml.AliasEvent):
            self._problem(event, "alias", name=event.anchor)
            self._add(Scalar(f"*{event.anchor}", False, _start(event), _end(event)))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._note_anchor_and_tag(event)
            mapping = isinstance(event, yaml.MappingStartEvent)
            node = Mapping(_start(event)) if mapping else Sequence(_start(event))
            self._add(node)
            self._stack.append(node)
            self._pending.append(None)
            if len(self._stack) > MAX_DEPTH:
                self._problem(event, "too-deep", limit=MAX_DEPTH)
                raise _TooMuchError

    def _add(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            if len(parent.items) > MAX_ITEMS:
                self._problem_at(node.start, "too-many-items", limit=MAX_ITEMS)
                raise _TooMuchError
            return
        pending = self._pending[-1]
        if pending is None:
            self._pending[-1] = self._key(node, parent)
            return
        key, where = pending
        self._pending[-1] = None
        if key in parent.entries:
            first = parent.keys[key].line
            self._problem_at(where, "duplicate-key", key=key, first=first)
            return
        parent.entries[key] = node
        parent.keys[key] = where

    def _key(self, node: Node, parent: Mapping) -> tuple[str, Position]:
        """Return a key's text; one that is no text gets a name no field has."""
        if isinstance(node, Scalar):
            return node.text, node.start
        self._problem_at(node.start, "key-not-text")
        return f"\0{len(parent.entries)}", node.start

    def _note_anchor_and_tag(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(event, "anchor", name=event.anchor)
        if event.tag is not None:
            self._problem(event, "tag", tag=event.tag)

    def _note_escaped(self, event: Any) -> None:
        """Find characters that no record may hold, written as escapes (in double quotes only).

        Those that stand there themselves are told when the file is read.
        """
        raw = self.text[event.start_mark.index : event.end_mark.index]
        if "\\" not in raw:
            return
        value: str = event.value
        for fault in faults(value):
            if value[fault.start] not in raw:
                self._problem(event, fault.rule, **fault.details(value))

    def _note_folded(self, event: Any) -> None:
        """Find a list in a text whose lines are put together."""
        start = event.start_mark.index
        found = folded_list(self.text[start : event.end_mark.index])
        if found is not None:
            where = position_at(self.text, start + found.start)
            self._problem_at(where, found.rule, words=found.words)

    def _note_cut(self, end: int) -> None:
        """Find a text that goes on behind what YAML takes for the beginning of a comment."""
        found = cut_text(self.text, end) if self.text.find("#", end, end + 80) >= 0 else None
        if found is not None:
            self._problem_at(position_at(self.text, found[0]), "text-cut", words=found[1])

    def _problem(self, event: Any, rule: str, **details: Any) -> None:
        self._problem_at(_start(event), rule, **details)

    def _problem_at(self, where: Position, rule: str, **details: Any) -> None:
        self.problems.append(Problem.make(self.path, where.line, where.column, rule, **details))


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _start(event: Any) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1, mark.index)
