"""The letters that pages and PDFs can show, whatever fonts a machine has.

The site's own typeface, Schibsted Grotesk, has the letters of most European languages.  For names
in other scripts the fonts beside this file take over.  ``tools/letter_fonts.py`` makes
them and ``coverage.json``, which tells what each family has.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from casebook.letters.coverage import characters

_HERE = Path(__file__).parent
OWN = ("Schibsted Grotesk", "Schibsted Grotesk Ext")
"""The site's own typeface, by the two files that it is made of."""

LICENCE = _HERE / "fonts" / "OFL.txt"
"""Goes with the fonts wherever they go."""
JOINERS = "\u200c\u200d"
"""What parts and joins letters within words of many scripts."""
DIRECTIONS = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
"""Marks and isolates of the reading direction."""


def font_files() -> list[Path]:
    """Return the fonts beside this file: static, one for each family and weight."""
    return sorted((_HERE / "fonts").glob("*.ttf"))


def families() -> list[str]:
    """Return the families of the fonts by name, in the order in which they are asked."""
    return [family for family in covered() if family not in OWN]


@cache
def covered() -> dict[str, str]:
    """Return which characters each family shows, as ranges; the site's own typeface first.

    Its two files (``Schibsted Grotesk``, ``Schibsted Grotesk Ext``) stand as two families, since a
    letter and its mark have to come from one file.
    """
    text = (_HERE / "coverage.json").read_text(encoding="utf-8")
    told: dict[str, str] = json.loads(text)
    return told


@cache
def shown() -> frozenset[str]:
    """Return every character that is to be seen, with the white space between."""
    return frozenset("\t\n").union(*map(characters, covered().values()))


def can_show(character: str) -> bool:
    """Tell whether pages and PDFs can show a character.

    Signs that steer joining and direction count as shown: whether they may stand where they do
    depends on the letters beside them (``casebook.letters.faults``).
    """
    return character in shown() or character in JOINERS + DIRECTIONS
