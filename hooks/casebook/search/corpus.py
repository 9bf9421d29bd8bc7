"""All searched pages of a language: counted as they come, then given to the index in order."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from casebook.search.article import Article, texts
from casebook.search.common import Common
from casebook.search.engine import Entry
from casebook.search.feed import Source, page_entry
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Phrase
from casebook.search.words import words_of

MakeTerms = Callable[[Counter[str]], Terms]


class _Kept(NamedTuple):
    """A page on disk: where, and what must be known of it without reading it."""

    page: str
    place: int
    type: str
    address: str


class Corpus:
    """The pages of one language.

    What a page is found by depends on the words of all pages, so each is kept on disk until the
    last one is there.  Use as a context manager: leaving it removes the file.
    """

    def __init__(self, folder: Path, common: Common) -> None:
        """Keep the pages in a file in ``folder``; ``common`` has not counted anything yet."""
        self._common = common
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on leaving
        self._kept: list[_Kept] = []
        self.counts: Counter[str] = Counter()
        """On how many pages each word stands."""
        self.bases: dict[str, str] = {}
        """The base form of each word; complete after ``entries``, as is ``hidden``."""
        self._base: Callable[[str], str] = str
        self.targets: dict[Phrase, Phrase] = {}
        """What names that pages do not use mean, in words that they do."""
        self.hidden: set[str] = set()
        """Words that pages are found by without showing them."""

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def is_partial(self) -> bool:
        """Whether texts go to the index without their commonest words."""
        return self._common.is_some

    def base_of_hidden(self, word: str) -> str:
        """Return the base form of a hidden word when pages are found by that too, else the word."""
        base = self._base(word)
        return base if base in self.hidden or base in self.counts else word

    def __len__(self) -> int:
        """Tell how many pages there are."""
        return len(self._kept)

    def add(self, source: Source, article: Article, extra: Extra) -> None:
        """Take a page; those of one address without its anchor stay in their order."""
        page = source.address.partition("#")[0]
        self._kept.append(_Kept(page, self._file.tell(), source.type, source.address))
        self.counts.update(set(words_of(f"{article.title} {' '.join(texts(article))}")))
        self._common.count(article)
        pickle.dump((source, article, extra), self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()  # a copy of this process reads it (see ``casebook.parallel``)

    def types(self) -> dict[str, list[str]]:
        """Return the addresses of the pages of each type, in the order of the index."""
        found: dict[str, list[str]] = {}
        for kept in self._in_order():
            found.setdefault(kept.type, []).append(kept.address)
        return found

    def entries(self, make_terms: MakeTerms) -> Iterator[Entry]:
        """Yield what the index takes of each page, in the order of their addresses."""
        terms = make_terms(self.counts)
        self.bases = {word: terms.base(word) for word in self.counts}
        for kept in self._in_order():
            self._file.seek(kept.place)
            # Our own file, which nobody else can write to.
            source, article, extra = pickle.load(self._file)  # noqa: S301
            article = self._common.disguised(article)
            found = terms.of_page(article, source.lead, extra, source.headings_of(article))
            yield page_entry(source, article, found)
        self.hidden = terms.known
        self._base = terms.base
        self.targets = terms.targets(self.counts)

    def _in_order(self) -> list[_Kept]:
        return sorted(self._kept, key=attrgetter("page"))
