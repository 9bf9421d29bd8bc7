"""What a built page says, as Markdown: a block a paragraph, below a title."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXTS = ("p", "li", "dt", "dd", "tr", "caption", "figcaption", "blockquote", "pre", "summary")
_BLOCKS = frozenset((*_HEADINGS, *_TEXTS, "div", "section"))
_SILENT = frozenset(("script", "style", "template", "svg"))
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|{}])")


def page_text(html: str, leave_out: str = "") -> list[str]:
    """Return the blocks of a page's ``<main>``, the title first; pictures say what they show.

    Elements with the attribute ``leave_out`` are passed over.
    """
    reader = _Reader(leave_out)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return [f"# {reader.title or reader.head_title}", *reader.blocks]


class _Reader(HTMLParser):
    def __init__(self, leave_out: str) -> None:
        super().__init__()
        self.title = self.head_title = ""
        self.blocks: list[str] = []
        self._leave_out = leave_out
        self._open: list[str] = []
        self._silent_from: int | None = None
        self._words: list[str] = []
        self._tag = self._id = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag in _BLOCKS:
            self.end_block()
            self._tag, self._id = tag, about.get("id") or ""
        elif tag in ("td", "th") and self._words:
            self._words.append(" · ")
        if tag == "img" and self._reads():
            self._words.append(f" {about.get('alt') or ''} ")
        if tag in _EMPTY:
            return
        if self._silent_from is None and (tag in _SILENT or self._leave_out in about):
            self._silent_from = len(self._open)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if self._silent_from is not None and len(self._open) <= self._silent_from:
            self._silent_from = None

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "head" in self._open:
            self.head_title += data
        elif self._reads():
            self._words.append(data)

    def _reads(self) -> bool:
        return self._silent_from is None and "main" in self._open

    def end_block(self) -> None:
        """Keep what was read since the last block ended."""
        text = " ".join("".join(self._words).split()).strip(" ·")
        text = _SPECIAL.sub(r"\\\1", text)
        self._words.clear()
        if not text:
            return
        if self._tag == "h1" and not self.title:
            self.title = text
        elif self._tag in _HEADINGS:
            anchor = f" {{#{self._id}}}" if self._id else ""
            self.blocks.append(f"{'#' * int(self._tag[1])} {text}{anchor}")
        else:
            self.blocks.append(f"- {text}" if self._tag in ("li", "tr") else text)
        self._tag = self._id = ""
