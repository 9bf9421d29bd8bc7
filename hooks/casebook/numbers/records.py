"""The numbers of a record.

A figure has its ``source``.  Text has what it cites where it stands, else the source of the entry
it belongs to (a note to a figure, an account of a disagreement), else the record's source when
there is only one.  Titles, leads and dates take the source of the same number elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casebook.handwritten.blocks import scan
from casebook.handwritten.passage import Line, Passage
from casebook.numbers.cover import cited_ids, covering
from casebook.numbers.found import RECORD, Number, number_at, numbers_in, with_inherited
from casebook.numbers.tokens import Token
from casebook.record.case import NumberOrRange
from casebook.record.citing import Path, kinds_of_fields
from casebook.record.kinds import Kind, Name, NameOrText, Pattern, Text, When, Year
from casebook.record.kinds import Number as NumberKind
from casebook.record.source import Document, Mapping, Node, Scalar, Sequence

_ABOUT_THEMSELVES = ("names", "attachments", "links", "images", "updated", "confirmed")
"""Fields that tell of the record or of a document: what they say is no claim of a source."""
_READABLE_PATTERNS = ("phone", "time")
"""Fields of a fixed shape whose digits people read; ids and addresses are none."""
_INNER = ("values", "accounts")
"""Lists in an entry whose items may have a source of their own."""
_BLOCK = ("|", ">")


def record_numbers(document: Document) -> list[Number]:
    """Return the numbers of the record in ``document``, in the order of the file."""
    sources = _ids(document.root.entries.get("sources"))
    only = tuple(sources) if len(sources) == 1 else ()
    found: list[Number] = []
    for field, node in document.root.entries.items():
        for path, scalar, entry in _values(node, (field,), ()):
            own = (RECORD,) if field in _ABOUT_THEMSELVES else entry
            found += _numbers(document, path, scalar, own, only)
    return with_inherited(sorted(found))


def _values(
    node: Node, path: Path, entry: tuple[str, ...]
) -> Iterator[tuple[Path, Scalar, tuple[str, ...]]]:
    """Yield every value below ``node`` with the sources that the entries around it name."""
    if isinstance(node, Scalar):
        yield path, node, entry
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, path, entry)
    else:
        own = _entry_sources(node, path) or entry
        named = tuple(_ids(node.entries.get("source"))) or own
        for key, inner in node.entries.items():
            yield from _values(inner, (*path, key), named if key in _INNER else own)


def _entry_sources(node: Mapping, path: Path) -> tuple[str, ...]:
    """Return the sources that an entry names for what it says."""
    if path == ("organisations",):
        return ()
    if path == ("contacts",):
        basis = node.entries.get("basis")
        published = basis.entries.get("published") if isinstance(basis, Mapping) else None
        return tuple(_ids(published)) or (RECORD,)
    ids = _ids(node.entries.get("source"))
    if path == ("results", "values"):
        return tuple(ids)
    for key in _INNER:  # what stands beside them may speak of any of them
        inner = node.entries.get(key)
        for item in inner.items if isinstance(inner, Sequence) else ():
            if isinstance(item, Mapping):
                ids += _ids(item.entries.get("source"))
    note = node.entries.get("note")
    if path in (("status",), ("period",)) and isinstance(note, Mapping):
        for text in note.entries.values():
            ids += cited_ids(text.text) if isinstance(text, Scalar) else ()
    return tuple(dict.fromkeys(ids))


def _ids(node: Node | None) -> list[str]:
    items = node.items if isinstance(node, Sequence) else [node]
    return [item.text.strip() for item in items if isinstance(item, Scalar) and item.text.strip()]


def _numbers(
    document: Document, path: Path, scalar: Scalar, entry: tuple[str, ...], only: tuple[str, ...]
) -> Iterator[Number]:
    kinds = kinds_of_fields()
    kind = kinds.get(path) or kinds.get(path[:-1])  # the last key may be the language
    lines = scalar_lines(document, scalar)
    if isinstance(kind, When | Year | NumberKind | NumberOrRange):
        yield _value(document, kind, path, scalar, lines, entry or only)
    elif (isinstance(kind, Text) and kind.form == "prose") or kind is kinds["hard_parts",]:
        blocks = scan(lines).blocks
        for block, cited in zip(blocks, covering(blocks, ()), strict=True):
            here = cited or entry or only
            yield from numbers_in(document, block.passage, here)
    elif isinstance(kind, Text):
        for passage in _paragraphs(lines):
            here = tuple(cited_ids(passage.text)) or entry or only
            for number in numbers_in(document, passage, here):
                yield number if kind.cites else replace(number, inherits=True)
    elif isinstance(kind, Name | NameOrText) or _is_readable(kind, path):
        here = entry or (RECORD,)
        yield from numbers_in(document, Passage.of(lines), here)


def _is_readable(kind: Kind | None, path: Path) -> bool:
    return isinstance(kind, Pattern) and path[-1] in _READABLE_PATTERNS


def _value(
    document: Document,
    kind: Kind | None,
    path: Path,
    scalar: Scalar,
    lines: list[Line],
    sources: tuple[str, ...],
) -> Number:
    """Return a figure or a date, which is one number however many digits it has."""
    written = scalar.text.strip()
    year = written[:4] if isinstance(kind, When | Year) else written
    passage = Passage.of(lines)
    start = max(passage.text.find(written), 0)
    token = Token(start, start + len(written), written, (year,))
    number = number_at(document, passage, token, sources)
    return replace(number, inherits=True) if isinstance(kind, When | Year) else number


def _paragraphs(lines: list[Line]) -> Iterator[Passage]:
    open_: list[Line] = []
    for line in [*lines, (0, "")]:
        if line[1].strip():
            open_.append(line)
        elif open_:
            yield Passage.of(open_)
            open_ = []


def scalar_lines(document: Document, scalar: Scalar) -> list[Line]:
    """Return the lines of a text as they stand in the file, without their common indentation."""
    start, end = scalar.start.index, scalar.end
    raw = document.text[start:end]
    if not raw.startswith(_BLOCK):
        quote = raw[:1] if raw[:1] in "'\"" else ""
        return _flow_lines(raw.removesuffix(quote) if quote else raw, start, len(quote))
    lines, at = [], start
    for line in raw.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    lines = lines[1:]
    full = [line for _, line in lines if line.strip()]
    depth = min((len(line) - len(line.lstrip(" ")) for line in full), default=0)
    return [(at + min(depth, len(line)), line[depth:]) for at, line in lines]


def _flow_lines(raw: str, start: int, skip: int) -> list[Line]:
    lines, at = [], start
    for number, line in enumerate(raw.split("\n")):
        gap = skip if number == 0 else len(line) - len(line.lstrip(" "))
        lines.append((at + gap, line[gap:]))
        at += len(line) + 1
    return lines
