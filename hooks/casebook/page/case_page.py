"""The page of one case: from the typed record to what is shown in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from casebook.collection.facets import TERM_FIELDS, county_of
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.page import view
from casebook.page.agreement import build_agreement
from casebook.page.brief import build_brief, status_label
from casebook.page.figures import costs, indicator
from casebook.page.references import CitingWriter, ReferenceList
from casebook.page.terms import tag_of, term_label, term_note
from casebook.page.writing import Writer
from casebook.record.case import NOT_STUDIED, Case, Contact, DocumentLink
from casebook.record.fields import names_used_for
from casebook.record.freshness import (
    confirmed_until,
    freshness,
    names_person,
    person_until,
    shows_person,
)
from casebook.record.vocabulary import Vocabulary

_HEADINGS = "page.headings."
REASONS = 3
"""How many of the terms that two cases share are told."""


def build_case_page(id_: str, library: Library, language: Language) -> view.CasePage:
    """Return the page of the case ``id_`` in ``language``.

    Raises KeyError when the library has no such case.
    """
    case, writer = library.cases[id_], Writer(language, library.languages)
    references = ReferenceList(library.vocabulary)
    cites = CitingWriter(language, library.languages, references)
    # Sources are numbered in the order in which the page shows them, the record's own list last.
    brief = build_brief(case, library, references, writer)
    summary = tuple(_summary(case, cites))
    key_facts = tuple(_key_facts(case, library, cites))
    direction = _direction(case, library, references, cites)
    evidence = _evidence(case, library, cites)
    indicators = tuple(
        indicator(number, result, references, cites)
        for number, result in enumerate(case.results, start=1)
    )
    disagreements = tuple(_disagreements(case, references, cites))
    sections = tuple(_sections(case, cites))
    cost = costs(case.cost, references, cites)
    organisations = tuple(_organisations(case, library, cites))
    hard_parts = _hard_parts(case, cites)
    success_factors = tuple(cites.pair(factor) for factor in case.success_factors)
    steps = tuple(cites.paragraphs(step) for step in case.steps)
    reuse = tuple(_reuse(case, references, writer))
    contacts = tuple(_contact(contact, library, cites) for contact in case.contacts)
    until = confirmed_until(case)
    attachments = tuple(_document(link, cites) for link in case.attachments)
    links = tuple(_document(link, cites) for link in case.links)
    for source in case.sources:
        references.number(source)
    parent = library.index.parent(id_)
    page = view.CasePage(
        id=id_,
        language=language.code,
        title=writer.pair(case.title),
        lead=writer.pair(case.lead),
        names=case.names,
        depth=case.depth,
        status=view.Badge(case.status.is_, status_label(case, writer)),
        brief=brief,
        summary=summary,
        key_facts=key_facts,
        organisations=organisations,
        agreement=build_agreement(case, organisations, library, writer),
        direction=direction,
        evidence=evidence,
        indicators=indicators,
        disagreements=disagreements,
        sections=sections,
        cost=cost,
        pictures=tuple(
            view.Picture(image.file, writer.pair(image.alt), image.credit, image.licence)
            for image in case.images
        ),
        hard_parts=hard_parts,
        success_factors=success_factors,
        steps=steps,
        reuse=reuse,
        contacts=contacts,
        attachments=attachments,
        links=links,
        part_of=case_link(parent, library, writer) if parent else None,
        parts=tuple(case_link(part, library, writer) for part in library.index.parts(id_)),
        related=tuple(_alike(id_, library.index.related(id_), library, writer)),
        shown_with=tuple(
            case_link(other, library, writer) for other in library.index.shown_with(id_)
        ),
        similar=tuple(_alike(id_, library.similar.nearest(id_), library, writer)),
        references=references.entries(writer),
        updated=view.Day(writer.date(case.updated), str(case.updated)),
        confirmed=writer.day(case.confirmed),
        confirmed_until=until.isoformat() if until else None,
        overdue=freshness(case, library.today) == "overdue",
        translation=library.translation_state(id_, language.code),
        by_machine=library.by_machine(id_, language.code),
        toc=(),
    )
    return _with_toc(page, writer)


def case_link(id_: str, library: Library, writer: Writer) -> view.CaseLink:
    """Return a link to the case ``id_``."""
    case = library.cases[id_]
    return view.CaseLink(id_, writer.pair(case.title), writer.pair(case.lead))


def _alike(
    id_: str, others: Iterable[str], library: Library, writer: Writer
) -> Iterator[view.CaseLink]:
    """Yield links to other cases with the most telling of what they share with this one."""
    for other in others:
        shared = tuple(
            term_label(facet, term, library.vocabulary, writer)
            for facet, term in library.similar.shared(id_, other)[:REASONS]
        )
        yield replace(case_link(other, library, writer), shared=shared)


def _summary(case: Case, writer: Writer) -> Iterator[view.Block]:
    for field in names_used_for("summary"):
        text: Mapping[str, str] = getattr(case, field)
        yield view.Block(field, writer.label(field), writer.paragraphs(text))


def _key_facts(case: Case, library: Library, writer: Writer) -> Iterator[view.KeyFact]:
    vocabulary = library.vocabulary
    places = tuple(_place(id_, library, writer) for id_ in case.places)
    yield view.KeyFact("places", writer.label("places"), places)
    tag = tag_of("status", case.status.is_, vocabulary, writer)
    status = tag.label
    if case.status.as_of is not None:
        status = writer.text("page.as_of", what=status, when=writer.date(case.status.as_of))
    note = writer.maybe(case.status.note)
    yield view.KeyFact("status", writer.label("status"), (view.FactItem(status, note, tag),))
    period = writer.period(case)
    note = writer.maybe(case.period.note) if case.period else None
    if period or note:
        item = view.FactItem(period or writer.text("page.unknown"), note)
        yield view.KeyFact("period", writer.label("period"), (item,))
    for field in TERM_FIELDS:
        tags = [tag_of(field, term, vocabulary, writer) for term in getattr(case, field)]
        items = tuple(view.FactItem(tag.label, tag=tag) for tag in tags)
        if items:
            yield view.KeyFact(field, writer.label(field), items)


def _place(id_: str, library: Library, writer: Writer) -> view.FactItem:
    """Return a place; what surrounds it leads to the pages of county and size band."""
    vocabulary = library.vocabulary
    name = writer.pair(vocabulary.places[id_].label)
    county = tag_of("county", county_of(id_, vocabulary), vocabulary, writer)
    note = _inhabitants(id_, vocabulary, writer)
    if county.term == id_ or county.label == name:
        return view.FactItem(name, note, tag=county)
    size = vocabulary.places[id_].size
    bands = (view.Tag("size", size, writer.text(f"page.sizes.{size}")),) if size else ()
    return view.FactItem(name, note, about=(county, *bands))


def _inhabitants(id_: str, vocabulary: Vocabulary, writer: Writer) -> str | None:
    """Return how many live in a municipality, when and who counted; None for other places."""
    counted, number = vocabulary.inhabitants, vocabulary.places[id_].number
    if counted is None or number is None or number not in counted.inhabitants:
        return None
    value = writer.language.number(counted.inhabitants[number])
    date, by = writer.date(counted.date), writer.pair(counted.counted_by)
    return writer.text("page.inhabitants", value=value, date=date, by=by)


def _organisations(case: Case, library: Library, writer: Writer) -> Iterator[view.Organisation]:
    vocabulary = library.vocabulary
    roles = vocabulary.facet("organisation_roles")
    for entry in case.organisations:
        kind = tag_of("partner_types", entry.type, vocabulary, writer) if entry.type else None
        names = [writer.pair(roles[role].label) for role in entry.roles]
        names[1:] = [name[:1].lower() + name[1:] for name in names[1:]]
        yield view.Organisation(entry.name, kind, ", ".join(names), writer.maybe(entry.note))


def _direction(
    case: Case, library: Library, references: ReferenceList, writer: Writer
) -> view.Direction | None:
    found = case.direction
    if found is None or (found.is_ == NOT_STUDIED and found.note is None):
        return None  # the brief tells what is not known
    reference = references.number(found.source) if found.source else None
    return view.Direction(
        tag=tag_of("direction", found.is_, library.vocabulary, writer),
        meaning=term_note("direction", found.is_, library.vocabulary, writer),
        note=writer.one_line(found.note),
        reference=reference,
    )


def _evidence(case: Case, library: Library, writer: Writer) -> view.Evidence:
    levels = library.vocabulary.facet("evidence")
    order = list(levels)
    rank = order.index(case.evidence.level)
    ladder = tuple(
        view.EvidenceStep(writer.pair(levels[id_].label), place <= rank, place == rank)
        for place, id_ in enumerate(order)
    )
    level = levels[case.evidence.level]
    return view.Evidence(
        id=case.evidence.level,
        label=writer.pair(level.label),
        meaning=" ".join(writer.paragraphs(level.note)),
        note=writer.one_line(case.evidence.note),
        ladder=ladder,
    )


def _disagreements(
    case: Case, references: ReferenceList, writer: Writer
) -> Iterator[view.Disagreement]:
    for entry in case.disagreements:
        accounts = tuple(
            view.Account(writer.pair(account.says), references.number(account.source))
            for account in entry.accounts
        )
        yield view.Disagreement(writer.pair(entry.about), accounts, writer.one_line(entry.note))


def _sections(case: Case, writer: Writer) -> Iterator[view.Section]:
    for field in names_used_for("story"):
        text: Mapping[str, str] | None = getattr(case, field)
        if text is not None:
            body = view.Prose(writer.pair(text))
            yield view.Section(field, writer.label(field), body)


def _hard_parts(case: Case, writer: Writer) -> view.Section | None:
    if case.hard_parts is None:
        return None
    heading = writer.text("page.headings.hard-parts")
    return view.Section("hard-parts", heading, view.Prose(writer.pair(case.hard_parts)))


def _reuse(case: Case, references: ReferenceList, writer: Writer) -> Iterator[view.Reuse]:
    for entry in case.reuse:
        yield view.Reuse(
            who=writer.pair(entry.who),
            how=writer.pair(entry.how),
            when=str(entry.year) if entry.year is not None else None,
            reference=references.number(entry.source) if entry.source else None,
        )


def _contact(contact: Contact, library: Library, writer: Writer) -> view.Contact:
    """Return a contact; who it is only as long as that was confirmed not too long ago."""
    named, until = shows_person(contact, library.today), person_until(contact)
    return view.Contact(
        role=writer.pair(contact.role),
        organisation=contact.organisation,
        name=contact.name if named else None,
        phone=contact.phone if named else None,
        email=contact.email if named else None,
        note=writer.maybe(contact.note),
        basis=_basis(contact, library, writer) if named else None,
        confirmed=writer.date(contact.confirmed) if contact.confirmed else None,
        withheld=names_person(contact) and not named,
        until=until.isoformat() if named and until else None,
    )


def _basis(contact: Contact, library: Library, writer: Writer) -> str | None:
    basis = None
    if contact.basis is not None and contact.basis.consent is not None:
        basis = writer.text("page.basis.consent", date=writer.date(contact.basis.consent))
    elif contact.basis is not None and contact.basis.published is not None:
        entry = library.vocabulary.references[contact.basis.published]
        title, _ = writer.title(entry.title, entry.language)
        details = writer.reference_details(entry)
        basis = writer.text("page.basis.published", title=title, details=details)
    return basis


def _document(link: DocumentLink, writer: Writer) -> view.Document:
    title, title_language = writer.title(link.title, link.language)
    return view.Document(
        title=title,
        title_language=title_language,
        url=link.url,
        details=writer.document_details(link),
        note=writer.maybe(link.note),
    )


def case_anchors(language: Language) -> frozenset[str]:
    """Return the anchors that pages of cases can have; each has those of what it tells."""
    parts = (key.removeprefix(_HEADINGS) for key in language.strings if key.startswith(_HEADINGS))
    return frozenset((*parts, *names_used_for("story")))


def _with_toc(page: view.CasePage, writer: Writer) -> view.CasePage:
    """Return the page with its contents: the parts that are there, in the order of the page."""
    present: dict[str, object] = {
        "summary": page.summary,
        "facts": page.key_facts,
        "direction": page.direction,
        "evidence": page.evidence,
        "numbers": page.indicators,
        "disagreements": page.disagreements,
        **{section.id: section for section in page.sections},
        "cost": page.cost,
        "pictures": page.pictures,
        "organisations": page.organisations,
        "hard-parts": page.hard_parts,
        "success-factors": page.success_factors,
        "steps": page.steps,
        "reuse": page.reuse,
        "contacts": page.contacts,
        "attachments": page.attachments,
        "links": page.links,
        "relations": page.part_of or page.parts or page.related or page.shown_with or page.similar,
        "sources": page.references,
    }
    titles = {section.id: section.heading for section in page.sections}
    toc = tuple(
        view.TocEntry(id_, titles.get(id_) or writer.text(f"{_HEADINGS}{id_}"))
        for id_, content in present.items()
        if content
    )
    return replace(page, toc=toc)
