"""Pages at addresses where nothing is told: cases renamed or withdrawn, and doors to a language."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page.view import TocEntry
from casebook.page.writing import Writer


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands at such an address: paragraphs, and the case or front page that it leads to."""

    title: str
    paragraphs: tuple[str, ...]
    case: str | None = None
    front: bool = False
    updated: str | None = None
    toc: tuple[TocEntry, ...] = ()

    @property
    def description(self) -> str:
        """What the page says, in a sentence."""
        return self.paragraphs[0]


def renamed(old: str, library: Library, language: Language) -> Notice:
    """Return what stands at the former address ``old`` of a case."""
    id_ = library.names.former[old]
    writer = Writer(language, library.languages)
    case = library.cases.get(id_) or library.withdrawn[id_]
    return Notice(writer.pair(case.title), (writer.text("page.renamed"),), id_)


def front(language: Language) -> Notice:
    """Return what stands at the address that leads to the front page in ``language``."""
    return Notice(language.text("chrome.to_home"), (language.text("page.front"),), front=True)


def withdrawn(id_: str, library: Library, language: Language) -> Notice:
    """Return what stands at the address of a case that was withdrawn: when and why, no more."""
    writer = Writer(language, library.languages)
    case = library.withdrawn[id_]
    when = "" if case.status.as_of is None else writer.date(case.status.as_of)
    said = writer.text("page.withdrawn", when=when)
    reason = writer.maybe(case.status.note)
    return Notice(writer.pair(case.title), (said, reason or ""))
