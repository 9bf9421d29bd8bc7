"""Markdown line by line: its blocks, each with its place in the file.

No HTML is made here.  The scanner knows as much of Markdown as our pages use: headings, lists with
tasks, tables, notes (``!!!``), definitions, footnotes and fenced code; all else is paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from casebook.handwritten.passage import Line, Passage

Kind = Literal["heading", "paragraph", "item", "cell", "note-title"]

_FENCE = re.compile(r" *(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_ID = re.compile(r"[ \t]*\{:?[ \t]*(?:[^{}]*[ \t])?#([\w-]+)[^{}]*\}[ \t]*$")
POINT = re.compile(r"[ \t]*\{#([^\s{}]+)((?:[ \t]+[a-z]+=[^\s{}]*)*)[ \t]*\}[ \t]*$")
"""At the end of an item that people fill in: its id, and settings such as ``from=parties``."""
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])([ \t]+)(\[[ xX]\][ \t]+)?")
_DEFINITION = re.compile(r"( {0,3}):([ \t]+)")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]]+\]:[ \t]*")
_NOTE = re.compile(r"( *)(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*(?:\"(.*)\")?[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_INSTRUCTION = re.compile(r" {0,3}\{[ \t]*[a-z]+[ \t]*:.*\}[ \t]*$")
_DELIMITER = re.compile(r" *\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Block:
    """A heading, a paragraph, an item's text or a table's cell.

    ``unit`` is shared by the paragraphs of one item and the cells of one row, ``group`` by the
    items of one list and the rows of one table (0: neither), ``note`` by what stands in one note
    (0: none).  ``level`` is that of a heading; ``id`` is the anchor that a heading or an item was
    given, and ``settings`` what an item says beside it.  ``row`` counts a table's rows from 0, the
    header.
    """

    kind: Kind
    passage: Passage
    unit: int
    group: int = 0
    note: int = 0
    level: int = 0
    id: str = ""
    row: int = -1
    task: bool = False
    ordered: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where in the file its text starts."""
        return self.passage.at(0)


@dataclass(slots=True)
class Scan:
    """What was found: blocks in order, and places that look like tables but are none."""

    blocks: list[Block]
    loose_rows: list[int]
    """Where rows with pipes start that no line of dashes makes a table."""


def scan(lines: Sequence[Line]) -> Scan:
    """Return the blocks of Markdown ``lines``."""
    scanner = _Scanner(lines)
    scanner.run()
    return Scan(scanner.blocks, scanner.loose_rows)


@dataclass(slots=True)
class _Item:
    """An item that is open: how deep its marker and its text are indented."""

    marker: int
    content: int
    unit: int
    group: int


