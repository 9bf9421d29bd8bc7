"""A number where it stands, and the sources that answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from casebook.handwritten.passage import Passage
from casebook.numbers.tokens import Token, number_tokens
from casebook.record.citations import uncited
from casebook.record.source import Document, position_at

RECORD = "(record)"
"""Source of what an entry says about itself: when a film starts, when the record was changed."""
_AROUND = 36


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A number that people can read.

    ``sources`` are ids of references, ``RECORD``, or the page in parentheses that the words with
    the number lead to; nothing when no source was found.  ``inherits`` says that it stands where
    no citation can (a title, a heading): its source is that of the same number elsewhere.
    """

    path: str
    line: int
    column: int
    written: str
    around: str
    keys: tuple[str, ...]
    sources: tuple[str, ...] = ()
    inherits: bool = False
    leads_to: str = ""


def numbers_in(document: Document, passage: Passage, sources: tuple[str, ...]) -> Iterator[Number]:
    """Yield the numbers of a passage of ``document``, which ``sources`` answer for."""
    for token in number_tokens(passage.text):
        yield number_at(document, passage, token, sources)


def number_at(document: Document, passage: Passage, token: Token, sources: Iterable[str]) -> Number:
    """Return the number that ``token`` found in ``passage``."""
    where = position_at(document.text, passage.at(token.start))
    before = uncited(passage.text[: token.start])[-_AROUND:]
    after = uncited(passage.text[token.end :])[:_AROUND]
    around = " ".join(f"{before}{token.written}{after}".split())
    found = tuple(dict.fromkeys(sources))
    return Number(document.path, where.line, where.column, token.written, around, token.keys, found)


def with_inherited(numbers: list[Number]) -> list[Number]:
    """Give numbers where no citation can stand the sources of the same number elsewhere."""
    known: dict[str, tuple[str, ...]] = {}
    for number in numbers:
        for key in number.keys:
            if number.sources and number.sources != (RECORD,):
                known.setdefault(key, number.sources)
    return [
        replace(number, sources=_all(number.keys, known))
        if number.inherits and not number.sources
        else number
        for number in numbers
    ]


def _all(keys: tuple[str, ...], known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the sources of every one of ``keys``, or nothing when one has none."""
    if not all(key in known for key in keys):
        return ()
    return tuple(dict.fromkeys(source for key in keys for source in known[key]))
