"""Raw HTML on a page: what Markdown has no sign for is allowed, the rest is told.

That holds for elements, attributes, and characters written by name or number (``&shy;``).

Pages come with pull requests.  Their policy lets no script of a page run; this says so before
anyone wonders, and keeps forms, frames and styles of their own away from the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from casebook.handwritten.inline import without_code
from casebook.handwritten.page import HandwrittenPage
from casebook.letters.faults import faults, sign
from casebook.problem import Problem

TAGS = ("abbr", "br", "cite", "details", "dfn", "kbd", "q", "small", "sub", "summary", "sup")
"""Elements that a page may write as HTML."""
ATTRIBUTES = ("class", "height", "id", "lang", "loading", "open", "title", "width")
"""Attributes that they, and what stands in braces after Markdown, may have."""
_ITEM_SETTINGS = ("facets", "from")
"""What may stand in the braces of an item that is filled in (``points.py`` judges the values)."""

_VALUE = r"\"[^\"]*\"|'[^']*'"
_TAG = re.compile(rf"<(?P<name>[A-Za-z][\w-]*)(?=[\s/>])(?P<rest>(?:[^<>\"']|{_VALUE})*)>")
_DECLARATION = re.compile(r"<(?:\?|!(?!--))")
_BRACES = re.compile(r"\{:?(?P<inside>[^{}\n]*=[^{}\n]*)\}")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_ATTRIBUTE = re.compile(rf"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:{_VALUE}|[^\s\"'<>=]+))?")


def check_markup(page: HandwrittenPage) -> Iterator[Problem]:
    """Yield a problem for each element, attribute and character that is not allowed."""
    for block in page.blocks:
        if not any(mark in block.passage.text for mark in "<{&"):
            continue
        text = without_code(block.passage.text)
        for place, value in _elements(text):
            at = block.passage.at(place)
            yield page.problem(at, "raw-html", value=value, allowed=", ".join(TAGS))
        for place, value in _attributes(text):
            at = block.passage.at(place)
            yield page.problem(at, "raw-attribute", value=value, allowed=", ".join(ATTRIBUTES))
        for match in _REFERENCE.finditer(text):
            for fault in faults(unescape(match[0])):
                character = sign(unescape(match[0])[fault.start])
                at = block.passage.at(match.start())
                yield page.problem(at, "raw-character", value=match[0], sign=character)


def _elements(text: str) -> Iterator[tuple[int, str]]:
    """Yield where an element begins that is not allowed, and its name."""
    for match in _TAG.finditer(text):
        if match["name"].lower() not in TAGS:
            yield match.start(), match["name"].lower()
    for match in _DECLARATION.finditer(text):
        yield match.start(), match[0]


def _attributes(text: str) -> Iterator[tuple[int, str]]:
    """Yield where an attribute stands that is not allowed, and its name."""
    for tag in _TAG.finditer(text):
        if tag["name"].lower() in TAGS:
            yield from _named(tag["rest"], tag.start("rest"), ATTRIBUTES)
    for braces in _BRACES.finditer(text):
        known = (*ATTRIBUTES, *_ITEM_SETTINGS)
        yield from _named(braces["inside"], braces.start("inside"), known)


def _named(text: str, start: int, known: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for match in _ATTRIBUTE.finditer(text):
        name = match["name"].lower()
        if name not in known and not name.startswith(("#", ".")):
            yield start + match.start(), name
