"""Let two folders change places in one step, where the system can do that."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""What systems, file systems and containers answer that know no such step."""

if sys.platform == "win32":

    def _system_call() -> Callable[[bytes, bytes], int] | None:
        return None

else:

    def _system_call() -> Callable[[bytes, bytes], int] | None:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            swap = getattr(library, "renamex_np", None)
            return swap and (lambda one, other: swap(one, other, ctypes.c_uint(2)))
        here = ctypes.c_int(-100)  # AT_FDCWD: paths begin in the working folder
        rename = getattr(library, "renameat2", None)
        return rename and (lambda one, other: rename(here, one, here, other, ctypes.c_uint(2)))


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places: at every moment there is something at both.

    Args:
        one: A file or folder that exists.
        other: Another one, in the same file system.

    Returns:
        Whether it is done; False where there is no such step, and nothing has changed then.

    Raises:
        OSError: The system refuses it.
    """
    call = _system_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))
