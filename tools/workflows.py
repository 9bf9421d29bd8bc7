"""Check what runs on GitHub: zizmor for safety, actionlint for syntax where it is installed.

Usage: python tools/workflows.py

zizmor is locked with the other tools.  actionlint comes on PyPI as a download from GitHub only,
which ``.venv`` does not take, so it runs where it is on PATH: on GitHub it always is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT
from messages import run_tool, say

_ZIZMOR = ("--offline", "--quiet", "--persona=pedantic", "--strict-collection", "--collect=all")


def commands(root: Path, zizmor: Path, actionlint: str | None) -> list[list[str]]:
    """Return the commands that check the workflows below ``root``; none when there are none."""
    folder = root / ".github"
    if not (folder / "workflows").is_dir():
        return []
    found = [[str(zizmor), *_ZIZMOR, str(folder)]]
    if actionlint is not None:
        found.append([actionlint, *map(str, sorted((folder / "workflows").glob("*.yml")))])
    return found


def _main() -> int:
    actionlint = shutil.which("actionlint")
    status = 0
    for command in commands(ROOT, Path(sys.executable).with_name("zizmor"), actionlint):
        status |= subprocess.run(command, cwd=ROOT, check=False).returncode
    if actionlint is None:
        say(
            "Arbeidsflytene ble sjekket uten actionlint, som ikke er installert her.",
            "The workflows were checked without actionlint, which is not installed here.",
        )
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
