"""Makes PDFs in processes of their own: one for each processor, at most as many as are wanted.

WeasyPrint needs libraries of the system (Pango and what it stands on).  Where they are missing the
rest of the site is made all the same.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from casebook.pdf.cache import Cache, Made
from casebook.pdf.document import Document

PROCESSES = 2
"""More would not be quicker where there are two processors, and take their memory everywhere."""
_HOOKS = Path(__file__).parent.parent.parent


class LibrariesMissingError(Exception):
    """WeasyPrint cannot be loaded; the message is the system's own."""


class FaultError(Exception):
    """A document could not be set, or not without a fault; the message begins with its name."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where PDFs are made: the cache, and the folder with typeface and pictures."""

    cache: Cache
    assets: Path


def make(
    documents: Mapping[str, Document], workshop: Workshop, tell: Callable[[int, int], None]
) -> dict[str, Made]:
    """Make every document and keep it under its digest, the key in ``documents``.

    ``tell`` is called with how many are done, and of how many.

    Raises LibrariesMissingError, or FaultError with all faults, one a line; what was made until
    then is kept.
    """
    waiting: SimpleQueue[tuple[str, Document]] = SimpleQueue()
    for item in sorted(documents.items(), key=_longest_first):
        waiting.put(item)
    crew = _Crew(workshop, waiting, tell, len(documents))
    crew.work(min(PROCESSES, len(documents), os.cpu_count() or 1))
    return crew.made


def _longest_first(item: tuple[str, Document]) -> tuple[int, str]:
    """Order documents so that no process is left with a long one at the end."""
    return -len(item[1].html), item[1].name


class _Crew:
    def __init__(
        self,
        workshop: Workshop,
        waiting: SimpleQueue[tuple[str, Document]],
        tell: Callable[[int, int], None],
        total: int,
    ) -> None:
        self._workshop = workshop
        self._waiting = waiting
        self._tell = tell
        self._total = total
        self._lock = threading.Lock()
        self._faults: list[str] = []
        self._missing: str | None = None
        self.made: dict[str, Made] = {}

    def work(self, processes: int) -> None:
        threads = [threading.Thread(target=self._station) for _ in range(processes)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        finally:
            for _ in self._rest():  # Ctrl+C: nothing more is begun
                pass
            for thread in threads:
                thread.join()
        if self._missing is not None:
            raise LibrariesMissingError(self._missing)
        if self._faults:
            raise FaultError("\n".join(sorted(self._faults)))

    def _station(self) -> None:
        try:
            with _Press(self._workshop) as press:
                for digest, document in self._rest():
                    self._make(press, digest, document)
        except LibrariesMissingError as error:
            self._missing = str(error)
        except (OSError, ValueError) as error:  # the process died, or said nothing we understand
            with self._lock:
                self._faults.append(f"PDF: {error}")

    def _rest(self) -> Iterator[tuple[str, Document]]:
        while True:
            try:
                yield self._waiting.get_nowait()
            except Empty:
                return

    def _make(self, press: _Press, digest: str, document: Document) -> None:
        answer = press.ask({"html": document.html, "most_pages": document.most_pages})
        faults = [f"{document.name}: {fault}" for fault in answer["faults"]]
        content = base64.b64decode(answer["pdf"])
        with self._lock:
            # Kept before it is judged: the next build need not make it again.
            self.made[digest] = self._workshop.cache.put(digest, content, answer["pages"])
            self._faults += faults
            self._tell(len(self.made), self._total)


class _Press:
    """A process that sets documents: one line of JSON in, one out."""

    def __init__(self, workshop: Workshop) -> None:
        paths = [str(_HOOKS), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "casebook.pdf.worker", str(workshop.assets)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTHONUTF8": "1",
                # Stands in the embedded fonts; always the same, or else so would no PDF be.
                "SOURCE_DATE_EPOCH": "1767225600",
            },
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> _Press:
        missing = self._answer()["missing"]
        if missing is not None:
            self.__exit__(None, None, None)
            raise LibrariesMissingError(missing)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()

    def ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101 - it was opened as a pipe
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101 - it was opened as a pipe
        line = self._process.stdout.readline()
        if not line:
            raise ValueError(f"the process that sets PDFs ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer
