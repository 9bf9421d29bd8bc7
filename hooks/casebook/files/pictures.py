"""Pictures that records name: the files must be there, readable and no larger than pages bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from casebook.collection.library import record_files
from casebook.files.regular import read_regular
from casebook.problem import Problem
from casebook.record.model import closest, some
from casebook.record.source import MAX_BYTES, Mapping, Scalar, Sequence, read

FOLDER = "assets/images/eksempler"
"""Where the pictures of all records lie, below the folder of pages."""
MOST_BYTES = 600_000
"""How large a picture may be: more keeps people on slow lines waiting."""

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG file that its size stands behind."""
_VIEW_BOX = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*\S+\s+\S+\s+([\d.]+)\s+([\d.]+)")


class Size(NamedTuple):
    """How wide and high a picture is, in pixels."""

    width: int
    height: int


def size_of(data: bytes) -> Size | None:
    """Return the size of a PNG, JPEG, WebP, AVIF or SVG picture, or None when it is none."""
    found: tuple[int, int] | None = None
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR":
        found = _big(data, 16, 4), _big(data, 20, 4)
    elif data[:2] == b"\xff\xd8":
        found = _jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = _webp(data)
    elif data[4:12] in (b"ftypavif", b"ftypmif1"):
        at = data.find(b"ispe")
        found = (_big(data, at + 8, 4), _big(data, at + 12, 4)) if at > 0 else None
    else:
        box = _VIEW_BOX.search(data[:4096])
        found = (round(float(box[1])), round(float(box[2]))) if box else None
    return Size(*found) if found and min(found) > 0 else None


def check_pictures(records: Path, docs: Path, name: str | None = None) -> Iterator[Problem]:
    """Yield a problem for each picture that a record names and that cannot be shown.

    Args:
        records: The folder of records; those that cannot be read are not judged.
        docs: The folder of pages.
        name: How problems call the folder of records.
    """
    folder = docs / FOLDER
    there = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
    for file, path in record_files(records, name or records.as_posix(), []):
        for entry in _named(file, path):
            yield from _check(entry, path, folder, there)


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


def _check(entry: Scalar, path: str, folder: Path, there: list[str]) -> Iterator[Problem]:
    value, line, column = entry.text, entry.start.line, entry.start.column
    try:
        data = read_regular(folder / value, MOST_BYTES + 1) if value in there else None
    except OSError:
        data = None
    if data is None:
        yield Problem.make(
            path,
            line,
            column,
            "no-such-picture",
            value=value,
            closest=closest(value, there),
            allowed=some(there),
            folder=f"docs/{FOLDER}",
        )
        return
    if len(data) > MOST_BYTES:
        size, most = str(round((folder / value).lstat().st_size / 1000)), str(MOST_BYTES // 1000)
        yield Problem.make(
            path, line, column, "picture-too-large", value=value, size=size, most=most
        )
    elif size_of(data) is None:
        yield Problem.make(path, line, column, "no-picture", value=value)


def _big(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


def _little(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "little")


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_SIZES:
            return _big(data, at + 7, 2), _big(data, at + 5, 2)
        at += 2 + max(2, _big(data, at + 2, 2))
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + _little(data, 24, 3), 1 + _little(data, 27, 3)
    if kind == b"VP8L":
        bits = _little(data, 21, 4)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    return None
