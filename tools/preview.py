"""Tell in words what a reader will see change between two built sites.

Usage: python tools/preview.py BEFORE AFTER [--copy-to FOLDER] [--lang nb|en]

Prints Markdown: pages that are new, gone or changed, and in each changed page what it said and what
it will say.  ``--copy-to`` copies the new and changed pages with the styles and scripts they need,
so that they can be looked at.  Standard library only.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from messages import ToolError, run_tool
from page_text import Block, PageText, page_text

ASSETS = "assets"
"""Folder of styles, scripts, fonts and pictures."""
MOST_PAGES, MOST_CHANGES, MOST_LETTERS = 40, 12, 240
"""How much is told before the rest is only counted."""

TEXTS = {
    "nb": {
        "title": "Hva leserne vil se",
        "nothing": "Leserne vil ikke merke noe: alle sider sier det samme som før.",
        "new": "Nye sider",
        "gone": "Sider som blir borte",
        "changed": "Sider som endres",
        "assets": "Utseende og virkemåte",
        "frame": "Topp, bunn eller annet utenfor teksten endres på {count} sider.",
        "titled": "Tittelen var {before} og blir {after}.",
        "was": "Før: {text}",
        "is": "Nå: {text}",
        "added": "Nytt: {text}",
        "removed": "Borte: {text}",
        "under": "Under {heading}:",
        "more": "… og {count} endringer til.",
        "more_pages": "… og {count} sider til.",
        "moved": "Bare merking eller lenker endres.",
        "file_new": "ny fil",
        "file_gone": "fil borte",
        "file_changed": "endret",
    },
    "en": {
        "title": "What readers will see",
        "nothing": "Readers will notice nothing: every page says what it said before.",
        "new": "New pages",
        "gone": "Pages that go away",
        "changed": "Pages that change",
        "assets": "Looks and behaviour",
        "frame": "Header, footer or something else beside the text changes on {count} pages.",
        "titled": "The title was {before} and becomes {after}.",
        "was": "Before: {text}",
        "is": "Now: {text}",
        "added": "New: {text}",
        "removed": "Gone: {text}",
        "under": "Under {heading}:",
        "more": "… and {count} more changes.",
        "more_pages": "… and {count} more pages.",
        "moved": "Only markup or links change.",
        "file_new": "new file",
        "file_gone": "file gone",
        "file_changed": "changed",
    },
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a page said below a heading and will say; an empty text was or will be nothing."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sites compared, by the addresses of pages and the paths of files."""

    new: dict[str, PageText]
    gone: dict[str, PageText]
    changed: dict[str, tuple[PageText, PageText]]
    frames: list[str]
    """Pages that differ outside their text only."""
    assets: dict[str, str]
    """Files of looks and behaviour -> the key of what became of them."""

    def pages(self) -> list[str]:
        """Return the addresses of all pages that are worth a look."""
        return sorted({*self.new, *self.changed, *self.frames})


def compare(before: Path, after: Path) -> Difference:
    """Return what differs between two built sites."""
    old, new = _pages(before), _pages(after)
    changed, frames = {}, []
    for name in sorted(old.keys() & new.keys()):
        if old[name] == new[name]:
            continue
        texts = page_text(old[name]), page_text(new[name])
        if texts[0] == texts[1]:
            frames.append(name)
        else:
            changed[name] = texts
    return Difference(
        {name: page_text(new[name]) for name in sorted(new.keys() - old.keys())},
        {name: page_text(old[name]) for name in sorted(old.keys() - new.keys())},
        changed,
        frames,
        _assets(before, after),
    )


def _pages(site: Path) -> dict[str, str]:
    return {
        "/" + file.relative_to(site).as_posix().removesuffix("index.html"): file.read_text("utf-8")
        for file in site.rglob("*.html")
    }


def _assets(before: Path, after: Path) -> dict[str, str]:
    def files(site: Path) -> dict[str, bytes]:
        return {
            file.relative_to(site).as_posix(): file.read_bytes()
            for file in sorted((site / ASSETS).rglob("*"))
            if file.is_file()
        }

    old, new = files(before), files(after)
    found = {}
    for name in sorted({*old, *new}):
        if name not in old:
            found[name] = "file_new"
        elif name not in new:
            found[name] = "file_gone"
        elif old[name] != new[name]:
            found[name] = "file_changed"
    return found


def changes(before: Sequence[Block], after: Sequence[Block]) -> list[Change]:
    """Return what changes in the text of a page, in its order."""
    found = []
    for kind, first, last, start, end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        old, new = before[first:last], after[start:end]
        for index in range(max(len(old), len(new))):
            was = old[index] if index < len(old) else None
            will = new[index] if index < len(new) else None
            heading = (will or was or Block("", "")).heading
            found.append(Change(heading, was.text if was else "", will.text if will else ""))
    return found


