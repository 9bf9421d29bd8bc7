"""Take the pictures of the guides for editors anew, from the built site.

Usage: make build && python tools/pictures.py [--site site]

Each picture is a part of a real page, light, in each language:
docs/assets/images/bidra/<name>-<language>.png.  Run it when these parts look different; the tests
check that every picture is there and small.
"""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import closing
from pathlib import Path

import browser
from environment import ROOT
from messages import ToolError, run_tool, say
from playwright.sync_api import sync_playwright
from web import SiteServer

CASE = "jobbsjansen-sondre-nordstrand"
"""The case that the pictures show."""
PARTS = {
    "summary": (".summary", 960),
    "facts": (".facts", 420),
    "evidence": ("#evidence", 820),
}
"""Name of a picture -> the part of the page, and how wide the window is."""
FOLDER = Path("docs", "assets", "images", "bidra")
ADDRESSES = {"nb": f"eksempler/{CASE}/", "en": f"eksempler/{CASE}.en/"}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def take(site: Path, folder: Path, program: str) -> list[Path]:
    """Take all pictures of the built ``site`` with the browser ``program``; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with closing(SiteServer(site, 0)) as server, sync_playwright() as playwright:
        server.server_activate()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        for code, address in ADDRESSES.items():
            for name, (part, width) in PARTS.items():
                page = chromium.new_page(
                    viewport={"width": width, "height": 900}, color_scheme="light"
                )
                page.goto(server.url + address)
                page.evaluate("document.fonts.ready.then(() => null)")
                taken.append(folder / f"{name}-{code}.png")
                page.locator(part).first.screenshot(path=taken[-1], animations="disabled")
                page.close()
        chromium.close()
        server.shutdown()
    return taken


def _main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the guides for editors.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="built site [site]")
    options = parser.parse_args()
    program = browser.find()
    if program is None or not (options.site / "index.html").is_file():
        raise ToolError(
            "Det trengs en nettleser og et bygd nettsted: kjør make test og make build først.",
            "A browser and a built site are needed: run make test and make build first.",
        )
    taken = take(options.site, ROOT / FOLDER, str(program))
    say(f"{len(taken)} bilder i {FOLDER}.", f"{len(taken)} pictures in {FOLDER}.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
