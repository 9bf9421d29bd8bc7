"""Write requirements.txt and requirements-dev.txt anew from pyproject.toml.

Usage: sh tools/with_python.sh tools/relock.py [--upgrade]

Without --upgrade, versions that still fit stay, also where two branches have left both of theirs
in a lock that git could not merge. Needs the package index, but no .venv. The resolver, uv, goes
into a folder that is thrown away: it is no part of the project, only of making its locks.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from environment import LOCKS, ROOT, explain, run_pip
from messages import ToolError, run_tool, say

RESOLVER = "uv>=0.9,<1"
OPTIONS = (
    "--universal",  # one lock for Linux, macOS and Windows …
    "--python-version=3.11",  # … and for every Python from this one on
    "--generate-hashes",
    "--only-binary=:all:",  # what has no wheel is not installed either
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",  # a person's own uv settings must not show in the lock
    "--custom-compile-command=make lock",
    "--quiet",
)
_PIN = re.compile(r"^[a-z0-9][^\s=]*==[^\s;]+", re.MULTILINE)
_FOREIGN = re.compile(r"\w+://\S+|^--.*", re.MULTILINE)


def pins(text: str) -> str:
    """Return the versions that a lock holds, whatever git has put between them."""
    return "\n".join(dict.fromkeys(_PIN.findall(text)))


def foreign(text: str) -> str | None:
    """Return the first thing in a lock that belongs to one machine: an address or a setting."""
    found = _FOREIGN.search(text)
    return found[0] if found else None


def _resolve(uv: Path, folder: Path, *arguments: str) -> None:
    # UV_: a person's own settings again, such as another index.
    ours = {name: text for name, text in os.environ.items() if not name.startswith("UV_")}
    done = subprocess.run(
        [uv, "pip", "compile", *OPTIONS, "pyproject.toml", *arguments],
        cwd=folder,
        env=ours,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise explain(done.stdout + done.stderr)


def _write(uv: Path, folder: Path, upgrade: bool) -> None:
    """Write both locks into a folder, where their names are those that they will have."""
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for name in LOCKS:
        former = ROOT / name
        text = former.read_text(encoding="utf-8") if former.exists() and not upgrade else ""
        (folder / name).write_text(pins(text), encoding="utf-8")
    runtime, dev = LOCKS
    _resolve(uv, folder, f"--output-file={runtime}")
    # Constrained by the first: what both hold is the same version in both.
    _resolve(uv, folder, "--group=dev", f"--constraints={runtime}", f"--output-file={dev}")


def _main() -> int:
    parser = argparse.ArgumentParser(description="Write the locks anew from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = parser.parse_args().upgrade
    say("Låser avhengighetene …", "Locking the dependencies …")
    # Beside the locks, so that they are put in their place in one step each.
    with tempfile.TemporaryDirectory(prefix=".lock.", dir=ROOT) as folder:
        fresh = Path(folder)
        venv.create(fresh / "venv", with_pip=True, symlinks=True)
        programs = fresh / "venv" / "bin"
        done = run_pip(programs / "python", fresh, "install", "--only-binary=:all:", RESOLVER)
        if done.returncode != 0:
            raise explain(done.stdout)
        _write(programs / "uv", fresh, upgrade)
        for name in LOCKS:
            own = foreign((fresh / name).read_text(encoding="utf-8"))
            if own:
                raise ToolError(
                    f"{name} ville hatt noe fra denne maskinen i seg ({own}): "
                    "lås på en annen maskin.",
                    f"{name} would hold something of this machine ({own}): "
                    "lock on another machine.",
                )
        for name in LOCKS:
            (fresh / name).replace(ROOT / name)
    say(f"Ferdig: {' og '.join(LOCKS)}", f"Done: {' and '.join(LOCKS)}")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
