"""Take the pictures of the guides for editors anew, from the built site.

Usage: make build && python tools/pictures.py [--site site]

Each picture is a part of a real page, light, in each language:
docs/assets/images/bidra/<name>-<language>.png.  Run it when these parts look different; the tests
check that every picture is there and small.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from browsing import chromium, served
from environment import ROOT
from messages import require_site, run_tool, say

CASE = "eksempler/jobbsjansen-sondre-nordstrand"
"""The case that the pictures show."""
PARTS = {
    "summary": (CASE, ".summary", 960),
    "facts": (CASE, ".facts", 420),
    "evidence": (CASE, "#evidence", 820),
    "form": ("bidra/ny", "[data-path=lead]", 820),
}
"""Name of a picture -> the page, the part of it, and how wide the window is."""
FOLDER = Path("docs", "assets", "images", "bidra")
ADDRESSES = {"nb": "{page}/", "en": "{page}.en/"}


def take(site: Path, folder: Path) -> list[Path]:
    """Take all pictures of the built ``site``; return the files.

    Raises:
        ToolError: There is no browser.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with served(site) as server, chromium() as window:
        for code, address in ADDRESSES.items():
            for name, (shown, part, width) in PARTS.items():
                page = window.new_page(
                    viewport={"width": width, "height": 900}, color_scheme="light"
                )
                page.goto(server.url + address.format(page=shown))
                page.evaluate("document.fonts.ready.then(() => null)")
                taken.append(folder / f"{name}-{code}.png")
                page.locator(part).first.screenshot(path=taken[-1], animations="disabled")
                page.close()
    return taken


def _main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the guides for editors.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="built site [site]")
    options = parser.parse_args()
    require_site(options.site)
    taken = take(options.site, ROOT / FOLDER)
    say(f"{len(taken)} bilder i {FOLDER}.", f"{len(taken)} pictures in {FOLDER}.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
