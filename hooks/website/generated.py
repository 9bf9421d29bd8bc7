"""Generated pages as MkDocs sees them: they bring their own HTML and table of contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from casebook.page.notices import Notice
from casebook.page.view import CasePage, TocEntry
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents


class GeneratedPage(Page):
    """A page whose content is made from a view, without a way through Markdown.

    ``layout`` is the template's name for its kind, ``changed`` when its content last changed.
    """

    layout: str
    changed: str | None = None
    anchors: frozenset[str] = frozenset()
    """Those that links may lead to although the page may not have them."""

    def __init__(self, file: File, config: MkDocsConfig) -> None:
        """Make the page of ``file``."""
        super().__init__(None, file, config)

    def _describe(
        self, title: str, description: str, changed: str | None, toc: Sequence[TocEntry]
    ) -> None:
        """Tell MkDocs what it asks of every page."""
        self.markdown = ""
        self.content = ""
        self.meta = {"title": title, "description": description}
        self.changed = changed
        self.toc = TableOfContents([AnchorLink(entry.title, entry.id, 2) for entry in toc])
        self.present_anchor_ids = {entry.id for entry in toc} | self.anchors
        self.links_to_anchors = {}

    def finish(self) -> None:
        """Make what needs every other page to be read; called right before the page is written."""

    def forget(self) -> None:
        """Let go of what takes memory, now that the page is written: there may be thousands."""
        self.content = ""


class RecordPage(GeneratedPage):
    """The page of a case."""

    layout = "case"

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        make_view: Callable[[], CasePage],
        body: Callable[[str], Markup],
    ) -> None:
        """Make the page of ``file``; the view is made when the page is read.

        ``body`` returns the HTML of the page at a source path.
        """
        super().__init__(file, config)
        self._make_view = make_view
        self._body = body
        self._view: CasePage | None = None

    @property
    def view(self) -> CasePage:
        """What the page shows; made anew once it has been forgotten."""
        if self._view is None:
            self._view = self._make_view()
        return self._view

    def read_source(self, config: MkDocsConfig) -> None:
        """Make the view; there is no Markdown."""
        del config
        view = self.view
        self._describe(view.title, view.lead, view.updated.iso, view.toc)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the body for later: it links to a PDF that is not made yet."""

    def finish(self) -> None:
        """Turn the view into HTML."""
        self.content = self._body(self.file.src_uri)

    def forget(self) -> None:
        """Let go of view and content."""
        super().forget()
        self._view = None


class ListView(Protocol):
    """What the frame asks of the view of a list."""

    @property
    def title(self) -> str:
        """What the page is called."""

    @property
    def description(self) -> str:
        """What it holds, in a sentence."""

    @property
    def updated(self) -> str | None:
        """When the newest of its cases changed."""

    @property
    def toc(self) -> Sequence[TocEntry]:
        """Its headings."""


View = TypeVar("View", bound=ListView)


class ListPage(GeneratedPage, Generic[View]):
    """A page that lists cases or terms.

    Guides must have been read before its body can be made, so that is left until it is written.
    """

    layout = "facet"

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        make_view: Callable[[], View],
        body: Callable[[View, File], Markup],
    ) -> None:
        """Make the page of ``file``."""
        super().__init__(file, config)
        self._make_view = make_view
        self._body = body
        self.view: View | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Make the view; there is no Markdown."""
        del config
        view = self.view = self._make_view()
        self._describe(view.title, view.description, view.updated, view.toc)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the body for later."""

    def finish(self) -> None:
        """Turn the view into HTML."""
        self.content = self._body(self.view or self._make_view(), self.file)

    def forget(self) -> None:
        """Let go of view and content."""
        super().forget()
        self.view = None


class NoticePage(ListPage[Notice]):
    """A page that says where a case is told now, or that it was withdrawn."""

    layout = "page"
    leads_to: str | None = None
    """The source path of the page that readers are led on to."""


class OverviewPage(ListPage[View]):
    """The first page of a term's cases, with what all of them say together, which is searched."""

    facet: str
    term: str


def generated_file(config: MkDocsConfig, src_uri: str) -> File:
    """Return the file that stands for a generated page; it is no part of the navigation."""
    return File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
