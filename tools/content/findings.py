"""What is to be told of a file, and how GitHub and people are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from casebook.report import visible

ERROR, WARNING = "error", "warning"
MOST = 10
"""GitHub shows no more of one level in a step."""


class Finding(NamedTuple):
    """Something to put right (``ERROR``) or to look at (``WARNING``).

    ``path`` is empty, and ``line`` 0, for what stands in no file.
    """

    level: str
    path: str
    line: int
    column: int
    rule: str
    message: str
    advice: str = ""

    @property
    def place(self) -> str:
        """Where it is, as programs take it."""
        return f"{self.path}:{self.line}:{self.column}" if self.path else ""


def in_order(findings: Iterable[Finding], changed: Iterable[str]) -> list[Finding]:
    """Return findings with errors first, and those of ``changed`` files before others."""
    own = set(changed)
    return sorted(set(findings), key=lambda it: (it.level != ERROR, it.path not in own, it))


def for_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield workflow commands for as many findings as GitHub shows; its own rules of escaping."""
    shown = {ERROR: 0, WARNING: 0}
    for it in findings:
        shown[it.level] += 1
        if shown[it.level] <= MOST:
            where = f"file={_value(it.path)},line={it.line},col={it.column}," if it.path else ""
            text = "%0A".join(_data(part) for part in (it.message, it.advice) if part)
            yield f"::{it.level} {where}title={_value(it.rule)}::{text}"


def for_people(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what a person reads in a terminal."""
    for it in findings:
        place = f"{visible(it.place)}: " if it.path else ""
        yield f"{place}{it.level}: {visible(it.message)} [{it.rule}]"
        if it.advice:
            yield f"    {visible(it.advice)}"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
