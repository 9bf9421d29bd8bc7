"""Pages of cases as MkDocs sees them: they bring their own HTML and table of contents."""

from __future__ import annotations

from collections.abc import Callable

from casebook.page.view import CasePage
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

MakeBody = Callable[[CasePage, File], Markup]
"""Renders the body of a case's page as it stands at a file's address."""


class GeneratedPage(Page):
    """A page whose content is made from a view, without a way through Markdown."""

    def __init__(
        self, file: File, config: MkDocsConfig, make_view: Callable[[], CasePage], body: MakeBody
    ) -> None:
        """Make the page of ``file``; the view is made when the page is read."""
        super().__init__(None, file, config)
        self._make_view = make_view
        self._body = body
        self.view: CasePage | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Make the view; there is no Markdown."""
        del config
        self.view = self._make_view()
        self.markdown = ""
        self.meta = {"title": self.view.title, "description": self.view.lead}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Turn the view into HTML, contents and anchors."""
        del config, files
        view = self.view or self._make_view()
        self.content = self._body(view, self.file)
        entries = [AnchorLink(entry.title, entry.id, 2) for entry in view.toc]
        self.toc = TableOfContents(entries)
        self.present_anchor_ids = {entry.id for entry in view.toc}
        self.links_to_anchors = {}


def case_file(config: MkDocsConfig, src_uri: str) -> File:
    """Return the file that stands for a case's page; it is no part of the navigation."""
    return File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
