"""One process at a time: a lock on a file that the system frees when its holder dies."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.1
"""Seconds between two attempts. Polling, so that Ctrl+C ends a wait on every system."""


@contextmanager
def exclusive(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock on a file for the length of a ``with`` block.

    The file itself stays behind: removing it would let two processes hold
    "the" lock on two different files of the same name.

    Args:
        path: The lock file; made when missing, its folder must exist.
        on_wait: Called once when another process holds the lock.

    Raises:
        OSError: The file cannot be made, or its file system has no locks.
    """
    with path.open("ab") as file:
        waiting = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not waiting:
                    waiting = True
                    on_wait()
                time.sleep(PAUSE)
        # Closing the file gives the lock back, also when the process is killed.
        yield
