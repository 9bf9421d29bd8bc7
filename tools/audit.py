"""Look through what the tests have no time for, and print the figures.

Usage: python tools/audit.py [--only SECTION …] [--must-ask] [--write]

Sections: supply (licences, parts, known vulnerabilities), attacks (all of them, in a browser, with
the headers of a host and without), determinism (two builds that must be the same to the byte),
kills (builds killed at any moment), and firefox (what readers do, in that browser).  A section is a
program.  It may append figures to the file that AUDIT_FIGURES names: a name, a tab and a value on
each line.

Exit: 0 all is well; 1 something has to be put right; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import browser
from environment import ROOT
from messages import ToolError, run_tool, say

TESTS = ("-m", "pytest", "--numprocesses=0", "--quiet", "-m", "audit or not audit", "-k")


def sections(supply: list[str]) -> dict[str, list[str]]:
    """Return what each section runs; ``supply`` are the options of the first one."""
    attacks = ("tests/test_attacks.py", "tests/test_attacks_in_browsers.py")
    return {
        "supply": ["tools/supply/run.py", *supply],
        "attacks": [*TESTS, "not share", *attacks],  # all instead of a share
        "determinism": [*TESTS, "same_to_the_byte_anywhere", "tests/test_build.py"],
        "kills": ["tools/kills.py"],
        "firefox": ["tools/firefox/run.py"],
    }


def find_browser() -> str:
    """Return the browser of this machine, installed when there is none.

    Raises:
        ToolError: None can be had.
    """
    path = browser.find()
    if path is None:
        browser.install()
        path = browser.find()
    if path is None:
        raise ToolError(*browser.MISSING)
    return path


def _main() -> int:
    every = sections([])
    parser = argparse.ArgumentParser(description="Look through what the tests have no time for.")
    parser.add_argument("--only", nargs="+", choices=every, default=list(every))
    parser.add_argument("--must-ask", action="store_true", help="supply: fail when nobody answers")
    parser.add_argument("--write", action="store_true", help="supply: write THIRD-PARTY.md anew")
    options = parser.parse_args()
    supply = ["--must-ask"] * options.must_ask + ["--write"] * options.write
    rows: list[tuple[str, str]] = []
    good = True
    for name in options.only:
        print(f"\n=== {name} ===", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            figures = Path(folder, "figures")
            environment = {**os.environ, "AUDIT_FIGURES": str(figures)}
            if name == "attacks":
                environment["CHROMIUM"] = find_browser()
            started = time.monotonic()
            command = [sys.executable, *sections(supply)[name]]
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
            told = figures.read_text(encoding="utf-8") if figures.is_file() else ""
        good = good and done.returncode == 0
        outcome = "ok" if done.returncode == 0 else "FAILED"
        rows.append((name, f"{outcome}, {time.monotonic() - started:.0f} s"))
        figures_told = [line.partition("\t") for line in told.splitlines()]
        rows += [(f"  {figure}", value) for figure, _, value in figures_told]
    width = max(len(name) for name, _ in rows)
    print()
    for name, value in rows:
        print(f"{name:{width}}  {value}")
    if not good:
        say("Noe må rettes, se over.", "Something has to be put right, see above.", sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(run_tool(_main))
