"""Fonts for the screen, cut to the letters that pages hold and the site's own typeface lacks.

A page fetches a font only for letters that it holds: each stands in the ``unicode-range`` of one.
Where every letter is in the typeface there is no font at all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from fontTools import subset

from casebook.letters import JOINERS, OWN, covered, families, font_files
from casebook.letters.coverage import characters, pattern, ranges
from casebook.letters.faults import JOINING

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"
"""Marks above and below letters."""
_OWN = [frozenset(characters(covered()[family])) for family in OWN]
_PLAIN = {letter for letter in frozenset[str]().union(*_OWN) if not unicodedata.combining(letter)}
# Pages have marks from the first file only: a letter of the second cannot meet them.
_OWN[1] &= _PLAIN
_OWN_TEXT = re.compile(f"[\\s{pattern(ranges(map(ord, _PLAIN)))}]*")
_FOREIGN = re.compile(f".[{_MARKS}]*", re.DOTALL)
_JOINING = frozenset(characters(JOINING))
_WEIGHTS = {"Regular": "100 500", "Bold": "600 900"}
"""Weights that each style of a font serves; where there is no bold one, browsers make it."""


class WebFont(NamedTuple):
    """A font as pages fetch it: the name of its file, its bytes, and the rule that brings it in."""

    name: str
    content: bytes
    rule: str


def foreign(text: str) -> set[str]:
    """Return what the site's own typeface cannot show: letters, or letters with their marks.

    A letter and its marks have to come from one font, or they would not meet.
    """
    found, index = set(), 0
    while True:
        # One match of the usual letters goes through a text faster than a search for the others.
        usual = _OWN_TEXT.match(text, index)
        match = _FOREIGN.match(text, usual.end() if usual else index)
        if match is None:
            break
        index = match.end()
        before = 1 if unicodedata.combining(match[0][0]) and match.start() else 0
        found.add(text[match.start() - before : index])
    return {words for words in found if not any(own.issuperset(words) for own in _OWN)}


def web_fonts(words: Iterable[str]) -> list[WebFont]:
    """Return the fonts that show ``words``, which came from ``foreign``."""
    wanted = _by_family(words)
    fonts = []
    for file in font_files():
        stem, _, style = file.stem.partition("-")
        family = next((name for name in wanted if name.replace(" ", "") == stem), None)
        if family is not None:
            fonts.append(_web_font(file, family, style, wanted[family]))
    return fonts


def style_sheet(fonts: Iterable[WebFont]) -> str:
    """Return the rules of the fonts, and their families as pages name them (``--letters``)."""
    rules = [font.rule for font in fonts]
    if not rules:
        return ""
    used = dict.fromkeys(re.findall(r'font-family: ("[^"]+");', "".join(rules)))
    order = [f'"{family}"' for family in families() if f'"{family}"' in used]
    return "".join([*rules, f":root {{\n  --letters: {', '.join(order)};\n}}\n"])


def _by_family(words: Iterable[str]) -> dict[str, set[str]]:
    """Return which characters each family has to show: the first that has them all."""
    known = {family: frozenset(characters(covered()[family])) for family in families()}
    wanted: dict[str, set[str]] = {}
    joiners = set()
    for word in words:
        letters = set(word) - set(JOINERS)
        joiners |= set(word) - letters
        family = next((family for family in known if letters and letters <= known[family]), None)
        if family is not None:
            wanted.setdefault(family, set()).update(letters)
    for family, letters in wanted.items():
        # A joiner shapes letters only where it comes from the font that they come from.
        if not letters.isdisjoint(_JOINING):
            wanted[family] = letters | joiners
    return wanted


def _web_font(file: Path, family: str, style: str, letters: set[str]) -> WebFont:
    text = "".join(sorted(letters))
    content = _cut(file, text)
    digest = hashlib.sha256(content).hexdigest()[:12]
    name = f"{file.stem}.{digest}.woff2"
    codes = (code.split("-") for code in ranges(map(ord, letters)).split())
    places = ", ".join("U+" + "-".join(part.upper() for part in code) for code in codes)
    rule = (
        "@font-face {\n"
        f'  font-family: "{family}";\n'
        f"  font-weight: {_WEIGHTS[style]};\n"
        "  font-display: swap;\n"
        f'  src: url("../fonts/{name}") format("woff2");\n'
        f"  unicode-range: {places};\n"
        "}\n"
    )
    return WebFont(name, content, rule)


@cache
def _cut(file: Path, text: str) -> bytes:
    """Return the font as woff2 with the letters of ``text`` and what shaping makes of them."""
    options = subset.Options(flavor="woff2", notdef_outline=True, recalc_timestamp=False)
    font = subset.load_font(str(file), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    stream = BytesIO()
    subset.save_font(font, stream, options)
    font.close()
    return stream.getvalue()
