"""Make records for measurements: real ones with other words, terms, places and relations.

Usage: python -m bench.made_up FOLDER COUNT   (hooks/ and tools/ on PYTHONPATH)

FOLDER holds the real records.  Made-up ones are written beside them until there are COUNT.  Each
takes a record that is told in full and puts another word of the real records, of the same length
and language, in the place of each longer word.  So texts keep their length, their markup and how
often words come, and say nothing.  The same records come out every time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml
from casebook.collection.relations import LIST_FIELDS
from casebook.languages import load_languages
from casebook.record.source import read
from casebook.record.vocabulary import FOLDER, load_vocabulary

SEED = 20_261_121
_WORD = re.compile(r"\[@[^\]]*\]|\]\([^)]*\)|\w+://\S+|[^\W\d_]{4,}")
"""A word, or what must stay as it is: a citation, the target of a link, an address."""

Record = dict[str, Any]


class _Dumper(yaml.CSafeDumper):
    pass


def _represent(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)


def to_yaml(record: Record) -> str:
    """Return a record as the text of a file."""
    dumped: str = yaml.dump(record, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return dumped


def real_records(folder: Path) -> dict[str, Record]:
    """Return the records below ``folder`` by id, as plain lists and dicts."""
    found = {}
    for file in sorted(folder.rglob("*.yml")):
        document = None if FOLDER in file.parts else read(file)[0]
        if document is not None:
            found[file.stem] = document.plain()
    return found


class Maker:
    """Makes records from real ones."""

    def __init__(self, real: Mapping[str, Record], terms: Mapping[str, list[str]]) -> None:
        """Take the real records, and which terms each field of a list may hold."""
        self._random = Random(SEED)
        self._terms = terms
        self._languages = load_languages().codes
        self._models = [one for one in real.values() if one.get("depth", "full") == "full"]
        self._ids = list(real)
        self._words: dict[tuple[str, int], list[str]] = {}
        for code, text in (text for record in self._models for text in self._texts(record)):
            for word in filter(str.isalpha, _WORD.findall(text)):
                self._words.setdefault((code, len(word)), []).append(word.lower())

    def records(self, count: int) -> Iterator[tuple[str, Record]]:
        """Yield so many records that there are ``count`` with the real ones."""
        for number in range(count - len(self._ids)):
            model = self._models[number % len(self._models)]
            record = {key: self._value(key, value) for key, value in model.items() if value}
            record.pop("translation", None)  # tells of one exact text
            id_ = f"laget-{number:05}"
            yield id_, record
            self._ids.append(id_)

    def _texts(self, value: Any) -> Iterator[tuple[str, str]]:
        """Yield every text in several languages, with its language."""
        if self._is_text(value):
            yield from value.items()
        elif isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from self._texts(inner)

    def _is_text(self, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() <= set(self._languages)
            and all(isinstance(text, str) for text in value.values())
        )

    def _value(self, key: str, value: Any) -> Any:
        if key == "part_of":
            return self._random.choice(self._ids)  # an earlier one: nothing contains itself
        if isinstance(value, list):
            choices = self._ids if key in LIST_FIELDS else self._terms.get(key)
            if choices:
                return self._random.sample(choices, min(len(value), len(choices)))
            return [self._value("", item) for item in value]
        if self._is_text(value):
            return {code: self._other(code, text) for code, text in value.items()}
        if isinstance(value, dict):
            return {name: self._value(name, inner) for name, inner in value.items()}
        return value

    def _other(self, code: str, text: str) -> str:
        def other(match: re.Match[str]) -> str:
            word = match.group()
            if not word.isalpha():
                return word
            found = self._random.choice(self._words.get((code, len(word)), [word]))
            return found.capitalize() if word[0].isupper() else found

        return _WORD.sub(other, text)


def make(folder: Path, count: int) -> Iterator[tuple[str, Record]]:
    """Return made-up records beside the real ones in ``folder``, ``count`` together."""
    vocabulary, _ = load_vocabulary(folder / FOLDER, load_languages())
    terms = {facet: list(terms) for facet, terms in vocabulary.facets.items()}
    return Maker(real_records(folder), terms | {"places": list(vocabulary.places)}).records(count)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    for name, record in make(place, int(sys.argv[2])):
        (place / f"{name}.yml").write_text(to_yaml(record), encoding="utf-8")
