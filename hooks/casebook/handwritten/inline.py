"""What stands inside the lines of a page: links, pictures and anchors, without code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile("`+")
_OPENING = re.compile(r"(?<![`\\])(?P<code>`+)|(?P<comment><!--)")
_NO_BREAK = re.compile(r"[^\n]")
_LINK = re.compile(
    r"(?P<picture>!?)(?<!\\)\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<target>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?![\^@])[^\[\]]+\]:[ \t]+<?(?P<target>[^\s<>]+)", re.MULTILINE)
_IMAGE_TAG = re.compile(r"<img\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ANCHOR = re.compile(r"\{:?[^{}\n]*#([\w-]+)[^{}\n]*\}|\bid=[\"']([\w-]+)[\"']")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture: its words, where it leads, and where that and it all begin."""

    picture: bool
    words: str
    target: str
    start: int
    target_start: int


def without_code(text: str) -> str:
    """Return ``text`` with code and comments blanked out, so that places stay as they are.

    Reads the text once, however many of them have no end.
    """
    if "`" not in text and "<!--" not in text:
        return text
    ends: dict[int, list[int]] = {}
    for run in _RUN.finditer(text):
        ends.setdefault(len(run[0]), []).append(run.end())
    last_comment = text.rfind("-->")
    pieces: list[str] = []
    place = 0
    for match in _OPENING.finditer(text):
        if match.start() < place:
            continue
        if match["comment"]:
            if match.end() > last_comment:
                continue
            end = text.index("-->", match.end()) + 3
        else:
            same = ends[len(match["code"])]
            number = bisect_right(same, match.end())
            if number == len(same):
                continue
            end = same[number]
        pieces += [text[place : match.start()], _NO_BREAK.sub(" ", text[match.start() : end])]
        place = end
    return "".join([*pieces, text[place:]])


def links(text: str) -> Iterator[Link]:
    """Yield the links and pictures of ``text``, which must be without code."""
    if "](" in text:
        for match in _LINK.finditer(text):
            yield Link(
                bool(match.group("picture")),
                match.group("words"),
                match.group("target"),
                match.start(),
                match.start("target"),
            )
            if "](" in match.group("words"):  # a picture that is a link
                for inner in links(match.group("words")):
                    yield Link(
                        inner.picture,
                        inner.words,
                        inner.target,
                        match.start("words") + inner.start,
                        match.start("words") + inner.target_start,
                    )
    if "]:" in text:
        for match in _DEFINITION.finditer(text):
            yield Link(False, "", match.group("target"), match.start(), match.start("target"))


def pictures_without_words(text: str) -> Iterator[int]:
    """Yield where pictures start that say nothing to those who do not see them."""
    if "![" in text:
        for link in links(text):
            if link.picture and not link.words.strip():
                yield link.start
    if "<img" in text.lower():
        for match in _IMAGE_TAG.finditer(text):
            if re.search(r"\balt\s*=", match.group("attributes"), re.IGNORECASE) is None:
                yield match.start()


def anchors(text: str) -> Iterator[str]:
    """Yield the ids that ``text`` gives to parts of itself."""
    for match in _ANCHOR.finditer(text):
        yield match.group(1) or match.group(2)
