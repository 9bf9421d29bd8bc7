"""Words: how text is taken apart, and what a language's words need to be found.

What a language needs stands in ``languages/<code>.yml``.  One without such a file is searched as it
is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import snowballstemmer  # type: ignore[import-untyped]
import yaml

LANGUAGES = Path(__file__).parent / "languages"
"""Where the files of the languages lie."""
Value = TypeVar("Value")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order; a hyphen parts words."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class WordRules:
    """What is known of a language's words.

    Attributes:
        code: The language.
        stemmer: Name of the Snowball stemmer that the index uses for it, "" for none.
        dictionary: Name of the dictionary of base forms, "" for none.
        stop: Words that nobody looks for.
        joints: What stands between the parts of a compound; nothing in it: there are none.
        endings: Endings of inflected words, the longest first.
        folds: Letters, and how they are written where a keyboard has them not.
        respellings: Letters in words of a kindred way to write the language, and what stands for
            them in this one.
        inhabitants: Words behind a number that tells how large a place is.
        place_words: Words beside the name of a place that say nothing more: what it is, or that one
            looks for what was done there.
        before_places: Words before the name of a place, by which a name that is an ordinary word
            too is one.
    """

    code: str
    stemmer: str = ""
    dictionary: str = ""
    stop: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    folds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    respellings: tuple[tuple[str, str], ...] = ()
    inhabitants: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()
    before_places: tuple[str, ...] = ()

    def stem_function(self) -> Callable[[str], str]:
        """Return what makes the stem of a word, as the index does."""
        if not self.stemmer:
            return str
        stemmer = snowballstemmer.stemmer(self.stemmer)
        return Made[str](stemmer.stemWord).__getitem__


class Made(dict[str, Value]):
    """What was made of words, so that nothing is made twice."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        """Make what is missing with ``make``."""
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Value:
        """Make it, and keep it."""
        made = self[word] = self._make(word)
        return made


def load_rules(code: str, folder: Path = LANGUAGES) -> WordRules:
    """Return what is known of a language's words, empty rules when nothing is.

    Raises:
        ValueError: The file has an entry that no rule reads.
    """
    file = folder / f"{code}.yml"
    if not file.is_file():
        return WordRules(code)
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text
    return _rules(code, tree)


def _rules(code: str, tree: dict[str, Any]) -> WordRules:
    unknown = tree.keys() - {
        "stemmer",
        "dictionary",
        "stop",
        "joints",
        "endings",
        "folds",
        "respellings",
        "inhabitants",
        "place_words",
        "before_places",
    }
    if unknown:
        raise ValueError(f"search/languages/{code}.yml: {', '.join(sorted(unknown))}")
    return WordRules(
        code,
        stemmer=tree.get("stemmer", ""),
        dictionary=tree.get("dictionary", ""),
        stop=tuple(sorted(set(str(tree.get("stop", "")).split()))),
        joints=tuple(tree.get("joints", ())),
        endings=tuple(
            sorted(str(tree.get("endings", "")).split(), key=lambda end: (-len(end), end))
        ),
        folds=tuple(
            (letter, tuple(str(ways).split())) for letter, ways in tree.get("folds", {}).items()
        ),
        respellings=tuple((theirs, ours) for theirs, ours in tree.get("respellings", {}).items()),
        inhabitants=tuple(str(tree.get("inhabitants", "")).split()),
        place_words=tuple(str(tree.get("place_words", "")).split()),
        before_places=tuple(str(tree.get("before_places", "")).split()),
    )
