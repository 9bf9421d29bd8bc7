"""What a change touches, asked of git; whether any of it is code.

Usage: python tools/content/changes.py BASE

Prints ``code=true`` when something besides content differs from BASE, or git cannot tell, else
``code=false``: a workflow of GitHub takes that as an output.  Standard library only.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
_KINDS = {"A": ADDED, "D": REMOVED}
_CONTENT = re.compile(
    r"cases/.+\.yml|docs/.+\.md|docs/assets/images/.+\.(?:png|jpe?g|webp|avif)", re.DOTALL
)
"""Records, pages and pictures; all else in these folders might run (as in CODEOWNERS.example)."""


class Change(NamedTuple):
    """A file that differs: how it is called within the project, and in which way."""

    path: str
    kind: str


def is_content(path: str) -> bool:
    """Tell whether a file is content, which editors may change by themselves."""
    return _CONTENT.fullmatch(path) is not None


def can_be_read(file: Path) -> bool:
    """Tell whether a file is one by itself: a link may lead to any file of this machine."""
    return file.is_file() and not file.is_symlink()


def changes(root: Path, base: str) -> list[Change] | None:
    """Return how the files of a project, saved or committed, differ from a commit; None: unknown.

    Args:
        root: The project's folder.
        base: The commit.
    """
    # No option can follow: a name that begins with a hyphen is a name.
    differing = _git(root, "diff", "--name-status", "--no-renames", "-z", base, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if differing is None or untracked is None:
        return None
    words = differing.split("\0")[:-1]
    found = {
        path: _KINDS.get(kind, CHANGED) for kind, path in zip(words[::2], words[1::2], strict=True)
    }
    for path in untracked.split("\0")[:-1]:
        # One that git was told to forget, and that is there, is no lost one.
        found[path] = CHANGED if path in found else ADDED
    return [Change(path, found[path]) for path in sorted(found)]


def usual_base(root: Path) -> str | None:
    """Return the commit where the work in a project left what is published; None: unknown."""
    for main in ("origin/main", "main"):
        found = _git(root, "merge-base", "HEAD", main)
        if found is not None:
            return found.strip()
    return None


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode(errors="surrogateescape") if done.returncode == 0 else None


def _main() -> int:
    found = changes(ROOT, sys.argv[1]) if len(sys.argv) == 2 else None
    is_code = found is None or not all(is_content(change.path) for change in found)
    print(f"code={str(is_code).lower()}")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
