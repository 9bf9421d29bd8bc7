"""The search index of the site: which pages are in it, and where it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from json import dumps
from pathlib import Path

from casebook.facets import NOT_STATED
from casebook.languages import Language
from casebook.search.article import read_article
from casebook.search.corpus import Corpus
from casebook.search.engine import Entry, addresses, build_index
from casebook.search.feed import Source, term_pages
from casebook.search.shards import write_words
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Group, Thesaurus, groups_of
from casebook.search.words import load_rules
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.build import Build
from website.generated import RecordPage

INDEX, WORDS = "pagefind", "search"
"""Folders of the site: the index, and what we add to it."""
GLOSSARY = "ordliste.md"
"""The page whose terms are results of their own."""
_KINDS = {
    "veiledere": "guide",
    "sjekklister": "checklist",
    "refleksjon": "worksheet",
    "om": "about",
    GLOSSARY: "term",
}
"""What the pages in a folder are; pages elsewhere (for editors) are not searched."""


TOPICS = ("target_groups", "measures", "sectors", "collaboration")
"""Facets whose terms say what a case is about; the others tell of its circumstances."""


def kind_of(page: Page, build: Build) -> str | None:
    """Return what kind of result a page is, or None when the search leaves it out.

    Lists of pages (home, catalogue) are left out: readers want the pages themselves.
    """
    if isinstance(page, RecordPage):
        return "case"
    if page.meta.get("view") in ("home", "catalogue"):
        return None
    default = build.in_language(page.file.src_uri, build.languages.default)
    return _KINDS.get(default.split("/")[0])


@dataclass(slots=True)
class Search:
    """Makes the index of one build."""

    config: MkDocsConfig
    files: Files
    build: Build

    def write(self) -> None:
        """Write index and lists into the built site.

        Raises:
            EngineError: Pagefind is missing or refused a page.
        """
        site = Path(self.config.site_dir)
        (site / WORDS).mkdir(exist_ok=True)
        with ExitStack() as stack:
            corpora = [
                (language, stack.enter_context(Corpus(site / WORDS)))
                for language in self.build.languages
            ]
            groups = list(groups_of(self.build.library.vocabulary))
            pages = {
                language.html: partial(self._entries, language, corpus, groups)
                for language, corpus in corpora
            }
            build_index(pages, site / INDEX)
            for language, corpus in corpora:
                rules = load_rules(language.code)
                folder = site / WORDS / "words" / language.code
                write_words(folder, rules, corpus)
                self._write_lists(site, language, corpus)

    def _pages(self, language: Language) -> Iterator[tuple[Page, str]]:
        """Yield the searched pages of a language with their kind, in the order of their address."""
        for file in sorted(self.files.documentation_pages(), key=lambda file: file.url):
            page = file.page
            if page is not None and self.build.language_of(file.src_uri) is language:
                kind = kind_of(page, self.build)
                if kind is not None:
                    yield page, kind

    def _entries(self, language: Language, corpus: Corpus, groups: list[Group]) -> Iterator[Entry]:
        for page, kind in self._pages(language):
            article = read_article(Path(page.file.abs_dest_path).read_text(encoding="utf-8"))
            if article is None:
                continue
            label = language.text(f"search.kinds.{kind}")
            lead = str(page.meta.get("description", ""))
            source = Source(
                f"/{page.url}",
                kind,
                label,
                lead,
                _place(page),
                _names(page),
                own_headings=not isinstance(page, RecordPage),
            )
            if kind == "term":
                for id_, term, text in term_pages(source, article):
                    corpus.add(term, text, self._extra_of_term(id_))
                article = replace(article, sections=[])  # each term is a result of its own
            corpus.add(source, article, self._extra(page, language))
        rules = load_rules(language.code)
        stop = {word for one in self.build.languages for word in load_rules(one.code).stop}

        def make_terms(counts: Counter[str]) -> Terms:
            thesaurus = Thesaurus(groups, language.code, rules.stem_function(), stop)
            return Terms(rules, thesaurus, counts, stop)

        yield from corpus.entries(make_terms)

    def _extra(self, page: Page, language: Language) -> Extra:
        """Return what is known about a page beside its text."""
        others = [
            file.page
            for other in self.build.languages
            if other is not language
            and (file := self.files.src_uris.get(self.build.in_language(page.file.src_uri, other)))
            and file.page is not None
        ]
        return Extra(
            titles=tuple(str(other.title) for other in others),
            leads=tuple(str(other.meta.get("description", "")) for other in others),
            topics=tuple(self._topics(page)),
            depth=page.view.depth if isinstance(page, RecordPage) and page.view else "",
        )

    def _topics(self, page: Page) -> Iterator[str]:
        """Yield what the terms of a case are called, in every language."""
        if not isinstance(page, RecordPage) or page.view is None:
            return
        library = self.build.library
        case = library.cases[page.view.id]
        for facet in TOPICS:
            terms = library.vocabulary.facet(facet)
            for id_ in getattr(case, facet):
                if id_ in terms and id_ != NOT_STATED:
                    yield from terms[id_].label.values()
                    for names in terms[id_].synonyms.values():
                        yield from names

    def _extra_of_term(self, id_: str) -> Extra:
        """Return what a term of the glossary is called, in every language."""
        term = self.build.library.vocabulary.glossary.terms.get(id_)
        names = term.search_words() if term is not None else {}
        return Extra(titles=tuple(name for words in names.values() for name in words))

    def _write_lists(self, site: Path, language: Language, corpus: Corpus) -> None:
        """Write which pages of the index are what.

        ``cases.<language>.json`` holds the ids of the cases' pages in the order of the library,
        ``types.<language>.json`` those of every type but the commonest.
        """
        found = dict(addresses(site / INDEX, language.html))
        files = self.files.src_uris
        uris = [self.build.case_uri(id_, language) for id_ in self.build.library.cases]
        _write(
            site / WORDS / f"cases.{language.code}.json",
            [found.get(f"/{files[uri].url}") for uri in uris],
        )
        commonest = max(corpus.types, key=lambda type_: len(corpus.types[type_]), default="")
        ids = {
            type_: [found[address] for address in places if address in found]
            for type_, places in corpus.types.items()
            if type_ != commonest
        }
        _write(site / WORDS / f"types.{language.code}.json", {"rest": commonest, "ids": ids})


def _write(file: Path, content: object) -> None:
    file.write_text(dumps(content, separators=(",", ":")), encoding="utf-8")


def _names(page: Page) -> tuple[str, ...]:
    return page.view.names if isinstance(page, RecordPage) and page.view is not None else ()


def _place(page: Page) -> str:
    if not isinstance(page, RecordPage) or page.view is None:
        return ""
    facts = {fact.id: fact for fact in page.view.key_facts}
    return ", ".join(item.text for item in facts["places"].items) if "places" in facts else ""
