"""The figures of a run: one dictionary for machines, one table for people."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from os import cpu_count
from typing import Any

from bench.live import Live, live_figures, live_rows
from bench.measure import Cost, middle
from bench.pages import Html, Wire

AIMS = {"wall_ratio": 0.6, "growth": 1.15}
"""What we aim for: time as a share of stock Material's, and growth of seconds per page."""
ENOUGH = 100
"""Pages above those of the smallest build that tell something about growth without startup."""
_MEGA, _KILO = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Build:
    """A project that was built, once or more often.

    Attributes:
        cases: How many records it has.
        runs: What each build cost.
        html: What came out.
    """

    cases: int
    runs: tuple[Cost, ...]
    html: Html

    @property
    def cost(self) -> Cost:
        """The median of its builds."""
        return middle(self.runs)

    def figures(self) -> dict[str, Any]:
        """Return everything about it."""
        cost = self.cost
        return {
            "cases": self.cases,
            "pages": self.html.pages,
            "wall_seconds": round(cost.wall, 3),
            "cpu_seconds": round(cost.cpu, 3),
            "peak_bytes": cost.peak,
            "wall_seconds_per_page": round(cost.wall / self.html.pages, 6),
            "cpu_seconds_per_page": round(cost.cpu / self.html.pages, 6),
            "html_bytes": self.html.bytes,
            "largest_page": self.html.largest,
            "largest_page_bytes": self.html.largest_bytes,
            "runs": [
                {"wall_seconds": round(run.wall, 3), "cpu_seconds": round(run.cpu, 3)}
                for run in self.runs
            ],
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything a run found.

    Attributes:
        tiny: This site with next to no cases: what starting costs.
        tenth: This site with a tenth of the cases.
        whole: This site with all cases.
        stock: Stock Material with the text of all cases.
        check: ``casebook check`` of all records.
        site_text: Characters of text on a case's page of this site, on average.
        stock_text: The same for stock Material.
        wire: One case page of this site on its way to a reader.
        records: Median figures of the real and the made-up records.
        live: What ``make site`` costs, by name of the project.
    """

    tiny: Build
    tenth: Build
    whole: Build
    stock: Build
    check: Cost
    site_text: float
    stock_text: float
    wire: Wire
    records: Mapping[str, Mapping[str, float]]
    live: Mapping[str, Live]


def figures(found: Measured) -> dict[str, Any]:
    """Return all figures of a run."""
    whole, stock = found.whole.cost, found.stock.cost
    return {
        "cases": found.whole.cases,
        "repeat": len(found.whole.runs),
        "site": found.whole.figures(),
        "site_tenth": found.tenth.figures(),
        "site_tiny": found.tiny.figures(),
        "stock": found.stock.figures(),
        "ratio": {
            "wall": round(whole.wall / stock.wall, 3),
            "cpu": round(whole.cpu / stock.cpu, 3),
            "peak": round(whole.peak / stock.peak, 3),
        },
        "growth": {name: _growth(found, name) for name in ("wall", "cpu")},
        "check": {
            "wall_seconds": round(found.check.wall, 3),
            "cpu_seconds": round(found.check.cpu, 3),
            "peak_bytes": found.check.peak,
        },
        "text": {
            "site_characters_per_page": round(found.site_text),
            "stock_characters_per_page": round(found.stock_text),
            "difference": round(found.site_text / found.stock_text - 1, 4),
        },
        "wire": asdict(found.wire),
        "records": found.records,
        "live": {name: live_figures(live) for name, live in found.live.items()},
        "aims": AIMS,
        "machine": {
            "cpus": cpu_count(),
            "system": platform.system(),
            "architecture": platform.machine(),
            "python": platform.python_version(),
            "mkdocs": version("mkdocs"),
            "mkdocs_material": version("mkdocs-material"),
        },
    }


def _growth(found: Measured, name: str) -> dict[str, float | None]:
    """Return how the seconds (``wall`` or ``cpu``) per page grow from a tenth to all cases.

    ``raw`` counts everything.  ``marginal_seconds_per_page`` is what each further page costs.
    ``without_start`` is the growth after what a build of next to nothing costs was taken off,
    which would else hide it; None where too little is left to tell.
    """
    tiny, tenth, whole = (
        (float(getattr(build.cost, name)), build.html.pages)
        for build in (found.tiny, found.tenth, found.whole)
    )
    further = max(whole[1] - tenth[1], 1)
    enough = tenth[1] - tiny[1] >= ENOUGH
    each = [(build[0] - tiny[0]) / (build[1] - tiny[1]) for build in (tenth, whole) if enough]
    return {
        "raw": round(whole[0] / whole[1] / (tenth[0] / tenth[1]), 3),
        "marginal_seconds_per_page": round((whole[0] - tenth[0]) / further, 6),
        "without_start": round(each[1] / each[0], 3) if each else None,
    }


def table(all_figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the tables that people read."""
    site, stock, ratio = (all_figures[name] for name in ("site", "stock", "ratio"))
    tenth, growth, text = (all_figures[name] for name in ("site_tenth", "growth", "text"))
    check, wire, records = (all_figures[name] for name in ("check", "wire", "records"))
    yield from _rows(
        ("", "Her / This site", "Material", "Forhold / Ratio"),
        ("Sider / Pages", _whole(site["pages"]), _whole(stock["pages"]), ""),
        ("Sekunder / Wall seconds", *_pair(site, stock, "wall_seconds"), f"{ratio['wall']:.2f}"),
        ("Prosessortid / CPU seconds", *_pair(site, stock, "cpu_seconds"), f"{ratio['cpu']:.2f}"),
        (
            "Minne, MB / Peak memory, MB",
            *(_whole(build["peak_bytes"] / _MEGA) for build in (site, stock)),
            f"{ratio['peak']:.2f}",
        ),
        (
            "Tegn per side / Characters of text per page",
            _whole(text["site_characters_per_page"]),
            _whole(text["stock_characters_per_page"]),
            f"{1 + text['difference']:.2f}",
        ),
        (
            "HTML i alt, MB / All HTML, MB",
            *(f"{build['html_bytes'] / _MEGA:.1f}" for build in (site, stock)),
            f"{site['html_bytes'] / stock['html_bytes']:.2f}",
        ),
        (
            "Største side, kB / Largest page, kB",
            *(_whole(build["largest_page_bytes"] / _KILO) for build in (site, stock)),
            "",
        ),
    )
    few, many = _whole(tenth["cases"]), _whole(site["cases"])
    yield ""
    yield from _rows(
        ("Nettstedet / This site", f"N = {few}", f"N = {many}", "Vekst / Growth"),
        *(
            (
                f"{label}, ms",
                *(f"{build[f'{name}_seconds_per_page'] * 1000:.2f}" for build in (tenth, site)),
                f"{growth[name]['raw']:.2f}",
            )
            for name, label in (
                ("wall", "Per side / Wall per page"),
                ("cpu", "Prosessortid per side / CPU per page"),
            )
        ),
        (
            "Hver ny side / Each further page (CPU), ms",
            "",
            f"{growth['cpu']['marginal_seconds_per_page'] * 1000:.2f}",
            "",
        ),
        ("Vekst uten oppstart / without startup (CPU)", "", "", _growth_text(growth["cpu"])),
    )
    yield ""
    yield from _rows(
        (
            "casebook check, s",
            f"{check['wall_seconds']:.1f}",
            f"CPU {check['cpu_seconds']:.1f}",
            f"{_whole(check['peak_bytes'] / _MEGA)} MB",
        ),
        (
            "Eksempelside / Case page on the wire, kB gzip",
            f"{wire['bytes'] / _KILO:.1f}",
            f"HTML {wire['html_bytes'] / _KILO:.1f}",
            f"fonts  {wire['font_bytes'] / _KILO:.1f}",
        ),
    )
    yield ""
    yield from _rows(*live_rows(all_figures["live"]))
    yield ""
    yield from _rows(
        ("Median, eksempler / Median of records", "ekte / real", "laget / made", ""),
        *(
            (name.replace("_", " "), _whole(value), _whole(records["synthetic"][name]), "")
            for name, value in records["real"].items()
        ),
    )


def _growth_text(growth: Mapping[str, float | None]) -> str:
    value = growth["without_start"]
    return "–" if value is None else f"{value:.2f}"


def _pair(site: Mapping[str, Any], stock: Mapping[str, Any], name: str) -> Iterator[str]:
    yield from (f"{build[name]:.1f}" for build in (site, stock))


def _whole(value: float) -> str:
    return f"{round(value):,}".replace(",", " ")


def _rows(*rows: Sequence[str]) -> Iterator[str]:
    """Yield rows in columns: the first to the left, the others to the right."""
    widths = (46, 18, 17, 17)
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield (first.ljust(widths[0]) + "".join(cells)).rstrip()
