"""Make .venv hold what a lock says, and the command `casebook`.

Usage: sh tools/with_python.sh tools/environment.py requirements.txt|requirements-dev.txt

Exit: 0 .venv is ready (nothing is printed when it was already); 1 it is not, and
why; 130 ended by Ctrl+C. Standard library only: this installs everything else.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from exclusive import exclusive
from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
"""What the site is built with, and all of that with what it is developed with."""
PACKAGES_TO_HOOKS = "../../../../hooks\n"
"""From site-packages to the project's own code, for a .pth file: it is installed by pointing at it.

Relative, so a folder that was moved goes on working; and without the folder's name, which Python
could not read in every locale.
"""
COMMAND = '#!/bin/sh\nexec "${0%/*}/python" -P -m casebook.cli "$@"\n'
"""The command `casebook`; it also finds its Python from where it stands."""
_REASONS = (
    (
        r"Retrying \(|Max retries|ConnectionError|ProxyError|SSLError|ReadTimeout|"
        r"name resolution|CERTIFICATE_VERIFY_FAILED|Network is unreachable",
        "Fikk ikke kontakt med pakkeregisteret, så avhengighetene ble ikke installert: "
        "sjekk nettforbindelsen (eventuelt mellomtjeneren) og prøv igjen.",
        "The package index could not be reached, so the dependencies were not installed: "
        "check the network connection (or the proxy) and try again.",
    ),
    (
        "DO NOT MATCH THE HASHES",
        "En pakke er ikke den som er låst (feil kontrollsum), så ingenting ble installert: "
        "prøv igjen, og si fra til dem som vedlikeholder prosjektet hvis det skjer på nytt.",
        "A package is not the locked one (wrong checksum), so nothing was installed: "
        "try again, and tell the project's maintainers if it happens again.",
    ),
    (
        r"No matching distribution found for (\S+)",
        "Pakkeregisteret har ikke «{}» for Python {} på denne maskinen: prøv med Python 3.11–3.14.",
        "The package index does not have “{}” for Python {} on this machine: "
        "try with Python 3.11–3.14.",
    ),
    (
        r"^ERROR: (.*)$(?![\s\S]*^ERROR: )|\Z",
        "Installasjonen mislyktes ({}): se .venv/install.log.",
        "The installation failed ({}): see .venv/install.log.",
    ),
)
"""What pip prints when it fails -> a sentence that a person can act on."""


def ensure(root: Path, lock: str) -> None:
    """Make sure that .venv holds what a lock says.

    Args:
        root: The project's folder.
        lock: Which of ``LOCKS``.

    Raises:
        ToolError: It cannot be installed; tells why.
    """
    place = root / ".venv"
    waiting = "Venter på en annen installasjon …", "Waiting for another installation …"
    with exclusive(root / ".venv.lock", lambda: say(*waiting)):
        if is_ready(root, lock):
            return
        if not is_ready(root, LOCKS[0]):
            _create(place)
        _install(root, lock)
        # Copies of the locks say what is there. They come last: an interrupted run leaves none.
        for held in LOCKS[: LOCKS.index(lock) + 1]:
            shutil.copyfile(root / held, place / held)


def is_ready(root: Path, lock: str) -> bool:
    """Tell whether .venv was made from this very lock, and has a Python that runs.

    The Makefile asks the same, to be quick when there is nothing to do.
    """
    copy = root / ".venv" / lock
    same = copy.is_file() and copy.read_bytes() == (root / lock).read_bytes()
    return same and runs(copy.parent)


def runs(place: Path) -> bool:
    """Tell whether an environment's Python finds the project.

    It is a link to that of the system, which may be gone, or be another version by now.
    """
    command = [str(place / "bin" / "python"), "-c", "import casebook"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create(place: Path) -> None:
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"Lager .venv med Python {version} …", f"Making .venv with Python {version} …")
    if place.is_symlink():
        place.unlink()  # the environment of another folder is not ours to empty
    for lock in LOCKS:
        (place / lock).unlink(missing_ok=True)
    # Cleared: what an older lock or an interrupted run left must not stay.
    venv.create(place, clear=True, with_pip=True, symlinks=True)


def _install(root: Path, lock: str) -> None:
    say(
        "Installerer avhengigheter (tar et minutt eller to) …",
        "Installing dependencies (takes a minute or two) …",
    )
    place = root / ".venv"
    # Wheels only: no package runs code of its own, or needs a compiler, to be installed.
    options = ("--require-hashes", "--only-binary=:all:", "--requirement", lock)
    done = run_pip(place / "bin" / "python", root, "install", *options)
    (place / "install.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode != 0:
        raise explain(done.stdout)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "casebook.pth").write_text(PACKAGES_TO_HOOKS, encoding="ascii")
    command = place / "bin" / "casebook"
    command.write_text(COMMAND, encoding="ascii")
    command.chmod(0o755)


def run_pip(
    python: Path, folder: Path, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run pip in a folder, with variables of the environment; all it prints is its output."""
    # PIP_USER: a person's own pip settings may install outside .venv.
    own = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(
        [python, "-m", "pip", *arguments],
        cwd=folder,
        env={**os.environ, **own, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def explain(output: str) -> ToolError:
    """Turn what pip printed before it failed into a sentence a person can act on."""
    for pattern, nb, en in _REASONS:
        found = re.search(pattern, output, re.MULTILINE)
        if found:
            told = (found[1] if found.re.groups else "") or "pip"
            version = ".".join(map(str, sys.version_info[:2]))
            return ToolError(nb.format(told, version), en.format(told, version))
    raise AssertionError  # the last one fits everything


def _main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        raise ToolError(f"Skriv én av {LOCKS}.", f"Write one of {LOCKS}.", 2)
    ensure(ROOT, sys.argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
