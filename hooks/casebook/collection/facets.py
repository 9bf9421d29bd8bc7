"""Facets: by what cases are grouped, and which terms of each facet a case carries.

This is the one list that pages, tags, catalogue, form, search, guides, likeness and the home page
go by.  Most facets are fields of the record; some follow from it (the county from the places, the
size band from the municipality, the kinds of partners from the organisations).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebook.record.case import STATUSES, WITHDRAWN, Case
from casebook.record.places import COUNTY, MUNICIPALITY, SIZES, PlaceEntry
from casebook.record.vocabulary import Vocabulary

NOT_STATED = "unknown"
"""The term of a facet that says that nothing is known: it groups nothing that belongs together."""
ALL_CASES = "alle"
"""Beside the facets' own addresses: the list of all cases."""
_WIDER = ("nav-region", "former-county", "country", "area")
"""Kinds of places that lie in no county of today, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to group cases.

    Attributes:
        id: Its name; that of the field when it is one.
        of: Returns the terms that a case carries.
        known: Returns all terms there are.
        is_field: Whether it is a list of terms in the record.
        in_vocabulary: Whether its terms stand in a vocabulary of their own, so that guides can say
            which of them they are about.
        weight: How much it tells about what a case can teach; nothing: 0.  Two cases that are like
            each other share a term of a facet that weighs 1 or more.
        is_topic: Whether a case is found by the names of its terms.
        is_way_in: Whether the home page offers it as a way in.
        is_offered: Whether it is offered where a search led nowhere.
        is_ordered: Whether its terms are steps; of all others the commonest terms come first.
        compared: Whether it is a row where cases are compared.
    """

    id: str
    of: Callable[[Case, Vocabulary], Iterable[str]]
    known: Callable[[Vocabulary], Iterable[str]]
    is_field: bool = False
    in_vocabulary: bool = False
    weight: float = 0
    is_topic: bool = False
    is_way_in: bool = False
    is_offered: bool = False
    is_ordered: bool = False
    compared: bool = False

    @property
    def slug(self) -> str:
        """The facet's part of an address."""
        return self.id.replace("_", "-")


def _field(id_: str, **settings: Any) -> Facet:
    """Return a facet that is a list of terms in the record."""
    return _with_vocabulary(id_, lambda case, _: getattr(case, id_), is_field=True, **settings)


def _with_vocabulary(
    id_: str, of: Callable[[Case, Vocabulary], Iterable[str]], **settings: Any
) -> Facet:
    """Return a facet whose terms stand in a vocabulary of their own."""
    return Facet(id_, of, lambda vocabulary: vocabulary.facet(id_), in_vocabulary=True, **settings)


