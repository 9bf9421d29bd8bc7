"""Measure this site with many made-up cases, beside stock Material with the text of its cases.

Usage: python tools/bench/run.py [--cases N …] [--parts build live catalogue search]

For each number of cases: what it costs to build the site and Material, with search and without
(``build``), to run ``make site`` (``live``), and what readers wait for in a browser (``catalogue``,
``search``).  Every build is a process of its own, measured from outside, into a new folder, without
caches and PDFs.  Prints tables and, as the last line, all figures as JSON.  Numbers only: nothing
passes or fails.

Exit: 0 measured; 1 something could not be built, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool, say
from stock_material import NO_SEARCH, SEARCH

from bench.live import measure_live
from bench.measure import environment, measure, step

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("cases", "docs", "hooks", "overrides", "tools")
UNWANTED = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
PARTS = ("build", "live", "catalogue", "search")
CASE_BYTES = 600_000
"""Room on disk that a case takes while it is measured: both sites and their sources."""
SEARCH_STEP = "config.extra[_SEARCH] = Search(files, build, Path(config.site_dir))"
"""Where ``hooks/events.py`` begins the search; left out to build without it."""
CASE_PAGES = "eksempler/*/index.html"


class Project:
    """A copy of this site with a number of cases, in a folder of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        """Copy what the site is made of, and make up the cases that it lacks."""
        self.home, self.stock = folder / "site", folder / "material"
        for name in SOURCES:
            shutil.copytree(ROOT / name, self.home / name, ignore=UNWANTED)
        shutil.copy(ROOT / "mkdocs.yml", self.home)
        self.python("-m", "bench.made_up", str(self.home / "cases"), str(count))
        self.cases = sum(1 for _ in (self.home / "cases").glob("*.yml"))

    def python(self, *arguments: str) -> dict[str, float]:
        """Run Python with the project's own code; return what it cost."""
        paths = f"{self.home / 'hooks'}:{self.home / 'tools'}"
        command = [sys.executable, *arguments]
        cost, _ = measure(command, self.home, environment(PYTHONPATH=paths))
        return {"seconds": cost.wall, "cpu_seconds": cost.cpu, "peak_bytes": cost.peak}

    def builds(self) -> dict[str, Any]:
        """Build both sites, without search and with it, which leaves the site whole."""
        events = self.home / "hooks/events.py"
        whole = events.read_text(encoding="utf-8")
        found = {}
        events.write_text(whole.replace(SEARCH_STEP, "pass"), encoding="utf-8")
        with step("Bygger uten søk", "Building without search"):
            found["site_without_search"] = self.build(self.home)
        events.write_text(whole, encoding="utf-8")
        with step("Bygger", "Building"):
            found["site"] = self.build(self.home)
        with step("Skriver sidene for Material", "Writing the pages for Material"):
            site = str(self.home / "site")
            self.python("tools/stock_material.py", site, str(self.stock), CASE_PAGES)
        settings = self.stock / "mkdocs.yml"
        with step("Bygger med Material", "Building with Material"):
            found["material"] = self.build(self.stock)
        plain = settings.read_text(encoding="utf-8").replace(SEARCH, NO_SEARCH)
        settings.write_text(plain, encoding="utf-8")
        with step("Bygger med Material uten søk", "Building with Material without search"):
            found["material_without_search"] = self.build(self.stock)
        with step("Sjekker eksemplene", "Checking the cases"):
            found["check"] = self.python("-m", "casebook.cli", "check")
        return found

    def build(self, home: Path) -> dict[str, float]:
        """Build the project in ``home`` into a new folder ``site``."""
        site = home / "site"
        shutil.rmtree(site, ignore_errors=True)
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
        cost, _ = measure(command, home, environment())
        html = [file.stat().st_size for file in site.rglob("*.html")]
        index = site / ("pagefind" if (site / "pagefind").is_dir() else "search")
        return {
            "seconds": round(cost.wall, 3),
            "cpu_seconds": round(cost.cpu, 3),
            "peak_bytes": cost.peak,
            "pages": len(html),
            "cpu_milliseconds_per_page": round(cost.cpu / len(html) * 1000, 3),
            "html_bytes_per_page": sum(html) // len(html),
            "index_bytes": size_of(index),
            "site_bytes": size_of(site),
        }


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def bench(folder: Path, count: int, parts: list[str], pdf: str) -> dict[str, Any]:
    """Measure the site with ``count`` cases (at least the real ones) in ``folder``."""
    with step(f"Lager {count} eksempler", f"Making {count} cases"):
        project = Project(folder, count)
    found: dict[str, Any] = {"cases": project.cases}
    if "build" in parts:
        found |= project.builds()
    elif "catalogue" in parts or "search" in parts:
        with step("Bygger", "Building"):
            found["site"] = project.build(project.home)
    if "catalogue" in parts or "search" in parts:
        # Not everybody who measures builds has a browser.
        from browsing import chromium  # noqa: PLC0415

        from bench import visits  # noqa: PLC0415

        with chromium() as browser, step("Spør i en nettleser", "Asking in a browser"):
            if "catalogue" in parts:
                found["catalogue"] = visits.visit_catalogue(project.home / "site", browser)
            if "search" in parts:
                found["search"] = visits.ask(project.home / "site", browser)
    if "live" in parts:
        with step("make site", "starting, and saving words"):
            found["live"] = measure_live(project.home, pdf)
    return found


