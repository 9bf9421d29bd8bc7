"""Score the search of this site in a browser, beside plain Pagefind and stock Material.

Usage: python tools/search_score/score.py [--queries FILE] [--site DIR] [--only-ours] [--misses]

Builds the site, asks every query of the file (default: tests/search/queries.json) and prints
figures by category and in all.  What the figures mean stands in ``measures.py``.  The last line
holds those of this site, for machines.  Numbers only: nothing passes or fails.

Exit: 0 scored; 1 something could not be built or read, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import chromium, served
from build import ROOT, render_site
from casebook.languages import load_languages
from messages import run_tool, say

from search_score.engines import Engine, build_stock, index_plainly, ours, plain, stock
from search_score.measures import FIRST, Hit, Score, mean, score
from search_score.queries import Query, Subjects, load_queries

QUERIES = ROOT / "tests" / "search" / "queries.json"
SUBJECTS = ROOT / "tests" / "search" / "subjects.yml"
Answers = Sequence[Sequence[Hit]]


def answers(engine: Engine, queries: Sequence[Query]) -> Answers:
    """Return the results of every query."""
    print(f"{engine.name} …", file=sys.stderr, flush=True)
    return [engine.hits(query.text, query.language) for query in queries]


def judge(
    hits: Answers, queries: Sequence[Query], subjects: Subjects, languages: Sequence[str] = ()
) -> list[Score]:
    """Return the score of each query; pages count in its language, or in all ``languages``."""

    def wanted(name: str, codes: Sequence[str]) -> frozenset[str]:
        return frozenset().union(*(subjects.addresses(name, code) for code in codes))

    return [
        score(found, [wanted(name, languages or [query.language]) for name in query.relevant])
        for found, query in zip(hits, queries, strict=True)
    ]


def table(scores: Mapping[str, Sequence[Score]], queries: Sequence[Query]) -> Iterator[str]:
    """Yield the lines of the table: figures by category, then in all, of each engine."""
    heads = "".join(f"{head:>8}" for head in (f"recall@{FIRST}", "mrr", "none", f"prec@{FIRST}"))
    width = max(len(query.category) for query in queries) + 2
    yield " " * (width + 4) + "".join(f"{name:^36}" for name in scores)
    yield f"{'':{width}}{'n':>4}" + f"   {heads} " * len(scores)
    for category in [*dict.fromkeys(query.category for query in queries), None]:
        chosen = [n for n, query in enumerate(queries) if category in (None, query.category)]
        cells = (
            "".join(f"{value:8.2f}" for value in mean(one[n] for n in chosen))
            for one in scores.values()
        )
        rest = "".join(f"   {cell} " for cell in cells)
        yield f"{category or 'alle / all':{width}}{len(chosen):>4}{rest}"


def misses(hits: Answers, scores: Sequence[Score], queries: Sequence[Query]) -> Iterator[str]:
    """Yield the queries that are not answered in full, with what came first."""
    for found, one, query in zip(hits, scores, queries, strict=True):
        if one.recall < 1 or one.mrr < 1:
            yield f"{query.id} [{query.language}] «{query.text}» {one.line()}"
            yield f"     soker / wanted: {', '.join(query.relevant)}"
            for hit in found[:FIRST]:
                yield f"     {min(hit, key=len)}"


def _main() -> int:
    parser = argparse.ArgumentParser(description="Score the search of this site in a browser.")
    parser.add_argument("--queries", type=Path, default=QUERIES, metavar="FILE")
    parser.add_argument("--site", type=Path, help="a built site, instead of building one")
    parser.add_argument("--only-ours", action="store_true", help="without the other two searches")
    parser.add_argument("--misses", action="store_true", help="list queries that lack something")
    options = parser.parse_args()
    languages = load_languages()
    queries = load_queries(options.queries, languages.codes)
    subjects = Subjects.load(SUBJECTS, languages.default.code)
    for name in sorted({name for query in queries for name in query.relevant} - set(subjects)):
        say(
            f"Emnet «{name}» står ikke i {SUBJECTS.name}: regnet som eksempelet med den iden.",
            f"The subject “{name}” is not in {SUBJECTS.name}: taken for the case of that id.",
        )
    scores: dict[str, list[Score]] = {}
    with tempfile.TemporaryDirectory(prefix="kunnskapsbanken-search-") as temporary:
        folder = Path(temporary).resolve()
        site = folder / "site"
        if options.site is not None:
            shutil.copytree(options.site, site)
        else:
            say("Bygger nettstedet …", "Building the site …")
            site.mkdir()
            os.environ["SITE_PDF"] = ""
            render_site(ROOT, site, None)
        with served(site) as host, chromium() as window:
            engine = ours(window, host.url, languages)
            found = answers(engine, queries)
            own = scores[engine.name] = judge(found, queries, subjects)
            if not options.only_ours:
                index_plainly(site)
                engine = plain(window, host.url, languages)
                scores[engine.name] = judge(answers(engine, queries), queries, subjects)
                with served(build_stock(site, folder / "stock")) as other:
                    engine = stock(window, other.url, languages)
                    hits = answers(engine, queries)
                # One index holds both languages: a page in either is as good.
                scores[engine.name] = judge(hits, queries, subjects, languages.codes)
    print(*table(scores, queries), sep="\n")
    if options.misses:
        print(*misses(found, own, queries), sep="\n")
    print(mean(own).line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
