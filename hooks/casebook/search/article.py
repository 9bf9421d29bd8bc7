"""What a page says: title, headings and plain text, taken from its finished HTML.

The templates mark what is searched: ``data-pagefind-body`` stands on the element that holds the
text, ``data-pagefind-ignore`` on what is no part of it (sources, related cases, buttons).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TAG = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_ID = re.compile(r"\bid=[\"']?([^\s\"'>]+)")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_NOT_TEXT = frozenset(("button", "form", "nav", "script", "select", "style", "svg", "template"))
"""Elements whose content nobody reads as text of the page, but for words that are explained."""
_EXPLAINED = re.compile(r"\bpopovertarget=[\"']?term-")
"""In the attributes of the button around such a word (see ``casebook.render.terms``)."""
_INLINE = frozenset(
    (
        "",
        *("a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s"),
        *("small", "span", "strong", "sub", "sup", "time", "u", "var"),
    )
)
"""Elements that end no sentence and no word."""
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BODY = "data-pagefind-body"
_LEFT_OUT = re.compile(r"data-pagefind-ignore|aria-hidden=\"true\"|visually-hidden")
"""In the attributes of an element: it is no part of the text, or only said aloud."""
_ENDS = (".", "!", "?", ":", ";", ",", "…")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'»”’)\]]*$")
FRAGMENT = "\u2063"
"""Follows what is no sentence: a heading, a label, a value in a box of facts; no excerpt has it.
The sign is invisible and hangs on the last word, so the index takes words and places as before.
"""


@dataclass(slots=True)
class Section:
    """A heading with its anchor ("" when it has none) and the text up to the next heading."""

    level: int
    id: str
    title: str
    text: str


@dataclass(slots=True)
class Article:
    """The searched part of a page: its title, the text before the first heading, and the rest."""

    title: str
    opening: str
    sections: list[Section]


def read_article(html: str) -> Article | None:
    """Return what a page says, or None when nothing in it is marked for search."""
    reader = _Reader()
    reader.read(html)
    return reader.article() if reader.found else None


@dataclass(slots=True)
class _Reader:
    """Walks through the tags once; ids of sections stand for headings that have none."""

    found: bool = False
    _title: str = ""
    _sections: list[Section] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _opening: str = ""

    def read(self, html: str) -> None:
        start = html.find(_BODY)
        if start < 0:
            return
        self.found = True
        heading: tuple[int, str] | None = None
        section = ""
        for text, closing, name, attributes in _searched(html, html.rfind("<", 0, start)):
            self._text.append(text)
            if name == "section" and not closing:
                section = _id(attributes)
            elif name in _HEADINGS:
                if heading is not None:
                    self._close_heading(*heading)
                    heading = None
                if not closing:
                    self._close_text()
                    heading = _HEADINGS[name], section or _id(attributes)
                    section = ""
            if name not in _INLINE:
                self._end_sentence()
        self._close_text()

    def article(self) -> Article:
        return Article(self._title, self._opening, self._sections)

    def _end_sentence(self) -> None:
        """Part blocks, and tell which are no sentences."""
        text = self._text
        while text and not text[-1].strip():
            text.pop()
        if text and not (last := text[-1].rstrip()).endswith(FRAGMENT):
            stop = "" if last.endswith(_ENDS) else "."
            text[-1] = f"{last} " if _ENDS_SENTENCE.search(last) else f"{last}{stop}{FRAGMENT} "

    def _close_heading(self, level: int, id_: str) -> None:
        title = _plain("".join(self._text)).rstrip(FRAGMENT).rstrip()
        self._text.clear()
        if level == 1 and not self._title:
            self._title = title
        else:
            self._sections.append(Section(level, id_, title, ""))

    def _close_text(self) -> None:
        text = _plain("".join(self._text))
        self._text.clear()
        if self._sections:
            before = self._sections[-1].text
            self._sections[-1].text = f"{before} {text}".strip()
        else:
            self._opening = f"{self._opening} {text}".strip()


def _searched(html: str, start: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield the tags of the element at ``start``, each with the text before it.

    A tag is "/" or "", its name and its attributes.  What is left out yields nothing.
    """
    depth, end = 0, start
    left_out = 0  # depth of the element that is left out, 0 when none is
    for match in _TAG.finditer(html, start):
        text = "" if left_out else html[end : match.start()]
        end = match.end()
        closing, name, attributes = match.groups()
        if name is None or attributes.endswith("/"):  # a comment, a part of a drawing
            if text:
                yield text, "/", "", ""
            continue
        if name not in _VOID:
            depth += -1 if closing else 1
        if depth == 0:
            return
        if left_out:
            left_out = 0 if depth < left_out else left_out
        elif not closing and _is_left_out(name, attributes):
            left_out = depth
            yield text, closing, name, ""
        else:
            # A button that is not left out is a word of its sentence.
            yield text, closing, "span" if name == "button" else name, attributes


def _is_left_out(name: str, attributes: str) -> bool:
    if name in _NOT_TEXT:
        return _EXPLAINED.search(attributes) is None
    return _LEFT_OUT.search(attributes) is not None


def _id(attributes: str) -> str:
    found = _ID.search(attributes)
    return unescape(found[1]) if found else ""


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def texts(article: Article) -> Iterator[str]:
    """Yield every text of an article below its title, headings too."""
    yield article.opening
    for section in article.sections:
        yield section.title
        yield section.text
