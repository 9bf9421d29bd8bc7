"""Pictures that records name must be there.

What they hold is judged with all files that are published (``casebook.files.published``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from casebook.collection.library import record_files
from casebook.files.regular import read_regular
from casebook.problem import Problem
from casebook.record.model import closest, some
from casebook.record.source import MAX_BYTES, Mapping, Scalar, Sequence, read

FOLDER = "assets/images/eksempler"
"""Where the pictures of all records lie, below the folder of pages."""
MOST_BYTES = 600_000
"""How large a picture may be: more keeps people on slow lines waiting."""
MOST_PIXELS = 40_000_000
"""How many, all frames together: more fills the memory of readers, and of what makes PDFs."""

# Pillow's own limit warns first; ours is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError)
"""What Pillow raises at a file that is no picture, or not a whole one."""

_VIEW_BOX = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*\S+\s+\S+\s+([\d.]+)\s+([\d.]+)")


class Size(NamedTuple):
    """How wide and high a picture is, in pixels."""

    width: int
    height: int


def size_of(data: bytes) -> Size | None:
    """Return the size of a PNG, JPEG, WebP, AVIF or SVG picture, or None when it is none."""
    found: tuple[int, int] | None = None
    if box := _VIEW_BOX.search(data[:4096]):
        found = round(float(box[1])), round(float(box[2]))
    else:
        with suppress(*_BROKEN), _opened(data) as picture:
            found = picture.size
    return Size(*found) if found and min(found) > 0 else None


def can_be_shown(data: bytes) -> bool:
    """Tell whether a picture is whole: it is decoded to the end, an animation to its last frame.

    Args:
        data: A PNG, JPEG, WebP or AVIF picture of a size that may be decoded (``size_of``).
    """
    with suppress(*_BROKEN), _opened(data) as picture:
        frames = getattr(picture, "n_frames", 1)
        if frames * picture.width * picture.height > MOST_PIXELS:
            return False
        for frame in range(frames):
            picture.seek(frame)
            picture.load()
        return True
    return False


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=_FORMATS)


def check_pictures(records: Path, docs: Path, name: str | None = None) -> Iterator[Problem]:
    """Yield a problem for each picture that a record names and that is not there.

    Args:
        records: The folder of records; those that cannot be read are not judged.
        docs: The folder of pages.
        name: How problems call the folder of records.
    """
    folder = docs / FOLDER
    files = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
    there = [name for name in files if not name.startswith(".")]
    for file, path in record_files(records, name or records.as_posix(), []):
        for entry in _named(file, path):
            value, (line, column, _) = entry.text, entry.start
            if value not in there:
                told = {"closest": closest(value, there), "allowed": some(there)}
                told |= {"value": value, "folder": f"docs/{FOLDER}"}
                yield Problem.make(path, line, column, "no-such-picture", **told)


def _named(file: Path, path: str) -> Iterator[Scalar]:
    """Yield where a record names pictures; few do, so most need not be read as a tree."""
    try:
        if b"images" not in read_regular(file, MAX_BYTES + 1):
            return
    except OSError:
        return
    document, _ = read(file, path)
    images = document.root.entries.get("images") if document is not None else None
    for item in images.items if isinstance(images, Sequence) else ():
        named = item.entries.get("file") if isinstance(item, Mapping) else None
        # What is no file name at all is told where the record is judged.
        if isinstance(named, Scalar) and named.text and Path(named.text).name == named.text:
            yield named
