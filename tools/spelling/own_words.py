"""What the content itself names: no list has to hold it.

Names of organisations, places, people and publishers hold in every language; words of what the
vocabularies call their terms hold in the language of the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spelling.texts import WORD, scalars

NAMED = frozenset(("name", "names", "also", "organisation", "publisher", "authors"))
"""Keys of records and vocabularies below which names stand."""
LABELLED = frozenset(("label", "forms"))
"""Keys of vocabularies below which words stand, by language."""
PLACES = "places.yml"
"""Its labels are names."""
_WORD = re.compile(WORD)


def own_words(root: Path, names: str, languages: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return what the records and vocabularies of a project name.

    Args:
        root: The project's folder.
        names: The key for what holds in every language.
        languages: The codes of the languages that are checked.

    Returns:
        Words by language, and names: of one word, and whole where a word in small letters is
        part of them ("Menn i helse"), so that this word is not let into texts by itself.

    Raises:
        OSError: A file cannot be read.
    """
    found: dict[str, set[str]] = {language: set() for language in (*languages, names)}
    for file in sorted(root.glob("cases/**/*.yml")):
        for keys, text in scalars(file.read_text(encoding="utf-8", errors="replace")):
            language = next((key for key in keys if key in languages), None)
            if NAMED.intersection(keys[-1:]) or (file.name == PLACES and "label" in keys):
                found[names].update(_names(text))
            elif language is not None and LABELLED.intersection(keys):
                first, *others = _WORD.findall(text) or [""]
                # What has a capital within a label is a name.
                found[names].update(word for word in others if word[0].isupper())
                small = [word for word in others if not word[0].isupper()]
                found[language].update((first.lower() if first[1:].islower() else first, *small))
    return {key: frozenset(words) - {""} for key, words in found.items()}


def _names(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    yield from (word for word in words if word[0].isupper())
    if not all(word[0].isupper() for word in words):
        yield " ".join(text.split())
