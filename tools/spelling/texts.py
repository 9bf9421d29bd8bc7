"""Which texts are checked, and the words in them with place and language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook.languages import load_languages
from casebook.record.source import Document, Mapping, Node, Scalar, Sequence, parse

from spelling.markup import named_fields, spans, without_markup, without_placeholders

WRITTEN_FOR_DEVELOPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
DEVELOPERS_LANGUAGE = "en"
PAGE_TEXTS = ("title", "description")
"""What people read of the lines at the top of a page; the rest are ids and dates."""
SEARCH_WORDS = "synonyms"
"""Words that people may type, wrongly too: the search has to know them as they are typed."""
STRINGS = Path("hooks/casebook/strings")
_ABOUT_LANGUAGE = "language.yml"
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.S)
_COMMENT_AFTER_HEAD = re.compile(r"\A[|>][^\n]*")
_WORD = r"[^\W\d_]+(?:['’]{1,2}[^\W\d_]+)*(?:[-\u2010\u2011][^\W_]+(?:['’]{1,2}[^\W\d_]+)*)*-?"
_NO_WORD = re.compile(r"[\d_]")
_LATIN = re.compile("[A-Za-z\xc0-\u024f\u1e00-\u1eff]")
"""What words of these languages have; names in other scripts are no words of theirs."""
"""Beside these, letters are no word: "1st", "v2", "field_name"."""


@dataclass(frozen=True, order=True, slots=True)
class Token:
    """A word where it stands: ``line`` and ``column`` from 1, ``language`` as a code."""

    path: str
    line: int
    column: int
    word: str
    language: str


@dataclass(frozen=True, slots=True)
class _Region:
    """A piece of a file in one language, blanked out except for its prose."""

    start: int
    text: str
    language: str


def files(root: Path) -> list[Path]:
    """Return every file whose text is checked, in order.

    Args:
        root: The project's folder.
    """
    found = [
        *root.glob("cases/*.yml"),
        *root.glob("cases/_vocabulary/*.yml"),
        *root.glob("docs/**/*.md"),
        *root.glob(f"{STRINGS.as_posix()}/*/*.yml"),
        *(root / name for name in WRITTEN_FOR_DEVELOPERS if (root / name).is_file()),
    ]
    return sorted(found)


class Texts:
    """Reads words out of the project's files."""

    def __init__(self, root: Path, names: Iterable[str] = ()) -> None:
        """Take the project's folder, and names of several words, each of which is one token."""
        self.root = root
        self._word = _pattern(names)
        languages = load_languages()
        self.codes = frozenset(languages.codes)
        self.default = languages.default.code
        self._keys: frozenset[str] | None = None

    def tokens(self, file: Path) -> Iterator[Token]:
        """Yield the words of a file in the order of their places.

        A file that is broken yields nothing: what checks records and pages tells about it.

        Raises:
            OSError: It cannot be read.
        """
        path = file.relative_to(self.root)
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if path.suffix == ".md":
            regions = self._page(path, text)
        elif path.is_relative_to(STRINGS):
            regions = self._strings(path, text)
        else:
            regions = self._record(path, text)
        lines = [0, *(match.end() for match in re.finditer("\n", text))]
        found = set()
        for region in regions:
            for index, word in self._words(region):
                line = bisect_right(lines, index)
                column = index - lines[line - 1] + 1
                found.add(Token(path.as_posix(), line, column, word, region.language))
        yield from sorted(found)

    def _words(self, region: _Region) -> Iterator[tuple[int, str]]:
        """Yield the words of a region with the index of each in the file."""
        for match in self._word.finditer(region.text):
            before = region.text[match.start() - 1 : match.start()]
            after = region.text[match.end() : match.end() + 1]
            if not _NO_WORD.search(before + after) and _LATIN.search(match.group()):
                yield region.start + match.start(), " ".join(match.group().split())

    def _page(self, path: Path, text: str) -> Iterator[_Region]:
        """Yield the prose of a page; its language stands in its name: ``name.en.md``."""
        ending = Path(path.stem).suffix.removeprefix(".")
        language = ending if ending in self.codes else self.default
        if path.name in WRITTEN_FOR_DEVELOPERS:
            language = DEVELOPERS_LANGUAGE
        top = _FRONT_MATTER.match(text)
        body = 0
        if top:
            body = top.end()
            document, _ = parse(top[1].encode(), path.as_posix())
            for key in PAGE_TEXTS:
                node = document.root.entries.get(key) if document else None
                if isinstance(node, Scalar):
                    yield from _prose(top[1], node, language, offset=top.start(1))
        for code, words in spans(without_markup(text[body:]), language):
            yield _Region(body, words, code)

    def _record(self, path: Path, text: str) -> Iterator[_Region]:
        """Yield the texts of a record or vocabulary: what stands under the code of a language."""
        document, _ = parse(text.encode(), path.as_posix())
        if document is None:
            return
        for language, scalar in self._by_language(document.root, None):
            yield from _prose(text, scalar, language)

    def _by_language(self, node: Node, language: str | None) -> Iterator[tuple[str, Scalar]]:
        if isinstance(node, Scalar):
            if language is not None:
                yield language, node
        elif isinstance(node, Sequence):
            for item in node.items:
                yield from self._by_language(item, language)
        else:
            for key, value in node.entries.items():
                if key != SEARCH_WORDS:
                    yield from self._by_language(value, key if key in self.codes else language)

    def _strings(self, path: Path, text: str) -> Iterator[_Region]:
        """Yield the strings of the interface; their folder is named after their language."""
        document, _ = parse(text.encode(), path.as_posix())
        if document is None or path.name == _ABOUT_LANGUAGE:
            return
        keys = self._field_names() | named_fields(text)
        for scalar in _scalars(document.root):
            source = _unquoted(_source(text, scalar))
            prose = without_markup(without_placeholders(source, keys))
            yield _Region(scalar.start.index, prose, path.parent.name)

    def _field_names(self) -> frozenset[str]:
        """Return every key that any record uses."""
        if self._keys is None:
            found: set[str] = set()
            for file in sorted(self.root.glob("cases/**/*.yml")):
                document, _ = parse(file.read_bytes(), file.name)
                if document is not None:
                    found.update(_keys(document))
            self._keys = frozenset(found)
        return self._keys


