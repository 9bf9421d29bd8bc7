"""Tell when the sources have changed and have come to rest."""

import queue
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

SOURCE_FOLDERS = ("cases", "docs", "overrides", "hooks")
SOURCE_FILES = ("mkdocs.yml",)
QUIET_SECONDS = 0.3
"""Without a change for this long, an editor has finished saving."""
LONGEST_SECONDS = 3.0
"""After this long the site is rebuilt even though changes keep coming."""

# Reading a file is an event too, and a build reads all of them: only these count.
_CHANGES = {
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
}


def is_source(path: Path, root: Path) -> bool:
    """Tell whether a change of this file can change the site.

    Args:
        path: An absolute path inside ``root``.
        root: The project's folder.

    Returns:
        False for what Python writes beside its modules and for the temporary
        files editors make while they save; True for every other file under
        the source folders, and for mkdocs.yml.
    """
    parts = path.relative_to(root).parts
    if len(parts) < 2:  # the project's folder itself, or a file in it
        return bool(parts) and parts[0] in SOURCE_FILES
    if "__pycache__" in parts or any(part.endswith(".egg-info") for part in parts):
        return False
    name = parts[-1]
    temporary = name.startswith((".", "#")) or name.endswith(("~", ".tmp", ".swp", ".pyc"))
    return not temporary and name != "4913"  # 4913: the file vim tries a folder with


class Debouncer:
    """Collects changes until they have come to rest."""

    def __init__(
        self,
        quiet: float = QUIET_SECONDS,
        longest: float = LONGEST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start without any change.

        Args:
            quiet: Seconds without a change after which the changes are handed out.
            longest: Seconds after the first change when they are handed out anyway.
            clock: Tells the time in seconds.
        """
        self._quiet = quiet
        self._longest = longest
        self._clock = clock
        self._paths: set[Path] = set()
        self._first = 0.0
        self._last = 0.0

    def note(self, path: Path) -> None:
        """Take in one change."""
        self._last = self._clock()
        if not self._paths:
            self._first = self._last
        self._paths.add(path)

    def wait(self) -> float | None:
        """Return the seconds until ``take`` hands out, 0 when it would now, None when nothing."""
        if not self._paths:
            return None
        due = min(self._last + self._quiet, self._first + self._longest)
        return max(0.0, due - self._clock())

    def take(self) -> list[Path]:
        """Hand out the changed paths, sorted, and start again; empty while it is too early."""
        if self.wait() != 0.0:
            return []
        paths = sorted(self._paths)
        self._paths.clear()
        return paths


class Watcher:
    """Watches the source folders and mkdocs.yml of a project."""

    def __init__(self, root: Path, debouncer: Debouncer | None = None) -> None:
        """Start watching.

        Args:
            root: The project's folder; source folders that are missing are left out.
            debouncer: Decides when changes have come to rest.
        """
        self._root = root
        self._changes: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._debouncer = debouncer or Debouncer()
        try:
            self._observer = self._start(Observer())
        except OSError:
            # The system's watches are used up, or this file system has none.
            self._observer = self._start(PollingObserver())

    def _start(self, observer: BaseObserver) -> BaseObserver:
        handler = _Handler(self._root, self._changes)
        observer.schedule(handler, str(self._root), recursive=False)
        for name in SOURCE_FOLDERS:
            folder = self._root / name
            if folder.is_dir():
                observer.schedule(handler, str(folder), recursive=True)
        observer.start()
        return observer

    def next_changes(self) -> list[Path]:
        """Wait until sources have changed and come to rest; return them, sorted."""
        while True:
            try:
                self._debouncer.note(self._changes.get(timeout=self._debouncer.wait()))
            except queue.Empty:
                paths = self._debouncer.take()
                if paths:
                    return paths

    def close(self) -> None:
        """ToolError watching."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, changes: "queue.SimpleQueue[Path]") -> None:
        self._root = root
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        if event.is_directory and event.event_type == EVENT_TYPE_MODIFIED:
            return  # what changed in the folder has its own event
        for name in (event.src_path, event.dest_path):
            path = Path(name if isinstance(name, str) else bytes(name).decode())
            if path.is_relative_to(self._root) and is_source(path, self._root):
                self._changes.put(path)
