"""What a PDF is made from, and the digest that tells whether it must be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pyphen")
"""What decides, beside our own code, how a page is set."""


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF to be made.

    ``name`` is its place in the site.  ``html`` is a whole document; links in it are seen from the
    address in ``data-address`` of the element around them.  A document that does not fit on
    ``most_pages`` is set more densely, step by step (0: as many pages as it takes).
    """

    name: str
    html: str
    most_pages: int = 0


def digest_of(document: Document, workshop: str) -> str:
    """Return what is the same only when the same PDF would be made; ``workshop`` is of the tools.

    The name is no part of it: a page that moves keeps its PDF.
    """
    parts = asdict(document) | {"name": "", "workshop": workshop}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def workshop_digest(assets: Path) -> str:
    """Return a digest of everything but the documents that PDFs are made from.

    ``assets`` is the folder with typeface and pictures.
    """
    total = hashlib.sha256()
    for package in _PACKAGES:
        total.update(f"{package} {version(package)}\n".encode())
    for file in _sources(assets):
        total.update(hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return total.hexdigest()


def _sources(assets: Path) -> Iterator[Path]:
    patterns = (HERE, "*.py"), (HERE, "*.css"), (assets, "fonts/*.woff2"), (assets, "images/*.svg")
    for folder, pattern in patterns:
        yield from sorted(folder.glob(pattern))
