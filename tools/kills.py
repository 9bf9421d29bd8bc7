"""Kill builds at every moment, and see what it costs.

Usage: python tools/kills.py [--exchange] [--random N] [--seed S]

--exchange kills an exchange of two small folders before each of its file operations, both where the
system exchanges them in one step and where it takes two renames.  --random kills N builds of a copy
of this project, with one PDF, at random moments: by turns all their processes and the first one
alone.  Without either it does both, with N = 30.  After each kill the former site must be whole,
the next build right, and nothing left.  Linux only.

Exit: 0 nothing was lost or left; 1 something was; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import exchange
import publish
from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ("open", "os.", "shutil.", "fcntl.", "ctypes.")
"""What Python tells of before it asks the system for it (audit events), as they begin."""
SOURCES = ("cases", "docs", "hooks", "overrides", "tools")
WITH_PDF = "jobbasker"
"""The case that has a PDF in the copy."""
PATIENCE = 60
"""Seconds that processes have to end by themselves when the first one has been killed."""
BEFORE, AFTER = {"index.html": "old", "a/index.html": "a"}, {"index.html": "new", "b/x.html": "b"}
"""The two versions of the small folder, as its files and what they hold."""
WORD = "Prøvebygging"


@dataclass(slots=True)
class Figures:
    """What came of the kills."""

    kills: int = 0
    finished: int = 0
    """Builds that had ended before they were to be killed."""
    missing: int = 0
    """The site was not there, until the next run had begun."""
    lost: int = 0
    """The site was neither the former nor the new one, whole."""
    wrong: int = 0
    """The next build failed, or made something else than it should have."""
    left: int = 0
    """Files and processes that were still there."""

    def __str__(self) -> str:
        """Return all figures on one line."""
        return ", ".join(f"{name} {getattr(self, name)}" for name in self.__slots__)

    @property
    def bad(self) -> bool:
        """Whether anything was lost, wrong or left."""
        return bool(self.lost or self.wrong or self.left)


# --- every file operation of an exchange ---------------------------------------------------


def kill_everywhere(home: Path, one_step: bool) -> Figures:
    """Kill an exchange before each of its file operations; no other thread may be at work.

    Args:
        home: An empty folder to do it in.
        one_step: Whether the folders may change places in one step; else it takes two renames.
    """
    figures = Figures()
    site = home / "site"
    while True:
        shutil.rmtree(home)
        publish.publish(site, _writing(BEFORE))
        if _is_killed(figures.kills + 1, site, one_step):
            figures.kills += 1
        else:
            figures.finished += 1
        whole = _contents(site) in (BEFORE, AFTER)
        figures.missing += not site.exists()
        with suppress(ToolError):
            publish.publish(site, _failing)  # what was left is put right before anything else
        figures.lost += _contents(site) not in (BEFORE, AFTER) or (one_step and not whole)
        publish.publish(site, _writing(AFTER))
        figures.wrong += _contents(site) != AFTER
        figures.left += len({path.name for path in home.iterdir()} - _belonging(site))
        if figures.finished:
            return figures


def _writing(files: Mapping[str, str]) -> Callable[[Path], None]:
    def render(folder: Path) -> None:
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    return render


def _failing(_folder: Path) -> None:
    raise ToolError("nb", "en")


def _belonging(site: Path) -> set[str]:
    return {site.name, f".{site.name}.lock", f".{site.name}.files"}


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def _is_killed(number: int, site: Path, one_step: bool) -> bool:
    """Exchange in a copy of this process that is killed before an operation; tell if it was."""
    process = os.fork()
    if process == 0:
        try:
            if not one_step:
                mock.patch.object(exchange, "_system_call", return_value=None).start()
            _die_at(number)
            publish.publish(site, _writing(AFTER))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise ToolError("Byttet feilet uten å bli drept.", "The exchange failed without a kill.")
    return os.WIFSIGNALED(status)


def _has_one_step(home: Path) -> bool:
    folders = home / "one", home / "other"
    for folder in folders:
        folder.mkdir()
    return exchange.exchange(*folders)


def _die_at(number: int) -> None:
    """Have this process killed when it has come to file operation ``number``."""
    count = 0

    def watch(event: str, _arguments: Any) -> None:
        nonlocal count
        if event.startswith(OPERATIONS):
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


# --- random moments of a real build --------------------------------------------------------


class Copy:
    """A copy of this project in one of two states, and the site that each should lead to."""

    def __init__(self, home: Path) -> None:
        """Make the copy in ``home``, and build it in both states."""
        self.root = home / "project"
        for name in SOURCES:
            shutil.copytree(ROOT / name, self.root / name)
        shutil.copy(ROOT / "mkdocs.yml", self.root)
        self.site = self.root / "site"
        self._page = self.root / "docs" / "om" / "index.md"
        self._text = self._page.read_text(encoding="utf-8")
        self.seconds = 0.0
        self.right: dict[int, str] = {}
        for state in (1, 0):
            self.put(state)
            started = time.monotonic()
            with self.building() as process:
                if process.wait() != 0:
                    raise ToolError("Kopien kan ikke bygges.", "The copy cannot be built.")
            self.seconds = time.monotonic() - started
            self.right[state] = self.digest()

    def put(self, state: int) -> None:
        """Put the sources into a state, with nothing kept of earlier builds."""
        self._page.write_text(f"{self._text}\n{WORD} {state}.\n", encoding="utf-8")
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    @contextmanager
    def building(self) -> Iterator[subprocess.Popen[bytes]]:
        """Give the process that builds; it has a session of its own."""
        with subprocess.Popen(
            [sys.executable, "tools/build.py"],
            cwd=self.root,
            env={
                **os.environ,
                "CASEBOOK_TODAY": "2026-11-22",
                "PYTHONPATH": str(self.root / "hooks"),
                "SITE_PDF": WITH_PDF,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            yield process

    def digest(self) -> str:
        """Return what stands for the names and bytes of the whole site."""
        found = hashlib.sha256()
        for path in sorted(self.site.rglob("*")):
            found.update(f"{path.relative_to(self.site)}\n".encode())
            if path.is_file():
                found.update(hashlib.sha256(path.read_bytes()).digest())
        return found.hexdigest()

    def leftovers(self) -> set[str]:
        """Return what a build has left beside the site, and unfinished PDFs."""
        beside = {path.name for path in self.root.glob(".site*")} - _belonging(self.site)
        return beside | {path.name for path in self.root.glob(".cache/**/*.tmp")}


def kill_at_random(project: Copy, times: int, seed: int) -> Figures:
    """Kill builds at random moments, by turns all their processes and the first one alone."""
    figures, chance = Figures(), random.Random(seed)  # noqa: S311 - nothing secret
    for number in range(times):
        state = (number + 1) % 2
        project.put(state)
        moment = chance.uniform(0, project.seconds)
        with project.building() as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(moment)
            if process.poll() is None:
                figures.kills += 1
                (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
            else:
                figures.finished += 1
        figures.missing += not project.site.exists()
        figures.lost += project.digest() not in project.right.values()
        waited, alive = _wait_for_end(process.pid)
        with project.building() as process:
            figures.wrong += process.wait() != 0 or project.digest() != project.right[state]
        figures.left += alive + len(project.leftovers())
        whom = "all processes" if number % 2 else "the first process"
        print(
            f"{number + 1:3}  {whom} at {moment:.1f} s; the rest ended after {waited:.1f} s; "
            f"so far {figures}",
            flush=True,
        )
    return figures


def _wait_for_end(session: int) -> tuple[float, int]:
    """Wait until a session has no process; return how long it took, and how many are left."""
    started = time.monotonic()
    while (alive := _processes(session)) and time.monotonic() - started < PATIENCE:
        time.sleep(0.05)
    for process in alive:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return time.monotonic() - started, len(alive)


def _processes(session: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, its = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its) == session and state != "Z":
                found.append(int(folder.name))
    return found


def _main() -> int:
    parser = argparse.ArgumentParser(description="Kill builds, and see what it costs.")
    parser.add_argument("--exchange", action="store_true", help="every operation of an exchange")
    parser.add_argument("--random", type=int, metavar="N", help="N random moments of a build")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments; default: 1")
    options = parser.parse_args()
    times = options.random if options.random is not None else 0 if options.exchange else 30
    if sys.platform != "linux":
        raise ToolError("Dette virker bare på Linux.", "This works on Linux only.")
    bad = False
    with tempfile.TemporaryDirectory(prefix="kunnskapsbanken-kills-") as temporary:
        home = Path(temporary).resolve()
        if options.exchange or options.random is None:
            (home / "exchange").mkdir()
            for one_step, called in ((True, "one step"), (False, "two renames")):
                if one_step and not _has_one_step(home):
                    say("Filsystemet har ikke noe slikt steg.", "The file system has no such step.")
                    continue
                figures = kill_everywhere(home / "exchange", one_step)
                print(f"exchange in {called}: {figures}", flush=True)
                bad |= figures.bad
        if times:
            say("Bygger en kopi …", "Building a copy …")
            figures = kill_at_random(Copy(home), times, options.seed)
            print(f"random moments (seed {options.seed}): {figures}", flush=True)
            bad |= figures.bad
    return int(bad)


if __name__ == "__main__":
    sys.exit(run_tool(_main))
