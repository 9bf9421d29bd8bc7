"""The navigation in the settings: all pages stand in it, and all that it names is there.

The settings name pages, and folders whose pages take their places by themselves: the page of the
folder first, then by ``order`` at their top, then by name.  Only ``nav`` is read, and what says
which pages need not stand in it.  The builder of the site would refuse the same, after a minute and
without a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from math import inf
from typing import Any

from pathspec import GitIgnoreSpec

from casebook.files.published import Found
from casebook.files.regular import read_regular
from casebook.handwritten.page import HandwrittenPage, name_in
from casebook.handwritten.places import HOME, NEEDED
from casebook.languages import Languages
from casebook.page.tips import EMAIL, REPOSITORY
from casebook.problem import Problem
from casebook.record.model import closest
from casebook.record.source import MAX_BYTES, Document, Node, Scalar, Sequence, decode, parse_text

SETTINGS = "mkdocs.yml"
INDEX = "index.md"
"""The page of a folder."""
_LEFT_OUT = ("not_in_nav", "draft_docs", "exclude_docs")
"""Settings that hold patterns of pages, written as in a .gitignore."""
_ALLOWED_HERE = {"tag", "anchor", "alias"}
"""Problems of records that are none of settings: ``!ENV`` is a tag."""
_ADDRESSES = (
    (("extra", "editors"), EMAIL, "redaksjonen@example.org"),
    (("extra", "repository", "url"), REPOSITORY, "https://github.com/owner/name"),
)
"""Settings that lead somewhere: what they may be."""
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def expanded(entries: list[Any], pages: list[HandwrittenPage]) -> list[Any]:
    """Return a navigation as it stands in the settings, with the pages of its folders put in."""
    found: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict):
            found.append(
                {
                    title: expanded(inner, pages) if isinstance(inner, list) else inner
                    for title, inner in entry.items()
                }
            )
        elif isinstance(entry, str) and entry.endswith("/"):
            found.append({entry: _below(entry, pages)})
        else:
            found.append(entry)
    return found


def _below(folder: str, pages: list[HandwrittenPage]) -> list[Any]:
    """Return the pages of a folder in their order; one of its folders stands as its own page."""
    placed: list[tuple[tuple[bool, float, str], Any]] = []
    for page in pages:
        step, slash, rest = page.name.removeprefix(folder).partition("/")
        if not page.name.startswith(folder) or page.name != page.original:
            continue
        if not slash:
            placed.append(((step != INDEX, *_order(page), step), page.name))
        elif rest == INDEX:
            inner = f"{folder}{step}/"
            placed.append(((True, *_order(page), step), {inner: _below(inner, pages)}))
    return [entry for _, entry in sorted(placed, key=lambda one: one[0])]


def _order(page: HandwrittenPage) -> tuple[float]:
    order = page.value("order")
    return (int(order) if order.isdecimal() else inf,)


def check_navigation(
    found: Found, pages: list[HandwrittenPage], languages: Languages
) -> Iterator[Problem]:
    """Yield what does not fit together in the pages and in the settings beside their folder.

    Args:
        found: What lies in the folder of pages.
        pages: All pages in it.
        languages: Those that the site is to have.
    """
    file = found.root.parent / SETTINGS
    if not file.is_file():
        return
    path = posixpath.join(posixpath.dirname(found.called), SETTINGS)
    text, problems = decode(read_regular(file, MAX_BYTES + 1), path)
    settings = None
    if text is not None:
        settings, problems = parse_text(text, path)
    if settings is None:
        yield from (problem for problem in problems if problem.rule not in _ALLOWED_HERE)
        return
    for steps, shape, example in _ADDRESSES:
        node = settings.node(steps)
        if isinstance(node, Scalar) and node.text and shape.fullmatch(node.text) is None:
            yield settings.problem(
                node.start.index, "setting-no-address", value=node.text, example=example
            )
    if "hooks" in settings.root.entries:  # our site, and no folder of pages by itself
        yield from _needed(found, languages)
    if "nav" not in settings.root.entries:
        return  # the builder makes one of all pages
    entries = list(_entries(settings.root.entries["nav"]))
    for entry in entries:
        if entry.text.endswith("/") and any(page.name.startswith(entry.text) for page in pages):
            continue
        if entry.text not in found.files and not _ELSEWHERE.match(entry.text):
            near = closest(entry.text, [page.name for page in pages])
            line, column, _ = entry.start
            yield Problem.make(
                path, line, column, "unknown-page-in-navigation", value=entry.text, closest=near
            )
    yield from _missing(pages, settings, entries)


def _needed(found: Found, languages: Languages) -> Iterator[Problem]:
    """Yield the pages that the site itself leads to and that are not there."""
    fronts = [name_in(HOME, language, languages) for language in languages]
    for name in (*fronts, *NEEDED[1:]):
        if name not in found.files:
            yield Problem.make(f"{found.called}/{name}", 1, 1, "page-needed", value=name)


def _missing(
    pages: list[HandwrittenPage], settings: Document, entries: list[Scalar]
) -> Iterator[Problem]:
    named = {entry.text for entry in entries}
    folders = tuple(name for name in named if name.endswith("/"))
    names = {page.name for page in pages}
    left_out = _left_out(settings)
    for page in pages:
        own = f"{posixpath.dirname(page.name)}/{INDEX}"
        if left_out.match_file(page.name):
            continue
        if page.name.startswith(folders):
            if own not in names:
                folder = posixpath.dirname(page.path)
                yield page.problem(0, "folder-without-page", missing=f"{folder}/{INDEX}")
        elif page.name not in named:
            line = _line_before(page.name, entries, settings)
            text = page.name
            yield page.problem(
                0, "not-in-navigation", settings=settings.path, text=text, at=str(line)
            )


def _entries(node: Node) -> Iterator[Scalar]:
    """Yield the pages and addresses of a navigation, in order."""
    if isinstance(node, Scalar):
        yield node
        return
    for item in node.items if isinstance(node, Sequence) else node.entries.values():
        yield from _entries(item)


def _left_out(settings: Document) -> GitIgnoreSpec:
    nodes = (settings.root.entries.get(name) for name in _LEFT_OUT)
    lines = [line for node in nodes if isinstance(node, Scalar) for line in node.text.splitlines()]
    return GitIgnoreSpec.from_lines(lines)


def _line_before(name: str, entries: list[Scalar], settings: Document) -> int:
    """Return the line below which a page fits: the last one of its folder, or of one above."""
    folder = posixpath.dirname(name)
    while True:
        beside = [entry for entry in entries if posixpath.dirname(entry.text) == folder]
        if beside or not folder:
            last = (beside or entries)[-1:]
            return last[0].start.line if last else settings.root.keys["nav"].line
        folder = posixpath.dirname(folder)
