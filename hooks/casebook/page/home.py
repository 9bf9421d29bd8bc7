"""The home page: ways in by situation, the newest cases and those confirmed last."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.languages import Language
from casebook.library import Library
from casebook.page import view
from casebook.page.cards import card_of
from casebook.page.case_page import case_link
from casebook.page.writing import Writer

ENTRY_FACETS = ("target_groups", "measures", "collaboration")
"""Facets that the home page offers as ways in: whom it is for, what one does, with whom."""
NOT_STATED = "unknown"
"""The term of a facet that says that nothing is known: no way in that anyone would choose."""
CARDS_ON_HOME = 3


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
        newest=tuple(card_of(*item, library, writer) for item in newest[:CARDS_ON_HOME]),
        confirmed=tuple(card_of(*item, library, writer) for item in confirmed[:CARDS_ON_HOME]),
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
