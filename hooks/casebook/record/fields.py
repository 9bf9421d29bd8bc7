"""The fields of a record as values: what schema, template, field reference and form are made from.

Everything here is read from the models in ``case.py``; nothing is said twice.  What people are
told about a field stands in each language's ``record.yml``, an example of each in ``examples.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from casebook.record.case import (
    NOT_KNOWN,
    STATUSES,
    Case,
    Distinct,
    NumberOrRange,
    ProseOrNotKnown,
    Range,
    Status,
    Translation,
    TranslationsByLanguage,
    Use,
)
from casebook.record.kinds import (
    PROSE_LIMIT,
    Address,
    Kind,
    Name,
    NameOrText,
    Number,
    OneOf,
    Pattern,
    Place,
    ReferenceId,
    Term,
    Text,
    When,
    Year,
)
from casebook.record.model import Model, model_name
from casebook.record.vocabulary import ReferenceEntry

Form = Literal[
    "line",  # one line in every language
    "text",  # paragraphs in every language
    "prose",  # Markdown in every language
    "name",  # one line that is the same in every language
    "name-or-line",  # a name, or a line in every language
    "term",  # the id of a term of a vocabulary
    "place",
    "reference",
    "case",  # the id of another record
    "word",  # one of a few fixed words
    "pattern",  # a text of a fixed shape
    "address",
    "date",  # a year, a month or a day
    "day",
    "year",
    "number",
    "group",  # fields of its own
    "languages",  # a group for each language but the default one
]
"""How the value of a field is written."""

IN_LANGUAGES = ("line", "text", "prose")
"""Forms that are written once in every language."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its key, where it stands, and what may stand in it.

    ``path`` is its place in a record (``results.values.year``), ``model`` the name under which it
    is explained: fields of one model are explained once.  ``many`` says that it holds a list, of
    at least ``least``, none of them twice when ``distinct``.  ``facet`` is the vocabulary of
    a term; ``words`` are the fixed words that may stand in it (besides what its form says, when
    that is another than "word"); ``limit`` is the greatest number of characters;
    ``past`` says that a day has been.  ``short`` is the
    field of the group that a value without keys stands for (``status: active``).  ``fields`` are
    those of a group.  ``use`` is what a field of the record itself is for.
    """

    model: str
    name: str
    path: str
    form: Form
    required: bool
    many: bool = False
    least: int = 0
    distinct: bool = False
    facet: str = ""
    words: tuple[str, ...] = ()
    limit: int | None = None
    cites: bool = False
    pattern: str = ""
    rule: str = ""
    past: bool = False
    short: str = ""
    fields: tuple[FieldSpec, ...] = ()
    use: Use | None = None

    @property
    def key(self) -> str:
        """The key of its strings and examples, for instance ``case.title``."""
        return f"{self.model}.{self.name}"

    @property
    def in_languages(self) -> bool:
        """Say whether it is written in every language."""
        return self.form in IN_LANGUAGES


@cache
def record_fields() -> tuple[FieldSpec, ...]:
    """Return the fields of a record in the order in which they are written."""
    return _fields_of(Case, "")


@cache
def reference_fields() -> tuple[FieldSpec, ...]:
    """Return the fields of a source, as they stand in the list of references."""
    return _fields_of(ReferenceEntry, "")


@cache
def names_used_for(section: str) -> tuple[str, ...]:
    """Return the names of the fields of a record that are for ``section`` (see ``case.Use``)."""
    return tuple(
        spec.name
        for spec in record_fields()
        if spec.use is not None and spec.use.section == section
    )


def every_field(fields: tuple[FieldSpec, ...] | None = None) -> Iterator[FieldSpec]:
    """Yield the fields and those inside them, each right before its own."""
    for spec in record_fields() if fields is None else fields:
        yield spec
        yield from every_field(spec.fields)


@cache
def model_named(name: str) -> type[Model]:
    """Return the model that a ``FieldSpec`` calls ``name``; raise KeyError when there is none."""
    models = (*_models(Case), *_models(ReferenceEntry))
    return {model_name(model): model for model in models}[name]


def _models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for info in model.model_fields.values():
        for inner in _inner_models(info):
            yield from _models(inner)


def _inner_models(info: FieldInfo) -> Iterator[type[Model]]:
    for part in (info.annotation, *info.metadata):
        yield from _models_in(part)


def _models_in(part: Any) -> Iterator[type[Model]]:
    if isinstance(part, type) and issubclass(part, Model):
        yield part
    elif isinstance(part, NumberOrRange):
        yield Range
    for inner in (*get_args(part), *getattr(part, "__metadata__", ())):
        yield from _models_in(inner)


def _fields_of(model: type[Model], prefix: str) -> tuple[FieldSpec, ...]:
    return tuple(
        _spec(model, info.alias or name, info, prefix) for name, info in model.model_fields.items()
    )


def _spec(model: type[Model], name: str, info: FieldInfo, prefix: str) -> FieldSpec:
    path = f"{prefix}{name}"
    use = next((entry for entry in info.metadata if isinstance(entry, Use)), None)
    spec = FieldSpec(model_name(model), name, path, "group", info.is_required(), use=use)
    return _described(spec, info.annotation, info.metadata)


def _described(spec: FieldSpec, annotation: Any, metadata: list[Any]) -> FieldSpec:
    """Return ``spec`` with what its annotation says, from the outside to the inside."""
    for entry in metadata:
        if isinstance(entry, Kind):
            return _of_kind(spec, entry)
    for entry in metadata:
        least = _least(entry)
        if least:
            spec = replace(spec, least=least)
        if entry is Distinct:
            spec = replace(spec, distinct=True)
    if hasattr(annotation, "__metadata__"):
        return _described(spec, annotation.__origin__, list(annotation.__metadata__))
    if get_origin(annotation) is tuple:
        return _described(replace(spec, many=True), get_args(annotation)[0], [])
    if isinstance(annotation, type) and issubclass(annotation, Model):
        group = replace(spec, fields=_fields_of(annotation, f"{spec.path}."))
        return replace(group, short="is", words=STATUSES) if annotation is Status else group
    for part in get_args(annotation):  # one of "… | None"
        if part is not type(None):
            return _described(spec, part, [])
    raise TypeError(f"no form for {spec.path}: {annotation!r}")


def _least(entry: Any) -> int:
    """Return the least length that a piece of metadata asks for (none: 0)."""
    inner = entry.metadata if isinstance(entry, FieldInfo) else [entry]
    return max((int(getattr(part, "min_length", 0) or 0) for part in inner), default=0)


_SIMPLE: Mapping[type[Kind], Form] = {
    Place: "place",
    ReferenceId: "reference",
    Number: "number",
    Year: "year",
    Address: "address",
}


def _of_kind(spec: FieldSpec, kind: Kind) -> FieldSpec:
    spec = replace(spec, cites=kind.cites)
    found = _of_text(spec, kind) or _of_choice(spec, kind)
    if found is None:
        raise TypeError(f"no form for {spec.path}: {kind!r}")
    return found


def _of_text(spec: FieldSpec, kind: Kind) -> FieldSpec | None:
    if isinstance(kind, Text):
        return replace(spec, form=kind.form, limit=kind.limit)
    if isinstance(kind, Name):
        return replace(spec, form="name", limit=kind.limit)
    if isinstance(kind, NameOrText):
        return replace(spec, form="name-or-line", limit=kind.limit)
    if isinstance(kind, ProseOrNotKnown):
        return replace(spec, form="prose", limit=PROSE_LIMIT, words=(NOT_KNOWN,))
    if isinstance(kind, Pattern):
        form: Form = "case" if kind.rule == "not-an-id" else "pattern"
        return replace(spec, form=form, pattern=kind.expression, rule=kind.rule)
    return None


def _of_choice(spec: FieldSpec, kind: Kind) -> FieldSpec | None:
    if isinstance(kind, Term):
        return replace(spec, form="term", facet=kind.facet)
    if isinstance(kind, OneOf):
        return replace(spec, form="word", words=kind.words)
    if isinstance(kind, When):
        return replace(spec, form="day" if kind.whole else "date", past=kind.past)
    if isinstance(kind, NumberOrRange):
        return replace(spec, form="number", fields=_fields_of(Range, f"{spec.path}."))
    if isinstance(kind, TranslationsByLanguage):
        return replace(spec, form="languages", fields=_fields_of(Translation, f"{spec.path}."))
    return next(
        (replace(spec, form=form) for known, form in _SIMPLE.items() if isinstance(kind, known)),
        None,
    )
