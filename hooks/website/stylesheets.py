"""Stylesheets as they are served: one file for each that pages link to.

In the sources a stylesheet may begin by importing others, so that each idea has a file of its own.
A browser would fetch those one after the other, so the build puts them in their place.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^@import "([a-z-]+\.css)";\n', re.MULTILINE)


def put_together(folder: Path) -> None:
    """Put into each stylesheet in ``folder`` what it imports; what only stands in others goes.

    Raises:
        ValueError: One imports what is not there, or itself.
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.css"))}
    imported = {name for text in texts.values() for name in _IMPORT.findall(text)}
    for name, text in texts.items():
        if name in imported:
            (folder / name).unlink()
        elif _IMPORT.search(text):
            whole = _whole(name, texts, ())
            (folder / name).write_text(whole, encoding="utf-8", newline="\n")


def _whole(name: str, texts: dict[str, str], above: tuple[str, ...]) -> str:
    """Return the stylesheet ``name``; ``above`` are those that lead to it."""
    if name in above:
        raise ValueError(f"{name} imports itself ({', '.join(above)})")
    if name not in texts:
        raise ValueError(f"{above[-1]} imports {name}, which is not there")
    return _IMPORT.sub(lambda part: _whole(part[1], texts, (*above, name)), texts[name])
