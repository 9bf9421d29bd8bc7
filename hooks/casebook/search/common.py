"""Words that so many pages have that a mere mention finds nothing.

The index lists every place of every word.  In a library of ten thousand cases the list of one
common word is as long as all else that a search fetches, and looking for it takes seconds.  So of
the pages whose text has such a word only those are kept that have it most often, and of these the
first places; pages that have it in a field of their own (title, lead, topics) are found as before.
What is left out is disguised: the text of a page is whole in results, but the index takes the words
for signs (see ``docs/assets/scripts/search/disguise.js``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest

from casebook.search.article import Article
from casebook.search.words import Made, words_of

MOST_PAGES = 1000
"""Pages that are found by a word of their text.  Smaller libraries are indexed whole."""
MOST_PLACES = 4
"""Places of such a word that are kept of a page: enough for its weight and for a passage."""
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789éèêóòôüöäáç"
"""What a disguised word is made of; a word with other letters stays as it is."""
FIRST_SIGN = 0xE000
"""Where Unicode's area for private use begins.  Two letters make one of its 6,400 signs: the index
takes as long for a sign as for some letters.
"""
_MOST_TIMES = 40
"""More often than that counts as that often."""
_NUMBERS = {letter: number for number, letter in enumerate(LETTERS, start=1)}
_NEVER = 1_000_000
"""More words than a text has."""
_WORD = re.compile(r"([^\W_]+)")


class Common:
    """Counts the words of texts; then knows the common ones."""

    def __init__(
        self, stem: Callable[[str], str], stop: Collection[str], most_pages: int = MOST_PAGES
    ) -> None:
        """Count words by their ``stem``, as the index does; ``stop`` are words nobody looks for."""
        self._stem = stem
        self._stop = frozenset(map(stem, stop))
        self._most_pages = most_pages
        self._times: dict[str, Counter[int]] = {}
        self._disguises = Made(self._disguise_of)

    @cached_property
    def _least(self) -> Mapping[str, int]:
        """How often a page must have each common word to be found by it."""
        return {
            stem: _NEVER if stem in self._stop else self._least_of(times)
            for stem, times in self._times.items()
            if times.total() > self._most_pages
        }

    @property
    def is_some(self) -> bool:
        """Whether any word is common; all were counted."""
        return bool(self._least)

    def count(self, article: Article) -> None:
        """Count the words of a text; headings are no part of it, they always stay."""
        for stem, times in self._stems_of(article).items():
            self._times.setdefault(stem, Counter())[min(times, _MOST_TIMES)] += 1

    def disguised(self, article: Article) -> Article:
        """Return an article as the index takes it, once all were counted."""
        if not self.is_some:
            return article
        often = self._stems_of(article)
        room = {one: MOST_PLACES for one in often if often[one] >= self._least.get(one, _NEVER)}
        return replace(
            article,
            opening=self._without_common(article.opening, room),
            sections=[
                replace(one, text=self._without_common(one.text, room)) for one in article.sections
            ],
        )

    def _without_common(self, text: str, room: dict[str, int]) -> str:
        """Disguise the common words but the first that there is ``room`` for, by their stem."""
        parts = _WORD.split(text)
        for at in range(1, len(parts), 2):
            if (known := self._disguises[parts[at]]) is not None:
                stem, signs = known
                if left := room.get(stem):
                    room[stem] = left - 1
                else:
                    parts[at] = signs
        return "".join(parts)

    def _disguise_of(self, word: str) -> tuple[str, str] | None:
        """Return the stem of a common word and its disguise, None for any other."""
        stem = self._stem(word.lower())
        return (stem, disguise(word)) if stem in self._least else None

    def _stems_of(self, article: Article) -> Counter[str]:
        texts = " ".join((article.opening, *(section.text for section in article.sections)))
        stems: Counter[str] = Counter()
        for word, times in Counter(words_of(texts)).items():
            stems[self._stem(word)] += times
        return stems

    def _least_of(self, times: Counter[int]) -> int:
        pages = 0
        for least in range(_MOST_TIMES, 0, -1):
            pages += times[least]
            if pages > self._most_pages:
                return least + 1
        return 1


def disguise(word: str) -> str:
    """Return a word as signs that the index does not take for one, or as it is."""
    numbers = [_NUMBERS.get(letter, 0) for letter in word]
    if not all(numbers):
        return word
    pairs = zip_longest(numbers[::2], numbers[1::2], fillvalue=0)
    base = len(LETTERS) + 1
    return "".join(chr(FIRST_SIGN + (one - 1) * base + other) for one, other in pairs)
