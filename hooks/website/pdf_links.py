"""The PDFs of one build, and the links that pages have to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from shutil import copyfile

from casebook.pdf.cache import Made
from casebook.render.pages import PdfLink
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from website.later import News, Pdf

BRIEF = "-brief"
"""How the name of a brief ends; the rest is that of the case's own PDF."""


def named(stem: str, ending: str) -> str:
    """Return the name of a PDF of the page ``stem``: the ending stands before the language."""
    name, dot, language = stem.partition(".")
    return f"{name}{ending}{dot}{language}.pdf"


@dataclass(slots=True)
class Pdfs:
    """The PDFs of one build.

    ``links`` holds, by the source file of the pages that link to them, where a PDF stands in the
    site and what the link says, ``briefs`` the same for the briefs of cases; ``made`` holds what
    stands there.
    """

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    briefs: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hear(self, news: News) -> None:
        """Take a PDF that is there; other news are no concern of ours."""
        if isinstance(news, Pdf):
            self.made[news.name] = news.made
            links = self.briefs if news.is_brief else self.links
            links.update((uri, (news.name, news.text)) for uri in news.pages)

    def link(self, file: File) -> PdfLink | None:
        """Return the link on the page of ``file``, None when it has no PDF."""
        return _link(self.links.get(file.src_uri), file)

    def brief_link(self, file: File) -> PdfLink | None:
        """Return the link to the brief on the page of a case, None when there is no such PDF."""
        return _link(self.briefs.get(file.src_uri), file)

    def write(self, site: Path, renamed: Iterable[tuple[File, File]] = ()) -> None:
        """Put the PDFs into the built site.

        Args:
            site: Where the site is built.
            renamed: Former addresses, and the pages that they lead to: a PDF has no way to lead on,
                so it lies at both.
        """
        for name, made in sorted(self.made.items()):
            place = site / name
            place.parent.mkdir(parents=True, exist_ok=True)
            copyfile(made.file, place)
        for old, now in renamed:
            for links, ending in ((self.links, ""), (self.briefs, BRIEF)):
                name, _ = links.get(now.src_uri, ("", ""))
                if name in self.made:
                    place = site / old.url / named(PurePosixPath(old.src_uri).stem, ending)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    copyfile(self.made[name].file, place)


def _link(found: tuple[str, str] | None, file: File) -> PdfLink | None:
    return PdfLink(get_relative_url(found[0], file.url), found[1]) if found else None
