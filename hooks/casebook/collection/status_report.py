"""How records and statements stand, and which sources are to be opened: in a terminal, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TextIO

from casebook.collection.status import CaseStatus
from casebook.collection.unread import UnreadSource
from casebook.languages import Language
from casebook.record.statements import STATEMENTS, DueStatement
from casebook.report import visible

FORMATS = ("text", "json")


def write_statuses(
    statuses: Sequence[CaseStatus],
    unread: Sequence[UnreadSource],
    due: Sequence[DueStatement],
    form: str,
    language: Language,
    stream: TextIO,
) -> None:
    """Write how records stand, what is to be opened and what to be checked, in one of ``FORMATS``.

    Raises ValueError for another format.
    """
    if form == "json":
        told = {
            "cases": [_entry(status) for status in statuses],
            "sources_to_open": [asdict(source) for source in unread],
            STATEMENTS: [_due_entry(one) for one in due],
        }
        stream.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    elif form == "text":
        lines = [*_table(statuses, language), *_to_open(unread, language)]
        lines += map(visible, due_lines(due, language))
        stream.writelines(f"{line}\n" for line in lines)
    else:
        raise ValueError(f"no such format: {form}")


def _entry(status: CaseStatus) -> dict[str, object]:
    return {
        "id": status.id,
        "title": status.title,
        "translations": dict(status.translations),
        "freshness": status.freshness,
        "confirmed": status.confirmed.isoformat() if status.confirmed else None,
        "confirmed_until": status.until.isoformat() if status.until else None,
        "people_withheld": status.withheld,
        "evidence": status.evidence or None,
        "complete": status.complete,
        "missing": list(status.missing),
        "broken_relations": list(status.broken),
        "problems": status.problems,
    }


def _due_entry(one: DueStatement) -> dict[str, object]:
    return {"subject": one.subject, "id": one.id, "check_by": one.check_by.isoformat()}


def due_lines(due: Sequence[DueStatement], language: Language) -> Iterable[str]:
    """Yield how many statements should have been checked, then each of them."""
    yield language.text("status.due", count=len(due))
    for one in due:
        label = one.label[language.code]
        date = language.day(one.check_by)
        yield language.text(
            "status.due_statement", file=f"{STATEMENTS}/{one.subject}.yml", label=label, date=date
        )


def _table(statuses: Sequence[CaseStatus], language: Language) -> Iterable[str]:
    names = ("id", "translation", "confirmed", "evidence", "complete", "missing")
    heading = tuple(language.text(f"status.columns.{name}") for name in names)
    rows = [heading, *(_row(status, language) for status in statuses)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(names) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()
    yield ""
    yield summary(statuses, language)


def _row(status: CaseStatus, language: Language) -> tuple[str, ...]:
    notes = [", ".join(status.missing), *attention(status, language)]
    return (
        visible(status.id),
        ", ".join(
            f"{code}: {translation_word(s, language)}" for code, s in status.translations.items()
        ),
        confirmed_words(status, language),
        status.evidence,
        f"{status.complete} %",
        visible("; ".join(filter(None, notes))),
    )


def _to_open(unread: Sequence[UnreadSource], language: Language) -> Iterable[str]:
    if unread:
        yield ""
        yield language.text("status.to_open")
    for source in unread:
        words = reading_words(source, language)
        yield f"  {visible(source.id)}  {words}" + (f"  {source.url}" if source.url else "")


def reading_words(source: UnreadSource, language: Language) -> str:
    """Return how much of a source was read, and how many cases build on it."""
    seen = language.text(f"page.reference_seen.{source.seen}")
    return f"{seen} · {language.count('status.built_on', source.cases)}"


def translation_word(state: str, language: Language) -> str:
    """Return the state of a translation in a word or two."""
    return language.text(f"status.translations.{state}")


def confirmed_words(status: CaseStatus, language: Language) -> str:
    """Return when a record was confirmed, and whether that is too long ago."""
    if status.confirmed is None:
        return language.text("status.never")
    key = "status.overdue" if status.freshness == "overdue" else "status.confirmed"
    return language.text(key, date=status.confirmed.isoformat())


def attention(status: CaseStatus, language: Language) -> list[str]:
    """Return what else an editor has to look at."""
    said = []
    if status.withheld:
        said.append(language.text("status.withheld", count=status.withheld))
    if status.broken:
        said.append(language.text("status.broken", ids=", ".join(status.broken)))
    if status.problems:
        said.append(language.text("status.problems", count=status.problems))
    return said


def summary(statuses: Sequence[CaseStatus], language: Language) -> str:
    """Return how many records there are and how many need something."""
    states = [state for status in statuses for state in status.translations.values()]
    return language.text(
        "status.summary",
        total=len(statuses),
        overdue=sum(status.freshness == "overdue" for status in statuses),
        never=sum(status.freshness == "never" for status in statuses),
        stale=states.count("stale"),
        machine=states.count("machine"),
        missing=states.count("missing"),
        problems=sum(bool(status.problems) for status in statuses),
    )
