"""The project as it was and as it will be, each in a folder of its own, and the sites of both."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from content.changes import Change, is_content

PARTS = ("cases", "docs", "hooks", "overrides", "tools", "mkdocs.yml", "requirements.txt")
"""What a build of the site reads."""


def lay_out(root: Path, tree: Path) -> None:
    """Copy what a build reads."""
    tree.mkdir()
    leave_out = shutil.ignore_patterns("__pycache__", "node_modules", "*.egg-info")
    for name in PARTS:
        if (root / name).is_dir():
            # Links stay links: the check tells of them.
            shutil.copytree(root / name, tree / name, symlinks=True, ignore=leave_out)
        elif (root / name).is_file():
            shutil.copyfile(root / name, tree / name)


def lay_out_former(root: Path, base: str, tree: Path) -> bool:
    """Unpack the project as it is in a commit; return whether git could."""
    command = ["git", "archive", "--format=tar", base]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode == 0:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
            tar.extractall(tree, filter="data")
    return done.returncode == 0


def problems(tree: Path, language: str) -> list[dict[str, Any]]:
    """Return what ``casebook check`` finds in a project, as it writes it.

    Raises:
        CalledProcessError: The command broke.
    """
    command = [sys.executable, "-P", "-m", "casebook.cli", "check", "--format", "json"]
    done = subprocess.run(
        [*command, "--lang", language],
        cwd=tree,
        env=_environment(tree),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, "casebook check")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def is_error(problem: dict[str, Any]) -> bool:
    """Tell whether a problem stops a build; a check may also warn."""
    return str(problem.get("level", "error")) == "error"


def take_back(
    tree: Path, former: Path, changed: Iterable[Change], found: list[dict[str, Any]], language: str
) -> list[str] | None:
    """Put the former version of files with problems in place, until a tree has none.

    What refers to a file that goes has a problem then, and is taken back in its turn.

    Args:
        tree: The project as it will be.
        former: The project as it was.
        changed: What differs between the two.
        found: The problems of ``tree``.
        language: Whatever ``problems`` asks for.

    Returns:
        The files that were taken back; None when problems are left all the same.
    """
    left = [change.path for change in changed if is_content(change.path)]
    gone: list[str] = []
    while broken := {problem["path"] for problem in found if is_error(problem)}:
        # Without one that was changed, a file is missed that was removed, or the fault is older.
        back = [path for path in left if path in broken] or [
            path for path in left if not (tree / path).exists()
        ]
        back = back or left
        if not back:
            return None
        for path in back:
            left.remove(path)
            gone.append(path)
            (tree / path).unlink(missing_ok=True)
            if (former / path).is_file():
                (tree / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(former / path, tree / path)
        found = problems(tree, language)
    return gone


def build(tree: Path, site: Path, address: str, root: Path) -> str | None:
    """Build a project's site without PDFs; return why it could not be built, or None.

    Args:
        tree: The project.
        site: Where the site goes.
        address: Where it is published.
        root: The project whose environment this runs in.
    """
    lock = "requirements.txt"
    environment = _environment(tree) | {"SITE_URL": address}
    command = [sys.executable, "tools/build.py", "--site-dir", str(site)]
    others = (tree / lock).read_bytes() != (root / lock).read_bytes()
    if others:  # it needs an environment of its own
        environment.pop("PYTHONPATH")
        command = ["make", "build"]
    done = subprocess.run(
        command,
        cwd=tree,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0 and others:
        (tree / "site").rename(site)
    return None if done.returncode == 0 else done.stdout


def _environment(tree: Path) -> dict[str, str]:
    """Return the variables under which a tree uses its own code and nothing differs by itself."""
    fixed = {"SITE_PDF": "", "PYTHONPATH": str(tree / "hooks"), "SOURCE_DATE_EPOCH": "1767225600"}
    today = os.environ.get("CASEBOOK_TODAY") or time.strftime("%Y-%m-%d", time.gmtime())
    return {**os.environ, **fixed, "CASEBOOK_TODAY": today}
