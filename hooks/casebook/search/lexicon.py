"""A dictionary of a language: the base forms of words.

simplemma carries the dictionaries; a language without one has words with no other form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import (
    SUPPORTED_LANGUAGES,
    DefaultDictionaryFactory,
)

from casebook.search.words import WordRules


class Lexicon:
    """The dictionary of one language."""

    def __init__(self, rules: WordRules) -> None:
        """Read the dictionary that the rules name."""
        known = rules.dictionary in SUPPORTED_LANGUAGES
        self._bases: Mapping[str, str] = _dictionary(rules.dictionary) if known else {}

    def __contains__(self, word: str) -> bool:
        """Say whether the dictionary has the word, in any form."""
        return self._bases.get(word) is not None

    def base(self, word: str) -> str:
        """Return the base form of a word in small letters, the word itself when it has none."""
        return self._bases.get(word, word).lower()


@cache
def _dictionary(name: str) -> Mapping[str, str]:
    # Half a second for Norwegian: once for all builds of a process.
    return DefaultDictionaryFactory().get_dictionary(name)
