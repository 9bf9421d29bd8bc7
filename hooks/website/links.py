"""Addresses of generated pages, as templates ask for them."""

from __future__ import annotations

from casebook.handwritten.places import AGREEMENTS, CATALOGUE
from casebook.languages import Language
from casebook.page.view import Tag

from website.build import Build


class PageLinks:
    """Addresses as seen from one page (see ``casebook.render.pages.Links``)."""

    def __init__(self, build: Build, language: Language, base: str) -> None:
        """See them from the page at ``base``, in ``language``."""
        self._build = build
        self._language = language
        self._base = base

    def case(self, id_: str) -> str:
        """Return the address of a case."""
        return self._href(self._build.addresses.case_uri(id_, self._language))

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        """Return the address of a facet, or of a page of the list of one of its terms."""
        return self._href(self._build.addresses.facet_uri(facet, term, self._language, number))

    def all(self, number: int = 1) -> str:
        """Return the address of a page of the list of all cases."""
        return self._href(self._build.addresses.all_uri(self._language, number))

    def narrowed(self, *tags: Tag) -> str:
        """Return the address of the catalogue narrowed by some terms, each of another facet."""
        return f"{self._href(CATALOGUE)}?{'&'.join(f'{tag.facet}={tag.term}' for tag in tags)}"

    def checklist(self, name: str) -> str:
        """Return the address of a checklist for agreements ("measure", "framework")."""
        return self._href(AGREEMENTS[name])

    def _href(self, uri: str) -> str:
        return self._build.frame.href(uri, self._language, self._base)
