"""Records in one form: fields in the order of the format, and lines that are not too long.

A formatter that reads a file and writes it anew would lose what YAML does not count as content, or
keep it in the wrong place: a comment above a field belongs to that field and has to move with it,
which libraries that keep comments hang onto the field before.  So nothing is written anew here.
Whole runs of lines change places, each field with the comments above it, and only text that is
folded or too long is broken at other spaces.  Quotes, indentation, lists in brackets and text after
``|`` stay as their author wrote them.

Characters that can be put right in one way only (``casebook.letters.faults.mended``) are put right
before this, except for those that are written as escapes: they are changed here.

What comes out is read again.  If it did not hold the same values and the same comments, the file
would be left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from casebook.edit.ordering import reorder
from casebook.languages import LOADER, Languages
from casebook.letters import DIRECTIONS, JOINERS
from casebook.letters.faults import mended
from casebook.record.source import parse_text

WIDTH = 110
"""Greatest number of characters of a line, where it can be broken."""
_ROUNDS = 8
"""What is parted into lines may hold more that is too long; records are not as deep as this."""

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)
# A space between words; sources stay beside the word that they stand for, and no line begins like
# an item of a list.
_BREAK = re.compile(r"(?<=[^ \t]) (?=(?![-*+•] )[^ \t\[]|\[(?!@))")
_HEADER = re.compile(r">-?(?=[ \t]*(?:#.*)?$)")

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5})|.)", re.DOTALL)


def format_text(text: str, languages: Languages) -> str:
    """Return the text of a record in its form; the same text when it cannot be read as YAML."""
    text = _without_escapes(text)
    if not _values(text):
        return text
    formatted = text
    for step in (_break_lines, lambda words: reorder(words, languages)):
        changed = step(formatted)
        if _means_the_same(formatted, changed):
            formatted = changed
    return formatted


def _without_escapes(text: str) -> str:
    r"""Put characters right that double quotes hold as escapes (``\u00ad``)."""
    if "\\" not in text:
        return text
    try:
        scalars = list(_scalars(yaml.compose(text, Loader=LOADER)))
    except (yaml.YAMLError, ValueError, OverflowError):
        return text
    edits = []
    for node in scalars:
        if node.style == '"':
            start, end = node.start_mark.index, node.end_mark.index
            edits.append(_Edit(start, end, _ESCAPE.sub(_mended_escape, text[start:end])))
    return _applied(text, edits)


def _mended_escape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    character = chr(int(code, 16)) if code else ""
    if not character or character in JOINERS + DIRECTIONS:  # judged by their neighbours
        return match[0]
    plain = mended(character)
    return match[0] if plain == character else plain


def _means_the_same(before: str, after: str) -> bool:
    if before == after:
        return True
    return _values(before) == _values(after) and comments(before) == comments(after)


def _values(text: str) -> list[Any]:
    """Return what a record holds (in a list; an empty one when it cannot be read)."""
    document, problems = parse_text(text, "")
    return [document.plain()] if document is not None and not problems else []


def comments(text: str) -> list[str]:
    """Return the comments of a text, sorted."""
    masked = list(text)
    for node in _scalars(yaml.compose(text, Loader=LOADER)):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in (">", "|"):
            start = text.find("\n", start)
        for place in range(max(start, 0), end):
            if masked[place] != "\n":
                masked[place] = "x"
    return sorted(match.group().rstrip() for match in _COMMENT.finditer("".join(masked)))


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


# --- lines that are too long ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put ``text`` in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def _break_lines(text: str) -> str:
    for _ in range(_ROUNDS):
        edits = [*_edits(text, yaml.compose(text, Loader=LOADER), None)]
        changed = _applied(text, edits)
        if not _means_the_same(text, changed):
            changed = text
            for edit in reversed(edits):  # from the end, so that the others keep their places
                tried = _applied(changed, [edit])
                changed = tried if _means_the_same(text, tried) else changed
        if changed == text:
            break
        text = changed
    return text


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edits(text: str, node: Any, column: int | None) -> Iterator[_Edit]:
    """Yield what to change below ``node``, which lies in a block that begins at ``column``.

    Without a column it is the record itself.
    """
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for key, value in node.value:
            yield from _edits(text, value, key.start_mark.column)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            dash = text.rfind("-", 0, item.start_mark.index)
            yield from _edits(text, item, dash - (text.rfind("\n", 0, dash) + 1))
    elif column is not None:
        edit = _folded(text, node, column) if isinstance(node, yaml.ScalarNode) else None
        if edit is None and not isinstance(node, yaml.ScalarNode):
            edit = _parted(text, node, column)
        if edit is not None and text[edit.start : edit.end] != edit.text:
            yield edit


def _folded(text: str, node: Any, column: int) -> _Edit | None:
    """Break a text at other spaces: one that is folded already, or one that is too long."""
    if node.style == "|":
        return None
    if node.style == ">":
        return _folded_anew(text, node, column)
    start, end = node.start_mark.index, node.end_mark.index
    end_of_line = _end_of_line(text, start)
    if end_of_line - _start_of_line(text, start) <= WIDTH and end <= end_of_line:
        return None
    lines = fold(node.value, column + 2)
    after = _rest_of_line(text, end)
    if lines is None or len(lines) < 2 or node.value.endswith("\n") or after is None:
        return None
    return _Edit(start, end + len(after), "\n".join([f">-{after.rstrip()}", *lines]))


def _folded_anew(text: str, node: Any, column: int) -> _Edit | None:
    start, end = node.start_mark.index, node.end_mark.index
    end_of_line = _end_of_line(text, start)
    header = _HEADER.match(text, start, end_of_line)
    if header is None:  # ">+" or an indentation that is told: left to its author
        return None
    body = text[end_of_line:end].rstrip("\n ")
    lines = fold(node.value, column + 2)
    if lines is None or (header.group() == ">") is not node.value.endswith("\n"):
        return None
    return _Edit(end_of_line, end_of_line + len(body), "".join(f"\n{line}" for line in lines))


def _rest_of_line(text: str, index: int) -> str | None:
    """Return what stands behind a value on its line: nothing or a comment; None for all else."""
    after = text[index : _end_of_line(text, index)]
    return after if not after.strip() or after.strip().startswith("#") else None


def fold(value: str, indentation: int) -> list[str] | None:
    """Return the lines of a folded text, or None when it would not be the same text."""
    body = value.removesuffix("\n")
    paragraphs = body.split("\n")
    if not body or any(words != words.strip(" \t") for words in paragraphs):
        return None
    if not (paragraphs[0] and paragraphs[-1]):
        return None
    lines: list[str] = []
    for place, words in enumerate(paragraphs):
        if place:
            lines.append("")
        if words:
            lines += [f"{' ' * indentation}{line}" for line in _wrap(words, WIDTH - indentation)]
    return lines


def _wrap(words: str, width: int) -> Iterator[str]:
    """Yield lines of at most ``width``; what has no space to break at may be longer."""
    line = ""
    for part in _BREAK.split(words):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _parted(text: str, node: Any, column: int) -> _Edit | None:
    """Give each part of a list or group in brackets a line, when they do not fit on one."""
    start, end = node.start_mark.index, node.end_mark.index
    begin = _start_of_line(text, start)
    after = _rest_of_line(text, end)
    parts = [_part(text, entry) for entry in node.value]
    longest = max(map(len, text[begin:end].split("\n")))
    if longest <= WIDTH or not parts or after is None or any("\n" in part for part in parts):
        return None
    group = isinstance(node, yaml.MappingNode)
    lines = [f"{' ' * (column + 2)}{'' if group else '- '}{part}" for part in parts]
    if not text[begin:start].rstrip(" ").endswith("-"):
        before = len(text[:start]) - len(text[:start].rstrip(" "))
        return _Edit(start - before, end + len(after), "\n".join([after.rstrip(), *lines]))
    if not group or after.strip():
        return None
    return _Edit(start, end + len(after), "\n".join([lines[0].lstrip(), *lines[1:]]))


def _part(text: str, entry: Any) -> str:
    if isinstance(entry, tuple):
        key, value = entry
        return text[key.start_mark.index : max(value.end_mark.index, key.end_mark.index)]
    return text[entry.start_mark.index : entry.end_mark.index]


def _start_of_line(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _end_of_line(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found
