"""How the records stand, as the body of a page for editors: a table and a list in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.collection.library import Library
from casebook.collection.status import CaseStatus
from casebook.collection.status_report import (
    attention,
    confirmed_words,
    due_lines,
    reading_words,
    summary,
    translation_word,
)
from casebook.collection.unread import UnreadSource, unread_sources
from casebook.languages import Language
from casebook.record.statements import due_statements
from casebook.render.glossary import escaped

MOST = 200
"""So many records are listed; a page with thousands of rows helps nobody."""


def status_markdown(
    statuses: Sequence[CaseStatus], library: Library, language: Language, folder: str
) -> str:
    """Return a summary and a table of the records, those that need something first.

    ``folder`` is where the pages of cases stand, as seen from the page, with a slash at the end.
    """
    ordered = sorted(
        statuses, key=lambda status: (not status.needs_work, status.complete, status.id)
    )
    columns = ("title", "translation", "confirmed", "evidence", "complete")
    lines = [
        language.text("status.as_of", date=language.day(library.today)),
        "",
        summary(statuses, language),
        "",
    ]
    if len(ordered) > MOST:
        lines += [language.text("status.some", most=MOST, total=len(ordered)), ""]
    heading = " | ".join(language.text(f"status.columns.{name}") for name in columns)
    lines += [f"| {heading} |", "|---" * len(columns) + "|"]
    lines += [_row(status, library, language, folder) for status in ordered[:MOST]]
    lines += ["", f"## {language.text('status.missing')} {{#missing}}", ""]
    lines += [line for s in ordered[:MOST] if (line := _lacks(s, library, language, folder))]
    if unread := unread_sources(library):
        lines += ["", f"## {language.text('status.to_open')} {{#sources}}", ""]
        lines += [_to_open(source, language) for source in unread[:MOST]]
    due = due_statements(library.vocabulary.statements, library.today)
    said, *listed = map(_cell, due_lines(due, language))
    lines += ["", f"## {language.text('status.statements')} {{#statements}}", "", said, ""]
    lines += [f"- {line}" for line in listed]
    return "\n".join(lines)


def _to_open(source: UnreadSource, language: Language) -> str:
    """Return a source that is to be opened, as an item of a list."""
    title = _cell(source.title)
    # Angle brackets let any address stand in a link; what would end them is written as it is sent.
    address = (source.url or "").replace("<", "%3C").replace(">", "%3E")
    named = f"[{title}](<{address}>)" if address else title
    return f"- {named} (`{source.id}`): {reading_words(source, language)}"


def _lacks(status: CaseStatus, library: Library, language: Language, folder: str) -> str:
    """Return what a record lacks, as an item of a list."""
    labels = [language.text(f"record.case.{name}.label") for name in status.missing]
    lacks = ", ".join([*map(escaped, labels), *map(_cell, attention(status, language))])
    return f"- {_link(status, library, language, folder)}: {lacks}" if lacks else ""


def _link(status: CaseStatus, library: Library, language: Language, folder: str) -> str:
    title = status.title
    if status.id in library.cases:
        texts = library.cases[status.id].title
        title = texts.get(language.code) or title
    default = language is library.languages.default
    ending = ".md" if default else f".{language.code}.md"
    return f"[{_cell(title)}]({folder}{status.id}{ending})"


def _row(status: CaseStatus, library: Library, language: Language, folder: str) -> str:
    levels = library.vocabulary.facet("evidence")
    label = levels[status.evidence].label if status.evidence else {}
    evidence = label.get(language.code) or label.get(library.languages.default.code, "")
    states = ", ".join(translation_word(state, language) for state in status.translations.values())
    cells = (
        _link(status, library, language, folder),
        states,
        confirmed_words(status, language),
        _cell(evidence),
        f"{status.complete} %",
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return text as it may stand in a cell."""
    return escaped(" ".join(text.split())).replace("|", "&#124;")
