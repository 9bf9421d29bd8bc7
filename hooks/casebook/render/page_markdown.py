"""The Markdown of hand-written pages: the same for the check and for the site."""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from casebook.render.citing import CitationExtension
from casebook.render.points import PointExtension

_EXTENSIONS = (
    *("toc", "tables", "fenced_code"),  # the builder of the site counts on these
    *("abbr", "admonition", "attr_list", "def_list", "footnotes"),
)
_TASKS = "pymdownx.tasklist"
"""Boxes to tick.  It comes with the theme, and the check does without where there is none."""


def page_extensions() -> list[Any]:
    """Return what pages may use beside plain Markdown: names of extensions, and our own."""
    return [*_EXTENSIONS, _TASKS, CitationExtension(), PointExtension()]


def page_markdown() -> Markdown:
    """Return Markdown as pages are written in it."""
    extensions = page_extensions()
    try:
        return Markdown(extensions=extensions)
    except ModuleNotFoundError:
        return Markdown(extensions=[one for one in extensions if one != _TASKS])
