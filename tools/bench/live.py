"""What ``make site`` costs: until the first page and the last PDF, and after a word is saved.

Everything is measured from outside: the tool runs as people run it, with a project of its own and
without anything from earlier runs.  Processor time is that of all its processes together (Linux).
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
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


class _Running:
    """The tool while it runs."""

    def __init__(self, home: Path, pdf: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self._port = int(taken.getsockname()[1])
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

    def said(self) -> str:
        """Return what the tool has said so far.

        Raises:
            ToolError: It has ended, or could not build.
        """
        text = os.pread(self._output.fileno(), 1 << 24, 0).decode(errors="replace")
        if self.process.poll() is not None or any(sentence in text for sentence in FAILED):
            sys.stderr.write(text)
            raise ToolError("«make site» viste ikke siden.", "“make site” has not shown the page.")
        return text

    def wait_for_sentence(self, sentence: str, times: int) -> float:
        """Wait until it has said a sentence so often; return the time."""
        while self.said().count(sentence) < times:
            time.sleep(PAUSE)
        return time.perf_counter()

    def wait_for_page(self, path: str, text: str) -> float:
        """Wait until a page holds a text; return the time."""
        while self.said() is not None:
            try:
                address = f"http://127.0.0.1:{self._port}{path}"
                with urllib.request.urlopen(address, timeout=60) as answer:
                    if text in answer.read().decode():
                        break
            except OSError:
                pass
            time.sleep(PAUSE)
        return time.perf_counter()

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


@contextmanager
def _running(home: Path, pdf: str) -> Iterator[_Running]:
    running = _Running(home, pdf)
    try:
        yield running
    finally:
        running.end()


def measure_live(home: Path, pdf: str) -> dict[str, float]:
    """Measure the project in ``home``, which has the tools as well, with PDFs as ``pdf`` says."""
    record = sorted((home / "cases").glob("*.yml"))[0]
    page = f"/eksempler/{record.stem}/"
    with _running(home, pdf) as running:
        first = running.wait_for_page(page, "<main") - running.start
        first_cpu = running.cpu()
        everything = running.wait_for_sentence(ALL, 1) - running.start
        everything_cpu = running.cpu()
        words, pages = zip(*(_save(running, record, page, n) for n in range(SAVES)), strict=True)
    found = {
        "first_page_seconds": first,
        "first_page_cpu_seconds": first_cpu,
        "all_seconds": everything,
        "all_cpu_seconds": everything_cpu,
        "saved_word_seconds": median(words),
        "saved_word_all_pages_seconds": median(pages),
    }
    return {name: round(value, 3) for name, value in found.items()}


def _save(running: _Running, record: Path, page: str, number: int) -> tuple[float, float]:
    """Save a word; return how long it takes until its page has it, and until all pages are new."""
    word, former = f"Ord{number}", running.said().count(PAGES)
    text, count = _LEAD.subn(lambda match: f"{match[0]}{word} ", record.read_text("utf-8"), count=1)
    if count != 1:
        raise ValueError(f"{record}: no lead")
    start = time.perf_counter()
    record.write_text(text, encoding="utf-8")
    shown = running.wait_for_page(page, word) - start
    every = running.wait_for_sentence(PAGES, former + 1) - start
    running.wait_for_sentence(ALL, number + 2)
    return shown, every
