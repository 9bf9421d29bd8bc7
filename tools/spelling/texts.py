"""Which texts are checked, and the words in them with place and language.

What is no prose is blanked out, so that every word keeps its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from casebook.languages import load_languages
from casebook.record.source import Mapping, Node, Scalar, Sequence, parse

WRITTEN_FOR_DEVELOPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
DEVELOPERS_LANGUAGE = "en"
PAGE_TEXTS = ("title", "description")
"""What people read of the lines at the top of a page; the rest are ids and dates."""
SEARCH_WORDS = "synonyms"
"""Words that people may type, wrongly too: the search has to know them as they are typed."""
STRINGS = Path("hooks/casebook/strings")
_ABOUT_LANGUAGE = "language.yml"
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.S)
WORD = r"[^\W\d_]+(?:['’]{1,2}[^\W\d_]+)*(?:[-\u2010\u2011][^\W_]+(?:['’]{1,2}[^\W\d_]+)*)*-?"
"""A word as a pattern: with apostrophes and hyphens, and with one at its end ("språk- og")."""
_PART_OF_CODE = re.compile(r"[\d_]")
"""Beside these, letters are no word: "1st", "v2", "field_name"."""
_LATIN = re.compile("[A-Za-z\xc0-\u024f\u1e00-\u1eff]")
"""What words of these languages have; names in other scripts are no words of theirs."""
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|\n(?= {4}))+")
_CONTAINER = re.compile(r"[ ]*(?:!!!|\?\?\?|[-*+][ ]|\d+[.)][ ]|:[ ]|\[\^)")
_FENCE = re.compile(r"^([ ]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]*\2[`~]*[ ]*$|\Z)", re.M | re.S)
_NOT_PROSE = (
    re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S),  # code
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"),  # the address of a link
    re.compile(r"^ {0,3}\[[^\]]+\]:\s.*$", re.M),  # … written apart from it
    re.compile(r"\[-?@[^\]]*\]"),  # a citation mark
    re.compile(r"</?[A-Za-z][^<>]*>|<(?:https?|mailto|tel):[^<>]*>"),
    re.compile(r"^[ ]*(?:!!!|\?\?\?\+?)[ ]+[\w-]+(?:[ ]+[\w-]+)*", re.M),  # the kind of a note
    re.compile(r"&#?\w+;"),
    re.compile(r"\b(?:https?://|www\.|mailto:|tel:)\S+", re.I),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # A path or a host: what ends as files and hosts do, not "og/eller" and "f.eks."
    re.compile(
        r"(?<![\w/])[\w./~-]*\w\.(?:com|css|en|eu|html|js|json|lock|md|net|no|org|py|toml|txt|yml)"
        r"\b(?!\.\w)(?:/\S*)?"
    ),
)
_SPAN = re.compile(
    r"(?P<mark>[*_]{1,2})(?P<words>[^*_]+?)(?P=mark)\{[^{}]*\blang=[\"']?([\w-]+)[^{}]*\}"
)
"""Words in another language: ``*word*{lang=en}``."""
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^{}]*\}")
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}")
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|‘([^‘’]*)’|\\?\"([^\"\\]*)\\?\"")
_NAMED = re.compile(r"[«“\"]([a-z][a-z_]*):")
_KEY = re.compile(r"([a-z][a-z_]*)(?::.*)?", re.S)


class Token(NamedTuple):
    """A word where it stands: ``line`` and ``column`` from 1, ``language`` as a code."""

    path: str
    line: int
    column: int
    word: str
    language: str


_Path = tuple[str, ...]
_Region = tuple[int, str, str]
"""A piece of a file: where it begins, its prose, and the language of that."""


def files(root: Path) -> list[Path]:
    """Return every file of a project whose text is checked, in order; links are never read."""
    patterns = ("cases/*.yml", "cases/_vocabulary/**/*.yml", "docs/**/*.md", f"{STRINGS}/*/*.yml")
    found = (file for name in (*patterns, *WRITTEN_FOR_DEVELOPERS) for file in root.glob(name))
    return sorted(file for file in found if file.is_file() and not file.is_symlink())


class Texts:
    """Reads words out of the project's files."""

    def __init__(self, root: Path, names: Iterable[str] = ()) -> None:
        """Take the project's folder, and names of several words, each of which is one token."""
        self._root = root
        # The longest first: a name may begin with another one.
        longest = sorted(names, key=lambda name: (-len(name), name))
        phrases = [r"\s+".join(map(re.escape, name.split())) for name in longest]
        phrase = rf"(?:{'|'.join(phrases)})(?:['’]s|s|['’])?(?!\w)|" if phrases else ""
        self._word = re.compile(phrase + WORD)
        self._languages = load_languages()
        self._keys: frozenset[str] | None = None

    def tokens(self, file: Path) -> list[Token]:
        """Return the words of a file in the order of their places.

        A file that is broken has none: what checks records and pages tells about it.

        Raises:
            OSError: It cannot be read.
        """
        path = file.relative_to(self._root)
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if path.suffix == ".md":
            regions = self._page(path, text)
        elif path.is_relative_to(STRINGS):
            regions = self._strings(path, text)
        else:
            regions = self._record(text)
        lines = [0, *(match.end() for match in re.finditer("\n", text))]
        found = set()
        for start, prose, language in regions:
            for match in self._word.finditer(prose):
                around = prose[max(match.start() - 1, 0) : match.start()]
                around += prose[match.end() : match.end() + 1]
                if _LATIN.search(match[0]) and not _PART_OF_CODE.search(around):
                    index = start + match.start()
                    line = bisect_right(lines, index)
                    word = " ".join(match[0].split())
                    place = (path.as_posix(), line, index - lines[line - 1] + 1)
                    found.add(Token(*place, word, language))
        return sorted(found)

    def _page(self, path: Path, text: str) -> Iterator[_Region]:
        """Yield the prose of a page; its language stands in its name: ``name.en.md``."""
        ending = Path(path.stem).suffix.removeprefix(".")
        language = ending if ending in self._languages.codes else self._languages.default.code
        if path.name in WRITTEN_FOR_DEVELOPERS:
            language = DEVELOPERS_LANGUAGE
        top = _FRONT_MATTER.match(text)
        if top:
            root = _root(top[1])
            for key in PAGE_TEXTS:
                node = root.entries.get(key) if root else None
                if isinstance(node, Scalar):
                    start = top.start(1) + node.start.index
                    yield from _spans(start, _in_block(top[1], node), language)
        body = top.end() if top else 0
        yield from _spans(body, text[body:], language)

    def _record(self, text: str) -> Iterator[_Region]:
        """Yield the texts of a record or vocabulary: what stands under the code of a language."""
        for keys, scalar in _scalars(_root(text)):
            codes = [key for key in keys if key in self._languages.codes]
            if codes and SEARCH_WORDS not in keys:
                yield from _spans(scalar.start.index, _in_block(text, scalar), codes[-1])

    def _strings(self, path: Path, text: str) -> Iterator[_Region]:
        """Yield the strings of the interface; their folder is named after their language."""
        if path.name == _ABOUT_LANGUAGE:
            return
        names = self._field_names() | set(_NAMED.findall(text))
        for _, scalar in _scalars(_root(text)):
            source = _source(text, scalar)
            if source[:1] in ('"', "'"):  # around the string, in YAML
                source = f" {source[1:-1]} "
            prose = _without_markup(_without_placeholders(source, names))
            yield scalar.start.index, prose, path.parent.name

    def _field_names(self) -> frozenset[str]:
        """Return every key that any record uses."""
        if self._keys is None:
            roots = (_root(file.read_text("utf-8")) for file in self._root.glob("cases/**/*.yml"))
            self._keys = frozenset(
                key for root in roots for keys, _ in _scalars(root) for key in keys
            )
        return self._keys


