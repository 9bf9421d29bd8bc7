"""The process that sets PDFs: ``python -m casebook.pdf.worker ASSETS``.

Says first that it can work, then answers each line of JSON on standard input with one on standard
output.  Ends when there is nothing more to read.
"""

from __future__ import annotations

import base64
import json
import signal
import sys
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> int:
    """Set what is asked for; return the exit status."""
    # Ctrl+C is for the build, which then closes standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = sys.stdout
    sys.stdout = sys.stderr  # what anything else prints is no answer
    try:
        from casebook.pdf.typeset import FaultyError, Typesetter  # noqa: PLC0415 - it may fail
    except ImportError as error:
        _write(answers, {"unavailable": str(error).partition("\n")[0]})
        return 0
    typesetter = Typesetter(Path(arguments[0]))
    _write(answers, {"unavailable": None})
    for line in sys.stdin:
        order = json.loads(line)
        try:
            made = typesetter.set(order["html"], order["pictures"])
        except FaultyError as error:
            _write(answers, {"faults": [str(error)]})
        else:
            content = base64.b64encode(made.content).decode()
            _write(answers, {"pdf": content, "pages": made.pages, "faults": made.faults})
    return 0


def _write(stream: Any, answer: object) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
