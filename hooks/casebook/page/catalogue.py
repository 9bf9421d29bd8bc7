"""The catalogue as it is served: the first cards, what one can choose by, and places to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casebook.collection.facets import FACETS, NOT_STATED
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page import view
from casebook.page.cards import alphabetical, best_known_first, card_of
from casebook.page.terms import facet_name, tag_of
from casebook.page.writing import Writer
from casebook.record.places import COUNTY, MUNICIPALITY, SIZES

PER_PAGE = 18
"""Cards shown at a time: whole rows in one, two and three columns."""


def build_catalogue(library: Library, language: Language) -> view.Catalogue:
    """Return the first cards, those we know most of, and all choices."""
    writer = Writer(language, library.languages)
    first = best_known_first(library, writer)[:PER_PAGE]
    return view.Catalogue(
        language=language.code,
        total=len(library.cases),
        per_page=PER_PAGE,
        cards=tuple(card_of(id_, library.cases[id_], library, writer) for id_ in first),
        groups=tuple(_groups(library, writer)),
        comparison=_comparison(library, writer),
        evidence=tuple(
            view.Badge(tag.term, tag.label)
            for tag in _tags("evidence", library.facets.terms("evidence"), library, writer)
        ),
        kinds=_tags("measures", library.facets.terms("measures"), library, writer),
    )


def choosable_terms(facet: str, library: Library) -> tuple[str, ...]:
    """Return the terms that cases carry, without the one that says that nothing is known."""
    return tuple(term for term in library.facets.terms(facet) if term != NOT_STATED)


def _groups(library: Library, writer: Writer) -> Iterator[view.EntryGroup]:
    return entry_groups(
        {
            facet.id: {
                term: len(library.facets.cases(facet.id, term))
                for term in choosable_terms(facet.id, library)
            }
            for facet in FACETS
        },
        library,
        writer,
    )


def entry_groups(
    counts: Mapping[str, Mapping[str, int]], library: Library, writer: Writer
) -> Iterator[view.EntryGroup]:
    """Yield the facets that have terms to choose by, each with its terms and how many carry them.

    The terms of ``counts`` are in the order of the vocabulary; the commonest come first where they
    are no steps.
    """
    for facet in FACETS:
        entries = [
            view.Entry(tag_of(facet.id, term, library.vocabulary, writer), count)
            for term, count in counts.get(facet.id, {}).items()
        ]
        if not facet.is_ordered:
            entries.sort(key=lambda entry: (-entry.count, alphabetical(entry.tag.label)))
        if entries:
            yield view.EntryGroup(facet.id, facet_name(facet.id, writer), tuple(entries))


def _comparison(library: Library, writer: Writer) -> view.Comparison:
    """Return what a reader can tell of their own place: all places there are, with cases or not."""
    vocabulary = library.vocabulary
    municipalities = [
        view.PlaceChoice(id_, writer.pair(place.label), place.within or "", place.size or "")
        for id_, place in vocabulary.places.items()
        if place.kind == MUNICIPALITY
    ]
    counties = [id_ for id_, place in vocabulary.places.items() if place.kind == COUNTY]
    partners = choosable_terms("partner_types", library)
    return view.Comparison(
        municipalities=tuple(sorted(municipalities, key=lambda place: alphabetical(place.label))),
        counties=_by_label(_tags("county", counties, library, writer)),
        sizes=_tags("size", SIZES, library, writer),
        partners=_by_label(_tags("partner_types", partners, library, writer)),
    )


def _tags(
    facet: str, terms: Iterable[str], library: Library, writer: Writer
) -> tuple[view.Tag, ...]:
    return tuple(tag_of(facet, term, library.vocabulary, writer) for term in terms)


def _by_label(tags: Iterable[view.Tag]) -> tuple[view.Tag, ...]:
    return tuple(sorted(tags, key=lambda tag: alphabetical(tag.label)))