class _Scanner:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.blocks: list[Block] = []
        self.loose_rows: list[int] = []
        self._lines = lines
        self._count = 0
        self._open: list[Line] = []
        self._template: Block | None = None
        self._items: list[_Item] = []
        self._notes: list[tuple[int, int]] = []  # how deep its content is indented, number
        self._blank = True

    def run(self) -> None:
        fence = ""
        at = 0
        while at < len(self._lines):
            offset, line = self._lines[at]
            at += 1
            match = _FENCE.match(line)
            if fence:
                if match is not None and match.group(1).startswith(fence):
                    fence = ""
                continue
            if match is not None:
                self._close()
                fence = match.group(1)
                continue
            if not line.strip() or _INSTRUCTION.match(line):  # such as {chart: …}: no text
                self._close()
                self._blank = True
                continue
            indent = len(line) - len(line.lstrip(" "))
            self._leave_notes(indent)
            at += self._take(at - 1, offset, line, indent)
            self._blank = False
        self._close()

    def _take(self, at: int, offset: int, line: str, indent: int) -> int:
        """Take a line that is not blank; return how many further lines were taken with it."""
        if (note := _NOTE.match(line)) is not None:
            self._close()
            self._items.clear()
            self._count += 1
            self._notes.append((indent + 4, self._count))
            if note.group(2):
                passage = Passage.of([(offset + note.start(2), note.group(2))])
                self._add(Block("note-title", passage, self._new(), note=self._note()))
            return 0
        depth = self._notes[-1][0] if self._notes else 0
        inner = line[depth:]
        offset += depth
        if (heading := _HEADING.match(inner)) is not None:
            self._heading(offset, heading)
        elif "|" in inner and (rows := self._table(at, depth)):
            return rows - 1
        elif _RULE.fullmatch(inner) and not self._open:
            self._items.clear()
        elif (item := _ITEM.match(inner)) is not None and self._may_start_item(item):
            self._item(offset, inner, item)
        elif (definition := _DEFINITION.match(inner)) is not None:
            self._close()
            unit = self._new()
            self._items = [_Item(0, 4, unit, 0)]
            self._begin(offset, inner, definition.end(), Block("item", _EMPTY, unit))
        elif (footnote := _FOOTNOTE.match(inner)) is not None:
            self._close()
            self._items.clear()
            self._begin(offset, inner, footnote.end(), Block("paragraph", _EMPTY, self._new()))
        elif self._template is not None:
            self._open.append((offset + indent - depth, inner.lstrip(" ")))
        else:
            self._paragraph(offset, inner)
        return 0

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _note(self) -> int:
        return self._notes[-1][1] if self._notes else 0

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _close(self) -> None:
        if self._template is not None:
            if self._template.kind == "item":
                self._take_point(self._template)
            self._template.passage = Passage.of(self._open)
            if self._template.kind == "paragraph" and self._open[0][1].startswith("|"):
                self.loose_rows.append(self._open[0][0])
            self._add(self._template)
        self._template = None
        self._open = []

    def _take_point(self, item: Block) -> None:
        """Take the id and the settings off the end of an item's text."""
        offset, line = self._open[-1]
        if (match := POINT.search(line)) is not None:
            item.id, item.settings = match.group(1), settings_of(match.group(2))
            self._open[-1] = offset, line[: match.start()]

    def _begin(self, offset: int, line: str, start: int, block: Block) -> None:
        block.note = self._note()
        self._template = block
        self._open = [(offset + start, line[start:])]

    def _leave_notes(self, indent: int) -> None:
        while self._notes and indent < self._notes[-1][0]:
            if self._blank or self._template is None:
                self._close()
                self._notes.pop()
                self._items.clear()
            else:
                break  # a lazy continuation of the note's last paragraph

    def _heading(self, offset: int, match: re.Match[str]) -> None:
        self._close()
        self._items.clear()
        text = match.group(2)
        named = _ID.search(text)
        words = text[: named.start()] if named else text
        self._add(
            Block(
                "heading",
                Passage.of([(offset + match.start(2), words)]),
                self._new(),
                note=self._note(),
                level=len(match.group(1)),
                id=named.group(1) if named else "",
            )
        )

    def _may_start_item(self, match: re.Match[str]) -> bool:
        """A number that a paragraph happens to break a line before is no list."""
        if self._template is None or self._template.kind == "item":
            return True
        return match.group(2) in "-*+"

    def _item(self, offset: int, line: str, match: re.Match[str]) -> None:
        self._close()
        marker, group = len(match.group(1)), 0
        while self._items and marker <= self._items[-1].marker:
            last = self._items.pop()
            if marker == last.marker:
                group = last.group  # the next item of the same list
        ordered = match.group(2) not in "-*+"
        group = group or self._new()
        unit = self._new()
        width = len(match.group(2)) + len(match.group(3))
        self._items.append(_Item(marker, marker + width, unit, group))
        task = match.group(4) is not None
        block = Block("item", _EMPTY, unit, group, ordered=ordered, task=task)
        block.level = len(self._items)
        self._begin(offset, line, match.end(), block)

    def _paragraph(self, offset: int, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        while self._items and indent < min(self._items[-1].content, self._items[-1].marker + 2):
            self._items.pop()
        if self._items:
            inside = self._items[-1]
            block = Block("paragraph", _EMPTY, inside.unit, inside.group)
        else:
            block = Block("paragraph", _EMPTY, self._new())
        self._begin(offset, line, indent, block)

    def _table(self, at: int, depth: int) -> int:
        """Take the table that starts at line ``at``; return its number of lines, or 0."""
        if at + 1 >= len(self._lines) or self._template is not None:
            return 0
        delimiter = self._lines[at + 1][1]
        if "|" not in delimiter or _DELIMITER.fullmatch(delimiter[depth:]) is None:
            return 0
        self._items.clear()
        group = self._new()
        end = at
        while end < len(self._lines) and self._lines[end][1].strip():
            if end != at + 1:
                offset, line = self._lines[end]
                row = end - at - (1 if end > at else 0)
                self._row(offset, line, group, row)
            end += 1
        return end - at

    def _row(self, offset: int, line: str, group: int, row: int) -> None:
        unit = self._new()
        for start, text in _cells(line):
            passage = Passage.of([(offset + start, text)])
            self._add(Block("cell", passage, unit, group, note=self._note(), row=row))


def settings_of(text: str) -> dict[str, str]:
    """Return what stands after an item's id: ``a=b c=d``."""
    return dict(part.split("=", 1) for part in text.split())


def _cells(line: str) -> Iterator[tuple[int, str]]:
    """Yield where each cell of a row starts, and its text."""
    bars = [match.start() for match in _PIPE.finditer(line)]
    edges = [-1, *bars, len(line)]
    stripped = line.strip()
    if stripped.startswith("|"):
        edges = edges[1:]
    if stripped.endswith("|") and len(edges) > 2:
        edges = edges[:-1]
    for before, after in pairwise(edges):
        text = line[before + 1 : after]
        start = before + 1 + len(text) - len(text.lstrip())
        yield start, text.strip()


_EMPTY = Passage("", ((0, 0),))
