"""The search index of the site: which pages are in it, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from json import dumps
from pathlib import Path

from casebook.languages import Language
from casebook.search.article import read_article
from casebook.search.engine import Entry, addresses, build_index
from casebook.search.feed import Source, page_entry, term_entries
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
        pages = {
            language.html: lambda language=language: self._entries(language)
            for language in self.build.languages
        }
        build_index(pages, site / INDEX)
        (site / WORDS).mkdir(exist_ok=True)
        for language in self.build.languages:
            self._write_cases(site, language)

    def _pages(self, language: Language) -> Iterator[tuple[Page, str]]:
        """Yield the searched pages of a language with their kind, in the order of their address."""
        for file in sorted(self.files.documentation_pages(), key=lambda file: file.url):
            page = file.page
            if page is not None and self.build.language_of(file.src_uri) is language:
                kind = kind_of(page, self.build)
                if kind is not None:
                    yield page, kind

    def _entries(self, language: Language) -> Iterator[Entry]:
        for page, kind in self._pages(language):
            article = read_article(Path(page.file.abs_dest_path).read_text(encoding="utf-8"))
            if article is None:
                continue
            label = language.text(f"search.kinds.{kind}")
            lead = str(page.meta.get("description", ""))
            source = Source(f"/{page.url}", kind, label, lead, _place(page))
            yield page_entry(source, article)
            if kind == "term":
                yield from term_entries(source, article)

    def _write_cases(self, site: Path, language: Language) -> None:
        """Write the ids of the cases' pages in the index, in the order of the library."""
        found = dict(addresses(site / INDEX, language.html))
        files = self.files.src_uris
        uris = [self.build.case_uri(id_, language) for id_ in self.build.library.cases]
        ids = [found.get(f"/{files[uri].url}") for uri in uris]
        text = dumps(ids, separators=(",", ":"))
        (site / WORDS / f"cases.{language.code}.json").write_text(text, encoding="utf-8")


def _place(page: Page) -> str:
    if not isinstance(page, RecordPage) or page.view is None:
        return ""
    facts = {fact.id: fact for fact in page.view.key_facts}
    return ", ".join(item.text for item in facts["places"].items) if "places" in facts else ""
