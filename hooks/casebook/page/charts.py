"""Figures of hand-written pages: what is drawn from a table, as plain values.

Three kinds: ``bars`` compare numbers on one axis from zero, ``path`` lays stretches of time end to
end, and ``timeline`` tells what happened when.  Lengths are shares of the axis, so a renderer only
decides how they look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from math import ceil, isclose
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from casebook.languages import Language
from casebook.page.chart_lines import ChartLine
from casebook.page.tables import Table
from casebook.problem import Problem
from casebook.record.citations import plain

HIDDEN = "*"
"""A cell whose number is kept back to protect people.  It is never drawn, at no length at all."""
_NOTHING = ("", "–", "-")
_SHORT = 16
"""Labels of up to so many characters stand beside their bars on the smallest screen too."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row: what it is about, its number as the table writes it, and the length of its bar.

    ``share`` is None when the number is hidden.
    """

    label: str
    text: str
    share: float | None


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Rows that count the same thing and may be compared; ``title`` says what."""

    title: str | None
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers as bars on one axis from zero."""

    title: str
    groups: tuple[BarGroup, ...]
    short: bool
    has_hidden: bool
    count: int
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the path: where it begins on the axis, and how long it is."""

    label: str
    text: str
    start: float
    share: float
    reached: str | None
    """How far one has come in all, as the table writes it."""
    milestone: str | None
    """What one has reached then, when the table says so after a dash."""


@dataclass(frozen=True, slots=True)
class Path:
    """Stretches of time laid end to end; ``ticks`` are where whole units end on the axis."""

    title: str
    steps: tuple[Step, ...]
    ticks: tuple[float, ...]
    count: int
    kind: str = "path"


@dataclass(frozen=True, slots=True)
class Lane:
    """What one party did at a time."""

    title: str
    number: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and what happened then, by party."""

    time: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when."""

    lanes: tuple[str, ...]
    moments: tuple[Moment, ...]
    kind: str = "timeline"


Chart = Bars | Path | Timeline


def build_chart(wanted: ChartLine, table: Table, language: Language) -> Chart | list[Problem]:
    """Return the figure that a line asks for, or everything that keeps it from being drawn."""
    return _Builder(wanted, table, language).build()


def read_number(text: str, language: Language) -> float | None:
    """Return the one number at the start of ``text``, as ``language`` writes numbers.

    Returns None when the text does not begin with a number or holds more than one.
    """
    found = _number_pattern(language).match(text)
    if found is None or re.search(r"\d", text[found.end() :]):
        return None
    whole = re.sub(r"\D", "", found["whole"])
    value = float(f"{whole}.{found['part'] or 0}")
    return -value if found["sign"] else value


def _number_pattern(language: Language) -> re.Pattern[str]:
    decimal = re.escape(get_decimal_symbol(language.locale))
    group = get_group_symbol(language.locale)
    between = r"\s" if group.isspace() else re.escape(group)
    return re.compile(
        rf"(?P<sign>[−-])?(?P<whole>\d{{1,3}}(?:{between}\d{{3}})+(?!\d)|\d+)"
        rf"(?:{decimal}(?P<part>\d+))?(?![\w.,])"
    )


