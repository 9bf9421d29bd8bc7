"""A case as a card, as it stands on the home page and in every list of cases."""

from __future__ import annotations

import unicodedata

from casebook.collection.facets import FACETS, NOT_STATED
from casebook.collection.library import Library
from casebook.page import view
from casebook.page.terms import tag_of
from casebook.page.writing import Writer
from casebook.record.case import Case


def card_of(id_: str, case: Case, library: Library, writer: Writer) -> view.Card:
    """Return a case as a card in the writer's language."""
    vocabulary = library.vocabulary
    terms = [
        (facet.id, term)
        for facet in FACETS
        for term in [term for term in facet.of(case, vocabulary) if term != NOT_STATED][
            : facet.on_card
        ]
    ]
    level = vocabulary.facet("evidence")[case.evidence.level]
    return view.Card(
        id=id_,
        title=writer.pair(case.title),
        lead=writer.pair(case.lead),
        place=", ".join(writer.pair(vocabulary.places[place].label) for place in case.places),
        period=writer.period(case) or "",
        status=view.Badge(case.status.is_, writer.text(f"page.statuses.{case.status.is_}")),
        evidence=view.Badge(case.evidence.level, writer.pair(level.label)),
        tags=tuple(tag_of(facet, term, vocabulary, writer) for facet, term in terms),
    )


def in_order_of_title(library: Library, writer: Writer) -> tuple[str, ...]:
    """Return the ids of all cases in the order of their titles in the writer's language."""
    titles = {id_: alphabetical(writer.pair(case.title)) for id_, case in library.cases.items()}
    return tuple(sorted(titles, key=lambda id_: (titles[id_], id_)))


def alphabetical(title: str) -> str:
    """Return what to sort by: æ, ø, å last as Norwegian readers expect, other accents folded."""
    folded = unicodedata.normalize("NFC", title).casefold()
    for letter, place in (("æ", "{1"), ("ø", "{2"), ("å", "{3")):  # "{" comes right after "z"
        folded = folded.replace(letter, place)
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part))
