"""Pagefind: the program that makes the index, fed page by page in our order.

We speak to its service directly: the Python wrapper waits a tenth of a second for each answer, and
reading a folder would take pages in the order of the file system, so that two machines would write
different indexes.  Each language is a job of its own, so that two processors can work.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pagefind.service import get_executable

from casebook.parallel import run_parallel

if sys.platform != "win32":
    import fcntl

FILES = ("pagefind.js", "pagefind-worker.js", "pagefind-component-ui.js")
"""What browsers need of Pagefind's own files; the stylesheet comes with the component."""
STYLES = ("pagefind-component-ui.css",)
ENTRY = "pagefind-entry.json"
TOGETHER = 3000
"""Pages of the largest indexes that are written at the same time.  Pagefind takes some 0.8 MB of
memory a page while it writes, so larger ones wait for each other.
"""
PART_VARIABLE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
PART_SIZE = 5000
"""Places and fields of words in a part of the index, which browsers fetch as a whole.  Pagefind's
own 20,000 make some 30 kB, nearly all of it words that nobody asked for.  A version that does not
know the variable makes larger parts; nothing else changes.
"""
_ROOM = 1 << 20
"""More bytes than Pagefind writes into one file; random, since a disk may keep zeros in no room."""
_MAGIC = b"pagefind_dcd"
_ADDRESS = re.compile(rb'pagefind_dcd\{"url":("(?:[^"\\]|\\.)*")')
_ADDRESS_BYTES = 512
"""Long enough for most addresses; longer ones are found all the same."""


class EngineError(Exception):
    """Pagefind is missing, ended early, or refused a page; the text says which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the index takes it: where it stands, its text as HTML, and its fields.

    Fields are searched with a weight of their own (see ``RANKING`` in the browser's module) and
    come back with each result.
    """

    address: str
    body: str
    fields: Mapping[str, str]

    def html(self, language: str) -> str:
        """Return the document that Pagefind reads."""
        fields = "".join(
            f'<p data-pagefind-ignore data-pagefind-meta="{name}">{escape(value)}</p>'
            for name, value in sorted(self.fields.items())
            if value
        )
        return (
            f'<!doctype html><html lang="{escape(language)}"><head></head><body>'
            f"<main data-pagefind-body>{self.body}</main>{fields}</body></html>"
        )


