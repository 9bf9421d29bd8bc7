"""Find the libraries that PDFs need; install them where the tests run and they are missing.

Usage: python tools/pango.py

Exit: 0 found or installed; 1 not, and what to do.
"""

import subprocess
import sys

from browser import Managers, install
from messages import ToolError, run_tool

MANAGERS: Managers = {
    "apt-get": (
        ["apt-get", "update"],
        [
            *("apt-get", "install", "--yes", "--no-install-recommends"),
            *("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        ],
    ),
    "dnf": (["dnf", "install", "--assumeyes", "pango", "harfbuzz"],),
    "pacman": (["pacman", "-Sy", "--noconfirm", "--needed", "pango", "harfbuzz"],),
    "brew": (["brew", "install", "pango"],),
}
"""Package manager: the commands that install the libraries with it."""


def found() -> bool:
    """Tell whether WeasyPrint finds all that it stands on."""
    command = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _main() -> int:
    if not found():
        install(MANAGERS, "Installerer Pango for PDF-ene …", "Installing Pango for the PDFs …")
        if not found():
            raise ToolError(
                "PDF-ene trenger systembiblioteket Pango: installer det (Debian og Ubuntu: "
                "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, "
                "Mac: brew install pango).",
                "The PDFs need the system library Pango: install it (Debian and Ubuntu: "
                "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, "
                "Mac: brew install pango).",
            )
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
