"""How each record stands: translation, confirmation, evidence, what it lacks, what is broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from casebook.collection.library import Library
from casebook.problem import Problem
from casebook.record.case import NOT_KNOWN
from casebook.record.fields import record_fields
from casebook.record.freshness import (
    FreshnessState,
    confirmed_until,
    freshness,
    names_person,
    shows_person,
)
from casebook.record.model import Model
from casebook.record.source import Document

Translated = Literal["missing", "machine", "stale", "fresh", "unrecorded"]
"""``unrecorded`` is a translation of which nobody has said which text it follows."""

BROKEN = frozenset({"unknown-case", "related-to-itself", "part-of-circle"})
"""Rules about relations between records."""
_UNKNOWN = frozenset({"unknown", NOT_KNOWN})


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """How a record stands.

    ``translations`` is by language; ``withheld`` is how many people are no longer shown.
    ``complete`` is how much of a full case it tells, in per cent rounded down, and ``missing`` what
    it does not.  ``broken`` are relations that lead nowhere, ``problems`` all faults; a record with
    faults has no evidence and no freshness yet.
    """

    id: str
    title: str
    translations: Mapping[str, Translated]
    freshness: FreshnessState | None
    confirmed: date | None
    until: date | None
    withheld: int
    evidence: str
    complete: int
    missing: tuple[str, ...]
    broken: tuple[str, ...]
    problems: int

    @property
    def needs_work(self) -> bool:
        """Say whether an editor has something to do about it that is not just more to tell."""
        return bool(
            self.problems
            or self.withheld
            or self.freshness == "overdue"
            or set(self.translations.values()) - {"fresh"}
        )


def case_statuses(
    library: Library,
    documents: Mapping[str, Document] | None = None,
    problems: Sequence[Problem] = (),
) -> tuple[CaseStatus, ...]:
    """Return how every record stands, by id, also those with problems; none that is withdrawn.

    ``documents`` are the records as trees, of which those with problems are needed; one that could
    not even be read is left to the check.
    """
    trees = documents or {}
    by_record: dict[str, list[Problem]] = {}
    for problem in problems:
        if not problem.is_warning:
            by_record.setdefault(Path(problem.path).stem, []).append(problem)
    return tuple(
        _status(id_, library, _record(id_, library, trees), by_record.get(id_, []))
        for id_ in sorted({*library.cases, *trees} - library.withdrawn.keys())
    )


def _record(id_: str, library: Library, documents: Mapping[str, Document]) -> Mapping[str, Any]:
    """Return the fields of a record: as they were typed, or as they stand in a faulty one."""
    return vars(library.cases[id_]) if id_ in library.cases else documents[id_].plain()


def _status(
    id_: str, library: Library, record: Mapping[str, Any], problems: Sequence[Problem]
) -> CaseStatus:
    case = library.cases.get(id_)
    default = library.languages.default.code
    others = [code for code in library.languages.codes if code != default]
    missing, complete = completeness(record)
    title = record.get("title")
    told = title.get(default) if isinstance(title, dict) else title
    relations = (dict(problem.details) for problem in problems if problem.rule in BROKEN)
    return CaseStatus(
        id=id_,
        title=told if isinstance(told, str) else id_,
        translations={code: _translated(id_, code, library, record) for code in others},
        freshness=freshness(case, library.today) if case else None,
        confirmed=case.confirmed.first_day if case and case.confirmed else None,
        until=confirmed_until(case) if case else None,
        withheld=sum(
            names_person(contact) and not shows_person(contact, library.today)
            for contact in (case.contacts if case else ())
        ),
        evidence=case.evidence.level if case else "",
        complete=complete,
        missing=missing,
        broken=tuple(details.get("value") or details.get("circle", "") for details in relations),
        problems=len(problems),
    )


def _translated(id_: str, code: str, library: Library, record: Mapping[str, Any]) -> Translated:
    case = library.cases.get(id_)
    if case is None:
        lacks = _lacks(record, code, library.languages.default.code)
        return "missing" if lacks else "unrecorded"
    state = library.translation_state(id_, code)
    entry = case.translation.get(code)
    if state == "fresh" and (entry is None or entry.of is None):
        return "unrecorded"
    return "fresh" if state == "original" else state


def _lacks(value: Any, code: str, default: str) -> bool:
    """Say whether some text of a raw record is not written in ``code``."""
    if isinstance(value, dict):
        if isinstance(value.get(default), str):
            return not value.get(code)
        return any(_lacks(inner, code, default) for inner in value.values())
    return isinstance(value, list) and any(_lacks(inner, code, default) for inner in value)


def completeness(record: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Return which fields of a full case a record does not tell, and how much it tells.

    What is said to be unknown is not told.
    """
    asked = [
        spec.name for spec in record_fields() if spec.required or (spec.use and spec.use.expected)
    ]
    missing = tuple(name for name in asked if not _tells(record.get(name)))
    return missing, 100 * (len(asked) - len(missing)) // len(asked)


def _tells(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip()) and value.strip() not in _UNKNOWN
    if isinstance(value, list | tuple):
        return any(_tells(item) for item in value)
    if isinstance(value, Model):
        value = vars(value)
    if isinstance(value, Mapping):
        told = value.get("is", value.get("is_"))
        return _tells(told) if told is not None else any(map(_tells, value.values()))
    return value is not None
