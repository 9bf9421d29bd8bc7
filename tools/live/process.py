"""The process that builds (``live.builder``), as the one that serves sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

TOOLS = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 5.0
"""How long it may take to end in good order."""

Said = dict[str, Any]


class BuilderProcess:
    """Starts and ends the process; ``tell`` gets all that it says, from another thread.

    When it ends by itself, that is told as ``ended``.
    """

    def __init__(self, root: Path, home: Path, url: str, tell: Callable[[Said], None]) -> None:
        """Build the project in ``root`` into folders below ``home``, for the address ``url``."""
        self._root = root
        self._arguments = [str(root), str(home), url]
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._groups: set[int] = set()

    def order(self, number: int, changed: Iterable[str], open_pages: Iterable[str]) -> None:
        """Order a build; it comes in place of any that is under way."""
        process = self._process or self._start()
        line = json.dumps({"number": number, "changed": list(changed), "open": list(open_pages)})
        with suppress(OSError):  # that it has ended is told elsewhere
            pipe = _pipe(process.stdin)
            pipe.write(f"{line}\n".encode())
            pipe.flush()

    def close(self) -> None:
        """End the process and all that it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        self._end_rest(process)

    def _start(self) -> subprocess.Popen[bytes]:
        modules = str(TOOLS), str(self._root / "hooks")
        with _signals_waiting():  # until we know of it
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "live.builder", *self._arguments],
                cwd=self._root,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(modules)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=0,  # of its own: Ctrl+C is for us, and we end it
            )
            self._groups = {process.pid}
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        for line in _pipe(process.stdout):
            said: Said = json.loads(line)
            if said["what"] == "late":
                self._groups.add(said["process"])
            elif process is self._process:
                self._tell(said)
        if process is self._process:
            self._process = None
            self._end_rest(process)
            self._tell({"what": "ended"})

    def _end_rest(self, process: subprocess.Popen[bytes]) -> None:
        """End whatever is left, without asking."""
        process.kill()
        for group in self._groups:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        process.wait()


@contextmanager
def _signals_waiting() -> Iterator[None]:
    """Let signals wait: a process that nobody knows of would not be ended."""
    endings = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    former = signal.pthread_sigmask(signal.SIG_BLOCK, endings)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - it was opened as a pipe
    return pipe
