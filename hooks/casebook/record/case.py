"""The typed record of one initiative: its fields, what each holds, and what is required.

These definitions are the one source for the validator, and for whatever is to be generated from
the format (field reference, schema, template, form).  Field names are the keys of the file; their
labels in each language stand in ``strings/<language>/record.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from casebook.record.kinds import (
    ID_SHAPE,
    PROSE_LIMIT,
    Address,
    CitedLine,
    CitedParagraphs,
    ClockTime,
    Email,
    Id,
    Kind,
    Line,
    NameOrText,
    Number,
    OneOf,
    PartialDate,
    Pattern,
    Phone,
    Place,
    ProseText,
    ReferenceId,
    ShortName,
    Term,
    Text,
    Translations,
    When,
    Year,
    read_date,
    read_number,
)
from casebook.record.model import Fault, Model, fault, report, rethrown

WITHDRAWN = "withdrawn"
"""The status of a case of which nothing is told any more but that it was taken out, and why."""
STATUSES = ("planned", "pilot", "active", "ended", "scaled", "unknown", WITHDRAWN)
DEPTHS = ("full", "short", "mention")
UNITS = (
    "percent",
    "people",
    "posts",
    "units",
    "municipalities",
    "years",
    "months",
    "hours",
    "meetings",
    "exams",
    "count",
)
COST_UNITS = ("per-participant", "per-place", "per-year", "total")
"""What an amount of money is for."""
NOT_STUDIED = "not-studied"
"""The direction of a case whose sources do not say which way it went."""
DESCRIBED = "described"
"""The evidence label of a case that nobody has counted or studied."""
NOT_KNOWN = "not-known"
"""What stands for ``hard_parts`` when nobody has told: shown as unknown, never left out."""


def _without_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    report(
        fault("repeated-value", place, value=value)
        for place, value in enumerate(values)
        if values.index(value) < place
    )
    return values


def _as_status(value: Any) -> Any:
    """Let the short form ``status: active`` stand for ``status: {is: active}``."""
    return {"is": value} if isinstance(value, str) else value


def _start_before_end(data: dict[str, Any], start: str, end: str) -> Iterator[Fault]:
    first, last = data.get(start), data.get(end)
    if not isinstance(first, str) or not isinstance(last, str):
        return
    begins, ends = read_date(first.strip()), read_date(last.strip())
    if begins is not None and ends is not None and ends.last_day < begins:
        yield fault("ends-before-start", end, start=begins, end=ends)


When_ = Annotated[PartialDate, When()]
Day = Annotated[PartialDate, When(whole=True, past=True)]
Reference = Annotated[str, ReferenceId()]
FormerId = Annotated[str, Pattern(ID_SHAPE, "former-id-shape")]
Distinct = AfterValidator(_without_repeats)
TargetGroups = Annotated[tuple[Annotated[str, Term("target_groups")], ...], Distinct]
Measures = Annotated[tuple[Annotated[str, Term("measures")], ...], Distinct]
Sectors = Annotated[tuple[Annotated[str, Term("sectors")], ...], Distinct]
Collaboration = Annotated[tuple[Annotated[str, Term("collaboration")], ...], Distinct]
Funding = Annotated[tuple[Annotated[str, Term("funding")], ...], Distinct]
ResultTypes = Annotated[tuple[Annotated[str, Term("result_types")], ...], Distinct]
Barriers = Annotated[tuple[Annotated[str, Term("barriers")], ...], Distinct]
Roles = Annotated[tuple[Annotated[str, Term("organisation_roles")], ...], Distinct]
Places = Annotated[tuple[Annotated[str, Place()], ...], Distinct]


class Status(Model):
    """Where the initiative stands, and at what time that was known."""

    is_: Annotated[str, OneOf(STATUSES)] = Field(alias="is", examples=["is: active"])
    as_of: Annotated[PartialDate, When(past=True)] | None = None
    note: CitedLine | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Whoever comes for a case that was taken out is told when, and why."""
        said = data.get("is")
        missing = [field for field in ("as_of", "note") if field not in data]
        if isinstance(said, str) and said.strip() == WITHDRAWN and missing:
            yield fault("withdrawn-without-reason", "is", fields=", ".join(missing))


class Period(Model):
    """When it ran; no end when it still runs or nobody knows."""

    start: When_ | None = None
    end: When_ | None = None
    note: CitedLine | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """An end comes after its start."""
        yield from _start_before_end(data, "start", "end")


class Organisation(Model):
    """Someone behind the initiative; the first one is its owner."""

    name: ShortName = Field(examples=["name: NAV Sandefjord"])
    type: Annotated[str, Term("partner_types")] | None = None
    roles: Roles = Field(min_length=1, examples=["roles: [owner]"])
    note: CitedLine | None = None


