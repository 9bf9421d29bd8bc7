"""Measure the catalogue in a browser, with many made-up cases.

Usage: python tools/bench/catalogue.py [--cases N …]

For each number of cases, on a fast line and on a slow one (150 ms, 1.6 Mbit/s): what the catalogue
fetches, as it comes over the wire (gzip), and how long a reader waits.  The site itself is built
once; only the catalogue's page and its data are made for the made-up cases.  Prints tables and, as
the last line, all figures as JSON.  Numbers only: nothing passes or fails.

Exit: 0 measured; 1 something could not be built, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import chromium
from casebook.browser.catalogue_data import build_catalogue_data
from casebook.collection.library import DATA_FOLDER, Library
from casebook.languages import Language, load_languages
from casebook.page.catalogue import build_catalogue
from casebook.record.case import Case
from casebook.record.vocabulary import FOLDER, Context, load_vocabulary
from casebook.render.pages import DataPlace, Renderer
from markupsafe import Markup
from messages import run_tool, say
from playwright.sync_api import Browser, Page
from web import HOST, TYPES, find

from bench.measure import environment, measure
from bench.prepare import real_records, told_in_full
from bench.run import ENDINGS, Steps, temporary_folder
from bench.synthetic import Generator

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "eksempler"
"""The folder of the catalogue in the default language."""
LINES: dict[str, dict[str, float]] = {
    "fast": {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    "slow": {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8},
}
SITE_BYTES = 200_000_000
READY = ".catalogue.interactive:not(.waiting)"


# --- what is measured ----------------------------------------------------------------------


class SiteLinks:
    """Addresses as seen from the catalogue, or from ``base`` before them; no page need exist."""

    def __init__(self, base: str = "") -> None:
        """Put ``base`` in front of every address."""
        self._base = base

    def case(self, id_: str) -> str:
        """Return the address of a case."""
        return f"{self._base}{id_}/"

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        """Return the address of a facet or of one of its terms."""
        return f"{self._base}{facet}/{term or ''}/{number}/"

    def all(self, number: int = 1) -> str:
        """Return the address of the list of all cases."""
        return f"{self._base}alle/{number}/"

    def checklist(self, name: str) -> str:
        """Return the address of a checklist for agreements."""
        return f"{self._base}{name}/"


def made_up(count: int) -> Library:
    """Return a library of ``count`` made-up cases.

    Raises:
        ToolError: A made-up case has problems, which is a fault of this measurement.
    """
    languages, cases_folder = load_languages(), ROOT / "cases"
    vocabulary, _ = load_vocabulary(cases_folder / FOLDER, languages)
    models = told_in_full(real_records(cases_folder))
    generator = Generator(models, vocabulary, languages.codes)
    context = Context(languages, vocabulary)
    cases = {
        id_: Case.model_validate(record, context=context)
        for id_, record in generator.records(generator.ids(count))
    }
    return Library.of(languages, vocabulary, cases)


def put_into(site: Path, library: Library, language: Language) -> None:
    """Replace catalogue and data of a built site by those of ``library``."""
    folder = site / CATALOGUE
    data = build_catalogue_data(library, language, SiteLinks(f"{CATALOGUE}/").case)
    shutil.rmtree(folder / DATA_FOLDER)
    for name, text in data.files.items():
        file = folder / DATA_FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    renderer = Renderer(ROOT / "overrides")
    place = DataPlace(root="../", folder=f"../{CATALOGUE}/{DATA_FOLDER}/", version=data.version)
    page = build_catalogue(library, language)
    intro = Markup("<h1>Eksempler</h1>")
    body = renderer.catalogue(page, language, SiteLinks(), intro, place, "../om/")
    file = folder / "index.html"
    before, _, rest = file.read_text(encoding="utf-8").partition("<main")
    start, _, rest = rest.partition(">")
    _, _, after = rest.partition("</main>")
    file.write_text(f"{before}<main{start}>{body}</main>{after}", encoding="utf-8")


# --- a host that packs what it sends -------------------------------------------------------


@contextmanager
def host(site: Path) -> Iterator[str]:
    """Serve a folder as an ordinary host does: packed, with time to keep it."""

    @cache
    def packed(path: Path, changed: int) -> bytes:
        del changed  # the files are replaced between measurements
        raw = path.read_bytes()
        return raw if path.suffix == ".woff2" else gzip.compress(raw, 6, mtime=0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = find(site, urlsplit(self.path).path)
            if path is not None and path.is_dir():
                path /= "index.html"
            if path is None or not path.is_file():
                self.send_error(404)
                return
            body = packed(path, path.stat().st_mtime_ns)
            self.send_response(200)
            self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
            if path.suffix != ".woff2":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=60")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


# --- a visit -------------------------------------------------------------------------------


class Visit:
    """One reader with an empty cache: counts what comes over the wire, and takes the time."""

    def __init__(self, browser: Browser, line: str) -> None:
        """Open a window on a line (one of ``LINES``)."""
        # The page's own policy would keep the measurement from looking into it.
        self._context = browser.new_context(
            viewport={"width": 1280, "height": 900}, bypass_csp=True
        )
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(120_000)
        session = self._context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **LINES[line]})
        session.on("Network.loadingFinished", self._count)
        self.bytes = 0
        self.requests = 0
        self.steps: dict[str, dict[str, float]] = {}

    def _count(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def step(self, name: str, act: Callable[[], object], done: str, *, rest: bool = True) -> None:
        """Do something and wait until the expression ``done`` holds.

        Without ``rest`` the next step begins at once, with whatever is still on its way.
        """
        bytes_before, requests_before = self.bytes, self.requests
        start = time.perf_counter()
        act()
        self.page.wait_for_function(done)
        seconds = time.perf_counter() - start
        if rest:
            self.page.wait_for_load_state("networkidle")
        self.steps[name] = {
            "seconds": round(seconds, 3),
            "bytes": self.bytes - bytes_before,
            "requests": self.requests - requests_before,
        }

    def close(self) -> None:
        """Close the window."""
        self._context.close()


def _settled(chips: int, sort: str) -> str:
    """Return an expression that holds when a choice is shown with its cards."""
    return (
        f"document.querySelectorAll('.chip').length === {chips}"
        f" && document.querySelector('.sort select').value === '{sort}'"
        " && !document.querySelector('.cards[aria-busy]')"
        " && document.querySelector('.cards .card')"
    )


def visit(browser: Browser, address: str, line: str) -> dict[str, Any]:
    """Visit the catalogue, choose, sort and ask for more; return what each step cost."""
    reader = Visit(browser, line)
    page = reader.page
    try:
        reader.step(
            "first cards",
            lambda: page.goto(address, wait_until="commit"),
            "document.querySelectorAll('.cards .card').length > 0",
            rest=False,
        )
        reader.step("filters ready", lambda: None, f"document.querySelector('{READY}') !== null")
        box = page.locator("[data-facet] input").first
        reader.step("a term chosen", box.check, _settled(1, "title"))
        order = page.locator(".sort select")
        reader.step("newest first", lambda: order.select_option("newest"), _settled(1, "newest"))
        shown = page.locator(".cards .card").count()
        more = page.locator(".show-more")
        if more.is_visible():
            reader.step(
                "more cards",
                more.click,
                f"document.querySelectorAll('.cards .card').length > {shown}",
            )
        return {"steps": reader.steps, "bytes": reader.bytes, "requests": reader.requests}
    finally:
        reader.close()


def computing(browser: Browser, address: str) -> float:
    """Return the milliseconds the script needs to find cases and counts, without the page."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(READY)
        found: float = page.evaluate(
            """async () => {
              const { Cases } = await import("/assets/scripts/catalogue/selection.js");
              const { noState, choose } = await import("/assets/scripts/catalogue/state.js");
              const root = document.querySelector(".catalogue").dataset;
              const name = `facets.${root.language}.${root.version}.json`;
              const data = new URL(`${root.data}${name}`, document.baseURI);
              const cases = new Cases(await (await fetch(data)).json());
              const state = noState();
              for (const [facet, terms] of [...cases.facets].slice(0, 3)) {
                for (const term of [...terms.keys()].slice(0, 2)) choose(state, facet, term, true);
              }
              cases.select(state, null);
              const start = performance.now();
              for (let round = 0; round < 10; round++) cases.select(state, null);
              return (performance.now() - start) / 10;
            }"""
        )
        return round(found, 2)
    finally:
        context.close()


