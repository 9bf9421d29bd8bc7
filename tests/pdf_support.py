"""What tests ask of a PDF: its pieces of text with their places and sizes, and its tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Piece:
    """A piece of text on a page, in points: its size, and its place from the left and the foot."""

    text: str
    size: float
    left: float
    height: float


def pieces(page: Any) -> list[Piece]:
    """The text of a page as it comes."""
    found: list[Piece] = []

    def see(text: str, outer: list[float], inner: list[float], _: Any, size: float) -> None:
        if text.strip():
            left = outer[4] + inner[4] * outer[0]
            height = outer[5] + inner[5] * outer[3]
            found.append(Piece(text, round(size * abs(inner[3] * outer[3]), 2), left, height))

    page.extract_text(visitor_text=see)
    return found


def elements(file: Path | BytesIO) -> Iterator[tuple[list[str], Any]]:
    """Every element of the tree of tags: its role with those above it, and the element."""

    def walk(kid: Any, above: list[str]) -> Iterator[tuple[list[str], Any]]:
        if isinstance(kid, pikepdf.Array):
            for one in kid:
                yield from walk(one, above)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            roles = [*above, str(kid.S).removeprefix("/")]
            yield roles, kid
            yield from walk(kid.get("/K"), roles)

    with pikepdf.open(file) as opened:
        yield from walk(opened.Root.StructTreeRoot.K, [])
