"""What in a text is no prose: blanked out, so that every word keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FENCE = re.compile(r"^([ ]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]*\2[`~]*[ ]*$|\Z)", re.M | re.S)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|\n(?= {4}))+")
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
_SPAN = re.compile(r"(?P<mark>[*_]{1,2})(?P<words>[^*_]+?)(?P=mark)\{(?P<about>[^{}]*)\}")
_LANGUAGE = re.compile(r"\blang=[\"']?([\w-]+)")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^{}]*\}")
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}")
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|‘([^‘’]*)’|\\?\"([^\"\\]*)\\?\"")
_NAMED = re.compile(r"[«“\"]([a-z][a-z_]*):")
_KEY = re.compile(r"([a-z][a-z_]*)(?::.*)?", re.S)
_CONTAINER = re.compile(r"[ ]*(?:!!!|\?\?\?|[-*+][ ]|\d+[.)][ ]|:[ ]|\[\^)")


def blank(match: re.Match[str]) -> str:
    """Return as much space as the match has characters, with its line ends."""
    return re.sub(r"[^\n]", " ", match.group())


def without_markup(text: str) -> str:
    """Return Markdown with everything that is no prose blanked out.

    Languages of single words (``*word*{lang=en}``) still stand in it: ``spans`` reads them.
    """
    text = _FENCE.sub(blank, text)
    text = _INDENTED.sub(lambda match: blank(match) if _is_code(match) else match.group(), text)
    for pattern in _NOT_PROSE:
        text = pattern.sub(blank, text)
    return text


def _is_code(match: re.Match[str]) -> bool:
    """Say whether indented lines are code: not when they belong to a note or an item of a list."""
    before = match.string[: match.start()].splitlines()
    owner = next((line for line in reversed(before) if line.strip() and line[0] != " "), "")
    return _CONTAINER.match(owner) is None


def spans(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Split prose by language: the text with all other languages blanked out, for each language.

    Args:
        text: Prose without other markup.
        language: What it is written in where nothing else is said.
    """
    foreign: dict[str, list[tuple[int, int]]] = {}
    for match in _SPAN.finditer(text):
        said = _LANGUAGE.search(match["about"])
        if said:
            foreign.setdefault(said[1], []).append(match.span("words"))
    plain = _SPAN.sub(
        lambda match: blank(match) if _LANGUAGE.search(match["about"]) else match.group(), text
    )
    yield language, _ATTRIBUTES.sub(blank, plain)
    empty = re.sub(r"[^\n]", " ", text)
    for code, places in foreign.items():
        kept = list(empty)
        for start, end in places:
            kept[start:end] = text[start:end]
        yield code, "".join(kept)


def named_fields(text: str) -> frozenset[str]:
    """Return the fields that a text names as they are written: «top: 5» or "top: {top}"."""
    return frozenset(_NAMED.findall(text))


def without_placeholders(text: str, keys: Iterable[str]) -> str:
    """Return a string of the interface without what the program fills in, and without code.

    Args:
        text: The string as it stands in its file, without the quotation marks around it.
        keys: Names of fields; alone in quotation marks, they are no words of the language.
    """
    known = frozenset(keys)

    def without_code(match: re.Match[str]) -> str:
        quoted = next(group for group in match.groups() if group is not None)
        key = _KEY.fullmatch(quoted)
        is_code = "--" in quoted or (key is not None and (key[1] in known or ":" in quoted))
        return blank(match) if is_code else match.group()

    # Filled, not blanked: "_vocabulary/{facet}.yml" has to stay one path.
    filled = _PLACEHOLDER.sub(lambda match: re.sub(r"[^\n]", "_", match.group()), text)
    return _QUOTED.sub(without_code, filled)
