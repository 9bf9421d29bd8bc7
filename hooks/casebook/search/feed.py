"""From what a page says to what the index is given of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from casebook.search.article import FRAGMENT, Article, Section
from casebook.search.engine import Entry

MOST_IN_NAME = 4
"""Words of the longest name; what is longer is a description."""
TERM_LEVEL = 3
"""Level of the headings in the glossary that are terms; those above are themes."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a page brings beside its text.

    ``type`` is what it is, ``kind`` the word for that ("Guide"), ``place`` where a case is from (""
    elsewhere), ``names`` what else it is called, ``note`` what is shown in place of a lead.
    Headings that every page of the type has (``own_headings`` is False) say nothing about this one.
    """

    address: str
    type: str
    kind: str
    lead: str
    place: str = ""
    names: tuple[str, ...] = ()
    note: str = ""
    own_headings: bool = True

    def headings_of(self, article: Article) -> str:
        """Return the headings below the title, as one text."""
        titles = (section.title for section in article.sections) if self.own_headings else ()
        return " ".join(titles)


def page_entry(source: Source, article: Article, hidden: Mapping[str, str]) -> Entry:
    """Return the entry of a page with its ``hidden`` fields."""
    fields = {
        "name": " ".join((_name(article.title), *source.names)),
        "title": article.title,
        "type": source.kind,
        "headings": source.headings_of(article),
        "lead": source.lead,
        "note": source.note,
        "place": source.place,
    }
    return Entry(source.address, _body(article), {**fields, **hidden})


def term_pages(source: Source, glossary: Article) -> Iterator[tuple[str, Source, Article]]:
    """Yield each term of the glossary as a page of its own: its id, and what is known of it."""
    for section in glossary.sections:
        if section.level == TERM_LEVEL and section.id:
            # What explains a word sums nothing up: it is shown, and searched as text only.
            first, stop, _ = section.text.replace(FRAGMENT, "").partition(". ")
            note = first + stop.rstrip()
            address = f"{source.address}#{section.id}"
            term = replace(source, address=address, lead="", note=note)
            yield section.id, term, Article(section.title, section.text, [])


def _name(title: str) -> str:
    """Return what a page is called for short: its title up to a colon, "" for a long one."""
    name = title.partition(":")[0]
    return name if len(name.split()) <= MOST_IN_NAME else ""


def _body(article: Article) -> str:
    parts = [f"<h1>{escape(article.title)}{FRAGMENT}</h1>"]
    if article.opening:
        parts.append(f"<p>{escape(article.opening)}</p>")
    parts += [_section(section) for section in article.sections]
    return "".join(parts)


def _section(section: Section) -> str:
    level = max(section.level, 2)
    id_ = f' id="{escape(section.id)}"' if section.id else ""
    text = f"<p>{escape(section.text)}</p>" if section.text else ""
    return f"<h{level}{id_}>{escape(section.title)}{FRAGMENT}</h{level}>{text}"
