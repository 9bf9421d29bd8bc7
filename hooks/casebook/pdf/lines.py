"""Mends how WeasyPrint 70 breaks lines.

A text before a link or another element ends with a space.  Where such a text fills its line so well
that only that space has no room, WeasyPrint takes the text for too long and breaks it after its
first word, which then stands on a line of its own.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break

_LETTERS_IN_WIDTH = 4
"""A line holds fewer letters than this many times its width in sizes of its type."""


def mend_lines() -> None:
    """Make WeasyPrint keep such a text on its line; calling this again changes nothing."""
    inline.split_first_line = _split_first_line


def _split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, *more: Any, **named: Any
) -> Any:
    found = line_break.split_first_line(text, style, context, max_width, *more, **named)
    if found[2] is None or not text.endswith(" ") or style["white_space"] != "normal":
        return found
    if max_width is None or max_width == inf:
        return found
    if len(text) * style["font_size"] > _LETTERS_IN_WIDTH * max_width:
        return found
    words = line_break.split_first_line(text.rstrip(" "), style, context, None, *more, **named)
    if words[3] > max_width:
        return found
    return line_break.split_first_line(text, style, context, None, *more, **named)
