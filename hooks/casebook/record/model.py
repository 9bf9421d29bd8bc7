"""What typed data has in common: faults with places, and the base of every model.

A validator reports through ``fault``; pydantic collects the faults of a whole record and knows
where in the tree each of them is.  ``problems_of`` turns them into problems with line and column.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, get_origin

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from casebook.problem import Problem
from casebook.record.source import Document, Sequence

Fault = InitErrorDetails
"""A fault before it has a line: pydantic's own form, with the steps to where it is."""

_RULES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-key",
    "model_type": "expected-mapping",
    "model_attributes_type": "expected-mapping",
    "dict_type": "expected-mapping",
    "list_type": "expected-list",
    "tuple_type": "expected-list",
    "string_type": "expected-text",
    "too_short": "empty-list",
}


def fault(rule: str, *place: str | int, given: Any = None, **details: Any) -> Fault:
    """Return a fault of ``rule`` at ``place``, counted from the value being validated."""
    error = PydanticCustomError(rule, rule, details)
    return InitErrorDetails(type=error, loc=place, input=given)


def report(faults: Iterable[Fault]) -> None:
    """Raise a ValidationError with all ``faults``; do nothing when there are none."""
    found = list(faults)
    if found:
        raise ValidationError.from_exception_data("record", found)


def closest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that ``word`` was most likely meant to be, or "" when none is near."""
    near = difflib.get_close_matches(word.strip().lower(), list(candidates), n=1, cutoff=0.6)
    return near[0] if near else ""


def some(candidates: Iterable[str], most: int = 8) -> str:
    """Return candidates as text to choose from, cut after ``most``."""
    words = sorted(candidates)
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def rethrown(error: ValidationError) -> Iterator[Fault]:
    """Yield the faults of ``error`` again, to be reported together with others."""
    for item in error.errors(include_url=False):
        kind, context = item["type"], item.get("ctx") or {}
        custom = PydanticCustomError(kind, "{message}", {**context, "message": item["msg"]})
        yield InitErrorDetails(type=custom, loc=item["loc"], input=item["input"])


class Model(BaseModel):
    """Base of everything that is read from a file.

    Unknown keys are faults, an empty value of a known key counts as absent, and models cannot be
    changed after they were made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_alias=True)

    example: ClassVar[str] = ""
    """How to write one, for messages (YAML on one line)."""

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Yield faults between fields of the raw ``data``; found together with all others."""
        del data
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _validate(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(data, dict):
            return handler(data)
        known = cls.keys()
        data = {key: value for key, value in data.items() if value is not None or key not in known}
        faults = list(cls.faults(data))
        if not faults:
            return handler(data)
        try:
            handler(data)
        except ValidationError as error:
            faults.extend(rethrown(error))
        report(faults)
        raise AssertionError("unreachable")

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys that may stand in a file (a field's alias where it has one)."""
        return _keys(cls)


_KEYS: dict[type[Model], frozenset[str]] = {}


def _keys(model: type[Model]) -> frozenset[str]:
    if model not in _KEYS:  # derived from the class alone, so it can never be out of date
        names = (field.alias or name for name, field in model.model_fields.items())
        _KEYS[model] = frozenset(names)
    return _KEYS[model]


_PROPOSALS = 200
"""To how many unknown fields of a record one that was meant is proposed: each takes a while."""


def problems_of(
    error: ValidationError,
    document: Document,
    model: type[Model],
    base: tuple[str | int, ...] = (),
    field_meant: Callable[[str, str], str] | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each fault of ``error``, at its line and column in ``document``.

    ``base`` are the steps from the document's root to what was validated.  ``field_meant`` returns
    the field that has a word for its label, given that word and the name of a model.
    """
    unknown = 0
    for item in error.errors(include_url=False):
        rule = _RULES.get(item["type"], item["type"])
        context = item.get("ctx") or {}
        details = {name: str(value) for name, value in context.items() if name != "message"}
        place = item["loc"]
        steps = base + place
        words, skip = details.pop("find", ""), int(details.pop("skip", 0))
        key = str(place[-1]) if place else ""
        details.setdefault("field", _path(place or base))
        if rule == "unknown-key":
            known = _known_keys(model, place[:-1])
            details["key"] = key
            unknown += 1
            details["closest"] = closest(key, sorted(known)) if unknown <= _PROPOSALS else ""
            holder = _model_at(model, place[:-1]) if unknown <= _PROPOSALS else None
            if field_meant is not None and holder is not None and not details["closest"]:
                details["closest"] = field_meant(key, model_name(holder))
            details["allowed"] = some(known, most=99)
            where = document.position(steps)
        elif rule == "empty-list" and (items := _items(document, steps)):
            if items >= int(details["min_length"]):
                continue  # pydantic counts valid items only; the others have their own problems
            rule, where = "too-few", document.value_position(steps)
        elif rule == "missing-field":
            details.setdefault("example", _example(model, place))
            where = document.position(steps[:-1]) if len(steps) > 1 else document.position(steps)
        elif words:
            where = document.find(steps, words, skip)
        else:
            where = document.value_position(steps)
        yield Problem.make(document.path, where.line, where.column, rule, **details)


def _items(document: Document, steps: tuple[str | int, ...]) -> int:
    """Return how many items the list at ``steps`` has in the file."""
    node = document.node(steps)
    return len(node.items) if isinstance(node, Sequence) else 0


def _path(place: tuple[str | int, ...]) -> str:
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _model_at(model: type[Model], place: tuple[str | int, ...]) -> type[Model] | None:
    """Return the model that describes what stands at ``place`` below ``model``."""
    current: type[Model] | None = model
    steps = iter(place)
    for step in steps:
        if current is None:
            return None
        if isinstance(step, int):
            continue
        annotation = next(
            (
                field.annotation
                for name, field in current.model_fields.items()
                if step == (field.alias or name)
            ),
            None,
        )
        current = _model_in(annotation)
        if get_origin(annotation) is Mapping:
            next(steps, None)  # what a mapping's key leads to is described like its neighbours
    return current


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def model_name(model: type[Model]) -> str:
    """Return what a model is called in strings and examples (``document_link``)."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


def _known_keys(model: type[Model], place: tuple[str | int, ...]) -> frozenset[str]:
    found = _model_at(model, place)
    return found.keys() if found is not None else frozenset()


def _example(model: type[Model], place: tuple[str | int, ...]) -> str:
    """Return how to write the field that is missing at ``place``."""
    holder = _model_at(model, place[:-1])
    return example_of(holder, str(place[-1]))


def example_of(model: type[Model] | None, name: str) -> str:
    """Return how to write the field ``name`` of ``model``, as messages about a missing one do."""
    for key, field in model.model_fields.items() if model is not None else ():
        if name == (field.alias or key) and field.examples:
            return str(field.examples[0])
    return f"{name}: …"
