"""What a phone on a slow line gets of each kind of page: shift, first paint, bytes and requests.

Usage: python tools/bench/pages.py [--site DIR] [--runs N] [PATH …]

Opens the built site with an empty cache, 375 px wide, 150 ms to and fro for each request and
1.6 Mbit/s for all together, and waits until nothing more comes.  Layout shift is counted as
browsers count it (only what moves without the reader's doing), the worst of the runs; times are
the best of the runs, since a busy machine only adds to them.  On the search page a query is in the
address, and "result" is when its first result stands there.

Exit: 0 measured; 1 there is no built site or no browser; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool
from playwright.sync_api import Browser

from bench.visits import Line, host

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 375, "height": 667}
KINDS = {
    "home": "/",
    "catalogue": "/eksempler/",
    "case": "/eksempler/cafe-vintage/",
    "mention": "/eksempler/art-for-all/",
    "facet": "/eksempler/measures/mentor/",
    "guides": "/veiledere/",
    "guide": "/veiledere/avtaler-som-holder/",
    "law": "/rammer/anskaffelser/",
    "checklist": "/sjekklister/tiltaksavtale/",
    "worksheet": "/refleksjon/felles-verksted/",
    "glossary": "/ordliste/",
    "compare": "/sammenlign/?case=cafe-vintage&case=sisters-in-business",
    "list": "/min-liste/",
    "booklet": "/min-liste/hefte/",
    "search": "/sok/?q=kvinner",
    "form": "/bidra/ny/",
    "about": "/om/",
    "contribute": "/bidra/",
    "status": "/bidra/status/",
}
"""A page of each kind."""
COLUMNS = ("shift", "paint", "result", "kilobytes", "requests")
_WATCH = """
window.measured = { shift: 0, moved: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    measured.shift += entry.value;
    for (const { node } of entry.sources) {
      const element = node?.nodeType === 1 ? node : node?.parentElement;
      measured.moved.push(`${element?.localName}.${element?.className}`);
    }
  }
}).observe({ type: "layout-shift", buffered: true });
addEventListener("DOMContentLoaded", () => {
  const wait = () =>
    document.querySelector(".layout-search .search-result a")
      ? (measured.result = performance.now() / 1000)
      : requestAnimationFrame(wait);
  if (document.querySelector(".layout-search")) wait();
});
"""
_READ = """
() => ({ ...measured,
  paint: (performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0) / 1000 })
"""


def visit(site: Path, browser: Browser, path: str) -> dict[str, float]:
    """Open one page as somebody who has never been here."""
    line = Line()
    line.slow = True
    with host(site, line) as server:
        # The page's own policy would keep the measurement from looking into it.
        context = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]
        try:
            context.add_init_script(_WATCH)
            page = context.new_page()
            page.goto(server + path, wait_until="networkidle", timeout=120_000)
            page.wait_for_timeout(700)
            found = page.evaluate(_READ)
        finally:
            context.close()
    moved = ", ".join(dict.fromkeys(found.pop("moved")))
    if moved:
        print(f"  {path}: {moved}", file=sys.stderr)
    return {**found, "kilobytes": line.bytes / 1000, "requests": line.requests}


def worst(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the worst shift and the best times of some visits; the rest is the same in all."""
    found = dict(runs[-1])
    found["shift"] = max(run["shift"] for run in runs)
    for name in ("paint", "result"):
        times = [run[name] for run in runs if name in run]
        if times:
            found[name] = min(times)
    return {name: round(value, 3) for name, value in found.items()}


def _main() -> int:
    parser = argparse.ArgumentParser(description="Measure the pages of the built site on a phone.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("paths", nargs="*", help="other pages, such as /om/")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        raise ToolError(
            "Nettstedet er ikke bygget: kjør «make build» først.",
            "The site has not been built: run “make build” first.",
        )
    # Not everybody who measures builds has a browser.
    from browsing import chromium  # noqa: PLC0415

    kinds = {path: path for path in options.paths} or KINDS
    found = {}
    print(f"{'':12}" + "".join(f"{name:>12}" for name in COLUMNS))
    with chromium() as browser:
        for kind, path in kinds.items():
            runs = [visit(options.site, browser, path) for _ in range(options.runs)]
            found[kind] = worst(runs)
            cells = (f"{found[kind][name]:.4g}" if name in found[kind] else "–" for name in COLUMNS)
            print(f"{kind:12}" + "".join(f"{cell:>12}" for cell in cells), flush=True)
    print(json.dumps(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
