"""All searched pages of a language: read once, counted, then given to the index one by one."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from casebook.search.article import Article, texts
from casebook.search.engine import Entry
from casebook.search.feed import Source, page_entry
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Phrase
from casebook.search.words import words_of

MakeTerms = Callable[[Counter[str]], Terms]


class Corpus:
    """The pages of one language.

    What a page is found by depends on the words of all pages, so each is kept on disk until the
    last one is there.  Use as a context manager: leaving it removes the file.
    """

    def __init__(self, folder: Path) -> None:
        """Keep the pages in a file in ``folder``."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on leaving
        self._pages = 0
        self.counts: Counter[str] = Counter()
        """On how many pages each word stands."""
        self.types: dict[str, list[str]] = {}
        """The addresses of the pages of each type."""
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

    def base_of_hidden(self, word: str) -> str:
        """Return the base form of a hidden word when pages are found by that too, else the word."""
        base = self._base(word)
        return base if base in self.hidden or base in self.counts else word

    def __len__(self) -> int:
        """Tell how many pages there are."""
        return self._pages

    def add(self, source: Source, article: Article, extra: Extra) -> None:
        """Take a page."""
        self._pages += 1
        self.types.setdefault(source.type, []).append(source.address)
        self.counts.update(set(words_of(f"{article.title} {' '.join(texts(article))}")))
        pickle.dump((source, article, extra), self._file, pickle.HIGHEST_PROTOCOL)

    def entries(self, make_terms: MakeTerms) -> Iterator[Entry]:
        """Yield what the index takes of each page, in the order in which they came."""
        terms = make_terms(self.counts)
        self.bases = {word: terms.base(word) for word in self.counts}
        self._file.seek(0)
        for _ in range(self._pages):
            # Our own file, which nobody else can write to.
            source, article, extra = pickle.load(self._file)  # noqa: S301
            yield page_entry(source, article, terms.of_page(article, source.lead, extra))
        self.hidden = terms.known
        self._base = terms.base
        self.targets = terms.targets(self.counts)
