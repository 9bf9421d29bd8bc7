"""Hidden terms: the words that a page should be found by though they do not stand on it.

They go into fields of the index (never onto the page), each with a weight of its own in the
browser's module: what follows from the title counts for more than what follows from the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from casebook.search.article import Article, texts
from casebook.search.compounds import SHORTEST, Splitter
from casebook.search.lexicon import Lexicon
from casebook.search.thesaurus import Phrase, Thesaurus
from casebook.search.words import Made, WordRules, words_of

Counted = TypeVar("Counted")
TITLE_WORDS, TITLE_SYNONYMS = "title_words", "title_synonyms"
EXACT = "exact"
MARK = "00"
"""Ends the words of ``EXACT``: the base forms of the title's own words, so that a browser can ask
for titles with just this word.  Else "inkludering" finds "Inkluderingstilskudd" as well as itself.
"""
PLACES = "from"
SIZES, LISTED_SIZES = "sizes", "listed_sizes"
SIZE = "size"
"""Begins the hidden word of a size band, which stands for a number of inhabitants in a query."""
HEADING_WORDS = "heading_words"
WORDS, SYNONYMS = "words", "synonyms"
OFTEN = {WORDS: "often_words", SYNONYMS: "often_synonyms"}
"""Fields in place of these for what follows from words that a page has again and again."""
AGAIN = 3
"""How often that is."""
LEAD_WORDS, NAMES = "lead_words", "names"
TOPICS = "topics"
LESS_TOLD = {"short": "short_topics", "mention": "brief_topics"}
"""Fields in place of ``TOPICS`` for cases that are not told in full."""
HIDDEN = (
    *(TITLE_WORDS, TITLE_SYNONYMS, TOPICS, LEAD_WORDS, HEADING_WORDS),
    *(OFTEN[WORDS], WORDS, OFTEN[SYNONYMS], SYNONYMS),
)
"""The fields, those that count for most first; a word stands in the first that it fits."""
_LEXICON_PART = 5
"""Letters of a part of a compound that only the dictionary knows; shorter ones fit by chance."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What is known about a page beside its text.

    Attributes:
        titles: What the page is called in other languages.
        leads: What it is about, in other languages.
        topics: What the terms that the record carries are called, in every language.
        depth: How fully a case is told: of those on a topic, the fuller ones say more.
        sizes: The size bands of its places.
        listed_sizes: Those of the places of all cases that it lists.
        places: The hidden words of its places.
    """

    titles: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    depth: str = ""
    sizes: tuple[str, ...] = ()
    listed_sizes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Terms:
    """Finds the hidden terms of pages in one language, once all of its words are known."""

    def __init__(
        self,
        rules: WordRules,
        thesaurus: Thesaurus,
        site: Collection[str],
        stop: Iterable[str] = (),
    ) -> None:
        """Find by these rules and synonyms.

        ``site`` has the words that stand on pages, ``stop`` those that no term is made of: the stop
        words of every language that synonyms may be in.
        """
        self._thesaurus = thesaurus
        self._site = site
        self._stem = rules.stem_function()
        self._lexicon = Lexicon(rules)
        self._stop = frozenset((*rules.stop, *stop))
        self._splitter = Splitter(self._is_part, rules.joints, (*rules.stop, *rules.endings))
        self.known: set[str] = set()
        """Every word that a page was to be found by."""
        self._endings = rules.endings[::-1]
        self._bases = Made(self._base_of)
        self._related: dict[str, tuple[str, ...]] = {}
        self._hidden_by_word = Made(self._hidden_of)
        self._unlike = self._unlike_forms()

    def of_page(
        self, article: Article, lead: str, extra: Extra, headings: str = ""
    ) -> dict[str, str]:
        """Return the fields of a page; words in them are sorted, so that builds are alike.

        ``lead`` is the sentence that sums the page up, ``headings`` what its parts are called.
        """
        title = words_of(article.title)
        body = words_of(" ".join(texts(article)))
        title_stems, body_stems = self._stems(title), self._stems(body)
        in_title = self._thesaurus.groups_in(title_stems)
        leading = words_of(lead)
        in_lead = self._thesaurus.groups_in(self._stems(leading))
        heading = words_of(headings)
        in_headings = self._thesaurus.groups_in(self._stems(heading))
        in_body = self._thesaurus.groups_in(body_stems)
        hidden = self._hidden_in(body)
        found = {
            TITLE_WORDS: {
                *_single(self._all_related(title)),
                *_single(_words(extra.titles) - self._stop),
                *self._phrases(extra.titles),
            },
            TITLE_SYNONYMS: self._thesaurus.names(in_title),
            TOPICS: self._phrases(extra.topics),
            LEAD_WORDS: {
                *_single(self._all_related(leading)),
                *_single(_words(extra.leads) - self._stop),
                *self._thesaurus.names(in_lead),
            },
            HEADING_WORDS: {
                *_single(self._all_related(heading)),
                *self._thesaurus.names(in_headings),
            },
            OFTEN[WORDS]: _single(_again(hidden)),
            WORDS: _single(hidden),
            OFTEN[SYNONYMS]: self._thesaurus.names(_again(in_body)),
            SYNONYMS: self._thesaurus.names(in_body),
        }
        sizes = {SIZES: _size_words(extra.sizes), LISTED_SIZES: _size_words(extra.listed_sizes)}
        self.known.update(word for words in sizes.values() for word in words)
        for phrases in found.values():
            self.known.update(word for phrase in phrases for word in phrase)
        exact = sorted({self.base(word) for word in title} - self._stop)
        fields = self._without_repetition(found, set(title_stems), set(body_stems))
        if extra.depth in LESS_TOLD:
            fields[LESS_TOLD[extra.depth]] = fields.pop(TOPICS)
        fields |= {name: " ".join(words) for name, words in sizes.items()}
        return {
            EXACT: " ".join(f"{word}{MARK}" for word in exact),
            PLACES: " ".join(extra.places),
            **fields,
        }

    def targets(self, counts: Mapping[str, int]) -> dict[Phrase, Phrase]:
        """Return what names that pages do not use mean, in words that they do (base forms)."""
        found = self._thesaurus.targets(counts)
        return {name: tuple(self.base(word) for word in same) for name, same in found.items()}

    def related(self, word: str) -> tuple[str, ...]:
        """Return what a word should be found by too: its parts, and forms that begin otherwise.

        A query finds every word that begins with its stem, so that most forms find each other.
        """
        found = self._related.get(word)
        if found is None:
            base = self.base(word)
            parts = self._splitter.parts(base) or self._splitter.parts(word)
            words = {base, *(self.base(part) for part in parts)}
            words |= {other for one in words for other in self._unlike.get(one, ())}
            stem = self._stem(word)
            found = tuple(sorted(one for one in words if self._stem(one) != stem))
            self._related[word] = found
        return found

    def base(self, word: str) -> str:
        """Return the base form of a word."""
        return self._bases[word]

    def _base_of(self, word: str) -> str:
        """Return what the dictionary says, or else the word on pages that this is a form of.

        Dictionaries lack most compounds, and stems of "helsefagarbeidere" and "helsefagarbeider"
        are not alike.
        """
        if word in self._lexicon:
            return self._lexicon.base(word)
        shorter = (word.removesuffix(ending) for ending in self._endings)
        known = (one for one in shorter if SHORTEST <= len(one) < len(word) and one in self._site)
        return next(known, word)

    def _unlike_forms(self) -> dict[str, tuple[str, ...]]:
        """Return, by base form, forms on pages of which none begins like another (bok, bøker)."""
        forms: dict[str, list[str]] = {}
        for word in sorted(self._site):
            base = self.base(word)
            if word not in self._stop and not word.startswith(self._stem(base)):
                forms.setdefault(base, [base]).append(word)
        unlike: dict[str, tuple[str, ...]] = {}
        for base, words in forms.items():
            chosen: list[str] = []
            for word in sorted(words, key=lambda one: (len(self._stem(one)), one)):
                if not any(word.startswith(self._stem(other)) for other in chosen):
                    chosen.append(word)
            unlike[base] = tuple(chosen)
        return unlike

    def _is_part(self, word: str) -> bool:
        return word in self._site or (len(word) >= _LEXICON_PART and word in self._lexicon)

    def _stems(self, words: Iterable[str]) -> list[str]:
        return list(map(self._stem, words))

    def _all_related(self, words: Iterable[str]) -> set[str]:
        return {
            other
            for word in set(words)
            if word not in self._stop and not word.isdecimal()
            for other in self.related(word)
        }

    def _hidden_in(self, words: Iterable[str]) -> Counter[str]:
        """Return what the words of a text should be found by, less what finds them anyway.

        The counts tell how often such words stand in the text.
        """
        found: Counter[str] = Counter()
        for word, count in Counter(words).items():
            for other in self._hidden_by_word[word]:
                found[other] += count
        return found

    def _hidden_of(self, word: str) -> tuple[str, ...]:
        if word in self._stop or word.isdecimal():
            return ()
        return tuple(one for one in self.related(word) if not word.startswith(self._stem(one)))

    def _phrases(self, names: Iterable[str]) -> set[Phrase]:
        """Return names as words, without those that nobody looks for."""
        phrases = (tuple(one for one in words_of(name) if one not in self._stop) for name in names)
        return {phrase for phrase in phrases if phrase}

    def _without_repetition(
        self, found: dict[str, set[Phrase]], title: set[str], body: set[str]
    ) -> dict[str, str]:
        """Leave out words whose stem stands where it counts for more already.

        Names of several words get a field of their own: as a whole they say much, but each of their
        words alone says little.
        """
        fields, seen = {}, set(title)
        for name in HIDDEN:
            if name == OFTEN[WORDS]:
                seen |= body
            by_stem: dict[str, str] = {}
            for phrase in sorted(found[name]):
                word, stem = phrase[0], self._stem(phrase[0])
                if len(phrase) == 1 and stem not in seen and word not in self._stop:
                    by_stem.setdefault(stem, word)
            seen |= by_stem.keys()
            fields[name] = " ".join(by_stem.values())
        names = {phrase for phrases in found.values() for phrase in phrases if len(phrase) > 1}
        fields[NAMES] = " ".join(" ".join(phrase) for phrase in sorted(names))
        return fields


def _size_words(bands: Iterable[str]) -> list[str]:
    return sorted({f"{SIZE}{band}" for band in bands})


def _again(counts: Counter[Counted]) -> list[Counted]:
    return [one for one, count in counts.items() if count >= AGAIN]


def _single(words: Iterable[str]) -> set[Phrase]:
    return {(word,) for word in words}


def _words(texts_: Iterable[str]) -> set[str]:
    return {word for text in texts_ for word in words_of(text)}
