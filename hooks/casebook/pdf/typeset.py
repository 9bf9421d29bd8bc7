"""From HTML to a tagged PDF.  Importing this needs Typst."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import typst

from casebook import letters
from casebook.pdf.document import FIELD_FONT, TEMPLATE
from casebook.pdf.form_fields import add_fields
from casebook.pdf.tags import mark_row_headers
from casebook.pdf.tree import Tree

CREATED = 1_767_225_600
"""The second that stands in every PDF as when it was made, so that all makings are the same."""
NEXT_TO_NOTHING, NEXT_TO_NOTHING_BETWEEN = 0.3, 0.15
"""A page filled to no more than this part of its height is worth setting the document tighter: the
last one, and one before it, where a chapter ends."""
_PAGE_HEIGHT, _MIDDLE = 841.89, 297.64  # of A4, in points
_TOP, _FOOT = 48.19, 51.02  # margins of a case, as the template has them, in points
_MILLIMETRE = 72 / 25.4
_SLACK = (3, 8, 16, 32)
"""Millimetres by which the columns of the last page of a case may end further down than half the
text: less is nicer, but what cannot be parted may need more."""


class FaultyError(Exception):
    """A document cannot be set; the message says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF that was set; ``faults`` are what is wrong with the document."""

    content: bytes
    pages: int
    faults: list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands: its page, and how far from the left and from the top, in points."""

    name: str
    page: int
    x: float
    y: float


class Typesetter:
    """Sets documents; fonts and template are read once."""

    def __init__(self, assets: Path) -> None:
        """Use the drawings and pictures in ``assets``; nothing else is read."""
        self._root = str(assets.absolute())
        folders = {str(file.parent) for file in (FIELD_FONT, *letters.font_files())}
        # Neither the fonts of the machine nor those in Typst: all machines set the same.
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders)
        )
        # Files by their names: Typst takes them, though its types do not say so.
        self._template: Any = {
            file.name: file.read_bytes() for file in sorted(TEMPLATE.glob("*.typ"))
        }

    def set(self, html: str, pictures: Mapping[str, str] | None = None) -> Sheet:
        """Set a document.

        Args:
            html: The whole document.
            pictures: The file of each of its pictures below the folder of assets, by its address.

        Raises:
            FaultyError: Typst cannot set it.
        """
        tree = Tree(html, pictures or {})
        tree.data["fonts"] = list(letters.covered())
        try:
            layout = self._best(tree)
            return Sheet(_finished(layout.pdf(), tree), layout.pages, tree.faults)
        except RuntimeError as error:  # TypstError is one, and a query raises it as it is
            raise FaultyError("; ".join(_causes(error))) from error

    def _best(self, tree: Tree) -> _Layout:
        layout = self._lay_out(tree)
        if "case-paper" in tree.data["kind"]:
            return self._balanced(tree, layout)
        if layout.has_thin_page():
            tighter = self._lay_out(tree, tight=True)
            layout = tighter if tighter.pages < layout.pages else layout
        return layout

    def _balanced(self, tree: Tree, layout: _Layout) -> _Layout:
        """Let the columns of the last page end at the same height."""
        tight = False
        if layout.pages > 1 and layout.height_of_columns() < NEXT_TO_NOTHING_BETWEEN * _PAGE_HEIGHT:
            tighter = self._lay_out(tree, tight=True)
            if tighter.pages < layout.pages:
                layout, tight = tighter, True
        for slack in _SLACK:
            free = layout.room_below_columns() - slack * _MILLIMETRE
            if free < 4 * _MILLIMETRE:
                break
            balanced = self._lay_out(tree, tight=tight, foot=free)
            if balanced.pages == layout.pages:
                return balanced
        return layout

    def _lay_out(self, tree: Tree, *, tight: bool = False, foot: float = 0) -> _Layout:
        inputs = {
            "doc": json.dumps(tree.data, ensure_ascii=False),
            "tight": "yes" if tight else "no",
            "foot": f"{foot:.2f}",
        }
        compiler = typst.Compiler(
            input=self._template,
            root=self._root,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
        return _Layout(compiler, self._template)


class _Layout:
    """A document that was laid out.  It is written as a PDF only when it is the one wanted."""

    def __init__(self, compiler: typst.Compiler, template: Any) -> None:
        self._compiler = compiler
        self._template = template
        found = json.loads(compiler.query("<place>", field="value"))
        self._places = [
            _Place(one["name"], one["at"]["page"], _points(one["at"]["x"]), _points(one["at"]["y"]))
            for one in found
        ]
        self.pages = max(place.page for place in self._places)

    def pdf(self) -> bytes:
        """Write it by PDF/UA-1 (ISO 14289-1); Typst refuses what breaks a rule that it knows."""
        content = self._compiler.compile(
            self._template, format="pdf", pdf_standards=["ua-1"], timestamp=CREATED
        )
        assert isinstance(content, bytes)  # noqa: S101 - a document in one format
        return content

    def has_thin_page(self) -> bool:
        """Tell whether a page has next to nothing on it; the first one is no such page."""
        return any(
            place.page > 1
            and place.y / _PAGE_HEIGHT
            < (NEXT_TO_NOTHING if place.page == self.pages else NEXT_TO_NOTHING_BETWEEN)
            for place in self._places
        )

    def height_of_columns(self) -> float:
        """Return how much of the last page the text takes, counted as one column, in points."""
        start, end = (next(p for p in self._places if p.name == name) for name in ("start", "end"))
        top = start.y if start.page == end.page else _TOP
        whole = _PAGE_HEIGHT - _FOOT - top
        return (whole if end.x > _MIDDLE else 0) + end.y - top

    def room_below_columns(self) -> float:
        """Return how much is free below the columns of the last page, were they equally long."""
        start, end = (next(p for p in self._places if p.name == name) for name in ("start", "end"))
        top = start.y if start.page == end.page else _TOP
        return _PAGE_HEIGHT - _FOOT - top - self.height_of_columns() / 2


def _points(length: str) -> float:
    return float(length.removesuffix("pt"))


def _causes(error: RuntimeError) -> Iterator[str]:
    """Yield what Typst says, without the places in the template, which help nobody."""
    told = str(getattr(error, "diagnostic", None) or f"error: {error}")
    for line in told.splitlines():
        if line.startswith("error: "):
            yield line.removeprefix("error: ")


def _finished(content: bytes, tree: Tree) -> bytes:
    """Return a PDF with fields and headers of rows, packed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        mark_row_headers(pdf, tree.row_headers)
        if tree.fields:
            add_fields(pdf, tree.fields, FIELD_FONT)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        written = io.BytesIO()
        pdf.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return written.getvalue()
