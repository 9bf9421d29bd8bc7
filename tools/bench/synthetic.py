"""Synthetic records: the shape of real ones, words of nobody.

Each made-up record takes the shape of a real one, in turn (of those told in full): the same fields,
lists as long, texts as long and marked up the same.  Terms, places and sources come from the real
vocabulary, other cases from the made-up ones.  A shape that holds less text than the median of the
real records gets longer prose until it does not, so no page is lighter than the real median.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from random import Random
from statistics import median
from typing import Any

from casebook.collection.facets import TERM_FIELDS
from casebook.collection.relations import LIST_FIELDS
from casebook.record.fields import names_used_for
from casebook.record.vocabulary import Vocabulary

from bench.shape import Piece, characters, is_text, pieces
from bench.words import ENGLISH, LISTS, Words

SEED = 20_261_121
"""What everything random starts from: two runs measure the same records."""
PROSE = (*names_used_for("story"), "hard_parts")
"""Fields that may grow: the limits of the others are close to what real records hold."""
SKIPPED = frozenset({"translation"})
"""Fields that only say something about one exact text."""
WIDTH = 100
"""Lines of prose are broken here, as in real records."""

Record = dict[str, Any]
_PLAIN = re.compile(r"[^\W_][\w ,./()–&-]*")
_WORDS = re.compile(r"[^\W_][\w -]*")


class Generator:
    """Makes records from the shapes of real ones."""

    def __init__(
        self, templates: Sequence[Record], vocabulary: Vocabulary, languages: tuple[str, ...]
    ) -> None:
        """Take the shapes of ``templates``, at least one real record as plain dicts and lists."""
        self._templates = templates
        self._languages = languages
        self._random = Random(SEED)
        self._words = {
            code: Words(LISTS.get(code, ENGLISH), Random(f"{SEED}/{code}")) for code in languages
        }
        self._names = self._words[languages[0]]
        self._growth = _growth(templates, languages)
        facets = {name: list(terms) for name, terms in vocabulary.facets.items()}
        references = list(vocabulary.references)
        self._choices: dict[str, list[str]] = {
            **{name: facets.get(name, []) for name in TERM_FIELDS},
            "type": facets.get("partner_types", []),
            "roles": facets.get("organisation_roles", []),
            "level": facets.get("evidence", []),
            "places": list(vocabulary.places),
            "source": references,
            "published": references,
            "sources": references,
        }
        self._makers: dict[str, Callable[[str], str]] = {
            **dict.fromkeys(
                ("name", "names", "organisation", "publisher", "title", "credit"), self._name
            ),
            "url": lambda old: f"https://example.org/{self._slug()}"[: max(len(old), 24)],
            "email": lambda _: f"{self._slug()}@example.org",
            "phone": lambda _: f"22 {self._random.randrange(10, 99)} 00 00",
            "updated": lambda _: f"2026-{self._random.randrange(1, 13):02}-15",
        }

    def ids(self, count: int, taken: Sequence[str] = ()) -> list[str]:
        """Return ``count`` ids; those ``taken`` come first, so that links to them hold."""
        made = (f"{self._slug()}-{number:05}" for number in range(count))
        return [*taken, *made][:count]

    def records(self, ids: Sequence[str]) -> Iterator[tuple[str, Record]]:
        """Yield a record for each of ``ids``; relations lead to others of them."""
        for place, id_ in enumerate(ids):
            number = place % len(self._templates)
            yield id_, self._record(place, ids, self._templates[number], self._growth[number])

    def _record(self, place: int, ids: Sequence[str], template: Record, growth: float) -> Record:
        record: Record = {}
        for key, value in template.items():
            if key in SKIPPED or value is None:
                continue
            if key in LIST_FIELDS:
                record[key] = self._others(ids, place, len(value))
            elif key == "part_of":
                if place > 0:  # always an earlier one: nothing contains itself
                    record[key] = ids[self._random.randrange(place)]
            else:
                record[key] = self._value(key, value, growth if key in PROSE else 1.0)
        return record

    def _others(self, ids: Sequence[str], place: int, count: int) -> list[str]:
        """Return up to ``count`` ids other than the one at ``place``."""
        found = self._random.sample(range(len(ids)), min(count + 1, len(ids)))
        return [ids[other] for other in found if other != place][:count]

    def _value(self, key: str, value: Any, growth: float) -> Any:
        if is_text(value, self._languages):
            return {code: self._text(code, text, growth) for code, text in value.items() if text}
        if isinstance(value, dict):
            return {
                name: self._value(name, inner, growth)
                for name, inner in value.items()
                if inner is not None
            }
        choices = self._choices.get(key)
        if isinstance(value, list):
            if choices and all(isinstance(item, str) for item in value):
                return self._random.sample(choices, min(len(value), len(choices)))
            return [self._value(key, item, growth) for item in value]
        if choices:
            return self._random.choice(choices)
        maker = self._makers.get(key)
        return maker(value) if maker else value

    def _text(self, code: str, text: str, growth: float) -> str:
        words = self._words[code]
        if "\n" not in text.strip() and not text.rstrip().endswith((".", "?", "!", ":", "…")):
            return words.phrase(ceil(len(text) * growth))
        return "\n".join(_prose(pieces(text), words, growth))

    def _name(self, old: str) -> str:
        return self._names.phrase(len(old))

    def _slug(self) -> str:
        words = self._names.phrase(self._random.randrange(12, 28)).lower()
        for letter, plain in (("æ", "ae"), ("ø", "o"), ("å", "a")):
            words = words.replace(letter, plain)
        return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def _growth(templates: Sequence[Record], languages: tuple[str, ...]) -> list[float]:
    """Return for each shape how much longer its prose must be to reach the median of all."""
    sizes = [characters(template, languages) for template in templates]
    middle = median(sizes)
    factors = []
    for template, size in zip(templates, sizes, strict=True):
        texts = (template[field] for field in PROSE if is_text(template.get(field), languages))
        # Words in bold keep their length, so the rest makes up for them.
        prose = sum(
            piece.length for text in texts for each in text.values() for piece in pieces(each)
        )
        factors.append(1.0 + max(middle - size, 0) / prose if prose else 1.0)
    return factors


def _prose(shape: Iterator[Piece], words: Words, growth: float) -> Iterator[str]:
    for piece in shape:
        if piece.gap:
            yield ""
        length = ceil(piece.length * growth)
        body = words.text(length) if length > 3 else words.phrase(length)
        if piece.bold:
            body = f"**{words.phrase(piece.bold)}** {body}"
        for _ in range(piece.links):
            body += f" [{words.phrase(14)}](https://example.org/)"
        yield from _wrapped(piece.mark, body)


def _wrapped(mark: str, text: str) -> Iterator[str]:
    line, start = mark, True
    for word in text.split():
        if not start and len(line) + len(word) >= WIDTH:
            yield line
            line, start = " " * len(mark), True
        line += word if start else f" {word}"
        start = False
    yield line


def to_yaml(value: Mapping[str, Any]) -> str:
    """Write a record the way people write them: in blocks, with folded lines."""
    return "\n".join(_mapping(value, "")) + "\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, inner in value.items():
        yield from _entry(f"{indent}{key}:", inner, f"{indent}  ")


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield start
        yield from _mapping(value, indent)
    elif isinstance(value, list):
        if all(isinstance(item, str) and _WORDS.fullmatch(item) for item in value):
            yield f"{start} [{', '.join(value)}]"
            return
        yield start
        for item in value:
            yield from _item(item, indent)
    else:
        yield from _scalar(start, str(value), indent)


def _item(value: Any, indent: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield from _scalar(f"{indent}-", str(value), f"{indent}  ")
        return
    lines = _mapping(value, f"{indent}  ")
    yield f"{indent}- {next(lines).strip()}"
    yield from lines


def _scalar(start: str, text: str, indent: str) -> Iterator[str]:
    if "\n" in text:
        yield f"{start} |-"
        yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
    elif len(text) > 60 or not _PLAIN.fullmatch(text):
        yield f"{start} >-"
        yield from _wrapped(indent, text)
    else:
        yield f"{start} {text}"
