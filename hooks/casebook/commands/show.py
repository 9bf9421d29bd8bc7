"""A case's page in the terminal: what will stand on it, in reading order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page.view import Brief, CasePage, Contact, Direction, Document, Indicator
from casebook.record.citations import in_brackets
from casebook.record.freshness import CONFIRMED_MONTHS, PERSON_MONTHS
from casebook.record.translation import digest
from casebook.report import visible

WIDTH = 88


def write_case(page: CasePage, library: Library, language: Language, stream: TextIO) -> None:
    """Write ``page`` as plain text to ``stream``, with the digest that translations refer to."""
    for line in _lines(page, language):
        stream.write(f"{visible(in_brackets(line))}\n")
    fingerprint = digest(library.cases[page.id], library.languages)
    stream.write(f"\ntranslation: {page.translation}, digest {fingerprint}\n")


def _lines(page: CasePage, language: Language) -> Iterator[str]:
    yield from (page.title, "=" * len(page.title), *_brief(page.brief))
    headings = {entry.id: entry.title for entry in page.toc}
    bodies = _bodies(page, language)
    for id_, heading in headings.items():
        yield from ("", heading, "-" * len(heading), *bodies[id_])
    yield ""
    yield language.text("case.updated") + f" {page.updated.text}"
    if page.confirmed is not None:
        yield language.text("case.confirmed") + f" {page.confirmed.text}"
        if page.overdue:
            yield from _wrap(language.text("case.overdue", months=CONFIRMED_MONTHS))
    else:
        yield language.text("case.never_confirmed")


def _bodies(page: CasePage, language: Language) -> dict[str, list[str]]:
    """Return the lines of each part, by the anchor of its heading."""
    summary = [
        line for block in page.summary for line in (f"{block.heading}:", *_all(block.paragraphs))
    ]
    facts = [
        line
        for fact in page.key_facts
        for line in _item(f"{fact.label}: " + "; ".join(_noted(i.text, i.note) for i in fact.items))
    ]
    hard = page.hard_parts
    parent = [page.part_of] if page.part_of else []
    relations = [*parent, *page.parts, *page.related, *page.shown_with]
    return {
        "summary": summary,
        "facts": facts,
        "direction": _direction(page.direction) if page.direction else [],
        "evidence": _all((f"{page.evidence.label}. {page.evidence.meaning}", page.evidence.note)),
        "numbers": [line for entry in page.indicators for line in _indicator(entry)],
        "disagreements": [
            line
            for entry in page.disagreements
            for line in (
                *_wrap(entry.about),
                *_list(f"{account.says} [{account.reference}]" for account in entry.accounts),
                *_all((entry.note,)),
            )
        ],
        **{section.id: section.body.splitlines() for section in page.sections},
        "cost": [*_indicator(page.cost)] if page.cost else [],
        "pictures": _list(
            f"{entry.file}: {entry.alt} ({entry.credit}, {entry.licence})"
            for entry in page.pictures
        ),
        "organisations": _list(
            _noted(f"{entry.name}: {entry.roles}", entry.note) for entry in page.organisations
        ),
        "hard-parts": hard.body.splitlines() if hard else [],
        "success-factors": _list(page.success_factors),
        "steps": [
            line
            for number, step in enumerate(page.steps, start=1)
            for line in _item(" ".join(step), f"{number}. ")
        ],
        "reuse": _list(
            _noted(f"{entry.who}, {entry.when}" if entry.when else entry.who, entry.how)
            for entry in page.reuse
        ),
        "contacts": _list(_contact(entry, language) for entry in page.contacts),
        "attachments": _list(_document(entry) for entry in page.attachments),
        "links": _list(_document(entry) for entry in page.links),
        "relations": _list(f"{entry.title} ({entry.id})" for entry in relations),
        "sources": [
            line
            for entry in page.references
            for line in _item(
                f"{entry.title}. {entry.details} {entry.url or ''}", f"[{entry.number}] "
            )
        ],
    }


def _brief(brief: Brief) -> list[str]:
    rows = [f"{row.label}: {f'{row.strong} {row.text}'.strip()}" for row in brief.rows]
    return [*_all((brief.what, brief.facts)), *_list(rows), *_all((brief.unknown,))]


def _direction(entry: Direction) -> list[str]:
    mark = f" [{entry.reference}]" if entry.reference else ""
    return _all((f"{entry.tag.label}. {entry.meaning}{mark}", entry.note))


def _indicator(entry: Indicator) -> Iterator[str]:
    yield from _wrap(entry.title)
    for value in entry.values:
        yield from _item(_noted(f"{value.when}: {value.text} [{value.reference}]", value.note))
    yield from _all((entry.disagreement, entry.note))


def _contact(entry: Contact, language: Language) -> str:
    if entry.withheld:
        said = language.text("case.person_withheld", months=PERSON_MONTHS)
        return f"{entry.role}, {entry.organisation}. {said}"
    person = [entry.name, entry.phone, entry.email, entry.note, entry.basis, entry.confirmed]
    return "; ".join([f"{entry.role}, {entry.organisation}", *filter(None, person)])


def _document(entry: Document) -> str:
    return "; ".join(filter(None, (entry.title, entry.details, entry.url, entry.note)))


def _noted(text: str, note: str | None) -> str:
    return f"{text} ({note})" if note else text


def _wrap(text: str, first: str = "", later: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later)


def _item(text: str, mark: str = "- ") -> list[str]:
    return _wrap(text, mark, " " * len(mark))


def _list(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in _item(text)]


def _all(texts: Iterable[str | None]) -> list[str]:
    return [line for text in texts if text for line in _wrap(text)]
