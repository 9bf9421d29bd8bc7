"""Lines in hand-written pages that ask for a figure: ``{chart: bars, label: 1, value: 2}``.

Such a line stands right above a table; the figure is drawn from that table and from nothing else,
so that no number is ever typed twice.  Columns are numbered from 1, which makes the line the same
in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook.problem import Problem
from casebook.record.model import closest

_WORD = "chart"
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bars": (("value",), ("label", "group", "top")),
    "path": (("value",), ("label", "total")),
    "timeline": ((), ("label",)),
}
"""Kind of figure -> the options it needs, and those it may have."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BRACES = re.compile(r"\{\s*([A-Za-z][\w-]*)\b(.*)\}\s*$")
_ARGUMENTS = re.compile(r"\s*:\s*([\w-]+)\s*((?:,\s*[\w-]+\s*:\s*\d+\s*)*)$")
_OPTION = re.compile(r"([\w-]+)\s*:\s*(\d+)")
MARKER = re.compile(r"<!--chart-(\d+)-->\s*(<table>.*?</table>)?", re.DOTALL)
"""In a page's HTML: where a figure was asked for (its place in the list), and the table below."""


@dataclass(frozen=True, slots=True)
class ChartLine:
    """What one line asks for; ``line`` and ``table`` are the lines of it and of the table."""

    path: str
    line: int
    table: int
    kind: str
    options: Mapping[str, int]

    def row_line(self, row: int) -> int:
        """Return the line of a row, counted from 0, below the table's heading and its rule."""
        return self.table + 2 + row


def take_chart_lines(
    markdown: str, path: str, before: int = 0
) -> tuple[str, list[ChartLine], list[Problem]]:
    """Take the lines that ask for a figure out of a page's Markdown.

    Args:
        markdown: The page without its front matter.
        path: How problems name the file.
        before: How many lines of the file stand above ``markdown``.

    Returns:
        The Markdown with a marker in place of each line that could be read (``MARKER`` finds it
        again when the page is HTML), what the lines ask for, and all that is wrong with them.
    """
    lines = markdown.split("\n")
    wanted: list[ChartLine] = []
    problems: list[Problem] = []
    for index in outside_code(lines):
        found = _BRACES.match(lines[index])
        if found is None:
            continue
        table = _table_below(lines, index)
        if found[1] != _WORD and table is None:
            continue  # something else in braces
        number = before + index + 1
        try:
            kind, options = _read(found)
            if table is None:
                raise fault("chart-no-table")
        except _LineError as refused:
            problems.append(Problem.make(path, number, 1, refused.rule, **refused.details))
            continue
        lines[index] = f"\n<!--chart-{len(wanted)}-->\n"
        wanted.append(ChartLine(path, number, before + table + 1, kind, options))
    return "\n".join(lines), wanted, problems


def outside_code(lines: list[str]) -> Iterator[int]:
    """Yield the index of every line that is not part of a block of code between fences."""
    fence = ""
    for index, text in enumerate(lines):
        found = _FENCE.match(text)
        if found is None:
            if not fence:
                yield index
        elif not fence or found[1].startswith(fence):
            fence = "" if fence else found[1]


def _table_below(lines: list[str], index: int) -> int | None:
    for below in range(index + 1, len(lines)):
        if lines[below].strip():
            return below if lines[below].startswith("|") else None
    return None


class _LineError(Exception):
    """A line cannot be read: the rule it breaks, and what the message needs to know."""

    def __init__(self, rule: str, details: dict[str, str]) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


def fault(rule: str, **details: str) -> _LineError:
    """Return what is wrong with a line, to be raised."""
    return _LineError(rule, details)


def _read(found: re.Match[str]) -> tuple[str, dict[str, int]]:
    """Return the kind and options that a line names, or raise _LineError."""
    word, rest = found.groups()
    if word != _WORD:
        raise fault("chart-word", value=word, closest=closest(word, [_WORD]))
    arguments = _ARGUMENTS.match(rest)
    if arguments is None:
        raise fault("chart-form", text=found[0].strip())
    kind, pairs = arguments[1], _OPTION.findall(arguments[2])
    if kind not in KINDS:
        near = closest(kind, KINDS)
        raise fault("chart-kind", value=kind, closest=near, allowed=", ".join(KINDS))
    options = {key: int(value) for key, value in pairs}
    if len(options) < len(pairs):
        raise fault("chart-form", text=found[0].strip())
    needed, possible = KINDS[kind]
    known = needed + possible
    for key in options:
        if key not in known:
            near, allowed = closest(key, known), ", ".join(known)
            raise fault("chart-option", key=key, kind=kind, closest=near, allowed=allowed)
    for key in needed:
        if key not in options:
            raise fault("chart-needs", key=key, kind=kind)
    return kind, options
