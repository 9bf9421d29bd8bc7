"""The search of a site: pages are taken as they are finished, and the index is made of them all."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from casebook.collection.facets import BY_ID, FACETS, NOT_STATED
from casebook.languages import Language, Languages
from casebook.page.view import CasePage
from casebook.record.case import Case
from casebook.record.places import COUNTY
from casebook.record.vocabulary import TermEntry, Vocabulary
from casebook.search.article import Article, texts
from casebook.search.common import Common
from casebook.search.corpus import Corpus
from casebook.search.engine import Entry, addresses, build_index
from casebook.search.feed import Source, term_pages
from casebook.search.places import place_names, place_word, places_around
from casebook.search.shards import Topic, write_topics, write_words
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Thesaurus, groups_of
from casebook.search.words import load_rules

INDEX, WORDS = "pagefind", "search"
"""Folders of the site: the index, and what we add to it."""
CASE, OVERVIEW, TERM = "case", "overview", "term"
"""Types of pages: a case, what all cases of a term say, and the glossary, whose terms are results
of their own.
"""
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-ZÆØÅ]+")
"""Words with a small letter: ordinary ones, and no names."""


class SearchMaker:
    """Makes the search of one site.

    Use as a context manager: leaving it removes what was kept of the pages.
    """

    def __init__(self, languages: Languages, vocabulary: Vocabulary, site: Path) -> None:
        """Write into the folder ``site``."""
        self._languages = languages
        self._vocabulary = vocabulary
        self._site = site
        self._groups = list(groups_of(vocabulary))
        self._stop = {word for one in languages for word in load_rules(one.code).stop}
        (site / WORDS).mkdir(parents=True, exist_ok=True)
        names = place_names(vocabulary, languages.default.code, ())
        self._names = {place.name for place in names}
        self._small: dict[str, set[str]] = {language.code: set() for language in languages}
        self._lists: dict[str, list[Topic]] = {language.code: [] for language in languages}
        self._stack = ExitStack()
        self._corpora = {
            language.code: self._stack.enter_context(_corpus(language.code, site / WORDS))
            for language in languages
        }

    def __enter__(self) -> SearchMaker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def add(self, language: Language, source: Source, article: Article, extra: Extra) -> None:
        """Take a page in ``language``; pages may come in any order."""
        corpus = self._corpora[language.code]
        words = _SMALL.findall(f"{article.title} {' '.join(texts(article))}")
        self._small[language.code] |= self._names.intersection(words)
        if source.type == TERM:
            for id_, term, text in term_pages(source, article):
                corpus.add(term, text, self._extra_of_term(id_))
            article = replace(article, sections=[])  # each term is a result of its own
        corpus.add(source, article, extra)

    def add_case(
        self,
        language: Language,
        address: str,
        case: Case,
        view: CasePage,
        article: Article,
        elsewhere: Iterable[tuple[str, str]],
    ) -> None:
        """Take the page of a case; ``elsewhere`` are its title and lead in other languages."""
        source = Source(
            address,
            CASE,
            language.text(f"search.kinds.{CASE}"),
            view.lead,
            _place(view),
            view.names,
            own_headings=False,
        )
        others = list(elsewhere)
        extra = Extra(
            titles=tuple(title for title, _ in others),
            leads=tuple(lead for _, lead in others),
            topics=tuple(self._topics(case)),
            depth=view.depth,
            sizes=tuple(self._sizes(case)),
            places=tuple(map(place_word, places_around(case.places, self._vocabulary))),
        )
        self.add(language, source, article, extra)

    def add_overview(
        self,
        language: Language,
        address: str,
        about: tuple[str, str],
        cases: Iterable[Case],
        article: Article,
    ) -> None:
        """Take the page with what all ``cases`` of a term say.

        It is found by the names of the term, and by the sizes of the places in its list.
        """
        facet, term = about
        named = self._vocabulary.facet(facet)[term]
        here, kind = language.code, language.text(f"search.kinds.{OVERVIEW}")
        # Single words may be wider than the term: they are topics only.
        names = tuple(name for name in named.synonyms.get(here, ()) if " " in name)
        lead = " ".join(named.note.get(here, "").split())
        source = Source(address, OVERVIEW, kind, lead, names=names, own_headings=False)
        extra = Extra(
            titles=tuple(label for code, label in named.label.items() if code != here),
            leads=tuple(note for code, note in named.note.items() if code != here),
            topics=tuple(_names(named)),
            listed_sizes=tuple(size for case in cases for size in self._sizes(case)),
        )
        self.add(language, source, article, extra)

    def add_topic(
        self, language: Language, address: str, about: tuple[str, str], kind: str, article: Article
    ) -> None:
        """Take the page that lists all cases of a term; ``kind`` is what the facet is called.

        It says nothing that the cases do not say, so the index does without it: it is found by its
        name alone, and a county by place.
        """
        facet, term = about
        if facet == COUNTY:
            place = self._vocabulary.places[term]
            labels = [place.short] if place.short else list(place.label.values())
        else:
            labels = list(self._vocabulary.facet(facet)[term].label.values())
        topic = Topic(term if facet == COUNTY else "", article.title, kind, address, labels)
        is_subject = facet != "partner_types"
        topic = replace(topic, note=article.opening, is_subject=is_subject)
        self._lists[language.code].append(topic)

    def write(
        self, cases: Mapping[str, Sequence[str]], versions: Mapping[str, str] | None = None
    ) -> None:
        """Write index and lists into the site.

        ``cases`` has the addresses of the cases' pages by code of the language, in the order of the
        library; ``versions`` those of the catalogue's indexes, which count cases by that order.  A
        language whose catalogue was not made needs no list of cases.

        Raises:
            EngineError: Pagefind is missing or refused a page.
        """
        index = self._site / INDEX
        build_index(
            {language.html: partial(self.entries, language) for language in self._languages}, index
        )
        for language in self._languages:
            found = dict(addresses(index, language.html))
            self._write_types(language, found)
            version = (versions or {}).get(language.code)
            if version is not None:
                self._write_cases(language, version, cases[language.code], found)

    def entries(self, language: Language) -> Iterator[Entry]:
        """Yield the pages of a language as the index takes them, then write its words."""
        corpus, rules = self._corpora[language.code], load_rules(language.code)

        def make_terms(counts: Counter[str]) -> Terms:
            stem = rules.stem_function()
            thesaurus = Thesaurus(self._groups, language.code, stem, self._stop)
            return Terms(rules, thesaurus, counts, self._stop)

        yield from corpus.entries(make_terms)
        places = place_names(self._vocabulary, language.code, self._small[language.code])
        folder = self._site / WORDS / "words" / language.code
        write_words(folder, rules, corpus, places)
        write_topics(folder, corpus, self._lists[language.code], self._stop)

    def _topics(self, case: Case) -> Iterator[str]:
        for facet in (facet for facet in FACETS if facet.is_topic):
            terms = self._vocabulary.facet(facet.id)
            for id_ in facet.of(case, self._vocabulary):
                if id_ in terms and id_ != NOT_STATED:
                    yield from _names(terms[id_])

    def _sizes(self, case: Case) -> Iterator[str]:
        yield from BY_ID["size"].of(case, self._vocabulary)

    def _extra_of_term(self, id_: str) -> Extra:
        """Return what a term of the glossary is called, in every language."""
        term = self._vocabulary.glossary.terms.get(id_)
        names = term.search_words() if term is not None else {}
        return Extra(titles=tuple(name for words in names.values() for name in words))

    def _write_cases(
        self, language: Language, version: str, cases: Sequence[str], found: Mapping[str, str]
    ) -> None:
        """Write the ids of the cases' pages in the order of the library.

        The name has the version of the catalogue's index: a page that was opened before the site
        was replaced finds no list, rather than other cases under its numbers.
        """
        file = self._site / WORDS / f"cases.{language.code}.{version}.json"
        _write(file, [found.get(address) for address in cases])

    def _write_types(self, language: Language, found: Mapping[str, str]) -> None:
        """Write the ids of the pages of every type but the commonest."""
        types = self._corpora[language.code].types()
        commonest = max(types, key=lambda type_: len(types[type_]), default="")
        ids = {
            type_: [found[address] for address in places if address in found]
            for type_, places in types.items()
            if type_ != commonest
        }
        _write(self._site / WORDS / f"types.{language.code}.json", {"rest": commonest, "ids": ids})


def _corpus(code: str, folder: Path) -> Corpus:
    rules = load_rules(code)
    return Corpus(folder, Common(rules.stem_function(), rules.stop))


def _names(term: TermEntry) -> Iterator[str]:
    """Yield what a term is called, in every language."""
    yield from term.label.values()
    for names in term.synonyms.values():
        yield from names


def _place(view: CasePage) -> str:
    facts = {fact.id: fact for fact in view.key_facts}
    return ", ".join(item.text for item in facts["places"].items) if "places" in facts else ""


def _write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
