"""Put a new version of a folder in place, or leave the old one exactly as it was."""

import shutil
from collections.abc import Callable
from pathlib import Path

from exclusive import exclusive
from messages import ToolError, say


def publish(target: Path, render: Callable[[Path], None]) -> None:
    """Let ``render`` fill an empty folder and swap it into the place of ``target``.

    The new version grows in ``.<name>.new`` beside the target (same file
    system, so a rename is enough), the old one waits in ``.<name>.old`` for the
    moment of the swap. Both names are fixed: whatever a killed run leaves
    behind is found and removed by the next one. ``.<name>.lock`` makes runs
    for one target take turns.

    Args:
        target: The folder to replace; need not exist.
        render: Fills the folder it is given, which exists and is empty.

    Raises:
        ToolError: ``target`` holds something that is no site.
        BaseException: Whatever ``render`` raises, after its folder is removed.
    """
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    former = target.with_name(f".{target.name}.old")
    with exclusive(target.with_name(f".{target.name}.lock"), _say_waiting):
        _clear_leftovers(target, fresh, former)
        try:
            fresh.mkdir()
            render(fresh)
            _swap(target, fresh, former)
        finally:
            remove(fresh)
        remove(former)


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder; nothing happens when it is missing."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _refuse_foreign(target: Path) -> None:
    # A mistyped --site-dir must not cost anybody a folder of documents.
    if not target.exists():
        return
    if target.is_dir() and (not any(target.iterdir()) or (target / "index.html").is_file()):
        return
    raise ToolError(
        f"«{target}» er ikke et ferdig bygd nettsted og blir ikke erstattet: velg en annen mappe.",
        f"“{target}” is not a built site and will not be replaced: choose another folder.",
    )


def _say_waiting() -> None:
    say("Venter på en annen bygging …", "Waiting for another build …")


def _clear_leftovers(target: Path, fresh: Path, former: Path) -> None:
    if former.exists() and not target.exists():
        # A run was killed between its two renames: the old version comes back.
        former.rename(target)
    remove(former)
    remove(fresh)


def _swap(target: Path, fresh: Path, former: Path) -> None:
    had_one = target.exists() or target.is_symlink()
    if had_one:
        target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        if had_one:
            former.rename(target)
        raise
