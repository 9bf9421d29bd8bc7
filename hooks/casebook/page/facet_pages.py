"""Pages of facets: each term with its cases, a facet with its terms, and the list of all cases.

Long lists are parted, so that no page grows with the number of cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page.cards import best_known_first, card_of, in_order_of_title
from casebook.page.catalogue import entry_groups
from casebook.page.county_map import CountyMap, build_county_map
from casebook.page.overviews import OverviewView, build_overview
from casebook.page.terms import (
    counted_note,
    facet_name,
    facet_note,
    tag_of,
    term_label,
    term_note,
)
from casebook.page.view import Card, EntryGroup, Tag, TocEntry
from casebook.page.writing import Writer

PER_PAGE = 60
"""Cases on one page of a list: the page stays below 200 kB."""


def parts_of(total: int) -> int:
    """Return over how many pages a list of ``total`` cases goes (an empty one has a page too)."""
    return max(1, -(-total // PER_PAGE))


@dataclass(frozen=True, slots=True)
class TermLink:
    """A term in the list of its facet: what counts as it, and how many cases carry it."""

    tag: Tag
    note: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """A facet with all its terms, also those that no case carries yet; counties come with a map."""

    facet: str
    title: str
    lead: str
    description: str
    updated: str | None
    terms: tuple[TermLink, ...]
    map: CountyMap | None
    toc: tuple[TocEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list of cases: those that carry a term best known first, all of them by title.

    ``tag`` is the term that the cases carry, None for the list of all cases.  ``heading`` is the
    page's name in two parts: the facet (or nothing) and the term.  ``cases`` are the ids of this
    page, number ``first`` to ``last`` of ``total``; a term that no case carries yet has none.
    ``overview`` stands on the first page of a term.  ``narrower`` is what its cases can be narrowed
    by: the other facets, each term with how many of these cases carry it.
    """

    tag: Tag | None
    title: str
    heading: tuple[str, str]
    lead: str
    description: str
    updated: str | None
    number: int
    pages: int
    first: int
    last: int
    total: int
    cases: tuple[str, ...]
    narrower: tuple[EntryGroup, ...] = ()
    overview: OverviewView | None = None
    toc: tuple[TocEntry, ...] = ()


class FacetPages:
    """Makes the pages of facets in one language."""

    def __init__(self, library: Library, language: Language) -> None:
        """Make pages of ``library`` in ``language``."""
        self._library = library
        self._writer = Writer(language, library.languages)
        self._cards: dict[str, Card] = {}
        self._lists: dict[tuple[str, str], tuple[str, ...]] = {}

    def index(self, facet: str) -> FacetIndex:
        """Return a facet with its terms."""
        library, writer = self._library, self._writer
        title, note = facet_name(facet, writer), facet_note(facet, writer)
        terms = tuple(
            TermLink(
                tag_of(facet, term, library.vocabulary, writer),
                term_note(facet, term, library.vocabulary, writer),
                len(library.facets.cases(facet, term)),
            )
            for term in library.facets.pages(facet)
        )
        described = writer.text(
            "facets.description_index", facet=title[:1].lower() + title[1:], note=note
        )
        return FacetIndex(
            facet=facet,
            title=title,
            lead=self._lead(facet, note),
            description=described,
            updated=self._updated(self._alphabet),
            terms=terms,
            map=build_county_map(library, writer) if facet == "county" else None,
        )

    def term(self, facet: str, term: str, number: int) -> CaseList:
        """Return page ``number`` (from 1) of the cases that carry a term."""
        vocabulary, writer = self._library.vocabulary, self._writer
        name = facet_name(facet, writer)
        label = term_label(facet, term, vocabulary, writer)
        note = term_note(facet, term, vocabulary, writer)
        heading = writer.text("facets.heading", facet=name), label
        described = writer.text("facets.description", title=" ".join(heading), note=note)
        ordered = self._ordered(facet, term)
        tag = Tag(facet, term, label)
        listed = self._list(tag, heading, self._lead(facet, note), described, ordered, number)
        counts = self._library.facets.beside(facet, term)
        groups = entry_groups(counts, self._library, self._writer)
        listed = replace(listed, narrower=tuple(groups))
        overview = self._library.vocabulary.overviews.get((facet, term))
        if overview is None or number > 1:
            return listed
        view = build_overview(overview, self._library, writer.language)
        changed = max(view.as_of.iso, listed.updated or "")
        return replace(listed, overview=view, updated=changed)

    def _lead(self, facet: str, note: str) -> str:
        """Return what stands below a title; sizes follow from numbers, which have a source."""
        if facet != "size":
            return note
        return f"{note} {counted_note(self._library.vocabulary, self._writer)}".strip()

    def all(self, number: int) -> CaseList:
        """Return page ``number`` (from 1) of the list of all cases."""
        text = self._writer.text
        title, described = text("facets.all"), text("facets.description_all")
        lead = text("facets.all_lead")
        return self._list(None, ("", title), lead, described, self._alphabet, number)

    def card(self, id_: str) -> Card:
        """Return a case as a card; asked for each depth at which a list stands."""
        if id_ not in self._cards:
            case = self._library.cases[id_]
            self._cards[id_] = card_of(id_, case, self._library, self._writer)
        return self._cards[id_]

    @cached_property
    def _alphabet(self) -> tuple[str, ...]:
        return in_order_of_title(self._library, self._writer)

    @cached_property
    def _rank(self) -> dict[str, int]:
        order = best_known_first(self._library, self._writer)
        return {id_: place for place, id_ in enumerate(order)}

    def _ordered(self, facet: str, term: str) -> tuple[str, ...]:
        """Return the cases that carry a term, best known first; asked for each page of the list."""
        if (facet, term) not in self._lists:
            carrying = self._library.facets.cases(facet, term)
            self._lists[facet, term] = tuple(sorted(carrying, key=self._rank.__getitem__))
        return self._lists[facet, term]

    def _updated(self, ids: Sequence[str]) -> str | None:
        return max((str(self._library.cases[id_].updated) for id_ in ids), default=None)

    def _list(
        self,
        tag: Tag | None,
        heading: tuple[str, str],
        lead: str,
        description: str,
        ids: Sequence[str],
        number: int,
    ) -> CaseList:
        pages, start = parts_of(len(ids)), (number - 1) * PER_PAGE
        here = tuple(ids[start : start + PER_PAGE])
        before, label = heading
        if number > 1:
            label = self._writer.text("facets.page", title=label, number=number)
            description = self._writer.text(
                "facets.description_page", number=number, pages=pages, text=description
            )
        return CaseList(
            tag=tag,
            title=f"{before} {label}".strip(),
            heading=(before, label),
            lead=lead,
            description=description,
            updated=self._updated(here),
            number=number,
            pages=pages,
            first=start + 1,
            last=start + len(here),
            total=len(ids),
            cases=here,
        )
