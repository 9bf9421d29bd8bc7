"""Tell in words what a reader will see change between two built sites.

Usage: python tools/preview.py BEFORE AFTER [--copy-to FOLDER] [--lang nb|en]

Prints Markdown: pages that are new, gone or changed, and of each changed page the sentences that go
and come.  ``--copy-to`` copies the new and changed pages with the styles and scripts they need, so
that they can be looked at.  Standard library only.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from messages import ToolError, require_site, run_tool
from page_text import page_text

ASSETS = "assets"
"""Folder of styles, scripts, fonts and pictures."""
MOST_PAGES, MOST_LINES, MOST_LETTERS = 40, 60, 300
"""How much is told before the rest is only counted."""
LANGUAGES = ("nb", "en")
TEXTS = {
    "title": ("Hva leserne vil se", "What readers will see"),
    "nothing": (
        "Leserne vil ikke merke noe: alle sider sier det samme som før.",
        "Readers will notice nothing: every page says what it said before.",
    ),
    "new": ("Nye sider", "New pages"),
    "gone": ("Sider som blir borte", "Pages that go away"),
    "changed": (
        "Sider som endres (− det som blir borte, + det som kommer)",
        "Pages that change (− what goes, + what comes)",
    ),
    "frames": (
        "Sider der bare merking, lenker, topp eller bunn endres",
        "Pages of which only markup, links, header or footer change",
    ),
    "assets": ("Utseende og virkemåte", "Looks and behaviour"),
    "more": ("… og {} til.", "… and {} more."),
}
"""What is told, in each of ``LANGUAGES``."""
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ«“])")
_ANCHOR = re.compile(r" \{#[^}]*\}$")
_ESCAPE = re.compile(r"\\(.)")


class Difference(NamedTuple):
    """Two sites compared, by the addresses of pages and the paths of files."""

    new: dict[str, list[str]]
    """The lines of text of a page, by its address."""
    gone: dict[str, list[str]]
    changed: dict[str, tuple[list[str], list[str]]]
    frames: list[str]
    """Pages that differ outside their text only."""
    assets: list[str]
    """Files of looks and behaviour that are new, gone or changed."""


def compare(before: Path, after: Path) -> Difference:
    """Return what differs between two built sites."""
    old, new = (_files(site, site.rglob("*.html")) for site in (before, after))
    both = [name for name in old if name in new and old[name] != new[name]]
    texts = {name: (lines(old[name]), lines(new[name])) for name in both}
    looks = [_files(site, (site / ASSETS).rglob("*.*")) for site in (before, after)]
    return Difference(
        {name: lines(new[name]) for name in new if name not in old},
        {name: lines(old[name]) for name in old if name not in new},
        {name: (was, now) for name, (was, now) in texts.items() if was != now},
        [name for name, (was, now) in texts.items() if was == now],
        sorted(name for name in looks[0] | looks[1] if looks[0].get(name) != looks[1].get(name)),
    )


def _files(site: Path, found: Iterator[Path]) -> dict[str, bytes]:
    return {
        "/" + file.relative_to(site).as_posix().removesuffix("index.html"): file.read_bytes()
        for file in sorted(found)
        if file.is_file()
    }


def lines(html: bytes) -> list[str]:
    """Return what a page says, a sentence a line."""
    blocks = (_ANCHOR.sub("", block) for block in page_text(html.decode()))
    return [
        _ESCAPE.sub(r"\1", sentence) for block in blocks for sentence in _SENTENCE_END.split(block)
    ]


def report(difference: Difference, language: str) -> str:
    """Return what differs, in words, as Markdown."""
    texts = {key: both[LANGUAGES.index(language)] for key, both in TEXTS.items()}
    told = list(_report(difference, texts)) or [texts["nothing"]]
    return "\n".join([f"## {texts['title']}", "", *told]) + "\n"


def _report(difference: Difference, texts: Mapping[str, str]) -> Iterator[str]:
    for key, pages in difference._asdict().items():
        if not pages:
            continue
        yield from (f"### {texts[key]}", "")
        for name in list(pages)[:MOST_PAGES]:
            if key == "changed":
                was, now = difference.changed[name]
                yield from (f"#### {_code(name)}", "", *_diff(was, now, texts["more"]))
            else:
                title = f" {_code(pages[name][0])}" if isinstance(pages, dict) else ""
                yield f"- {_code(name)}{title}"
        if len(pages) > MOST_PAGES:
            yield texts["more"].format(len(pages) - MOST_PAGES)
        yield ""


def _diff(before: list[str], after: list[str], more: str) -> Iterator[str]:
    # Every line begins with a sign or a space, so no text can end the block.
    found = [line for line in unified_diff(before, after, n=1, lineterm="") if line[:2] != "@@"][2:]
    yield "```diff"
    for line in found[:MOST_LINES]:
        yield line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]} …"
    yield "```"
    if len(found) > MOST_LINES:
        yield more.format(len(found) - MOST_LINES)
    yield ""


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`"


def copy(difference: Difference, site: Path, folder: Path, summary: str) -> None:
    """Copy new and changed pages with all assets to ``folder``, which must not be there yet.

    Nothing is copied when no page is worth a look.
    """
    names = [*difference.new, *difference.changed, *difference.frames]
    if not names:
        return
    shutil.copytree(site / ASSETS, folder / ASSETS)
    for name in names:
        file = name.lstrip("/") + ("index.html" if name.endswith("/") else "")
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / file, folder / file)
    (folder / "changes.md").write_text(summary, encoding="utf-8")


def _main() -> int:
    parser = argparse.ArgumentParser(description="Tell what readers will see change.")
    parser.add_argument("before", type=Path, help="folder of the site as it is")
    parser.add_argument("after", type=Path, help="folder of the site as it will be")
    parser.add_argument("--copy-to", type=Path, help="copy the new and changed pages there")
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language [nb]")
    options = parser.parse_args()
    for site in (options.before, options.after):
        require_site(site)
    if options.copy_to is not None and options.copy_to.exists():
        raise ToolError(
            f"«{options.copy_to}» finnes fra før: velg en mappe som ikke finnes.",
            f"“{options.copy_to}” is there already: choose a folder that does not exist.",
            2,
        )
    difference = compare(options.before, options.after)
    summary = report(difference, options.lang)
    if options.copy_to is not None:
        copy(difference, options.after, options.copy_to, summary)
    sys.stdout.write(summary)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
