"""Citations in text: ``[@reference-id]`` right after what the source says.

Several sources stand in one mark (``[@one; @two]``) or in marks beside each other.  On its way to
a page a mark becomes a token that carries the number of the source; whoever writes the page out
turns the token into what its readers see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OWN = "own"
"""Id of the source for what we have worked out or judged ourselves; needs no listing."""
OPENING = "[@"

# The gap before a mark belongs to it, across one line break and never across paragraphs.
# Only one way to read the gap before a mark, or many spaces would take minutes.
_MARK = re.compile(r"((?<=\S)[ \t\xa0\u202f]*(?:\n[ \t\xa0\u202f]*)?)?(\[@[^\[\]]*\]?)")
_ITEM = re.compile(r"@\s*([^\s;@]+)\s*")
_LIST_MARKER = re.compile(r"[ \t>]*([-*+]|\d+[.)])")
# Two characters that no file may hold (``record.source``), so no text can hold a token.
_TOKEN_START, _TOKEN_END = "\x11", "\x12"
_TOKEN = re.compile(f"{_TOKEN_START}([^{_TOKEN_START}{_TOKEN_END}<>&]+){_TOKEN_END}")
_LINK = re.compile(r"<a\s.*?</a>", re.DOTALL)
_NOT_IN_INPUT = str.maketrans("", "", _TOKEN_START + _TOKEN_END)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text: where it starts and ends, and the ids in it with where each starts.

    ``ids`` is empty when the mark is not written as it should be.
    """

    start: int
    end: int
    ids: tuple[tuple[str, int], ...]


def marks(text: str) -> Iterator[Mark]:
    """Yield every mark of ``text``, also those that are not written as they should be."""
    if OPENING not in text:
        return
    for match in _MARK.finditer(text):
        yield Mark(match.start(2), match.end(2), tuple(_ids(match.group(2), match.start(2))))


def _ids(mark: str, start: int) -> list[tuple[str, int]]:
    if not mark.endswith("]"):
        return []
    found, place = [], 1
    for part in mark[1:-1].split(";"):
        gap = len(part) - len(part.lstrip())
        item = _ITEM.fullmatch(part, gap)
        if item is None:
            return []
        found.append((item.group(1), start + place + gap))
        place += len(part) + 1
    return found


def uncited(text: str) -> str:
    """Return ``text`` without its citations, as if they had never been written."""
    return _replaced(text, lambda _: "") if OPENING in text else text


def cited(text: str, number: Callable[[str], object]) -> str:
    """Return ``text`` with a token for each source it cites; ``number`` says what it holds."""
    if OPENING not in text:
        return text.translate(_NOT_IN_INPUT) if _TOKEN_START in text else text

    def tokens(ids: list[str]) -> str:
        return "".join(token(number(id_)) for id_ in ids)

    return _replaced(text.translate(_NOT_IN_INPUT), tokens)


def token(content: object) -> str:
    """Return the token of a source: its number, or its id while nobody has numbered it yet."""
    return f"{_TOKEN_START}{content}{_TOKEN_END}"


def _replaced(text: str, replacement: Callable[[list[str]], str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        ids = [id_ for id_, _ in _ids(match.group(2), 0)]
        if not ids:
            return match.group()
        gap = match.group(1) or ""
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        return (gap if _LIST_MARKER.fullmatch(before) else "") + replacement(ids)

    return _MARK.sub(replaced, text)


def has_tokens(text: str) -> bool:
    """Say whether ``text`` cites anything."""
    return _TOKEN_START in text


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the text before each token with what the token holds, and the rest with None.

    What is marked as HTML stays so.
    """
    if _TOKEN_START not in text:
        yield text, None
        return
    at = 0
    for match in _TOKEN.finditer(text):
        yield text[at : match.start()], match.group(1)
        at = match.end()
    yield text[at:], None


def numbered(html: str, number: Callable[[str], int]) -> str:
    """Return ``html`` with a number in each token instead of an id."""
    return _TOKEN.sub(lambda match: token(number(match.group(1))), html)


def in_brackets(text: str) -> str:
    """Return ``text`` with its tokens written for a terminal: ``[1]``."""
    return _TOKEN.sub(r" [\1]", text)


def plain(text: str) -> str:
    """Return ``text`` without tokens, for what can show no marks (search, feeds)."""
    return _TOKEN.sub("", text)


def out_of_links(html: str) -> str:
    """Move tokens inside a link behind it, since a mark is a link of its own."""
    return _LINK.sub(_moved, html) if _TOKEN_START in html else html


def _moved(match: re.Match[str]) -> str:
    tokens = "".join(token.group() for token in _TOKEN.finditer(match.group()))
    return _TOKEN.sub("", match.group()) + tokens
