"""Build the site, show it on this machine, and build again when a source changes.

Usage: python tools/serve.py [--port PORT]

Exit: 0 ended by Ctrl+C; 1 the port is taken, or the first build failed.
"""

import argparse
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType

from messages import ToolError, run_tool, say
from terminal import own_terminal
from watch import Watcher
from web import LAST_PORT, SiteServer

ROOT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 10.0
"""How long a build may take to clean up after itself when it is ended."""
NAMES_SHOWN = 3


def run_build(site_dir: Path, url: str, pdf_later: bool = False) -> bool:
    """Run tools/build.py in a process of its own, so that changed hooks are loaded afresh.

    Args:
        site_dir: Where the site goes.
        url: The address it is served at; mkdocs.yml names the public one,
            which may have a path.
        pdf_later: Make no PDFs: pages link to those that were made before.

    Returns:
        Whether the site was built; if not, the problems are printed.
    """
    tool = Path(__file__).with_name("build.py")
    command = [sys.executable, str(tool), "--site-dir", str(site_dir), "--site-url", url]
    command += ["--pdf-later"] if pdf_later else []
    # A group of its own: Ctrl+C is for this process, which then ends the build.
    group = None if sys.platform == "win32" else 0
    with subprocess.Popen(command, cwd=ROOT, process_group=group) as process:
        try:
            return process.wait() == 0
        except BaseException:
            process.terminate()
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
            raise


def serve(
    server: SiteServer,
    build: Callable[[], bool],
    next_changes: Callable[[], list[Path]],
    root: Path = ROOT,
) -> None:
    """Build, serve, and build again after each round of changes, without end.

    Args:
        server: Has its port already; opened after the first build.
        build: Builds the site into the served folder; tells whether it worked.
        next_changes: Waits for changed sources and returns them.
        root: The project's folder, which paths are shown relative to.

    Raises:
        ToolError: The first build failed: there is nothing to serve.
        KeyboardInterrupt: As asked for, by Ctrl+C.
    """
    if not build():
        raise ToolError(
            "Det er ikke noe å vise ennå: rett problemene over og kjør «make site» igjen.",
            "There is nothing to show yet: fix the problems above and run “make site” again.",
        )
    server.server_activate()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(
        f"Nettstedet vises på {server.url} (avslutt med Ctrl+C)",
        f"The site is ready at {server.url} (end with Ctrl+C)",
    )
    while True:
        names = _names(next_changes(), root)
        say(f"\nEndret: {names}", f"Changed: {names}")
        if build():
            say("Last siden på nytt i nettleseren.", "Reload the page in the browser.")
        else:
            say(
                f"Den forrige utgaven vises fortsatt på {server.url}",
                f"The previous version is still shown at {server.url}",
            )


def _names(paths: list[Path], root: Path) -> str:
    names = [path.relative_to(root).as_posix() for path in paths]
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" (+{more})" if more > 0 else "")


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _main() -> int:
    parser = argparse.ArgumentParser(description="Build the site and show it while it is edited.")
    parser.add_argument("--port", default="8000", help="default: 8000")
    port = parse_port(parser.parse_args().port)
    # Each port its own folder: two of them at once do not take each other's site.
    # Not `site`, whose pages are built for the public address.
    site_dir = ROOT / ".preview" / str(port)
    server = SiteServer(site_dir, port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        with own_terminal(), closing(server), closing(Watcher(ROOT)) as watcher:
            # Watching starts before the first build, so that no change is missed.
            built: list[bool] = []

            def build() -> bool:
                # PDFs are made first of all; afterwards nobody who writes waits for them.
                done = run_build(site_dir, server.url, pdf_later=any(built))
                built.append(done)
                return done

            serve(server, build, watcher.next_changes)
    except KeyboardInterrupt:
        say("\nAvsluttet.", "Ended.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
