"""What is found in records, pages, the form of files, spelling and links, as findings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import links
from casebook.edit.formatting import format_text
from casebook.languages import load_languages
from casebook.letters.faults import mended
from casebook.record.source import parse
from casebook.record.vocabulary import FOLDER
from messages import ToolError, say
from spelling.nearest import nearest
from spelling.run import Checker
from spelling.texts import files as spelled_files

from content.changes import can_be_read
from content.findings import ERROR, WARNING, Finding
from content.folder import FORMATTED
from content.sites import addresses_of
from content.trees import is_error

SITE_LANGUAGES = load_languages()
_FORM = {
    "nb": (
        "Linjene har ikke den vanlige formen. Det er i orden slik.",
        "casebook format ordner det. Filen ligger ferdig i forhåndsvisningen: {}",
    ),
    "en": (
        "The lines do not have the usual form. That is all right.",
        "casebook format mends it. The preview holds the file as it would be: {}",
    ),
}
_WORD = {
    "nb": (
        "Stavekontrollen kjenner ikke «{}» [{}].",
        "Mente du {}?",
        "Er ordet riktig, trenger du ikke å gjøre noe.",
    ),
    "en": (
        "The spell check does not know “{}” [{}].",
        "Did you mean {}?",
        "If the word is right, you need not do anything.",
    ),
}
_LINK = {
    "nb": ("En lenke på siden {} leder ingen steder: {}", "Rett lenken."),
    "en": ("A link on the page {} leads nowhere: {}", "Mend the link."),
}
_BUILD = {
    "nb": ("Nettstedet kan ikke bygges.", "Det siste byggingen sa: {}"),
    "en": ("The site cannot be built.", "The last that the build said: {}"),
}
_FORMER = {
    "nb": ("Nettstedet slik det er nå, kan ikke bygges: det er ikke noe å sammenligne med."),
    "en": ("The site as it is now cannot be built: there is nothing to compare with."),
}
MOST_OUTPUT = 4000
"""Letters of what a build said that are told."""


class Formatted(NamedTuple):
    """A file in its form."""

    path: str
    text: str


def checked(problems: list[dict[str, Any]]) -> Iterator[Finding]:
    """Yield what ``casebook check`` found."""
    for it in problems:
        level = ERROR if is_error(it) else WARNING
        place = it["path"], it["line"], it["column"]
        yield Finding(level, *place, it["rule"], it["message"], it["hint"])


def form(root: Path, paths: list[str], language: str) -> Iterator[tuple[Finding, Formatted]]:
    """Yield the files that lack their form, each with the file as it would be."""
    for path in paths:
        is_record = path.startswith("cases/") and FOLDER not in path
        try:
            text = (root / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # told by the check
        formatted = mended(text)
        if is_record and parse(formatted.encode(), path)[0] is not None:
            formatted = format_text(formatted, SITE_LANGUAGES)
        if formatted == text:
            continue
        pairs = zip(text.splitlines(), formatted.splitlines(), strict=False)
        line = next((at for at, (was, now) in enumerate(pairs, 1) if was != now), 1)
        message, advice = _FORM[language]
        told = advice.format(f"{FORMATTED}/{path}")
        yield Finding(WARNING, path, line, 1, "form", message, told), Formatted(path, formatted)


def spelling(root: Path, paths: list[str], language: str) -> Iterator[Finding]:
    """Yield the words of some files that are not known; none without dictionaries."""
    checker = Checker(root)
    try:
        # All of them, so that every word that is right can be proposed.
        unknown, _ = checker.check(spelled_files(root))
    except ToolError as stop:
        say(stop.nb, stop.en, sys.stderr)
        return
    message, guess, rest = _WORD[language]
    for path, line, column, word, spoken in unknown:
        if path not in paths:
            continue
        near = ", ".join(nearest(word, checker.known[spoken]))
        advice = f"{guess.format(near)} {rest}" if near else rest
        yield Finding(WARNING, path, line, column, "spelling", message.format(word, spoken), advice)


def dead_links(site: Path, tree: Path, language: str) -> Iterator[Finding]:
    """Yield links of a built site to what it lacks, at the line of the source that says them."""
    names = [
        file.relative_to(tree).as_posix()
        for folder in ("cases", "docs")
        for file in (tree / folder).rglob("*")
        if file.suffix in (".yml", ".md") and can_be_read(file)
    ]
    sources = {address: name for name in names for address in addresses_of(name, SITE_LANGUAGES)}
    message, advice = _LINK[language]
    for fault in sorted(links.faults_within(site, links.read(site))):
        address = f"/{fault.file.removesuffix('index.html')}"
        path = sources.get(address, "")
        said = (tree / path).read_text(encoding="utf-8", errors="replace") if path else ""
        line = said[: max(said.find(fault.link), 0)].count("\n") + 1
        told = message.format(address, fault.link)
        yield Finding(ERROR, path, line, 1, "dead-link", told, advice)


def built(before: str | None, after: str | None, language: str) -> Iterator[Finding]:
    """Yield what is to be told of the two builds, of which either may have said why it failed."""
    if after is not None:
        message, advice = _BUILD[language]
        told = advice.format(after[-MOST_OUTPUT:].strip())
        yield Finding(ERROR, "", 0, 0, "build", message, told)
    elif before is not None:
        yield Finding(WARNING, "", 0, 0, "build", _FORMER[language])
