"""The guides of the site, as lists on other pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.languages import Language
from casebook.render.pages import Guide
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.build import Build
from website.context import GUIDES
from website.navigation import Node


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide in one language: its file and its page, which has been read."""

    file: File
    page: Page

    def seen_from(self, page: Page) -> Guide:
        """Return title, description and address as seen from ``page``."""
        href = get_relative_url(self.file.url, page.url)
        return Guide(self.page.title or "", str(self.page.meta.get("description", "")), href)

    def is_about(self, facet: str, term: str) -> bool:
        """Say whether the guide's front matter names a term: ``facets: {<facet>: [<term>]}``."""
        facets = self.page.meta.get("facets") or {}
        return term in (facets.get(facet) or ())


def all_guides(language: Language, files: Files, build: Build) -> Iterator[GuidePage]:
    """Yield the guides in ``language`` in the order of the navigation, without their chapters."""
    shelf = next((node for node in build.navigation.nodes if _is_shelf(node)), None)
    if shelf is None:
        return
    for node in shelf.children:
        if node.file is None or node.file is shelf.file:  # the list of guides is no guide itself
            continue
        file = files.get_file_from_path(build.in_language(node.file.src_uri, language))
        if file is not None and file.page is not None:
            yield GuidePage(file, file.page)


def _is_shelf(node: Node) -> bool:
    return node.file is not None and node.file.src_uri == GUIDES
