"""What Typst leaves to be told in the tags of a PDF: which cells are headers of their row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf


def mark_row_headers(pdf: Pdf, tables: Sequence[Sequence[Sequence[bool]]]) -> None:
    """Tag cells as headers of their row (ISO 32000-1, 14.8.4.3.4 and table 349).

    Args:
        pdf: The document, which is changed.
        tables: For each table, in order, and each row of its body: which cells are headers.

    Raises:
        ValueError: The document has other tables than these.
    """
    found = [one for one in _elements(pdf.Root.StructTreeRoot.K) if _role(one) == "Table"]
    for table, rows in zip(found, tables, strict=True):
        for row, headers in zip(_body_rows(table), rows, strict=True):
            for cell, is_header in zip(_kids(row), headers, strict=True):
                if is_header:
                    cell.S = Name.TH
                    cell.A = Array([Dictionary(O=Name.Table, Scope=Name.Row)])


def _elements(kid: Any) -> Iterator[Any]:
    """Yield every element of the tree of tags, in reading order."""
    if isinstance(kid, Array):
        for one in kid:
            yield from _elements(one)
    elif isinstance(kid, Dictionary) and "/S" in kid:
        yield kid
        yield from _elements(kid.get("/K", Array()))


def _body_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that are no header; without one, they stand in the table itself."""
    for part in _kids(table):
        if _role(part) == "TR":
            yield part
        elif _role(part) == "TBody":
            yield from _kids(part)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return [kid for kid in (kids if isinstance(kids, Array) else [kids]) if "/S" in kid]


def _role(element: Any) -> str:
    return str(element.S).removeprefix("/")
