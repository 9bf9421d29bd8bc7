"""A good and a bad example of each field, and what the check says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from casebook.problem import Problem
from casebook.record.fields import FieldSpec, model_named
from casebook.record.model import problems_of
from casebook.record.source import parse_text
from casebook.record.vocabulary import Context

_FILE = Path(__file__).with_name("examples.yml")


@dataclass(frozen=True, slots=True)
class Example:
    """How a field is written well, and how it is not: YAML, without a line break at the end."""

    good: str
    bad: str


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by the key of the field (``FieldSpec.key``).

    Raises OSError when the file beside this module cannot be read.
    """
    tree = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        key: Example(entry["good"].rstrip("\n"), entry["bad"].rstrip("\n"))
        for key, entry in tree.items()
    }


def example_problems(text: str, spec: FieldSpec, context: Context) -> list[Problem]:
    """Return what is wrong with the example ``text`` of the field ``spec``, in its own lines.

    What the example leaves out of the record around it is not wrong.
    """
    document, problems = parse_text(f"{text}\n", spec.name)
    if document is None:
        return problems
    model = model_named(spec.model)
    try:
        model.model_validate(document.plain(), context=context)
    except ValidationError as error:
        problems += _own(problems_of(error, document, model), spec)
    return sorted(problems)


def _own(problems: Iterator[Problem], spec: FieldSpec) -> Iterator[Problem]:
    """Yield the problems that concern the field itself."""
    for problem in problems:
        field = dict(problem.details).get("field", "")
        if field.partition(".")[0].partition("[")[0] == spec.name:
            yield problem
