"""Fields to fill in.  Typst has none, so the template draws each as a link to ``field:NAME``.

Typst has then placed the box and tagged it.  Here its annotation becomes a field, and its element
in the tree of tags, which holds the annotation, a form element (ISO 14289-1, 7.18.4).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from casebook.pdf.tree import Field

PREFIX = "field:"
_MANY_LINES = 1 << 12  # ISO 32000-1, table 228, bit 13
_PRINTED = 4  # ISO 32000-1, table 165, bit 3
_APPEARANCE = "/SG 10 Tf 0.08 0.145 0.118 rg"
_FONT_NAME = Name("/SGFIEL+SchibstedGrotesk")
_TABLES_FOR_SHAPING = ("GPOS", "GSUB", "GDEF", "STAT", "DSIG")


def add_fields(pdf: Pdf, fields: Mapping[str, Field], font: Path) -> None:
    """Turn the links that stand for fields into fields.

    Args:
        pdf: The document, which is changed.
        fields: The fields by their names.
        font: The TrueType font that answers are written with.
    """
    elements = dict(_numbers(pdf.Root.StructTreeRoot.ParentTree))
    widgets = []
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            address = str(note.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(PREFIX):
                name = address.removeprefix(PREFIX)
                elements[int(note.StructParent)][Name.S] = Name.Form
                note[Name.P] = page.obj
                _become_field(pdf, note, name, fields[name])
                widgets.append(note)
                page.obj[Name.Tabs] = Name.S
    pdf.Root[Name.AcroForm] = pdf.make_indirect(
        Dictionary(
            Fields=Array(widgets),
            DA=String(_APPEARANCE),
            DR=Dictionary(Font=Dictionary(SG=_embedded(pdf, font))),
        )
    )


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield what a number tree holds (ISO 32000-1, 7.9.7)."""
    pairs = list(tree.get("/Nums", []))
    yield from zip(map(int, pairs[::2]), pairs[1::2], strict=True)
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid)


def _become_field(pdf: Pdf, note: Any, name: str, field: Field) -> None:
    left, bottom, right, top = (float(value) for value in note.Rect)
    width, height = round(right - left, 3), round(top - bottom, 3)
    for key in ("/A", "/Border", "/Contents", "/QuadPoints", "/H"):
        if key in note:
            del note[key]
    note[Name.Subtype] = Name.Widget
    note[Name.F] = _PRINTED
    note[Name.T] = String(name)
    note[Name.TU] = note[Name.Contents] = String(field.tooltip)
    if field.kind == "box":
        tick = (
            f"q 1.1 w 1 J 1 j 0.08 0.15 0.12 RG {width * 0.2:.2f} {height * 0.52:.2f} m "
            f"{width * 0.42:.2f} {height * 0.26:.2f} l {width * 0.82:.2f} {height * 0.78:.2f} l S Q"
        )
        states = Dictionary(
            on=_drawing(pdf, width, height, tick.encode()), Off=_drawing(pdf, width, height, b"")
        )
        note[Name.FT] = Name.Btn
        note[Name.V] = note[Name.AS] = Name.Off
        note[Name.MK] = Dictionary(CA=String("4"))  # a tick, in viewers that draw it themselves
        note[Name.AP] = Dictionary(N=states)
    else:
        note[Name.FT] = Name.Tx
        note[Name.V] = String("")
        note[Name.DA] = String(_APPEARANCE)
        note[Name.Ff] = _MANY_LINES if field.kind == "area" else 0
        note[Name.AP] = Dictionary(N=_drawing(pdf, width, height, b"/Tx BMC EMC"))


def _drawing(pdf: Pdf, width: float, height: float, content: bytes) -> Any:
    stream = Stream(pdf, content)
    stream[Name.Type] = Name.XObject
    stream[Name.Subtype] = Name.Form
    stream[Name.BBox] = Array([0, 0, width, height])
    stream[Name.Resources] = Dictionary()
    return pdf.make_indirect(stream)


def _embedded(pdf: Pdf, file: Path) -> Any:
    """Return a font for the letters of Windows-1252, whole, so that any answer can be written.

    What shapes text is left out: a field writes letter by letter.
    """
    font = TTFont(file, recalcTimestamp=False)
    letters, widths = font.getBestCmap(), font["hmtx"]
    head, more, line = font["head"], font["OS/2"], font["hhea"]
    scale = 1000 / head.unitsPerEm

    def width_of(code: int) -> int:
        letter = bytes([code]).decode("cp1252", errors="replace")
        width: int = round(widths[letters.get(ord(letter), ".notdef")][0] * scale)
        return width

    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_FONT_NAME,
        Flags=32,  # ISO 32000-1, table 123: letters of Latin text
        ItalicAngle=0,
        FontBBox=Array([round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        Ascent=round(line.ascent * scale),
        Descent=round(line.descent * scale),
        CapHeight=round(more.sCapHeight * scale),
        StemV=80,
    )
    for table in _TABLES_FOR_SHAPING:
        if table in font:
            del font[table]
    written = io.BytesIO()
    font.save(written)
    descriptor.FontFile2 = pdf.make_indirect(
        Stream(pdf, written.getvalue(), Length1=len(written.getvalue()))
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=_FONT_NAME,
            FirstChar=32,
            LastChar=255,
            Widths=Array([width_of(code) for code in range(32, 256)]),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
