"""A problem as a value: where it is, which rule it breaks, and what the message needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

WARNINGS = frozenset(
    {
        "renamed-case",
        "withdrawn-case",
        "other-language",
        "copied-contact",
        "copied-confirmation",
        "source-brought-along",
    }
)
"""Rules that are worth a word and stop nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a file that a person has to put right.

    ``path`` is the file as it was named to us, ``line`` and ``column`` count from 1 (characters,
    as editors do).  ``rule`` is the key of the message below ``problems:`` in each
    language's strings; ``details`` fills the message's placeholders.
    """

    path: str
    line: int
    column: int
    rule: str
    details: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def make(cls, path: str, line: int, column: int, rule: str, **details: Any) -> Problem:
        """Return a problem whose ``details`` are given as keywords (their text is kept)."""
        texts = tuple(sorted((name, str(value)) for name, value in details.items()))
        return cls(path, line, column, rule, texts)

    @property
    def is_warning(self) -> bool:
        """Say whether the site can be built with it."""
        return self.rule in WARNINGS


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return what has to be put right before the site can be built."""
    return [problem for problem in problems if not problem.is_warning]
