"""The bodies of generated pages, from our own templates with escaping switched on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook.browser.form_data import SECTIONS
from casebook.collection.facets import FACETS
from casebook.languages import Language
from casebook.page import view
from casebook.page.charts import Chart
from casebook.page.facet_pages import CaseList, FacetIndex
from casebook.page.notices import Notice
from casebook.page.statements import StatementView, SubjectView
from casebook.record.citations import has_tokens, pieces
from casebook.record.fields import record_fields
from casebook.record.freshness import CONFIRMED_MONTHS, PERSON_MONTHS
from casebook.record.glossary import Glossary
from casebook.render.glossary import letters
from casebook.render.prose import ProseRenderer
from casebook.render.terms import Term

BRIEFED = (
    "what",
    "groups",
    "place",
    "measure",
    "result",
    "evidence",
    "hard",
    "cost",
    "contact",
)
"""What cases are compared by first: the rows of their briefs, in order."""
COMPARED = (
    "target_groups",
    "places",
    "period",
    "measure",
    *(facet.id for facet in FACETS if facet.compared),
    *(spec.name for spec in record_fields() if spec.use and spec.use.compared),
    "numbers",
    "direction",
    "evidence",
    "hard_parts",
    "cost",
    "partners",
    "contact",
    "sources",
)
"""What else cases are compared by: the rows, in order.

