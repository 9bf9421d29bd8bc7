"""What people call fields and terms: labels in every language lead to what files call them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Protocol

from casebook.languages import Languages

_NEAR = 0.75
"""So alike a word and a label must be; labels are short, and many words are a little like them."""


class Place(Protocol):
    """What has a label in every language."""

    @property
    def label(self) -> Mapping[str, str]:
        """The labels."""


class Term(Place, Protocol):
    """What has words that people say for it besides."""

    @property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """The words, by language."""


@cache
def fields_by_label(languages: Languages) -> Mapping[str, Mapping[str, str]]:
    """Return the fields of each model by their labels in small letters."""
    models: dict[str, dict[str, str]] = {}
    for language in languages:
        for key, label in language.strings.items():
            parts = key.split(".")
            if len(parts) == 4 and parts[0] == "record" and parts[3] == "label":
                models.setdefault(parts[1], {}).setdefault(plain(label), parts[2])
    return models


def field_meant(word: str, model: str, languages: Languages) -> str:
    """Return the field of a model that has a label like ``word``, or ""."""
    labels = fields_by_label(languages).get(model, {})
    near = difflib.get_close_matches(plain(word), labels, n=1, cutoff=_NEAR)
    return labels[near[0]] if near else ""


def id_meant(word: str, called: Mapping[str, Iterable[str]]) -> str:
    """Return the id that has ``word`` as one of its names; "" when none or several have it."""
    found = [id_ for id_, names in called.items() if plain(word) in map(plain, names)]
    return found[0] if len(found) == 1 else ""


def term_names(terms: Mapping[str, Term]) -> dict[str, list[str]]:
    """Return what each term is called: its label in every language, and what people say."""
    return {
        id_: [*term.label.values(), *chain(*term.synonyms.values())] for id_, term in terms.items()
    }


def place_names(places: Mapping[str, Place]) -> dict[str, list[str]]:
    """Return what each place is called in every language."""
    return {id_: list(place.label.values()) for id_, place in places.items()}


def plain(words: str) -> str:
    """Return words as they are compared: in small letters, however they are joined."""
    return re.sub(r"[\s_-]+", " ", words).strip().casefold()
