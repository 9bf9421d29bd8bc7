"""What stands above the list of a term's cases: what all of them, research and the law say."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page.references import CitingWriter, ReferenceList
from casebook.page.view import Day, Prose, Reference
from casebook.record.overviews import PARTS, Overview


@dataclass(frozen=True, slots=True)
class OverviewPart:
    """A part of an overview: what it is about, and its text."""

    id: str
    text: Prose


@dataclass(frozen=True, slots=True)
class LawLink:
    """A statement on law or money that an overview leads to: its page, its place and its name."""

    subject: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """An overview in one language; ``cases`` are ids and titles."""

    parts: tuple[OverviewPart, ...]
    cases: tuple[tuple[str, str], ...]
    law: tuple[LawLink, ...]
    agreement: str | None
    as_of: Day
    references: tuple[Reference, ...]


def build_overview(overview: Overview, library: Library, language: Language) -> OverviewView:
    """Return what is shown of an overview."""
    references = ReferenceList(library.vocabulary)
    writer = CitingWriter(language, library.languages, references)
    texts = {part: getattr(overview, part) for part in PARTS}
    parts = tuple(
        OverviewPart(part, Prose(writer.pair(text)))
        for part, text in texts.items()
        if text is not None
    )
    named = (link.partition("#") for link in overview.law)
    statements = library.vocabulary.statements
    return OverviewView(
        parts=parts,
        cases=tuple(
            (id_, writer.pair(library.cases[id_].title))
            for id_ in map(library.names.now, overview.cases)
            if id_ in library.cases
        ),
        law=tuple(
            LawLink(subject, id_, writer.pair(statements[subject][id_].label))
            for subject, _, id_ in named
        ),
        agreement=overview.agreement,
        as_of=Day(writer.date(overview.as_of), str(overview.as_of)),
        references=references.entries(writer),
    )
