"""Synonyms: groups of words that mean the same, found in text in any inflection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.record.vocabulary import Vocabulary
from casebook.search.words import words_of

WordsByLanguage = Mapping[str, tuple[str, ...]]
Phrase = tuple[str, ...]
"""The words of a name, without those that nobody looks for."""


RARE = 3
"""How many times as many pages the better word must stand on."""


@dataclass(frozen=True, slots=True)
class Group:
    """Names that mean the same, by language; ``signs`` are those that tell that a text is about it.

    What people call a term of a facet is often wider than the term (training, for a course), so
    only its own label is a sign of it.
    """

    names: WordsByLanguage
    signs: WordsByLanguage


def groups_of(vocabulary: Vocabulary) -> Iterator[Group]:
    """Yield every group of names that mean the same: thesaurus, glossary, terms of facets."""
    for entry in vocabulary.thesaurus.values():
        yield Group(entry.words, entry.words)
    for term in vocabulary.glossary.terms.values():
        words = term.search_words()
        yield Group(words, words)
    for terms in vocabulary.facets.values():
        for facet_term in terms.values():
            labels = {code: (label,) for code, label in facet_term.label.items()}
            codes = sorted(labels.keys() | facet_term.synonyms.keys())
            names = {
                code: (*labels.get(code, ()), *facet_term.synonyms.get(code, ())) for code in codes
            }
            yield Group(names, labels)


class Thesaurus:
    """The groups as they are found in texts of one language."""

    def __init__(
        self,
        groups: Iterable[Group],
        language: str,
        stem: Callable[[str], str],
        stop: Container[str] = (),
    ) -> None:
        """Find the signs of ``language`` by their stems; answer with names of every language."""
        self._language = language
        self._stem = stem
        self._groups = [
            (group, {name: _phrase(name, stop) for names in group.names.values() for name in names})
            for group in groups
        ]
        self._single: dict[str, list[int]] = {}
        self._phrases: dict[str, list[tuple[Phrase, int]]] = {}
        for number, (group, _) in enumerate(self._groups):
            for name in group.signs.get(language, ()):
                stems = tuple(stem(word) for word in words_of(name))
                if len(stems) == 1:
                    self._single.setdefault(stems[0], []).append(number)
                elif stems:
                    self._phrases.setdefault(stems[0], []).append((stems, number))

    def groups_in(self, stems: Sequence[str]) -> Counter[int]:
        """Return how often a sign of each group stands in a text, given as stems.

        The keys are the numbers of the groups.
        """
        present = Counter(stems)
        found: Counter[int] = Counter()
        for stem in present.keys() & self._single.keys():
            for number in self._single[stem]:
                found[number] += present[stem]
        beginnings = present.keys() & self._phrases.keys()
        if beginnings:
            for at, stem in enumerate(stems):
                if stem in beginnings:
                    for phrase, number in self._phrases[stem]:
                        if tuple(stems[at : at + len(phrase)]) == phrase:
                            found[number] += 1
        return found

    def names(self, groups: Iterable[int]) -> set[Phrase]:
        """Return every name of these groups, in every language."""
        return {
            phrase for number in groups for phrase in self._groups[number][1].values() if phrase
        }

    def targets(self, counts: Mapping[str, int]) -> dict[Phrase, Phrase]:
        """Return, for names that stand on few pages or none, the first sign of the group that does.

        ``counts`` tells on how many pages a word of the language stands.  A name in several groups
        goes to the first.  A part of the sign is not taken for the whole:
        "meeting places" are no "meeting place or network".
        """
        found: dict[Phrase, Phrase] = {}
        for group, phrases in self._groups:
            own = [phrases[name] for name in group.signs.get(self._language, ())]
            target = next((one for one in own if one and all(map(counts.get, one))), None)
            if target is None:
                continue
            pages = min(counts[word] for word in target)
            stems = set(map(self._stem, target))
            for phrase in phrases.values():
                here = min((counts.get(word, 0) for word in phrase), default=0)
                if len(phrase) < len(target) and stems.issuperset(map(self._stem, phrase)):
                    continue
                if phrase and phrase != target and here * RARE <= pages:
                    found.setdefault(phrase, target)
        return found


def _phrase(name: str, stop: Container[str]) -> Phrase:
    return tuple(word for word in words_of(name) if word not in stop)
