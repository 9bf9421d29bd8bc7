"""What a built page says: its title, and its text in blocks below their headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEXTS = ("p", "li", "dt", "dd", "tr", "caption", "figcaption", "blockquote", "pre", "summary")
_BLOCKS = _HEADINGS.union(_TEXTS, ("div", "section"))
_CELLS = frozenset(("td", "th"))
_SILENT = frozenset(("script", "style", "template", "svg"))
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text, and the heading that it stands below."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page is called and says."""

    title: str
    blocks: tuple[Block, ...]


def page_text(html: str) -> PageText:
    """Return what a page says within its ``<main>``; pictures say their alternative text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return PageText(reader.title or reader.head_title, tuple(reader.blocks))


@dataclass
class _Reader(HTMLParser):
    title: str = ""
    head_title: str = ""
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._words: list[str] = []
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
        elif tag in _CELLS and self._words:
            self._words.append(" · ")
        if tag == "img" and self._reads():
            self._words.append(f" {dict(attrs).get('alt') or ''} ")
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block(tag)
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "head" in self._open and self._open[-1] == "title":
            self.head_title += data
        elif self._reads():
            self._words.append(data)

    def _reads(self) -> bool:
        return "main" in self._open and not _SILENT.intersection(self._open)

    def end_block(self, tag: str = "") -> None:
        """Keep what was read since the last block ended."""
        text = " ".join("".join(self._words).split()).strip(" ·")
        self._words.clear()
        if not text:
            return
        if tag == "h1" and not self.title:
            self.title = text
            return
        if tag in _HEADINGS:
            self._heading = text
        self.blocks.append(Block(self._heading, text))
