"""Parts of hand-written pages that come from elsewhere: ``{show: evidence}`` on a line of its own.

What the site knows already (the labels of evidence, who publishes it) is put in where the page
asks for it, so that nobody types it twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from casebook.languages import Language
from casebook.page.chart_lines import outside_code
from casebook.problem import Problem
from casebook.record.model import closest
from casebook.record.vocabulary import Vocabulary

_LINE = re.compile(r"\{\s*show\s*:?\s*(.*?)\s*\}\s*$")

PARTS = ("evidence", "owner", "hosting", "tip", "status", "fields", "source_fields")
"""What pages may show."""
Parts = Mapping[str, Callable[[], str]]
"""The parts by name: what makes the Markdown of each."""


def unknown_parts(text: str, parts: Collection[str], path: str) -> list[Problem]:
    """Return a problem for every line of a whole file that asks for a part there is not."""
    problems = []
    for index, name in _asked(text.split("\n")):
        if name not in parts:
            near, allowed = closest(name, parts), ", ".join(parts)
            details = {"value": name, "closest": near, "allowed": allowed}
            problems.append(Problem.make(path, index + 1, 1, "no-such-part", **details))
    return problems


def put_in_parts(markdown: str, parts: Parts) -> str:
    """Return a page's Markdown with the parts it asks for; what there is not stays as it is."""
    lines = markdown.split("\n")
    for index, name in list(_asked(lines)):
        if name in parts:
            lines[index] = parts[name]()
    return "\n".join(lines)


def _asked(lines: list[str]) -> Iterator[tuple[int, str]]:
    for index in outside_code(lines):
        found = _LINE.match(lines[index])
        if found is not None:
            yield index, found[1]


def evidence_table(vocabulary: Vocabulary, language: Language) -> str:
    """Return the labels of evidence with their meaning, weakest first, as a table in Markdown."""
    levels = vocabulary.facet("evidence").values()
    rows = [(level.label[language.code], level.note[language.code]) for level in levels]
    heading = (language.text("about.label"), language.text("about.meaning"))
    lines = [f"| {label} | {' '.join(meaning.split())} |" for label, meaning in (heading, *rows)]
    return "\n".join([lines[0], "|---|---|", *lines[1:]])
