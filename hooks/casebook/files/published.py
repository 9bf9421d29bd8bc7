"""Which files below the folder of pages are published: those on a list, and nothing else.

Pages come with pull requests, and so does whatever lies beside them.  A file is published when it
is a regular file of a known kind, lies in the folder of its kind, and holds what its name says.
The rest is a problem, and is never read: a link may lead to any file of the machine that builds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from casebook.files.pictures import MOST_BYTES as MOST_BYTES_OF_PICTURE
from casebook.files.pictures import MOST_PIXELS, can_be_shown, size_of
from casebook.files.regular import read_regular
from casebook.files.svg import refused_in_svg
from casebook.problem import Problem
from casebook.record.model import some
from casebook.record.source import MAX_BYTES, unreadable

PAGE = ".md"
"""How the names of pages end."""
ASSETS = "assets"
"""The folder of all else, below that of pages."""

Content = Literal["page", "text", "font", "png", "jpeg", "webp", "avif", "svg"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the folder it lies in, how large it may be, and what it must hold."""

    folder: str
    most: int
    content: Content


IMAGES, FONTS = f"{ASSETS}/images", f"{ASSETS}/fonts"
_KINDS = {
    PAGE: Kind("", MAX_BYTES, "page"),
    ".png": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "png"),
    ".jpg": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "jpeg"),
    ".jpeg": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "jpeg"),
    ".webp": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "webp"),
    ".avif": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "avif"),
    ".svg": Kind(IMAGES, MOST_BYTES_OF_PICTURE, "svg"),
    # What runs and what decides how pages look is ours: people who may change it own the folders.
    ".css": Kind(f"{ASSETS}/stylesheets", MAX_BYTES, "text"),
    ".js": Kind(f"{ASSETS}/scripts", MAX_BYTES, "text"),
    ".woff2": Kind(FONTS, 1_000_000, "font"),
    ".txt": Kind(FONTS, MAX_BYTES, "text"),  # their licences
}
_SINGLE = {"bidra/case.schema.json": Kind("bidra", 1_000_000, "text")}
"""Files with a place of their own: the schema that editors' tools read."""

_BEGINNINGS: dict[Content, re.Pattern[bytes]] = {
    "font": re.compile(rb"wOF2"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftyp(?:avif|mif1)", re.DOTALL),
}
_NAME = re.compile(r"\w[\w.-]*")
_LEFT_BY_TOOLS = (".DS_Store", "._*", ".*.sw?", ".#*", "#*#", "*~", ".*.tmp", "4913", ".gitkeep")
_LEFT_BY_WINDOWS = ("Thumbs.db", "desktop.ini")
"""What programs leave beside a file that is being edited: passed over, and never published."""


@dataclass(slots=True)
class Found:
    """What lies below a folder of pages: the ``files`` on the list, and what is wrong.

    A file goes by its path below the folder, with ``/`` between the steps.
    """

    root: Path
    called: str
    files: dict[str, Kind] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def pages(self) -> list[str]:
        """The pages, in the order of their names."""
        return [name for name, kind in self.files.items() if kind.content == "page"]

    def problem(
        self, name: str, rule: str, line: int = 1, column: int = 1, **details: object
    ) -> None:
        """Note a problem of a file."""
        path = f"{self.called}/{name}"
        self.problems.append(Problem.make(path, line, column, rule, **details))


def find_files(root: Path, called: str) -> Found:
    """Find the files below ``root`` that may be published; ``called`` is how problems name it.

    Their names and kinds are judged, not what they hold.
    """
    found = Found(root, called)
    folders = [""]
    names: list[str] = []
    while folders:  # a list and no recursion: folders may lie very deep
        below = folders.pop()
        try:
            entries = list((root / below).iterdir())
        except OSError as error:
            found.problems.append(unreadable(f"{called}/{below}".rstrip("/"), error))
            continue
        for entry in entries:
            name = f"{below}/{entry.name}".lstrip("/")
            if any(fnmatchcase(entry.name, form) for form in (*_LEFT_BY_TOOLS, *_LEFT_BY_WINDOWS)):
                continue
            if entry.is_symlink():
                found.problem(name, "symbolic-link")
            elif entry.name.startswith("."):
                found.problem(name, "hidden-file")
            elif entry.is_dir():
                folders.append(name)
            elif not entry.is_file():
                found.problem(name, "no-plain-file")
            else:
                names.append(name)
    for name in sorted(names):
        kind = _kind_of(name, found)
        if kind is not None:
            found.files[name] = kind
    found.problems.sort()
    return found


def _kind_of(name: str, found: Found) -> Kind | None:
    """Return the kind of a file that may stand where it does; else say why not."""
    last = name.rpartition("/")[2]
    kind = _SINGLE.get(name) or _KINDS.get(Path(last).suffix)
    if kind is None:
        allowed = some(sorted({ending.lstrip(".") for ending in _KINDS}), len(_KINDS))
        found.problem(name, "not-published", allowed=allowed)
    elif not all(map(_NAME.fullmatch, name.split("/"))):
        found.problem(name, "file-name-refused")
    elif not _is_in_its_folder(name, kind):
        folder = f"{found.called}/{kind.folder}".rstrip("/")
        rule = "page-among-assets" if kind.content == "page" else "wrong-folder"
        found.problem(name, rule, folder=folder)
    else:
        return kind
    return None


def _is_in_its_folder(name: str, kind: Kind) -> bool:
    if kind.content == "page":
        return not name.startswith(f"{ASSETS}/")
    return name.startswith(f"{kind.folder}/")


def check_files(found: Found) -> Iterator[Problem]:
    """Yield what is wrong with the files found: those that are refused, and what the rest hold.

    Pages are read and judged elsewhere (``casebook.handwritten``).
    """
    told = Found(found.root, found.called)
    for name, kind in found.files.items():
        if kind.content != "page":
            _check(name, kind, told)
    yield from (*found.problems, *told.problems)


def _check(name: str, kind: Kind, told: Found) -> None:
    try:
        data = read_regular(told.root / name, kind.most + 1)
    except OSError as error:
        told.problems.append(unreadable(f"{told.called}/{name}", error))
        return
    if len(data) > kind.most:
        told.problem(name, "file-too-large", most=kind.most // 1000)
    elif kind.content == "svg":
        _check_svg(name, data, told)
    elif kind.content == "text":
        if not _is_text(data):
            told.problem(name, "not-what-it-is-called", ending=Path(name).suffix)
    elif _BEGINNINGS[kind.content].match(data) is None:
        told.problem(name, "not-what-it-is-called", ending=Path(name).suffix)
    elif kind.content != "font":
        size = size_of(data)
        if size is None:
            told.problem(name, "not-what-it-is-called", ending=Path(name).suffix)
        elif size.width * size.height > MOST_PIXELS:
            told.problem(name, "too-many-pixels", width=size.width, height=size.height)
        elif not can_be_shown(data):
            told.problem(name, "broken-picture")


def _check_svg(name: str, data: bytes, told: Found) -> None:
    refused = refused_in_svg(data)
    if refused is None and size_of(data) is not None:
        return
    if refused is None or not refused.what:
        told.problem(name, "not-what-it-is-called", ending=".svg")
    else:
        told.problem(name, "svg-refused", refused.line, refused.column, value=refused.what)


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
