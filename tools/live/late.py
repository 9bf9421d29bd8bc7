"""Work beside the building: a copy of this process that can be ended at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from messages import refusal_behind, say
from mkdocs.exceptions import Abort
from website import later
from website.later import Tell

CAN_COPY = sys.platform == "linux"
"""Elsewhere a copy of a process may not work as it should (see ``casebook.parallel``)."""
NICENESS = 10
"""Whoever has just saved comes first."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A part of the work has failed; why is written on the terminal already."""

    nb: str
    en: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything is made."""


News = later.News | Failed | Finished
Jobs = Sequence[Callable[[Tell], None]]


def do(jobs: Jobs, tell: Callable[[News], None]) -> None:
    """Do all the work in turn; what fails does not keep the rest from being made."""
    for job in jobs:
        try:
            job(tell)
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            failed = Failed(text, text)
            refused = refusal_behind(error)
            if refused is not None:
                failed = Failed(refused.nb, refused.en)
                say(refused.nb, refused.en, sys.stderr)
            elif isinstance(error, Abort):
                print(error, file=sys.stderr, flush=True)
            else:
                traceback.print_exc()
            tell(failed)
    tell(Finished())


class Late:
    """A copy of this process that works; ``news`` is where it tells what is ready."""

    def __init__(self, jobs: Jobs, own: Sequence[int]) -> None:
        """Start; ``own`` are files of this process that the copy must not keep open."""
        context = multiprocessing.get_context("fork")
        self.news, writer = context.Pipe(duplex=False)
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            self.news.close()
            _work(jobs, writer, own)
        writer.close()
        with suppress(OSError):  # the copy does it as well: whoever comes first
            os.setpgid(self.process, self.process)

    def take(self) -> list[News] | None:
        """Return all news that have come, None when the copy has ended."""
        found: list[News] = []
        try:
            while not found or self.news.poll():
                found.append(self.news.recv())
        except (EOFError, OSError):
            return found or None
        return found

    def end(self) -> None:
        """End the copy and all that it has started, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)
        self.news.close()


def _work(jobs: Jobs, writer: Connection, own: Sequence[int]) -> None:
    """Do the work as the copy; never returns."""
    try:
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        for descriptor in own:
            os.close(descriptor)
        os.nice(NICENESS)
        do(jobs, writer.send)
    except BrokenPipeError:  # nobody waits for it any more
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(0, signal.SIGKILL)  # what it has started ends with it
        os._exit(1)


def sweep(cache: Path, process: int) -> None:
    """Remove files that a process which was ended has not finished."""
    for file in cache.glob(f"*.{process}.tmp"):
        file.unlink(missing_ok=True)
