"""Check the spelling of everything that people read, in Norwegian and in English.

Usage: python tools/spelling/run.py [--words | --tidy] [PATH…]

Without PATH it checks all records, vocabularies, pages, strings of the interface, and the files for
developers; and it tells of entries in the project's lists that no text needs any more.
--words prints each unknown word once, with language, number and first place, to go through them.
--tidy sorts the lists and takes out what no text needs.

Exit: 0 nothing to mend; 1 something is, or the dictionaries cannot be fetched; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool, say

from spelling import wordlists
from spelling.check import Checker, Findings
from spelling.suggestions import suggest
from spelling.texts import Token, files

ROOT = Path(__file__).resolve().parent.parent.parent
SUGGESTED = 30
"""Words that get suggestions: with more, something else is wrong than their letters."""


def report(checker: Checker, findings: Findings) -> Iterator[str]:
    """Yield a line for each finding: place, word, and what it may have been meant to be."""
    proposals: dict[tuple[str, str], str] = {}
    for token in findings.unknown:
        key = (token.language, token.word)
        if key not in proposals and len(proposals) < SUGGESTED:
            found = suggest(token.word, checker.speller(token.language).knows)
            proposals[key] = f" → {', '.join(found)}?" if found else ""
        place = f"{token.path}:{token.line}:{token.column}"
        yield f"{place}: {token.word} [{token.language}]{proposals.get(key, '')}"
    for entries, what in (
        (findings.unused, "brukes ikke / not needed"),
        (findings.misplaced, "feil plass / out of order"),
    ):
        for entry in entries:
            yield f"{entry.path}:{entry.line}:1: {entry.word} [{what}]"


def word_table(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Yield a line for each unknown word: language, word, how often, where first."""
    places: dict[tuple[str, str, str], list[Token]] = {}
    for token in tokens:
        key = (token.language, *wordlists.sort_key(token.word))
        places.setdefault(key, []).append(token)
    for _, found in sorted(places.items()):
        first = found[0]
        place = f"{first.path}:{first.line}:{first.column}"
        yield f"{first.language}\t{first.word}\t{len(found)}\t{place}"


def tidy(checker: Checker, findings: Findings, folder: Path = wordlists.FOLDER) -> None:
    """Write the lists sorted, without entries that no text needs."""
    for name, listed in checker.lists.items():
        unused = {entry.word for entry in findings.unused if entry.path.endswith(f"/{name}.txt")}
        text = wordlists.tidied(listed.text, unused)
        if text != listed.text:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def _chosen(names: list[str]) -> list[Path] | None:
    if not names:
        return None
    checked = set(files(ROOT))
    paths = [Path(name).resolve() for name in names]
    for path in paths:
        if path not in checked:
            raise ToolError(
                f"Stavekontrollen leser ikke «{path.name}»: gi den en fil i cases/ eller docs/.",
                f"The spell check does not read “{path.name}”: give it a file in cases/ or docs/.",
            )
    return paths


def _say_what_to_do(findings: Findings) -> None:
    if findings.unknown:
        number = len(findings.unknown)
        say(
            f"Stavekontrollen kjenner ikke {number} ord. Rett dem i teksten. Er et ord riktig, så "
            "legg det i tools/spelling/lists/: nb.txt, en.txt, eller names.txt for navn og "
            "forkortelser.",
            f"The spell check does not know {number} words. Mend them in the text. If a word is "
            "right, put it into tools/spelling/lists/: nb.txt, en.txt, or names.txt for names and "
            "abbreviations.",
        )
    if findings.unused or findings.misplaced:
        say(
            "Rydd i listene med: .venv/bin/python tools/spelling/run.py --tidy",
            "Tidy up the lists with: .venv/bin/python tools/spelling/run.py --tidy",
        )


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check the spelling of everything people read.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files to check; all of them else")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--words", action="store_true", help="print each unknown word once")
    kind.add_argument("--tidy", action="store_true", help="sort the lists, drop what is not needed")
    arguments = parser.parse_args()
    checker = Checker(ROOT)
    findings = checker.check(None if arguments.tidy else _chosen(arguments.paths))
    if arguments.tidy:
        tidy(checker, findings)
        return 0
    if arguments.words:
        print(*word_table(findings.unknown), sep="\n")
        return 1 if findings.unknown else 0
    for line in report(checker, findings):
        print(line)
    if any((findings.unknown, findings.unused, findings.misplaced)):
        _say_what_to_do(findings)
        return 1
    say("Stavekontrollen fant ingen feil.", "The spell check found no mistakes.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
