"""Show the site on this machine while it is written, and follow every change.

Usage: python tools/serve.py [--port PORT]

Pages are shown first, then search and PDFs, as they become ready.  Open pages load themselves anew.

Exit: 0 ended by Ctrl+C; 1 the port is taken.
"""

import argparse
import queue
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

from live.process import BuilderProcess, Said
from live.server import LiveServer
from messages import ToolError, run_tool, say
from watch import watching
from web import LAST_PORT

ROOT = Path(__file__).resolve().parent.parent
NAMES_SHOWN = 3
CONTENT = ("cases", "docs")
"""What changes here needs no new process; code, templates and settings are read once."""
ASSETS = "docs/assets/"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Site:
    """Has the site built after each change, and shows what is there."""

    def __init__(self, server: LiveServer, home: Path, root: Path = ROOT) -> None:
        """Show the project in ``root``, built into folders below ``home``, on ``server``.

        Browsers that ask wait until there is something to show.
        """
        self._server = server
        self._root = root
        self._happened: queue.SimpleQueue[list[Path] | Said] = queue.SimpleQueue()
        self._builder = BuilderProcess(root, home, server.url, self._happened.put)
        self._waiting: set[str] = set()
        """Changed files that are in no site yet."""
        self._number = 0
        self._serving = False

    def follow(self) -> None:
        """Build, and build again after each change, without end.

        Raises:
            KeyboardInterrupt: As asked for, by Ctrl+C.
        """
        # Watching begins before the first build, so that no change is missed.
        with watching(self._root, self._happened.put), closing(self._builder):
            self._order()
            while True:
                happened = self._happened.get()
                if isinstance(happened, list):
                    self._changed(happened)
                else:
                    self._said(happened)

    def _order(self) -> None:
        self._number += 1
        self._builder.order(self._number, sorted(self._waiting), self._server.open_pages())

    def _changed(self, paths: list[Path]) -> None:
        names = [path.relative_to(self._root).as_posix() for path in paths]
        shown, more = ", ".join(names[:NAMES_SHOWN]), len(names) - NAMES_SHOWN
        shown += f" (+{more})" if more > 0 else ""
        say(f"\nEndret: {shown}", f"Changed: {shown}")
        if not all(name.startswith(tuple(f"{folder}/" for folder in CONTENT)) for name in names):
            self._builder.close()  # the next one loads everything afresh
        self._waiting.update(names)
        self._order()

    def _said(self, said: Said) -> None:
        what, last = said["what"], said.get("number") == self._number
        if what == "early":
            site = Path(said["site"])
            self._server.show(early={page: site / page for page in said["pages"]})
        elif what == "built":
            self._built(Path(said["site"]), last)
        elif what == "search":
            self._search(Path(said["folder"]))
        elif what == "again":
            self._server.show()
        elif what == "finished" and last:
            say("Søk og PDF-er er klare.", "Search and PDFs are ready.")
        elif what == "failed":
            self._failed(said["why"])
        elif what == "ended":
            self._failed(
                {
                    "nb": "Byggingen stoppet uventet; se terminalen. Neste lagring prøver på nytt.",
                    "en": "The build ended unexpectedly; see the terminal. Saving tries again.",
                }
            )

    def _built(self, site: Path, last: bool) -> None:
        former = self._server.shown
        styles = former.styles + any(name.startswith(ASSETS) for name in self._waiting)
        self._server.show(site=site, early={}, styles=styles, failure=None)
        if former.site is not None:
            shutil.rmtree(former.site, ignore_errors=True)
            say("Siden er oppdatert.", "The page is up to date.")
        if last:
            self._waiting.clear()
        self._serve()

    def _search(self, folder: Path) -> None:
        former = self._server.shown.search
        self._server.show(search=folder)
        if former is not None and former != folder:
            shutil.rmtree(former, ignore_errors=True)

    def _failed(self, why: dict[str, str]) -> None:
        self._server.show(early={}, failure=why)
        if self._serving:
            say(
                f"Den forrige utgaven vises fortsatt på {self._server.url}",
                f"The previous version is still shown at {self._server.url}",
            )
        else:
            say(
                "Nettstedet kan ikke bygges ennå: rett problemene over, og det vises.",
                "The site cannot be built yet: fix the problems above, and it is shown.",
            )
        self._serve()

    def _serve(self) -> None:
        """Answer browsers, when there is something to show."""
        if self._serving:
            return
        self._serving = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        say(
            f"Nettstedet vises på {self._server.url} (avslutt med Ctrl+C)",
            f"The site is ready at {self._server.url} (end with Ctrl+C)",
        )


@contextmanager
def own_folder(folder: Path) -> Iterator[None]:
    """Have an empty folder for the length of a ``with`` block, and nothing of it afterwards."""
    try:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        folder.mkdir(parents=True)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # another one is there
            folder.parent.rmdir()


def parse_port(text: str) -> int:
    """Read a port number.

    Raises:
        ToolError: The text is no whole number from 1 to 65535.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT:
        return int(text)
    raise ToolError(
        f"«{text}» er ikke et portnummer: bruk et helt tall fra 1 til {LAST_PORT}.",
        f"“{text}” is not a port number: use a whole number from 1 to {LAST_PORT}.",
    )


def _interrupt(_signal_number: int, _frame: FrameType | None) -> None:
    # A second Ctrl+C must not break the orderly end that the first one started.
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _main() -> int:
    parser = argparse.ArgumentParser(description="Show the site while it is edited.")
    parser.add_argument("--port", default="8000", help="default: 8000")
    port = parse_port(parser.parse_args().port)
    server = LiveServer(port)
    # Who has the port has the folder, so that two of them do not take each other's site.
    home = ROOT / ".preview" / str(port)
    for number in ENDINGS:
        signal.signal(number, _interrupt)
    try:
        with server, own_folder(home):
            say("Bygger nettstedet …", "Building the site …")
            Site(server, home).follow()
    except KeyboardInterrupt:
        say("\nAvsluttet.", "Ended.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
