"""Write the list of numbers for a person, as a table of a spreadsheet, or as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import TextIO

from casebook.numbers.found import Number
from casebook.report import visible

FORMATS = ("text", "csv", "json")
_FIELDS = ("file", "line", "column", "number", "around", "sources")
# A cell that begins like this would be a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_numbers(numbers: Sequence[Number], form: str, stream: TextIO) -> None:
    """Write ``numbers`` in one of ``FORMATS`` to ``stream``, in the order given.

    Raises ValueError for another format.
    """
    if form == "json":
        entries = [dict(zip(_FIELDS, _values(number), strict=True)) for number in numbers]
        stream.write(json.dumps(entries, ensure_ascii=False, indent=2) + "\n")
    elif form == "csv":
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(_FIELDS)
        for number in numbers:
            cells = (*_values(number)[:-1], " ".join(number.sources))
            rows.writerow([_cell(cell) for cell in cells])
    elif form == "text":
        stream.writelines(_line(number) for number in numbers)
    else:
        raise ValueError(f"no such format: {form}")


def _values(number: Number) -> tuple[str | int | list[str], ...]:
    return (
        number.path,
        number.line,
        number.column,
        number.written,
        number.around,
        list(number.sources),
    )


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(number: Number) -> str:
    place = f"{number.path}:{number.line}:{number.column}"
    sources = ", ".join(number.sources) or "?"
    return f"{visible(place)}: {visible(number.written)} [{sources}] {visible(number.around)}\n"
