"""What an overview names has to be there: term, sources, statements, and cases with the term."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from casebook.collection.facets import TERM_FIELDS
from casebook.collection.names import CaseNames
from casebook.problem import Problem
from casebook.record.citing import check_marks, texts
from casebook.record.model import closest, some
from casebook.record.overviews import PARTS
from casebook.record.source import Document, Scalar, Sequence
from casebook.record.vocabulary import Vocabulary

Carried = Mapping[str, Collection[tuple[str, str]]]
"""The terms that each case carries, as facet and term, by the id of the case."""


def carried_terms(document: Document) -> frozenset[tuple[str, str]]:
    """Return the terms that a record carries, also when something else in it is wrong."""
    return frozenset(
        (facet, item.text.strip()) for facet in TERM_FIELDS for item in _items(document, facet)
    )


def check_overview(
    document: Document,
    facet: str,
    term: str,
    vocabulary: Vocabulary,
    carried: Carried,
    names: CaseNames,
) -> Iterator[Problem]:
    """Yield the problems of what an overview names, each at its place in the file.

    ``names`` are those of all records, ``carried`` tells of those that could be read.
    """
    if facet not in TERM_FIELDS:
        yield document.problem(0, "overview-of-no-facet", value=facet, allowed=some(TERM_FIELDS))
        return
    if term not in vocabulary.facet(facet):
        yield _not_known(document, 0, "unknown-term", term, vocabulary.facet(facet), facet=facet)
    for part in PARTS:
        node = document.root.entries.get(part)
        for _, scalar in texts(node) if node is not None else ():
            yield from check_marks(document, scalar, vocabulary.references)
    for item in _items(document, "cases"):
        case = item.text.strip()
        told = names.fault(case)
        if told is not None:
            yield document.problem(item.start.index, told[0], **told[1])
        elif (facet, term) not in carried.get(case, {(facet, term)}):
            yield document.problem(
                item.start.index, "overview-of-other-case", value=case, facet=facet, term=term
            )
    known = {f"{name}#{id_}" for name, said in vocabulary.statements.items() for id_ in said}
    for item in _items(document, "law"):
        if "#" in item.text and item.text.strip() not in known:
            value = item.text.strip()
            yield _not_known(document, item.start.index, "unknown-statement", value, known)


def _items(document: Document, field: str) -> Iterator[Scalar]:
    node = document.root.entries.get(field)
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            yield item


def _not_known(
    document: Document, at: int, rule: str, value: str, known: Collection[str], **details: str
) -> Problem:
    near, allowed = closest(value, known), some(known)
    return document.problem(at, rule, value=value, closest=near, allowed=allowed, **details)
