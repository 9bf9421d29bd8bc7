"""The scripts of the search and the catalogue, run in a browser with any words and any address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import browsing
from casebook.search.article import Article, Section
from hypothesis import strategies as st
from playwright.sync_api import Page, Route

from fuzz import inputs
from fuzz.shapes import ORDINARY, staircase
from fuzz.targets import Target
from fuzz.ways import LANGUAGES, ROOT, Searches

SITE = "http://site.example"
"""A site that does not exist: what it has comes from the folders of this project."""
MOST_SEARCHES = 150
"""How often the engine may be asked for one query."""
_QUERIES = """async ([language, queries]) => {
  const load = (name) => import(`/assets/scripts/search/${name}.js`);
  const { openWords } = await load("words");
  const { understand } = await load("query");
  const { rank } = await load("ranking");
  const { findWritten } = await load("written");
  const { present, readExcerpt } = await load("excerpt");
  window.words ??= {};
  const folder = `${location.origin}/words/${language}/`;
  const words = (window.words[language] ??= await openWords(folder));
  const told = [];
  for (const query of queries) {
    let asked = 0;
    const page = { content: query, meta: {}, anchors: [], url: "/a/" };
    const found = { id: "a", score: 1, words: [0, 1], data: async () => page };
    const instance = { search: async () => ({ results: (asked += 1) ? [found] : [] }) };
    const start = performance.now();
    const text = query.slice(0, 200).trim();
    const { units, corrected } = await understand(text, words);
    if (units.length) await rank(instance, units, words.pages, () => "case");
    await findWritten(instance, text, words);
    readExcerpt(present(page, new Set([0, 1, 2])).excerpt);
    told.push({ asked, corrected, milliseconds: performance.now() - start });
  }
  return told;
}"""
_ADDRESSES = """async (addresses) => {
  const { readAddress, writeAddress } = await import("/assets/scripts/catalogue/state.js");
  const { Cases } = await import("/assets/scripts/catalogue/selection.js");
  const cases = new Cases({
    cases: 3, facets: { measures: { a: [1, 1], b: [2] }, county: { c: [3] } }, places: { m: [1] },
    title: [2, 0, 1], updated: [1, 2, 3], confirmed: [3, 2, 1], rungs: [],
  });
  const known = {
    facets: new Map([["measures", ["a", "b"]], ["county", ["c"]]]),
    sorts: ["title", "newest", "like"], maxPages: 9,
    profile: { municipality: ["m"], county: ["c"], size: [], partner: [] },
  };
  return addresses.map((address) => {
    const start = performance.now();
    const { state } = readAddress(address, known);
    const { numbers } = cases.select(state, state.query ? [1, 2] : null);
    const written = writeAddress(state, known);
    const again = writeAddress(readAddress(written, known).state, known);
    const milliseconds = performance.now() - start;
    return { same: written === again, numbers: numbers.length, milliseconds };
  });
}"""


@contextmanager
def page_of_scripts(folder: Path) -> Iterator[Page]:
    """Open a page that can import the site's scripts; ``folder`` has the folder ``words``."""
    with browsing.chromium() as browser:
        page = browser.new_page()
        page.route("**/*", lambda route: _answer(route, folder))
        page.goto(f"{SITE}/")
        yield page


def _answer(route: Route, folder: Path) -> None:
    path = route.request.url.removeprefix(SITE).partition("?")[0].lstrip("/")
    root = folder if path.startswith("words/") else ROOT / "docs"
    if not path:
        route.fulfill(body="<!doctype html><title>A</title>", content_type="text/html")
    elif (root / path).is_file():
        route.fulfill(path=root / path)
    else:
        route.fulfill(status=404)


def write_site_words(folder: Path) -> None:
    """Index the guides, and texts that are hard to search: the words that queries are mended to."""
    search = Searches(folder)
    hard = ("å" * 40, "ø" * 40, "æøå" * 20, staircase(2_000), ORDINARY.text(500), "a" * 500)
    texts = (*hard, *inputs.page_seeds())
    for language in LANGUAGES:
        sections = [Section(2, "a", "A", text) for text in texts]
        search(Article("A", "B", sections), language)


class Slow(Exception):  # noqa: N818 - it is told as a finding, never raised to a caller
    """The browser was busy for too long."""


def _in_time(page: Page, script: str, argument: Any, seconds: float) -> list[dict[str, Any]]:
    """Run a script; what takes too long is tried again, since others may have been busy."""
    for _ in range(2):
        told: list[dict[str, Any]] = page.evaluate(script, argument)
        slow = [one for one in told if one["milliseconds"] > seconds * 1000]
        if not slow:
            return told
    raise Slow(f"{slow[0]['milliseconds']:.0f} ms")


@contextmanager
def targets(folder: Path, seconds: float) -> Iterator[list[Target]]:
    """Make ready what runs in a browser; ``seconds`` is how long an input may take."""
    write_site_words(folder)
    with page_of_scripts(folder) as page:

        def ask(queries: list[str]) -> None:
            clean = [query.encode("utf-8", "replace").decode() for query in queries]
            for language in LANGUAGES:
                for one in _in_time(page, _QUERIES, [language.code, clean], seconds):
                    assert one["asked"] <= MOST_SEARCHES, one

        def read(addresses: list[str]) -> None:
            clean = [address.encode("utf-8", "replace").decode() for address in addresses]
            for one in _in_time(page, _ADDRESSES, clean, seconds):
                assert one["same"], one

        values = inputs.TEXTS | st.sampled_from(("a", "a,b", "c", "m", "1", "99", "newest", "like"))
        names = st.sampled_from(("measures", "county", "q", "exact", "sort", "page", "like_county"))
        pairs = st.builds("{}={}".format, names | st.text(max_size=5), values)
        queries = st.lists(inputs.QUERIES, min_size=1, max_size=8)
        addresses = st.lists(st.lists(pairs, max_size=20).map("&".join), min_size=1, max_size=8)
        yield [
            Target("search: queries", queries, ask),
            Target("catalogue: addresses", addresses, read),
        ]