def rows(value: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield each figure with the names that lead to it."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from rows(inner, (*above, name))
        else:
            yield " ".join((*above, name)).replace("_", " "), inner


def add_ratios(found: list[dict[str, Any]]) -> None:
    """Add how the site stands to Material, and how it has grown since the size before."""
    for place, one in enumerate(found):
        for ending in ("", "_without_search"):
            ours, theirs = one.get(f"site{ending}"), one.get(f"material{ending}")
            if ours and theirs:
                one[f"to_material{ending}"] = {
                    name: round(ours[name] / theirs[name], 3)
                    for name in ("seconds", "cpu_seconds", "peak_bytes", "html_bytes_per_page")
                }
        if place and "site" in one:
            now, before = one["site"], found[place - 1]["site"]
            further = max(now["pages"] - before["pages"], 1)
            one["growth"] = {
                name: round(now[name] / before[name], 3)
                for name in ("cpu_milliseconds_per_page", "html_bytes_per_page")
            } | {
                "cpu_milliseconds_per_further_page": round(
                    (now["cpu_seconds"] - before["cpu_seconds"]) / further * 1000, 3
                )
            }


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines that people read: a figure a line, a column for each number of cases."""
    columns = [dict(rows(one)) for one in found]
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = ((f"{column[name]:,.4g}" if name in column else "–") for column in columns)
        yield f"{name:56}" + "".join(f"{cell:>14}" for cell in cells)


def _main() -> int:
    parser = argparse.ArgumentParser(description="Measure the site with many cases.")
    sizes = [100, 1000]
    parser.add_argument("--cases", type=int, nargs="+", default=sizes, help="default: 100 1000")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS[:2])
    parser.add_argument("--pdf", default="", help="PDFs that make site makes: guide case form")
    options = parser.parse_args()
    if sys.platform != "linux":
        raise ToolError(
            "Minne og prosessortid kan ikke måles her: bruk Linux.",
            "Memory and processor time cannot be measured here: use Linux.",
        )
    # Raised instead of dying at once, so that the temporary folder is removed.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    found = []
    for count in sorted(options.cases):
        if shutil.disk_usage(tempfile.gettempdir()).free < count * CASE_BYTES:
            raise ToolError(
                f"For lite ledig plass til {count} eksempler: velg et annet sted med TMPDIR.",
                f"Too little free room for {count} cases: choose another place with TMPDIR.",
            )
        with tempfile.TemporaryDirectory(prefix="kunnskapsbanken-bench-") as folder:
            found.append(bench(Path(folder).resolve(), count, options.parts, options.pdf))
    add_ratios(found)
    print(*table(found), sep="\n")
    if "build" in options.parts:
        say(
            "\nMaterial er temaet som det kommer, med teksten om eksempler på begge språk.",
            "Material is the theme as it comes, with the text of cases in both languages.",
        )
    machine = {"cpus": cpu_count(), "python": platform.python_version()}
    machine |= {name: version(name) for name in ("mkdocs", "mkdocs-material")}
    print(json.dumps({"sizes": found, "machine": machine}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
