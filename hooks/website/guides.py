"""The guides of the site, as lists on other pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.handwritten.places import GUIDES, LAW
from casebook.languages import Language
from casebook.render.pages import Guide
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.build import Build
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
    for node in _shelved(build):
        page = _page(node, language, files, build)
        if page is not None:
            yield GuidePage(page.file, page)


def law_pages(language: Language, files: Files, build: Build) -> Iterator[GuidePage]:
    """Yield the pages on law and money in ``language``, without the one that lists them."""
    for shelf in _shelf(LAW, build):
        for node in shelf.children:
            page = _page(node, language, files, build)
            if page is not None and node.file is not shelf.file:
                yield GuidePage(page.file, page)


def guide_parts(language: Language, files: Files, build: Build) -> Iterator[list[Page]]:
    """Yield the pages of each guide in ``language``: the one it begins with, then its chapters.

    The pages on law and money are chapters of one document too.
    """
    for node in (*_shelved(build), *_shelf(LAW, build)):
        chapters = [child for child in node.children if child.file is not node.file]
        found = [_page(one, language, files, build) for one in (node, *chapters)]
        pages = [page for page in found if page is not None]
        if found[0] is not None:
            yield pages


def _shelved(build: Build) -> Iterator[Node]:
    """Yield the guides as the navigation knows them."""
    for shelf in _shelf(GUIDES, build):
        for node in shelf.children:
            if node.file is not shelf.file:  # the list of guides is no guide itself
                yield node


def _shelf(uri: str, build: Build) -> Iterator[Node]:
    """Yield the section of the navigation that begins with the page ``uri``, when there is one."""
    for node in build.navigation.nodes:
        if node.file is not None and node.file.src_uri == uri:
            yield node


def _page(node: Node, language: Language, files: Files, build: Build) -> Page | None:
    if node.file is None:
        return None
    file = files.get_file_from_path(build.addresses.in_language(node.file.src_uri, language))
    return file.page if file is not None else None
