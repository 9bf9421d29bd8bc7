"""Check everything, build the site strictly, and put it in place in one step.

Usage: python tools/build.py [--site-dir DIR] [--site-url URL]

Exit: 0 built; 1 problems, all printed, and the previous site untouched;
130 ended by Ctrl+C.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from messages import ToolError, refusal_behind, run_tool, say
from publish import publish
from watch import state

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).resolve().parent.parent
NAMES_SHOWN = 3
ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
EPOCH_WITHOUT_GIT = 1767225600
"""2026-01-01T00:00:00Z, the build time where no commit tells a better one."""


def build_time(root: Path) -> int:
    """Tell the time that stands for "now" in the built site.

    Two builds of one commit must be identical, so it is the commit's own time.

    Args:
        root: The project's folder.

    Returns:
        Seconds since 1970: the last commit's time, or 2026-01-01 where there
        is no git or no commit.
    """
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return EPOCH_WITHOUT_GIT
    stamp = done.stdout.strip()
    return int(stamp) if done.returncode == 0 and stamp.isdigit() else EPOCH_WITHOUT_GIT


def build_day() -> str:
    """Tell the day that the site is built as of: a confirmation may be too old on it.

    It is not the commit's: a site that is built again each night must see time pass.

    Returns:
        The day of SOURCE_DATE_EPOCH when that is set, else the clock's (UTC), as YYYY-MM-DD.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    seconds = int(given) if given else int(time.time())
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def render_site(
    root: Path,
    site_dir: Path,
    site_url: str | None,
    prepare: Callable[["MkDocsConfig"], None] | None = None,
) -> None:
    """Build the site with MkDocs, where every warning counts as a failure.

    MkDocs is called as a library, since its command line cannot set the site's
    address. In one process hooks are only loaded once.

    Args:
        root: The project's folder, with mkdocs.yml.
        site_dir: An existing folder, filled with the site.
        site_url: The address to build for; the one in mkdocs.yml when None.
        prepare: Called with the configuration when it has been read.

    Raises:
        ToolError: MkDocs or a hook reported problems (printed before), or failed.
    """
    # Set before the import: Material prints a notice about MkDocs 2 on import.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    os.environ.setdefault("CASEBOOK_TODAY", build_day())
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(build_time(root)))
    # Imported here: --help, the checks and the tests of this file do without MkDocs.
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    _show_warnings()
    overrides = {} if site_url is None else {"site_url": site_url}
    try:
        config = load_config(
            config_file=str(root / "mkdocs.yml"), strict=True, site_dir=str(site_dir), **overrides
        )
        if prepare is not None:
            prepare(config)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        if site_url is None:
            _tell_home_address(str(config.site_url))
    except (Abort, MkDocsException) as problem:
        print(problem, file=sys.stderr, flush=True)
        raise ToolError(
            "Nettstedet ble ikke bygget: rett problemene over og prøv igjen.",
            "The site was not built: fix the problems above and try again.",
        ) from problem
    except Exception as error:
        refused = refusal_behind(error)
        if refused is not None:
            raise refused from error
        # No fault of the content: whoever mends the hook needs to see where it broke.
        traceback.print_exc()
        raise ToolError(
            "Nettstedet ble ikke bygget: det er en feil i byggekoden, se over.",
            "The site was not built: there is a fault in the build code, see above.",
        ) from error


def _tell_home_address(site_url: str) -> None:
    """Say that a site is not for publishing when nobody has said where it will be."""
    if urlsplit(site_url).hostname in ("127.0.0.1", "localhost"):
        say(
            f"Bygget for {site_url}. Skal det publiseres: SITE_URL=https://… make build",
            f"Built for {site_url}. To publish it: SITE_URL=https://… make build",
        )


