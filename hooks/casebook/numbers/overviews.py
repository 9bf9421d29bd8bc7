"""The numbers of overviews: what a paragraph or an item cites answers for those in it."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.handwritten.blocks import scan
from casebook.numbers.cover import covering
from casebook.numbers.found import Number, numbers_in
from casebook.numbers.records import scalar_lines
from casebook.record.citing import texts
from casebook.record.overviews import PARTS
from casebook.record.source import Document


def overview_numbers(document: Document) -> list[Number]:
    """Return the numbers of an overview, in the order of the file."""
    return sorted(_numbers(document))


def _numbers(document: Document) -> Iterator[Number]:
    for part in PARTS:
        node = document.root.entries.get(part)
        for _, scalar in texts(node) if node is not None else ():
            blocks = scan(scalar_lines(document, scalar)).blocks
            for block, cited in zip(blocks, covering(blocks, ()), strict=True):
                yield from numbers_in(document, block.passage, cited)
