"""The process that builds for ``tools/serve.py``, again and again, and keeps what it can.

Usage: python -m live.builder ROOT HOME URL (tools/ and hooks/ on PYTHONPATH)

Builds the project in ROOT into folders below HOME, for the address URL.  A line of JSON on standard
input orders a build: ``number``, the ``changed`` files (from ROOT), and the addresses of the pages
that are ``open`` in browsers.  Standard output tells what is there, a line of JSON each: see
``Builder``.  Ends, with all that it has started, when standard input ends.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

from build import render_site
from casebook.languages import load_languages
from casebook.problem import Problem
from casebook.report import write_report
from messages import ToolError, refusal, refusal_behind, say
from website.later import Later, OnlyPdfs, Pdf, SearchReady

from live.kept import Kept
from live.late import CAN_COPY, Failed, Finished, Late, News, do, sweep
from live.pages import Pages, Superseded

HEADINGS = {
    "nb": "Det som sist ble lagret, vises ikke: nettstedet kunne ikke bygges.",
    "en": "What was saved last is not shown: the site could not be built.",
}
TIMES = ("CASEBOOK_TODAY", "SOURCE_DATE_EPOCH")
"""What a build tells its hooks by the environment, anew each time unless a person has set it."""


class Orders:
    """The lines that come in by a pipe, of which only the last one counts."""

    def __init__(self, descriptor: int) -> None:
        """Read from ``descriptor``."""
        self.descriptor = descriptor
        self._read = b""

    def waiting(self) -> bool:
        """Tell whether there is an order already, or the end of all orders."""
        return bool(select.select([self.descriptor], [], [], 0)[0])

    def next(self) -> dict[str, Any] | None:
        """Wait for an order; return the last that has come, None at the end."""
        while b"\n" not in self._read or self.waiting():
            some = os.read(self.descriptor, 1 << 16)
            if not some:
                return None
            self._read += some
        *_, last, self._read = self._read.split(b"\n")
        order: dict[str, Any] = json.loads(last)
        return order


class Builder:
    """Builds as it is ordered to, and tells what is there.

    - ``early``: the ``pages`` of the build in ``site`` that can be shown already
    - ``built``: the ``site`` is there, but for search and PDFs
    - ``failed``: why, by code of the language; the former site stays
    - ``again``: pages were written again, since a PDF is there
    - ``late``: the ``process`` that makes the rest, with a group of its own
    - ``search``: the folder of the index, which belongs to the last site
    - ``finished``: everything is there
    """

    def __init__(self, root: Path, home: Path, url: str, output: int) -> None:
        """Build the project in ``root`` into folders below ``home``; tell of it on ``output``."""
        self._root = root
        self._home = home
        self._url = url
        self._output = output
        self._orders = Orders(sys.stdin.fileno())
        self._given = {name for name in TIMES if name in os.environ}
        self._kept = Kept()
        self._pdfs: dict[str, Pdf] = {}
        self._number = 0
        self._shown: Pages | None = None
        self._late: Late | None = None

    def run(self) -> None:
        """Build until there are no more orders."""
        try:
            while (order := self._next_order()) is not None:
                self._end_late()
                self._number = order["number"]
                self._build(order)
        finally:
            self._end_late()

    def _next_order(self) -> dict[str, Any] | None:
        """Wait for an order; until it comes, tell what becomes ready."""
        while self._late is not None:
            ready, _, _ = select.select([self._orders.descriptor, self._late.news.fileno()], [], [])
            if self._orders.descriptor in ready:
                break
            news = self._late.take()
            if news is None:
                self._end_late()
            else:
                self._hear(news)
        return self._orders.next()

    def _build(self, order: Mapping[str, Any]) -> None:
        for name in TIMES:
            if name not in self._given:
                os.environ.pop(name, None)
        site = self._home / f"site-{self._number}"
        later = Later(self._home / f"search-{self._number}", dict(self._pdfs))
        wanted = order["changed"], [page.strip("/") for page in order["open"]]
        pages = Pages(later, self._kept, wanted, self._orders.waiting, partial(self._early, site))
        try:
            site.mkdir()
            render_site(self._root, site, self._url, prepare=pages.enter)
        except (Superseded, ToolError, OSError) as error:
            shutil.rmtree(site, ignore_errors=True)
            self._kept.settle(succeeded=False)
            if not isinstance(error, Superseded):
                self._tell("failed", why=why(pages, error))
                self._work()  # what the former site may lack still
        else:
            self._kept.settle(succeeded=True)
            self._shown = pages
            self._tell("built", site=str(site))
            self._work()

    def _early(self, site: Path, pages: list[str]) -> None:
        if pages:
            self._tell("early", site=str(site), pages=pages)

    def _work(self) -> None:
        """Begin what the site that is shown lacks."""
        if self._shown is None:
            return
        later = self._shown.later
        shutil.rmtree(later.search, ignore_errors=True)
        if CAN_COPY:
            self._late = Late(later.jobs, [self._output, self._orders.descriptor])
            self._tell("late", process=self._late.process)
            return

        def hear(news: News) -> None:
            self._hear([news])
            if self._orders.waiting():
                raise Superseded

        with suppress(Superseded):
            do(later.jobs, hear)

    def _end_late(self) -> None:
        if self._late is not None:
            self._late.end()
            sweep(self._root / ".cache" / "pdf", self._late.process)
            self._late = None

    def _hear(self, news: Sequence[News]) -> None:
        assert self._shown is not None  # noqa: S101 - the work began with a site
        again: set[str] = set()
        for one in news:
            if isinstance(one, SearchReady):
                self._tell("search", folder=str(one.folder))
            elif isinstance(one, OnlyPdfs):
                for name in self._pdfs.keys() - one.names:
                    again.update(self._pdfs.pop(name).pages)
                    self._shown.remove(name)
            elif isinstance(one, Pdf):
                if self._pdfs.get(one.name) != one:
                    self._pdfs[one.name] = one
                    again.update(one.pages)
                    self._shown.put(one)
            elif isinstance(one, Failed):
                self._tell("failed", why=told({"nb": one.nb, "en": one.en}, []))
        if again:
            self._shown.write_again(sorted(again), self._pdfs.values())
            self._tell("again")
        if any(isinstance(one, Finished) for one in news):
            self._tell("finished")

    def _tell(self, what: str, **more: Any) -> None:
        line = json.dumps({"what": what, "number": self._number, **more})
        os.write(self._output, f"{line}\n".encode())


def why(pages: Pages, error: BaseException) -> dict[str, str]:
    """Return why a build failed, by code of the language."""
    build = pages.build
    problems = sorted({*build.problems, *build.page_problems}) if build is not None else []
    refused = refusal(error) if isinstance(error, OSError) else refusal_behind(error)
    if refused is not None:
        say(refused.nb, refused.en, sys.stderr)
        return told({"nb": refused.nb, "en": refused.en}, [])
    cause = error.__cause__ or error
    text = "\n".join(pages.warnings) or ("" if problems else f"{type(cause).__name__}: {cause}")
    return told({"nb": text, "en": text}, problems)


def told(texts: Mapping[str, str], problems: Sequence[Problem]) -> dict[str, str]:
    """Return what people are told of problems, and of what is only known as ``texts``."""
    found = {}
    for language in load_languages():
        report = StringIO()
        write_report(problems, "text", language, report)
        found[language.code] = (
            f"{HEADINGS[language.code]}\n\n{report.getvalue()}{texts[language.code]}".rstrip()
        )
    return found


def _quit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _main() -> None:
    root, home, url = sys.argv[1:]
    signal.signal(signal.SIGTERM, _quit)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # What hooks print goes to the terminal, and not among what we tell.
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Builder(Path(root), Path(home), url, output).run()
    # The end of orders: whoever started us has ended, perhaps without tidying up.
    shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    _main()
