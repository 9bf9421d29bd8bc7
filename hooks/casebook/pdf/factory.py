"""Makes PDFs in processes of their own: one for each processor, at most as many as are wanted.

So a processor that Typst does not run on, or a document that it dies of, costs PDFs and not the
site.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from casebook.pdf.cache import Cache, Made
from casebook.pdf.document import Document

PROCESSES = 2
"""More would not be quicker where there are two processors, and take their memory everywhere."""
SECONDS = 120
"""How long one document may take; most take less than one second."""
_HOOKS = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where PDFs are made: the cache, and the folder with pictures."""

    cache: Cache
    assets: Path


@dataclass(slots=True)
class Outcome:
    """What came of an order.

    Attributes:
        made: The PDFs by their digest.
        faults: Why a document has no PDF, by its digest.
        unavailable: Why nothing could be made, in the words of the system; None when it could.
    """

    made: dict[str, Made] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    unavailable: str | None = None


def make(
    documents: Mapping[str, Document], workshop: Workshop, tell: Callable[[int, int], None]
) -> Outcome:
    """Make every document and keep it, or why it cannot be made, under its digest.

    Args:
        documents: The documents by their digest.
        workshop: Where they are made.
        tell: Is called with how many are done, and of how many.

    Raises:
        OSError: The cache cannot be written.
    """
    waiting: SimpleQueue[tuple[str, Document]] = SimpleQueue()
    for item in sorted(documents.items(), key=_longest_first):
        waiting.put(item)
    crew = _Crew(workshop, waiting, tell, len(documents))
    crew.work(min(PROCESSES, len(documents), os.cpu_count() or 1))
    return crew.outcome


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
        self._error: OSError | None = None
        self._tried: set[str] = set()
        """Documents that were the end of a process, or on their way when somebody ended it."""
        self.outcome = Outcome()

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
        if self._error is not None:
            raise self._error

    def _station(self) -> None:
        try:
            while not self._waiting.empty():
                # A process serves until one document has been the end of it.
                with _Press(self._workshop) as press:
                    if press.unavailable is not None:
                        self.outcome.unavailable = press.unavailable
                        return
                    for digest, document in self._rest():
                        if not self._make(press, digest, document):
                            break
        except OSError as error:
            self._error = error

    def _rest(self) -> Iterator[tuple[str, Document]]:
        while True:
            try:
                yield self._waiting.get_nowait()
            except Empty:
                return

    def _make(self, press: _Press, digest: str, document: Document) -> bool:
        """Make a document; tell whether the process lives on."""
        pictures = {address: file for address, file, _ in document.pictures}
        answer = press.ask({"html": document.html, "pictures": pictures})
        if answer is None and digest not in self._tried:
            self._tried.add(digest)
            self._waiting.put((digest, document))  # once more, in another process
            return False
        faults = ["it takes too long or cannot be set"] if answer is None else answer["faults"]
        with self._lock:
            if faults:
                self.outcome.faults[digest] = "; ".join(faults)
                if answer is not None:  # what ended the process may have been the machine
                    self._workshop.cache.put_fault(digest, self.outcome.faults[digest])
            else:
                assert answer is not None  # noqa: S101 - or there would be a fault
                content = base64.b64decode(answer["pdf"])
                self.outcome.made[digest] = self._workshop.cache.put(
                    digest, content, answer["pages"]
                )
            self._tell(len(self.outcome.made) + len(self.outcome.faults), self._total)
        return answer is not None


class _Press:
    """A process that sets documents: one line of JSON in, one out.

    Attributes:
        unavailable: Why it cannot work, None when it can.
    """

    def __init__(self, workshop: Workshop) -> None:
        paths = [str(_HOOKS), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "casebook.pdf.worker", str(workshop.assets)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
            text=True,
            encoding="utf-8",
        )
        answer = self._answer()
        self.unavailable: str | None = (
            f"Typst: {self._process.wait()}" if answer is None else answer["unavailable"]
        )

    def __enter__(self) -> _Press:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):  # it was killed, and an order is still on its way
                    stream.close()
        self._process.wait()

    def ask(self, order: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the answer to an order, None when the process died of it or took too long."""
        assert self._process.stdin is not None  # noqa: S101 - it was opened as a pipe
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        return self._answer()

    def _answer(self) -> dict[str, Any] | None:
        assert self._process.stdout is not None  # noqa: S101 - it was opened as a pipe
        limit = threading.Timer(SECONDS, self._process.kill)
        limit.start()
        try:
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        except ValueError:
            self._process.kill()
            return None
        finally:
            limit.cancel()
        return answer
