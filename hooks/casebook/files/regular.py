"""Reading files that strangers may have put there: regular ones only, and never without an end.

A link may lead to any file of this machine, and a pipe or a device may never end.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# The last step of the path is not followed, and a pipe without a writer is not waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)  # Windows


def read_regular(file: Path, most: int) -> bytes:
    """Return the bytes of a regular file, and no more than ``most`` of them.

    Raises OSError when it cannot be read, or is a link, a folder, a pipe or a device.
    """
    if not stat.S_ISREG(file.lstat().st_mode):  # opening a device may do something already
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
    with os.fdopen(os.open(file, _FLAGS | _BINARY), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
        return stream.read(most)
