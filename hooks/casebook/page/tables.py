"""Tables of hand-written pages, read back from HTML as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says: its headings, and a text for each cell of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class _Reader(HTMLParser):
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def read_table(html: str) -> Table:
    """Return the text of a table that Markdown made: one row of headings, then the others.

    The tokens of citations stay in the text: see ``casebook.record.citations.plain``.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    rows = tuple(tuple(" ".join(cell.split(" ")).strip() for cell in row) for row in reader.rows)
    return Table(rows[0] if rows else (), rows[1:])