class Range(Model):
    """A number that is only known to lie between two others."""

    from_: Annotated[float, Number()] = Field(alias="from", examples=["from: 18"])
    to: Annotated[float, Number()] = Field(examples=["to: 23"])


class NumberOrRange(Kind):
    """A number, or ``{from: …, to: …}``."""

    def read(self, value: Any, context: Any) -> float | Range:
        """Return the number or the range."""
        if isinstance(value, dict):
            found = Range.model_validate(value, context=context)
            if found.to < found.from_:
                report([fault("range-backwards", "to", start=value["from"], end=value["to"])])
            return found
        return Number().read(value, context)


class Value(Model):
    """One figure; without a year it is shown as undated."""

    year: Annotated[int, Year()] | None = None
    date: When_ | None = None
    value: Annotated[float | Range, NumberOrRange()] = Field(examples=["value: 34"])
    source: Reference | None = None
    note: CitedLine | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """A figure has one time, not two."""
        if "year" in data and "date" in data:
            yield fault("year-and-date", "date")


class Result(Model):
    """A thing that was counted: its values over time, or as different sources give it."""

    indicator: Line = Field(examples=["indicator: {nb: Andel i arbeid, en: Share in work}"])
    unit: Annotated[str, OneOf(UNITS)] = Field(examples=["unit: percent"])
    values: Annotated[tuple[Value, ...], Field(min_length=1)] = Field(
        examples=["values: [{year: 2017, value: 73}]"]
    )
    source: Reference = Field(examples=["source: imdi-sondre-nordstrand"])
    note: CitedParagraphs | None = None
    disagreement: CitedParagraphs | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Two values are needed to disagree; a percentage has no business above a hundred."""
        values = data.get("values")
        if "disagreement" in data and isinstance(values, list) and len(values) < 2:
            yield fault("disagreement-needs-two", "disagreement")
        if data.get("unit") == "percent" and isinstance(values, list):
            for place, entry in enumerate(values):
                number = entry.get("value") if isinstance(entry, dict) else None
                if isinstance(number, dict):
                    yield from _above_hundred(number.get("to"), "values", place, "value", "to")
                else:
                    yield from _above_hundred(number, "values", place, "value")


def _above_hundred(value: Any, *place: str | int) -> Iterator[Fault]:
    number = read_number(value.strip()) if isinstance(value, str) else None
    if number is not None and number > 100:  # what is no number is reported by the field itself
        yield fault("percent-above-hundred", *place, value=value)


class Account(Model):
    """What one source says."""

    says: Line = Field(examples=["says: {nb: …, en: …}"])
    source: Reference = Field(examples=["source: sandefjord-guide"])


class Cost(Model):
    """What it cost, in Norwegian kroner of one year."""

    amount: Annotated[float | Range, NumberOrRange()] = Field(examples=["amount: 250000"])
    unit: Annotated[str, OneOf(COST_UNITS)] = Field(examples=["unit: per-participant"])
    year: Annotated[int, Year()] = Field(examples=["year: 2024"])
    paid_by: CitedLine | None = None
    includes: CitedLine | None = None
    source: Reference = Field(examples=["source: sandefjord-guide"])


class Disagreement(Model):
    """Something that sources tell differently; shown side by side, never merged."""

    about: Line = Field(examples=["about: {nb: …, en: …}"])
    accounts: Annotated[tuple[Account, ...], Field(min_length=2)]
    note: CitedParagraphs | None = None


class Evidence(Model):
    """How far the results can be trusted, and why."""

    level: Annotated[str, Term("evidence")] = Field(examples=["level: monitored"])
    note: CitedParagraphs | None = None


class Direction(Model):
    """Which way the results went, whatever the evidence, and the source that says so."""

    is_: Annotated[str, Term("direction")] = Field(alias="is", examples=["is: mixed"])
    source: Reference | None = None
    note: CitedParagraphs | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Whoever says which way it went names who found that."""
        if "source" not in data and (way := _way(data)):
            yield fault("direction-without-source", "is", value=way)


def _way(direction: Any) -> str:
    """Return which way a direction says that it went, "" where it does not."""
    said = direction.get("is") if isinstance(direction, dict) else None
    way = said.strip() if isinstance(said, str) else ""
    return "" if way == NOT_STUDIED else way


class Reuse(Model):
    """Who has taken it up, and how."""

    who: Line = Field(examples=["who: {nb: …, en: …}"])
    how: Line = Field(examples=["how: {nb: …, en: …}"])
    year: Annotated[int, Year()] | None = None
    source: Reference | None = None


