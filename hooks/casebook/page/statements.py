"""What a page shows of its statements: each with its sources, and whether it has to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casebook.page.view import Day, Prose
from casebook.page.writing import Writer
from casebook.record.citations import token
from casebook.record.kinds import PartialDate
from casebook.record.statements import Statement, StatementSource, Subject
from casebook.record.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class StatedIn:
    """A source of a statement: its token, its title, and the place in it."""

    token: str
    title: str
    title_language: str | None
    where: str | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """What stands below the heading of a statement; ``table`` is its columns, then its rows.

    ``due`` says that it should have been checked before the day that the site is built as of.
    """

    text: Prose
    table: tuple[tuple[str, ...], ...]
    unsure: str | None
    as_of: Day
    check_by: Day
    due: bool
    sources: tuple[StatedIn, ...]


@dataclass(frozen=True, slots=True)
class SubjectView:
    """What stands above all statements of a page: by when the first has to be checked."""

    check_by: Day
    due: bool


def build_subject(subject: Subject, writer: Writer, day: date) -> SubjectView:
    """Return what is said of a page's statements together; there is at least one."""
    first = min(subject.values(), key=lambda statement: statement.check_by.first_day)
    return SubjectView(_day(first.check_by, writer), first.is_due(day))


def build_statement(
    statement: Statement, vocabulary: Vocabulary, writer: Writer, day: date
) -> StatementView:
    """Return what stands below the heading of a statement."""
    table = statement.table
    rows = (table.columns, *table.rows) if table is not None else ()
    return StatementView(
        text=Prose(writer.pair(statement.text)),
        table=tuple(tuple(writer.pair(cell) for cell in row) for row in rows),
        unsure=writer.maybe(statement.unsure),
        as_of=_day(statement.as_of, writer),
        check_by=_day(statement.check_by, writer),
        due=statement.is_due(day),
        sources=tuple(_stated_in(one, vocabulary, writer) for one in statement.sources),
    )


def _stated_in(one: StatementSource, vocabulary: Vocabulary, writer: Writer) -> StatedIn:
    entry = vocabulary.references[one.source]
    title, language = writer.title(entry.title, entry.language)
    where = writer.pair(one.where) if isinstance(one.where, Mapping) else one.where
    return StatedIn(token(one.source), title, language, where)


def _day(day: PartialDate, writer: Writer) -> Day:
    return Day(writer.date(day), str(day))
