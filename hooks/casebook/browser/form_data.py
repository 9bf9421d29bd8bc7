"""What the form for cases reads: the format itself, its words in one language, and all records.

    form.<language>.<version>.json
        languages   code, name (its own and what this language calls it), html, and the words that
                    give each away (``casebook.record.tongues``)
        domains     endings of two letters that an address on the internet can have
        fields      the fields of a record, with label, help and example
        source_fields, source_id  those of a source that the list of references lacks
        sections    the parts of the form, with the fields in each; the page has their headings
        rules       message and hint of every rule of ``casebook check``
        structure   what gives pasted structure away (``casebook.record.structure``)
        limits      of lists, and of what makes a text hard to read (``casebook.record.effort``)
        letters     which characters can be shown, and which are refused (``casebook.letters``)
        facets      vocabulary -> its terms: id, label, note
        places, references, cases: id and label of each; a case also with what it is part of
        reserved    ids that a case cannot have
        elsewhere   ids that lead to a case of another name, or to one that is withdrawn
        summary     language -> the headings of the summary box
    records/<id>.json
        a record as its file has it, for revising

The form's rules (``docs/assets/scripts/form/rules.js``) are run against those of this package on a
table of faulty records, in the tests.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from casebook import letters
from casebook.collection.library import RESERVED_IDS, Library
from casebook.languages import Language
from casebook.letters import coverage, faults
from casebook.record import effort
from casebook.record.case import NOT_KNOWN, Case
from casebook.record.examples import examples
from casebook.record.fields import (
    FieldSpec,
    model_named,
    names_used_for,
    record_fields,
    reference_fields,
)
from casebook.record.kinds import ID_SHAPE, MOST_STRUCTURES, domains
from casebook.record.model import example_of
from casebook.record.source import MAX_ITEMS
from casebook.record.structure import SIGNS

FOLDER = "data"
"""Beside the form's page: the folder of what its script reads."""
SECTIONS = (
    "basics",
    "sources",
    "partners",
    "themes",
    "summary",
    "story",
    "results",
    "learning",
    "more",
    "relations",
    "dates",
)
"""The parts of the form in order; every field of a record says in which of them it stands."""


@dataclass(frozen=True, slots=True)
class FormData:
    """The file of one language; its name carries the version of what it holds."""

    name: str
    content: bytes


def build_form_data(library: Library, language: Language) -> FormData:
    """Return what the form reads in ``language``."""
    languages, vocabulary = library.languages, library.vocabulary
    content = _json(
        {
            "languages": [
                {
                    "code": one.code,
                    "name": one.name,
                    "called": language.called(one.code) or one.name,
                    "html": one.html,
                    "required": one.required,
                    "words": sorted(one.words),
                }
                for one in languages
            ],
            "fields": [_field(spec, language, f"record.{spec.key}") for spec in record_fields()],
            "source_fields": [
                _field(spec, language, f"form.source.{spec.name}") for spec in reference_fields()
            ],
            "source_id": {
                "label": language.text("form.source.id.label"),
                "help": language.text("form.source.id.help"),
                "pattern": ID_SHAPE,
            },
            "sections": [{"id": id_, "fields": names_used_for(id_)} for id_ in SECTIONS],
            "rules": _rules(language),
            "letters": _letters(),
            "structure": [sign.data() for sign in SIGNS],
            "domains": sorted(domains()),
            "limits": {
                "items": MAX_ITEMS,
                "structures": MOST_STRUCTURES,
                "work": effort.MOST_WORK_OF_PROSE,
                "lines": effort.MOST_LINES,
                "nesting": effort.MOST_NESTING,
                "abbreviations": effort.MOST_ABBREVIATIONS,
                "emphasis": effort.MOST_EMPHASIS,
            },
            "facets": {
                facet: [
                    [id_, _in(language, term.label), _in(language, term.note)]
                    for id_, term in terms.items()
                ]
                for facet, terms in vocabulary.facets.items()
            },
            "places": [
                [id_, _in(language, place.label)] for id_, place in vocabulary.places.items()
            ],
            "references": [
                [id_, entry.title if isinstance(entry.title, str) else _in(language, entry.title)]
                for id_, entry in vocabulary.references.items()
            ],
            "cases": [
                [id_, _in(language, case.title), case.part_of or ""]
                for id_, case in library.cases.items()
            ],
            "reserved": sorted(RESERVED_IDS),
            "elsewhere": sorted({*library.names.former, *library.names.withdrawn}),
            "summary": {
                one.code: {
                    name: one.text(f"record.case.{name}.label")
                    for name in names_used_for("summary")
                }
                for one in languages
            },
        }
    )
    version = hashlib.sha256(content).hexdigest()[:12]
    return FormData(f"form.{language.code}.{version}.json", content)


