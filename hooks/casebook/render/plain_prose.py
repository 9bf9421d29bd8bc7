"""The short way for prose that uses little of Markdown: paragraphs, flat lists, words in bold.

Nine texts of ten are so.  The result is to the letter what Markdown makes of them; a text with
anything else, or where there is any doubt, is left to Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_OTHER_MARK = re.compile(r"[_`\[\]<>&\\\t\x02\x03]| \n")
"""What may be more than text anywhere in a line."""
_BLANK = re.compile(r"\n{2,}")
_BOLD = re.compile(r"\*\*(?![\s*])([^*]*[^\s*])\*\*")
_STARTS_LIST = re.compile(r"[ ]{0,3}(?:[*+-]|\d+\.)(?:[ ]|$)")
_BULLET = "- "
_FURTHER_LINE = re.compile(r"[ ]{1,3}(?![ ])")


def plain_html(text: str) -> str | None:
    """Return the HTML of ``text``, or None when Markdown must look at it."""
    if _OTHER_MARK.search(text):
        return None
    blocks: list[str] = []
    after_list = False
    for block in _BLANK.split(text.strip("\n")):
        is_list = block.startswith(_BULLET)
        if is_list and after_list:
            return None  # the two may be one list, with paragraphs in it
        html = _list(block.split("\n")) if is_list else _paragraph(block)
        if html is None:
            return None
        blocks.append(html)
        after_list = is_list
    return "\n".join(blocks)


def _paragraph(block: str) -> str | None:
    if not block or block[0].isspace() or block[-1].isspace() or _STARTS_LIST.match(block):
        return None
    words = _words(block)
    return None if words is None else f"<p>{words}</p>"


def _list(lines: Iterable[str]) -> str | None:
    items: list[str] = []
    for line in lines:
        if line.startswith(_BULLET):
            words = line.removeprefix(_BULLET)
            if not words or words[0].isspace() or _STARTS_LIST.match(words):
                return None
            items.append(words)
        elif _FURTHER_LINE.match(line) and not _STARTS_LIST.match(line):
            items[-1] = f"{items[-1]}\n{line}"
        else:
            return None
    html = ["<ul>"]
    for item in items:
        made = None if item[-1].isspace() else _words(item)
        if made is None:
            return None
        html.append(f"<li>{made}</li>")
    html.append("</ul>")
    return "\n".join(html)


def _words(text: str) -> str | None:
    """Return text with its words in bold; None when an asterisk means something else."""
    if "*" not in text:
        return text
    made = _BOLD.sub(r"<strong>\1</strong>", text)
    return None if "*" in made else made
