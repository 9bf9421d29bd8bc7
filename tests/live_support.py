"""``make site`` in tests: the real tool with a copy of the project, from outside."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

from site_support import Project

PAUSE = 0.02


def free_port() -> int:
    """A port nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def fetch(port: int, path: str) -> tuple[int, str]:
    """Status and text of an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


class LiveSite:
    """A running tool; waits end when the test's own time is up."""

    def __init__(self, project: Project, **environment: str) -> None:
        """Start it with a project, on a free port, without PDFs unless told otherwise."""
        self.project = project
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.home = project.root / ".preview" / str(self.port)
        self.lines: list[str] = []
        ours = {name: text for name, text in os.environ.items() if name != "SITE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "tools/serve.py", "--port", str(self.port)],
            cwd=project.root,
            env={**ours, "PYTHONUTF8": "1", "SITE_PDF": "", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line.rstrip("\n"))

    def wait_for(self, text: str, after: int = 0) -> int:
        """Wait until a line holds ``text``; return how many lines there are up to it."""
        while True:
            ended = self.process.poll() is not None and not self._reader.is_alive()
            for number, line in enumerate(self.lines[after:], after + 1):
                if text in line:
                    return number
            assert not ended, "\n".join(self.lines)
            time.sleep(PAUSE)

    def page(self, path: str) -> str:
        """The text of a page."""
        return fetch(self.port, path)[1]

    def wait_for_page(self, path: str, text: str) -> None:
        """Wait until a page holds ``text``."""
        while text not in self.page(path):
            assert self.process.poll() is None, "\n".join(self.lines)
            time.sleep(PAUSE)

    def processes(self) -> list[int]:
        """The tool and all that it has started, whoever their parents are now (Linux)."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, *fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid and state != "Z":
                found.append(int(folder.name))
        return sorted(found)

    def builder(self) -> int:
        """The process that builds, once what it has started has ended."""
        while True:
            others = [one for one in self.processes() if one != self.process.pid]
            if len(others) == 1:
                return others[0]
            time.sleep(PAUSE)

    def wait_for_no_process(self) -> None:
        """Wait until nothing is left of it."""
        while self.processes():
            time.sleep(PAUSE)

    def end(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl+C does; return its exit status."""
        self.process.send_signal(number)
        status = self.process.wait()
        self._reader.join()
        return status

    def close(self) -> None:
        """Let go of it when it has ended."""
        self.process.wait()
        self._reader.join()


@contextmanager
def live(project: Project, **environment: str) -> Iterator[LiveSite]:
    """Run the tool for the length of a ``with`` block; nothing is left of it afterwards."""
    site = LiveSite(project, **environment)
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.end()
        for process in site.processes():
            os.kill(process, signal.SIGKILL)
        site.close()
