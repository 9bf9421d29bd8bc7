"""A new record to fill in: every field in its order, with what to write there.

Fields that must be there stand open, so that ``casebook check`` names exactly those that are not
filled in yet; all others stand as comments with an example.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Any

from casebook.edit.formatting import WIDTH, fold, format_text
from casebook.languages import Language, Languages
from casebook.record.examples import examples
from casebook.record.fields import FieldSpec, record_fields
from casebook.record.schema import FILE, word_label
from casebook.record.source import parse_text
from casebook.record.vocabulary import Vocabulary

# What no program takes for anything but text, also where it stands in brackets.
_PLAIN = re.compile(r"[^\W_](?:[\w .'’–/()+-]*[\w.')/+])?")
_NOT_TEXT = re.compile(r"(?i)(?:y|n|yes|no|on|off|true|false|null)")
_CHOICES = 30
"""So many terms are listed above a field; longer lists are too long to read there."""


def new_record(
    given: Mapping[str, Any],
    languages: Languages,
    language: Language,
    vocabulary: Vocabulary,
    today: date,
) -> str:
    """Return the text of a new record with what is ``given``, explained in ``language``.

    ``given`` are fields as a record holds them: texts, lists and groups.  Fields that the format
    does not know come last, where the check will find them.
    """
    template = _Template(languages, language, vocabulary)
    record = {"updated": today.isoformat(), **given}
    return format_text("\n".join(template.lines(record)) + "\n", languages)


class _Template:
    def __init__(self, languages: Languages, language: Language, vocabulary: Vocabulary) -> None:
        self._languages = languages
        self._language = language
        self._vocabulary = vocabulary

    def lines(self, record: Mapping[str, Any]) -> Iterator[str]:
        yield f"# yaml-language-server: $schema=../docs/bidra/{FILE}"
        yield from self._comment(self._language.text("command.new.head"))
        known = record_fields()
        for spec in known:
            yield ""
            if spec.name == "translation":
                yield from self._comment(self._language.text("command.new.translation"))
            else:
                yield from self._explained(spec)
            if record.get(spec.name) is not None:
                yield from written(spec.name, _sorted(record[spec.name], spec, self._languages))
            elif spec.required:
                yield from self._open(spec)
            elif spec.name != "translation":
                yield from (f"# {line}".rstrip() for line in examples()[spec.key].good.split("\n"))
        names = {spec.name for spec in known}
        for name in [name for name in record if name not in names]:
            yield from ("", *written(name, record[name]))

    def _explained(self, spec: FieldSpec) -> Iterator[str]:
        label = self._language.text(f"record.{spec.key}.label")
        need = "command.new.required" if spec.required else "command.new.optional"
        yield from self._comment(f"{label} ({self._language.text(need)})")
        yield from self._comment(self._language.text(f"record.{spec.key}.help"))
        choices = self._choices(spec)
        if choices:
            yield from self._comment(self._language.text("command.new.choices", words=choices))

    def _choices(self, spec: FieldSpec) -> str:
        terms = self._vocabulary.facet(spec.facet)
        code, default = self._language.code, self._languages.default.code
        told = {id_: term.label.get(code) or term.label[default] for id_, term in terms.items()}
        told |= {word: word_label(spec, word, self._language) for word in spec.words}
        if len(told) > _CHOICES:
            return ""
        return ", ".join(f"{id_} ({label})" for id_, label in told.items())

    def _comment(self, text: str) -> Iterator[str]:
        for paragraph in text.strip().split("\n"):
            yield from (f"# {line}" for line in wrap(paragraph, WIDTH - 12))

    def _open(self, spec: FieldSpec) -> Iterator[str]:
        """Yield a required field to be filled in."""
        yield f"{spec.name}:"
        if spec.in_languages:
            yield from (f"  {code}:" for code in self._languages.required)
        elif spec.form == "group":
            first, rest = ("  - ", "    ") if spec.many else ("  ", "  ")
            inner = [inner for inner in spec.fields if inner.required]
            for place, field in enumerate(inner):
                yield f"{rest if place else first}{field.name}:"


def _sorted(value: Any, spec: FieldSpec, languages: Languages) -> Any:
    """Return a value with the keys of its groups in their order."""
    if isinstance(value, list):
        return [_sorted(item, spec, languages) for item in value]
    if not isinstance(value, dict):
        return value
    order = [*languages.codes, *(field.name for field in spec.fields)]
    inner = {field.name: field for field in spec.fields}
    keys = sorted(value, key=lambda key: order.index(key) if key in order else len(order))
    return {key: _sorted(value[key], inner.get(key, spec), languages) for key in keys}


def written(key: str, value: Any, indentation: int = 0) -> Iterator[str]:
    """Yield the lines of a key and what it holds: texts, lists and groups (None is left open)."""
    pad = " " * indentation
    if isinstance(value, dict) and value:
        yield f"{pad}{key}:"
        for inner, words in value.items():
            yield from written(inner, words, indentation + 2)
    elif isinstance(value, list) and value:
        yield from _written_list(key, value, indentation)
    elif isinstance(value, dict | list):
        yield f"{pad}{key}: {'{}' if isinstance(value, dict) else '[]'}"
    else:
        words = _scalar(value, indentation)
        yield from (f"{pad}{key}: {words}" if words else f"{pad}{key}:").split("\n")


def _written_list(key: str, value: list[Any], indentation: int) -> Iterator[str]:
    pad = " " * indentation
    if all(isinstance(item, str) for item in value):
        line = f"{pad}{key}: [{', '.join(_plain(item) for item in value)}]"
        if len(line) <= WIDTH and "\n" not in line:
            yield line
            return
    yield f"{pad}{key}:"
    for item in value:
        if isinstance(item, dict) and item:
            inner = [line for name, words in item.items() for line in written(name, words)]
        else:
            inner = _scalar(item if not isinstance(item, dict | list) else "", 0).split("\n")
        yield f"{pad}  - {inner[0]}"
        yield from (f"{pad}    {line}" if line else "" for line in inner[1:])


def _plain(text: str) -> str:
    """Return a text on one line, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _scalar(value: str | None, indentation: int) -> str:
    """Return a text as YAML, readable and exactly the same when it is read."""
    if value is None:
        return ""
    pad = " " * (indentation + 2)
    ways = [_plain(value)]
    if "\n" in value:
        rows = [f"{pad}{row}" if row else "" for row in value.split("\n")]
        ways.insert(0, "\n".join(["|-", *rows]))
    elif len(value) + indentation > WIDTH - 10:
        lines = fold(value, indentation + 2)
        ways.insert(0, "\n".join([">-", *(lines or [])]))
    for way in ways:
        document, problems = parse_text(f"{' ' * indentation}a: {way}\n", "")
        if document is not None and not problems and document.plain() == {"a": value}:
            return way
    return json.dumps(value)
