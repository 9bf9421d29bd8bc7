"""What stands in a built site: bytes, text, and what a reader's browser fetches for a page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from statistics import fmean
from urllib.parse import unquote, urldefrag, urljoin

UNREAD = frozenset({"nav", "script", "style", "svg", "button", "template"})
"""Elements inside the text that are not the text."""
_CSS_IMAGE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_FETCHED = frozenset({"stylesheet", "icon", "preload", "modulepreload"})
_PACKED = (".woff2", ".png", ".jpg", ".webp", ".avif")
"""Files that are compressed already."""


@dataclass(frozen=True, slots=True)
class Html:
    """The pages of a site.

    Attributes:
        pages: How many there are.
        bytes: Their size together.
        largest: The address of the largest, from the site's root.
        largest_bytes: Its size.
    """

    pages: int
    bytes: int
    largest: str
    largest_bytes: int


@dataclass(frozen=True, slots=True)
class Wire:
    """What a first visit to one page sends over the wire, compressed with gzip.

    Attributes:
        page: The page's address, from the site's root.
        html_bytes: The page itself.
        font_bytes: Its fonts.
        bytes: Everything together.
        files: How many files that is.
    """

    page: str
    html_bytes: int
    font_bytes: int
    bytes: int
    files: int


def html_of(site: Path) -> Html:
    """Return figures of all pages of a site."""
    sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
    largest = max(sizes, key=lambda path: sizes[path])
    name = largest.relative_to(site).as_posix()
    return Html(len(sizes), sum(sizes.values()), name, sizes[largest])


def mean_text(files: Sequence[Path], element: str) -> float:
    """Return how many characters of text stand in ``element`` of the files, on average."""
    return fmean(len(text_of(file.read_text(encoding="utf-8"), element)) for file in files)


def text_of(html: str, element: str) -> str:
    """Return the text that a reader sees in ``element``: without navigation, drawings, buttons."""
    parser = _Text(element)
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


class _Text(HTMLParser):
    def __init__(self, element: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._element = element
        self._inside = False
        self._unread = ""  # name of the element being left out, and how deep in its like we are
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread:
            self._depth += tag == self._unread
        elif tag == self._element:
            self._inside = True
        elif self._is_unread(tag, dict(attrs)):
            self._unread, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._depth -= tag == self._unread
            if self._depth == 0:
                self._unread = ""
        elif tag == self._element:
            self._inside = False
        else:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._unread:
            self.parts.append(data)

    @staticmethod
    def _is_unread(tag: str, attributes: dict[str, str | None]) -> bool:
        hidden = "visually-hidden" in (attributes.get("class") or "").split()
        return tag in UNREAD or hidden or attributes.get("aria-hidden") == "true"


def wire_of(site: Path, page: Path) -> Wire:
    """Return what a first visit to ``page`` sends: the page, what it names, what its styles name.

    Fonts count when the page asks for them itself; others wait until a letter needs them.
    """
    html = page.read_bytes()
    sizes = {page: len(gzip.compress(html, mtime=0))}
    waiting = list(_named(html.decode(), page, site))
    while waiting:
        file = waiting.pop()
        if file in sizes or not file.is_file():
            continue
        data = file.read_bytes()
        sizes[file] = len(data) if file.suffix in _PACKED else len(gzip.compress(data, mtime=0))
        if file.suffix == ".css":
            for address in _CSS_IMAGE.findall(data.decode()):
                if not address.startswith("data:") and not address.endswith(".woff2"):
                    waiting.append((file.parent / address).resolve())
    fonts = sum(size for file, size in sizes.items() if file.suffix == ".woff2")
    name = page.relative_to(site).as_posix()
    return Wire(name, sizes[page], fonts, sum(sizes.values()), len(sizes))


def _named(html: str, page: Path, site: Path) -> Iterator[Path]:
    parser = _Assets()
    parser.feed(html)
    base = f"/{page.relative_to(site).as_posix()}"
    for address in parser.addresses:
        target = urljoin(base, urldefrag(address).url)
        if target.startswith("/"):
            yield site / unquote(target.partition("?")[0].lstrip("/"))


class _Assets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        address = found.get("src")
        if tag == "link":
            kinds = (found.get("rel") or "").split()
            address = found.get("href") if _FETCHED.intersection(kinds) else None
        if address:
            self.addresses.append(address)
