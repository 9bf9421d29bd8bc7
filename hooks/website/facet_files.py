"""The pages of facets: one for each term, and the list of all cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from casebook.collection.facets import FACETS
from casebook.handwritten.page import CASES_FOLDER
from casebook.languages import Language
from casebook.page.facet_pages import CaseList, FacetIndex, FacetPages, parts_of
from casebook.render.pages import Guide
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from website.build import Build
from website.generated import ListPage, OverviewPage, generated_file
from website.guides import all_guides, law_pages
from website.links import PageLinks


def add_facets(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add the pages of every facet in every language."""
    for language in build.languages:
        _FacetFiles(config, files, build, language).add()


class _FacetFiles:
    """The pages of facets in one language."""

    def __init__(
        self, config: MkDocsConfig, files: Files, build: Build, language: Language
    ) -> None:
        """Add pages to ``files``."""
        self._config = config
        self._files = files
        self._build = build
        self._language = language
        self._pages = FacetPages(build.library, language)
        self._cards: dict[tuple[str, int], Markup] = {}

    def add(self) -> None:
        """Add a page for each facet, for each part of each term's list, and of all cases."""
        for facet in FACETS:
            terms = self._build.library.facets.pages(facet.id)
            if terms:
                self._add_index(facet.id)
            for term in terms:
                self._add_term(facet.id, term)
        for number in range(1, parts_of(len(self._build.library.cases)) + 1):
            uri = self._build.addresses.all_uri(self._language, number)
            self._add_list(uri, partial(self._pages.all, number))

    def _add_index(self, facet: str) -> None:
        file = self._file(self._build.addresses.facet_uri(facet, None, self._language))
        ListPage(file, self._config, partial(self._pages.index, facet), self._index_body)

    def _add_term(self, facet: str, term: str) -> None:
        total = len(self._build.library.facets.cases(facet, term))
        for number in range(1, parts_of(total) + 1):
            uri = self._build.addresses.facet_uri(facet, term, self._language, number)
            make_view = partial(self._pages.term, facet, term, number)
            if number == 1 and (facet, term) in self._build.library.vocabulary.overviews:
                page = OverviewPage(self._file(uri), self._config, make_view, self._list_body)
                page.facet, page.term = facet, term
            else:
                self._add_list(uri, make_view)

    def _add_list(self, uri: str, make_view: Callable[[], CaseList]) -> None:
        ListPage(self._file(uri), self._config, make_view, self._list_body)

    def _file(self, uri: str) -> File:
        file = generated_file(self._config, uri)
        self._files.append(file)
        return file

    def _links(self, url: str) -> PageLinks:
        return PageLinks(self._build, self._language, url)

    def _index_body(self, view: FacetIndex, file: File) -> Markup:
        return self._build.renderer.facet_index(view, self._language, self._links(file.url))

    def _list_body(self, view: CaseList, file: File) -> Markup:
        cards = [self._card(id_, file.url) for id_ in view.cases]
        guides = self._guides(view, file)
        links = self._links(file.url)
        frame = self._build.frame
        tip = frame.tell_href(self._language, file.url)
        law = self._law(view, file)
        return self._build.renderer.case_list(view, self._language, links, cards, guides, tip, law)

    def _card(self, id_: str, url: str) -> Markup:
        """Return a card; one that was made for a page as deep as this one does here too."""
        depth = url.count("/")
        if (id_, depth) not in self._cards:
            # Seen from a page that shares no folder with any other but that of all cases.
            links = self._links(f"{CASES_FOLDER}/{'-/' * (depth - 1)}")
            card = self._pages.card(id_)
            self._cards[id_, depth] = self._build.renderer.card(card, self._language, links, "h3")
        return self._cards[id_, depth]

    def _law(self, view: CaseList, file: File) -> Mapping[str, str]:
        """Return the addresses of the pages on law and money that an overview leads to."""
        if view.overview is None or file.page is None:
            return {}
        return {
            str(page.page.meta["statements"]): page.seen_from(file.page).href
            for page in law_pages(self._language, self._files, self._build)
            if "statements" in page.page.meta
        }

    def _guides(self, view: CaseList, file: File) -> Sequence[Guide]:
        if view.tag is None or view.number > 1 or file.page is None:
            return ()
        shown = self._language, self._files, self._build
        return [
            guide.seen_from(file.page)
            for guide in (*all_guides(*shown), *law_pages(*shown))
            if guide.is_about(view.tag.facet, view.tag.term)
        ]
