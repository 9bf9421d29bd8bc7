"""Find the Chromium the browser tests drive; install it when there is none.

Usage: python tools/browser.py   (prints the browser's path, all else on standard error)

Where no browser can be had, nothing is printed, and the tests that need one are skipped. In CI,
where nobody would notice, that is an error.

Exit: 0 found or installed, or told that there is none; 1 CHROMIUM names none, or none in CI.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from messages import ToolError, run_tool, say

NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
START_SECONDS = 30
MISSING = (
    "Ingen nettleser kan startes her, så testene som trenger en, hoppes over: installer Chromium "
    "(Debian: sudo apt install chromium) eller Google Chrome, eller sett CHROMIUM til programmets "
    "sti.",
    "No browser can be started here, so the tests that need one are skipped: install Chromium "
    "(Debian: sudo apt install chromium) or Google Chrome, or set CHROMIUM to the program's path.",
)
"""What is said where there is no browser, in both languages."""

# Package manager: the commands that install a browser with it.
MANAGERS: Mapping[str, Sequence[list[str]]] = {
    "apt-get": (
        # Before an update, a fresh container knows no packages at all.
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
    ),
    "dnf": (["dnf", "install", "--assumeyes", "chromium"],),
    "pacman": (["pacman", "-Sy", "--noconfirm", "--needed", "chromium"],),
    "brew": (["brew", "install", "--cask", "google-chrome"],),
}


def starts(path: str) -> bool:
    """Tell whether a browser starts: on Ubuntu the name may only stand for a missing snap."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, timeout=START_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find(works: Callable[[str], bool] = starts) -> str | None:
    """Find a browser: the one CHROMIUM names, else one on PATH, else an application.

    Args:
        works: Tells whether a candidate can be used.

    Returns:
        The browser's path, None when there is none.

    Raises:
        ToolError: CHROMIUM names something that does not start.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None or not works(path):
            raise ToolError(
                f"CHROMIUM peker på «{named}», som ikke lar seg starte: "
                "rett eller fjern variabelen.",
                f"CHROMIUM names “{named}”, which does not start: correct or unset the variable.",
            )
        return path
    found = [shutil.which(name) for name in NAMES]
    found += [path for path in MAC_APPLICATIONS if Path(path).is_file()]
    return next((path for path in found if path and works(path)), None)


def installation() -> list[list[str]] | None:
    """Return the commands that install a browser here without asking; None when none can."""
    manager = next((name for name in MANAGERS if shutil.which(name)), None)
    if manager is None:
        return None
    prefix = _privilege(manager)
    return None if prefix is None else [[*prefix, *command] for command in MANAGERS[manager]]


def _privilege(manager: str) -> list[str] | None:
    # Homebrew refuses to run as root; the others need it.
    if manager == "brew" or (sys.platform != "win32" and os.geteuid() == 0):
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install() -> None:
    """Install a browser, if that can be done without asking; tell of it first."""
    commands = installation()
    if commands is None:
        return
    say("Installerer Chromium for testene …", "Installing Chromium for the tests …", sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            sys.stderr.buffer.write(done.stdout)


def _main() -> int:
    path = find()
    if path is None:
        install()
        path = find()
    if path is None:
        if os.environ.get("CI"):
            raise ToolError(*MISSING)
        say(*MISSING, sys.stderr)
    print(path or "")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
