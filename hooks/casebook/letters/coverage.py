"""Sets of characters in few words: ``41-5a 61-7a``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

_DIGITS = digits + ascii_lowercase


def ranges(characters: Iterable[int]) -> str:
    """Return the ranges that a set of code points is made of, in hexadecimal, one after another."""
    parts: list[list[int]] = []
    for code in sorted(characters):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in parts)


def steps(characters: Iterable[int]) -> str:
    """Return the same as ``ranges`` in less than half the room: ``1t,p 7,p``.

    Each range is told by the step from the end of the one before, and by how many follow its first
    character, in digits and letters (base 36).
    """
    parts, before = [], 0
    for first, last in pairs(ranges(characters)):
        more = f",{_base_36(last - first)}" if last > first else ""
        parts.append(f"{_base_36(first - before)}{more}")
        before = last
    return " ".join(parts)


def _base_36(number: int) -> str:
    rest, digit = divmod(number, 36)
    return f"{_base_36(rest) if rest else ''}{_DIGITS[digit]}"


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last code point of each range in ``text``."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


def characters(text: str) -> Iterator[str]:
    """Yield every character in the ranges of ``text``."""
    for first, last in pairs(text):
        yield from map(chr, range(first, last + 1))


def pattern(text: str) -> str:
    """Return the ranges of ``text`` as what stands in the brackets of a regular expression."""
    ends = ((re.escape(chr(first)), re.escape(chr(last))) for first, last in pairs(text))
    return "".join(first if first == last else f"{first}-{last}" for first, last in ends)