def _source(text: str, scalar: Scalar) -> str:
    """Return a scalar as it stands in its file, without the mark before a block (``>-``)."""
    source = text[scalar.start.index : scalar.end]
    return _COMMENT_AFTER_HEAD.sub(lambda match: " " * len(match.group()), source)


def _unquoted(source: str) -> str:
    """Blank out the quotation marks that YAML, not the string, has around it."""
    return f" {source[1:-1]} " if source[:1] in ('"', "'") else source


def _prose(text: str, scalar: Scalar, language: str, offset: int = 0) -> Iterator[_Region]:
    for code, words in spans(without_markup(_dedented(_source(text, scalar))), language):
        yield _Region(offset + scalar.start.index, words, code)


def _dedented(source: str) -> str:
    """Move block text out of its indentation without moving any word.

    In a block, indentation belongs to YAML: it must not be taken for Markdown's code.
    """
    lines = source.split("\n")
    return "\n".join([lines[0], *(_without_indentation(line) for line in lines[1:])])


def _without_indentation(line: str) -> str:
    # A no-break space is space to every pattern here, but indents nothing.
    words = line.lstrip(" ")
    return "\xa0" * (len(line) - len(words)) + words


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    else:
        for child in node.items if isinstance(node, Sequence) else node.entries.values():
            yield from _scalars(child)


def _keys(document: Document) -> Iterator[str]:
    waiting: list[Node] = [document.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            yield from node.entries
            waiting.extend(node.entries.values())
        elif isinstance(node, Sequence):
            waiting.extend(node.items)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the next word, or the next name of several words."""
    # The longest first: a name may begin with another one.
    longest = sorted(names, key=lambda name: (-len(name), name))
    phrases = [r"\s+".join(re.escape(part) for part in name.split()) for name in longest]
    if not phrases:
        return re.compile(_WORD)
    return re.compile(rf"(?:{'|'.join(phrases)})(?:['’]s|s|['’])?(?!\w)|{_WORD}")
