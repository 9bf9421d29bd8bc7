"""What the tools say to people: every sentence in Norwegian first, then in English.

Standard library only and importable by any Python 3.11+, because it is used
before the dependencies are installed.
"""

import io
import sys
from collections.abc import Callable
from typing import TextIO

INTERRUPTED = 130
"""Exit status of a tool ended by Ctrl+C, as shells have it (128 + SIGINT)."""


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
        say(f"Filsystemet sa nei: {error}", f"The file system refused: {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nAvbrutt.", "Interrupted.", sys.stderr)
        return INTERRUPTED
