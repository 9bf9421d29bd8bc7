"""What the catalogue's script reads: one index of all cases by column, and cards in small files.

Cases are numbers here: their place in ``library.cases``, which is the order of their ids.  The
index says which cases carry a term and how cases are sorted; it holds no text, so it grows by some
twenty bytes a case.  The text stands in files of a few cards, fetched for the cases shown.

    facets.<language>.<version>.json
        cases     how many there are
        per_file  how many cards a file of cards holds
        cards     the version of the files of cards
        facets    facet -> term -> steps (see ``in_steps``), in the order of the catalogue
        rungs     the terms of how sure we are, the weakest first
        known     how much we know of each case (``casebook.collection.known``), the most highest
        mentions  steps: the cases of which we know a sentence
        places    municipality -> steps, also of cases in its districts
        title     the numbers of all cases in the alphabetical order of the language
        updated   day of the last change of each case, counted from 1970
        confirmed day of the last confirmation, 0 where there was none

    cases.<language>.<version>.json
        for pages that know some cases by their ids and want nothing but their cards
        per_file  as above
        cards     as above
        first     the id of the first case in each file of cards; ids are in order, so this says in
                  which file a case is, if there is such a case

    cards.<language>.<version>/<n>.json
        a list of cards: the fields of ``view.Card``, ``href`` from the site's root, the badge and
        the kind of measure by id; ``mention`` only where it is one

Names carry the version of what stands in the files: a page that was opened before the site was
built anew must not read other cases under the numbers it knows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebook.collection.facets import FACETS, municipality_of
from casebook.collection.known import is_mention, ranks
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.letters.isolation import isolated_text
from casebook.page.cards import card_of, in_order_of_title
from casebook.page.catalogue import choosable_terms
from casebook.page.view import Card
from casebook.page.writing import Writer
from casebook.record.kinds import PartialDate

PER_FILE = 10
"""Cards in a file.  A choice of cases shows some of many files: small files waste little."""
START_OF_TIME = date(1970, 1, 1)

RootHref = Callable[[str], str]
"""From the id of a case to the address of its page as seen from the root of the site."""


@dataclass(frozen=True, slots=True)
class CatalogueData:
    """The files of one language by name, and the version of the index, which stands in its name."""

    version: str
    files: Mapping[str, bytes]


def build_catalogue_data(library: Library, language: Language, href: RootHref) -> CatalogueData:
    """Return everything the script reads in one language."""
    writer = Writer(language, library.languages)
    cards = [card_of(id_, case, library, writer) for id_, case in library.cases.items()]
    texts = [_json([_card(card, href) for card in part]) for part in _parts(cards)]
    cards_version = _version(texts)
    number = {id_: place for place, id_ in enumerate(library.cases)}
    known = ranks(library.cases, library.vocabulary)
    index = {
        "cases": len(cards),
        "per_file": PER_FILE,
        "cards": cards_version,
        "facets": {
            facet.id: {
                term: in_steps(number[id_] for id_ in library.facets.cases(facet.id, term))
                for term in choosable_terms(facet.id, library)
            }
            for facet in FACETS
        },
        "rungs": list(library.vocabulary.facet("evidence")),
        "known": [known[id_] for id_ in library.cases],
        "mentions": in_steps(
            number[id_] for id_, case in library.cases.items() if is_mention(case)
        ),
        "places": {id_: in_steps(cases) for id_, cases in _by_municipality(library).items()},
        "title": [number[id_] for id_ in in_order_of_title(library, writer)],
        "updated": [_day(case.updated) for case in library.cases.values()],
        "confirmed": [_day(case.confirmed) for case in library.cases.values()],
    }
    text = _json(index)
    first = [part[0].id for part in _parts(cards)]
    former = {old: id_ for old, id_ in library.names.former.items() if id_ in number}
    finder = _json({"per_file": PER_FILE, "cards": cards_version, "first": first, "former": former})
    version = _version([text, finder])
    folder = f"cards.{language.code}.{cards_version}"
    files = {f"{folder}/{number}.json": part for number, part in enumerate(texts)}
    files[f"facets.{language.code}.{version}.json"] = text
    files[f"cases.{language.code}.{version}.json"] = finder
    return CatalogueData(version, files)


def in_steps(numbers: Iterable[int]) -> list[int]:
    """Return ascending numbers as steps, each from the one before: 0 4 5 -> 1 4 1.

    The first step starts before 0.  Steps are short and alike, which is what compression likes.
    """
    steps, last = [], -1
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def _by_municipality(library: Library) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, case in enumerate(library.cases.values()):
        places = {municipality_of(place, library.vocabulary) for place in case.places}
        for place in sorted(place for place in places if place is not None):
            found.setdefault(place, []).append(number)
    return dict(sorted(found.items()))


def _day(value: PartialDate | None) -> int:
    return 0 if value is None else (value.first_day - START_OF_TIME).days


def _parts(cards: Sequence[Card]) -> Iterator[Sequence[Card]]:
    for start in range(0, len(cards), PER_FILE):
        yield cards[start : start + PER_FILE]


def _card(card: Card, href: RootHref) -> dict[str, Any]:
    return {
        "id": card.id,
        "href": href(card.id),
        "title": isolated_text(card.title),
        "lead": isolated_text(card.lead),
        "place": card.place,
        "period": card.period,
        "kind": card.kind.term,
        "result": isolated_text(card.result),
        "evidence": card.evidence.id,
        **({"mention": True} if card.mention else {}),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _version(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()[:12]
