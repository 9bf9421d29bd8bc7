"""What a PDF is made from, and the digest that tells whether it must be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from casebook import letters

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "template", HERE / "fonts"
FIELD_FONT = FONTS / "schibsted-grotesk-latin-400.ttf"
_PACKAGES = ("typst", "pikepdf", "fonttools", "tinyhtml5")
"""What decides, beside our own code, how a page is set."""


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF to be made.

    Attributes:
        name: Its place in the site.
        html: The whole document; links in it are seen from the address in ``data-address`` of the
            element around them.
        source: The file that its text comes from.
        pictures: The addresses of its pictures, with the file of each below the folder of assets,
            and a digest of that file.
    """

    name: str
    html: str
    source: str = ""
    pictures: tuple[tuple[str, str, str], ...] = ()


def digest_of(document: Document, workshop: str) -> str:
    """Return what is the same only when the same PDF would be made; ``workshop`` is of the tools.

    Its name and source are no part of it: a page that moves keeps its PDF.
    """
    parts = asdict(document) | {"name": "", "source": "", "workshop": workshop}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def workshop_digest(assets: Path) -> str:
    """Return a digest of everything but the documents that PDFs are made from.

    ``assets`` is the folder with pictures.
    """
    total = hashlib.sha256()
    for package in _PACKAGES:
        total.update(f"{package} {version(package)}\n".encode())
    for file in _sources(assets):
        total.update(hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return total.hexdigest()


def _sources(assets: Path) -> Iterator[Path]:
    for folder, pattern in ((HERE, "*.py"), (TEMPLATE, "*.typ"), (assets, "images/*.svg")):
        yield from sorted(folder.glob(pattern))
    yield from (*sorted(FONTS.glob("*.ttf")), *letters.font_files())
