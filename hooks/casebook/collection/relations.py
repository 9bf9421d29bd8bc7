"""Relations between records: what they name must exist, and nothing may contain itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from casebook.collection.names import CaseNames
from casebook.problem import Problem
from casebook.record.case import WITHDRAWN, Case
from casebook.record.source import Document, Position, Scalar, Sequence
from casebook.record.source import Mapping as MappingNode

LIST_FIELDS = ("related", "shown_with")
"""Fields that name several cases: worth reading too; told of together by a source."""
FORMER = "former_ids"
"""The field of the ids that a case had before."""
MOST_PROPOSALS = 10
"""For how many cases that do not exist another is proposed: looking through thousands is slow."""


class Mention(NamedTuple):
    """One case named by another: in which field, and where in the file."""

    field: str
    target: str
    where: Position


class Naming(NamedTuple):
    """What a record says of names: how its file is called, and which cases it names.

    ``former`` are the ids that the case had before.
    """

    path: str
    mentions: tuple[Mention, ...] = ()
    former: tuple[Mention, ...] = ()
    is_withdrawn: bool = False


def naming(path: str, document: Document) -> Naming:
    """Return what a record says of names, also when something else in it is wrong."""
    status = document.root.entries.get("status")
    said = status.entries.get("is") if isinstance(status, MappingNode) else status
    return Naming(
        path,
        tuple(mentions(document)),
        tuple(_listed(document, FORMER)),
        isinstance(said, Scalar) and said.text.strip() == WITHDRAWN,
    )


def names_of(namings: Mapping[str, Naming], ids: Collection[str]) -> CaseNames:
    """Return how all cases are called; ``ids`` are also those of records that cannot be read."""
    former = {one.target: id_ for id_, said in namings.items() for one in said.former}
    return CaseNames(
        tuple(sorted(ids)),
        {old: id_ for old, id_ in sorted(former.items()) if old not in ids},
        frozenset(id_ for id_, said in namings.items() if said.is_withdrawn),
    )


def mentions(document: Document) -> Iterator[Mention]:
    """Yield every case that the record names.

    Works on the raw tree, so relations of a record with other problems are checked as well.
    """
    part_of = document.root.entries.get("part_of")
    if isinstance(part_of, Scalar) and part_of.text:
        yield Mention("part_of", part_of.text, part_of.start)
    for field in LIST_FIELDS:
        yield from _listed(document, field)


def _listed(document: Document, field: str) -> Iterator[Mention]:
    named = document.root.entries.get(field)
    for item in named.items if isinstance(named, Sequence) else ():
        if isinstance(item, Scalar) and item.text:
            yield Mention(field, item.text, item.start)


def check_former(namings: Mapping[str, Naming], reserved: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each former id whose address another page has."""
    first: dict[str, str] = {}
    for naming in namings.values():
        for mention in naming.former:
            line, column, _ = mention.where
            id_ = mention.target
            if id_ in reserved:
                yield Problem.make(naming.path, line, column, "reserved-id", value=id_)
                continue
            owner = namings[id_].path if id_ in namings else first.get(id_)
            if owner is not None and (id_ in namings or owner != naming.path):
                yield Problem.make(
                    naming.path, line, column, "former-id-taken", value=id_, other=owner
                )
            first.setdefault(id_, naming.path)


def check_relations(namings: Mapping[str, Naming], names: CaseNames) -> Iterator[Problem]:
    """Yield problems of relations between the records.

    ``namings`` has what each record names, by its id; ``names`` are those of all records, also of
    those that could not be read.

    A circle of ``part_of`` is reported in each file that is part of it.
    """
    parent: dict[str, Mention] = {}
    for id_, naming in namings.items():
        unknown = 0
        for mention in naming.mentions:
            where, target = mention.where, names.now(mention.target)
            told = names.fault(mention.target, id_, propose=unknown < MOST_PROPOSALS)
            unknown += mention.target not in names.all
            if told is not None:
                rule, details = told
                yield Problem.make(naming.path, where.line, where.column, rule, **details)
            if mention.field in LIST_FIELDS and target == id_:
                yield Problem.make(
                    naming.path,
                    where.line,
                    where.column,
                    "related-to-itself",
                    value=id_,
                    field=mention.field,
                )
            elif mention.field == "part_of" and target in names.ids:
                parent[id_] = mention._replace(target=target)
    for id_, mention in parent.items():
        circle = _circle(id_, parent)
        if circle:
            yield Problem.make(
                namings[id_].path,
                mention.where.line,
                mention.where.column,
                "part-of-circle",
                circle=" → ".join([*circle, id_]),
            )


def _circle(start: str, parent: Mapping[str, Mention]) -> list[str]:
    """Return the ids on the way from ``start`` back to itself, or nothing."""
    way, here = [start], start
    while here in parent:
        here = parent[here].target
        if here == start:
            return way
        if here in way:
            return []  # leads into a circle of others, which report it themselves
        way.append(here)
    return []


class RelationIndex:
    """Relations in both directions, from what each record names itself."""

    def __init__(self, cases: Mapping[str, Case], names: CaseNames) -> None:
        """Index the relations of ``cases``; they may name each other as they were called before."""
        self._cases = cases
        self._now = names.now

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, case in self._cases.items():
            if case.part_of is not None:
                found.setdefault(self._now(case.part_of), []).append(id_)
        return found

    @cached_property
    def _named_by(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for id_, case in self._cases.items():
            for field in LIST_FIELDS:
                for target in map(self._now, getattr(case, field)):
                    found.setdefault((field, target), []).append(id_)
        return found

    def parent(self, id_: str) -> str | None:
        """The larger initiative that this one belongs to."""
        parent = self._now(self._cases[id_].part_of or "")
        return parent if parent in self._cases else None

    def parts(self, id_: str) -> tuple[str, ...]:
        """The cases that belong to this one."""
        return tuple(self._parts.get(id_, ()))

    def related(self, id_: str) -> tuple[str, ...]:
        """Cases related either way, those named here first; family is shown elsewhere."""
        family = {self.parent(id_), *self.parts(id_)}
        return tuple(other for other in self._either_way("related", id_) if other not in family)

    def shown_with(self, id_: str) -> tuple[str, ...]:
        """Cases that a source tells of together with this one, without saying how they belong."""
        return tuple(self._either_way("shown_with", id_))

    def told(self, id_: str) -> frozenset[str]:
        """Every case that this one is told to belong to or with, by whatever relation."""
        found = {*self.parts(id_), *self.related(id_), *self.shown_with(id_)}
        parent = self.parent(id_)
        return frozenset(found | {parent} if parent is not None else found)

    def _either_way(self, field: str, id_: str) -> Iterator[str]:
        """Yield cases that this one names in ``field``, then those that name it; each once."""
        own = map(self._now, getattr(self._cases[id_], field))
        for other in dict.fromkeys([*own, *self._named_by.get((field, id_), ())]):
            if other in self._cases and other != id_:
                yield other
