"""View-models: what a page shows in one language, as plain values without HTML.

Every text here is final (right language, dates and numbers written out), so a renderer only
decides how it looks.  There are two exceptions: ``Prose`` is Markdown source that the renderer
turns into safe HTML, and texts of a case hold tokens where they cite a source, which become marks
(``casebook.record.citations``).  Classes are frozen: a view never changes after it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Prose = NewType("Prose", str)
"""Markdown source in the subset that records allow (see ``casebook.render.prose``)."""


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A link to another case: its id (the renderer knows the address), title and lead.

    ``shared`` are the most telling terms that both carry, where they say why it stands here.
    """

    id: str
    title: str
    lead: str
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the summary box: a heading and plain paragraphs."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A term of a facet as a label that leads to the term's page."""

    facet: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class FactItem:
    """One value of a key fact, with an optional explanation or qualification.

    ``tag`` is set when the whole value is a term of a facet; ``about`` are terms that tell more of
    it (a municipality's county and size band).
    """

    text: str
    note: str | None = None
    tag: Tag | None = None
    about: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A row of the key-fact panel: ``id`` is the field it comes from."""

    id: str
    label: str
    items: tuple[FactItem, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation behind the case, what kind it is and what it does there."""

    name: str
    kind: Tag | None
    roles: str
    note: str | None


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One rung of the evidence ladder; ``here`` marks the case's own level."""

    label: str
    reached: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence label in words: what it means in general and why this case has it."""

    id: str
    label: str
    meaning: str
    note: str | None
    ladder: tuple[EvidenceStep, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way the results went: the term, what it means, why, and the source that says so."""

    tag: Tag
    meaning: str
    note: str | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: when, how much (``text`` written out, ``number`` for drawing), and its source.

    ``number`` is None for a range.  ``reference`` is the number of the source in the page's list.
    """

    when: str
    text: str
    number: float | None
    note: str | None
    reference: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: label, written value and length as a share (0–1) of the axis."""

    label: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """What was counted, its values, and (when drawing makes sense) bars for a chart.

    ``disagreement`` explains why sources give different values; such values are never a trend.
    """

    id: str
    title: str
    values: tuple[Value, ...]
    bars: tuple[Bar, ...]
    note: str | None
    disagreement: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says about something that sources tell differently."""

    says: str
    reference: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact that sources tell differently, side by side."""

    about: str
    accounts: tuple[Account, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of prose with its heading."""

    id: str
    heading: str
    body: Prose


@dataclass(frozen=True, slots=True)
class Reuse:
    """Who has taken the initiative up, and how."""

    who: str
    how: str
    when: str | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask.  ``basis`` says in words why a person may be named here.

    ``withheld`` says that the record names a person whom nobody has confirmed for so long that the
    page does not.  ``until`` is the last day on which the person who is named may be.
    """

    role: str
    organisation: str
    name: str | None
    phone: str | None
    email: str | None
    note: str | None
    basis: str | None
    confirmed: str | None
    withheld: bool
    until: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """An attachment or link.  ``title_language`` is set when the title is in another language.

    ``details`` is one line: publisher, date, language and where in a film to start.
    """

    title: str
    title_language: str | None
    url: str | None
    details: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered source of the page."""

    number: int
    id: str
    title: str
    title_language: str | None
    url: str | None
    details: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written out and as ISO 8601 (for ``<time datetime>``)."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the page: its anchor and text."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A short label with an id for its look (status, evidence)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a case: its file, what it shows in words, and whose it is."""

    file: str
    alt: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an agreement like that of a case starts from.

    ``fits`` is the checklist that fits ("measure", "framework"), None when the record tells of
    neither or both.
    ``facts`` is JSON for the form: the case's title, what it fills in, and terms of facets.
    """

    fits: str | None
    facts: str


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A row of a brief: its name, what is told in bold first, and whole sentences or labels."""

    id: str
    label: str
    strong: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader has to know of a case, on one page (``casebook.page.brief``).

    ``what`` says what it is.  ``facts`` is one line in place of the rows, for a case of which no
    more is known than a sentence.  ``unknown`` tells in one line what the sources do not say.
    """

    what: str
    facts: str | None
    rows: tuple[BriefRow, ...]
    unknown: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that stands on a case's page in one language.

    Empty tuples and None mean that the record does not hold it; the page then leaves the part out.
    ``translation`` is "original", "fresh", "stale", "machine" or "missing"; ``by_machine`` says
    that a machine wrote the text, also when it is stale.  ``overdue`` says that it was confirmed
    too long ago, and ``confirmed_until`` is the last day on which it is not.
    """

    id: str
    language: str
    title: str
    lead: str
    names: tuple[str, ...]
    depth: str
    status: Badge
    brief: Brief
    summary: tuple[Block, ...]
    key_facts: tuple[KeyFact, ...]
    organisations: tuple[Organisation, ...]
    agreement: Agreement | None
    direction: Direction | None
    evidence: Evidence
    indicators: tuple[Indicator, ...]
    disagreements: tuple[Disagreement, ...]
    sections: tuple[Section, ...]
    cost: Indicator | None
    pictures: tuple[Picture, ...]
    hard_parts: Section | None
    success_factors: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    reuse: tuple[Reuse, ...]
    contacts: tuple[Contact, ...]
    attachments: tuple[Document, ...]
    links: tuple[Document, ...]
    part_of: CaseLink | None
    parts: tuple[CaseLink, ...]
    related: tuple[CaseLink, ...]
    shown_with: tuple[CaseLink, ...]
    similar: tuple[CaseLink, ...]
    references: tuple[Reference, ...]
    updated: Day
    confirmed: Day | None
    confirmed_until: str | None
    overdue: bool
    translation: str
    by_machine: bool
    toc: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A case in a list: where and when, one result, and how sure we are.

    ``kind`` is the first kind of measure, by which cards differ to the eye.  ``result`` is "" where
    our sources tell of none.  A ``mention`` is a case of which we know a sentence: a row.
    """

    id: str
    title: str
    lead: str
    place: str
    period: str
    kind: Tag
    result: str
    evidence: Badge
    mention: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in by situation: a term with how many cases carry it."""

    tag: Tag
    count: int


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """The ways in of one facet (target group, kind of measure, collaboration)."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A municipality to compare with: its county and size band, "" where they are not known."""

    id: str
    label: str
    county: str
    size: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a reader can tell of their own place, so that cases like it come first."""

    municipalities: tuple[PlaceChoice, ...]
    counties: tuple[Tag, ...]
    sizes: tuple[Tag, ...]
    partners: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue as it is served: the first of ``total`` cases, best known first, all choices.

    ``evidence`` are the badges that cards can have, ``kinds`` the kinds of measure.
    """

    language: str
    total: int
    per_page: int
    cards: tuple[Card, ...]
    groups: tuple[EntryGroup, ...]
    comparison: Comparison
    evidence: tuple[Badge, ...]
    kinds: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: cases to begin with, ways in by situation, newest and last confirmed ones.

    ``best`` are those we know most of, each of another kind.  ``facets`` are all other ways in: id
    and name.
    """

    language: str
    total: int
    best: tuple[Card, ...]
    entry_groups: tuple[EntryGroup, ...]
    facets: tuple[tuple[str, str], ...]
    newest: tuple[Card, ...]
    confirmed: tuple[Card, ...]
