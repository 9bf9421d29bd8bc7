"""Text that is read from the right, kept apart from what stands beside it.

Without that, a name in Arabic letters takes the number or the bracket behind it to its other side.
In HTML each run becomes a ``bdi`` element; where no element can stand (attributes, titles, choices)
it stands between U+2068 and U+2069, which do the same.  Both are invisible, and change no letter.
"""

from __future__ import annotations

import re

from casebook.letters.coverage import pattern
from casebook.letters.faults import RIGHT_TO_LEFT

_LETTER = f"[{pattern(RIGHT_TO_LEFT)}\u0660-\u0669\u06f0-\u06f9]"
# What may stand between two words of a run.  A comma or semicolon parts two runs: in a list of
# names the first one stays the first.
_BETWEEN = (
    "(?:[ \t\n\u00a0\u200c-\u200f\u061c0-9!#%'()*+./:=?@\\[\\]_|\u00ab\u00bb\u2010-\u2014"
    '\u2018-\u201d\u2026"-]|&(?:amp|quot|#34|#39|nbsp);)'
)
_RUN = re.compile(f"{_LETTER}+(?:{_BETWEEN}*{_LETTER}+)*")
_ANY = re.compile(_LETTER)
_PAIRS = {")": "(", "]": "[", "»": "«", "”": "“"}
_PIECES = re.compile(
    # What holds no text, or text that no browser shows.
    r"<!--.*?-->|<(?P<raw>script|style)\b.*?</(?P=raw)>"
    # What holds text and no elements.
    r"|(?P<plain><(?P<name>title|option|textarea|text|tspan)\b[^>]*>[^<]*)"
    r"|(?P<done><bdi\b.*?</bdi>)"
    r"|(?P<tag><[^>]*>)"
    r"|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
_SPOKEN = re.compile(r'(?<=\s)((?:aria-label|alt|title|content|placeholder|label)=")([^"]*)(?=")')
FIRST, LAST = "\u2068", "\u2069"


def isolated(html: str) -> str:
    """Return finished HTML of our own with each run that is read from the right kept apart."""
    return _PIECES.sub(_piece, html) if _ANY.search(html) else html


def isolated_text(text: str) -> str:
    """Return plain text with each such run between U+2068 and U+2069."""
    return _with(FIRST, LAST, text) if _ANY.search(text) else text


def _piece(match: re.Match[str]) -> str:
    whole = match.group()
    if not _ANY.search(whole) or match["done"] or match["raw"]:
        return whole
    if match["text"]:
        return _with("<bdi>", "</bdi>", whole)
    if match["plain"]:
        opening, mark, text = whole.partition(">")
        return f"{_spoken(opening)}{mark}{isolated_text(text)}"
    return _spoken(whole) if match["tag"] else whole


def _spoken(tag: str) -> str:
    """Return a tag in which what is shown or read aloud of its attributes is kept apart."""
    return _SPOKEN.sub(lambda found: f"{found[1]}{isolated_text(found[2])}", tag)


def _with(first: str, last: str, text: str) -> str:
    parts, done = [], 0
    for match in _RUN.finditer(text):
        start, end = match.start(), _with_brackets(text, match.start(), match.end())
        if text[start - 1 : start] == FIRST and text[end : end + 1] == LAST:
            continue  # its author has done it
        parts += [text[done:start], first, text[start:end], last]
        done = end
    return "".join([*parts, text[done:]])


def _with_brackets(text: str, start: int, end: int) -> int:
    """Return the end of a run with the brackets behind it that were opened within it."""
    while end < len(text) and text[end] in _PAIRS:
        run = text[start:end]
        if run.count(_PAIRS[text[end]]) <= run.count(text[end]):
            break
        end += 1
    return end
