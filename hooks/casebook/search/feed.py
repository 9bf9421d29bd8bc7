"""From what a page says to what the index is given of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from casebook.search.article import Article, Section
from casebook.search.engine import Entry

TERM_LEVEL = 3
"""Level of the headings in the glossary that are terms; those above are themes."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a page brings beside its text.

    ``type`` is what it is, ``kind`` the word for that ("Guide"), ``place`` where a case is from (""
    elsewhere).
    """

    address: str
    type: str
    kind: str
    lead: str
    place: str = ""


def page_entry(source: Source, article: Article) -> Entry:
    """Return the entry of a page."""
    fields = {
        "title": article.title,
        "type": source.kind,
        "lead": source.lead,
        "place": source.place,
    }
    return Entry(source.address, _body(article), fields, source.type)


def term_entries(source: Source, article: Article) -> Iterator[Entry]:
    """Yield an entry for each term of the glossary, which stands at the term's anchor."""
    for section in article.sections:
        if section.level == TERM_LEVEL and section.id:
            term = Article(section.title, section.text, [])
            lead = section.text.partition(". ")[0]
            fields = {"title": section.title, "type": source.kind, "lead": lead}
            yield Entry(f"{source.address}#{section.id}", _body(term), fields, source.type)


def _body(article: Article) -> str:
    parts = [f"<h1>{escape(article.title)}</h1>"]
    if article.opening:
        parts.append(f"<p>{escape(article.opening)}</p>")
    parts += [_section(section) for section in article.sections]
    return "".join(parts)


def _section(section: Section) -> str:
    level = max(section.level, 2)
    id_ = f' id="{escape(section.id)}"' if section.id else ""
    text = f"<p>{escape(section.text)}</p>" if section.text else ""
    return f"<h{level}{id_}>{escape(section.title)}</h{level}>{text}"
