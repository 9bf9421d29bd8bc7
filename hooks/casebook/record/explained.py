"""Problems of a record told by their cause, where several follow from one mistake in the file.

What follows from a mistake is left out: whoever puts the cause right is rid of all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebook.languages import Languages
from casebook.problem import Problem
from casebook.record.mistakes import mistake_in
from casebook.record.source import Document

_MAY_BE_A_SLIP = {
    "unknown-key",
    "unknown-word",
    "unknown-term",
    "unknown-place",
    "unknown-reference",
    "expected-list",
    "expected-mapping",
    "expected-translations",
}
"""Rules that a line breaks which was meant otherwise: a colon without a space, a bullet …"""
_FOLDED = "list-in-folded-text"
_TWICE = 3
"""So many fields of a record that stand twice are a file that was pasted twice."""


def explained(
    problems: Iterable[Problem], document: Document, languages: Languages, order: tuple[str, ...]
) -> list[Problem]:
    """Return the problems of a record with their causes; ``order`` are the names of its fields."""
    found = list(problems)
    if not found:
        return found
    found = _slips(found, document)
    found = _languages_outside(found, document, languages)
    found = _twice(found, document.path)
    found = _cut_off(found, document, order)
    found = _one_list(found)
    return _without_named(found)


def _details(problem: Problem, name: str) -> str:
    return dict(problem.details).get(name, "")


def _slips(problems: list[Problem], document: Document) -> list[Problem]:
    lines = document.text.split("\n")
    kept, slips = [], set()
    begun: dict[int, int] = {}
    mended: set[str] = set()  # what is there after all, once the line is put right
    for problem in problems:
        may_be = problem.rule in _MAY_BE_A_SLIP
        slip = mistake_in(lines, problem.line, begun) if may_be else None
        if slip is None:
            kept.append(problem)
            continue
        slips.add(Problem.make(document.path, slip.line, slip.column, slip.rule, **slip.details))
        mended.add(_details(problem, "key").strip().partition(":")[0])
    missing = ("missing-field", "missing-language")
    return [
        *slips,
        *(
            problem
            for problem in kept
            if problem.rule not in missing
            or _details(problem, "field").split(".")[-1] not in mended
        ),
    ]


def _languages_outside(
    problems: list[Problem], document: Document, languages: Languages
) -> list[Problem]:
    """Tell of texts that stand beside their field rather than below it."""
    outside = [code for code in languages.codes if code in document.root.keys]
    if not outside:
        return problems
    owner, owners = "", dict[str, int]()
    for number, line in enumerate(document.text.split("\n"), 1):
        key = re.match(r"([a-z_]+):(?:\s|$)", line)
        if key is None:
            continue
        if key[1] not in outside:
            owner = key[1]
        elif owner:
            owners.setdefault(owner, number)

    def follows(problem: Problem) -> bool:
        if problem.rule in ("unknown-key", "duplicate-key"):
            return _details(problem, "key") in outside and problem.column == 1
        return _details(problem, "field").partition(".")[0] in owners

    told = [
        Problem.make(document.path, line, 1, "languages-outside", field=field)
        for field, line in owners.items()
    ]
    return [*told, *(problem for problem in problems if not follows(problem))]


def _twice(problems: list[Problem], path: str) -> list[Problem]:
    repeated = [one for one in problems if one.rule == "duplicate-key" and one.column == 1]
    if len(repeated) < _TWICE:
        return problems
    first = min(repeated)
    told = Problem.make(path, first.line, 1, "file-twice", key=_details(first, "key"))
    again = frozenset(repeated)
    return [told, *(problem for problem in problems if problem not in again)]


def _cut_off(problems: list[Problem], document: Document, order: tuple[str, ...]) -> list[Problem]:
    """Tell of a file that breaks off, rather than of each field that is lost."""
    present = [name for name in order if name in document.root.keys]
    if document.text.endswith("\n") or not present:
        return problems
    last = max(present, key=lambda name: document.root.keys[name].index)
    missing = [
        problem
        for problem in problems
        if problem.rule == "missing-field" and _details(problem, "field") in order
    ]
    names = [_details(problem, "field") for problem in missing]
    if len(names) < 2 or min(map(order.index, names)) < order.index(last):
        return problems
    line = document.text.count("\n") + 1
    told = Problem.make(document.path, line, 1, "file-cut-off", missing=", ".join(names))
    begins = document.root.keys[last].line
    lost = [one for one in problems if one.rule.startswith("missing-") and one.line >= begins]
    gone = frozenset((*missing, *lost))
    return [told, *(problem for problem in problems if problem not in gone)]


def _one_list(problems: list[Problem]) -> list[Problem]:
    """Tell of a list once: why its lines were put together, or that the field has no lists."""
    at: dict[str, set[tuple[int, int]]] = {}
    for problem in problems:
        at.setdefault(problem.rule, set()).add((problem.line, problem.column))
    folded, plain = at.get(_FOLDED, set()), at.get("list-in-plain-text", set())

    def follows(problem: Problem) -> bool:
        line, column = problem.line, problem.column
        if problem.rule == _FOLDED:
            return not plain.isdisjoint(((line, column), (line - 1, column)))
        if problem.rule != "list-on-one-line":
            return False
        return not folded.isdisjoint(((line, column), (line + 1, column)))

    return [problem for problem in problems if not follows(problem)]


def _without_named(problems: list[Problem]) -> list[Problem]:
    """Leave out that a field is missing where it stands under a name that is nearly its own."""
    named = set(_named(problems))
    return [
        problem
        for problem in problems
        if problem.rule != "missing-field" or _details(problem, "field") not in named
    ]


def _named(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        if problem.rule == "unknown-key" and _details(problem, "closest"):
            above = _details(problem, "field").rpartition(_details(problem, "key"))[0]
            yield f"{above}{_details(problem, 'closest')}"
