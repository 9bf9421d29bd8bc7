"""PDFs that were made before, kept by the digest of what they are made from.

What a document is faulty for is kept in the same way, so that it is told again, and not found anew.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"([0-9a-f]{32})-([0-9]+)\.pdf")
KEPT_SECONDS = 14 * 24 * 3600
"""How long a PDF stays that no build has asked for: other branches and addresses want theirs."""


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF that is there: its file, how many pages it has, and how many bytes."""

    file: Path
    pages: int
    size: int


class Cache:
    """A folder of PDFs.  Files come whole or not at all, since they get their names last."""

    def __init__(self, folder: Path) -> None:
        """Look into ``folder``, which need not exist."""
        self.folder = folder
        self._found: dict[str, Made] = {}
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                match = _NAME.fullmatch(file.name)
                if match is not None:
                    with suppress(FileNotFoundError):  # another build has tidied up
                        size = file.stat().st_size
                        self._found[match[1]] = Made(file, int(match[2]), size)

    def find(self, digest: str) -> Made | None:
        """Return the PDF with this digest, or None; one that was asked for stays longer."""
        made = self._found.get(digest)
        if made is not None:
            try:
                os.utime(made.file)
            except FileNotFoundError:  # another build has tidied up
                del self._found[digest]
                return None
        return made

    def put(self, digest: str, content: bytes, pages: int) -> Made:
        """Keep a PDF."""
        file = self._write(f"{digest}-{pages}.pdf", content)
        made = self._found[digest] = Made(file, pages, len(content))
        return made

    def find_fault(self, digest: str) -> str | None:
        """Return why the document with this digest has no PDF, None when nothing is known."""
        file = self.folder / f"{digest}.fault"
        try:
            os.utime(file)
            return file.read_text(encoding="utf-8")
        except OSError:
            return None

    def put_fault(self, digest: str, fault: str) -> None:
        """Keep why a document has no PDF."""
        self._write(f"{digest}.fault", fault.encode())

    def _write(self, name: str, content: bytes) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / name
        unfinished = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        return file

    def tidy(self, now: float | None = None) -> None:
        """Remove what no build has asked for in a long time, and what was never finished."""
        oldest = (time.time() if now is None else now) - KEPT_SECONDS
        if not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another build has finished or removed it
                if file.suffix in (".pdf", ".fault", ".tmp") and file.stat().st_mtime < oldest:
                    file.unlink()
