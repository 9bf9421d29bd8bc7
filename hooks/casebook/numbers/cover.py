"""Which citations answer for which piece of a text.

A citation covers the paragraph, item, row or note it stands in.  The paragraph right above a list
or table covers all of it when it ends with a colon, and the paragraph right below a table when it
begins with the word for a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.handwritten.blocks import Block
from casebook.record.citations import marks, uncited


def cited_ids(text: str) -> Iterator[str]:
    """Yield the ids that ``text`` cites."""
    for mark in marks(text):
        for id_, _ in mark.ids:
            yield id_


def covering(blocks: Sequence[Block], caption_words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each of ``blocks`` the ids of the sources that answer for it."""
    units: dict[int, list[str]] = {}
    notes: dict[int, list[str]] = {}
    divided = {block.note for block in blocks if block.kind == "heading"}
    for block in blocks:
        ids = list(cited_ids(block.passage.text))
        units.setdefault(block.unit, []).extend(ids)
        if block.note and block.note not in divided:
            notes.setdefault(block.note, []).extend(ids)
    groups = _groups(blocks, units, caption_words)
    return [
        tuple(
            dict.fromkeys(
                units[block.unit] or groups.get(block.group) or notes.get(block.note) or ()
            )
        )
        for block in blocks
    ]


def _groups(
    blocks: Sequence[Block], units: dict[int, list[str]], caption_words: Sequence[str]
) -> dict[int, list[str]]:
    """Return what is cited for a whole list or table by the paragraphs beside it."""
    places: dict[int, tuple[int, int]] = {}
    for place, block in enumerate(blocks):
        if block.group:
            places[block.group] = (places.get(block.group, (place, place))[0], place)
    found: dict[int, list[str]] = {}
    for group, (first, last) in places.items():
        ids: list[str] = []
        if first > 0 and _leads_in(blocks[first - 1]):
            above = blocks[first - 1]
            ids += units[above.unit] or found.get(above.group, [])
        below = blocks[last + 1] if last + 1 < len(blocks) else None
        if (
            below is not None
            and blocks[last].kind == "cell"
            and below.passage.text.startswith(tuple(caption_words))
        ):
            ids += units[below.unit]
        found[group] = ids
    return found


def _leads_in(block: Block) -> bool:
    if block.kind not in ("paragraph", "item"):
        return False
    return uncited(block.passage.text).rstrip(" *_").endswith(":")
