"""What the page frame tells about search: where it is, in which languages, in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casebook.collection.facets import BY_ID
from casebook.collection.library import Library
from casebook.handwritten.places import SEARCH
from casebook.languages import Language
from casebook.page.terms import facets_in_use
from casebook.page.writing import Writer

from website.addresses import Addresses

TYPES = ("case", "overview", "topic", "guide", "law", "checklist", "term", "worksheet", "about")
"""Kinds of pages that one can narrow a search to, as the index calls them."""
_FOR_SCRIPTS = "search.script."

Href = Callable[[str, Language], str]
"""From a page's source path and a language to the address as seen from the page being made."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A link that repeats the search in another language, in the words of that language."""

    text: str
    html_lang: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchFrame:
    """The search of one page.

    ``facets`` are names with addresses, ``texts`` the words that scripts put on the page.
    """

    href: str
    elsewhere: tuple[Elsewhere, ...]
    facets: tuple[tuple[str, str], ...]
    types: tuple[str, ...]
    texts: Mapping[str, str]


class SearchFrames:
    """Tells templates about search; one instance serves a whole build."""

    def __init__(self, library: Library, addresses: Addresses) -> None:
        """Gather what each language says."""
        languages = self._languages = addresses.languages
        self._facets = {
            language.code: [
                (name, addresses.facet_uri(id_, None, languages.default))
                for id_, name in facets_in_use(library, Writer(language, languages))
                if BY_ID[id_].is_offered
            ]
            for language in languages
        }
        self._texts = {
            language.code: {
                key.removeprefix(_FOR_SCRIPTS): text
                for key, text in sorted(language.strings.items())
                if key.startswith(_FOR_SCRIPTS)
            }
            for language in languages
        }

    def frame(self, language: Language, href: Href) -> SearchFrame:
        """Return the search of a page in ``language``, its links made by ``href``."""
        return SearchFrame(
            href=href(SEARCH, language),
            elsewhere=tuple(
                Elsewhere(other.text("search.repeat_here"), other.html, href(SEARCH, other))
                for other in self._languages
                if other is not language
            ),
            facets=tuple((name, href(uri, language)) for name, uri in self._facets[language.code]),
            types=TYPES,
            texts=self._texts[language.code],
        )