WAYS = {
    "owner": (
        "hvem som står bak: {name: Etaten, url: 'https://etaten.example/'}",
        "who is behind it: {name: The agency, url: 'https://agency.example/'}",
    ),
    "editors": (
        "e-postadressen til redaktørene: redaksjonen@etaten.example",
        "the editors' e-mail address: editors@agency.example",
    ),
    "report": (
        "hvor feil meldes: 'mailto:redaksjonen@etaten.example?subject={title}'",
        "where errors are reported: 'mailto:editors@agency.example?subject={title}'",
    ),
    "repository": (
        "hvor eksemplene ligger: {url: 'https://github.com/etaten/kunnskapsbanken', branch: main}",
        "where the cases are kept: {url: 'https://github.com/agency/casebook', branch: main}",
    ),
}
"""Settings by which readers reach somebody, each with what to write."""


def tell_unset(extra: Mapping[str, Any]) -> None:
    """Say once, in a build, which ways to somebody the site does not have, and how to give them.

    Args:
        extra: The site's own settings: ``extra`` in mkdocs.yml.
    """
    unset = [name for name in WAYS if not extra.get(name)]
    if not unset:
        return
    nb, en = ("".join(f"\n  {name}: {WAYS[name][place]}" for name in unset) for place in (0, 1))
    say(
        f"Leserne når ikke alle de kunne. Skriv under «extra» i mkdocs.yml:{nb}",
        f"There is somebody that readers cannot reach. Write below “extra” in mkdocs.yml:{en}",
    )


def _show_warnings() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s %(message)s"))
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers = [handler]  # of the last build in this process


@contextmanager
def unchanged(root: Path) -> Iterator[None]:
    """Refuse what was made in a ``with`` block when the sources have changed meanwhile.

    Files are read at different moments, so the site could show two states of them.

    Args:
        root: The project's folder.

    Raises:
        ToolError: Files were changed, added or removed.
    """
    before = state(root)
    yield
    changed = sorted({path for path, _ in before.items() ^ state(root).items()})
    if not changed:
        return
    shown = ", ".join(path.relative_to(root).as_posix() for path in changed[:NAMES_SHOWN])
    shown += f" (+{len(changed) - NAMES_SHOWN})" if len(changed) > NAMES_SHOWN else ""
    raise ToolError(
        f"Nettstedet ble ikke bygget: {shown} ble endret imens. Bygg på nytt.",
        f"The site was not built: {shown} changed meanwhile. Build again.",
    )


def refuse_sources(site_dir: Path, root: Path) -> None:
    """Refuse to build over the project itself.

    Args:
        site_dir: Where the site is to go, without links.
        root: The project's folder.

    Raises:
        ToolError: The folder holds the project, or lies among its sources.
    """
    sources = [root / name for name in ("cases", "docs", "hooks", "overrides", "tests", "tools")]
    if root.is_relative_to(site_dir) or any(site_dir.is_relative_to(path) for path in sources):
        raise ToolError(
            f"Nettstedet kan ikke bygges til «{site_dir}»: der ligger prosjektets egne filer.",
            f"The site cannot be built into “{site_dir}”: the project's own files are there.",
        )


def _quit(signal_number: int, _frame: FrameType | None) -> None:
    # Raised instead of dying at once, so that the temporary folder is removed.
    raise SystemExit(128 + signal_number)


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check the records and build the site.")
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="default: site")
    parser.add_argument("--site-url", help="build for this address instead of mkdocs.yml's")
    options = parser.parse_args()
    for number in ENDINGS:
        signal.signal(number, _quit)

    site_dir = options.site_dir.absolute()
    refuse_sources(site_dir.resolve(), ROOT)
    started = time.monotonic()
    say("Sjekker og bygger nettstedet …", "Checking and building the site …")

    def build(fresh: Path) -> None:
        with unchanged(ROOT):
            render_site(
                ROOT, fresh, options.site_url, prepare=lambda config: tell_unset(config.extra)
            )

    publish(site_dir, build)
    seconds = f"{time.monotonic() - started:.1f}"
    name = os.path.relpath(site_dir, Path.cwd())
    say(
        f"Bygget i «{name}» på {seconds.replace('.', ',')} sekunder.",
        f"Built in “{name}” in {seconds} seconds.",
    )
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
