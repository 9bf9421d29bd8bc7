"""The catalogue: all cases as cards."""

from __future__ import annotations

from casebook.languages import Language
from casebook.library import Library
from casebook.page import view
from casebook.page.cards import by_title, card_of
from casebook.page.writing import Writer


def build_catalogue(library: Library, language: Language) -> view.Catalogue:
    """Return all cases as cards, in the alphabetical order of the language."""
    writer = Writer(language, library.languages)
    cards = [card_of(id_, case, library, writer) for id_, case in library.cases.items()]
    return view.Catalogue(language.code, tuple(sorted(cards, key=by_title)))
