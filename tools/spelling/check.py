"""All texts against dictionaries and lists: unknown words, and entries that nothing needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spelling import dictionaries, wordlists, words
from spelling.texts import Texts, Token, files
from spelling.wordlists import Entry, WordList
from spelling.words import RULES, Needed, Speller

Verdicts = dict[str, dict[str, list[str]]]
"""Language -> known word -> the words of the lists that it rests on."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found.

    Attributes:
        unknown: Words that are in neither dictionary nor list.
        unused: Entries that no text needs; empty when only some files were checked.
        misplaced: Entries that are not in order, or stand twice.
    """

    unknown: tuple[Token, ...]
    unused: tuple[Entry, ...]
    misplaced: tuple[Entry, ...]


class Checker:
    """Checks a project's texts; loads a dictionary only for words it has not judged before."""

    def __init__(self, root: Path, lists: Path = wordlists.FOLDER) -> None:
        """Take the project's folder and the folder of its lists."""
        self.root = root
        self.lists: Mapping[str, WordList] = {
            name: wordlists.read(name, root, lists) for name in (*RULES, wordlists.NAMES)
        }
        self._names = self.lists[wordlists.NAMES].words
        self._spellers: dict[str, Speller] = {}
        self._cache = root / ".cache" / "spelling.json"
        self._known: Verdicts = {language: {} for language in RULES}

    def check(self, paths: Iterable[Path] | None = None) -> Findings:
        """Check some files, or all of them.

        Raises:
            ToolError: The dictionaries are needed and cannot be fetched.
            OSError: A file cannot be read.
        """
        chosen = files(self.root) if paths is None else sorted(set(paths))
        texts = Texts(self.root, [name for name in self._names if " " in name])
        self._known = self._read_cache()
        used: dict[str, set[str]] = {language: set() for language in RULES}
        unknown = []
        for file in chosen:
            for token in texts.tokens(file):
                if token.language in RULES:
                    needed = self.judge(token.language, token.word)
                    if needed is None:
                        unknown.append(token)
                    else:
                        used[token.language] |= needed
        self._write_cache()
        return Findings(
            tuple(sorted(unknown)),
            tuple(self._unused(used)) if paths is None else (),
            tuple(entry for name in self.lists for entry in self._misplaced(name)),
        )

    def judge(self, language: str, word: str) -> Needed | None:
        """Return None for an unknown word, else the words of the lists that it rests on."""
        known = self._known[language]
        if word in known:
            return frozenset(known[word])
        needed = self.speller(language).judge(word)
        if needed is not None:
            known[word] = sorted(needed)
        return needed

    def speller(self, language: str) -> Speller:
        """Return what judges a language's words; the first call takes some seconds."""
        if language not in self._spellers:
            rules = RULES[language]
            dictionary = dictionaries.load(self.root, rules.dictionary)
            listed = self.lists[language].words
            self._spellers[language] = Speller(rules, dictionary, listed, self._names)
        return self._spellers[language]

    def _unused(self, used: Mapping[str, set[str]]) -> Iterable[Entry]:
        anywhere = frozenset().union(*used.values())
        for name, listed in self.lists.items():
            needed = anywhere if name == wordlists.NAMES else used[name]
            own = frozenset() if name == wordlists.NAMES else self._names
            for entry in listed.entries:
                if entry.word not in needed or entry.word in own:
                    yield entry

    def _misplaced(self, name: str) -> list[Entry]:
        return wordlists.misplaced(self.lists[name].entries)

    def _key(self) -> str:
        """Return a digest of all that verdicts depend on, except the words themselves."""
        total = hashlib.sha256(dictionaries.LOCK.read_bytes())
        total.update(Path(words.__file__).read_bytes())
        for name, listed in self.lists.items():
            total.update(json.dumps([name, sorted(listed.words)]).encode())
        return total.hexdigest()

    def _read_cache(self) -> Verdicts:
        empty: Verdicts = {language: {} for language in RULES}
        try:
            saved = json.loads(self._cache.read_text(encoding="utf-8"))
            return {**empty, **saved["known"]} if saved["key"] == self._key() else empty
        except (OSError, ValueError, TypeError, KeyError):
            return empty

    def _write_cache(self) -> None:
        if not self._spellers:
            return
        self._cache.parent.mkdir(exist_ok=True)
        unfinished = self._cache.with_suffix(".tmp")
        saved = {"key": self._key(), "known": self._known}
        unfinished.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(self._cache)
