"""What people do to a file by mistake, seen in its lines: the cause of what a parser stumbles over.

A parser tells where it gave up, most often a line below the one that is wrong, and in its own
terms.  Here the lines around that place are looked at for what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from casebook.record.structure import BULLETS

_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_KEY = r"[A-Za-z_][\w-]*"
_START = r"^(?P<indent> *)(?P<dash>- +)?"
_MARKER = re.compile(r"^[ \t]*(?:<{7}|>{7})(?= |$)", re.MULTILINE)
BLANK_INDENT = re.compile(rf"^[ \t]*(?P<at>[{_BLANKS}])[ \t{_BLANKS}]*(?:-[ ]|{_KEY}:)")
_NO_SPACE = re.compile(rf"{_START}(?P<at>(?P<key>{_KEY}):(?P<rest>[^\s:/].*))$")
BULLET = re.compile(rf"^ *(?P<at>[{BULLETS}·–—])[ \t{_BLANKS}]*[^\s]")
_DASH = re.compile(r"^ *(?P<at>-(?P<rest>[^\s\d-].*))$")
_CURLY = re.compile(rf"{_START}(?:{_KEY}: +)?(?P<at>[“”„‟«])")
_APOSTROPHE = re.compile(rf"{_START}(?:{_KEY}: +)?(?P<at>'(?P<text>[^']+'(?=\w).*))$")
_FIELD = re.compile(rf"{_START}(?P<key>{_KEY}):(?P<value>\s.*|)$")
_LIKE_A_FIELD = re.compile(r"^\s*(?:#|-(?:\s|$)|[\[\]{}\"'<>|=]|[^\s:][^:]*:(?:\s|$))")
_CUT = re.compile(r"(?:^|(?<=[ \t]))#[^\s#].*")
_REACH = 3
"""So many lines above the place where a parser gave up may be the wrong one."""
_SHOWN = 60


class Mistake(NamedTuple):
    """Line and column from 1, the rule, and what its message needs."""

    line: int
    column: int
    rule: str
    details: dict[str, str]


def conflict(text: str) -> int | None:
    """Return where the marks begin that Git leaves where two versions of a file differ."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    marker = _MARKER.search(text)
    return marker.end() - 7 if marker else None


def cause(text: str, line: int) -> Mistake | None:
    """Return what made a parser give up at a line (from 1), or None when it is not to be seen."""
    lines = text.split("\n")
    line = min(line, len(lines))
    near = list(_from(lines, line))
    for number in near:
        found = mistake_in(lines, number)
        if found is not None:
            return found
    for number in near[:2]:
        found = _quoted(lines[number - 1], number)
        if found is not None:
            return found
    return _deeper(lines, line) or _less_indented(lines, near)


def _from(lines: list[str], line: int) -> Iterator[int]:
    """Yield the numbers of a line and of the closest ones above that hold something."""
    found = 0
    for number in range(line, 0, -1):
        if lines[number - 1].strip():
            yield number
            found += 1
        if found > _REACH:
            return


def mistake_in(
    lines: list[str], number: int, begun: dict[int, int] | None = None
) -> Mistake | None:
    """Return what is wrong with a line by itself, where a field or an item is meant to stand.

    Lines in a row with the same mistake are one.  ``begun`` keeps where each row begins, for those
    who ask for many lines of a file.
    """
    begun = {} if begun is None else begun
    words = lines[number - 1]
    if blank := BLANK_INDENT.match(words):
        return Mistake(number, blank.start("at") + 1, "syntax-no-break-space", {})
    if glued := _NO_SPACE.match(words):
        key, rest = glued["key"], glued["rest"]
        details = {"given": _short(glued["at"]), "meant": _short(f"{key}: {rest}")}
        return Mistake(number, glued.start("at") + 1, "syntax-no-space", details)
    if bullet := BULLET.match(words):
        number = _first(lines, number, BULLET, begun)
        bullet = BULLET.match(lines[number - 1]) or bullet
        return Mistake(number, bullet.start("at") + 1, "syntax-bullet", {"sign": bullet["at"]})
    if dash := _DASH.match(words):
        number = _first(lines, number, _DASH, begun)
        dash = _DASH.match(lines[number - 1]) or dash
        details = {"given": _short(dash["at"]), "meant": _short(f"- {dash['rest']}")}
        return Mistake(number, dash.start("at") + 1, "syntax-no-space", details)
    return None


def _first(lines: list[str], number: int, mistake: re.Pattern[str], begun: dict[int, int]) -> int:
    """Return the number of the first of the lines in a row, up to this one, with a mistake."""
    first = number
    while first > 1 and first not in begun and mistake.match(lines[first - 2]):
        first -= 1
    start = begun.get(first, first)
    begun.update(dict.fromkeys(range(first, number + 1), start))
    return start


def _quoted(words: str, number: int) -> Mistake | None:
    """Return what is wrong with the quotation marks round a value."""
    if curly := _CURLY.match(words):
        details = {"sign": curly["at"]}
        return Mistake(number, curly.start("at") + 1, "syntax-curly-quotes", details)
    if apostrophe := _APOSTROPHE.match(words.rstrip()):
        text = apostrophe["text"].removesuffix("'")
        meant = _short(text.replace("''", "'").replace("'", "''"))
        details = {"meant": f"'{meant}'"}
        return Mistake(number, apostrophe.start("at") + 1, "syntax-apostrophe", details)
    return None


def _deeper(lines: list[str], line: int) -> Mistake | None:
    """Return a field that stands further in than the one with a text above it."""
    field = _FIELD.match(lines[line - 1])
    if field is None or field["dash"]:
        return None
    for number in range(line - 1, 0, -1):
        above = _FIELD.match(lines[number - 1])
        if above is None:
            continue
        depth = len(above["indent"]) + len(above["dash"] or "")
        if depth < len(field["indent"]) and above["value"].strip():
            details = {"key": field["key"], "above": above["key"], "spaces": str(depth)}
            return Mistake(line, len(field["indent"]) + 1, "syntax-deeper", details)
        return None
    return None


def _less_indented(lines: list[str], near: list[int]) -> Mistake | None:
    """Return a line that is no field, and stands further out than the text above it."""
    for number in near:
        words = lines[number - 1]
        if number == 1 or _LIKE_A_FIELD.match(words):
            continue
        above = next((one for one in reversed(lines[: number - 1]) if one.strip()), "")
        if _indent(above) > _indent(words):
            return Mistake(number, _indent(words) + 1, "syntax-less-indented", {})
    return None


def cut_text(source: str, end: int) -> tuple[int, str] | None:
    """Return where a sign cuts a text short that ends at ``end``, and the words behind it.

    A comment has a space behind its sign; what has none was meant as text.
    """
    stop = source.find("\n", end)
    rest = source[end : stop if stop >= 0 else len(source)]
    found = _CUT.search(rest)
    if found is None or rest[: found.start()].strip():
        return None
    return end + found.start(), _short(found.group().strip())


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip(" "))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
