"""What the tools say to people: every sentence in Norwegian first, then in English.

Standard library only and importable by any Python 3.11+, because it is used
before the dependencies are installed.
"""

import errno
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

INTERRUPTED = 130
"""Exit status of a tool ended by Ctrl+C, as shells have it (128 + SIGINT)."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class ToolError(Exception):
    """The tool cannot go on, and the person can do something about it.

    Attributes:
        nb: One Norwegian sentence: what is wrong and what to do.
        en: The same sentence in English.
        status: The exit status, never 0.
    """

    def __init__(self, nb: str, en: str, status: int = 1) -> None:
        """Keep both sentences and the exit status."""
        super().__init__(en)
        self.nb = nb
        self.en = en
        self.status = status


def say(nb: str, en: str, stream: TextIO | None = None) -> None:
    """Print the Norwegian line, then the English one, and flush.

    Args:
        nb: The Norwegian line.
        en: The English line.
        stream: Where to print; standard output when not given.
    """
    out = sys.stdout if stream is None else stream
    print(nb, en, sep="\n", file=out, flush=True)


def refusal(error: OSError) -> ToolError:
    """Return what to say of a file operation that failed.

    Args:
        error: As the system raised it.

    Returns:
        A sentence that says what to do where that is known: a full disk, a folder that is closed.
    """
    if error.errno in _FULL:
        return ToolError(
            f"Disken er full, eller kvoten er brukt opp ({error}). Frigjør plass, og prøv igjen.",
            f"The disk is full, or the quota is used up ({error}). Free some space and try again.",
        )
    if error.errno in _CLOSED:
        return ToolError(
            f"Ingen tilgang ({error}). Se etter hvem som kan lese og skrive der, og om disken "
            "bare kan leses, og prøv igjen.",
            f"No access ({error}). See who may read and write there, and whether the disk is "
            "read-only, and try again.",
        )
    return ToolError(f"Filsystemet sa nei: {error}", f"The file system refused: {error}")


def refusal_behind(error: BaseException) -> ToolError | None:
    """Return what to say of a full disk or a closed folder that led to ``error``, if one did."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FULL | _CLOSED:
            return refusal(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return None


def require_site(site: Path) -> None:
    """Refuse to go on without a built site in a folder.

    Raises:
        ToolError: There is none.
    """
    if not (site / "index.html").is_file():
        raise ToolError(
            f"Det er ikke noe bygd nettsted i «{site}»: kjør make build først.",
            f"There is no built site in “{site}”: run make build first.",
            2,
        )


def run_tool(main: Callable[[], int]) -> int:
    """Run a tool's main function and turn its ways of ending into an exit status.

    Args:
        main: The tool; returns its exit status.

    Returns:
        What ``main`` returned; the status of a ``ToolError`` after printing its two
        sentences on standard error; 1 after a failing file operation (disk
        full, no permission), told the same way; 130 after Ctrl+C.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show «æ» must not turn a sentence into a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return main()
    except ToolError as stop:
        say(stop.nb, stop.en, sys.stderr)
        return stop.status
    except OSError as error:
        refused = refusal(error)
        say(refused.nb, refused.en, sys.stderr)
        return refused.status
    except KeyboardInterrupt:
        say("\nAvbrutt.", "Interrupted.", sys.stderr)
        return INTERRUPTED
