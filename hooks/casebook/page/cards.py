"""A case as a card or a row, and the orders in which lists of cases stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from casebook.collection.facets import surroundings
from casebook.collection.known import is_mention, ranks
from casebook.collection.library import Library
from casebook.page import view
from casebook.page.brief import build_brief
from casebook.page.references import ReferenceList
from casebook.page.terms import tag_of
from casebook.page.writing import Writer
from casebook.record.case import Case
from casebook.record.citations import plain

PLACES = 2
"""Of many places a card names so many."""


def card_of(id_: str, case: Case, library: Library, writer: Writer) -> view.Card:
    """Return a case as a card in the writer's language."""
    vocabulary = library.vocabulary
    level = vocabulary.facet("evidence")[case.evidence.level]
    return view.Card(
        id=id_,
        title=writer.pair(case.title),
        lead=writer.pair(case.lead),
        place=_places(case, library, writer),
        period=writer.years(case) or "",
        kind=tag_of("measures", case.measures[0], vocabulary, writer),
        result=_result(case, library, writer),
        evidence=view.Badge(case.evidence.level, writer.pair(level.label)),
        mention=is_mention(case),
    )


def _places(case: Case, library: Library, writer: Writer) -> str:
    """Return where it takes place on a short line, without what another of its places lies in."""
    places = library.vocabulary.places
    around = {place for id_ in case.places for place in surroundings(id_, library.vocabulary)[1:]}
    names = [writer.pair(places[id_].label) for id_ in case.places if id_ not in around]
    told = ", ".join(names[:PLACES] if len(names) > PLACES + 1 else names)
    rest = len(names) - PLACES
    return told if rest < 2 else writer.text("page.more_places", places=told, value=rest)


def _result(case: Case, library: Library, writer: Writer) -> str:
    """Return the result that the brief of the case tells, without its sources."""
    brief = build_brief(case, library, ReferenceList(library.vocabulary), writer)
    return next((plain(row.text) for row in brief.rows if row.id == "result"), "")


def best_known_first(library: Library, writer: Writer) -> tuple[str, ...]:
    """Return the ids of all cases in the order in which they stand where no other is chosen."""
    rank = ranks(library.cases, library.vocabulary)
    return tuple(sorted(in_order_of_title(library, writer), key=lambda id_: -rank[id_]))


def in_order_of_title(library: Library, writer: Writer) -> tuple[str, ...]:
    """Return the ids of all cases in the order of their titles in the writer's language."""
    titles = {id_: alphabetical(writer.pair(case.title)) for id_, case in library.cases.items()}
    return tuple(sorted(titles, key=lambda id_: (titles[id_], id_)))


def of_different_kinds(ids: Iterable[str], library: Library, most: int) -> tuple[str, ...]:
    """Return the first of ``ids``, each of another kind of measure, as far as there are enough."""
    of_kind: dict[str, str] = {}
    ordered = tuple(ids)
    for id_ in ordered:
        of_kind.setdefault(library.cases[id_].measures[0], id_)
    first = (*of_kind.values(), *(id_ for id_ in ordered if id_ not in of_kind.values()))
    return first[:most]


def alphabetical(title: str) -> str:
    """Return what to sort by: æ, ø, å last as Norwegian readers expect, other accents folded."""
    folded = unicodedata.normalize("NFC", title).casefold()
    for letter, place in (("æ", "{1"), ("ø", "{2"), ("å", "{3")):  # "{" comes right after "z"
        folded = folded.replace(letter, place)
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part))