# --- telling -------------------------------------------------------------------------------


def bench(folder: Path, counts: list[int]) -> list[dict[str, Any]]:
    """Measure with each number of cases, in ``folder``."""
    steps = Steps(1 + len(counts) * (1 + len(LINES)))
    language = load_languages().default
    site = folder / "site"
    with steps.step("Bygger nettstedet", "Building the site"):
        command = [sys.executable, "tools/build.py", "--site-dir", str(site)]
        measure(command, ROOT, environment())
    found = []
    with host(site) as root, chromium() as browser:
        for count in counts:
            with steps.step(f"Lager {count} eksempler", f"Making {count} cases"):
                put_into(site, made_up(count), language)
            figures: dict[str, Any] = {"cases": count, "files": _sizes(site, language)}
            address = f"{root}{CATALOGUE}/"
            for line in LINES:
                with steps.step(f"{count} eksempler, {line}", f"{count} cases, {line}"):
                    figures[line] = visit(browser, f"{address}?n={count}", line)
            figures["select_milliseconds"] = computing(browser, address)
            found.append(figures)
    return found


def _sizes(site: Path, language: Language) -> dict[str, dict[str, int]]:
    """Return the bytes of page and index, as they are and packed."""
    folder = site / CATALOGUE
    files = {
        "page": folder / "index.html",
        "index": next((folder / DATA_FOLDER).glob(f"facets.{language.code}.*.json")),
    }
    return {
        name: {"bytes": len(raw), "gzip": len(gzip.compress(raw, 6))}
        for name, file in files.items()
        if (raw := file.read_bytes())
    }


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines that people read."""
    for figures in found:
        sizes = figures["files"]
        yield f"{figures['cases']} eksempler / cases"
        for name, size in sizes.items():
            yield f"  {name:<16}{size['bytes'] / 1000:9.1f} kB {size['gzip'] / 1000:9.1f} kB gzip"
        yield f"  {'select':<16}{figures['select_milliseconds']:9.2f} ms"
        for line in LINES:
            told = figures[line]
            yield f"  {line}: {told['bytes'] / 1000:.1f} kB, {told['requests']} requests"
            for name, step in told["steps"].items():
                yield (
                    f"    {name:<16}{step['seconds']:8.2f} s {step['bytes'] / 1000:9.1f} kB"
                    f" {step['requests']:4} requests"
                )
        yield ""


def _quit(number: int, _frame: object) -> None:
    # Raised instead of dying at once, so that the temporary folder is removed.
    raise SystemExit(128 + number)


def _main() -> int:
    parser = argparse.ArgumentParser(description="Measure the catalogue with many cases.")
    parser.add_argument("--cases", type=int, nargs="+", default=[1000, 10_000], metavar="N")
    options = parser.parse_args()
    for number in ENDINGS:
        if number != signal.SIGINT:
            signal.signal(number, _quit)
    with temporary_folder(SITE_BYTES) as folder:
        found = bench(folder, options.cases)
    print()
    for line in table(found):
        print(line)
    say(
        "Mål: høyst 500 kB i alt, en side på høyst 300 kB.",
        "Aims: 500 kB in all, a page of 300 kB.",
    )
    print(json.dumps(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
