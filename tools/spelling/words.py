"""Is a word spelled right?  The dictionary, the project's lists, and how each language joins words.

A Norwegian compound that no dictionary holds is right when it falls into two known nouns, the
first in the form that joins (``arbeid``, ``arbeids``, ``barne``).  That is narrower than it could
be: only nouns, only parts of some length, so that a slip hardly ever falls into two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

_NONE: frozenset[str] = frozenset()


class Rules(NamedTuple):
    """How a language builds words beyond its dictionary, by flags of the dictionary."""

    dictionary: str
    genitives: tuple[str, ...]
    """Endings that a name or a word of a list may take."""
    endings: frozenset[str] = _NONE
    """What may follow a word of a list, and the hyphen after an abbreviation: ``CV-en``."""
    nouns: frozenset[str] = _NONE
    """What nouns have; none: no compounds are made."""
    noun_endings: frozenset[str] = _NONE
    """Endings that leave a noun a noun."""
    joints: frozenset[str] = _NONE
    """Endings that make a noun the first part of a compound."""
    first: str = ""
    """What the dictionary holds as first parts has."""
    verbal: str = ""
    """The ending that makes a verb a noun: ``kvalifisering``."""


RULES = {
    "nb": Rules(
        "nb_NO",
        genitives=("s", "'s", "'"),
        endings=frozenset(["a", "e", "en", "ene", "ens", "er", "et", "ets", "s"]),
        nouns=frozenset("ABCEG"),
        noun_endings=frozenset("ABCDEFGHJt"),
        joints=frozenset("JVt"),
        first="f",
        verbal="t",
    ),
    "en": Rules("en_GB", genitives=("'s", "'")),
}
"""The languages that are checked; a text in another one is passed over."""

PART = 5
"""Shortest part of a compound.

