"""Raw HTML and attributes on a page: what Markdown has no sign for is allowed, the rest is told.

Pages come with pull requests.  Their policy lets no script of a page run; this says so before
anyone wonders, and keeps forms, frames and styles of their own away from the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.handwritten.inline import without_code
from casebook.handwritten.page import HandwrittenPage
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
_ATTRIBUTE = re.compile(rf"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:{_VALUE}|[^\s\"'<>=]+))?")


def check_markup(page: HandwrittenPage) -> Iterator[Problem]:
    """Yield a problem for each element and attribute of ``page`` that is not allowed."""
    for block in page.blocks:
        if "<" not in block.passage.text and "{" not in block.passage.text:
            continue
        text = without_code(block.passage.text)
        for place, value in _elements(text):
            at = block.passage.at(place)
            yield page.problem(at, "raw-html", value=value, allowed=", ".join(TAGS))
        for place, value in _attributes(text):
            at = block.passage.at(place)
            yield page.problem(at, "raw-attribute", value=value, allowed=", ".join(ATTRIBUTES))


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
