"""The JSON Schema of a record, for completion and errors while typing.

It is a help and not the judge: ``casebook check`` knows more (relations, citations, dates that no
calendar has) and allows a little more (an empty value counts as absent).  The titles of terms
stand in ``enumDescriptions``, which is what editors show; a choice of ``const`` with ``title``
would say the same, but an editor then answers a wrong word with dozens of messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebook.languages import Language, Languages
from casebook.record.fields import (
    IN_LANGUAGES,
    FieldSpec,
    every_field,
    record_fields,
    reference_fields,
)
from casebook.record.kinds import ID_SHAPE
from casebook.record.vocabulary import NEW_SOURCES, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = "case.schema.json"
"""Name of the published file."""

_SOURCE = "reference_entry"
_Schema = dict[str, Any]
_TEXT: _Schema = {"type": ["string", "number"], "pattern": r"\S"}
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_NUMBER = r"^-?\d{1,12}(\.\d{1,6})?$"
_SCALARS: Mapping[str, _Schema] = {
    "address": {"type": "string", "pattern": r"^https?://\S+$", "maxLength": 2000},
    "date": {"type": ["string", "integer"], "pattern": _DATE, "minimum": 1800, "maximum": 2200},
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "year": {
        "type": ["integer", "string"],
        "pattern": r"^(1[89]|20|21)\d\d$",
        "minimum": 1800,
        "maximum": 2199,
    },
    "number": {"type": ["number", "string"], "pattern": _NUMBER},
    "case": {"type": ["string", "integer"], "pattern": f"^{ID_SHAPE}$"},
}


def record_schema(
    vocabulary: Vocabulary, languages: Languages, told_in: Sequence[Language]
) -> _Schema:
    """Return the schema of a record, with titles and descriptions in the languages ``told_in``.

    With several languages each description has a paragraph for each of them.
    """
    return _Writer(vocabulary, languages, told_in).schema()


def schema_text(
    vocabulary: Vocabulary, languages: Languages, told_in: Sequence[Language] | None = None
) -> str:
    """Return the schema as the text of a file, told in every language unless said otherwise."""
    schema = record_schema(vocabulary, languages, told_in or tuple(languages))
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    def __init__(
        self, vocabulary: Vocabulary, languages: Languages, told_in: Sequence[Language]
    ) -> None:
        self._vocabulary = vocabulary
        self._languages = languages
        self._told_in = told_in

    def schema(self) -> _Schema:
        record = self._object(record_fields())
        record["properties"][NEW_SOURCES] = {
            "title": self._told("form.script.new_sources", " / "),
            "description": self._told("form.script.new_sources_help"),
            "type": "object",
            "additionalProperties": self._object(reference_fields()),
        }
        return {
            "$schema": DIALECT,
            "$id": FILE,
            "title": self._told("record.schema.title", " / "),
            "description": self._told("record.schema.help"),
            **record,
            "$defs": self._definitions(),
        }

    def _definitions(self) -> _Schema:
        facets = sorted({spec.facet for spec in every_field() if spec.facet})
        definitions = {facet: self._terms(facet) for facet in facets}
        places = {id_: self._label(entry.label) for id_, entry in self._vocabulary.places.items()}
        references = {
            id_: entry.title if isinstance(entry.title, str) else self._label(entry.title)
            for id_, entry in self._vocabulary.references.items()
        }
        definitions |= {"place": _choice(places), "reference": _choice(references)}
        return definitions | {form: self._texts(form) for form in IN_LANGUAGES}

    def _terms(self, facet: str) -> _Schema:
        terms = self._vocabulary.facet(facet).items()
        return _choice(
            {
                id_: "\n\n".join(
                    f"{term.label[language.code]}: {' '.join(term.note[language.code].split())}"
                    for language in self._told_in
                    if language.code in term.label and language.code in term.note
                )
                for id_, term in terms
            }
        )

    def _texts(self, form: str) -> _Schema:
        """Return what a text in every language looks like."""
        return {
            "type": "object",
            "properties": {
                language.code: {"title": language.name, **_TEXT} for language in self._languages
            },
            "required": list(self._languages.required),
            "additionalProperties": False,
        }

    def _object(self, fields: Sequence[FieldSpec]) -> _Schema:
        return {
            "type": "object",
            "properties": {spec.name: self._field(spec) for spec in fields},
            "required": [spec.name for spec in fields if spec.required],
            "additionalProperties": False,
        }

    def _field(self, spec: FieldSpec) -> _Schema:
        key = f"form.source.{spec.name}" if spec.model == _SOURCE else f"record.{spec.key}"
        told: _Schema = {
            "title": self._told(f"{key}.label", " / "),
            "description": self._told(f"{key}.help"),
        }
        value = self._value(spec)
        if not spec.many:
            return told | value
        shape: _Schema = {"type": "array", "items": value}
        if spec.least:
            shape["minItems"] = spec.least
        if spec.form in ("term", "place", "reference", "case"):
            shape["uniqueItems"] = True
        return told | shape

    def _value(self, spec: FieldSpec) -> _Schema:
        if spec.form == "group":
            group = self._object(spec.fields)
            return {"anyOf": [self._words(spec), group]} if spec.words else group
        if spec.form == "languages":
            return self._by_language(spec)
        if spec.form in IN_LANGUAGES:
            text: _Schema = {"$ref": f"#/$defs/{spec.form}"}
            return {"anyOf": [self._words(spec), text]} if spec.words else text
        if spec.form == "name-or-line":
            return {"anyOf": [_name(spec), {"$ref": "#/$defs/line"}]}
        if spec.form == "number" and spec.fields:
            return {"anyOf": [_SCALARS["number"], self._object(spec.fields)]}
        return self._scalar(spec)

    def _scalar(self, spec: FieldSpec) -> _Schema:
        if spec.form == "name":
            return _name(spec)
        if spec.form == "term":
            return {"$ref": f"#/$defs/{spec.facet}"}
        if spec.form in ("place", "reference"):
            return {"$ref": f"#/$defs/{spec.form}"}
        if spec.form == "word":
            return self._words(spec)
        if spec.form == "pattern":
            return {"type": ["string", "integer"], "pattern": f"^{spec.pattern}$"}
        return dict(_SCALARS[spec.form])

    def _words(self, spec: FieldSpec) -> _Schema:
        """Return the choice of the fixed words of a field, with what each is called."""
        return _choice(
            {
                word: " / ".join(word_label(spec, word, language) for language in self._told_in)
                for word in spec.words
            }
        )

    def _by_language(self, spec: FieldSpec) -> _Schema:
        default = self._languages.default
        others = [language for language in self._languages if language is not default]
        group = self._object(spec.fields)
        return {
            "type": "object",
            "properties": {language.code: {"title": language.name, **group} for language in others},
            "additionalProperties": False,
        }

    def _told(self, key: str, between: str = "\n\n") -> str:
        return between.join(dict.fromkeys(language.text(key) for language in self._told_in))

    def _label(self, translations: Mapping[str, str]) -> str:
        codes = [language.code for language in self._told_in]
        return _joined(translations[code] for code in codes if code in translations)


def word_label(spec: FieldSpec, word: str, language: Language) -> str:
    """Return what a fixed word of a field is called in ``language``."""
    if "is" in (spec.short, spec.name):
        return language.text(f"page.statuses.{word}")
    if spec.model == _SOURCE:
        place = "page.reference_kinds" if spec.name == "kind" else f"form.words.{spec.name}"
        return language.text(f"{place}.{word}")
    return language.text(f"record.words.{spec.name}.{word}")


def _name(spec: FieldSpec) -> _Schema:
    return _TEXT | {"maxLength": spec.limit}


def _choice(told: Mapping[str, str]) -> _Schema:
    return {"enum": list(told), "enumDescriptions": list(told.values())}


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(texts))
