"""The search index: what the pages of the site bring to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebook.collection.facets import FACETS, NOT_STATED
from casebook.handwritten.places import GLOSSARY
from casebook.languages import Language
from casebook.page.terms import facet_name, term_label, term_note
from casebook.page.writing import Writer
from casebook.search.article import Article, read_article
from casebook.search.engine import EngineError
from casebook.search.feed import Source
from casebook.search.making import CASE, OVERVIEW, TERM, SearchMaker
from casebook.search.terms import Extra
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.build import Build
from website.generated import OverviewPage, RecordPage
from website.later import SearchReady, Tell

_KINDS = {
    "veiledere": "guide",
    "rammer": "law",
    "sjekklister": "checklist",
    "refleksjon": "worksheet",
    "om": "about",
    GLOSSARY: TERM,
}
"""What the pages in a folder are; pages elsewhere (for editors) are not searched."""
_NO_SUBJECTS = ("result_types",)
"""Facets whose terms nobody looks for by name: "network" is a kind of result, and much else."""


def kind_of(page: Page, build: Build) -> str | None:
    """Return what kind of result a page is, or None when the search leaves it out.

    Lists of pages (home, catalogue, terms) are left out: readers want the pages themselves.
    """
    if isinstance(page, OverviewPage):
        return OVERVIEW
    if isinstance(page, RecordPage):
        return CASE
    if page.meta.get("view") in ("home", "catalogue"):
        return None
    default = build.addresses.in_language(page.file.src_uri, build.languages.default)
    return _KINDS.get(default.split("/")[0])


def make_search(files: Files, build: Build, folder: Path, tell: Tell) -> None:
    """Make the search of pages that are written already.

    Raises Abort when Pagefind is missing or refuses a page.
    """
    search = Search(files, build, folder)
    for file in files.documentation_pages():
        if file.page is not None:
            search.take(file.page, Path(file.abs_dest_path).read_text(encoding="utf-8"))
    search.write()
    tell(SearchReady(folder))


@dataclass(slots=True)
class Search:
    """Makes the search of one build."""

    files: Files
    build: Build
    folder: Path
    """Where it goes: the site, or a folder that is served with it."""
    maker: SearchMaker = field(init=False)

    def __post_init__(self) -> None:
        """Get ready to take pages; every page must have been read."""
        build = self.build
        self.maker = SearchMaker(build.languages, build.library.vocabulary, self.folder)

    def take(self, page: Page, html: str) -> None:
        """Take a finished page, when the search looks into it."""
        kind = kind_of(page, self.build)
        article = read_article(html) if kind is not None else None
        if kind is None or article is None:
            return
        language, address = self.build.addresses.language_of(page.file.src_uri), f"/{page.url}"
        if isinstance(page, OverviewPage):
            library, about = self.build.library, (page.facet, page.term)
            cases = [library.cases[id_] for id_ in library.facets.cases(*about)]
            self.maker.add_overview(language, address, about, cases, article)
            return
        elsewhere = list(self._elsewhere(page, language))
        if isinstance(page, RecordPage):
            view = page.view
            case = self.build.library.cases[view.id]
            self.maker.add_case(language, address, case, view, article, elsewhere)
        else:
            lead = str(page.meta.get("description", ""))
            source = Source(address, kind, language.text(f"search.kinds.{kind}"), lead)
            extra = Extra(
                titles=tuple(title for title, _ in elsewhere),
                leads=tuple(lead for _, lead in elsewhere),
            )
            self.maker.add(language, source, article, extra)

    def write(self) -> None:
        """Write the index and the lists.

        Raises Abort when Pagefind is missing or refuses a page.
        """
        for language in self.build.languages:
            self._take_topics(language)
        files, library = self.files.src_uris, self.build.library
        versions = {code: data.version for code, data in self.build.catalogue_data.items()}
        cases = {
            language.code: [
                f"/{files[self.build.addresses.case_uri(id_, language)].url}"
                for id_ in library.cases
            ]
            for language in self.build.languages
        }
        try:
            with self.maker:
                self.maker.write(cases, versions)
        except EngineError as error:
            raise Abort(f"search / søk: {error}") from error

    def _take_topics(self, language: Language) -> None:
        """Take the lists of cases by term, but those that a summary stands above.

        The steps of a facet ("ended", "large") are no subjects, nor are kinds of results, nor that
        nothing is known.
        """
        library, addresses = self.build.library, self.build.addresses
        writer = Writer(language, self.build.languages)
        for facet in FACETS:
            if facet.is_ordered or facet.id in _NO_SUBJECTS:
                continue
            kind = facet_name(facet.id, writer)
            for term in library.facets.terms(facet.id):
                if term == NOT_STATED or (facet.id, term) in library.vocabulary.overviews:
                    continue
                label = term_label(facet.id, term, library.vocabulary, writer)
                note = term_note(facet.id, term, library.vocabulary, writer)
                count = len(library.facets.cases(facet.id, term))
                counted = language.count("search.topic_cases", count)
                file = self.files.src_uris[addresses.facet_uri(facet.id, term, language)]
                article = Article(label, f"{note} {counted}".strip(), [])
                self.maker.add_topic(language, f"/{file.url}", (facet.id, term), kind, article)

    def _elsewhere(self, page: Page, language: Language) -> Iterator[tuple[str, str]]:
        """Yield title and description of a page in the other languages."""
        for other in self.build.languages:
            file = self.files.src_uris.get(
                self.build.addresses.in_language(page.file.src_uri, other)
            )
            if other is not language and file is not None and file.page is not None:
                yield str(file.page.title), str(file.page.meta.get("description", ""))
