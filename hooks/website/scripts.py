"""What a script imports, so that a page can fetch all of it at once and not step by step."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from pathlib import Path

FOLDER = "assets/scripts"
_IMPORT = re.compile(r'^(?:import|export)\s(?:[^;"()]*?\bfrom\s)?"(\.{1,2}/[^"]+)"', re.MULTILINE)


@lru_cache(maxsize=256)
def _imports(file: Path, seen: int) -> tuple[str, ...]:
    """Return what one script names; ``seen`` is when it last changed, while one writes."""
    del seen
    return tuple(_IMPORT.findall(file.read_text(encoding="utf-8")))


def imported(pages: Path, entries: list[str]) -> list[str]:
    """Return the modules that some scripts import, directly or not, without themselves.

    Args:
        pages: The folder of pages and assets.
        entries: Scripts below its ``assets/scripts``, such as ``list/main.js``.
    """
    found: dict[str, None] = dict.fromkeys(entries)
    waiting = list(entries)
    while waiting:
        name = waiting.pop(0)
        file = pages / FOLDER / name
        if not file.is_file():
            continue
        for path in _imports(file, file.stat().st_mtime_ns):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            if other not in found:
                found[other] = None
                waiting.append(other)
    return [name for name in found if name not in entries]
