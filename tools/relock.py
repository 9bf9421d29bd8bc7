"""Write requirements.lock and requirements-dev.lock anew from pyproject.toml.

Usage: sh tools/with_python.sh tools/relock.py [--upgrade]

Without --upgrade, versions that still fit stay. Needs the package index. The
resolver, uv, goes into a folder that is thrown away: it is no part of the
project, only of making its locks.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from environment import LOCKS, ROOT, explain, python_of
from messages import ToolError, run_tool, say

RESOLVER = "uv>=0.9,<1"
OPTIONS = (
    "--universal",  # one lock for Linux, macOS and Windows …
    "--python-version=3.11",  # … and for every Python from this one on
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",  # a person's own uv settings must not show in the lock
    "--quiet",
)


def commands(uv: str, upgrade: bool) -> list[list[str]]:
    """Return the commands that write the two locks, the runtime one first.

    Args:
        uv: The resolver's path.
        upgrade: Take the newest version of everything.
    """
    common = [uv, "pip", "compile", *OPTIONS]
    common += ["--upgrade"] if upgrade else []
    header = "--custom-compile-command=make lock"
    runtime = [*common, header, "pyproject.toml", "--group=build", "-o", LOCKS["runtime"]]
    # Constrained by the runtime lock: what both hold is the same version in both.
    dev = [*common, header, "pyproject.toml", "--group=dev", "-c", LOCKS["runtime"]]
    return [runtime, [*dev, "-o", LOCKS["dev"]]]


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise explain(done.stdout + done.stderr)


def _main() -> int:
    parser = argparse.ArgumentParser(description="Write the locks anew from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = parser.parse_args().upgrade
    say("Låser avhengighetene …", "Locking the dependencies …")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "venv"
        venv.create(place, with_pip=True, symlinks=sys.platform != "win32")
        _run([str(python_of(place)), "-m", "pip", "install", "--only-binary=:all:", RESOLVER])
        uv = python_of(place).with_name("uv")
        for command in commands(os.fspath(uv), upgrade):
            _run(command)
    for name in LOCKS.values():
        if "file://" in (ROOT / name).read_text(encoding="utf-8"):
            raise ToolError(
                f"{name} inneholder adresser på denne maskinen: lås på en annen maskin.",
                f"{name} holds addresses of this machine: lock on another machine.",
            )
    say("Ferdig: requirements.lock og requirements-dev.lock", "Done: both files are written.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
