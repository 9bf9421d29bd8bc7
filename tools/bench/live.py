"""What ``make site`` costs: until the first page and the last PDF, and after a word is saved.

Everything is measured from outside: the tool runs as people run it, with a project of its own and
without anything from earlier runs.  Processor time is that of all its processes together (Linux).
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from messages import ToolError

from bench.measure import environment

PAUSE = 0.02
SAVES = 5
"""So many words are saved, one after the other; the median counts."""
_LEAD = re.compile(r"^lead:\n  \w+: (?:[>|]-?\n    )?", re.MULTILINE)
PAGES, ALL = "The page is up to date.", "Search and PDFs are ready."
FAILED = ("cannot be built yet", "is still shown")


@dataclass(frozen=True, slots=True)
class Live:
    """What was found, in seconds; ``cpu`` is processor time of all processes.

    Attributes:
        cases: How many records there are.
        first_page_cpu: From the start to the first page that a browser gets.
        first_page_wall: The same, on the clock.
        all_cpu: From the start until search and all PDFs are there.
        all_wall: The same, on the clock.
        saved_wall: From a saved word to the page that holds it, on the clock.
        saved_pages_wall: From a saved word until all pages are up to date.
    """

    cases: int
    first_page_cpu: float
    first_page_wall: float
    all_cpu: float
    all_wall: float
    saved_wall: float
    saved_pages_wall: float


class _Running:
    """The tool while it runs."""

    def __init__(self, home: Path, pdf: str) -> None:
        self._port = _free_port()
        self.start = time.perf_counter()
        self._output = (home / "said.txt").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, "tools/serve.py", "--port", str(self._port)],
            cwd=home,
            env=environment(SITE_PDF=pdf),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
        )

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until a text has been said so often."""
        while self.count(text) < times:
            self.pause()

    def pause(self) -> None:
        """Wait a moment.

        Raises:
            ToolError: The tool has ended, or could not build.
        """
        said = self._said()
        if self.process.poll() is not None or any(sentence in said for sentence in FAILED):
            sys.stderr.write(said)
            raise ToolError("«make site» viste ikke siden.", "“make site” has not shown the page.")
        time.sleep(PAUSE)

    def count(self, text: str) -> int:
        """Return how often a text has been said."""
        return self._said().count(text)

    def page(self, path: str) -> str:
        """Return a page, nothing while there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            with closing(connection):
                connection.request("GET", path)
                return connection.getresponse().read().decode()
        except OSError:
            return ""

    def cpu(self) -> float:
        """Return the processor time of all processes so far, also of those that have ended."""
        ticks = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:  # the session
                ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self._output.close()

    def _said(self) -> str:
        return os.pread(self._output.fileno(), 1 << 24, 0).decode(errors="replace")


@contextmanager
def _running(home: Path, pdf: str) -> Iterator[_Running]:
    running = _Running(home, pdf)
    try:
        yield running
    finally:
        running.end()


def measure_live(home: Path, pdf: str) -> Live:
    """Measure the project in ``home``, which has the tools as well, with PDFs as ``pdf`` says."""
    record = sorted((home / "cases").glob("*.yml"))[0]
    page = f"/eksempler/{record.stem}/"
    with _running(home, pdf) as running:
        while "<main" not in running.page(page):
            running.pause()
        first = running.cpu(), time.perf_counter() - running.start
        running.wait_for(ALL)
        everything = running.cpu(), time.perf_counter() - running.start
        words, pages = zip(*(_save(running, record, page, n) for n in range(SAVES)), strict=True)
    cases = sum(1 for _ in (home / "cases").glob("*.yml"))
    return Live(cases, *first, *everything, median(words), median(pages))


def _save(running: _Running, record: Path, page: str, number: int) -> tuple[float, float]:
    """Save a word; return how long it takes until its page has it, and until all pages are new."""
    word, former = f"Ord{number}", running.count(PAGES)
    text, count = _LEAD.subn(lambda match: f"{match[0]}{word} ", record.read_text("utf-8"), count=1)
    if count != 1:
        raise ValueError(f"{record}: no lead")
    start = time.perf_counter()
    record.write_text(text, encoding="utf-8")
    while word not in running.page(page):
        running.pause()
    shown = time.perf_counter() - start
    running.wait_for(PAGES, former + 1)
    every = time.perf_counter() - start
    running.wait_for(ALL, number + 2)
    return shown, every


def live_figures(live: Live) -> dict[str, float]:
    """Return all figures."""
    return {name: round(value, 3) for name, value in asdict(live).items()}


def live_rows(found: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table: one column for each project."""
    yield _row("make site", [f"N = {one['cases']:.0f}" for one in found.values()])
    names = (
        ("first_page_cpu", "Første side, CPU / First page, CPU, s"),
        ("first_page_wall", "Første side / First page, s"),
        ("all_cpu", "Alt, CPU / Everything, CPU, s"),
        ("all_wall", "Alt / Everything, s"),
        ("saved_wall", "Lagret ord, siden / Saved word, its page, s"),
        ("saved_pages_wall", "Lagret ord, alle sider / all pages, s"),
    )
    for name, label in names:
        yield _row(label, [f"{one[name]:.2f}" for one in found.values()])


def _row(label: str, cells: list[str]) -> tuple[str, ...]:
    return (label, *cells, *[""] * (3 - len(cells)))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
