"""Measure the build of this site with many cases, beside stock Material with the same text.

Usage: python tools/bench/run.py [--cases N] [--repeat R] [--pdf KINDS]

Prints tables and, as the last line, all figures as JSON.  Numbers only: nothing passes or fails.
Every build is a process of its own, measured from outside, cold: into a new folder, without
caches.  A build of two cases before it puts compiled Python in place, equally for both.
``make site`` is measured with the collection as it is and all PDFs, and with N cases without them.

Exit: 0 measured; 1 something could not be built, and why; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool, say

from bench.live import measure_live
from bench.measure import Cost, environment, measure
from bench.pages import html_of, mean_text, wire_of
from bench.report import AIMS, Build, Measured, figures, table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = ("cases", "docs", "hooks", "overrides")
UNWANTED = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
SAMPLE = 40
"""Pages whose text is counted, of each site; the same cases in both."""
CASE_BYTES = 600_000
"""Room on disk that a case takes while it is measured: records, Markdown, both sites."""
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
)


class Steps:
    """Tells how far the measurement has come, and how long each step took."""

    def __init__(self, total: int) -> None:
        """Count up to ``total`` steps."""
        self._total = total
        self._number = 0

    @contextmanager
    def step(self, nb: str, en: str) -> Iterator[None]:
        """Tell of a step before and after it."""
        self._number += 1
        print(f"{self._number:3}/{self._total}  {nb} / {en} … ", end="", flush=True)
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            print(flush=True)
            raise
        print(f"{time.perf_counter() - start:.1f} s", flush=True)


@contextmanager
def temporary_folder(room: int) -> Iterator[Path]:
    """Give a folder that is gone afterwards, also after Ctrl+C or a closed terminal.

    Raises:
        ToolError: The disk has less than ``room`` bytes left.
    """
    place = tempfile.gettempdir()
    if shutil.disk_usage(place).free < room:
        raise ToolError(
            f"Det trengs {room / 1e9:.1f} GB ledig plass i {place}: velg et annet sted med TMPDIR.",
            f"{room / 1e9:.1f} GB of free room is needed in {place}: choose another with TMPDIR.",
        )
    folder = Path(tempfile.mkdtemp(prefix="kunnskapsbanken-bench-")).resolve()
    try:
        yield folder
    finally:
        # Nothing stops the tidying up, a second Ctrl+C neither.
        former = [signal.signal(number, signal.SIG_IGN) for number in ENDINGS]
        shutil.rmtree(folder, ignore_errors=True)
        for number, handler in zip(ENDINGS, former, strict=True):
            signal.signal(number, handler)


def bench(folder: Path, count: int, repeat: int, pdf: str) -> Measured:
    """Measure everything in ``folder``, with ``count`` cases and ``repeat`` rounds.

    ``pdf`` says which PDFs ``make site`` makes, as ``extra.pdf`` in mkdocs.yml does.
    """
    steps = Steps(8 + 3 * repeat)
    with steps.step("Lager eksempler", "Making cases"):
        records = _prepare(folder, count)
    for kind, nb, en in (("site", "nettstedet", "this site"), ("stock", "Material", "Material")):
        with steps.step(f"Varmer opp {nb}", f"Warming up {en}"):
            _build(folder / f"{kind}-tiny")
    with steps.step("Oppstart", "Startup"):
        tiny = _build(folder / "site-tiny")
    tenth, whole, stock = [], [], []
    few, many = (f"{number:,}".replace(",", " ") for number in (max(count // 10, 1), count))
    for _ in range(repeat):
        with steps.step(f"Nettstedet, {few} eksempler", f"This site, {few} cases"):
            tenth.append(_build(folder / "site-tenth"))
        with steps.step(f"Nettstedet, {many} eksempler", f"This site, {many} cases"):
            whole.append(_build(folder / "site-whole"))
        with steps.step(f"Material, {many} eksempler", f"Stock Material, {many} cases"):
            stock.append(_build(folder / "stock-whole"))
    with steps.step("Sjekker eksemplene", "Checking the cases"):
        command = [sys.executable, "-m", "casebook.cli", "check"]
        home = folder / "site-whole"
        check, _ = measure(command, home, environment(PYTHONPATH=str(home / "hooks")))
    live = {}
    projects = {"source": pdf, "site-whole": ""}
    if count < len(list((folder / "source" / "cases").glob("*.yml"))):
        del projects["site-whole"]  # strictly built, since pages name cases that it lacks
    for name, kinds in projects.items():
        with steps.step(f"make site ({name})", "starting, and saving words"):
            shutil.copytree(ROOT / "tools", folder / name / "tools", ignore=UNWANTED)
            live[name] = measure_live(folder / name, kinds)
    with steps.step("Teller", "Counting"):
        site, other = (folder / name / "site" for name in ("site-whole", "stock-whole"))
        pages = _case_pages(other)
        chosen = pages[:: max(len(pages) // SAMPLE, 1)]
        middle = sorted(pages, key=lambda page: (site / page).stat().st_size)[len(pages) // 2]
        return Measured(
            tiny=_built(folder, "tiny", [tiny]),
            tenth=_built(folder, "tenth", tenth),
            whole=_built(folder, "whole", whole),
            stock=_built(folder, "whole", stock, kind="stock"),
            check=check,
            site_text=mean_text([site / page for page in chosen], "main"),
            stock_text=mean_text([other / page for page in chosen], "article"),
            wire=wire_of(site, site / middle),
            records=records,
            live=live,
        )


def copy_source(folder: Path) -> Path:
    """Copy what this site is made of into ``folder/source``, and return that."""
    source = folder / "source"
    for name in SOURCES:
        shutil.copytree(ROOT / name, source / name, ignore=UNWANTED)
    shutil.copy(ROOT / "mkdocs.yml", source)
    return source


def _prepare(folder: Path, count: int) -> dict[str, dict[str, float]]:
    """Copy what this site is made of, and have the projects made from it."""
    source = copy_source(folder)
    command = [sys.executable, str(HERE / "prepare.py"), str(folder), str(count)]
    _, said = measure(command, folder, environment(PYTHONPATH=str(source / "hooks")))
    records: dict[str, dict[str, float]] = json.loads(said.splitlines()[-1])
    return records


def _build(home: Path) -> Cost:
    """Build the project in ``home`` into a new folder ``site``."""
    shutil.rmtree(home / "site", ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    return measure(command, home, environment())[0]


def _built(folder: Path, size: str, runs: list[Cost], kind: str = "site") -> Build:
    cases = sum(1 for _ in (folder / f"site-{size}" / "cases").glob("*.yml"))
    return Build(cases, tuple(runs), html_of(folder / f"{kind}-{size}" / "site"))


def _case_pages(stock: Path) -> list[Path]:
    """Return the pages of cases, from the root of either site."""
    return sorted(page.relative_to(stock) for page in stock.glob("*/*/index.html"))


def _quit(number: int, _frame: FrameType | None) -> None:
    # Raised instead of dying at once, so that the temporary folder is removed.
    raise SystemExit(128 + number)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _main() -> int:
    parser = argparse.ArgumentParser(description="Measure the build with many cases.")
    parser.add_argument("--cases", type=_count, default=1000, metavar="N", help="default: 1000")
    parser.add_argument("--repeat", type=_count, default=1, metavar="R", help="rounds; default: 1")
    kinds = "guide case form"
    parser.add_argument("--pdf", default=kinds, help=f"PDFs of make site; default: {kinds}")
    options = parser.parse_args()
    if sys.platform != "linux":
        raise ToolError(
            "Minne og prosessortid kan ikke måles her: bruk Linux.",
            "Memory and processor time cannot be measured here: use Linux.",
        )
    for number in ENDINGS:
        if number != signal.SIGINT:
            signal.signal(number, _quit)
    with temporary_folder(options.cases * CASE_BYTES) as folder:
        found = figures(bench(folder, options.cases, options.repeat, options.pdf))
    print()
    for line in table(found):
        print(line)
    print()
    _explain()
    print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def _explain() -> None:
    say(
        "Material er temaet som det kommer, med søk, uten mkdocs-i18n og uten egne tillegg. Begge "
        "språk er vanlige sider utenfor menyen, så menyen vokser ikke med antallet.",
        "Material is the theme as it comes, with search, without mkdocs-i18n and extensions. Both "
        "languages are ordinary pages outside the navigation, so that it does not grow with them.",
    )
    ratio, growth = AIMS["wall_ratio"], AIMS["growth"]
    nb = f"Mål, ikke krav: høyst {ratio} av tiden til Material og høyst {growth} i vekst per side."
    say(
        nb.replace(".", ",", 2),
        f"Aims, not demands: at most {ratio} of Material's time and {growth} in growth per page.",
    )


if __name__ == "__main__":
    sys.exit(run_tool(_main))
