"""Score the search of this site in a browser, beside plain Pagefind and stock Material.

Usage: python tools/search_score/score.py [--queries FILE] [--site DIR] [--only-ours] [--misses]

Builds the site, asks every query of the file (default: tests/search/queries.json) and prints
figures by category and in all.  What the figures mean stands in ``measures.py``.  The last line
holds those of this site, for machines.  Numbers only: nothing passes or fails.

Exit: 0 scored; 1 something could not be built or read, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import chromium, served
from build import ROOT, render_site
from casebook.languages import load_languages
from messages import ToolError, run_tool, say

from search_score.engines import Engine, index_plainly, ours, plain, stock
from search_score.measures import FIRST, Hit, Score, mean, score
from search_score.queries import Query, Subjects, load_queries
from search_score.stock import build_stock, searched_pages

QUERIES = ROOT / "tests" / "search" / "queries.json"
SUBJECTS = ROOT / "tests" / "search" / "subjects.yml"
STEP = 25
"""Queries after which the tool tells how far it is."""
START = "/om/"
"""A page that both searches are asked on; in other languages the one beside it."""


def answers(engine: Engine, queries: Sequence[Query]) -> list[Sequence[Hit]]:
    """Return the results of every query, telling how far it is."""
    found = []
    for number, query in enumerate(queries, start=1):
        found.append(engine.hits(query.text, query.language))
        if number % STEP == 0 or number == len(queries):
            print(f"{engine.name}: {number}/{len(queries)}", file=sys.stderr, flush=True)
    return found


def judge(
    hits: Sequence[Sequence[Hit]],
    queries: Sequence[Query],
    subjects: Subjects,
    languages: Sequence[str] = (),
) -> list[Score]:
    """Return the score of each query; pages count in its language, or in all ``languages``."""
    return [
        score(
            found,
            [
                frozenset().union(
                    *(subjects.addresses(name, code) for code in languages or [query.language])
                )
                for name in query.relevant
            ],
        )
        for found, query in zip(hits, queries, strict=True)
    ]


def table(scores: Mapping[str, Sequence[Score]], queries: Sequence[Query]) -> Iterator[str]:
    """Yield the lines of the table: figures by category, then in all, of each engine."""
    heads = (f"recall@{FIRST}", "mrr", "none", f"prec@{FIRST}")
    width = max(len(query.category) for query in queries) + 2
    yield " " * (width + 4) + "".join(f"{name:^36}" for name in scores)
    yield f"{'':{width}}{'n':>4}" + "".join(
        f"{'':3}" + "".join(f"{head:>8}" for head in heads) + " " for _ in scores
    )
    categories = list(dict.fromkeys(query.category for query in queries))
    for category in [*categories, None]:
        chosen = [n for n, query in enumerate(queries) if category in (None, query.category)]
        cells = "".join(
            f"{'':3}"
            + "".join(f"{value:8.2f}" for value in _values(mean(one[n] for n in chosen)))
            + " "
            for one in scores.values()
        )
        yield f"{category or 'alle / all':{width}}{len(chosen):>4}{cells}"


def _values(one: Score) -> tuple[float, ...]:
    return one.recall, one.mrr, one.none, one.precision


def misses(
    hits: Sequence[Sequence[Hit]], scores: Sequence[Score], queries: Sequence[Query]
) -> Iterator[str]:
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
    queries = load_queries(options.queries)
    languages = load_languages()
    subjects = Subjects.load(SUBJECTS, languages.default.code)
    _check_languages(queries, languages.codes)
    unknown = sorted({name for query in queries for name in query.relevant} - set(subjects))
    with tempfile.TemporaryDirectory(prefix="kunnskapsbanken-search-") as temporary:
        folder = Path(temporary).resolve()
        site = _site(options.site, folder / "site")
        starts = {
            language.code: START
            if language is languages.default
            else f"{START}index.{language.code}/"
            for language in languages
        }
        found, scores = _score(site, folder, queries, subjects, starts, options.only_ours)
    first = next(iter(scores))
    print()
    for line in table(scores, queries):
        print(line)
    if not options.only_ours:
        print()
        _compare(scores)
    if options.misses:
        print(*misses(found[first], scores[first], queries), sep="\n")
    for name in unknown:
        say(
            f"Emnet «{name}» står ikke i {SUBJECTS.name}: regnet som eksempelet med den iden.",
            f"The subject “{name}” is not in {SUBJECTS.name}: taken for the case of that id.",
        )
    print(mean(scores[first]).line(), flush=True)
    return 0


def _score(
    site: Path,
    folder: Path,
    queries: Sequence[Query],
    subjects: Subjects,
    starts: dict[str, str],
    only_ours: bool,
) -> tuple[dict[str, list[Sequence[Hit]]], dict[str, list[Score]]]:
    found: dict[str, list[Sequence[Hit]]] = {}
    scores: dict[str, list[Score]] = {}
    with served(site) as host, chromium() as window:
        server = host.url.rstrip("/")
        engines = [ours(window, server, starts)]
        if not only_ours:
            index_plainly(site)
            engines.append(plain(window, server, starts))
        for engine in engines:
            found[engine.name] = answers(engine, queries)
            scores[engine.name] = judge(found[engine.name], queries, subjects)
        if not only_ours:
            with served(build_stock(searched_pages(site), folder / "stock")) as other:
                engine = stock(window, other.url.rstrip("/"), list(starts))
                found[engine.name] = answers(engine, queries)
                # One index holds both languages: a page in either is as good.
                scores[engine.name] = judge(found[engine.name], queries, subjects, list(starts))
    return found, scores


def _compare(scores: Mapping[str, Sequence[Score]]) -> None:
    """Tell the precision on the queries that each other engine answers: silence costs nothing."""
    own, *others = scores
    for name in others:
        answered = [n for n, one in enumerate(scores[name]) if not one.none]
        mine, theirs = (
            mean(scores[engine][n] for n in answered).precision for engine in (own, name)
        )
        print(
            f"precision@{FIRST} på / on {len(answered)} som / that {name} finner / finds: "
            f"{own} {mine:.2f}, {name} {theirs:.2f}"
        )


def _check_languages(queries: Sequence[Query], codes: Sequence[str]) -> None:
    foreign = sorted({query.language for query in queries} - set(codes))
    if foreign:
        raise ToolError(
            f"Spørringene er på språk som nettstedet ikke har: {', '.join(foreign)}.",
            f"The queries are in languages that the site does not have: {', '.join(foreign)}.",
        )


def _site(built: Path | None, target: Path) -> Path:
    """Return a copy of the site that may be written to."""
    if built is not None:
        shutil.copytree(built, target)
    else:
        say("Bygger nettstedet …", "Building the site …")
        target.mkdir()
        render_site(ROOT, target, None, verbose=False)
    return target


if __name__ == "__main__":
    sys.exit(run_tool(_main))
