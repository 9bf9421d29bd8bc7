"""Statements on law and money: what a rule or a grant says, as of which day, and from where.

Each subject is a file of statements, and a page shows it.  A statement holds until the day on which
it has to be checked again; past that day, the page and the list for editors say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from casebook.record.kinds import (
    Line,
    NameOrText,
    PartialDate,
    ReferenceId,
    Text,
    Translations,
    When,
    read_date,
)
from casebook.record.model import Fault, Model, fault

STATEMENTS = "statements"
"""The folder of subjects, among the vocabularies."""


class StatementSource(Model):
    """Where a statement is from; ``where`` is the place in it (``§§ 8–9``)."""

    source: Annotated[str, ReferenceId()] = Field(examples=["source: integreringsloven"])
    where: Annotated[str | Translations, NameOrText(120)] | None = None


class StatementTable(Model):
    """What is told row by row; the first cell says what its row is about."""

    columns: Annotated[tuple[Line, ...], Field(min_length=2)] = Field(
        examples=["columns: [{nb: …, en: …}, {nb: …, en: …}]"]
    )
    rows: Annotated[tuple[tuple[Line, ...], ...], Field(min_length=1)] = Field(
        examples=["rows: [[{nb: …, en: …}, {nb: …, en: …}]]"]
    )

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """A row has a cell for each column."""
        columns, rows = data.get("columns"), data.get("rows")
        if not isinstance(columns, list) or not isinstance(rows, list):
            return
        for place, row in enumerate(rows):
            if isinstance(row, list) and len(row) != len(columns):
                counts = {"found": len(row), "expected": len(columns)}
                yield fault("row-of-other-length", "rows", place, **counts)


class Statement(Model):
    """What holds, in our own words; its id is its place on the page.

    ``as_of`` is when the source says so (a day, a month or a year), ``check_by`` the last day on
    which readers may go by it.  ``unsure`` says what we could not find out, and whom to ask.
    """

    label: Line = Field(examples=["label: {nb: Hvem loven gjelder, en: Who the act covers}"])
    text: Annotated[Translations, Text("prose", 2_000)] = Field(examples=["text: {nb: …, en: …}"])
    table: StatementTable | None = None
    unsure: Annotated[Translations, Text("line", 600)] | None = None
    as_of: Annotated[PartialDate, When()] = Field(examples=["as_of: 2026-07-02"])
    check_by: Annotated[PartialDate, When(whole=True)] = Field(examples=["check_by: 2027-01-15"])
    sources: Annotated[tuple[StatementSource, ...], Field(min_length=1)] = Field(
        examples=["sources: [{source: integreringsloven, where: §§ 8–9}]"]
    )

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """What is to be checked by a day was not found after it."""
        known, until = data.get("as_of"), data.get("check_by")
        if not isinstance(known, str) or not isinstance(until, str):
            return
        first, last = read_date(known.strip()), read_date(until.strip())
        if first is not None and last is not None and last.last_day < first:
            yield fault("check-before-as-of", "check_by", as_of=first, check_by=last)

    def is_due(self, day: date) -> bool:
        """Say whether the statement should have been checked before ``day``."""
        return day > self.check_by.first_day


Subject = Mapping[str, Statement]
"""The statements of a page by id, in the order of the file."""


@dataclass(frozen=True, slots=True)
class DueStatement:
    """A statement that should have been checked."""

    check_by: date
    subject: str
    id: str
    label: Translations


def due_statements(subjects: Mapping[str, Subject], day: date) -> tuple[DueStatement, ...]:
    """Return what should have been checked before ``day``, the longest overdue first."""
    return tuple(
        sorted(
            (
                DueStatement(statement.check_by.first_day, subject, id_, statement.label)
                for subject, statements in subjects.items()
                for id_, statement in statements.items()
                if statement.is_due(day)
            ),
            key=lambda one: (one.check_by, one.subject),
        )
    )
