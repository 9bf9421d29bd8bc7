"""HTML as a row of tags, as long as every parser reads it alike.

Browsers make something of any input, and what they make of damaged input is hard to foresee.  So
only HTML is read that leaves nothing to repair: every ``<`` begins a whole tag or a whole comment,
every value of an attribute ends where it seems to, and every element is closed in its turn.  Of
such a text the HTML standard makes these elements with these attributes, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++"
_SPACE = r"[ \t\n\f\r]"
_TAG = re.compile(
    rf"<(?P<end>/)(?P<closed>{_NAME}){_SPACE}*+>"
    rf"|<(?P<name>{_NAME})(?P<rest>(?:{_SPACE}++[A-Za-z][A-Za-z0-9:_.-]*+(?:=(?:{_VALUE}))?)*)"
    rf"{_SPACE}*+(?P<self>/?)>"
    r"|<!--(?P<comment>[^<>-]*(?:-(?!-)[^<>-]*)*)-->"
)
_ATTRIBUTE = re.compile(rf"(?P<name>[A-Za-z][A-Za-z0-9:_.-]*+)(?:=(?P<value>{_VALUE}))?")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_PLAIN_INSIDE = frozenset(
    (
        *("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style"),
        *("textarea", "title", "xmp"),
    )
)
"""Elements in which browsers may read tags as text: none may stand there."""
_DRAWING = "svg"
_DRAWN = frozenset(
    ("circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "stop")
)
"""Elements that ``<x/>`` closes when they stand in a drawing."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name in small letters, its value as it stands, and as browsers read it."""

    name: str
    written: str
    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """The start of an element; ``written`` is the tag as it stands at ``place``."""

    place: int
    name: str
    written: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, without its brackets."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A ``<`` at ``place`` that begins nothing that every parser reads alike."""

    place: int
    written: str


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """An end without a beginning, or (``open``) a beginning without an end."""

    place: int
    written: str
    open: bool


Piece = Element | Comment | Unclear | Unbalanced


def read_markup(html: str) -> Iterator[Piece]:
    """Yield the elements and comments of ``html``, and all that is not clear, in order."""
    unclosed: list[tuple[str, int, str]] = []
    drawings = 0
    place = html.find("<")
    while place >= 0:
        tag = _TAG.match(html, place)
        if tag is None or (unclosed and _is_text(unclosed[-1][0], tag)):
            yield Unclear(place, html[place : place + 30])
            place = html.find("<", place + 1)
            continue
        if tag["comment"] is not None:
            yield Comment(place, tag["comment"])
        elif tag["end"]:
            name = tag["closed"].lower()
            if unclosed and unclosed[-1][0] == name:
                unclosed.pop()
                drawings -= name == _DRAWING
            else:
                yield Unbalanced(place, tag[0], open=False)
        else:
            name = tag["name"].lower()
            yield Element(place, name, tag[0], tuple(_attributes(tag["rest"])))
            if name not in _VOID and not (drawings and tag["self"] and name in _DRAWN):
                unclosed.append((name, place, tag[0]))
                drawings += name == _DRAWING
        place = html.find("<", tag.end())
    for _, place, written in unclosed:
        yield Unbalanced(place, written, open=True)


def _is_text(holder: str, tag: re.Match[str]) -> bool:
    """Say whether a browser may read the tag as text of the element that it stands in."""
    return holder in _PLAIN_INSIDE and (tag["closed"] or "").lower() != holder


def _attributes(written: str) -> Iterator[Attribute]:
    if not written:
        return
    for match in _ATTRIBUTE.finditer(written):
        value = match["value"] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        yield Attribute(match["name"].lower(), value, unescape(value) if "&" in value else value)
