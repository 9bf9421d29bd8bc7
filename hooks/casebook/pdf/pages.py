"""The HTML of PDFs, from the same views and texts as the pages of the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from casebook.languages import Language
from casebook.page.view import CasePage, Day
from casebook.pdf.paper import shown_address
from casebook.record.freshness import CONFIRMED_MONTHS, PERSON_MONTHS
from casebook.render.pages import make_environment
from casebook.render.prose import ProseRenderer


@dataclass(frozen=True, slots=True)
class Title:
    """What a document is called, what it is about, when it changed, and where its page stands.

    ``site`` is the name of the site.
    """

    text: str
    description: str
    changed: Day | None
    address: str
    site: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page as a part of a document: its finished text and its list of sources.

    ``title`` is None where the part needs no heading of its own, ``lead`` where the document's own
    lead tells what it is about.
    """

    title: str | None
    lead: str | None
    address: str
    text: Markup
    sources: Markup | None


class PaperRenderer:
    """Renders documents for PDFs.  One instance serves a whole build."""

    def __init__(self, templates: Path) -> None:
        """Use the templates in the folder ``pdf`` below ``templates``."""
        self._environment = make_environment(templates)
        self._environment.globals["shown_address"] = shown_address
        self._prose = ProseRenderer()

    def case(
        self,
        view: CasePage,
        title: Title,
        language: Language,
        href: Callable[[str], str],
        picture_href: Callable[[str], str],
    ) -> Markup:
        """Return the body of a case.

        ``href`` gives the whole address of another one, ``picture_href`` that of a picture.
        """
        values = {
            "view": view,
            "headings": {entry.id: entry.title for entry in view.toc},
            "prose": self._prose.render,
            "case_href": href,
            "picture_href": picture_href,
            "months": {"confirmed": CONFIRMED_MONTHS, "person": PERSON_MONTHS},
        }
        return self._render("case", language, title, values)

    def brief(self, view: CasePage, title: Title, language: Language) -> Markup:
        """Return the body of the brief of a case, which is one page."""
        return self._render("brief", language, title, {"view": view})

    def guide(self, title: Title, chapters: Sequence[Chapter], language: Language) -> Markup:
        """Return the body of a guide: cover, contents, and its chapters one after the other."""
        return self._render("guide", language, title, {"chapters": chapters})

    def form(self, title: Title, chapter: Chapter, type_: str, language: Language) -> Markup:
        """Return the body of a checklist or worksheet, as ``type_`` says."""
        return self._render("form", language, title, {"chapter": chapter, "type": type_})

    def document(self, kind: str, title: Title, body: Markup, language: Language) -> str:
        """Return the whole document around a body; ``kind`` is the class of its body."""
        values = {"kind": kind, "body": body, "html_lang": language.html}
        return str(self._render("document", language, title, values))

    def _render(
        self, name: str, language: Language, title: Title, values: Mapping[str, object]
    ) -> Markup:
        template = self._environment.get_template(f"pdf/{name}.html")
        html = template.render(t=language.text, doc=title, **values)
        return Markup(html)  # noqa: S704 - rendered with escaping on
