"""The words of the site for browsers: small files by first letter, fetched when needed.

A file holds the words that stand on pages (``seen``) and those that pages are only found by
(``known``, some with "=" and words that find more).  Browsers mend the words of a query towards
the former and leave the latter as they are.  ``same`` has words for rare ones of ``seen`` that mean
the same and find more, ``phrases`` the same for names of several words.  ``places`` are the names
of places, each with its label, id, county and size, and a 1 for one that is an ordinary word too.
Two rows of figures tell of each word in ``seen``: ``counts`` on how many
pages it stands (as the number of binary digits), ``endings`` how many letters to drop for its base
form.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from casebook.record.places import LIMITS, SIZES
from casebook.search.corpus import Corpus
from casebook.search.places import END, PlaceName
from casebook.search.terms import SIZE
from casebook.search.words import WordRules, words_of

RULES, TOPICS = "rules.json", "topics.json"
"""Files with what browsers need to know of the language, and with lists of cases by term."""
_OTHER = "_"
"""Name of the file for words that begin with no letter from a to z."""
_MOST = 9


def write_words(
    folder: Path,
    rules: WordRules,
    corpus: Corpus,
    places: Iterable[PlaceName] = (),
) -> None:
    """Write the files of one language into ``folder``, once all of its pages were given on.

    ``places`` are the names of places.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(_files(rules, corpus, places))
    about = {
        "pages": len(corpus),
        "partial": corpus.is_partial,
        "stop": rules.stop,
        "joints": rules.joints,
        "endings": rules.endings,
        "folds": dict(rules.folds),
        "respellings": rules.respellings,
        "inhabitants": {
            "words": rules.inhabitants,
            "limits": LIMITS,
            "sizes": [f"{SIZE}{band}" for band in SIZES],
        },
        "places": {"words": rules.place_words, "before": rules.before_places, "end": END},
        "files": sorted(files),
    }
    _write(folder / RULES, about)
    for name, content in files.items():
        _write(folder / f"{name}.json", content)


@dataclass(frozen=True, slots=True)
class Topic:
    """A page that lists all cases of a term: ``id`` is that of a county, "" for any other term.

    ``is_subject`` is whether the term is what cases are about, and not who takes part.
    """

    id: str
    title: str
    kind: str
    address: str
    names: Sequence[str]
    note: str = ""
    is_subject: bool = True


def write_topics(
    folder: Path, corpus: Corpus, topics: Iterable[Topic], stop: Container[str]
) -> None:
    """Write the pages that are found by their name alone, with their names in base forms."""

    def bases(name: str) -> str:
        words = (word for word in words_of(name) if word not in stop)
        return " ".join(corpus.bases.get(word) or corpus.base_of_hidden(word) for word in words)

    found = [
        [
            *(one.id, one.title, one.kind, one.address, one.note),
            sorted(set(map(bases, one.names))),
            int(one.is_subject),
        ]
        for one in topics
    ]
    _write(folder / TOPICS, found)


def _files(
    rules: WordRules, corpus: Corpus, places: Iterable[PlaceName]
) -> Iterator[tuple[str, dict[str, Any]]]:
    counts, bases = corpus.counts, corpus.bases
    # A letter with a mark lies with the letter that people write where they have it not.
    simple = {letter: ways[0][0] for letter, ways in rules.folds}

    def name(word: str) -> str:
        first = simple.get(word[0], word[0])
        return first if "a" <= first <= "z" else _OTHER

    seen: dict[str, list[str]] = {}
    known: dict[str, list[str]] = {}
    for word in sorted(counts):
        seen.setdefault(name(word), []).append(word)
    meant = {name[0]: " ".join(same) for name, same in corpus.targets.items() if len(name) == 1}
    for word in sorted((corpus.hidden | meant.keys()) - counts.keys()):
        target = meant.get(word) or corpus.base_of_hidden(word)
        known.setdefault(name(word), []).append(word if target == word else f"{word}={target}")
    phrases: dict[str, dict[str, str]] = {}
    for several, same in sorted(corpus.targets.items()):
        if len(several) > 1:
            phrases.setdefault(name(several[0]), {})[" ".join(several)] = " ".join(same)
    named: dict[str, dict[str, list[list[str | int]]]] = {}
    for place in sorted(places, key=attrgetter("name", "id")):
        about: list[str | int] = [place.label, place.id, place.county, place.size]
        about += [1] if place.is_word else []
        named.setdefault(name(place.name), {}).setdefault(place.name, []).append(about)
    for letter in sorted(seen.keys() | known.keys() | phrases.keys() | named.keys()):
        words = seen.get(letter, [])
        content = {
            "seen": " ".join(words),
            "counts": "".join(str(min(counts[word].bit_length(), _MOST)) for word in words),
            "endings": "".join(str(_ending(word, bases[word])) for word in words),
            "same": {word: meant[word] for word in words if word in meant},
            "known": ",".join(known.get(letter, [])),
            "phrases": phrases.get(letter, {}),
            "places": named.get(letter, {}),
        }
        yield letter, content


def _ending(word: str, base: str) -> int:
    """Return how many letters a word has after its base form, 0 when it begins otherwise."""
    ending = len(word) - len(base)
    return ending if word.startswith(base) and ending <= _MOST else 0


def _write(file: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")
