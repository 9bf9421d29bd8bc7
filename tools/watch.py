"""Tell when the sources have changed and have come to rest."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import BaseFilter, Change, watch

SOURCE_FOLDERS = ("cases", "docs", "overrides", "hooks")
SETTINGS = "mkdocs.yml"
QUIET_MILLISECONDS = 50
"""Without a change for this long, an editor has finished saving."""
LONGEST_MILLISECONDS = 1500
"""After this long changes are handed on even though more keep coming."""


class Sources(BaseFilter):
    """What can change the site: not what Python and editors write beside the sources."""

    ignore_dirs = ("__pycache__",)
    ignore_entity_patterns = (
        r"^[.#]",  # hidden files, and those that Emacs makes while one writes
        r"(~|\.tmp|\.swp|\.pyc)$",
        r"^4913$",  # the file that Vim tries a folder with
    )


def state(root: Path) -> dict[Path, tuple[int, int, int]]:
    """Return which sources there are, and what is another number when one is written anew.

    Args:
        root: The project's folder.
    """
    counts = Sources()
    found: dict[Path, tuple[int, int, int]] = {}
    for source in (root / SETTINGS, *(root / name for name in SOURCE_FOLDERS)):
        for path in (source, *source.rglob("*")):
            if counts(Change.modified, str(path)) and not path.is_dir():
                with suppress(FileNotFoundError):  # just removed
                    status = path.lstat()
                    found[path] = status.st_ino, status.st_size, status.st_mtime_ns
    return found


@contextmanager
def watching(root: Path, tell: Callable[[list[Path]], None]) -> Iterator[None]:
    """Watch the sources of a project for the length of a ``with`` block.

    ``tell`` is called with the changed files, sorted, when they have come to rest; from threads of
    our own.
    """
    folders = [root / name for name in SOURCE_FOLDERS if (root / name).is_dir()]
    stop = threading.Event()

    def look(places: list[Path], only: Path | None) -> None:
        for changed in _changes(places, only is None, stop):
            paths = sorted(path for path in changed if only in (None, path))
            if paths:
                tell(paths)

    # The settings by their folder, since editors put a new file in the old one's place.
    jobs = ((folders, None), ([root], root / SETTINGS))
    threads = [threading.Thread(target=look, args=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _changes(places: list[Path], deep: bool, stop: threading.Event) -> Iterator[set[Path]]:
    for polling in (None, True):
        try:
            for changes in watch(
                *places,
                watch_filter=Sources(),
                debounce=LONGEST_MILLISECONDS,
                step=QUIET_MILLISECONDS,
                stop_event=stop,
                rust_timeout=500,  # how soon it notices that it is to stop
                recursive=deep,
                force_polling=polling,
            ):
                yield {Path(name) for _, name in changes}
            return
        except (OSError, RuntimeError):
            # The system's watches are used up, or this file system has none: look ourselves.
            if polling:
                raise
