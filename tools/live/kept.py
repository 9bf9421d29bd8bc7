"""What a process keeps from one build to the next: work whose outcome cannot have changed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from casebook.render.pages import Renderer
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents


@dataclass(slots=True)
class _Rendered:
    """What Markdown made of a page, and of what."""

    source: Hashable
    content: str
    toc: TableOfContents
    title: str | None
    anchors: set[str]
    links: dict[str, dict[str, str]] | None
    """Links to anchors, by the source file of the page that they lead to."""


@dataclass(slots=True)
class Kept:
    """Templates that have been read, and pages as Markdown made them, by source file.

    What Markdown made becomes known only when its build has succeeded (``settle``): else a warning
    would be given once and then be forgotten.
    """

    environment: Environment | None = None
    """That of the page frame."""
    renderer: Renderer | None = None
    """That of the bodies of generated pages."""

    _pages: dict[str, _Rendered] = field(default_factory=dict)
    _new: dict[str, _Rendered] = field(default_factory=dict)

    def settle(self, succeeded: bool) -> None:
        """Keep what the build made that has ended, or forget it."""
        if succeeded:
            self._pages |= self._new
        self._new = {}

    def find(self, page: Page, source: Hashable) -> _Rendered | None:
        """Return what Markdown made of the same source before."""
        made = self._pages.get(page.file.src_uri)
        return made if made is not None and made.source == source else None

    def put(self, page: Page, made: _Rendered) -> None:
        """Take what Markdown has made."""
        self._new[page.file.src_uri] = made


class KeptPage(Page):
    """A hand-written page that goes through Markdown only when its text is not what it was."""

    def __init__(self, file: File, config: MkDocsConfig, kept: Kept) -> None:
        """Make the page of ``file``."""
        super().__init__(None, file, config)
        self._kept = kept

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Turn the Markdown into HTML, or take what it was turned into before."""
        # Which files there are decides which links hold and where they lead.
        source = (self.markdown, frozenset(files.src_uris))
        made = self._kept.find(self, source)
        if made is None:
            super().render(config, files)
            self._kept.put(self, self._as_made(source))
            return
        self.content, self.toc, self._title_from_render = made.content, made.toc, made.title
        self.present_anchor_ids = made.anchors
        self.links_to_anchors = None
        if made.links is not None:
            self.links_to_anchors = {files.src_uris[uri]: it for uri, it in made.links.items()}

    def _as_made(self, source: Hashable) -> _Rendered:
        links: Any = self.links_to_anchors
        return _Rendered(
            source,
            self.content or "",
            self.toc,
            self._title_from_render,
            self.present_anchor_ids or set(),
            None if links is None else {file.src_uri: found for file, found in links.items()},
        )
