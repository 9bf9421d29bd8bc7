"""The project as strangers get it: cloned or unpacked into any folder, on any ordinary machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="make and a POSIX shell")
GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MADE = (".*cache", ".git", ".venv*", ".site.*", ".preview", "__pycache__", "build", "site")
"""What tools make beside the sources."""
SETTINGS = ("CASEBOOK_", "GIT_", "LC_", "MAKE", "PYTHON", "PYTEST", "SITE_", "SOURCE_")
"""Beginnings of the names of variables that these tests set anew, or that `make test` left."""


def run(
    *command: str | Path, at: Path, but: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does who has just opened a terminal.

    Args:
        command: The command.
        at: The folder to stand in.
        but: Variables that are not set.
        variables: Variables that are.
    """
    ours = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(SETTINGS) and name not in but
    }
    return subprocess.run(
        command,
        cwd=at,
        env={**ours, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def git(*arguments: str | Path, at: Path) -> None:
    """Run git without anyone's own settings."""
    who = ("-c", "user.name=Kari", "-c", "user.email=kari@example.org")
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = run("git", *who, *arguments, at=at, **nobody)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the project, without what was made from them."""
    folder = tmp_path_factory.mktemp("sources") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*MADE))
    return folder


# --- git -----------------------------------------------------------------------------------


@POSIX
@GIT
def test_a_clone_of_git_for_windows_is_as_any_other(sources: Path, tmp_path: Path) -> None:
    origin = shutil.copytree(sources, tmp_path / "origin")
    git("init", "--quiet", at=origin)
    git("add", "--all", at=origin)
    git("commit", "--quiet", "--message=All", at=origin)
    clone = tmp_path / "clone"
    git("clone", "--quiet", "-c", "core.autocrlf=true", origin, clone, at=tmp_path)
    cloned = [path for path in clone.rglob("*") if path.is_file() and ".git" not in path.parts]
    changed = [
        path.relative_to(clone).as_posix()
        for path in cloned
        if path.read_bytes() != (sources / path.relative_to(clone)).read_bytes()
    ]
    assert "Makefile" in {path.name for path in cloned}
    assert changed == []
