"""The fields of a record as a tree: what each is called, what may stand in it, and whether it must.

The tree is read off the typed record, so whatever is generated from it (form, field reference,
schema, template) lists the same fields in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeGuard, get_args, get_origin

from casebook.case import Case, Distinct
from casebook.kinds import Kind
from casebook.model import Model

Path = tuple[str, ...]
"""The keys that lead to a field, without the places in lists."""


@dataclass(frozen=True, slots=True)
class Value:
    """A shape that holds one value: ``kind`` says how it is read.

    ``group`` are the fields that may stand instead of a value (a range instead of a number), or
    under each of its keys (a translation by language); None for most kinds.
    """

    kind: Kind
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A shape with fields of its own."""

    model: type[Model]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list: at least ``minimum`` of ``of``, none of them twice when ``distinct``."""

    minimum: int
    distinct: bool
    of: Shape


Shape = Value | Group | Items


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key in the file, its shape, and how to write one (YAML on one line)."""

    key: str
    path: Path
    required: bool
    shape: Shape
    example: str


@cache
def record_fields() -> tuple[Field, ...]:
    """Return the fields of a record in the order in which they are written."""
    return _fields(Case, ())


def every_field(fields: Sequence[Field] | None = None) -> Iterator[Field]:
    """Yield ``fields`` (those of a record by default), each followed by the fields inside it."""
    for field in record_fields() if fields is None else fields:
        yield field
        group = group_of(field.shape)
        if group is not None:
            yield from every_field(group.fields)


def group_of(shape: Shape) -> Group | None:
    """Return the group that a shape is, lists or may hold, or None when it has no fields."""
    inner = shape.of if isinstance(shape, Items) else shape
    return inner.group if isinstance(inner, Value) else inner if isinstance(inner, Group) else None


def kind_of(shape: Shape) -> Kind | None:
    """Return how each value of a shape is read, or None when it holds fields."""
    inner = shape.of if isinstance(shape, Items) else shape
    return inner.kind if isinstance(inner, Value) else None


def _fields(model: type[Model], above: Path) -> tuple[Field, ...]:
    found = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        path = (*above, key)
        found.append(
            Field(
                key=key,
                path=path,
                required=info.is_required(),
                shape=_shape(info.annotation, info.metadata, path),
                example=str(info.examples[0]) if info.examples else "",
            )
        )
    return tuple(found)


def _shape(annotation: Any, details: Sequence[Any], path: Path) -> Shape:
    """Return the shape of a type; ``details`` is what ``Annotated`` says of it, outermost first."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, [*details, *more], path)
    for detail in details:
        if isinstance(detail, Kind):
            models = (part for part in _parts(annotation) if _is_model(part))
            inside = next((Group(part, _fields(part, path)) for part in models), None)
            return Value(detail, inside)
    if _is_model(annotation):
        return Group(annotation, _fields(annotation, path))
    arguments = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    if len(arguments) != 1:
        raise TypeError(f"{'.'.join(path)}: {annotation!r} is no shape that a field can have")
    if get_origin(annotation) is not tuple:  # ``Period | None``
        return _shape(arguments[0], details, path)
    return Items(
        minimum=max((getattr(detail, "min_length", 0) for detail in details), default=0),
        distinct=any(detail is Distinct for detail in details),
        of=_shape(arguments[0], (), path),
    )


def _is_model(annotation: Any) -> TypeGuard[type[Model]]:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield a type and everything it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
