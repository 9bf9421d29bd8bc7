"""The same text as ordinary Markdown pages, for stock Material.

The Markdown of a page is written from the very view that this site's template shows, in the same
order and with the same headings and labels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebook.languages import Language
from casebook.page import view
from markdown.extensions.toc import slugify_unicode

FOLDER = "eksempler"
"""Folder of the pages below ``docs``."""
CONFIG = """\
site_name: Stock Material
site_url: http://127.0.0.1:8000/
theme: material
nav:
  - index.md
not_in_nav: |
  /eksempler/
"""
"""Material as it comes: default plugins (search) and default extensions (tables, toc)."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def write_project(home: Path) -> Path:
    """Make the project in ``home`` and return the folder for its pages."""
    pages = home / "docs" / FOLDER
    pages.mkdir(parents=True)
    (home / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (home / "docs" / "index.md").write_text("# Stock Material\n", encoding="utf-8")
    return pages


def file_name(id_: str, language: Language, default: Language) -> str:
    """Return the name of a page's file: ``id.md``, in other languages ``id.en.md``."""
    return f"{id_}.md" if language is default else f"{id_}.{language.code}.md"


def escape(text: str) -> str:
    """Return plain text so that Markdown shows it as it stands."""
    return _SPECIAL.sub(r"\\\1", text)


class StockPage:
    """Writes the Markdown of one page."""

    def __init__(self, page: view.CasePage, language: Language, default: Language) -> None:
        """Write ``page``, a page in ``language``."""
        self._page = page
        self._language = language
        self._default = default
        self._headings = {entry.id: entry.title for entry in page.toc}
        self._sources = slugify_unicode(self._headings.get("sources", "sources"), "-")

    def markdown(self) -> str:
        """Return the whole page."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        page = self._page
        yield from ("---", f"description: {json.dumps(page.lead, ensure_ascii=False)}", "---", "")
        yield from self._head()
        yield from self._heading("summary")
        for block in page.summary:
            yield f"### {escape(block.heading)}\n"
            yield from (f"{escape(paragraph)}\n" for paragraph in block.paragraphs)
        yield from self._facts()
        yield from self._evidence()
        yield from self._numbers()
        yield from self._agreement()
        for section in page.sections:
            yield f"## {escape(section.heading)}\n\n{section.body}\n"
        yield from self._organisations()
        yield from self._hard_parts()
        if page.success_factors:
            yield from self._heading("success-factors")
            yield from _items(escape(factor) for factor in page.success_factors)
        if page.steps:
            yield from self._heading("steps")
            for number, step in enumerate(page.steps, start=1):
                yield f"{number}. " + "\n\n    ".join(escape(text) for text in step)
            yield ""
        yield from self._reuse()
        yield from self._contacts()
        yield from self._documents("attachments", page.attachments)
        yield from self._documents("links", page.links)
        yield from self._relations()
        yield from self._references()
        yield f"## {self._text('case.report')}\n"
        yield f"{self._text('case.report_help')} [{self._text('case.report_link')}](../index.md)\n"

    def _text(self, key: str) -> str:
        return escape(self._language.text(key))

    def _heading(self, id_: str) -> Iterator[str]:
        """Yield a heading; the page's contents know how it is called."""
        yield f"## {escape(self._headings.get(id_, id_))}\n"

    def _mark(self, number: int | None) -> str:
        return "" if number is None else f" [{number}](#{self._sources})"

    def _case(self, link: view.CaseLink) -> str:
        return f"[{escape(link.title)}]({file_name(link.id, self._language, self._default)})"

    def _head(self) -> Iterator[str]:
        page = self._page
        if page.part_of:
            yield f"{self._text('case.part_of')} {self._case(page.part_of)}\n"
        yield f"# {escape(page.title)}\n\n{escape(page.lead)}\n"
        if page.names:
            yield f"{self._text('case.names')} {escape('; '.join(page.names))}\n"
        yield f"{escape(page.status.label)} {escape(page.evidence.label)}\n"
        confirmed = (
            f"{self._text('case.confirmed')} {page.confirmed.text}"
            if page.confirmed
            else self._text("case.never_confirmed")
        )
        yield f"{self._text('case.updated')} {page.updated.text}\n\n{confirmed}\n"
        if page.translation in ("stale", "machine"):
            yield self._text(f"case.translation_{page.translation}") + "\n"
        if page.depth in ("short", "mention"):
            yield self._text(f"case.depth_{page.depth}") + "\n"

    def _facts(self) -> Iterator[str]:
        if not self._page.key_facts:
            return
        yield from self._heading("facts")
        yield "|  |  |\n|---|---|"
        for fact in self._page.key_facts:
            items = "; ".join(_fact(item) for item in fact.items)
            yield f"| {escape(fact.label)} | {items} |"
        yield ""

    def _evidence(self) -> Iterator[str]:
        evidence = self._page.evidence
        yield from self._heading("evidence")
        yield f"**{escape(evidence.label)}.** {escape(evidence.meaning)}\n"
        for number, step in enumerate(evidence.ladder, start=1):
            here = f" **{self._text('case.evidence_here')}**" if step.here else ""
            yield f"{number}. {escape(step.label)}{here}"
        yield ""
        if evidence.note:
            yield f"{escape(evidence.note)}\n"

    def _numbers(self) -> Iterator[str]:
        page = self._page
        if page.indicators:
            yield from self._heading("numbers")
        for item in page.indicators:
            if item.disagreement:
                yield f"{self._text('case.sources_differ')}\n"
            yield f"### {escape(item.title)}\n"
            if item.disagreement:
                yield from _items(
                    _noted(
                        f"**{escape(value.text)}**{self._mark(value.reference)} {value.when}",
                        value.note,
                    )
                    for value in item.values
                )
                yield f"{escape(item.disagreement)}\n"
            else:
                heads = (self._text(f"case.{name}") for name in ("when", "value", "source"))
                yield f"| {' | '.join(heads)} |\n|---|---|---|"
                for value in item.values:
                    amount = _noted(escape(value.text), value.note)
                    yield f"| {escape(value.when)} | {amount} | {self._mark(value.reference)} |"
                yield ""
            if item.note:
                yield f"{escape(item.note)}\n"
        if page.disagreements:
            yield from self._heading("disagreements")
            yield f"{self._text('case.disagreements_help')}\n"
        for entry in page.disagreements:
            yield f"{self._text('case.sources_differ')}\n\n### {escape(entry.about)}\n"
            yield from _items(
                escape(account.says) + self._mark(account.reference) for account in entry.accounts
            )
            if entry.note:
                yield f"{escape(entry.note)}\n"

    def _organisations(self) -> Iterator[str]:
        if self._page.organisations:
            yield from self._heading("organisations")
            yield from _items(
                _noted(f"**{escape(item.name)}** {escape(_part(item))}", item.note)
                for item in self._page.organisations
            )

    def _hard_parts(self) -> Iterator[str]:
        yield from self._heading("hard-parts")
        hard = self._page.hard_parts
        yield f"{hard.body}\n" if hard else f"{self._text('case.hard_parts_unknown')}\n"

    def _reuse(self) -> Iterator[str]:
        if self._page.reuse:
            yield from self._heading("reuse")
            yield from _items(
                f"**{escape(item.who)}** {item.when or ''} {escape(item.how)}"
                + self._mark(item.reference)
                for item in self._page.reuse
            )

    def _contacts(self) -> Iterator[str]:
        if self._page.contacts:
            yield from self._heading("contacts")
        for item in self._page.contacts:
            yield f"### {escape(item.role)}\n\n{escape(item.organisation)}\n"
            if item.phone:
                yield f"[{item.phone}](tel:{item.phone.replace(' ', '')})\n"
            if item.email:
                yield f"[{escape(item.email)}](mailto:{item.email})\n"
            for text in (item.name, item.note, item.basis):
                if text:
                    yield f"{escape(text)}\n"
            if item.confirmed:
                yield f"{self._text('case.contact_confirmed')} {item.confirmed}\n"

    def _documents(self, id_: str, documents: Iterable[view.Document]) -> Iterator[str]:
        items = [_document(item) for item in documents]
        if items:
            yield from self._heading(id_)
            yield from _items(items)

    def _agreement(self) -> Iterator[str]:
        if self._page.agreement is None:
            return
        fits = self._page.agreement.fits or "unknown"
        yield f"## {self._text('agreement.heading')}\n\n{self._text(f'agreement.fits_{fits}')}\n"
        ways = (self._text(f"agreement.start_{name}") for name in ("measure", "framework"))
        yield f"{' '.join(ways)}\n\n{self._text('agreement.help')}\n"

    def _relations(self) -> Iterator[str]:
        page = self._page
        groups = {
            "part_of": (page.part_of,) if page.part_of else (),
            "parts": page.parts,
            "related": page.related,
            "shown_with": page.shown_with,
            "similar": page.similar,
        }
        if any(groups.values()):
            yield from self._heading("relations")
        for name, links in groups.items():
            if links:
                yield f"### {self._text(f'case.relation_{name}')}\n"
                yield from _items(
                    " ".join((self._case(link), escape(link.lead), escape(" · ".join(link.shared))))
                    for link in links
                )

    def _references(self) -> Iterator[str]:
        yield from self._heading("sources")
        for item in self._page.references:
            yield f"{item.number}. {_document(item)}"
        yield ""


def _items(texts: Iterable[str]) -> Iterator[str]:
    yield from (f"- {text}" for text in texts)
    yield ""


def _part(organisation: view.Organisation) -> str:
    kind = organisation.kind.label if organisation.kind else ""
    return f"{kind} {organisation.roles}".strip()


def _fact(item: view.FactItem) -> str:
    about = ", ".join(tag.label for tag in item.about)
    return _noted(escape(" ".join(filter(None, (item.text, about)))), item.note)


def _noted(text: str, note: str | None) -> str:
    return f"{text} {escape(note)}" if note else text


def _document(item: view.Document | view.Reference) -> str:
    title = f"[{escape(item.title)}]({item.url})" if item.url else escape(item.title)
    return _noted(f"{title} {escape(item.details)}", item.note)
