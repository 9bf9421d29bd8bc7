"""Texts that would keep what reads Markdown busy for minutes, or make it give up.

For each bracket without an end Markdown looks through the rest of the paragraph, for each line
through the rest of the block, and each list within a list calls itself.  People write nothing that
comes near these limits: the longest page of this site is a seventh of the work.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_WORK = 3_000_000
"""Brackets and the like, times the length of their paragraph: about half a second."""
MOST_WORK_OF_PROSE = MOST_WORK // 10
"""A case has a dozen pieces of prose."""
MOST_LINES = 1_000_000
"""The square of the lines of a block: 1,000 lines without a blank one."""
MOST_NESTING = 80
"""How far in a line may begin, with signs of lists and quotations."""
MOST_ABBREVIATIONS = 300
MOST_EMPHASIS = 80
"""Signs of emphasis in a row: each two of them are one element within another."""

_BLANK = re.compile(r"\n[ \t]*\n")
_NESTED = re.compile(r"^(?:[ \t]|[-*+:](?=[ \t])|>|\d{1,9}[.)](?=[ \t]))+", re.MULTILINE)
_EMPHASIS = re.compile(rf"[*_]{{{MOST_EMPHASIS + 1}}}")
_ABBREVIATION = re.compile(r"^[ \t]*\*\[", re.MULTILINE)


class Hard(NamedTuple):
    """Where a text becomes too hard, and the rule that it breaks."""

    start: int
    rule: str


def too_hard(text: str, most_work: int = MOST_WORK) -> Hard | None:
    """Return what makes ``text`` too hard for Markdown, None when nothing does."""
    for match in _NESTED.finditer(text):
        if match.end() - match.start() > MOST_NESTING:
            return Hard(match.start(), "too-nested")
    emphasis = _EMPHASIS.search(text)
    if emphasis is not None:
        return Hard(emphasis.start(), "too-many-signs")
    work = lines = start = 0
    while start <= len(text):
        blank = _BLANK.search(text, start)
        end = blank.start() if blank else len(text)
        work += _marks(text, start, end) * (end - start)
        lines += (text.count("\n", start, end) + 1) ** 2
        if work > most_work or lines > MOST_LINES:
            return Hard(start, "too-many-signs" if work > most_work else "too-many-lines")
        start = blank.end() if blank else len(text) + 1
    if text.count("<![") * len(text) > most_work:
        return Hard(text.index("<!["), "too-many-signs")
    if len(_ABBREVIATION.findall(text)) > MOST_ABBREVIATIONS:
        return Hard(0, "too-many-lines")
    return None


def _marks(text: str, start: int, end: int) -> int:
    return sum(text.count(mark, start, end) for mark in "[<`")
