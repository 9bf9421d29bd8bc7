"""Whole sentences of a text, so that what is short is shortened between sentences, never in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.record.citations import plain

# Tokens of citations stand before or after the sign that ends a sentence (``record.citations``).
_TOKENS = "(?:\x11[^\x11\x12]*\x12)*"
_END = re.compile(rf"[.!?][)»”\"’]*{_TOKENS}(?=\s)")
_PARTS = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__", re.DOTALL)
_SLOPING = re.compile(r"(?<![\w\\])[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)")
_ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or an item of a list as plain text; ``lead`` is what it begins with in bold."""

    lead: str
    text: str


def sentences(text: str, abbreviations: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sentences of a paragraph; where it is doubtful, two stay together.

    ``abbreviations`` are words that end in a full stop without ending a sentence.
    """
    found, start = [], 0
    for end in _END.finditer(text):
        before, after = text[start : end.end()], text[end.end() :].lstrip()
        last_word = plain(before).rpartition(" ")[2].lstrip('(«“"')
        is_number = last_word[:-1].isdigit() and len(last_word) < 4  # "1. mars", "24. August"
        goes_on = after[:1].islower() or last_word.lower() in abbreviations or is_number
        if after and not goes_on and len(last_word) > 2:  # an initial is no sentence
            found.append(before.strip())
            start = end.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def passages(prose: str) -> Iterator[Passage]:
    """Yield the paragraphs and the items of lists of a text in Markdown, without its signs."""
    for part in _PARTS.split(prose):
        # A line of a paragraph may begin with a number and a full stop without being an item.
        for item in _ITEM.split(part) if _ITEM.match(part) else (part,):
            words = " ".join(item.split())
            bold = _BOLD.match(words)
            lead = _unmarked((bold[1] or bold[2]) if bold else "")
            text = _unmarked(words[bold.end() :] if bold else words)
            if lead or text:
                yield Passage(lead, text)


def _unmarked(text: str) -> str:
    bare = _BOLD.sub(lambda match: match[1] or match[2], _LINK.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", _SLOPING.sub(r"\1", bare)).strip()


def count_words(text: str) -> int:
    """Return how many words a text has; the marks of sources, dashes and dots are none."""
    return sum(any(sign.isalnum() for sign in word) for word in plain(text).split())
