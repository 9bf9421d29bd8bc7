"""Put a new version of a folder in place, or leave the old one exactly as it was."""

import os
import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from exchange import exchange
from exclusive import exclusive
from messages import ToolError, say

_LEFT_BY_SYSTEMS = (".DS_Store", "._*", "Thumbs.db", "desktop.ini")
"""What comes of looking into a folder, and nobody misses."""
_SHOWN = 5
"""Files that are named one by one."""


def publish(target: Path, render: Callable[[Path], None]) -> None:
    """Let ``render`` fill an empty folder, and exchange it with ``target``.

    The new version grows in ``.<name>.new`` beside the target (same file system), and the two
    change places in one step.  Where the system has no such step, the old version waits in
    ``.<name>.old`` between two renames.  All names are fixed: what a killed run left is put right
    before anything else, so a run that fails does not leave the site missing either.
    ``.<name>.lock`` makes runs for one target take turns.  ``.<name>.files`` lists what they
    wrote: whatever else lies in the target is somebody's, and is not lost.

    Args:
        target: The folder to replace; need not exist.  The folder that a link leads to is
            exchanged where it lies.
        render: Fills the folder it is given, which exists and is empty.

    Raises:
        ToolError: ``target`` cannot be exchanged, or holds what no build has made.
        BaseException: Whatever ``render`` raises, after its folder is removed.
    """
    target = _followed(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    former = target.with_name(f".{target.name}.old")
    listed = target.with_name(f".{target.name}.files")
    unfinished = target.with_name(f".{target.name}.files.new")
    with exclusive(target.with_name(f".{target.name}.lock"), _say_waiting):
        _put_right(target, former)
        for leftover in (former, fresh, unfinished):
            remove(leftover)
        _refuse_foreign(target, listed)
        try:
            fresh.mkdir()
            render(fresh)
            _let_all_read(fresh)
            _refuse_foreign(target, listed)  # what came in the meantime
            # Both versions, so that the list holds whenever this is killed.
            names = {*_files_in(target), *_files_in(fresh)}
            unfinished.write_text("\n".join(sorted(names)), encoding="utf-8")
            unfinished.replace(listed)
            _swap(target, fresh, former)
        finally:
            remove(fresh)
            remove(unfinished)
        remove(former)


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder; nothing happens when it is missing."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _followed(target: Path) -> Path:
    """Return the folder that is to be exchanged: that which a link leads to."""
    real = Path(os.path.realpath(target))
    if target.is_symlink() and not real.is_dir():
        raise ToolError(
            f"«{target}» er en lenke til «{real}», som ikke er en mappe: "
            "lag mappen, eller fjern lenken.",
            f"“{target}” is a link to “{real}”, which is no folder: "
            "make the folder, or remove the link.",
        )
    if target.is_mount():
        raise ToolError(
            f"«{target}» er et monteringspunkt og kan ikke byttes ut: "
            "velg en mappe i den, eller monter mappen over.",
            f"“{target}” is a mount point and cannot be exchanged: "
            "choose a folder in it, or mount the folder above.",
        )
    return real if target.is_symlink() else target


def _refuse_foreign(target: Path, listed: Path) -> None:
    """Refuse to lose what no build has made: somebody's files, or a mistyped folder."""
    if not target.exists():
        return
    if target.is_dir():
        foreign = sorted(_foreign(target, listed))
        if not foreign:
            return
    else:
        foreign = [target.name]
    shown = ", ".join(foreign[:_SHOWN])
    shown += f" (+{len(foreign) - _SHOWN})" if len(foreign) > _SHOWN else ""
    raise ToolError(
        f"I «{target}» ligger noe ingen bygging har laget, og som ville gått tapt: {shown}. "
        "Flytt det et annet sted, eller slett det, og bygg på nytt. Eller velg en annen mappe.",
        f"“{target}” holds what no build has made, and what would be lost: {shown}. "
        "Move it elsewhere, or delete it, and build again. Or choose another folder.",
    )


def _foreign(target: Path, listed: Path) -> Iterator[str]:
    names = [
        name
        for name in _files_in(target)
        if not any(fnmatchcase(name.rpartition("/")[2], form) for form in _LEFT_BY_SYSTEMS)
    ]
    ours: set[str] = set()
    if listed.is_file():
        ours.update(listed.read_text(encoding="utf-8", errors="replace").splitlines())
    return (name for name in names if name not in ours)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield all that is no folder below ``folder``, with ``/`` between the steps."""
    for entry in _walk(folder):
        if entry.is_symlink() or not entry.is_dir():
            yield entry.relative_to(folder).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield everything below ``folder``, following no links."""
    if not folder.is_dir():
        return

    def stop(error: OSError) -> None:
        raise error

    for place, folders, files in os.walk(folder, onerror=stop):
        for name in (*folders, *files):
            yield Path(place, name)


def _let_all_read(folder: Path) -> None:
    """Let a web server read everything, whatever the person who builds keeps to herself."""
    for path in (folder, *_walk(folder)):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _say_waiting() -> None:
    say("Venter på en annen bygging …", "Waiting for another build …")


def _put_right(target: Path, former: Path) -> None:
    if former.exists() and not target.exists():
        # A run was killed between its two renames: the old version comes back.
        former.rename(target)


def _swap(target: Path, fresh: Path, former: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    if exchange(fresh, target):
        return
    target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        former.rename(target)
        raise
