"""Two built sites compared: which pages are new, gone or other, and whose own text that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from casebook.handwritten.page import CASES_FOLDER
from casebook.languages import Languages
from casebook.record.vocabulary import FOLDER
from page_text import page_text

ASSETS = "assets"
"""Folder of styles, scripts, fonts and pictures."""
CARDS = "data-case"
"""The attribute of what a page shows of other cases: it is not that page's own text."""
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ«“])")
_ANCHOR = re.compile(r" \{#[^}]*\}$")
_ESCAPE = re.compile(r"\\(.)")

Lines = list[str]
Step = tuple[Lines, Lines, Lines]
"""What stays before it, what goes, and what comes."""


class Difference(NamedTuple):
    """Two sites compared, by the addresses of pages and the paths of files."""

    new: list[str]
    gone: list[str]
    changed: dict[str, tuple[Lines, Lines]]
    """What a page said and says: its own text where its source was changed, else all of it."""
    frames: list[str]
    """Pages that differ outside this text only."""
    assets: list[str]
    """Files of looks and behaviour that are new, gone or other."""
    texts: dict[str, Lines]
    """What new and lost pages say, a paragraph a line."""

    @property
    def pages(self) -> list[str]:
        """The pages that are new or differ."""
        return sorted([*self.new, *self.changed, *self.frames])


def addresses_of(path: str, languages: Languages) -> list[str]:
    """Return where the pages lie that are made from a file: of a record, one in each language."""
    *folders, name = path.split("/")
    if folders[:1] == ["cases"] and FOLDER not in folders and name.endswith(".yml"):
        stem = f"{CASES_FOLDER}/{name.removesuffix('.yml')}"
        codes = [code for code in languages.codes if code != languages.default.code]
        return [f"/{stem}/", *(f"/{stem}.{code}/" for code in codes)]
    if folders[:1] == ["docs"] and name.endswith(".md"):
        stem = path.removeprefix("docs/").removesuffix(".md")
        stem = stem.removesuffix("index") if name == "index.md" else f"{stem}/"
        return [f"/{stem}"]
    return []


def compare(before: Path, after: Path, own: Iterable[str] = ()) -> Difference:
    """Return what differs between two built sites, where the sources of ``own`` pages differ."""
    old, new = (_files(site, site.rglob("*.html")) for site in (before, after))
    own = set(own)

    def said(name: str, html: bytes) -> Lines:
        return blocks(html, CARDS if name in own else "")

    both = [name for name in old if name in new and old[name] != new[name]]
    texts = {
        name: (sentences(said(name, old[name])), sentences(said(name, new[name]))) for name in both
    }
    looks = [_files(site, (site / ASSETS).rglob("*.*")) for site in (before, after)]
    come = {name: said(name, new[name]) for name in new if name not in old}
    go = {name: said(name, old[name]) for name in old if name not in new}
    return Difference(
        list(come),
        list(go),
        {name: (was, now) for name, (was, now) in texts.items() if was != now},
        [name for name, (was, now) in texts.items() if was == now],
        sorted(name for name in looks[0] | looks[1] if looks[0].get(name) != looks[1].get(name)),
        {**come, **go},
    )


def _files(site: Path, found: Iterator[Path]) -> dict[str, bytes]:
    return {
        "/" + file.relative_to(site).as_posix().removesuffix("index.html"): file.read_bytes()
        for file in sorted(found)
        if file.is_file()
    }


def blocks(html: bytes, leave_out: str = "") -> Lines:
    """Return what a page says, a paragraph a line, headings as in Markdown; title first."""
    return [
        _ESCAPE.sub(r"\1", _ANCHOR.sub("", block)) for block in page_text(html.decode(), leave_out)
    ]


def sentences(paragraphs: Lines) -> Lines:
    """Return what paragraphs say, a sentence a line."""
    return [sentence for it in paragraphs for sentence in _SENTENCE_END.split(it)]


def steps(before: Lines, after: Lines) -> Iterator[Step]:
    """Yield each place where lines differ, with the line before it that stays."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield before[max(start - 1, 0) : start], before[start:end], after[new_start:new_end]


def alike(changed: Mapping[str, tuple[Lines, Lines]]) -> dict[tuple[str, ...], list[str]]:
    """Return which pages change in one and the same way, the commonest change first.

    The keys are the lines that go, with "− " before them, and those that come, with "+ ".
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for name, (before, after) in changed.items():
        for _, go, come in steps(before, after):
            key = (*(f"− {line}" for line in go), *(f"+ {line}" for line in come))
            found.setdefault(key, []).append(name)
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))
