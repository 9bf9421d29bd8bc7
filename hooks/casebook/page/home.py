"""The home page: cases to begin with, ways in by situation, the newest and last confirmed cases."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.collection.facets import BY_ID, FACETS, NOT_STATED
from casebook.collection.known import is_mention
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page import view
from casebook.page.cards import best_known_first, card_of, of_different_kinds
from casebook.page.terms import facets_in_use, tag_of
from casebook.page.writing import Writer

CARDS_ON_HOME = 3


def build_home(library: Library, language: Language) -> view.Home:
    """Return cases to begin with, the ways in, the newest cases and those confirmed last."""
    writer = Writer(language, library.languages)
    cases = list(library.cases.items())
    told = (id_ for id_ in best_known_first(library, writer) if not is_mention(library.cases[id_]))
    best = of_different_kinds(told, library, CARDS_ON_HOME)
    newest = sorted(cases, key=lambda item: (item[1].updated, item[0]), reverse=True)
    confirmed = sorted(
        (item for item in cases if item[1].confirmed is not None),
        key=lambda item: (str(item[1].confirmed), item[0]),
        reverse=True,
    )
    return view.Home(
        language=language.code,
        total=len(cases),
        best=tuple(card_of(id_, library.cases[id_], library, writer) for id_ in best),
        entry_groups=tuple(_entry_groups(library, writer)),
        facets=tuple(
            (id_, name) for id_, name in facets_in_use(library, writer) if not BY_ID[id_].is_way_in
        ),
        newest=tuple(card_of(*item, library, writer) for item in newest[:CARDS_ON_HOME]),
        confirmed=tuple(card_of(*item, library, writer) for item in confirmed[:CARDS_ON_HOME]),
    )


def _entry_groups(library: Library, writer: Writer) -> Iterator[view.EntryGroup]:
    """Yield the ways in; only terms that cases carry, the commonest first."""
    for facet in (facet.id for facet in FACETS if facet.is_way_in):
        entries = [
            view.Entry(
                tag_of(facet, term, library.vocabulary, writer),
                len(library.facets.cases(facet, term)),
            )
            for term in library.facets.terms(facet)
            if term != NOT_STATED  # no way in that anyone would choose
        ]
        entries.sort(key=lambda entry: -entry.count)  # stable: else in vocabulary order
        if entries:
            yield view.EntryGroup(facet, writer.text(f"page.entries.{facet}"), tuple(entries))