def report(difference: Difference, language: str) -> str:
    """Return what differs, in words, as Markdown."""
    texts = TEXTS[language]
    lines = [f"## {texts['title']}", "", *_report(difference, texts)]
    return "\n".join(lines) + "\n"


def _report(difference: Difference, texts: dict[str, str]) -> Iterator[str]:
    told = False
    for key, pages in (("new", difference.new), ("gone", difference.gone)):
        if pages:
            told = True
            yield from (f"### {texts[key]}", "")
            shown = list(pages.items())[:MOST_PAGES]
            yield from (f"- {_bold(page.title)} {_code(name)}" for name, page in shown)
            yield from _rest(len(pages), texts)
    if difference.changed:
        told = True
        yield from (f"### {texts['changed']}", "")
        for name, (old, new) in list(difference.changed.items())[:MOST_PAGES]:
            yield from (f"#### {_escaped(new.title)} {_code(name)}", "")
            yield from _page(old, new, texts)
        yield from _rest(len(difference.changed), texts)
    if difference.frames or difference.assets:
        told = True
        yield from (f"### {texts['assets']}", "")
        if difference.frames:
            yield from (texts["frame"].format(count=len(difference.frames)), "")
        shown_files = list(difference.assets.items())[:MOST_PAGES]
        yield from (f"- {_code(name)}: {texts[key]}" for name, key in shown_files)
        yield ""
    if not told:
        yield texts["nothing"]


def _rest(count: int, texts: dict[str, str]) -> Iterator[str]:
    if count > MOST_PAGES:
        yield f"- {texts['more_pages'].format(count=count - MOST_PAGES)}"
    yield ""


def _page(old: PageText, new: PageText, texts: dict[str, str]) -> Iterator[str]:
    if old.title != new.title:
        titles = {"before": _bold(old.title), "after": _bold(new.title)}
        yield from (texts["titled"].format(**titles), "")
    found = changes(old.blocks, new.blocks)
    heading = None
    for change in found[:MOST_CHANGES]:
        if change.heading != heading:
            heading = change.heading
            if heading:
                yield from ("", texts["under"].format(heading=_bold(heading)), "")
        yield from _change(change, texts)
    if len(found) > MOST_CHANGES:
        yield f"- {texts['more'].format(count=len(found) - MOST_CHANGES)}"
    if not found and old.title == new.title:
        yield texts["moved"]
    yield ""


def _change(change: Change, texts: dict[str, str]) -> Iterator[str]:
    was, will = _around(change.before, change.after)
    if was and will:
        told = texts["was"].format(text=_escaped(was)), texts["is"].format(text=_escaped(will))
        yield f"- {told[0]}<br>{told[1]}"
    elif will:
        yield f"- {texts['added'].format(text=_escaped(will))}"
    else:
        yield f"- {texts['removed'].format(text=_escaped(was))}"


def _around(before: str, after: str) -> tuple[str, str]:
    """Return both texts, long ones from some words before the first difference."""
    same = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        same += 1
    start = before.rfind(" ", 0, max(0, same - 40)) + 1 if same > 60 else 0
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    if not text:
        return ""
    shown = text[start : start + MOST_LETTERS]
    return ("… " if start else "") + shown + (" …" if start + MOST_LETTERS < len(text) else "")


def _escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands, whatever it holds."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~@-])", r"\\\1", text)


def _bold(text: str) -> str:
    return f"**{_escaped(text)}**"


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`"


def copy(difference: Difference, site: Path, folder: Path, summary: str) -> None:
    """Copy new and changed pages with all assets to ``folder``, which must not be there yet.

    Nothing is copied when no page is worth a look.
    """
    names = difference.pages()
    if not names:
        return
    folder.mkdir(parents=True)
    for name in names:
        file = name.lstrip("/") + ("index.html" if name.endswith("/") else "")
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / file, folder / file)
    if (site / ASSETS).is_dir():
        shutil.copytree(site / ASSETS, folder / ASSETS)
    (folder / "changes.md").write_text(summary, encoding="utf-8")


def _main() -> int:
    parser = argparse.ArgumentParser(description="Tell what readers will see change.")
    parser.add_argument("before", type=Path, help="folder of the site as it is")
    parser.add_argument("after", type=Path, help="folder of the site as it will be")
    parser.add_argument("--copy-to", type=Path, help="copy the new and changed pages there")
    parser.add_argument("--lang", choices=sorted(TEXTS), default="nb", help="language [nb]")
    options = parser.parse_args()
    for site in (options.before, options.after):
        if not (site / "index.html").is_file():
            raise ToolError(
                f"Det er ikke noe bygd nettsted i «{site}».",
                f"There is no built site in “{site}”.",
                2,
            )
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
