"""Which elements, attributes and values may go out: for pages as Markdown makes them, and finished.

What is not named here is not published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ANY = re.compile(r".*", re.DOTALL)
_ID = re.compile(r"[\w:.-]+")
_LENGTH = re.compile(r"[0-9]{1,4}")
_WORD = re.compile(r"[a-z-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_EMPTY = re.compile("")

ADDRESSES = frozenset(("href", "src", "action"))
"""Attributes that lead somewhere: judged by their own rules."""

Attributes = Mapping[str, re.Pattern[str]]
"""The attributes that an element may have, with the values that each may have."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A list: the attributes of each element, those of all, and beginnings of further names.

    ``document`` says that the HTML is a whole document, whose addresses are whole too.
    """

    elements: Mapping[str, Attributes]
    everywhere: Attributes
    beginnings: tuple[str, ...] = ()
    document: bool = False
    classes: re.Pattern[str] = field(default=_ANY)
    needs_class: frozenset[str] = frozenset()
    """Elements that say nothing without a class: Markdown always gives them one."""
    tokens: str = ""
    """Control characters that stand for something until the page is finished."""


def _plain(*names: str) -> dict[str, Attributes]:
    return {name: {} for name in names}


def _with(names: str, more: Mapping[str, re.Pattern[str]] | None = None) -> Attributes:
    return {**dict.fromkeys(names.split(), _ANY), **(more or {})}


TAGS = ("abbr", "br", "cite", "details", "dfn", "kbd", "q", "small", "sub", "summary", "sup")
"""Elements that a page may write as HTML."""
ATTRIBUTES = ("height", "id", "lang", "loading", "open", "title", "width")
"""Attributes that they, and what stands in braces after Markdown, may have."""

_OF_AUTHORS: Attributes = {
    "id": _ID,
    "lang": _LANGUAGE,
    "title": _ANY,
    "width": _LENGTH,
    "height": _LENGTH,
    "loading": re.compile("lazy|eager"),
    "open": re.compile("(?:open)?"),
}
_TEXT = (
    *("abbr", "b", "bdi", "blockquote", "br", "cite", "code", "dd", "del", "dfn", "dl", "dt", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "p", "pre", "q", "s", "small"),
    *("strong", "sub", "sup", "table", "tbody", "tfoot", "thead", "tr", "ul"),
)
_NOTES = "abstract|bug|danger|example|failure|info|note|question|quote|success|tip|warning"
_MADE_CLASS = re.compile(
    rf"(?:(?:admonition(?: (?:{_NOTES}))?|admonition-title|task-list|task-list-item|point"
    r"|point-text|footnote|footnote-ref|footnote-backref|language-[\w-]+)(?:\s+|\Z))+"
)
_ALIGNED = re.compile(r"text-align: (?:left|center|right);")

RAW = Allowed(elements=_plain(*TAGS), everywhere=_OF_AUTHORS, classes=_EMPTY)
"""What a page may write as HTML where Markdown has no sign for it."""

WRITTEN = Allowed(
    elements={
        **_plain(*_TEXT),
        "a": _with("href"),
        "details": {},
        "summary": {},
        "div": {},
        "img": _with("alt src"),
        "input": {"type": re.compile("checkbox"), "disabled": _EMPTY, "checked": _EMPTY},
        "li": _with("data-facets data-from"),
        "ol": {"start": _LENGTH},
        "td": {"style": _ALIGNED},
        "th": {"style": _ALIGNED},
    },
    everywhere=_OF_AUTHORS,
    classes=_MADE_CLASS,
    needs_class=frozenset(("div",)),
    tokens="\x11\x12",  # casebook.record.citations
)
"""What Markdown makes of a page, before the site adds anything."""

_SHAPE = _with("d class fill x y width height rx cx cy r x1 x2 y1 y2 points text-anchor")
_FIELD = _with(
    "accept autocomplete checked dir disabled enterkeyhint list maxlength name placeholder readonly"
    " required rows spellcheck value"
)
_MADE: dict[str, Attributes] = {
    **_plain(*_TEXT, "article", "aside", "caption", "dialog", "fieldset", "figcaption", "figure"),
    **_plain("header", "legend", "nav", "section", "span", "summary", "template", "datalist"),
    "a": _with(
        "href hreflang",
        {"type": re.compile(r"application/[a-z.+-]+|text/[a-z]+"), "rel": re.compile("next|prev")},
    ),
    "button": _with("disabled value", {"type": _WORD, "popovertarget": _ID}),
    "details": _with("open name"),
    "div": _with("popover"),
    "form": _with("action", {"method": re.compile("get|dialog", re.IGNORECASE)}),
    "img": _with("alt src loading width height", {"decoding": re.compile("async")}),
    "input": {
        **_FIELD,
        "type": re.compile("checkbox|radio|search|text|number|date|email|tel|url|file"),
    },
    "label": _with("for"),
    "li": _with("value"),
    "ol": _with("start"),
    "optgroup": _with("label"),
    "option": _with("value selected disabled"),
    "output": _with("for"),
    "progress": _with("value max"),
    "select": _with("name required disabled"),
    "td": _with("colspan rowspan"),
    "textarea": _FIELD,
    "th": _with("scope colspan rowspan"),
    "time": _with("datetime"),
    "defs": {},
    "title": {},
    "svg": _with("viewbox width height focusable text-anchor"),
    "pattern": _with("width height patternunits"),
    **dict.fromkeys(("circle", "g", "line", "path", "polyline", "rect", "text", "tspan"), _SHAPE),
}
_OF_RENDERERS: Attributes = {
    "id": re.compile(r"\S+"),
    "lang": _LANGUAGE,
    "dir": re.compile("ltr|rtl|auto"),
    "title": _ANY,
    "hidden": _ANY,
    "role": _WORD,
    "tabindex": re.compile("-1|0"),
}

FINISHED = Allowed(elements=_MADE, everywhere=_OF_RENDERERS, beginnings=("data-", "aria-"))
"""What the content of a page may hold when it is written: all that our templates make."""

_BAR = re.compile(r"left: [0-9.]+%?; width: [0-9.]+%")
PAPER = Allowed(
    elements={
        **_MADE,
        **_plain("html", "head", "body"),
        "meta": _with("charset name content"),
        "span": {"style": _BAR},
    },
    everywhere=_OF_RENDERERS,
    beginnings=("data-", "aria-"),
    document=True,
)
"""The document that becomes a PDF."""
