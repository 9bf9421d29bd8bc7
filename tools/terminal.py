"""Let Ctrl+C reach the tool and not the ``make`` that started it."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_terminal() -> Iterator[None]:
    """Be the terminal's only foreground process for the length of a ``with`` block.

    Ctrl+C goes to every process in the terminal's foreground group. ``make``
    answers it with an error line and a failing status, although the tool ended
    as it should. So the tool makes a group of its own and gives it the
    terminal, as a shell does with its jobs, and gives it back at the end.

    Does nothing without a terminal, in the background, on Windows, or when the
    tool is its group's leader already (started from a shell, not from make).
    """
    terminal = _foreground_terminal()
    if sys.platform == "win32" or terminal is None:
        yield
        return
    former_group = os.getpgrp()
    # SIGTTOU: sent for handing the terminal on from outside its foreground group.
    # SIGTSTP: make would not notice Ctrl+Z, and the terminal would seem to hang.
    ignored = (signal.SIGTTOU, signal.SIGTSTP)
    former_handlers = [signal.signal(number, signal.SIG_IGN) for number in ignored]
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # the terminal may be gone
            os.tcsetpgrp(terminal, former_group)
            os.setpgid(0, former_group)
        for number, handler in zip(ignored, former_handlers, strict=True):
            signal.signal(number, handler)
        os.close(terminal)


def _foreground_terminal() -> int | None:
    if sys.platform == "win32":
        return None
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return None
    if os.tcgetpgrp(terminal) == os.getpgrp() != os.getpid():
        return terminal
    os.close(terminal)
    return None
