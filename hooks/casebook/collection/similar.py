"""Cases that are like each other: they share terms, and a rare term says more than a common one.

The score of two cases is the sum, over the terms that both carry, of the facet's weight times
``log(cases / cases with the term)``, in whole thousandths so that no order of adding matters.

Scores with all other cases are added up at once: a term is one large number with a lane of bits
for each case, which holds what the term is worth where the case carries it.  Adding such numbers is
a few microseconds for thousands of cases, where a loop over pairs would take minutes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from heapq import nlargest
from math import ceil, log
from sys import byteorder

from casebook.collection.facets import BY_ID, FACETS, NOT_STATED, FacetIndex

TELLING = 1.0
"""Facets from this weight on: two cases must share a term of one of them to be like each other."""
SHARED = 2
"""So many terms at least must two cases share: one alone is what the term's own page is for."""
ENOUGH = 0.1
"""The share of what all terms of a case are worth that a case like it must reach."""
NEAREST = 3
"""How many cases at most are like one case."""
_LANE = array("I").itemsize
"""Bytes for one case: room for sums of scores far above any that can occur."""
_FIRST_LOOK = 16
"""How many of the best are looked at first; more only when too few of them count."""

Term = tuple[str, str]
"""A facet and one of its terms."""


class Similarity:
    """Finds for each case those that are most like it."""

    def __init__(
        self,
        index: FacetIndex,
        cases: Collection[str],
        told: Callable[[str], Collection[str]] = lambda _: (),
    ) -> None:
        """Compare ``cases`` by the terms that ``index`` knows of them.

        ``told`` are the cases that a page already leads to for another reason.
        """
        self._index = index
        self._ids = sorted(cases)
        self._told = told
        self._found: dict[str, tuple[str, ...]] = {}

    def shared(self, id_: str, other: str) -> tuple[Term, ...]:
        """Return the terms that two cases share, the most telling first."""
        own = set(self._ordered[other])
        return tuple(term for term in self._ordered[id_] if term in own)

    def nearest(self, id_: str) -> tuple[str, ...]:
        """Return up to ``NEAREST`` cases that are most like ``id_``.

        Of cases that are equally like it, the first by id come first.
        """
        if id_ not in self._found:  # asked once for each language
            self._found[id_] = self._nearest(id_)
        return self._found[id_]

    def _nearest(self, id_: str) -> tuple[str, ...]:
        terms, skipped = self._ordered[id_], {id_, *self._told(id_)}
        least = ceil(ENOUGH * sum(self._values[term] for term in terms))
        found: list[str] = []
        for other in self._ranked(terms, least):
            if other in skipped:
                continue
            shared = self.shared(id_, other)
            if len(shared) >= SHARED and any(BY_ID[facet].weight >= TELLING for facet, _ in shared):
                found.append(other)
            if len(found) == NEAREST:
                break
        return tuple(found)

    def _ranked(self, terms: Sequence[Term], least: int) -> Iterator[str]:
        """Yield the cases that reach ``least`` with ``terms``, the best first."""
        total = sum((self._lanes[term] for term in terms), start=0)
        scores = array("I", total.to_bytes(_LANE * len(self._ids), byteorder))
        size, seen = _FIRST_LOOK, 0
        while seen < len(scores):
            last = nlargest(size, scores)[-1]
            bar = max(last, least)
            best = [place for place, score in enumerate(scores) if score >= bar]
            best.sort(key=lambda place: (-scores[place], place))
            yield from (self._ids[place] for place in best[seen:])
            if last < least:
                return
            size, seen = 8 * size, len(best)

    @cached_property
    def _values(self) -> dict[Term, int]:
        """What sharing a term is worth; one that all cases carry is worth nothing."""
        total = len(self._ids)
        values = {
            (facet.id, term): round(
                1000 * facet.weight * log(total / len(self._index.cases(facet.id, term)))
            )
            for facet in FACETS
            if facet.weight
            for term in self._index.terms(facet.id)
            if term != NOT_STATED
        }
        return {term: value for term, value in values.items() if value > 0}

    @cached_property
    def _lanes(self) -> dict[Term, int]:
        places = {id_: place for place, id_ in enumerate(self._ids)}
        lanes = {}
        for term, value in self._values.items():
            scores = array("I", bytes(_LANE * len(self._ids)))
            for id_ in self._index.cases(*term):
                scores[places[id_]] = value
            lanes[term] = int.from_bytes(scores.tobytes(), byteorder)
        return lanes

    @cached_property
    def _ordered(self) -> dict[str, tuple[Term, ...]]:
        """The terms of each case that are worth something, the most telling first."""
        values = self._values
        return {
            id_: tuple(
                sorted(
                    (
                        (facet, term)
                        for facet, terms in self._index.of(id_).items()
                        for term in terms
                        if (facet, term) in values
                    ),
                    key=lambda term: (-values[term], term),
                )
            )
            for id_ in self._ids
        }
