"""A hand-written page: its front matter as a tree, its body as blocks, both with positions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.files.published import PAGE, Found
from casebook.files.regular import read_regular
from casebook.handwritten.blocks import Block, Scan, scan
from casebook.handwritten.passage import lines_of
from casebook.languages import Language, Languages
from casebook.problem import Problem
from casebook.record.source import (
    MAX_BYTES,
    Document,
    Mapping,
    Position,
    Scalar,
    Sequence,
    decode,
    parse_text,
    unreadable,
)

SUFFIX = PAGE
CASES_FOLDER = "eksempler"
"""Folder of the catalogue, where the pages of cases stand (``/eksempler/<id>/``)."""
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass
class HandwrittenPage:
    """A page: ``path`` as problems call it, ``name`` below the folder of pages.

    ``original`` is the name of the page in the default language.  ``head`` holds the front matter;
    the places in it are those of the whole file.
    """

    path: str
    name: str
    original: str
    language: Language
    head: Document
    body_start: int

    @cached_property
    def scan(self) -> Scan:
        """The blocks of the body."""
        return scan(lines_of(self.head.text, self.body_start))

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the body in order."""
        return self.scan.blocks

    def value(self, key: str) -> str:
        """Return a value of the front matter as text, "" when it has none."""
        node = self.head.root.entries.get(key)
        return node.text.strip() if isinstance(node, Scalar) else ""

    def listed(self, key: str) -> list[Scalar]:
        """Return the items of a list in the front matter."""
        node = self.head.root.entries.get(key)
        items = node.items if isinstance(node, Sequence) else ()
        return [item for item in items if isinstance(item, Scalar) and item.text.strip()]

    def problem(self, index: int, rule: str, **details: str) -> Problem:
        """Return a problem at the character ``index`` of the file."""
        return self.head.problem(index, rule, **details)


def read_pages(files: Found, languages: Languages) -> tuple[list[HandwrittenPage], list[Problem]]:
    """Read all pages among ``files``, in the order of their names.

    One that cannot be read is left out.
    """
    pages, problems = [], []
    for name in files.pages:
        page, found = read_page(files.root / name, f"{files.called}/{name}", name, languages)
        problems += found
        if page is not None:
            pages.append(page)
    return pages, problems


def read_page(
    file: Path, path: str, name: str, languages: Languages
) -> tuple[HandwrittenPage | None, list[Problem]]:
    """Read one page; what is wrong with its text or front matter as such comes back as problems."""
    try:
        data = read_regular(file, MAX_BYTES + 1)
    except OSError as error:
        return None, [unreadable(path, error)]
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    base, language = _in_language(name, languages)
    match = _FRONT_MATTER.match(text)
    if match is None:
        root = Mapping(Position(1, 1, 0))
        page = HandwrittenPage(path, name, base, language, Document(path, text, root), 0)
        return page, problems
    # The first line of hyphens is blanked, so that every place is that of the file.
    head, found = parse_text(f"   {text[3 : match.end(1)]}", path)
    problems += found
    if head is None:
        return None, problems
    document = Document(path, text, head.root)
    return HandwrittenPage(path, name, base, language, document, match.end()), problems


def _in_language(name: str, languages: Languages) -> tuple[str, Language]:
    """Return the name of the page in the default language, and the language of this one."""
    stem = name.removesuffix(SUFFIX)
    base, _, code = stem.rpartition(".")
    if code in languages and base:
        return f"{base}{SUFFIX}", languages[code]
    return name, languages.default


def name_in(original: str, language: Language, languages: Languages) -> str:
    """Return the name of the page ``original`` in ``language``."""
    if language is languages.default:
        return original
    return f"{original.removesuffix(SUFFIX)}.{language.code}{SUFFIX}"
