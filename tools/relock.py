"""Write requirements.txt and requirements-dev.txt anew from pyproject.toml.

Usage: sh tools/with_python.sh tools/relock.py [--upgrade]

Without --upgrade, versions that still fit stay, also where two branches have left both of theirs
in a lock that git could not merge. Needs the package index, but no .venv. The resolver, uv, goes
into a folder that is thrown away: it is no part of the project, only of making its locks.
"""

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


def _resolve(uv: Path, name: str, *arguments: str) -> None:
    # UV_: a person's own settings again, such as another index.
    ours = {name: text for name, text in os.environ.items() if not name.startswith("UV_")}
    command = [str(uv), "pip", "compile", *OPTIONS, "pyproject.toml", f"--output-file={name}"]
    folder = uv.parents[2]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, env=ours, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise explain(done.stderr)
    own = foreign((folder / name).read_text(encoding="utf-8"))
    if own:
        raise ToolError(
            f"{name} ville hatt noe fra denne maskinen i seg ({own}): lås på en annen maskin.",
            f"{name} would hold something of this machine ({own}): lock on another machine.",
        )


def _main() -> int:
    upgrade = sys.argv[1:] == ["--upgrade"]
    say("Låser avhengighetene …", "Locking the dependencies …")
    # Beside the locks, so that they are put in their place in one step each.
    with tempfile.TemporaryDirectory(prefix=".lock.", dir=ROOT) as temporary:
        folder = Path(temporary)
        uv = folder / "venv" / "bin" / "uv"
        venv.create(folder / "venv", with_pip=True, symlinks=True)
        done = run_pip(uv.with_name("python"), folder, "install", "--only-binary=:all:", RESOLVER)
        if done.returncode != 0:
            raise explain(done.stdout)
        shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
        for name in LOCKS:
            former = "" if upgrade else (ROOT / name).read_text(encoding="utf-8")
            (folder / name).write_text(pins(former), encoding="utf-8")
        _resolve(uv, LOCKS[0])
        # Constrained by the first: what both hold is the same version in both.
        _resolve(uv, LOCKS[1], "--group=dev", f"--constraints={LOCKS[0]}")
        for name in LOCKS:
            (folder / name).replace(ROOT / name)
    say(f"Ferdig: {' og '.join(LOCKS)}", f"Done: {' and '.join(LOCKS)}")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
