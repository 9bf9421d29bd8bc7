"""Navigation: one tree, written once in the default language, shown in each language.

``mkdocs-i18n`` sorts the whole navigation anew for every page, at a cost that grows with the cube
of the pages in it.  So we take the tree over when MkDocs has read it, and hand an empty one on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page


@dataclass(slots=True)
class Node:
    """A page or section of the navigation, in the default language.

    A section whose first page is an index is called and addressed as that page; only one without
    has a ``title`` of its own.
    """

    title: str | None
    file: File | None
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class SiteNavigation:
    """The tree of the site, and how sections are called in other languages."""

    nodes: list[Node] = field(default_factory=list)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def title(self, node: Node, language: str, files: Mapping[str, File], uri: str | None) -> str:
        """Return what a node is called: its own title in ``language``, or that of its page.

        A page with a long title may have a short one for the navigation: ``menu`` in front matter.
        """
        if node.title is not None:
            return self.translations.get(language, {}).get(node.title, node.title)
        file = files.get(uri or "") or node.file
        page = file.page if file is not None else None
        if page is None:
            return ""
        return str(page.meta.get("menu") or page.title or "")

    def pages_beside(self, src_uri: str) -> tuple[list[Node], int] | None:
        """Return the pages of the section that holds ``src_uri``, and its place among them."""
        for siblings in self._sections(self.nodes):
            for place, node in enumerate(siblings):
                if node.file is not None and node.file.src_uri == src_uri and not node.children:
                    return siblings, place
        return None

    def _sections(self, nodes: list[Node]) -> Iterator[list[Node]]:
        yield nodes
        for node in nodes:
            if node.children:
                yield from self._sections(node.children)


def take_over(nav: Navigation, translations: Mapping[str, Mapping[str, str]]) -> SiteNavigation:
    """Return our tree of what MkDocs read from ``mkdocs.yml``."""
    return SiteNavigation(list(_nodes(nav.items)), translations)


def _nodes(items: list[object]) -> Iterator[Node]:
    for item in items:
        if isinstance(item, Section):
            children = list(_nodes(list(item.children)))
            first = children[0].file if children else None
            index = first if first is not None and first.name == "index" else None
            yield Node(None if index else item.title, index, children)
        elif isinstance(item, Page):
            yield Node(None, item.file)


class SiteFiles(Files):
    """The files of the site, with a short answer to a long question.

    ``src_paths`` is asked for by one caller only: ``mkdocs-i18n`` looks through all pages for each
    page, to put a list of language links into its text.  Our own template has the language switch,
    so the answer is that there is nothing to list.
    """

    @property
    def src_paths(self) -> dict[str, File]:
        """No files: see the class."""
        return {}
