"""The catalogue and the search of a built site in a browser: seconds and bytes, on two lines.

A fast line is as fast as this machine; the slow one takes 150 ms to and fro for each request and
carries 1.6 Mbit/s for all together.  The server packs text as hosts do and counts what it sends.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from web import HOST, find, type_of

QUERIES = ("kvinner", "renhold", "sosial entreprenør", "praksis i butikk")
START, CATALOGUE = "/om/", "/eksempler/"
LINES = ("fast", "slow")
ROUND_TRIP = 0.15
BYTES_A_SECOND = 1_600_000 / 8
CHUNK = 4096
PACKED = (".css", ".html", ".js", ".json", ".svg")
_READY = "document.querySelector('.catalogue.interactive:not(.waiting)')"
_CARDS = "document.querySelectorAll('.cards .card').length"
_SETTLED = "!document.querySelector('.cards[aria-busy]')"
_ASK = """
async (query) => {
  const { openSearch } = await import("/assets/scripts/search/engine.js");
  const search = await openSearch({ base: "/", language: document.documentElement.lang });
  const { status, results, total } = await search.search(query);
  const data = await Promise.all(results.slice(0, 5).map((result) => result.data()));
  if (status !== "ok" || data.some((one) => !one)) throw new Error(`${query}: ${status}`);
  return total;
}
"""
_SELECT = """
async () => {
  const { Cases } = await import("/assets/scripts/catalogue/selection.js");
  const { noState, choose } = await import("/assets/scripts/catalogue/state.js");
  const root = document.querySelector(".catalogue").dataset;
  const name = `facets.${root.language}.${root.version}.json`;
  const cases = new Cases(await (await fetch(new URL(`${root.data}${name}`, location))).json());
  const state = noState();
  for (const [facet, terms] of [...cases.facets].slice(0, 3)) {
    for (const term of [...terms.keys()].slice(0, 2)) choose(state, facet, term, true);
  }
  cases.select(state, null);
  const start = performance.now();
  for (let round = 0; round < 10; round++) cases.select(state, null);
  return (performance.now() - start) / 10;
}
"""
"""Milliseconds in which the script finds cases and counts, without the page."""


class Line:
    """A line to the server: counts what goes over it, and can be slow."""

    def __init__(self) -> None:
        """Begin with a fast line."""
        self.slow = False
        self.bytes = self.requests = 0
        self._lock = threading.Lock()
        self._free_at = 0.0

    def request(self) -> None:
        """Take a request."""
        with self._lock:
            self.requests += 1
        if self.slow:
            time.sleep(ROUND_TRIP)

    def send(self, size: int) -> None:
        """Wait until so many bytes have gone over the line."""
        with self._lock:
            self.bytes += size
            if not self.slow:
                return
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + size / BYTES_A_SECOND
            wait = self._free_at - now
        time.sleep(wait)


@lru_cache(maxsize=10_000)
def _packed(file: Path) -> bytes:
    body = file.read_bytes()
    return gzip.compress(body, 6, mtime=0) if file.suffix in PACKED else body


@contextmanager
def host(site: Path, line: Line) -> Iterator[str]:
    """Serve a folder over a line; yields the address without a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            line.request()
            file = find(site, self.path.partition("?")[0])
            file = file / "index.html" if file is not None and file.is_dir() else file
            body = b"" if file is None or not file.is_file() else _packed(file)
            head = [f"HTTP/1.1 {200 if body else 404} -", "Cache-Control: max-age=60"]
            if file is not None and file.suffix in PACKED:
                head.append("Content-Encoding: gzip")
            head.append(f"Content-Type: {type_of(file or Path())}")
            head.append(f"Content-Length: {len(body)}")
            data = "\r\n".join([*head, "", ""]).encode() + body
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                line.send(len(piece))
                self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class Reader:
    """Someone with an empty cache, who notes what each step costs."""

    def __init__(self, page: Page, line: Line) -> None:
        """Read on ``page`` what comes over ``line``."""
        self.page = page
        self.steps: dict[str, dict[str, float]] = {}
        self._line = line

    def step(self, name: str, act: Callable[[], object], done: str = "true") -> Any:
        """Do something, wait until the expression ``done`` holds, and return what came of it."""
        bytes_before, requests_before = self._line.bytes, self._line.requests
        start = time.perf_counter()
        result = act()
        self.page.wait_for_function(done)
        self.steps[name] = {
            "seconds": round(time.perf_counter() - start, 3),
            "bytes": self._line.bytes - bytes_before,
            "requests": self._line.requests - requests_before,
        }
        return result


@contextmanager
def _reader(browser: Browser, line: Line, slow: bool) -> Iterator[Reader]:
    line.slow = slow
    # The page's own policy would keep the measurement from looking into it.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    context.set_default_timeout(120_000)
    try:
        yield Reader(context.new_page(), line)
    finally:
        context.close()


def ask(site: Path, browser: Browser) -> dict[str, Any]:
    """Ask every query on a page where nothing of the search is loaded yet."""
    line, found = Line(), {}
    with host(site, line) as server:
        for query in QUERIES:
            answers: dict[str, Any] = {}
            for name in LINES:
                with _reader(browser, line, slow=False) as reader:
                    page = reader.page
                    page.goto(server + START, wait_until="networkidle")
                    line.slow = name == "slow"
                    answers["total"] = reader.step(name, lambda: page.evaluate(_ASK, query))  # noqa: B023
                    answers |= reader.steps
            found[query] = answers
    return found


def visit_catalogue(site: Path, browser: Browser) -> dict[str, Any]:
    """Open the catalogue, choose, sort and ask for more."""
    line, found = Line(), {}
    with host(site, line) as server:
        for name in LINES:
            with _reader(browser, line, slow=name == "slow") as reader:
                _browse(reader, server + CATALOGUE)
                found[name] = reader.steps
        with _reader(browser, line, slow=False) as reader:
            reader.page.goto(server + CATALOGUE)
            reader.page.wait_for_function(_READY)
            found["select_milliseconds"] = round(reader.page.evaluate(_SELECT), 2)
    return found


def _browse(reader: Reader, address: str) -> None:
    page = reader.page
    reader.step("first cards", lambda: page.goto(address, wait_until="commit"), f"{_CARDS} > 0")
    reader.step("filters ready", lambda: None, _READY)
    chosen = f"document.querySelectorAll('.chip').length === 1 && {_SETTLED} && {_CARDS} > 0"
    reader.step("a term chosen", page.locator("[data-facet] input").first.check, chosen)
    order = page.locator(".sort select")
    sorted_ = f"document.querySelector('.sort select').value === 'newest' && {_SETTLED}"
    reader.step("newest first", lambda: order.select_option("newest"), sorted_)
    shown, more = page.locator(".cards .card").count(), page.locator(".show-more")
    if more.is_visible():
        reader.step("more cards", more.click, f"{_CARDS} > {shown}")
