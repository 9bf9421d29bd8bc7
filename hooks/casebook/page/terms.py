"""What facets and their terms are called, and what counts as each, in a writer's language."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.collection.facets import FACETS
from casebook.collection.library import Library
from casebook.page.view import Tag
from casebook.page.writing import Writer
from casebook.record.case import Case
from casebook.record.vocabulary import Vocabulary


def facet_name(facet: str, writer: Writer) -> str:
    """Return what a facet is called: as the field of the record when it is one."""
    if facet in Case.model_fields:
        return writer.label(facet)
    return writer.text(f"facets.names.{facet}")


def facets_in_use(library: Library, writer: Writer) -> Iterator[tuple[str, str]]:
    """Yield the facets of which cases carry terms: id and name."""
    for facet in FACETS:
        if library.facets.terms(facet.id):
            yield facet.id, facet_name(facet.id, writer)


def facet_note(facet: str, writer: Writer) -> str:
    """Return what cases are grouped by in a facet."""
    return writer.text(f"facets.notes.{facet}")


def counted_note(vocabulary: Vocabulary, writer: Writer) -> str:
    """Return when inhabitants were counted, and by whom; "" where nobody has told."""
    counted = vocabulary.inhabitants
    if counted is None:
        return ""
    date, by = writer.date(counted.date), writer.pair(counted.counted_by)
    return writer.text("facets.counted", date=date, by=by)


def tag_of(facet: str, term: str, vocabulary: Vocabulary, writer: Writer) -> Tag:
    """Return a term as a label that leads to its page."""
    return Tag(facet, term, term_label(facet, term, vocabulary, writer))


def term_label(facet: str, term: str, vocabulary: Vocabulary, writer: Writer) -> str:
    """Return what a term is called.

    Raises KeyError when the facet has no such term.
    """
    if facet == "county":
        return writer.pair(vocabulary.places[term].label)
    if facet == "size":
        band = writer.text(f"page.sizes.{term}")
        return band[:1].upper() + band[1:]
    if facet == "status":
        return writer.text(f"page.statuses.{term}")
    return writer.pair(vocabulary.facet(facet)[term].label)


def term_note(facet: str, term: str, vocabulary: Vocabulary, writer: Writer) -> str:
    """Return what counts as a term, on one line.

    Raises KeyError when the facet has no such term.
    """
    if facet == "county":
        place = vocabulary.places[term]
        about = writer.text(f"facets.places.{place.kind}", place=writer.pair(place.label))
        return " ".join(part for part in (about, writer.one_line(place.note)) if part)
    if facet in ("size", "status"):
        return writer.text(f"facets.{facet}.{term}")
    return " ".join(writer.paragraphs(vocabulary.facet(facet)[term].note))