class _Builder:
    """Builds one figure and gathers what is wrong on the way."""

    def __init__(self, wanted: ChartLine, table: Table, language: Language) -> None:
        self._wanted = wanted
        self._table = table
        # A picture cannot hold links to sources: the table below it has them.
        self._rows = [tuple(map(plain, row)) for row in table.rows]
        self._headings = tuple(map(plain, table.headings))
        self._language = language
        self._problems: list[Problem] = []

    def build(self) -> Chart | list[Problem]:
        if not self._table.rows:
            self._problem(None, "chart-no-table")
        for key, column in self._wanted.options.items():
            if key != "top" and not 1 <= column <= len(self._headings):
                count, names = len(self._headings), enumerate(self._headings, start=1)
                listed = ", ".join(f"{number} ({name})" for number, name in names)
                details = {"value": column, "count": count, "names": listed}
                self._problem(None, "chart-column", key=key, **details)
        if self._problems:
            return self._problems
        make: dict[str, Callable[[], Chart]]
        make = {"bars": self._bars, "path": self._path, "timeline": self._timeline}
        chart = make[self._wanted.kind]()
        return self._problems or chart

    def _problem(self, row: int | None, rule: str, **details: Any) -> None:
        line = self._wanted.line if row is None else self._wanted.row_line(row)
        found = Problem.make(self._wanted.path, line, 1, rule, **details)
        self._problems.append(found)

    def _column(self, key: str, default: int | None = None) -> tuple[str, ...] | None:
        """Return the cells of the column that an option names."""
        number = self._wanted.options.get(key, default)
        return None if number is None else tuple(row[number - 1] for row in self._rows)

    def _labels(self) -> tuple[str, ...]:
        return self._column("label", 1) or ()

    def _heading(self, key: str) -> str:
        return self._headings[self._wanted.options[key] - 1]

    def _numbers(self, *, may_hide: bool) -> list[float | None]:
        """Return the numbers of the value column; None stands for one that is hidden."""
        numbers: list[float | None] = []
        for row, text in enumerate(self._column("value") or ()):
            number = read_number(text, self._language)
            if may_hide and text == HIDDEN:
                number = None
            elif number is None or number < 0:
                details = {"name": self._labels()[row], "heading": self._heading("value")}
                self._problem(row, "chart-number", value=text, **details)
                number = 0.0
            numbers.append(number)
        return numbers

    def _bars(self) -> Bars:
        numbers = self._numbers(may_hide=True)
        # The longest bar that is shown sets the axis: what is hidden leaves no trace in it.
        top = float(self._wanted.options.get("top") or max((n or 0 for n in numbers), default=0))
        texts = self._column("value") or ()
        for row, number in enumerate(numbers):
            if number is not None and number > top:
                self._problem(row, "chart-above-top", value=texts[row], top=f"{top:g}")
        hidden = self._language.text("charts.hidden")
        rows = [
            BarRow(label, hidden, None)
            if number is None
            else BarRow(label, text, _share(number, top))
            for label, text, number in zip(self._labels(), texts, numbers, strict=True)
        ]
        titles = self._column("group") or (None,) * len(rows)
        return Bars(
            title=self._heading("value"),
            groups=tuple(
                BarGroup(title, tuple(row for _, row in members))
                for title, members in groupby(
                    zip(titles, rows, strict=True), key=lambda pair: pair[0]
                )
            ),
            short=all(len(label) <= _SHORT for label in self._labels()),
            has_hidden=None in numbers,
            count=len(rows),
        )

    def _path(self) -> Path:
        lengths = [number or 0.0 for number in self._numbers(may_hide=False)]
        whole = sum(lengths)
        totals = self._column("total")
        texts = self._column("value") or ()
        steps = []
        walked = 0.0
        for row, label in enumerate(self._labels()):
            start, walked = walked, walked + lengths[row]
            total = totals[row] if totals else None
            if total is not None and not _same(read_number(total, self._language), walked):
                so_far = self._language.number(walked)
                self._problem(row, "chart-total", value=total, sum=so_far)
            reached, _, milestone = (total or "").partition(" – ")
            steps.append(
                Step(
                    label=label,
                    text=texts[row],
                    start=_share(start, whole),
                    share=_share(lengths[row], whole),
                    reached=reached or None,
                    milestone=milestone or None,
                )
            )
        ticks = tuple(_share(unit, whole) for unit in range(1, ceil(whole))) if whole <= 20 else ()
        title = self._heading("total" if totals else "value")
        return Path(title, tuple(steps), ticks, len(steps))

    def _timeline(self) -> Timeline:
        at = self._wanted.options.get("label", 1) - 1
        lanes = [number for number in range(len(self._headings)) if number != at]
        moments = []
        for row in self._table.rows:  # a list to be read keeps its citations
            told = (
                Lane(self._headings[column], number, tuple(row[column].split("; ")))
                for number, column in enumerate(lanes, start=1)
                if row[column] not in _NOTHING
            )
            moments.append(Moment(plain(row[at]), tuple(told)))
        return Timeline(tuple(self._headings[column] for column in lanes), tuple(moments))


def _same(number: float | None, counted: float) -> bool:
    """Say whether a number is what was counted up: tenths added up are a hair off."""
    return number is not None and isclose(number, counted, abs_tol=1e-9)


def _share(number: float, whole: float) -> float:
    return round(number / whole, _DIGITS) if whole > 0 else 0.0
