"""A piece of text that knows where in its file each of its characters stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Line = tuple[int, str]
"""Where in the file a line (or the rest of one) starts, and its text without the line end."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines run together with line breaks; ``starts`` are their places here and in the file."""

    text: str
    starts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Passage:
        """Return the passage of ``lines``."""
        starts, at = [], 0
        for offset, text in lines:
            starts.append((at, offset))
            at += len(text) + 1
        return cls("\n".join(text for _, text in lines), tuple(starts))

    def at(self, index: int) -> int:
        """Return where in the file the character ``index`` of the text stands."""
        here, there = self.starts[bisect_right(self.starts, (index, 1 << 62)) - 1]
        return there + index - here


def lines_of(text: str, start: int = 0) -> list[Line]:
    """Return the lines of ``text`` from ``start`` on."""
    found, at = [], start
    for line in text[start:].split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found
