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


@dataclass(slots=True)
class Pdfs:
    """The PDFs of one build.

    ``links`` holds, by the source file of the pages that link to them, where a PDF stands in the
    site and what the link says; ``made`` holds what stands there.
    """

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    def hear(self, news: News) -> None:
        """Take a PDF that is there; other news are no concern of ours."""
        if isinstance(news, Pdf):
            self.made[news.name] = news.made
            self.links.update((uri, (news.name, news.text)) for uri in news.pages)

    def link(self, file: File) -> PdfLink | None:
        """Return the link on the page of ``file``, None when it has no PDF."""
        found = self.links.get(file.src_uri)
        return PdfLink(get_relative_url(found[0], file.url), found[1]) if found else None

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
            name, _ = self.links.get(now.src_uri, ("", ""))
            if name in self.made:
                place = site / old.url / f"{PurePosixPath(old.src_uri).stem}.pdf"
                place.parent.mkdir(parents=True, exist_ok=True)
                copyfile(self.made[name].file, place)
