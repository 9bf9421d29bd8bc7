"""Find the Chromium the browser tests drive; install it with apt when there is none.

Usage: python tools/browser.py   (prints the browser's path, all else on standard error)

Where no browser can be had, nothing is printed, and the tests that need one are skipped. In CI,
where nobody would notice, that is an error.

Exit: 0 found or installed, or told that there is none; 1 CHROMIUM names none, or none in CI.
"""

import os
import shutil
import subprocess
import sys

from messages import ToolError, run_tool, say

NAMES = (
    *("chromium", "chromium-browser", "google-chrome"),
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
# Before an update, a fresh container knows no packages at all.
APT = (
    ("apt-get", "update"),
    ("apt-get", "install", "--yes", "--no-install-recommends", "chromium"),
)


def starts(path: str) -> bool:
    """Tell whether a browser starts: on Ubuntu the name may only stand for a missing snap."""
    command = [path, "--version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> str | None:
    """Find a browser: the one CHROMIUM names, else one on PATH or among applications.

    Raises:
        ToolError: CHROMIUM names something that does not start.
    """
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else NAMES:
        path = shutil.which(name)
        if path is not None and starts(path):
            return path
    if named:
        raise ToolError(
            f"CHROMIUM peker på «{named}», som ikke lar seg starte: rett eller fjern variabelen.",
            f"CHROMIUM names “{named}”, which does not start: correct or unset the variable.",
        )
    return None


def install() -> None:
    """Install a browser, where root or sudo can do that with apt without asking."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (prefix and shutil.which("sudo") is None):
        return
    say("Installerer Chromium for testene …", "Installing Chromium for the tests …", sys.stderr)
    for command in APT:
        subprocess.run(
            [*prefix, *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )


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
