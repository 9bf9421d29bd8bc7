"""The answers about a record that is not written yet, kept so that nobody has to give them twice.

They are written after each answer, whole or not at all: a closed terminal, a killed process or an
empty battery takes nothing that was answered.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from casebook.edit.storage import write_file

_MOST_BYTES = 256 * 1024
"""More than that nobody has answered."""


class KeptAnswers:
    """The answers about one record, in the caches of the project."""

    def __init__(self, project: Path, id_: str) -> None:
        """Say where the answers about the record ``id_`` are kept; nothing is read or written."""
        self._file = project / ".cache" / "new" / f"{id_}.json"

    def read(self) -> dict[str, str]:
        """Return the answers; none when there are none, or they cannot be understood."""
        try:
            with self._file.open("rb") as stream:
                found = json.loads(stream.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        whole = isinstance(found, dict) and all(isinstance(said, str) for said in found.values())
        return found if whole else {}

    def write(self, answers: dict[str, str]) -> None:
        """Keep the answers; raise OSError when they cannot be written."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_file(self._file, json.dumps(answers, indent=1) + "\n")

    def clear(self) -> None:
        """Keep nothing any longer."""
        with suppress(OSError):
            self._file.unlink()