class Basis(Model):
    """Why a person may be named: published elsewhere, or consent given on a day."""

    published: Reference | None = None
    consent: Day | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """One of the two is needed."""
        if not {"published", "consent"} & data.keys():
            yield fault("no-basis")


class Contact(Model):
    """Whom to ask: the role first, a person only with a basis."""

    role: Line = Field(examples=["role: {nb: Prosjektleder, en: Project leader}"])
    organisation: ShortName = Field(examples=["organisation: NAV Søndre Nordstrand"])
    name: ShortName | None = None
    phone: Phone | None = None
    email: Email | None = None
    note: CitedLine | None = None
    basis: Basis | None = None
    confirmed: Day | None = None

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Personal data needs a basis (General Data Protection Regulation, article 6)."""
        personal = [key for key in ("name", "phone", "email") if key in data]
        if personal and "basis" not in data:
            yield fault("person-without-basis", personal[0])


class DocumentLink(Model):
    """A document, page or film; the title keeps its own language unless it is translated here."""

    title: Annotated[str | Translations, NameOrText()] = Field(examples=["title: …"])
    publisher: ShortName | None = None
    date: When_ | None = None
    language: Annotated[str, Pattern(r"[a-z]{2}", "not-a-language-code")] | None = None
    url: Annotated[str, Address()] | None = None
    time: ClockTime | None = None
    note: CitedLine | None = None


class Image(Model):
    """A picture with the words for those who do not see it, and whose it is."""

    file: Annotated[str, Pattern(r"[a-z0-9][a-z0-9_-]*\.(avif|jpg|png|svg|webp)", "not-a-picture")]
    alt: Line = Field(examples=["alt: {nb: …, en: …}"])
    credit: ShortName = Field(examples=["credit: …"])
    licence: ShortName = Field(examples=["licence: CC BY 4.0"])


class Translation(Model):
    """Who translated, and which Norwegian text it was: its digest (``casebook show`` prints it)."""

    by: Annotated[str, OneOf(("human", "machine"))] = Field(examples=["by: human"])
    of: Annotated[str, Pattern(r"[0-9a-f]{16}", "not-a-digest")] | None = None


class TranslationsByLanguage(Kind):
    """Language code -> how that language's text was made."""

    def read(self, value: Any, context: Any) -> dict[str, Translation]:
        """Return the translations; the default language is the original and has none."""
        if not isinstance(value, dict):
            report([fault("expected-mapping", given=value)])
        languages = context.languages
        others = [code for code in languages.codes if code != languages.default.code]
        report(
            fault("unknown-word", code, value=code, closest="", allowed=", ".join(others))
            for code in value
            if code not in others
        )
        return {code: _translation(code, entry, context) for code, entry in value.items()}


def _translation(code: str, entry: Any, context: Any) -> Translation:
    try:
        return Translation.model_validate(entry, context=context)
    except ValidationError as error:
        report({**found, "loc": (code, *found.get("loc", ()))} for found in rethrown(error))
        raise


class ProseOrNotKnown(Kind):
    """Prose, or the word that says that nobody knows."""

    cites = True

    def read(self, value: Any, context: Any) -> Translations | None:
        """Return the prose, or None when it is not known."""
        if isinstance(value, str) and value.strip() == NOT_KNOWN:
            return None
        if isinstance(value, dict):
            report(
                [
                    fault("word-in-text", code, value=NOT_KNOWN)
                    for code, words in value.items()
                    if isinstance(words, str) and words.strip() == NOT_KNOWN
                ]
            )
        if isinstance(value, str):
            report([fault("text-or-word", value=value.strip(), word=NOT_KNOWN)])
        return Text("prose", PROSE_LIMIT, cites=True).read(value, context)


Prose = ProseText | None


@dataclass(frozen=True, slots=True)
class Use:
    """What the field of a record is for.

    Attributes:
        section: The part of the form that asks for it.  Texts of "summary" and "story" are shown
            as such on the page.
        expected: Whether a full case has it, though a record may do without.
        compared: Whether it is a row where cases are compared.
    """

    section: str
    expected: bool = False
    compared: bool = False


