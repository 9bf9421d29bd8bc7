"""Measure the search with many cases: making the index, and time and bytes to the first results.

Usage: python tools/bench/search.py [--cases N …]

For each number of cases (default: 1000 and 10000) it makes a site whose search holds so many (see
``search_site``), tells how long reading the pages and making the index took, and asks a few queries
in a browser without a cache: from the call of the search, when nothing of it is loaded, to the data
of the first five results.  Once as fast as this machine can, once over a slow line: 150 ms to and
fro for each request, 1.6 Mbit/s for all together.  The server compresses text as hosts do, and
counts what it sends.  Prints a table and, as the last line, all figures as JSON.  Numbers only:
nothing passes or fails.

Exit: 0 measured; 1 something could not be built, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import chromium
from messages import ToolError, run_tool, say
from playwright.sync_api import Browser
from web import HOST, TYPES, find

from bench.measure import environment
from bench.run import ENDINGS, HERE, copy_source, temporary_folder

QUERIES = ("kvinner", "renhold", "sosial entreprenør", "praksis i butikk")
PAGE = "/om/"
ROUND_TRIP = 0.15
BYTES_A_SECOND = 1_600_000 / 8
CHUNK = 4096
PACKED = frozenset((".html", ".js", ".json", ".css", ".svg"))
CASE_BYTES = 150_000
"""Room on disk that a case takes: what is kept of its pages, its part of the index twice."""
AIMS = {"bytes": 320_000, "slow_seconds": 3.5, "index_seconds": 240}
_ASK = """
async (query) => {
  const started = performance.now();
  const { openSearch } = await import("/assets/scripts/search/engine.js");
  const search = await openSearch({ base: "/", language: document.documentElement.lang });
  const { status, results, total } = await search.search(query);
  const data = await Promise.all(results.slice(0, 5).map((result) => result.data()));
  if (status !== "ok" || data.some((one) => !one)) throw new Error(`${query}: ${status}`);
  return [(performance.now() - started) / 1000, total];
}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query cost.

    Attributes:
        query: What was asked.
        total: Pages found.
        seconds: Until the first five results could be shown, on a fast line.
        slow_seconds: The same on the slow one.
        bytes: What was sent for it, headers too.
        requests: How many files that was.
    """

    query: str
    total: int
    seconds: float
    slow_seconds: float
    bytes: int
    requests: int


class Line:
    """A line to the server: counts what goes over it, and can be slow."""

    def __init__(self) -> None:
        """Begin with a fast line."""
        self.slow = False
        self.bytes = 0
        self.requests = 0
        self._lock = threading.Lock()
        self._free_at = 0.0

    def reset(self, *, slow: bool) -> None:
        """Count from nought."""
        with self._lock:
            self.slow, self.bytes, self.requests, self._free_at = slow, 0, 0, 0.0

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


@contextmanager
def served(root: Path, line: Line) -> Iterator[str]:
    """Serve a folder over a line; yields the address without a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            line.request()
            file = find(root, self.path.partition("?")[0])
            file = file / "index.html" if file is not None and file.is_dir() else file
            known = file is not None and file.is_file()
            body = file.read_bytes() if known and file is not None else b""
            suffix = file.suffix if file is not None else ""
            head = [f"HTTP/1.1 {200 if known else 404} -", "Connection: keep-alive"]
            if suffix in PACKED:
                body = gzip.compress(body, 6, mtime=0)
                head.append("Content-Encoding: gzip")
            head.append(f"Content-Type: {TYPES.get(suffix, 'application/octet-stream')}")
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


def ask(site: Path, browser: Browser) -> list[Answer]:
    """Ask every query, each in a browser that has seen nothing but one page of the site."""
    line = Line()
    answers = []
    with served(site, line) as server:
        for query in QUERIES:
            fast, total, size, requests = _once(browser, server, line, query, slow=False)
            slow, _, _, _ = _once(browser, server, line, query, slow=True)
            answers.append(Answer(query, total, round(fast, 2), round(slow, 2), size, requests))
    return answers


def _once(
    browser: Browser, server: str, line: Line, query: str, *, slow: bool
) -> tuple[float, int, int, int]:
    context = browser.new_context()
    try:
        line.reset(slow=False)
        page = context.new_page()
        page.goto(server + PAGE)
        page.wait_for_load_state("networkidle")
        line.reset(slow=slow)
        seconds, total = page.evaluate(_ASK, query)
        return seconds, total, line.bytes, line.requests
    finally:
        context.close()


def measure(folder: Path, count: int, browser: Browser) -> dict[str, Any]:
    """Build a site with ``count`` cases in ``folder`` and return all its figures.

    Raises:
        ToolError: It could not be built.
    """
    copy_source(folder)
    command = [sys.executable, str(HERE / "search_site.py"), str(folder), str(count)]
    hooks = folder / "source" / "hooks"
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(PYTHONPATH=str(hooks)),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ToolError(
            "Målingen stoppet: nettstedet kunne ikke bygges, se over.",
            "The measurement stopped: the site could not be built, see above.",
        )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    answers = ask(folder / "project" / "site", browser)
    return {"cases": count, **figures, "answers": [asdict(answer) for answer in answers]}


def table(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the table that people read."""
    for one in found:
        yield (
            f"{one['cases']} eksempler / cases: indeks / index {one['index_seconds']:.1f} s "
            f"(prosessor / processor {one['index_processor_seconds']:.1f} s), "
            f"{one['index_bytes'] / 1e6:.1f} MB"
        )
        heads = f"{'treff / found':>14}{'kB':>8}{'filer / files':>15}{'s':>8}{'s treg / slow':>15}"
        yield f"  {'':22}{heads}"
        for answer in one["answers"]:
            yield (
                f"  {answer['query']:22}{answer['total']:>14}{answer['bytes'] / 1000:>8.0f}"
                f"{answer['requests']:>15}{answer['seconds']:>8.2f}{answer['slow_seconds']:>15.2f}"
            )


def _quit(number: int, _frame: object) -> None:
    # Raised instead of dying at once, so that the temporary folder is removed.
    raise SystemExit(128 + number)


def _main() -> int:
    parser = argparse.ArgumentParser(description="Measure the search with many cases.")
    parser.add_argument("--cases", type=int, nargs="+", default=[1000, 10_000], metavar="N")
    options = parser.parse_args()
    for number in ENDINGS:
        if number != signal.SIGINT:
            signal.signal(number, _quit)
    found = []
    with chromium() as browser:
        for count in options.cases:
            with temporary_folder(count * CASE_BYTES) as folder:
                found.append(measure(folder, count, browser))
    print()
    for row in table(found):
        print(row)
    print()
    size, slow, index = AIMS["bytes"] // 1000, AIMS["slow_seconds"], AIMS["index_seconds"]
    cores = os.cpu_count()
    say(
        f"Mål, ikke krav: høyst {size:.0f} kB, {slow} s på treg linje og {index} s for indeksen "
        f"({cores} kjerner her).".replace(".", ",", 1),
        f"Aims, not demands: at most {size:.0f} kB, {slow} s on a slow line and {index} s for the "
        f"index ({cores} cores here).",
    )
    print(json.dumps({"sizes": found, "aims": AIMS}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
