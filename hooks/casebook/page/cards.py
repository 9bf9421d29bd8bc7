"""A case as a card, as it stands on the home page and in every list of cases."""

from __future__ import annotations

import unicodedata

from casebook.case import Case
from casebook.library import Library
from casebook.page import view
from casebook.page.writing import Writer

TAGS_ON_CARD = 3


def card_of(id_: str, case: Case, library: Library, writer: Writer) -> view.Card:
    """Return a case as a card in the writer's language."""
    vocabulary = library.vocabulary
    groups, measures = vocabulary.facet("target_groups"), vocabulary.facet("measures")
    labels = [writer.pair(groups[id_].label) for id_ in case.target_groups[:1]]
    labels += [writer.pair(measures[id_].label) for id_ in case.measures[: TAGS_ON_CARD - 1]]
    level = vocabulary.facet("evidence")[case.evidence.level]
    return view.Card(
        id=id_,
        title=writer.pair(case.title),
        lead=writer.pair(case.lead),
        place=", ".join(writer.place(place, vocabulary)[0] for place in case.places),
        period=writer.period(case) or "",
        status=view.Badge(case.status.is_, writer.text(f"page.statuses.{case.status.is_}")),
        evidence=view.Badge(case.evidence.level, writer.pair(level.label)),
        tags=tuple(labels),
    )


def by_title(card: view.Card) -> tuple[str, str]:
    """Order by title, with æ, ø, å last as Norwegian readers expect and other accents folded."""
    folded = unicodedata.normalize("NFC", card.title).casefold()
    for letter, place in (("æ", "{1"), ("ø", "{2"), ("å", "{3")):  # "{" comes right after "z"
        folded = folded.replace(letter, place)
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part)), card.id
