"""Where pages lie: their source paths, in every language."""

from __future__ import annotations

from casebook.collection.facets import ALL_CASES, BY_ID
from casebook.handwritten.page import CASES_FOLDER
from casebook.languages import Language, Languages


class Addresses:
    """Source paths of pages: ``name.md`` in the default language, ``name.<code>.md`` in others."""

    def __init__(self, languages: Languages) -> None:
        """Make paths for a site in ``languages``."""
        self.languages = languages

    def language_of(self, src_uri: str) -> Language:
        """Return the language of a source file: ``name.en.md`` is English, ``name.md`` default."""
        stem = src_uri.removesuffix(".md")
        code = stem.rpartition(".")[2]
        return self.languages.get(code)

    def in_language(self, src_uri: str, language: Language) -> str:
        """Return the source path of the same page in ``language``."""
        stem = src_uri.removesuffix(".md")
        base, _, code = stem.rpartition(".")
        if code not in self.languages:
            base = stem
        is_default = language is self.languages.default
        return f"{base}.md" if is_default else f"{base}.{language.code}.md"

    def case_uri(self, id_: str, language: Language) -> str:
        """Return the source path of a case's page."""
        return self.in_language(f"{CASES_FOLDER}/{id_}.md", language)

    def facet_uri(self, facet: str, term: str | None, language: Language, number: int = 1) -> str:
        """Return the source path of a facet, or of a page of the list of one of its terms."""
        folder = f"{CASES_FOLDER}/{BY_ID[facet].slug}"
        if term is None:
            return self.in_language(f"{folder}/index.md", language)
        place = term if number == 1 else f"{term}/{number}"
        return self.in_language(f"{folder}/{place}.md", language)

    def all_uri(self, language: Language, number: int = 1) -> str:
        """Return the source path of a page of the list of all cases."""
        name = "index" if number == 1 else str(number)
        return self.in_language(f"{CASES_FOLDER}/{ALL_CASES}/{name}.md", language)