def _partner_types(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    del vocabulary
    return (entry.type for entry in case.organisations if entry.type is not None)


def _directions(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    del vocabulary
    if case.direction is not None:
        yield case.direction.is_


def _counties(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield today's counties of a case, and the wider areas that are in none."""
    for id_ in case.places:
        yield county_of(id_, vocabulary)


def county_of(id_: str, vocabulary: Vocabulary) -> str:
    """Return today's county of a place; a wider area stands for itself."""
    return surroundings(id_, vocabulary)[-1]


def municipality_of(id_: str, vocabulary: Vocabulary) -> str | None:
    """Return the municipality that a place is or lies in, None for a wider area."""
    around = surroundings(id_, vocabulary)
    return next((at for at in around if vocabulary.places[at].kind == MUNICIPALITY), None)


def _known_counties(vocabulary: Vocabulary) -> Iterator[str]:
    for kind in ("county", *_WIDER):
        yield from (id_ for id_, place in vocabulary.places.items() if place.kind == kind)


def _sizes(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the size bands of the municipalities of a case; a district takes that of its own."""
    for id_ in case.places:
        bands = (vocabulary.places[place].size for place in surroundings(id_, vocabulary))
        yield from [band for band in bands if band is not None][:1]


def surroundings(id_: str, vocabulary: Vocabulary) -> list[str]:
    """Return a place and what it lies within, up to its county.

    A municipality whose county the vocabulary does not tell ends with itself.
    """
    way = [id_]
    place: PlaceEntry | None = vocabulary.places[id_]
    while place is not None and place.within is not None and place.within not in way:
        place = vocabulary.places.get(within := place.within)
        if place is not None:
            way.append(within)
    return way


_SHOWN = tuple(status for status in STATUSES if status != WITHDRAWN)
FACETS = (
    _field("target_groups", weight=3, is_topic=True, is_way_in=True, is_offered=True),
    _field("measures", weight=3, is_topic=True, is_way_in=True, is_offered=True),
    _field("sectors", weight=1.5, is_topic=True),
    _field("collaboration", weight=2, is_topic=True, is_way_in=True, is_offered=True),
    _with_vocabulary("partner_types", _partner_types, weight=0.5),
    _field("funding", weight=0.5),
    Facet("county", _counties, _known_counties, weight=0.5, is_offered=True),
    Facet("size", _sizes, lambda _: SIZES, is_ordered=True),
    _with_vocabulary("evidence", lambda case, _: (case.evidence.level,), is_ordered=True),
    _with_vocabulary("direction", _directions, is_ordered=True),
    Facet("status", lambda case, _: (case.status.is_,), lambda _: _SHOWN, is_ordered=True),
    _field("result_types", weight=0.5),
    _field("barriers", weight=1.5),
)
"""All facets in the order in which they are shown."""
TERM_FIELDS = tuple(facet.id for facet in FACETS if facet.is_field)
"""Facets that are lists of terms in the record."""
BY_ID: Mapping[str, Facet] = {facet.id: facet for facet in FACETS}
RESERVED = frozenset({ALL_CASES, *(facet.slug for facet in FACETS)})
"""Addresses beside the cases' own that facets need."""


class FacetIndex:
    """Which cases carry which terms, both ways."""

    def __init__(self, cases: Mapping[str, Case], vocabulary: Vocabulary) -> None:
        """Index ``cases``."""
        self._cases = cases
        self._vocabulary = vocabulary

    def of(self, id_: str) -> Mapping[str, tuple[str, ...]]:
        """Return the terms of a case by facet, each once, in the order of the record."""
        return self._terms[id_]

    def terms(self, facet: str) -> tuple[str, ...]:
        """Return the terms of a facet that cases carry, in the order of the vocabulary."""
        return tuple(self._by_term[facet])

    def pages(self, facet: str) -> tuple[str, ...]:
        """Return the terms of a facet that have a page, in the order of the vocabulary.

        They are all that a case may carry, so that one sees what there is no case of yet.  What
        says that nothing is known, and areas that are no county of today, have one only when cases
        carry them; a facet that no case uses has none at all.
        """
        carried = self._by_term[facet]
        if not carried:
            return ()
        known = BY_ID[facet].known(self._vocabulary)
        order = dict.fromkeys([*known, *carried])
        return tuple(term for term in order if term in carried or self._is_offered(facet, term))

    def _is_offered(self, facet: str, term: str) -> bool:
        if facet == "county":
            return self._vocabulary.places[term].kind == COUNTY
        return term != NOT_STATED

    def cases(self, facet: str, term: str) -> tuple[str, ...]:
        """Return the cases that carry a term, by id; none for a term that nobody carries."""
        return self._by_term[facet].get(term, ())

    def beside(self, facet: str, term: str) -> Mapping[str, Mapping[str, int]]:
        """Return what the cases that carry a term carry of other facets, and how many of them.

        A term that all of them carry is left out, as is what says that nothing is known: neither
        narrows anything.
        """
        carrying = self.cases(facet, term)
        found: dict[str, Counter[str]] = {one.id: Counter() for one in FACETS if one.id != facet}
        for id_ in carrying:
            for other, counter in found.items():
                counter.update(self._terms[id_][other])
        return {
            other: {
                one: counter[one]
                for one in self._by_term[other]
                if 0 < counter[one] < len(carrying) and one != NOT_STATED
            }
            for other, counter in found.items()
        }

    @cached_property
    def _terms(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {
            id_: {
                facet.id: tuple(dict.fromkeys(facet.of(case, self._vocabulary))) for facet in FACETS
            }
            for id_, case in self._cases.items()
        }

    @cached_property
    def _by_term(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, list[str]]] = {facet.id: {} for facet in FACETS}
        for id_, facets in self._terms.items():
            for name, terms in facets.items():
                for term in terms:
                    found[name].setdefault(term, []).append(id_)
        ordered = {}
        for facet in FACETS:
            carried = found[facet.id]
            # A county that is missing from the vocabulary ends with a municipality: listed last.
            order = dict.fromkeys([*facet.known(self._vocabulary), *sorted(carried)])
            ordered[facet.id] = {term: tuple(carried[term]) for term in order if term in carried}
        return ordered
