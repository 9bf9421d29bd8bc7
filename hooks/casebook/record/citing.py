"""What the text of a record cites: each source must exist, and stand in the record's list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, get_args

from casebook.problem import Problem
from casebook.record.case import Case
from casebook.record.citations import OPENING, OWN, marks
from casebook.record.kinds import Kind
from casebook.record.model import Model, closest, some
from casebook.record.source import Document, Mapping, Node, Scalar, Sequence
from casebook.record.vocabulary import ReferenceEntry

Path = tuple[str, ...]
"""The keys that lead to a field, without the places in lists."""


@cache
def kinds_of_fields() -> dict[Path, Kind]:
    """Return what may stand in each field of a record that holds a value and no fields."""
    return dict(_kinds(Case, ()))


@cache
def citing_fields() -> frozenset[Path]:
    """Return the fields of a record whose text may cite."""
    return frozenset(path for path, kind in kinds_of_fields().items() if kind.cites)


def _kinds(model: type[Model], above: Path) -> Iterator[tuple[Path, Kind]]:
    for name, field in model.model_fields.items():
        path = (*above, field.alias or name)
        for part in (*field.metadata, *_parts(field.annotation)):
            if isinstance(part, Kind):
                yield path, part
            elif isinstance(part, type) and issubclass(part, Model):
                yield from _kinds(part, path)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield a type and everything it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def texts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Yield every piece of text below ``node`` with the keys that lead to it."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item, path)
    else:
        for key, inner in node.entries.items():
            yield from texts(inner, (*path, key))


def check_citations(document: Document, references: dict[str, ReferenceEntry]) -> Iterator[Problem]:
    """Yield the problems of the citations in a record, each at its place in the file.

    Works on the raw tree, so that they are found in a record with other problems too.
    """
    if OPENING not in document.text:
        return
    listed = _listed(document.root)
    for path, scalar in texts(document.root):
        if path[:-1] in citing_fields():  # the last key is the language
            yield from check_marks(document, scalar, references, listed)


def check_marks(
    document: Document,
    scalar: Scalar,
    references: Collection[str],
    listed: Collection[str] | None = None,
) -> Iterator[Problem]:
    """Yield the problems of the citations in a piece of text.

    ``listed`` are the sources that the file names; None where it keeps no list of its own.
    """
    raw = document.text[scalar.start.index : scalar.end]
    if raw.startswith(("'", '"')):
        raw = raw[:-1]  # the quote that closes it is no part of a mark left open
    for mark in marks(raw):
        if not mark.ids:
            value = " ".join(raw[mark.start : mark.end].split())
            at = scalar.start.index + mark.start
            yield document.problem(at, "citation-malformed", value=value[:60])
        for id_, place in mark.ids:
            yield from _named(document, id_, scalar.start.index + place, listed, references)


def _listed(root: Mapping) -> set[str] | None:
    """Return the sources that a record lists; None where the list itself has to be mended first."""
    sources = root.entries.get("sources")
    if not isinstance(sources, Sequence):
        return None
    return {item.text.strip() for item in sources.items if isinstance(item, Scalar)}


def _named(
    document: Document,
    id_: str,
    at: int,
    listed: Collection[str] | None,
    references: Collection[str],
) -> Iterator[Problem]:
    if id_ not in references:
        near, allowed = closest(id_, references), some(references)
        yield document.problem(at, "unknown-reference", value=id_, closest=near, allowed=allowed)
    elif listed is not None and id_ not in listed and id_ != OWN:
        yield document.problem(at, "citation-not-listed", value=id_)
