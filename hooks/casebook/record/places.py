"""Places: municipalities, districts, counties and wider areas, and what they lie within.

Places that need more than a name stand in ``places.yml``; all other municipalities of the country
stand in ``municipalities.yml``, one line each.  Whoever asks for places gets both as one.  The size
band of a municipality follows from ``inhabitants.yml``, by its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from casebook.problem import Problem
from casebook.record.kinds import (
    Id,
    Kind,
    Line,
    Name,
    OneOf,
    Paragraphs,
    PartialDate,
    Pattern,
    ReferenceId,
    ShortName,
    When,
    Year,
)
from casebook.record.model import Model, closest, fault, problems_of, report, some
from casebook.record.source import Document, Position

PLACES, MUNICIPALITIES, INHABITANTS = "places", "municipalities", "inhabitants"
"""The files of places, without their ending."""


class EarlierCounty(Model):
    """A county that a place belonged to before, with the years."""

    county: Id
    from_: Annotated[int, Year()] | None = Field(default=None, alias="from")
    to: Annotated[int, Year()] | None = None


MUNICIPALITY, COUNTY = "municipality", "county"
"""The kinds of places that have official numbers today, of four and of two digits."""
KINDS_OF_PLACE = (
    MUNICIPALITY,
    "district",
    COUNTY,
    "former-county",
    "nav-region",
    "country",
    "area",
)
SIZES = ("small", "medium", "large")
"""Size bands of municipalities."""
LIMITS = (5_000, 20_000)
"""So many inhabitants make a municipality medium and large."""


def size_of(inhabitants: int) -> str:
    """Return the size band of a municipality with so many inhabitants."""
    return SIZES[sum(inhabitants >= limit for limit in LIMITS)]


class PlaceEntry(Model):
    """A place: municipality with number and size band, district, county, country.

    ``short`` is what a map calls it.
    """

    label: Line = Field(examples=["label: {nb: Asker, en: Asker}"])
    kind: Annotated[str, OneOf(KINDS_OF_PLACE)] = Field(examples=["kind: municipality"])
    number: Annotated[str, Pattern(r"[0-9]{2}|[0-9]{4}", "not-a-place-number")] | None = None
    within: Id | None = None
    earlier: tuple[EarlierCounty, ...] = ()
    size: Annotated[str, OneOf(SIZES)] | None = None
    short: ShortName | None = None
    note: Paragraphs | None = None


class MunicipalityEntry(Model):
    """A municipality of which no more is told: it is called the same in every language.

    ``within`` is its county, ``also`` its official names in other languages of the country.
    """

    name: Annotated[str, Name(60)] = Field(examples=["name: Alta"])
    number: Annotated[str, Pattern(r"[0-9]{4}", "not-a-place-number")] = Field(
        examples=['number: "5601"']
    )
    within: Id = Field(examples=["within: finnmark"])
    size: Annotated[str, OneOf(SIZES)] | None = None
    also: tuple[Annotated[str, Name(60)], ...] = ()


@dataclass(frozen=True)
class _Counts(Kind):
    """The number of a municipality -> how many live there."""

    def read(self, value: Any, context: Any) -> dict[str, int]:
        """Return the numbers as whole ones."""
        del context
        if not isinstance(value, dict):
            report([fault("expected-mapping", given=value)])
        report(
            fault("not-inhabitants", number, value=count)
            for number, count in value.items()
            if not (isinstance(count, str) and count.isascii() and count.isdigit())
        )
        return {number: int(count) for number, count in value.items()}


class Inhabitants(Model):
    """How many live in each municipality, by its number, on one day that counts for all."""

    date: Annotated[PartialDate, When(whole=True)] = Field(examples=["date: 2026-01-01"])
    counted_by: Line = Field(examples=["counted_by: {nb: …, en: …}"])
    source: Annotated[str, ReferenceId()] = Field(examples=["source: csdata-2026"])
    inhabitants: Annotated[Mapping[str, int], _Counts()] = Field(
        examples=['inhabitants: {"0301": 728714}']
    )


def read_inhabitants(document: Document, context: Any) -> tuple[Inhabitants | None, list[Problem]]:
    """Return how many live where, or None with the problems of the file."""
    try:
        return Inhabitants.model_validate(document.plain(), context=context), []
    except ValidationError as error:
        return None, list(problems_of(error, document, Inhabitants))


def give_sizes(
    places: dict[str, PlaceEntry],
    inhabitants: Inhabitants,
    documents: Mapping[str, Document],
) -> Iterator[Problem]:
    """Give each municipality the size band of its number of inhabitants.

    Yields a problem for a band by hand that says otherwise, and for each municipality that only one
    of the files knows.
    """
    counts = inhabitants.inhabitants
    for id_, place in places.items():
        if place.kind != MUNICIPALITY or place.number is None:
            continue
        document = next(
            documents[name] for name in (PLACES, MUNICIPALITIES) if _holds(documents, name, id_)
        )
        if place.number not in counts:
            where = document.value_position((id_, "number"))
            yield _problem(document, "no-inhabitants", where, value=place.number)
            continue
        count = counts[place.number]
        size = size_of(count)
        if place.size not in (None, size):
            where = document.value_position((id_, "size"))
            details = {"value": place.size, "inhabitants": count, "expected": size}
            yield _problem(document, "size-contradicts", where, date=inhabitants.date, **details)
        places[id_] = place.model_copy(update={"size": size})
    if PLACES in documents and MUNICIPALITIES in documents:
        document = documents[INHABITANTS]
        for number in counts.keys() - {place.number for place in places.values()}:
            where = document.position(("inhabitants", number))
            yield _problem(document, "unknown-municipality", where, value=number)


def _holds(documents: Mapping[str, Document], name: str, id_: str) -> bool:
    return name in documents and documents[name].node((id_,)) is not None


def join_places(
    places: dict[str, PlaceEntry],
    municipalities: Mapping[str, MunicipalityEntry],
    documents: Mapping[str, Document],
    codes: tuple[str, ...],
) -> Iterator[Problem]:
    """Put all municipalities among the places, and yield what is wrong between places.

    ``documents`` are the files that could be read, by ``PLACES`` and ``MUNICIPALITIES``; ``codes``
    are the languages to name municipalities in.  One with a problem is left out.
    """
    told = documents.get(PLACES)
    if told is not None:
        yield from _surroundings(places, {*places, *municipalities}, told)
        yield from _numbers(places, told)
    listed = documents.get(MUNICIPALITIES)
    # Without its counties, every line of the list would be wrong: what is missing is told of once.
    if told is None or listed is None:
        return
    problems = dict(_listed(places, municipalities, told, listed))
    yield from problems.values()
    joining = {
        id_: entry
        for id_, entry in municipalities.items()
        if id_ not in problems and entry.within in places  # else its county has a problem
    }
    names = Counter(entry.name for entry in joining.values())
    for id_, entry in joining.items():
        county = places[entry.within] if names[entry.name] > 1 else None
        # Everything in it was checked where it stood.
        places[id_] = PlaceEntry.model_construct(
            label={code: _label(entry, county, code) for code in codes},
            kind=MUNICIPALITY,
            number=entry.number,
            within=entry.within,
            size=entry.size,
        )


def _label(entry: MunicipalityEntry, county: PlaceEntry | None, code: str) -> str:
    """Return what a municipality is called; one of several with its name, with its county."""
    name = " – ".join([entry.name, *entry.also])
    if county is None:
        return name
    return f"{name} ({county.short or county.label.get(code, entry.within)})"


def _surroundings(
    places: Mapping[str, PlaceEntry], known: set[str], document: Document
) -> Iterator[Problem]:
    """What a place lies or lay within must exist, and not be the place itself."""
    named = {
        (id_, *steps): name
        for id_, place in places.items()
        for steps, name in (
            (("within",), place.within),
            *((("earlier", at, "county"), past.county) for at, past in enumerate(place.earlier)),
        )
    }
    for steps, name in named.items():
        if name is None or (name in known and name != steps[0]):
            continue
        others = known - {steps[0]}
        yield _problem(
            document,
            "place-in-itself" if name == steps[0] else "unknown-place",
            document.value_position(steps),
            value=name,
            closest=closest(name, sorted(others)) if name != steps[0] else "",
            allowed=some(others),
        )


def _numbers(places: Mapping[str, PlaceEntry], document: Document) -> Iterator[Problem]:
    """A number belongs to one place, and begins with that of the county around."""
    first: dict[str, str] = {}
    for id_, place in places.items():
        if place.number is None:
            continue
        where = document.value_position((id_, "number"))
        yield from _taken(place.number, id_, first, document, where)
        if place.kind == MUNICIPALITY and place.within is not None:
            yield from _other_county(place.number, places.get(place.within), document, where)


def _listed(
    places: Mapping[str, PlaceEntry],
    municipalities: Mapping[str, MunicipalityEntry],
    told: Document,
    listed: Document,
) -> Iterator[tuple[str, Problem]]:
    """Yield the first thing that is wrong with each municipality of the list, by its id."""
    counties = {id_: place for id_, place in places.items() if place.kind == COUNTY}
    first = {place.number: id_ for id_, place in places.items() if place.number is not None}
    for id_, entry in municipalities.items():
        number = listed.value_position((id_, "number"))
        if told.node((id_,)) is not None:
            here, there = listed.position((id_,)), told.position((id_,))
            yield id_, _problem(listed, "same-place", here, value=id_, first=there.line)
        elif entry.within in counties:
            found = [
                *_taken(entry.number, id_, first, listed, number),
                *_other_county(entry.number, counties[entry.within], listed, number),
            ]
            yield from ((id_, problem) for problem in found[:1])
        elif entry.within in places or told.node((entry.within,)) is None:
            yield (
                id_,
                _problem(
                    listed,
                    "unknown-county",
                    listed.value_position((id_, "within")),
                    value=entry.within,
                    closest=closest(entry.within, sorted(counties)),
                    allowed=some(counties, most=len(counties)),
                ),
            )


def _taken(
    number: str, id_: str, first: dict[str, str], document: Document, where: Position
) -> Iterator[Problem]:
    other = first.setdefault(number, id_)
    if other != id_:
        yield _problem(
            document, "shared-place-number", where, value=number, first=other, second=id_
        )


def _other_county(
    number: str, county: PlaceEntry | None, document: Document, where: Position
) -> Iterator[Problem]:
    if county is None or county.kind != COUNTY or county.number is None:
        return
    if not number.startswith(county.number):
        yield _problem(
            document, "number-of-other-county", where, value=number, county=county.number
        )


def _problem(document: Document, rule: str, where: Position, **details: Any) -> Problem:
    return Problem.make(document.path, where.line, where.column, rule, **details)
