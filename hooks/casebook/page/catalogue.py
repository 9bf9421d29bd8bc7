"""The catalogue and the home page: cases as cards, and ways in by situation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from casebook.case import Case
from casebook.languages import Language
from casebook.library import Library
from casebook.page import view
from casebook.page.case_page import case_link
from casebook.page.writing import Writer

ENTRY_FACETS = ("target_groups", "measures", "collaboration")
"""Facets that the home page offers as ways in: whom it is for, what one does, with whom."""
NOT_STATED = "unknown"
"""The term of a facet that says that nothing is known: no way in that anyone would choose."""
CARDS_ON_HOME = 3
TAGS_ON_CARD = 3


def build_catalogue(library: Library, language: Language) -> view.Catalogue:
    """Return all cases as cards, in the alphabetical order of the language."""
    writer = Writer(language, library.languages)
    cards = [_card(id_, case, library, writer) for id_, case in library.cases.items()]
    return view.Catalogue(language.code, tuple(sorted(cards, key=_by_title)))


def build_home(library: Library, language: Language) -> view.Home:
    """Return the ways in, the newest cases and those confirmed last."""
    writer = Writer(language, library.languages)
    cases = list(library.cases.items())
    newest = sorted(cases, key=lambda item: (item[1].updated, item[0]), reverse=True)
    confirmed = sorted(
        (item for item in cases if item[1].confirmed is not None),
        key=lambda item: (str(item[1].confirmed), item[0]),
        reverse=True,
    )
    return view.Home(
        language=language.code,
        total=len(cases),
        entry_groups=tuple(_entry_groups(library, writer)),
        newest=tuple(_card(*item, library, writer) for item in newest[:CARDS_ON_HOME]),
        confirmed=tuple(_card(*item, library, writer) for item in confirmed[:CARDS_ON_HOME]),
    )


def _by_title(card: view.Card) -> tuple[str, str]:
    """Order by title, with æ, ø, å last as Norwegian readers expect and other accents folded."""
    folded = unicodedata.normalize("NFC", card.title).casefold()
    for letter, place in (("æ", "{1"), ("ø", "{2"), ("å", "{3")):  # "{" comes right after "z"
        folded = folded.replace(letter, place)
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part)), card.id


def _card(id_: str, case: Case, library: Library, writer: Writer) -> view.Card:
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


def _entry_groups(library: Library, writer: Writer) -> Iterator[view.EntryGroup]:
    """Yield the ways in; only terms that cases carry, the commonest first."""
    for facet in ENTRY_FACETS:
        entries = []
        for id_, term in library.vocabulary.facet(facet).items():
            cases = tuple(
                case_link(case_id, library, writer)
                for case_id, case in library.cases.items()
                if id_ in getattr(case, facet)
            )
            if cases and id_ != NOT_STATED:
                note = " ".join(writer.paragraphs(term.note))
                entries.append(view.Entry(id_, writer.pair(term.label), note, cases))
        entries.sort(key=lambda entry: -len(entry.cases))  # stable: else in vocabulary order
        if entries:
            yield view.EntryGroup(facet, writer.text(f"page.entries.{facet}"), tuple(entries))
