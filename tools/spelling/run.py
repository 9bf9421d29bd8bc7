"""Check the spelling of everything that people read, in Norwegian and in English.

Usage: python tools/spelling/run.py [--tidy] [PATH…]

Without PATH it checks all records, vocabularies, pages, strings of the interface, and the files for
developers; and it tells of entries in the project's lists that no text needs any more.
--tidy sorts the lists and takes out what no text holds, and what the content names itself.

What names of records and labels of vocabularies hold is known without a list (``own_words``).

Exit: 0 nothing has to be mended (what is unknown in content, in cases/ and docs/, and what is not
tidy is told); 1 something has, or the dictionaries cannot be fetched; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool, say

from spelling import dictionaries, words
from spelling.nearest import nearest
from spelling.own_words import own_words
from spelling.texts import Texts, Token, files
from spelling.words import RULES, Speller

ROOT = Path(__file__).resolve().parents[2]
LISTS = Path(__file__).resolve().parent / "lists"
NAMES = "names"
"""The list that holds in every language: people, places, organisations, abbreviations."""
CONTENT = ("cases/", "docs/")
"""Where editors write: a word that is unknown there is told, and stops nobody."""


def word_of(line: str) -> str:
    """Return the word on a line of a list, where ``#`` begins a comment."""
    return line.partition("#")[0].strip()


def tidied(text: str, held: str, own: frozenset[str] = frozenset()) -> str:
    """Return a list sorted, with what texts hold and is not their ``own``; comments on top stay."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if word_of(line)), len(lines))
    needed = {word_of(line): line.rstrip() for line in lines[start:] if word_of(line)}
    kept = [word for word in needed if word.casefold() in held and word not in own]
    kept.sort(key=lambda word: (word.casefold(), word))
    return "".join(f"{line}\n" for line in [*lines[:start], *(needed[word] for word in kept)])


class Checker:
    """Checks a project's texts; loads a dictionary only for words it has not judged before."""

    def __init__(self, root: Path, lists: Path = LISTS) -> None:
        """Take the project's folder and the folder of its lists."""
        self._root = root
        self._files = {name: lists / f"{name}.txt" for name in (*RULES, NAMES)}
        self.lists = {
            name: file.read_text("utf-8") if file.is_file() else ""
            for name, file in self._files.items()
        }
        self._own = own_words(root, NAMES, frozenset(RULES))
        self._words = {
            name: frozenset(map(word_of, text.splitlines())) - {""} | self._own[name]
            for name, text in self.lists.items()
        }
        self._spellers: dict[str, Speller] = {}
        self._cache = root / ".cache" / "spelling.json"
        self.known = self._read_cache()

    def check(self, paths: Iterable[Path]) -> tuple[list[Token], dict[str, str]]:
        """Return the unknown words of files, and the lists as they would be tidy for these files.

        Raises:
            ToolError: The dictionaries are needed and cannot be fetched.
            OSError: A file cannot be read.
        """
        texts = Texts(self._root, [name for name in self._words[NAMES] if " " in name])
        tokens = [token for file in paths for token in texts.tokens(file)]
        unknown = [token for token in tokens if token.language in RULES and not self._knows(token)]
        self._write_cache()
        held = {
            name: "\n".join(
                {token.word.casefold() for token in tokens if name in (token.language, NAMES)}
            )
            for name in self.lists
        }
        tidy = {
            name: tidied(text, held[name], self._own[name]) for name, text in self.lists.items()
        }
        return unknown, tidy

    def tidy(self, tidy: dict[str, str]) -> None:
        """Write the lists."""
        for name, text in tidy.items():
            if text != self.lists[name]:
                self._files[name].write_text(text, encoding="utf-8")

    def _knows(self, token: Token) -> bool:
        language, word = token.language, token.word
        if word in self.known[language]:
            return True
        if language not in self._spellers:
            rules = RULES[language]
            dictionary = dictionaries.load(self._root, rules.dictionary)
            listed = self._words[language], self._words[NAMES]
            self._spellers[language] = Speller(rules, dictionary, *listed)
        if not self._spellers[language].knows(word):
            return False
        self.known[language].add(word)
        return True

    def _key(self) -> str:
        """Return a digest of all that verdicts depend on, except the words themselves."""
        total = hashlib.sha256(dictionaries.LOCK.read_bytes())
        total.update(Path(words.__file__).read_bytes())
        total.update(repr([sorted(listed) for listed in self._words.values()]).encode())
        return total.hexdigest()

    def _read_cache(self) -> dict[str, set[str]]:
        try:
            saved = json.loads(self._cache.read_text(encoding="utf-8"))
            known = saved["known"] if saved["key"] == self._key() else {}
            return {language: set(known.get(language, ())) for language in RULES}
        except (OSError, ValueError, TypeError, KeyError):
            return {language: set() for language in RULES}

    def _write_cache(self) -> None:
        if self._spellers:
            self._cache.parent.mkdir(exist_ok=True)
            unfinished = self._cache.with_suffix(".tmp")
            known = {language: sorted(found) for language, found in self.known.items()}
            unfinished.write_text(json.dumps({"key": self._key(), "known": known}), "utf-8")
            unfinished.replace(self._cache)


def report(checker: Checker, unknown: list[Token]) -> Iterator[str]:
    """Yield a line for each unknown word: place, word, and which known ones are near."""
    for path, line, column, word, language in unknown:
        near = nearest(word, checker.known[language])
        guess = f" → {', '.join(near)}?" if near else ""
        yield f"{path}:{line}:{column}: {word} [{language}]{guess}"


def chosen(root: Path, names: list[str]) -> list[Path]:
    """Return the files with these names, or all that are checked.

    Raises:
        ToolError: One of them is not checked.
    """
    every = files(root)
    paths = [Path(name).resolve() for name in names]
    for path in set(paths).difference(every):
        raise ToolError(
            f"Stavekontrollen leser ikke «{path.name}»: gi den en fil i cases/ eller docs/.",
            f"The spell check does not read “{path.name}”: give it a file in cases/ or docs/.",
        )
    return paths or every


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check the spelling of everything people read.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files to check; all of them else")
    parser.add_argument("--tidy", action="store_true", help="sort the lists, drop what is unused")
    arguments = parser.parse_args()
    checker = Checker(ROOT)
    names = [] if arguments.tidy else arguments.paths
    unknown, tidy = checker.check(chosen(ROOT, names))
    if arguments.tidy:
        checker.tidy(tidy)
        return 0
    print(*report(checker, unknown), sep="\n", end="\n" if unknown else "")
    if unknown:
        say(
            f"Stavekontrollen kjenner ikke {len(unknown)} ord. Rett dem i teksten. Er et ord "
            "riktig, så legg det i tools/spelling/lists/: nb.txt, en.txt, eller names.txt for navn "
            "og forkortelser.",
            f"The spell check does not know {len(unknown)} words. Mend them in the text. If a word "
            "is right, put it into tools/spelling/lists/: nb.txt, en.txt, or names.txt for names "
            "and abbreviations.",
        )
    untidy = [f"{name}.txt" for name, text in checker.lists.items() if text != tidy[name]]
    if untidy and not names:
        say(
            f"Rydd i {', '.join(untidy)}: .venv/bin/python tools/spelling/run.py --tidy",
            f"Tidy up {', '.join(untidy)}: .venv/bin/python tools/spelling/run.py --tidy",
        )
    if not unknown:
        say("Stavekontrollen fant ingen feil.", "The spell check found no mistakes.")
    return 1 if any(names or not token.path.startswith(CONTENT) for token in unknown) else 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
