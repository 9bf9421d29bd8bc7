"""Numbers in a text: what counts as one, and when two are the same.

A number is digits with what belongs to them: thousands, decimals, ranges, per cent, kroner.  Digits
inside a name (B1, TV2), an address, code or an id are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is no running text is blanked out first, so that places stay as they are.
_BLANKED = re.compile(
    r"(?P<code>`+)(?:(?!(?P=code)).)+(?P=code)"
    r"|<!--.*?-->"
    r"|</?[A-Za-z][^<>\n]*>"  # tags and addresses in angle brackets
    r"|(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)"  # where a link leads
    r"|(?<=\])\[[^\[\]\n]*\]"
    r"|^[ ]{0,3}\[[^\[\]]+\]:[ \t]+\S+.*$"
    r"|\[[@^][^\[\]]*\]"  # citations, footnotes
    r"|\{[^{}\n]*\}"  # ids and attributes
    r"|\b(?:https?://|www\.)\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[\w.]*[^\W\d_][\w.]*-?\d[\w.]*(?:[–-]\w*\d\w*)*",  # names with digits
    re.DOTALL | re.MULTILINE,
)
_ORDINAL = r"(?:s|st|nd|rd|th)?(?![^\W_])"
_ONE = r"\d{1,3}(?:[ \xa0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:]\d+)*"
_NUMBER = re.compile(
    rf"(?P<kroner>(?:\b(?:kr|NOK)\.?[ \xa0\u202f])?)[−-]?"
    rf"(?P<low>{_ONE})(?:(?P<dash>[ \xa0]?[–-][ \xa0]?)(?P<high>{_ONE}))?{_ORDINAL}"
    r"(?P<unit>[ \xa0\u202f]?(?:%|(?:prosent|pst|per cent|percent|kr|kroner)\b))?",
    re.IGNORECASE,
)
_PERCENT = ("%", "prosent", "pst", "per cent", "percent")
_THOUSANDS = re.compile(r"(\d{1,3}([.,])\d{3}(?:\2\d{3})*)((?!\2)[.,]\d+)?")
_MINUS = re.compile(r"[−-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A number in a text: where it stands, and its parts as keys (a range has two).

    A key is the number in plain digits with its unit, so that "1 000 kr" and "kr 1000" are the
    same, and "16" and "16 prosent" are not.
    """

    start: int
    end: int
    written: str
    keys: tuple[str, ...]


def number_tokens(text: str) -> Iterator[Token]:
    """Yield the numbers of ``text``, which may hold Markdown."""
    if not any(character.isdigit() for character in text):
        return
    plain = _BLANKED.sub(lambda match: _blank(match.group()), text)
    for match in _NUMBER.finditer(plain):
        start, end = match.span()
        if match.group("low").isdigit() and not _stands_alone(plain, start):
            continue
        if _MINUS.match(plain[start]) and not _is_minus(plain, start):
            start += 1
        unit = _unit(match)
        ends = (match.group("low"), match.group("high"))
        keys = tuple(normal(one) + unit for one in ends if one)
        written = text[start:end].strip()
        yield Token(start + text[start:end].index(written), end, written, keys)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _stands_alone(text: str, start: int) -> bool:
    """Digits glued to a letter before them belong to a name."""
    return start == 0 or not (text[start - 1].isalpha() or text[start - 1] == "_")


def _is_minus(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in " (\n\xa0"


def _unit(match: re.Match[str]) -> str:
    unit = (match.group("unit") or "").strip().lower()
    if unit in _PERCENT:
        return " %"
    return " kr" if unit or match.group("kroner") else ""


def normal(number: str) -> str:
    """Return a number in plain digits: no thousands, a point for decimals, no zeros in front.

    Three digits after a comma or a point are thousands ("1,000" and "1.000").
    """
    digits = re.sub(r"[ \xa0\u202f]", "", number)
    if (match := _THOUSANDS.fullmatch(digits)) is not None:
        digits = re.sub(r"[.,]", "", match.group(1)) + (match.group(3) or "")
    digits = digits.replace(",", ".")
    whole, point, rest = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    if ":" not in digits and point and rest.isdigit():
        rest = rest.rstrip("0")
        return f"{whole}.{rest}" if rest else whole
    return f"{whole}{point}{rest}"