class Indexer:
    """A running Pagefind that gathers the pages of one language.

    Use as a context manager: leaving it ends the process, also after an error.
    """

    def __init__(self, language: str) -> None:
        """Start the process.

        Raises:
            EngineError: Pagefind is not installed.
        """
        program = get_executable()
        if program is None:
            raise EngineError("the search engine is not installed (pagefind[bin])")
        self._language = language
        self._sent = 0
        self._answered = 0
        self._fault = ""
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            [str(program), "--service"],
            env=os.environ | {PART_VARIABLE: str(PART_SIZE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # Answers must be read while pages are sent, or both sides wait for room in the pipe.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Indexer:
        """Begin an index.

        Raises:
            EngineError: The process has ended already.
        """
        try:
            self._send({"type": "NewIndex", "config": {}})
        except EngineError as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._process.kill()
        with suppress(OSError):
            _pipe(self._process.stdin).close()
        self._process.wait()
        self._reader.join()
        _pipe(self._process.stdout).close()

    @property
    def pages(self) -> int:
        """How many pages were sent."""
        return self._sent - 1  # the first message begins the index

    def add(self, entry: Entry) -> None:
        """Send a page; errors come out of a later call."""
        self._send(
            {
                "type": "AddFile",
                "index_id": 0,
                "url": entry.address,
                "file_contents": entry.html(self._language),
            }
        )

    def write(self, folder: Path) -> None:
        """Write everything into ``folder`` and wait until it is there.

        Raises:
            EngineError: A page was refused, or the process ended.
        """
        self._send({"type": "WriteFiles", "index_id": 0, "output_path": str(folder)})
        with self._news:
            while not self._fault and self._answered < self._sent:
                self._news.wait()
            if self._fault:
                raise EngineError(self._fault)
        # The answer comes while the last files are still on their way to the disk.  The end of
        # input would cut them off; a message that is none makes the service end in good order.
        with suppress(BrokenPipeError):
            pipe = _pipe(self._process.stdin)
            pipe.write(b"!,")
            pipe.flush()
        self._process.wait()

    def _send(self, payload: Mapping[str, Any]) -> None:
        if self._fault:
            raise EngineError(self._fault)
        self._sent += 1
        content = {"message_id": self._sent, "payload": payload}
        message = json.dumps(content, ensure_ascii=False).encode()
        pipe = _pipe(self._process.stdin)
        try:
            pipe.write(base64.b64encode(message) + b",")
            pipe.flush()
        except BrokenPipeError as error:
            raise EngineError("the search engine ended early") from error

    def _read(self) -> None:
        pipe = _pipe(self._process.stdout)
        rest = b""
        while chunk := pipe.read1(1 << 16):  # type: ignore[attr-defined]
            *answers, rest = (rest + chunk).split(b",")
            for answer in answers:
                self._take(answer)
        self._tell("the search engine ended early")

    def _take(self, answer: bytes) -> None:
        message = json.loads(base64.b64decode(answer))
        if message is None or message.get("message_id") is None:
            return  # said on the way out
        payload = message["payload"]
        with self._news:
            self._answered += 1
            self._news.notify_all()
        if payload["type"] == "Error":
            self._tell(str(payload.get("message", payload)))

    def _tell(self, fault: str) -> None:
        with self._news:
            self._fault = self._fault or fault
            self._news.notify_all()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EngineError("the search engine cannot be reached")
    return pipe


def build_index(pages: Mapping[str, Callable[[], Iterator[Entry]]], folder: Path) -> None:
    """Write the index of every language (code for ``lang=`` -> its pages) into ``folder``.

    The same pages give the same bytes.  The pages of each language may be asked for in a copy of
    this process (see ``casebook.parallel``).

    Raises:
        EngineError: Pagefind is missing or refused something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        outputs = [Path(temporary, language) for language in pages]
        run_parallel(
            [
                partial(_build_one, language, entries, output)
                for (language, entries), output in zip(pages.items(), outputs, strict=True)
            ]
        )
        _merge(outputs, folder)


def _build_one(language: str, entries: Callable[[], Iterator[Entry]], output: Path) -> None:
    try:
        with Indexer(language) as indexer:
            for entry in entries():
                indexer.add(entry)
            with _turn(output.parent) if indexer.pages > TOGETHER else nullcontext():
                indexer.write(output)
    except EngineError:
        _prove_room(output.parent)
        raise
    _prove_room(output.parent)


def _prove_room(folder: Path) -> None:
    """Raise OSError when the disk is full: Pagefind may leave files empty then, and say nothing."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(os.urandom(_ROOM))


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait until no other job with this ``folder`` has its turn."""
    with (folder / "turn").open("w") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)  # let go of when the file is closed
        yield


def _merge(outputs: list[Path], folder: Path) -> None:
    """Put the indexes of all languages beside each other under one list of contents."""
    entry: dict[str, Any] = {}
    for output in outputs:
        for name in ("fragment", "index"):
            (folder / name).mkdir(exist_ok=True)
            for file in sorted((output / name).iterdir()):
                file.replace(folder / name / file.name)
        for file in sorted(output.iterdir()):
            # A language that Pagefind cannot stem has no program of its own.
            own = file.suffix == ".pf_meta" or (
                file.name.startswith("wasm.") and "unknown" not in file.name
            )
            if own or file.name in FILES + STYLES:
                file.replace(folder / file.name)
        found = json.loads((output / ENTRY).read_text(encoding="utf-8"))
        found["languages"] |= entry.get("languages", {})
        entry = found
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    (folder / ENTRY).write_text(text, encoding="utf-8")


def addresses(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield address and id of every page that the index in ``folder`` holds in a language."""
    for file in sorted((folder / "fragment").glob(f"{language}_*.pf_fragment")):
        yield _address(file.read_bytes()), file.stem


def _address(fragment: bytes) -> str:
    """Return the address in a fragment; it stands first, so most need not be unpacked whole."""
    start = zlib.decompressobj(wbits=31).decompress(fragment, _ADDRESS_BYTES)
    found = _ADDRESS.match(start)
    if found is not None:
        return str(json.loads(found[1]))
    return str(json.loads(gzip.decompress(fragment).removeprefix(_MAGIC))["url"])
