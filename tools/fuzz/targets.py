"""What is fuzzed: inputs, and the way that each of them goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from casebook.letters.faults import mended
from casebook.record.source import parse, text_of
from casebook.search.article import Article, Section, read_article
from hypothesis import strategies as st

from fuzz import inputs
from fuzz.ways import LANGUAGES, PAPERS, Pages, Records, Searches, formatted, judged

SET_EVERY = 10
"""One document in so many is set; the others are only read by the typesetter."""
SECONDS_TO_SET = 10.0
"""How long that may take: a guide of fifty pages takes some seconds too."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that is fuzzed: what it is called, its inputs, and what is done with one."""

    name: str
    inputs: st.SearchStrategy[Any]
    run: Callable[[Any], object]
    seconds: float = 1.0
    """How long the processor may work on one input."""


@contextmanager
def targets(folder: Path) -> Iterator[list[Target]]:
    """Make ready all that needs no browser; ``folder`` is where inputs are written."""
    folders = {name: folder / name for name in ("records", "pages", "paper", "search")}
    for one in folders.values():
        one.mkdir()
    records, pages = Records(folders["records"]), Pages(folders["pages"])
    paper, search = Pages(folders["paper"]), Searches(folders["search"])
    kinds, turns = cycle(PAPERS), cycle(range(SET_EVERY))
    languages = cycle(LANGUAGES)

    def index(text: str) -> None:
        article = Article(text[:60], text, [Section(2, "a", text[:100], text)])
        search(article, next(languages), text[:200])
        read_article(f"<main data-pagefind-body>{text}</main>")

    yield [
        Target("records: changed", inputs.records(), records),
        Target("records: any text", inputs.good_records(), records),
        Target("records: format", inputs.records(), _format),
        Target("pages: check", inputs.pages(), pages),
        Target("pages: paper", inputs.BLOCKS, lambda text: paper(text, next(kinds))),
        Target(
            "paper: set",
            inputs.BLOCKS,
            lambda text: next(turns) == 0 and paper(text, next(kinds), typeset=True),
            SECONDS_TO_SET,
        ),
        Target("gate", inputs.HTML, judged),
        Target("search: texts", inputs.TEXTS, index),
    ]


def _format(data: bytes) -> bool:
    """Format a record that can be read, as the command does."""
    text, _ = text_of(data, "")
    return text is not None and parse(mended(text).encode(), "")[0] is not None and formatted(text)


def shown(value: object) -> str:
    """Return an input as it is kept in a file."""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    return value if isinstance(value, str) else json.dumps(value)
