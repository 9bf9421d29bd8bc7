"""Places as readers name them, and the hidden words by which pages are found by place.

A search for "mentor in Bodø" asks for a place and for something.  Browsers know the names of all
places (see ``shards``); the index has, for each case, a hidden word of every place it is from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from casebook.collection.facets import county_of, municipality_of
from casebook.record.places import COUNTY, MUNICIPALITY, PlaceEntry
from casebook.record.vocabulary import Vocabulary
from casebook.search.words import words_of

END = "00"
"""Ends hidden words, so that no stemmer changes them: "placeosen" would be "placeos"."""
_ASKED_FOR = (MUNICIPALITY, "district", COUNTY)
"""Kinds of places of today that cases are found by; a country or more is no narrowing."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place in small letters, and what follows from it.

    ``is_word`` is whether the name is an ordinary word of the language too ("time", "strand").
    """

    name: str
    label: str
    id: str
    county: str
    size: str
    is_word: bool = False


def place_word(id_: str) -> str:
    """Return the hidden word of a place."""
    return f"place{id_.replace('-', '')}{END}"


def places_around(ids: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield places and what they lie in, each once."""
    found: dict[str, None] = {}
    for id_ in ids:
        around = (id_, municipality_of(id_, vocabulary), county_of(id_, vocabulary))
        found |= dict.fromkeys(one for one in around if one is not None)
    yield from found


def place_names(
    vocabulary: Vocabulary, language: str, small: Collection[str]
) -> Iterator[PlaceName]:
    """Yield every name of every place that is asked for.

    ``small`` are words that pages write with a small letter.
    """
    for id_, place in vocabulary.places.items():
        if place.kind not in _ASKED_FOR:
            continue
        label = place.label.get(language) or next(iter(place.label.values()))
        county = county_of(id_, vocabulary)
        size = next(
            (
                vocabulary.places[at].size or ""
                for at in (id_, municipality_of(id_, vocabulary))
                if at is not None and vocabulary.places[at].size
            ),
            "",
        )
        for name in sorted(set(_names(place))):
            yield PlaceName(name, label, id_, county, size, name in small)


def _names(place: PlaceEntry) -> Iterator[str]:
    """Yield what a place is called: "Trondheim – Tråante" twice, "Våler (Østfold)" plainly."""
    labels = (place.short,) if place.short else place.label.values()
    for label in labels:
        for name in label.partition(" (")[0].split(" – "):
            yield " ".join(words_of(name))
