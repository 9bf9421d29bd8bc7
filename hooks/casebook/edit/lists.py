"""Putting an item into a list of ids in a record, and taking one out; all else stays as it is.

What was put in and is taken out again leaves the text as it was, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casebook.record.fields import record_fields
from casebook.record.source import Document, Scalar
from casebook.record.source import Sequence as ListNode

Edit = tuple[int, int, str]
"""Where a piece of text begins and ends, and what comes in its place."""
_COMMA = re.compile(r"(?:\s*,\s*)?")


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; none may touch another."""
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def ids_in(document: Document, field: str) -> list[Scalar]:
    """Return the items of a list of ids; nothing of a list that holds anything else."""
    node = document.root.entries.get(field)
    items = node.items if isinstance(node, ListNode) else []
    ids = [item for item in items if isinstance(item, Scalar)]
    return ids if len(ids) == len(items) else []


def items_added(document: Document, field: str, ids: Sequence[str]) -> Edit:
    """Return the edit that puts ``ids`` at the end of a list, which may not be there yet."""
    words, text, root = ", ".join(ids), document.text, document.root
    node, there = root.entries.get(field), ids_in(document, field)
    if there and not _is_flow(document, field):
        end, indentation = _end_of_line(text, there[-1].end), " " * (there[-1].start.column - 3)
        return end, end, "".join(f"{indentation}- {id_}\n" for id_ in ids)
    if there:
        return there[-1].end, there[-1].end, f", {words}"
    if isinstance(node, ListNode):
        return node.start.index + 1, node.start.index + 1, words
    if text[root.start.index] == "{":
        return root.start.index + 1, root.start.index + 1, f"{field}: [{words}], "
    if node is not None:  # the key stands there with nothing behind it
        place = text.index(":", root.keys[field].index) + 1
        return place, place, f" [{words}]"
    place = _place_of(document, field)
    return place, place, f"{field}: [{words}]\n"


def items_removed(document: Document, field: str, places: Sequence[int]) -> list[Edit]:
    """Return the edits that take out the items at ``places``; the field too when none is left."""
    items, text, root = ids_in(document, field), document.text, document.root
    left = [place for place in range(len(items)) if place not in places]
    flow = _is_flow(document, field)
    if not left:
        start = root.keys[field].index
        end = text.index("]", items[-1].end) + 1 if flow else items[-1].end
        if text[root.start.index] == "{":
            return [(start, end + len(_COMMA.match(text, end)[0]), "")]  # type: ignore[index]
        return [(start, _end_of_line(text, end), "")]
    edits = []
    for place in places:
        one = items[place]
        if not flow:
            start = text.rindex("\n", 0, one.start.index) + 1
            edits.append((start, _end_of_line(text, one.end), ""))
        elif any(other < place for other in left):
            edits.append((items[place - 1].end, one.end, ""))
        else:
            edits.append((one.start.index, items[place + 1].start.index, ""))
    return edits


def _is_flow(document: Document, field: str) -> bool:
    return document.text[document.root.entries[field].start.index] == "["


def _place_of(document: Document, field: str) -> int:
    """Return where a field that is not there yet stands: below the one that it comes after."""
    order = [spec.name for spec in record_fields()]
    keys = document.root.keys
    later = [keys[name].index for name in order[order.index(field) + 1 :] if name in keys]
    text = document.text
    if not later:
        return len(text)
    lines = text[: min(later)].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()  # what stands above a field belongs to it
    return len("".join(lines))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