class Case(Model):
    """A record: one initiative.  The order of fields is the order in which they are written."""

    title: Annotated[Translations, Text("line", 120), Use("basics")] = Field(
        examples=["title: {nb: Kafé Eksempel, en: Example café}"]
    )
    lead: Annotated[Line, Use("basics")] = Field(
        examples=["lead: {nb: …, en: …}  # én setning / one sentence"]
    )
    depth: Annotated[str, OneOf(DEPTHS), Use("basics")] = "full"
    names: Annotated[tuple[ShortName, ...], Use("basics")] = ()
    status: Annotated[Status, BeforeValidator(_as_status), Use("basics")] = Field(
        examples=["status: active"]
    )
    period: Annotated[Period | None, Use("basics", expected=True)] = None
    places: Annotated[Places, Use("basics")] = Field(min_length=1, examples=["places: [asker]"])
    organisations: Annotated[tuple[Organisation, ...], Use("partners")] = Field(
        min_length=1, examples=["organisations: [{name: NAV Asker, roles: [owner]}]"]
    )
    target_groups: Annotated[TargetGroups, Use("themes")] = Field(
        min_length=1, examples=["target_groups: [immigrant-women]"]
    )
    measures: Annotated[Measures, Use("themes")] = Field(
        min_length=1, examples=["measures: [work-training]"]
    )
    sectors: Annotated[Sectors, Use("themes", expected=True)] = ()
    collaboration: Annotated[Collaboration, Use("themes", expected=True)] = ()
    funding: Annotated[Funding, Use("themes", expected=True)] = ()
    result_types: Annotated[ResultTypes, Use("themes", expected=True)] = ()
    barriers: Annotated[Barriers, Use("themes", expected=True)] = ()
    challenge: Annotated[CitedParagraphs, Use("summary")] = Field(
        examples=["challenge: {nb: …, en: …}"]
    )
    measure: Annotated[CitedParagraphs, Use("summary")] = Field(
        examples=["measure: {nb: …, en: …}"]
    )
    result: Annotated[CitedParagraphs, Use("summary")] = Field(examples=["result: {nb: …, en: …}"])
    goal: Annotated[Prose, Use("story", expected=True)] = None
    participants: Annotated[Prose, Use("story", expected=True)] = None
    about: Annotated[Prose, Use("story", expected=True)] = None
    organisation: Annotated[Prose, Use("story", expected=True)] = None
    transfer: Annotated[Prose, Use("story", compared=True)] = None
    economy: Annotated[Prose, Use("story", expected=True)] = None
    cost: Annotated[tuple[Cost, ...], Use("results")] = ()
    results: Annotated[tuple[Result, ...], Use("results", expected=True)] = ()
    disagreements: Annotated[tuple[Disagreement, ...], Use("results")] = ()
    evidence: Annotated[Evidence, Use("results")] = Field(examples=["evidence: {level: described}"])
    direction: Annotated[Direction | None, Use("results")] = None
    hard_parts: Annotated[Translations | None, ProseOrNotKnown(), Use("learning")] = Field(
        examples=["hard_parts: {nb: …, en: …}  # not-known"]
    )
    success_factors: Annotated[tuple[CitedLine, ...], Use("learning", expected=True)] = ()
    steps: Annotated[tuple[CitedParagraphs, ...], Use("learning", expected=True)] = ()
    reuse: Annotated[tuple[Reuse, ...], Use("learning")] = ()
    contacts: Annotated[tuple[Contact, ...], Use("partners", expected=True)] = ()
    attachments: Annotated[tuple[DocumentLink, ...], Use("more")] = ()
    links: Annotated[tuple[DocumentLink, ...], Use("more")] = ()
    images: Annotated[tuple[Image, ...], Use("more")] = ()
    related: Annotated[tuple[Id, ...], Distinct, Use("relations")] = ()
    shown_with: Annotated[tuple[Id, ...], Distinct, Use("relations")] = ()
    part_of: Annotated[Id | None, Use("relations")] = None
    former_ids: Annotated[tuple[FormerId, ...], Distinct, Use("relations")] = ()
    sources: Annotated[tuple[Reference, ...], Distinct, Use("sources")] = Field(
        min_length=1, examples=["sources: [sandefjord-guide]"]
    )
    updated: Annotated[Day, Use("dates")] = Field(examples=["updated: 2026-11-21"])
    confirmed: Annotated[Day | None, Use("dates", expected=True)] = None
    translation: Annotated[Mapping[str, Translation], TranslationsByLanguage(), Use("dates")] = (
        Field(default_factory=dict)
    )

    @classmethod
    def faults(cls, data: dict[str, Any]) -> Iterator[Fault]:
        """Which way it went cannot be known where nobody has counted or studied it."""
        evidence, way = data.get("evidence"), _way(data.get("direction"))
        level = evidence.get("level") if isinstance(evidence, dict) else None
        if way and isinstance(level, str) and level.strip() == DESCRIBED:
            yield fault("direction-without-evidence", "direction", "is", value=way)