@cache
def _root(text: str) -> Mapping | None:
    document, _ = parse(text.encode(), "")
    return document.root if document else None


def scalars(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text of a YAML file with the keys that lead to it; of a broken one, none."""
    yield from ((keys, scalar.text) for keys, scalar in _scalars(_root(text)))


def _scalars(
    node: Node | None, keys: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield every text below a node with the keys that lead to it."""
    if isinstance(node, Scalar):
        yield keys, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item, keys)
    elif node is not None:
        for key, inner in node.entries.items():
            yield from _scalars(inner, (*keys, key))


def _source(text: str, scalar: Scalar) -> str:
    """Return a scalar as it stands in its file, without the mark before a block (``>-``)."""
    return re.sub(r"\A[|>][^\n]*", _blank, text[scalar.start.index : scalar.end])


def _in_block(text: str, scalar: Scalar) -> str:
    """Return a scalar without its indentation, which belongs to YAML and is no code of Markdown."""
    # A no-break space is space to every pattern here, but indents nothing.
    return re.sub(r"(?<=\n) +", lambda match: "\xa0" * len(match[0]), _source(text, scalar))


def _blank(match: re.Match[str]) -> str:
    """Return as much space as the match has characters, with its line ends."""
    return re.sub(r"[^\n]", " ", match.group())


def _without_markup(text: str) -> str:
    def indented(match: re.Match[str]) -> str:
        # No code, when the lines belong to a note or an item of a list.
        before = match.string[: match.start()].splitlines()
        owner = next((line for line in reversed(before) if line.strip() and line[0] != " "), "")
        return match.group() if _CONTAINER.match(owner) else _blank(match)

    text = _INDENTED.sub(indented, _FENCE.sub(_blank, text))
    for pattern in _NOT_PROSE:
        text = pattern.sub(_blank, text)
    return text


def _spans(start: int, text: str, language: str) -> Iterator[_Region]:
    """Split Markdown by language: what is in another one is blanked out, and yielded by itself."""
    text = _without_markup(text)
    for match in _SPAN.finditer(text):
        yield start + match.start("words"), match["words"], match[3]
    yield start, _ATTRIBUTES.sub(_blank, _SPAN.sub(_blank, text)), language


def _without_placeholders(text: str, names: Collection[str]) -> str:
    """Return a string of the interface without what the program fills in, and without code.

    Names of fields, alone in quotation marks, are no words of the language.
    """

    def without_code(match: re.Match[str]) -> str:
        quoted = next(group for group in match.groups() if group is not None)
        key = _KEY.fullmatch(quoted)
        is_code = "--" in quoted or (key is not None and (key[1] in names or ":" in quoted))
        return _blank(match) if is_code else match.group()

    # Filled, not blanked: "_vocabulary/{facet}.yml" has to stay one path.
    filled = _PLACEHOLDER.sub(lambda match: re.sub(r"[^\n]", "_", match.group()), text)
    return _QUOTED.sub(without_code, filled)
