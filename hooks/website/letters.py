"""Fonts of letters that the site's own typeface lacks, made of the letters that its files hold."""

from __future__ import annotations

import shutil
from pathlib import Path

from casebook.letters import LICENCE
from casebook.letters.web import foreign, style_sheet, web_fonts

STYLE_SHEET = "letters.css"
"""Stands empty among the sources, and is imported by what every page has."""
_KINDS = ("*.html", "*.js", "*.css", "*.json")
"""Files whose text pages show."""


def write_letters(site: Path) -> None:
    """Write the fonts that a built site needs, and the style sheet that brings them in."""
    words: set[str] = set()
    for kind in _KINDS:
        for file in site.rglob(kind):
            words |= foreign(file.read_text(encoding="utf-8"))
    fonts = web_fonts(words)
    folder = site / "assets" / "fonts"
    for font in fonts:
        (folder / font.name).write_bytes(font.content)
    if fonts:
        shutil.copyfile(LICENCE, folder / "OFL-letters.txt")
    sheet = site / "assets" / "stylesheets" / STYLE_SHEET
    sheet.write_text(style_sheet(fonts), encoding="utf-8", newline="\n")
