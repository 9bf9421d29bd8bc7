"""The project's own words: ``lists/<language>.txt``, and ``lists/names.txt`` for all languages.

One word a line, sorted; ``#`` begins a comment.  A word in small letters may also stand with a
capital in the text; one with capitals stands only so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "lists"
NAMES = "names"
"""The list that holds in every language: people, places, organisations, abbreviations."""


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """A word of a list, and where it stands."""

    path: str
    line: int
    word: str


@dataclass(frozen=True, slots=True)
class WordList:
    """One list: its entries in the order of the file, and what a file says about them."""

    name: str
    entries: tuple[Entry, ...]
    text: str

    @property
    def words(self) -> frozenset[str]:
        """The words alone."""
        return frozenset(entry.word for entry in self.entries)


def read(name: str, root: Path, folder: Path = FOLDER) -> WordList:
    """Read a list; one that does not exist is empty.

    Args:
        name: A language's code, or ``NAMES``.
        root: The project's folder, from which the file is named.
        folder: Where the lists lie.
    """
    file = folder / f"{name}.txt"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    entries = (
        Entry(path, number, _word(line))
        for number, line in enumerate(text.splitlines(), 1)
        if _word(line)
    )
    return WordList(name, tuple(entries), text)


def sort_key(word: str) -> tuple[str, str]:
    """Return what words are sorted by: letters first, capitals only where those are the same."""
    return word.casefold(), word


def misplaced(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that stand after a later word, or twice."""
    found = []
    highest: tuple[str, str] | None = None
    for entry in entries:
        key = sort_key(entry.word)
        if highest is not None and key <= highest:
            found.append(entry)
        else:
            highest = key
    return found


def tidied(text: str, unused: Iterable[str]) -> str:
    """Return a list's text sorted and without some words; comments above the first word stay."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if _word(line)), len(lines))
    dropped = frozenset(unused)
    kept = {_word(line): line.rstrip() for line in lines[start:] if _word(line)}
    words = sorted((word for word in kept if word not in dropped), key=sort_key)
    return "".join(f"{line}\n" for line in [*lines[:start], *(kept[word] for word in words)])


def _word(line: str) -> str:
    return line.partition("#")[0].strip()
