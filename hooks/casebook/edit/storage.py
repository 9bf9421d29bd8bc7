"""Writing files whole or not at all.

A new text is first written beside its place, under a name that nothing reads, and reaches the disk
before it takes the place in one step.  So a full disk, a fault or a killed process leaves the old
file as it was, or no file where there was none.  Symbolic links are refused, never followed: what
they lead to may lie anywhere.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
"""What file systems answer that know no second name for a file."""
_BOM = "\ufeff".encode()


def create_file(path: Path, text: str) -> None:
    """Write a new file with ``text``.

    Raises FileExistsError when something has that name already, also something that came while
    this was under way; OSError when it cannot be written.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    mask = os.umask(0)
    os.umask(mask)
    _put(path, text.encode(), 0o666 & ~mask, _take_free_place)


def replace_file(path: Path, before: bytes, text: str) -> None:
    """Put ``text`` in place of the file that held ``before``.

    Its permissions, line ends and byte order mark stay.  Raises OSError when it cannot be
    written, is a symbolic link, or no longer holds ``before``.
    """
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if path.read_bytes() != before:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path))
    _put(path, _as_before(text, before), stat.S_IMODE(state.st_mode), os.replace)


def write_file(path: Path, text: str) -> bool:
    """Write ``text`` to a file that may exist or not; return whether that changed anything.

    Raises OSError when it cannot be written.
    """
    if not os.path.lexists(path):
        create_file(path, text)
        return True
    before = path.read_bytes()
    if _as_before(text, before) == before:
        return False
    replace_file(path, before, text)
    return True


def _as_before(text: str, before: bytes) -> bytes:
    """Return the bytes of ``text`` with the line ends and byte order mark of ``before``."""
    windows = before.count(b"\r\n")
    old_mac = before.count(b"\r") - windows
    unix = before.count(b"\n") - windows
    if windows > max(unix, old_mac):
        text = text.replace("\n", "\r\n")
    elif old_mac > unix:
        text = text.replace("\n", "\r")
    return (_BOM if before.startswith(_BOM) else b"") + text.encode()


def _put(path: Path, data: bytes, mode: int, take_place: Callable[[str, Path], None]) -> None:
    try:
        _put_beside(path, data, mode, take_place)
    except OSError as error:
        # Whoever reads of it asked for this file, and knows nothing of the one beside it.
        error.filename, error.filename2 = str(path), None
        raise
    _settle(path.parent)


def _put_beside(
    path: Path, data: bytes, mode: int, take_place: Callable[[str, Path], None]
) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(mode)
        take_place(beside, path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _take_free_place(beside: str, path: Path) -> None:
    """Give the file its name in one step, which fails when the name is taken."""
    try:
        os.link(beside, path)
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(path):
            raise
        os.rename(beside, path)  # noqa: PTH104 - the next best where no links exist
        return
    Path(beside).unlink()


def _settle(folder: Path) -> None:
    """Have the new name itself reach the disk, where the system allows to ask for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
