"""What readers can wait for, while the site is written: the search index and the PDFs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.pdf.cache import Made

LATER = "later"
"""Where in ``extra`` a ``Later`` stands, for a build that leaves some of its work."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF that is there.

    Attributes:
        name: Where it stands in the site.
        made: The file.
        text: What links to it say.
        pages: The source files of the pages that link to it.
        is_brief: Whether it is the brief of a case: the page links to the whole case as well.
    """

    name: str
    made: Made
    text: str
    pages: tuple[str, ...]
    is_brief: bool = False


@dataclass(frozen=True, slots=True)
class OnlyPdfs:
    """The names of the PDFs that the site may have; any other is out of date."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class SearchReady:
    """The search index of the pages is in ``folder``."""

    folder: Path


News = Pdf | OnlyPdfs | SearchReady
Tell = Callable[[News], None]


@dataclass(slots=True)
class Later:
    """Work that a build leaves to whoever started it.

    Attributes:
        search: The folder for the search index.
        pdfs: PDFs of earlier builds, which pages link to until there are newer ones.
        jobs: The work; each is called with whom to tell of what is ready.
    """

    search: Path
    pdfs: dict[str, Pdf] = field(default_factory=dict)
    jobs: list[Callable[[Tell], None]] = field(default_factory=list)
