"""What a process costs, measured from outside: time, processor time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from messages import ToolError

# What a person has set for other work must not change what is measured.
_LEFT_OUT = ("SITE_URL", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPROFILE")
_SET = {
    "NO_MKDOCS_2_WARNING": "true",
    "SOURCE_DATE_EPOCH": "1767225600",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SITE_PDF": "",  # PDFs are measured by themselves: they are only made when something changed
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of processor time, the program's and the system's.
        peak: Greatest memory at any time, in bytes.
    """

    wall: float
    cpu: float
    peak: int


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of a measured process: this one's, less what could change it."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return kept | _SET | extra


def measure(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> tuple[Cost, str]:
    """Run a command to its end and return what it cost and what it printed.

    The memory a process is charged with starts at that of its parent (Linux), so the caller
    must be small.

    Raises:
        ToolError: The command failed; what it printed stands on standard error.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # Ctrl+C among them: nothing goes on behind our back
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
    if process.returncode != 0:
        sys.stderr.write(said)
        shown = " ".join(command)
        raise ToolError(
            f"Målingen stoppet, for dette gikk galt: {shown}",
            f"The measurement stopped, since this failed: {shown}",
        )
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit), said


@contextmanager
def step(nb: str, en: str) -> Iterator[None]:
    """Tell of a step before it, and after it how long it took."""
    print(f"{nb} / {en} … ", end="", file=sys.stderr, flush=True)
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
