"""Make a site whose search holds many cases, and time its index; a process of its own.

Usage: python search_site.py FOLDER CASES

FOLDER holds ``source`` (see ``prepare``) and gets ``project`` with the built site in it.  The site
is built with its own cases.  Before its index is written, made-up cases are added: their pages are
made as those of the site are and go the same way into the index, but are not written as files,
since nothing of that is measured here.  Tells on standard error how far it is; prints one line of
JSON: what reading the pages and making the index cost.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from casebook.collection.library import Library
from casebook.languages import Language, load_languages
from casebook.page.case_page import build_case_page
from casebook.page.view import CasePage
from casebook.page.writing import Writer
from casebook.record.case import Case
from casebook.record.vocabulary import FOLDER, Context, load_vocabulary
from casebook.render.pages import Renderer
from casebook.render.terms import Explainer, explainer
from casebook.search.article import read_article
from casebook.search.making import SearchMaker
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.prepare import real_records, told_in_full
from bench.synthetic import Generator

CASES = "eksempler"
"""The folder of the cases' pages."""
EVERY = 500
"""Pages between two lines of progress."""
Finished = tuple[str, str, CasePage, str]
"""Code of the language, id, view and HTML of a page."""


def make_site(folder: Path, count: int) -> dict[str, float]:
    """Build a site whose search holds ``count`` cases; return what its index cost."""
    source, home = folder / "source", folder / "project"
    home.mkdir(exist_ok=True)
    _tell(f"Lager {count} eksempler / Making {count} cases")
    site = ManyCases(library_of(source, count), source / "overrides")
    config = load_config(
        config_file=str(source / "mkdocs.yml"), site_dir=str(home / "site"), strict=False
    )
    config.plugins.on_startup(command="build", dirty=False)
    # The hooks are loaded by now, from the copy that is being built.
    from website.search_index import Search  # noqa: PLC0415

    spent = Spent()

    def write(self: Search) -> None:
        with self.maker:
            site.fill(self.maker, set(self.build.library.cases), spent)
            _tell("Lager søkeindeksen / Making the search index")
            with spent.time():
                self.maker.write(site.addresses())

    Search.write = write  # type: ignore[method-assign]
    _tell("Bygger nettstedet / Building the site")
    build(config)
    index = home / "site" / "pagefind"
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    return {
        "index_seconds": round(spent.wall, 1),
        "index_processor_seconds": round(spent.processor, 1),
        "index_bytes": size,
    }


def library_of(source: Path, count: int) -> Library:
    """Return the site's own records and made-up ones, ``count`` in all."""
    languages = load_languages()
    vocabulary, _ = load_vocabulary(source / "cases" / FOLDER, languages)
    real = real_records(source / "cases")
    generator = Generator(told_in_full(real), vocabulary, languages.codes)
    context = Context(languages, vocabulary)
    gc.disable()  # as the build does while it reads records
    made = generator.records(generator.ids(max(count, len(real)), list(real)))
    # The real records stay, so that there is something to find.
    records = chain(real.items(), islice(made, len(real), None))
    cases = {id_: Case.model_validate(record, context=context) for id_, record in records}
    gc.enable()
    return Library.of(languages, vocabulary, cases)


@dataclass
class Spent:
    """Seconds on the clock and of all processors."""

    wall: float = 0
    processor: float = 0

    @contextmanager
    def time(self) -> Iterator[None]:
        """Add what is spent inside."""
        wall, processor = time.perf_counter(), _processor()
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.processor += _processor() - processor


class ManyCases:
    """The pages of many cases."""

    def __init__(self, library: Library, templates: Path) -> None:
        """Make pages of all cases in ``library``."""
        self._library = library
        self._renderer = Renderer(templates)
        self._explainers: dict[str, Explainer] = {
            code: explainer(library.vocabulary.glossary, code) for code in library.languages.codes
        }

    def fill(self, maker: SearchMaker, known: Collection[str], spent: Spent) -> None:
        """Give ``maker`` every page but those of the cases that it has (``known``)."""
        wanted = [id_ for id_ in self._library.cases if id_ not in known]
        jobs = [(code, id_) for code in self._library.languages.codes for id_ in wanted]
        # Pages are made by all processors, outside the time that counts.
        context = multiprocessing.get_context("fork")
        with context.Pool(os.cpu_count(), initializer=_take_site, initargs=(self,)) as pool:
            for start in range(0, len(jobs), EVERY):
                for code, id_, view, html in pool.map(_finished, jobs[start : start + EVERY]):
                    with spent.time():
                        self._give(maker, self._library.languages.get(code), id_, view, html)
                done = min(start + EVERY, len(jobs))
                _tell(f"{done} av / of {len(jobs)} sider / pages")

    def _give(
        self, maker: SearchMaker, language: Language, id_: str, view: CasePage, html: str
    ) -> None:
        article = read_article(html)
        if article is None:
            raise ValueError(f"the page of {id_} is not marked for search")
        case = self._library.cases[id_]
        writers = (
            Writer(other, self._library.languages)
            for other in self._library.languages
            if other is not language
        )
        elsewhere = [(writer.pair(case.title), writer.pair(case.lead)) for writer in writers]
        maker.add_case(language, self._address(id_, language), case, view, article, elsewhere)

    def finished(self, code: str, id_: str) -> Finished:
        """Return a page as the search takes it."""
        language = self._library.languages.get(code)
        view = build_case_page(id_, self._library, language)
        body = self._renderer.case(view, language, _Links(), None)
        html, _ = self._explainers[code].explain(str(body))
        return code, id_, view, f"<main data-pagefind-body>{html}</main>"

    def addresses(self) -> dict[str, list[str]]:
        """Return the addresses of all cases by language."""
        return {
            language.code: [self._address(id_, language) for id_ in self._library.cases]
            for language in self._library.languages
        }

    def _address(self, id_: str, language: Language) -> str:
        default = language is self._library.languages.default
        return f"/{CASES}/{id_}/" if default else f"/{CASES}/{id_}.{language.code}/"


class _Links:
    """Addresses that no reader of the index follows."""

    def case(self, id_: str) -> str:
        return f"../{id_}/"

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        return f"../{facet}/{term or ''}/{number}/"

    def all(self, number: int = 1) -> str:
        return f"../alle/{number}/"

    def checklist(self, name: str) -> str:
        return f"../{name}/"


_sites: list[ManyCases] = []
"""What a worker makes pages of: handed on as it is when the worker starts, since it is large."""


def _take_site(site: ManyCases) -> None:
    _sites.append(site)


def _finished(job: tuple[str, str]) -> Finished:
    return _sites[-1].finished(*job)


def _processor() -> float:
    """Return the processor time of this process and of those it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(make_site(Path(sys.argv[1]), int(sys.argv[2]))))