def _letters() -> dict[str, Any]:
    """Return what the form knows of characters."""
    return {
        "shown": coverage.steps(map(ord, letters.shown())),
        "ranges": faults.RANGES,
        "joining": faults.JOINING,
        "right_to_left": faults.RIGHT_TO_LEFT,
        "names": {
            character: unicodedata.name(character)
            for character in coverage.characters(faults.NAMED)
        },
    }


def record_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of the file of each record."""
    for id_, case in library.cases.items():
        yield f"records/{id_}.json", _json(plain_record(case))


def plain_record(case: Case) -> dict[str, Any]:
    """Return a record as its file has it: only what was set, and every value as text."""
    tree: dict[str, Any] = _plain(case.model_dump(by_alias=True, exclude_unset=True))
    if case.hard_parts is None:
        tree["hard_parts"] = NOT_KNOWN
    return tree


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value)


def _field(spec: FieldSpec, language: Language, told_in: str) -> dict[str, Any]:
    """Return a field with what people are told about it; what says nothing is left out.

    ``told_in`` is where its label and help stand in the strings.
    """
    told: dict[str, Any] = {
        "model": spec.model,
        "name": spec.name,
        "form": spec.form,
        "label": language.text(f"{told_in}.label"),
        # The format's own help speaks of the file: where that is of no use, the form has its own.
        "help": language.strings.get(f"form.help.{spec.key}") or language.text(f"{told_in}.help"),
        "item": language.strings.get(f"form.lists.{spec.key}.item", ""),
        "add": language.strings.get(f"form.lists.{spec.key}.add", ""),
        "sample": _sample(spec, language),
        "required": spec.required,
        "many": spec.many,
        "distinct": spec.distinct,
        "least": spec.least,
        "facet": spec.facet,
        "words": spec.words,
        "labels": {
            word: told_word(spec, word, language) for word in spec.words if word != NOT_KNOWN
        },
        "limit": spec.limit,
        "cites": spec.cites,
        "pattern": spec.pattern,
        "rule": spec.rule,
        "past": spec.past,
        "short": spec.short,
        "example": example_of(model_named(spec.model), spec.name),
        "fields": [_field(inner, language, f"record.{inner.key}") for inner in spec.fields],
    }
    always = ("required", "many", "words", "fields", "facet")
    return {key: value for key, value in told.items() if value or key in always}


def _sample(spec: FieldSpec, language: Language) -> str:
    """Return a good answer as one types it, or "" where a field is chosen or has fields of its own.

    A text is given in ``language``; of a list the first item.
    """
    if spec.fields or spec.form in ("term", "word", "place", "reference", "case"):
        return ""
    if spec.key not in examples():
        return ""
    tree = yaml.load(examples()[spec.key].good, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    value = tree[spec.name]
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, dict):
        value = value.get(language.code, "")
    if not isinstance(value, str) or value == NOT_KNOWN:
        return ""
    # The lines of Markdown are part of the sample; elsewhere they say nothing.
    return value.strip() if spec.form == "prose" else " ".join(value.split())


def told_word(spec: FieldSpec, word: str, language: Language) -> str:
    """Return what a fixed word of the format is called; fields may use a word in their own way."""
    places = (
        f"form.words.{spec.name}.{word}",
        f"page.statuses.{word}",
        f"page.reference_kinds.{word}",
        f"form.words.{word}",
    )
    return language.text(next(place for place in places if place in language.strings))


def _rules(language: Language) -> dict[str, dict[str, str]]:
    """Return the strings of every rule: message, hint, and the hint for a close match.

    Where the words about a file do not fit, the form has its own.
    """
    rules: dict[str, dict[str, str]] = {}
    for told_in in ("problems.", "form.rules."):
        own: dict[str, dict[str, str]] = {}
        for key, text in language.strings.items():
            if key.startswith(told_in):
                rule, part = key.removeprefix(told_in).split(".")
                own.setdefault(rule, {})[part] = text
        rules |= own
    return rules


def _in(language: Language, translations: Mapping[str, str]) -> str:
    """Return a text on one line in ``language``, else in the first language that has it."""
    text = translations.get(language.code) or next(iter(translations.values()))
    return " ".join(text.split())


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