Of 5,600 slips made at random in words of this site, the rule takes 0.3 per cent for compounds with
five letters, and 2 to 4 per cent with four or three: most of what it would save in the lists then
goes through unseen.
"""
FIRST_WITH_S, LAST_AFTER_S = 7, 4
"""After a long first part with the joint -s-, the last may be shorter: "integreringsplan"."""


class Speller:
    """Judges the words of one language."""

    def __init__(
        self, rules: Rules, dictionary: Any, words: Iterable[str], names: Iterable[str] = ()
    ) -> None:
        """Take the language's rules, its Hunspell dictionary, its list, and the list of names."""
        self.rules = rules
        self._lookup = lru_cache(None)(dictionary.lookup)
        self._good_forms = dictionary.lookuper.good_forms
        self._words = frozenset(words)
        self._names = frozenset(names)

    def knows(self, word: str) -> bool:
        """Say whether a word is spelled right."""
        word = re.sub("[\u2010\u2011]", "-", re.sub("[’']+", "'", word)).strip("'")
        if " " in word:  # a name of several words, found by the list
            return any(word.removesuffix(ending) in self._names for ending in self._genitives(word))
        if word.endswith("-"):  # "språk- og arbeidstrening"
            return self._is_first(word.removesuffix("-"))
        *before, last = word.split("-")
        if not before or self._is_simple(word):
            return self._is_simple(word)
        is_ending = before[-1].isupper() and last in self.rules.endings
        return all(map(self._is_first, before)) and (is_ending or self._is_simple(last))

    def _genitives(self, word: str) -> Iterator[str]:
        yield ""
        yield from (ending for ending in self.rules.genitives if word.endswith(ending))

    def _is_first(self, word: str) -> bool:
        """Judge what stands before a hyphen, which may end in the sound that joins."""
        joined = self.rules.joints and word.endswith("s")
        return self.knows(word) or bool(joined and self.knows(word.removesuffix("s")))

    def _is_simple(self, word: str) -> bool:
        """Judge a word without hyphen."""
        if len(word) == 1 or any(letter.isdigit() for letter in word) or self._lookup(word):
            return True
        for ending in self._genitives(word):
            base = word.removesuffix(ending)
            if base and self._is_listed(base):
                return True
            # "NAVs" and "guide's"; the dictionary has the genitives of Norwegian words itself.
            if ending and (base.isupper() or ending == "'s") and self._lookup(base):
                return True
        if not word[1:].islower():
            return False
        word = word.lower()
        return self._is_inflected(word) or bool(self.rules.nouns and self._is_compound(word))

    def _is_listed(self, word: str) -> bool:
        """Judge by the lists alone: as it stands, or in small letters when it has a capital."""
        small = word.lower()
        capital = word[:1].isupper() and word[1:] in (small[1:], small[1:].upper())
        return word in self._names or word in self._words or (capital and small in self._words)

    def _is_inflected(self, word: str) -> bool:
        """Judge a word as one of the lists with an ending: "etablerertilskuddet"."""
        bases = (word.removesuffix(end) for end in self.rules.endings if word.endswith(end))
        return any(len(base) >= PART and base in self._words for base in bases)

    def _is_compound(self, word: str) -> bool:
        """Judge a word as two nouns; the first may be such a compound itself."""
        for cut in range(PART, len(word) - LAST_AFTER_S + 1):
            if len(word) - cut < PART and not (word[cut - 1] == "s" and cut >= FIRST_WITH_S):
                continue
            if word[cut - 2] == word[cut - 1] == word[cut]:
                continue  # "buss" and "sjåfør" share the third s
            if self._may_end(word[cut:]) and self._may_begin(word[:cut]):
                return True
        return False

    def _may_end(self, part: str) -> bool:
        return part in self._words or any(map(self._is_noun, self._forms(part)))

    def _may_begin(self, part: str) -> bool:
        if part in self._words or part.removesuffix("s") in self._words:
            return True
        # A first part may have an s too few ("arbeidpraksis") or too many ("gruppes").
        lacks = part.endswith("es") != self._is_held_as_first(
            part if part[-2:] == "es" else f"{part}s"
        )
        if any(map(self._joins, self._forms(part))) and not lacks:
            return True
        if not part.endswith("s"):
            return False
        # "kvalifiserings": what an ending makes of a verb is joined by an s.
        forms = self._affixed(part[:-1])
        if any(form.suffix and form.suffix.flag == self.rules.verbal for form in forms):
            return True
        # Three parts: the joint of a compound is nearly always an s.
        return len(part) > 2 * PART and self._is_compound(part.removesuffix("s"))

    def _is_held_as_first(self, part: str) -> bool:
        return any(form.suffix is None and self._only_begins(form) for form in self._affixed(part))

    def _only_begins(self, form: Any) -> bool:
        """Say whether the dictionary holds a form as the first part of compounds: "arbeids"."""
        return bool(form.in_dictionary) and self.rules.first in form.in_dictionary.flags

    def _forms(self, part: str) -> Iterator[Any]:
        """Yield how the dictionary explains a word; of a compound, its last part."""
        for form in self._good_forms(part, capitalization=False):
            yield form.parts[-1] if hasattr(form, "parts") else form

    def _affixed(self, part: str) -> Iterator[Any]:
        """Yield how the dictionary explains a word that is no compound."""
        forms = self._good_forms(part, capitalization=False)
        return (form for form in forms if not hasattr(form, "parts"))

    def _is_noun(self, form: Any) -> bool:
        if form.prefix is not None or not form.in_dictionary:
            return False
        ending = form.suffix.flag if form.suffix else None
        if ending is not None and ending not in self.rules.noun_endings:
            return False
        return bool(self.rules.nouns & form.in_dictionary.flags) or ending == self.rules.verbal

    def _joins(self, form: Any) -> bool:
        if form.prefix is not None or not form.in_dictionary:
            return False
        if form.suffix is not None:
            return form.suffix.flag in self.rules.joints
        return bool(self.rules.nouns & form.in_dictionary.flags) or self._only_begins(form)
