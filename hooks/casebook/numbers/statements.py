"""The numbers of statements on law and money: the sources of each statement answer for them."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.handwritten.blocks import scan
from casebook.numbers.found import Number, numbers_in
from casebook.numbers.records import scalar_lines
from casebook.record.citing import texts
from casebook.record.source import Document, Mapping, Node, Scalar, Sequence

READ = ("label", "text", "table", "unsure")
"""Fields of a statement that people read; its dates are those of our own work."""


def statement_numbers(document: Document) -> list[Number]:
    """Return the numbers of the statements in ``document``, in the order of the file."""
    return sorted(
        number for entry in document.root.entries.values() for number in _of(document, entry)
    )


def _of(document: Document, entry: Node) -> Iterator[Number]:
    if not isinstance(entry, Mapping):
        return
    sources = tuple(_sources(entry.entries.get("sources")))
    for field in READ:
        node = entry.entries.get(field)
        for _, scalar in texts(node) if node is not None else ():
            for block in scan(scalar_lines(document, scalar)).blocks:
                yield from numbers_in(document, block.passage, sources)


def _sources(node: Node | None) -> Iterator[str]:
    for item in node.items if isinstance(node, Sequence) else ():
        named = item.entries.get("source") if isinstance(item, Mapping) else None
        if isinstance(named, Scalar):
            yield named.text.strip()
