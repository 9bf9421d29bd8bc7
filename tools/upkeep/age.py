"""Tell how old the published site is, and how long ago anything was changed.

Usage: python tools/upkeep/age.py ADDRESS REPORT

GitHub turns scheduled runs off after 60 days without a change in a public repository: the weekly
build would stop, and so would this.  It is told while there is time.  REPORT becomes a text file,
empty when all is well.  Standard library only.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from environment import ROOT
from messages import ToolError, run_tool, say

BUILT_DAYS = 10
"""The site is built every week; so old it is only when that has failed."""
CHANGED_DAYS = 45
"""Two weeks before GitHub turns scheduled runs off."""
_TIMEOUT = 30
_MOST_BYTES = 1 << 20
_BUILT = re.compile(r'data-built="(\d{4}-\d{2}-\d{2})"')


def fetch(address: str) -> str:
    """Return the page at an address; raise OSError or ValueError when there is none."""
    if not address.startswith(("https://", "http://")):
        raise ValueError(address)
    with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer:  # noqa: S310 - http(s) only
        return str(answer.read(_MOST_BYTES).decode(errors="replace"))


def built(page: str) -> date | None:
    """Return the day that a page says it was made on (``overrides/chrome/footer.html``)."""
    found = _BUILT.search(page)
    return date.fromisoformat(found[1]) if found else None


def last_change(root: Path) -> date:
    """Return the day of the last commit.

    Raises:
        ToolError: There is none.
    """
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip().isdigit():
        raise ToolError("Her er ingen historikk fra git.", "Here is no history of git.", 2)
    return datetime.fromtimestamp(int(done.stdout), UTC).date()


def told(today: date, changed: date, address: str, day: date | None, why: str) -> Iterator[str]:
    """Yield what is wrong: the site, made on ``day`` (None: ``why``), and the last change."""
    if day is None:
        yield (
            f"{address}: fant ikke ut når nettstedet ble laget ({why}). Er det et annet sted, "
            "setter du variabelen SITE_URL.\n"
            f"{address}: could not find out when the site was made ({why}). If it is somewhere "
            "else, set the variable SITE_URL.\n"
        )
    elif (today - day).days > BUILT_DAYS:
        yield (
            f"{address} er laget {day}. Se under Actions → Publiser hvorfor det ikke er laget "
            "siden.\n"
            f"{address} was made on {day}. See under Actions → Publiser why it has not been made "
            "since.\n"
        )
    still = (today - changed).days
    if still >= CHANGED_DAYS:
        yield (
            f"Ingenting er endret på {still} dager. Etter 60 slår GitHub av alt som går etter "
            "klokken i et åpent prosjekt, også dette. Ta inn en endring, eller slå på igjen hver "
            "arbeidsflyt under Actions når de er slått av.\n"
            f"Nothing has changed for {still} days. After 60, GitHub turns off whatever runs by "
            "the clock in a public repository, this too. Merge a change, or turn each workflow on "
            "again under Actions once they are off.\n"
        )


def _main() -> int:
    parser = argparse.ArgumentParser(description="Tell how old the published site is.")
    parser.add_argument("address", help="the front page of the published site")
    parser.add_argument("report", type=Path, help="file for what is wrong, empty when nothing is")
    options = parser.parse_args()
    day, why = None, "data-built"
    try:
        day = built(fetch(options.address))
    except (OSError, ValueError) as error:
        why = str(error)
    today = datetime.fromtimestamp(time.time(), UTC).date()
    lines = list(told(today, last_change(ROOT), options.address, day, why))
    options.report.parent.mkdir(exist_ok=True)
    options.report.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    say(
        f"Laget {day or 'når ingen vet'}; {len(lines)} å melde.",
        f"Made {day or 'nobody knows when'}; {len(lines)} to tell.",
    )
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
