"""How real records are made: what a made-up record copies of them, and figures to compare both.

Only measures are taken from a real record: which fields it has, how long its lists and texts are,
and where its prose has paragraphs, list items and words in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from casebook.collection.relations import LIST_FIELDS

ITEM = re.compile(r"(\s*)([-*]|\d+\.)\s+")
BLANK = re.compile(r"\n[ \t]*\n")
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or list item of prose.

    Attributes:
        mark: What a list item starts with (``- ``), with its indentation; empty in a paragraph.
        bold: Length of the words in bold that it starts with.
        length: Length of the text after that.
        links: How many links it holds.
        gap: A blank line stands before it.
    """

    mark: str
    bold: int
    length: int
    links: int
    gap: bool


def pieces(text: str) -> Iterator[Piece]:
    """Yield the paragraphs and list items of a text, in order."""
    for number, block in enumerate(BLANK.split(text.strip("\n"))):
        items: list[tuple[str, list[str]]] = []
        for line in block.split("\n"):
            found = ITEM.match(line)
            if found or not items:
                mark = found.group() if found else ""
                items.append((mark, [line[len(mark) :].strip()]))
            else:
                items[-1][1].append(line.strip())
        for place, (mark, lines) in enumerate(items):
            yield _piece(mark, " ".join(lines), gap=number > 0 and place == 0)


def _piece(mark: str, text: str, *, gap: bool) -> Piece:
    links = len(LINK.findall(text))
    text = LINK.sub(r"\1", text)
    start = BOLD.match(text)
    bold = len(start.group(1)) if start else 0
    rest = text[start.end() :].strip() if start else text
    return Piece(mark, bold, len(BOLD.sub(r"\1", rest)), links, gap)


def is_text(value: object, languages: tuple[str, ...]) -> bool:
    """Say whether a value of a record is a text in several languages."""
    if not isinstance(value, dict) or not value or not value.keys() <= set(languages):
        return False
    return all(isinstance(text, str) for text in value.values())  # else the state of a translation


def characters(value: Any, languages: tuple[str, ...]) -> int:
    """Return the number of characters of a record's text that readers see, in all languages."""
    if is_text(value, languages):
        return sum(piece.bold + piece.length for text in value.values() for piece in pieces(text))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(characters(each, languages) for each in inner)


def _entries(value: Any) -> int:
    """Return the number of entries of all lists, at every level."""
    if isinstance(value, list):
        return len(value) + sum(_entries(each) for each in value)
    if isinstance(value, dict):
        return sum(_entries(each) for each in value.values())
    return 0


def figures(record: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, float]:
    """Return what a record (as plain lists and dicts) measures."""
    texts = [characters(value, languages) for value in record.values()]
    texts = [length for length in texts if length]
    return {
        "fields": sum(value not in (None, [], {}) for value in record.values()),
        "characters": sum(texts),
        "characters_per_text_field": sum(texts) / max(len(texts), 1),
        "list_entries": _entries(dict(record)),
        "relations": sum(len(record.get(name) or ()) for name in LIST_FIELDS)
        + ("part_of" in record),
        "sources": len(record.get("sources") or ()),
    }


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {name: round(median(row[name] for row in rows), 1) for name in rows[0]}
