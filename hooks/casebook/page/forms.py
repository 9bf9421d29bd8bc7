"""What a checklist or worksheet offers to choose from, beside free text."""

from __future__ import annotations

from collections.abc import Collection

from casebook.collection.facets import FACETS
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page import view
from casebook.page.catalogue import choosable_terms
from casebook.page.terms import facet_name, tag_of
from casebook.page.writing import Writer


def build_choices(
    facets: Collection[str], library: Library, language: Language
) -> tuple[view.EntryGroup, ...]:
    """Return the terms of ``facets`` that cases carry, in the order of the catalogue."""
    writer = Writer(language, library.languages)
    return tuple(
        view.EntryGroup(
            facet.id,
            facet_name(facet.id, writer),
            tuple(
                view.Entry(
                    tag_of(facet.id, term, library.vocabulary, writer),
                    len(library.facets.cases(facet.id, term)),
                )
                for term in choosable_terms(facet.id, library)
            ),
        )
        for facet in FACETS
        if facet.id in facets
    )
