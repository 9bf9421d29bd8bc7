"""What came along when the file of a case was copied to begin another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from casebook.problem import Problem
from casebook.record.citations import uncited
from casebook.record.citing import texts
from casebook.record.source import Document, Position, Scalar, Sequence
from casebook.record.source import Mapping as Group

LEAST = 80
"""So many characters of text are not written twice by chance."""
_CORE = ("title", "lead", "challenge", "measure", "result")
LEAST_CONTENT = 200
"""So many characters of title and summary are a case of its own."""
_PERSONAL = ("name", "phone", "email")


class Contact(NamedTuple):
    """What tells a contact from others, where it stands, and the organisation it belongs to."""

    marks: frozenset[str]
    where: Position
    organisation: str
    belongs: bool
    """Whether that organisation is one of those of the case."""


class Traces(NamedTuple):
    """What of a record should be its own."""

    path: str
    start: Position
    core: str
    texts: Mapping[int, Position]
    contacts: tuple[Contact, ...]
    confirmed: tuple[str, Position] | None


def traces(document: Document, code: str) -> Traces:
    """Return what of a record should be its own, of its text in the language ``code``."""
    root = document.root
    core, found = "", dict[int, Position]()
    for path, scalar in texts(root):
        words = " ".join(uncited(scalar.text).split()) if path[-1] == code else ""
        if path[:-1] in {(name,) for name in _CORE}:
            core += f"{words}\n" if words else ""
        if len(words) >= LEAST:
            found.setdefault(hash_of(words), scalar.start)
    confirmed = root.entries.get("confirmed")
    return Traces(
        document.path,
        root.start,
        core if len(core) >= LEAST_CONTENT else "",
        found,
        tuple(_contacts(root)),
        (confirmed.text.strip(), confirmed.start) if isinstance(confirmed, Scalar) else None,
    )


def hash_of(words: str) -> int:
    """Return a number for a text that is the same in every process."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def _contacts(root: Group) -> Iterator[Contact]:
    own = {_word(one, "name") for one in _groups(root, "organisations")}
    for one in _groups(root, "contacts"):
        marks = {key: "".join(_word(one, key).split()).lower() for key in _PERSONAL}
        organisation = _word(one, "organisation")
        first = next((one.keys[key] for key in _PERSONAL if marks[key]), None)
        if first is not None:
            words = frozenset(word for word in marks.values() if word)
            yield Contact(words, first, organisation, organisation in own)


def _groups(root: Group, key: str) -> Iterator[Group]:
    found = root.entries.get(key)
    for item in found.items if isinstance(found, Sequence) else ():
        if isinstance(item, Group):
            yield item


def _word(group: Group, key: str) -> str:
    found = group.entries.get(key)
    return found.text.strip() if isinstance(found, Scalar) else ""


def check_copies(records: list[Traces]) -> Iterator[Problem]:
    """Yield what records have in common that each should have for itself."""
    cores: dict[str, list[Traces]] = {}
    marks: dict[str, list[Traces]] = {}
    confirmed: dict[tuple[str, str | int], list[Traces]] = {}
    for record in records:
        if record.core:
            cores.setdefault(record.core, []).append(record)
        for mark in _marks(record):
            marks.setdefault(mark, []).append(record)
        for key in _confirmed(record):
            confirmed.setdefault(key, []).append(record)
    for record in records:
        yield from _copied(record, cores, marks, confirmed)


def _marks(record: Traces) -> frozenset[str]:
    return frozenset(chain.from_iterable(one.marks for one in record.contacts))


def _confirmed(record: Traces) -> Iterator[tuple[str, str | int]]:
    """Yield the day of a confirmation with each of what else may have come along with it."""
    if record.confirmed is not None:
        day = record.confirmed[0]
        yield from ((day, mark) for mark in sorted(_marks(record)))
        yield from ((day, text) for text in record.texts)


def _copied(
    record: Traces,
    cores: Mapping[str, list[Traces]],
    marks: Mapping[str, list[Traces]],
    confirmed: Mapping[tuple[str, str | int], list[Traces]],
) -> Iterator[Problem]:
    same = _other(record, cores.get(record.core, []))
    if same is not None:
        yield _told(record, record.start, "same-content", other=same.path)
        return
    for contact in record.contacts:
        other = _other(record, chain.from_iterable(marks[mark] for mark in sorted(contact.marks)))
        if other is not None and not contact.belongs:
            details = {"other": other.path, "organisation": contact.organisation}
            yield _told(record, contact.where, "copied-contact", **details)
    if record.confirmed is not None:
        other = _other(record, chain.from_iterable(confirmed[key] for key in _confirmed(record)))
        if other is not None:
            yield _told(record, record.confirmed[1], "copied-confirmation", other=other.path)


def _other(record: Traces, found: Iterable[Traces]) -> Traces | None:
    return next((one for one in found if one.path != record.path), None)


def _told(record: Traces, where: Position, rule: str, **details: str) -> Problem:
    return Problem.make(record.path, where.line, where.column, rule, **details)
