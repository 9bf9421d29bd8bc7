"""The fields of a record put in the order of the format, by moving whole runs of lines.

Each field moves with the comments above it, and nothing is written anew.
"""

from __future__ import annotations

from typing import Any

import yaml

from casebook.languages import LOADER, Languages
from casebook.record.fields import FieldSpec, record_fields


def reorder(text: str, languages: Languages) -> str:
    """Return the text of a record with its fields in order; as it is where they cannot move."""
    root: Any = yaml.compose(text, Loader=LOADER)
    mover = _Mover(text.split("\n"), languages)
    if not mover.can_move(root):
        return text
    top = mover.end_of_header(_line(root.value[0][0]))
    moved = mover.group(root, top, len(mover.lines), record_fields())
    return "\n".join([*mover.lines[:top], *moved])


class _Mover:
    """Puts the fields of one text in order, by moving whole lines."""

    def __init__(self, lines: list[str], languages: Languages) -> None:
        self.lines = lines
        self._languages = languages

    def can_move(self, node: Any) -> bool:
        """Say whether each field of a group begins a line (after dashes, for the first)."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
            return False
        places = [(_line(key), key.start_mark.column) for key, _ in node.value]
        before = [self.lines[line][:column] for line, column in places]
        return (
            len({column for _, column in places}) == 1
            and not before[0].strip(" -")
            and not any(words.strip() for words in before[1:])
            and len({line for line, _ in places}) == len(places)
        )

    def end_of_header(self, first: int) -> int:
        """Return how many lines stay on top: comments that are parted from the first field."""
        for place in range(first - 1, -1, -1):
            line = self.lines[place].strip()
            if not line.startswith("#") or "yaml-language-server" in line:
                return place + 1
        return 0

    def group(self, node: Any, start: int, end: int, fields: tuple[FieldSpec, ...]) -> list[str]:
        """Return the lines from ``start`` to ``end``, which hold the group ``node``, in order."""
        if not self.can_move(node):
            return self.lines[start:end]
        column = node.value[0][0].start_mark.column
        own = [_line(key) for key, _ in node.value]
        ends = [
            self._end(value, line, upto, column)
            for (_, value), line, upto in zip(node.value, own, [*own[1:], end], strict=True)
        ]
        dash = self.lines[own[0]][:column]
        entries = []
        for (key, value), line, begin, upto in zip(
            node.value, own, [start, *ends], ends, strict=False
        ):
            spec = next((spec for spec in fields if spec.name == key.value), None)
            head = f"{' ' * column}{self.lines[line][column:]}"
            below = self._below(value, line + 1, upto, spec.fields if spec else ())
            above = self.lines[begin:line]
            entries.append((self._rank(key.value, fields), above, [head, *below]))
        entries.sort(key=lambda entry: entry[0])
        first = entries[0][2]
        first[0] = f"{dash}{first[0][column:]}"
        ordered = [line for _, above, lines in entries for line in (*above, *lines)]
        return [*ordered, *self.lines[ends[-1] : end]]

    def _below(self, value: Any, start: int, end: int, fields: tuple[FieldSpec, ...]) -> list[str]:
        """Return the lines below a field's own one, with the groups that it holds in order."""
        if _line(value) < start or getattr(value, "flow_style", True):
            return self.lines[start:end]
        if isinstance(value, yaml.MappingNode):
            return self.group(value, start, end, fields)
        result, done = [], start
        column = value.start_mark.column
        own = [self._dash(item, column) for item in value.value]
        for item, line, upto in zip(value.value, own, [*own[1:], end], strict=True):
            last = self._end(item, line, upto, column)
            result += [*self.lines[done:line], *self.group(item, line, last, fields)]
            done = last
        return [*result, *self.lines[done:end]]

    def _dash(self, item: Any, column: int) -> int:
        """Return the line of the dash before an item."""
        line = _line(item)
        while self.lines[line][column : column + 1] != "-":
            line -= 1
        return line

    def _end(self, value: Any, line: int, upto: int, column: int) -> int:
        """Return where the lines of a field end: comments that stand further in are its own."""
        end = self._last(value, line) + 1
        while end < upto:
            words = self.lines[end]
            if not words.strip() or len(words) - len(words.lstrip()) <= column:
                break
            end += 1
        return end

    def _last(self, node: Any, line: int) -> int:
        """Return the last line that holds something of ``node``, whose field stands on ``line``."""
        if isinstance(node, yaml.ScalarNode):
            return self._last_of_text(node, line)
        if node.flow_style:
            return int(node.end_mark.line)
        if isinstance(node, yaml.MappingNode):
            key, value = node.value[-1]
            return self._last(value, _line(key))
        return self._last(node.value[-1], max(line, _line(node.value[-1])))

    def _last_of_text(self, node: Any, line: int) -> int:
        start, end = node.start_mark, node.end_mark
        if end.index == start.index:  # nothing stands there
            return line
        last = int(end.line) if end.column else int(end.line) - 1
        if node.style in (">", "|") and "+" not in self.lines[int(start.line)][start.column :][:3]:
            last = min(last, len(self.lines) - 1)
            while last > line and not self.lines[last].strip():
                last -= 1
        return max(line, last)

    def _rank(self, key: str, fields: tuple[FieldSpec, ...]) -> int:
        names = [spec.name for spec in fields]
        if key in names:
            return names.index(key)
        if key in self._languages:
            return self._languages.codes.index(key)
        return len(names) + len(self._languages.codes)


def _line(node: Any) -> int:
    return int(node.start_mark.line)
