"""Figures of a case: values with their sources, and bars where drawing tells the truth."""

from __future__ import annotations

from casebook.page.references import ReferenceList
from casebook.page.view import Bar, Indicator, Value
from casebook.page.writing import Writer
from casebook.record.case import Cost, Result


def indicator(number: int, result: Result, references: ReferenceList, writer: Writer) -> Indicator:
    """Return what was counted, ready to show; ``number`` makes its anchor."""
    values = tuple(
        Value(
            when=writer.when(value),
            text=writer.amount(value.value, result.unit)[0],
            number=writer.amount(value.value, result.unit)[1],
            note=writer.maybe(value.note),
            reference=references.number(value.source or result.source),
        )
        for value in result.values
    )
    return Indicator(
        id=f"number-{number}",
        title=writer.pair(result.indicator),
        values=values,
        bars=_bars(values, result),
        note=writer.one_line(result.note),
        disagreement=writer.one_line(result.disagreement),
    )


def costs(entries: tuple[Cost, ...], references: ReferenceList, writer: Writer) -> Indicator | None:
    """Return what it cost as one table; amounts are for different things, so none has a bar."""
    if not entries:
        return None
    values = tuple(
        Value(
            when=str(entry.year),
            text=writer.money(entry.amount, entry.unit),
            number=None,
            note=_told_of(entry, writer),
            reference=references.number(entry.source),
        )
        for entry in entries
    )
    return Indicator("costs", writer.text("page.cost.title"), values, (), None, None)


def _told_of(entry: Cost, writer: Writer) -> str | None:
    """Return what an amount includes and who paid it, None where neither is known."""
    told = {"includes": entry.includes, "paid_by": entry.paid_by}
    return (
        " ".join(
            writer.text(f"page.cost.{key}", what=writer.pair(text).rstrip("."))
            for key, text in told.items()
            if text is not None
        )
        or None
    )


def _bars(values: tuple[Value, ...], result: Result) -> tuple[Bar, ...]:
    """Return bars on an axis from zero, to a hundred for percentages, else to the largest value.

    Nothing is drawn for ranges or negative numbers, nor for a single count: one bar compares
    nothing.  Values that sources disagree on are not drawn either, since bars beside each other
    read as a development.
    """
    numbers = [value.number for value in values]
    percent = result.unit == "percent"
    if result.disagreement is not None or (len(values) < 2 and not percent):
        return ()
    top = 100.0 if percent else max((number or 0) for number in numbers)
    bars = []
    for value in values:
        if value.number is None or value.number < 0 or top <= 0:
            return ()
        bars.append(Bar(value.when, value.text, round(value.number / top, 4)))
    return tuple(bars)