``compare/rows.js`` knows where each stands on the page of a case; of facets and of the fields that
say so themselves it knows none by name.
"""


class Links(Protocol):
    """Addresses of generated pages as seen from the page being rendered."""

    def case(self, id_: str) -> str:
        """Return the address of a case."""

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        """Return the address of a facet, or of a page of the list of one of its terms."""

    def all(self, number: int = 1) -> str:
        """Return the address of a page of the list of all cases."""

    def narrowed(self, *tags: view.Tag) -> str:
        """Return the address of the catalogue narrowed by some terms."""

    def checklist(self, name: str) -> str:
        """Return the address of a checklist for agreements ("measure", "framework")."""


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link to a PDF as it stands on a page."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as the home page lists it."""

    title: str
    description: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: its address and its size in pixels."""

    href: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where the catalogue's script finds what it reads, as seen from the catalogue.

    ``root`` is the site's front folder and ``folder`` that of the data, both with a slash at the
    end; ``version`` is that of the index.
    """

    root: str
    folder: str
    version: str


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where the form for cases finds what it reads, and where what it makes can go.

    ``folder`` is as seen from the form and ends in a slash; ``file`` stands in it.  ``by_hand`` is
    where one learns to write a record without the form.  ``repository``, ``branch`` and ``email``
    are empty where none is set.
    """

    folder: str
    file: str
    by_hand: str
    repository: str
    branch: str
    email: str


def make_environment(templates: Path) -> Environment:
    """Return what renders the templates below ``templates``; they can call ``cited``."""
    # Pages are HTML: escape everything that is not marked as safe, and treat a misspelt
    # variable as an error rather than as nothing.
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["cited"] = _cited
    return environment


class Renderer:
    """Renders the bodies of pages.  One instance serves a whole build."""

    def __init__(self, templates: Path) -> None:
        """Use the templates below ``templates`` (the folder that holds ``casebook/``)."""
        self._environment = make_environment(templates)
        self._prose = ProseRenderer()

    def case(  # noqa: PLR0913, PLR0917 - what surrounds a case is not the case's own
        self,
        page: view.CasePage,
        language: Language,
        links: Links,
        report_href: str | None,
        original_href: str | None = None,
        pictures: Mapping[str, Shown] | None = None,
        pdf: PdfLink | None = None,
        original_lang: str | None = None,
        brief_pdf: PdfLink | None = None,
    ) -> Markup:
        """Return the body of a case's page.

        ``report_href`` is where errors are reported, ``original_href`` the page in the language
        that this one is translated from, and ``original_lang`` the code of that language.
        ``pictures`` tells of each file where it is and how large; those it does not hold are left
        out.  ``pdf`` leads to the case as a PDF, ``brief_pdf`` to its brief.
        """
        values = {
            "view": page,
            "headings": {entry.id: entry.title for entry in page.toc},
            "prose": self._prose.render,
            "report_href": report_href,
            "original_href": original_href,
            "original_lang": original_lang,
            "pictures": pictures or {},
            "months": {"confirmed": CONFIRMED_MONTHS, "person": PERSON_MONTHS},
            "pdf": pdf,
            "brief_pdf": brief_pdf,
            "html_lang": language.html,
        }
        return self._render("case", language, links, values)

    def notice(
        self, page: Notice, language: Language, links: Links, ways: Mapping[str, str]
    ) -> Markup:
        """Return what stands at an address that leads on, or at that of a withdrawn case.

        ``ways`` are the addresses of the catalogue and of the front page.
        """
        values = {"view": page, **{f"{name}_href": href for name, href in ways.items()}}
        return self._render("notice", language, links, values)

    def catalogue(
        self,
        page: view.Catalogue,
        language: Language,
        links: Links,
        intro: Markup,
        data: DataPlace,
        tell_href: str | None,
    ) -> Markup:
        """Return the body of the catalogue below its hand-written ``intro``.

        ``tell_href`` is where readers tell of what is missing, if there is somebody to tell.
        """
        texts = language.for_script("catalogue.script.")
        count = language.count("catalogue.script.count", page.total)
        values = {
            "view": page,
            "intro": intro,
            "data": data,
            "texts": texts,
            "count": count,
            "tell_href": tell_href,
        }
        return self._render("catalogue", language, links, values)

    def form(self, language: Language, intro: Markup, place: FormPlace) -> Markup:
        """Return the body of the form for cases below its hand-written ``intro``."""
        values = {
            "intro": intro,
            "place": place,
            "texts": language.for_script("form.script."),
            "sections": [(id_, language.text(f"form.sections.{id_}.heading")) for id_ in SECTIONS],
        }
        return self._render("form", language, None, values)

    def fillable(
        self,
        name: str,
        kind: str,
        choices: Sequence[view.EntryGroup],
        language: Language,
        ways: Mapping[str, str],
        total: int,
    ) -> Markup:
        """Return what makes the page ``name`` of a ``kind`` ("checklist", "worksheet") fillable.

        ``total`` is the number of its points.  ``choices`` are the terms that answers can be chosen
        from, by facet.  ``ways`` holds the addresses of ``catalogue``, and of ``case`` with
        ``{id}`` in place of the case.
        """
        values = {
            "name": name,
            "kind": kind,
            "choices": choices,
            "language": language.html,
            "ways": ways,
            "total": total,
            "texts": language.for_script("fillable.script."),
        }
        return self._render("fillable", language, None, values)

    def home(
        self,
        page: view.Home,
        language: Language,
        links: Links,
        intro: Markup,
        ways: Mapping[str, str],
        guides: Sequence[Guide],
    ) -> Markup:
        """Return the body of the home page below its hand-written ``intro``.

        ``ways`` holds the addresses of ``catalogue`` and ``search``.
        """
        values = {
            "view": page,
            "intro": intro,
            "ways": ways,
            "guides": guides,
        }
        return self._render("home", language, links, values)

    def desk(
        self,
        name: str,
        language: Language,
        content: Markup,
        data: DataPlace,
        ways: Mapping[str, str],
    ) -> Markup:
        """Return the body of a page that the browser puts together: ``name`` is its template.

        ``content`` is its hand-written heading and what it says where no script runs, ``ways`` the
        addresses of ``catalogue``, ``compare``, ``list`` and ``booklet``.
        """
        heading, end, text = content.partition(Markup("</h1>"))
        texts = language.for_script(f"{name}.script.")
        for key, words in language.for_script("picker.script.").items():
            texts[f"picker-{key}"] = words
        values = {
            "language": language.code,
            "heading": heading + end,
            "title": heading.striptags(),
            "text": text,
            "data": data,
            "ways": ways,
            "texts": texts,
            "briefed": [
                (row, language.text("compare.what" if row == "what" else f"brief.labels.{row}"))
                for row in BRIEFED
            ],
            "rows": [
                (
                    row,
                    language.strings.get(f"compare.rows.{row}")
                    or language.text(f"record.case.{row}.label"),
                )
                for row in COMPARED
            ],
        }
        return self._render(name, language, None, values)

    def facet_index(self, page: FacetIndex, language: Language, links: Links) -> Markup:
        """Return the body of a facet's page."""
        numbers = {county.count for county in page.map.counties} if page.map else ()
        counts = {number: language.count("facets.count", number) for number in numbers}
        return self._render("facet", language, links, {"view": page, "counts": counts})

    def case_list(  # noqa: PLR0913, PLR0917 - what surrounds a list is not the list's own
        self,
        page: CaseList,
        language: Language,
        links: Links,
        cards: Sequence[Markup],
        guides: Sequence[Guide],
        tip_href: str | None = None,
        law: Mapping[str, str] | None = None,
    ) -> Markup:
        """Return the body of a page of a list of cases, with its ``cards`` from ``card``.

        ``tip_href`` is where readers tell of a case that is missing, ``law`` the addresses of the
        pages on law and money by subject.
        """
        values = {
            "view": page,
            "cards": cards,
            "guides": guides,
            "tip_href": tip_href,
            "law": law or {},
            "prose": self._prose.render,
            "numbers": page_numbers(page.number, page.pages),
            "count": language.count("facets.count", page.total),
        }
        return self._render("case_list", language, links, values)

    def card(self, card: view.Card, language: Language, links: Links, heading: str) -> Markup:
        """Return a case as a card whose title is a ``heading`` ("h2" or "h3")."""
        return self._render("card", language, links, {"card": card, "heading": heading})

    def guides(self, guides: Sequence[Guide], language: Language, links: Links) -> Markup:
        """Return the list of guides."""
        return self._render("guides", language, links, {"guides": guides})

    def glossary_index(self, glossary: Glossary, language: Language) -> Markup:
        """Return what stands above the words of the glossary: a field, and links from A to Å."""
        return self._render(
            "glossary_index", language, None, {"letters": letters(glossary, language)}
        )

    def references(
        self,
        references: Sequence[view.Reference],
        language: Language,
        links: Links,
        seen: Sequence[int] = (),
    ) -> Markup:
        """Return the list of sources of a hand-written page.

        ``seen`` are the numbers of those that have a mark to return to.
        """
        values = {"references": references, "seen": seen}
        return self._render("references", language, links, values)

    def marks(self, html: str, language: Language, seen: list[int]) -> Markup:
        """Return the trusted ``html`` of a hand-written page with marks where it cites sources.

        The numbers that were marked are added to ``seen``.
        """
        template = self._environment.get_template("casebook/macros.html")
        macros = template.make_module({"t": language.text})
        marked = _cited(Markup(html), macros.mark, seen)  # type: ignore[attr-defined]  # noqa: S704
        return Markup(marked)  # noqa: S704 - trusted, as it came

    def chart(self, chart: Chart, table: Markup, language: Language) -> Markup:
        """Return a figure together with the ``table`` that it is drawn from."""
        return self._render("chart", language, None, {"chart": chart, "table": table})

    def statements(self, view: SubjectView, language: Language) -> Markup:
        """Return what stands below the title of a page of statements."""
        return self._render("statements", language, None, {"view": view})

    def statement(self, view: StatementView, language: Language) -> Markup:
        """Return what stands below the heading of a statement."""
        values = {"view": view, "prose": self._prose.render}
        return self._render("statement", language, None, values)

    def terms(self, terms: Sequence[Term], language: Language) -> Markup:
        """Return the list of the terms that a page explains."""
        template = self._environment.get_template("casebook/terms.html")
        html = template.render(t=language.text, terms=terms)
        return Markup(html)  # noqa: S704 - rendered with escaping on

    def addresses(self, addresses: Sequence[str], language: Language) -> Markup:
        """Return the list of addresses that the letters of a printed page stand for."""
        return self._render("addresses", language, None, {"addresses": addresses})

    def _render(
        self, name: str, language: Language, links: Links | None, values: Mapping[str, Any]
    ) -> Markup:
        template = self._environment.get_template(f"casebook/{name}.html")
        addresses = {}
        if links is not None:
            addresses = {
                "case_href": links.case,
                "facet_href": links.facet,
                "all_href": links.all,
                "narrowed_href": links.narrowed,
                "checklist_href": links.checklist,
            }
        html = template.render(t=language.text, **addresses, **values)
        return Markup(html)  # noqa: S704 - rendered with escaping on


def _cited(text: str, mark: Callable[[int, list[int], bool], Markup], seen: list[int]) -> str:
    """Return ``text`` with marks where it cites sources."""
    if not has_tokens(text):
        return text
    html = Markup()
    for words, source in pieces(text):
        html += words
        if source is not None:
            html += mark(int(source), seen, True)
    return html


def page_numbers(here: int, pages: int) -> tuple[int | None, ...]:
    """Return the numbers to link to: first, last and those around ``here``; None is a gap."""
    shown = sorted({1, pages, *range(max(1, here - 1), min(pages, here + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) == 2:
            numbers.append(number - 1)  # a gap of one page is no gap
        elif numbers and number - (numbers[-1] or 0) > 2:
            numbers.append(None)
        numbers.append(number)
    return tuple(numbers)
