"""From HTML to a tagged PDF.  Importing this needs WeasyPrint and the libraries it stands on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from casebook.pdf.document import HERE
from casebook.pdf.lines import mend_lines
from casebook.pdf.paper import for_paper
from casebook.pdf.tags import mend

DENSITIES = 13
"""How densely a document can be set: as it is (0), in smaller type, and then with less and less."""
NEXT_TO_NOTHING, NEXT_TO_NOTHING_BETWEEN = 0.45, 0.2
"""A page with no more than this part of its height filled is worth setting the document tighter:
the last one, and one before it, where a chapter ends."""


_HARMLESS = "Using fontTools instead of HarfBuzz-Subset"
"""How a warning begins that changes nothing but the size of the file by some bytes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF that was set; ``faults`` are what WeasyPrint complained about."""

    content: bytes
    pages: int
    faults: list[str]


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(_HARMLESS):
            self.heard.append(message)


class _OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint tells no types
    """Reads files in the given folders, and nothing else: a PDF asks no other host."""

    def __init__(self, *folders: Path) -> None:
        super().__init__()
        self._beginnings = tuple(f"{folder.as_uri()}/" for folder in folders)

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith(self._beginnings) or "/../" in url:
            raise ValueError(f"not a file of this site: {url}")
        return super().fetch(url, headers)


class Typesetter:
    """Sets documents; fonts and stylesheets are read once."""

    def __init__(self, assets: Path) -> None:
        """Use typeface and pictures in ``assets``."""
        mend_lines()
        self._complaints = _Complaints()
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self._complaints]
        logger.propagate = False
        self._fetcher = _OwnFiles(assets.absolute())
        self._fonts = FontConfiguration()
        self._style = weasyprint.CSS(
            string=(HERE / "paper.css").read_text(encoding="utf-8"),
            base_url=f"{assets.absolute().as_uri()}/",
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )

    def set(self, html: str, most_pages: int) -> Sheet:
        """Set a document on at most ``most_pages`` pages (0: on as many as it takes).

        What does not fit even at its densest takes more.  Smaller type is also taken where it saves
        a last page with next to nothing on it.
        """
        document = self._lay_out(html, 0)
        pages = len(document.pages)
        if most_pages and pages > most_pages:
            document = self._fitted(html, most_pages)
        elif _has_thin_page(document.pages):
            complaints = list(self._complaints.heard)
            tighter = self._lay_out(html, 1)
            if len(tighter.pages) < pages:
                document = tighter
            else:
                self._complaints.heard = complaints
        content = document.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=True, pdf_forms=True, finisher=mend
        )
        return Sheet(content or b"", len(document.pages), list(_each_once(self._complaints.heard)))

    def _lay_out(self, html: str, density: int) -> Any:
        self._complaints.heard.clear()
        source = weasyprint.HTML(string=html, base_url="", url_fetcher=self._fetcher)
        for_paper(source.etree_element, density)
        return source.render(
            font_config=self._fonts,
            stylesheets=[self._style],
            pdf_variant="pdf/ua-1",
            pdf_forms=True,
        )

    def _fitted(self, html: str, most_pages: int) -> Any:
        """Return the least dense setting that fits, or else the densest."""
        low, high, best = 1, DENSITIES - 1, None
        while low <= high:
            density = (low + high) // 2
            document = self._lay_out(html, density)
            if len(document.pages) <= most_pages:
                high, best = density - 1, document
            else:
                low = density + 1
                best = document if best is None and density == DENSITIES - 1 else best
        return best


def _has_thin_page(pages: Sequence[Any]) -> bool:
    """Tell whether a page has next to nothing on it; the first one is no such page."""
    *between, last = pages
    return (bool(between) and _filled(last) < NEXT_TO_NOTHING) or any(
        _filled(page) < NEXT_TO_NOTHING_BETWEEN for page in between[1:]
    )


def _filled(page: Any) -> float:
    """Tell how much of the height of a page has something on it: a part of one."""
    box = page._page_box  # nothing public tells where the text ends
    text = box.children[0]
    ends = [one.position_y + one.margin_height() for one in text.descendants() if _shows(one)]
    filled: float = (max(ends, default=0.0) - box.content_box_y()) / box.height
    return filled


def _shows(box: Any) -> bool:
    return isinstance(box, boxes.LineBox | boxes.ReplacedBox)


def _each_once(complaints: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(complaints)
