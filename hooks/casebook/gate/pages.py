"""Hand-written pages before they go out: made as the site makes them, and judged as they then are.

The site reads a page's Markdown once more, and judges the result again: this only tells earlier,
with the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import count

from markdown import Markdown

from casebook.gate.judge import Refusal, judge
from casebook.gate.lists import RAW, WRITTEN
from casebook.handwritten.inline import links, without_code
from casebook.handwritten.page import HandwrittenPage
from casebook.page.chart_lines import MARKER, take_chart_lines
from casebook.page.charts import build_chart
from casebook.page.parts import PARTS, unknown_parts
from casebook.page.tables import read_table
from casebook.problem import Problem
from casebook.render.page_markdown import page_markdown

_MADE = ("<pre><code", '<input type="checkbox"', "&")
"""Beginnings of HTML that Markdown itself sets aside."""
_OF_TAGS = ("raw-html", "raw-attribute")
_MARKER = re.compile(r"<!--chart-(\d+)-->")


class PageGate:
    """Judges hand-written pages.  One instance serves for all: making one is the slow part."""

    def __init__(self) -> None:
        """Prepare the Markdown of pages."""
        self._markdown: Markdown = page_markdown()

    def check(self, page: HandwrittenPage) -> Iterator[Problem]:
        """Yield a problem for everything on ``page`` that may not go out."""
        body = page.head.text[page.body_start :]
        above = page.head.text.count("\n", 0, page.body_start)
        text, wanted, problems = take_chart_lines(body, page.path, above)
        yield from problems
        yield from unknown_parts(page.head.text, PARTS, page.path)
        html = self._markdown.reset().convert(text)
        for number, table in MARKER.findall(html) if wanted else ():
            if int(number) < len(wanted):
                chart = build_chart(wanted[int(number)], read_table(table), page.language)
                yield from chart if isinstance(chart, list) else ()
        refusals = _union(judge(html, WRITTEN), self._raw_refusals())
        refusals += _forged(html, len(wanted))
        if refusals:
            yield from _placed(refusals, page, body)

    def _raw_refusals(self) -> list[Refusal]:
        """Return the refusals of what the page itself writes as HTML.

        That is less than may go out: Markdown has its own signs for tables, headings and the like.
        """
        raw = (one for one in self._markdown.htmlStash.rawHtmlBlocks if isinstance(one, str))
        found = (judge(one, RAW) for one in raw if not one.startswith(_MADE))
        return [refusal for refusals in found for refusal in refusals if refusal.rule in _OF_TAGS]


def _union(first: list[Refusal], second: list[Refusal]) -> list[Refusal]:
    """Return the refusals of two lists without telling those twice that are in both."""
    seen = Counter((refusal.rule, refusal.value) for refusal in first)
    found = list(first)
    for refusal in second:
        seen[refusal.rule, refusal.value] -= 1
        if seen[refusal.rule, refusal.value] < 0:
            found.append(refusal)
    return found


def _forged(html: str, wanted: int) -> list[Refusal]:
    """Return what looks like the mark of a figure and was put there by the page."""
    ours = Counter(str(number) for number in range(wanted))
    marks = Counter(_MARKER.findall(html)) - ours
    return [Refusal(0, "html-unclear", f"<!--chart-{number}-->", "<!--chart-") for number in marks]


def _placed(refusals: list[Refusal], page: HandwrittenPage, body: str) -> Iterator[Problem]:
    """Yield problems at the places of the page that the refusals come from.

    The n-th refusal of a kind stands where its text stands for the n-th time outside of code.  What
    is not to be found follows from another refusal; if it is all there is, it stands at the top.
    """
    searched = (without_code(body), body)
    numbers: dict[tuple[str, str], Iterator[int]] = {}
    found: list[tuple[int, Refusal]] = []
    for refusal in refusals:
        number = next(numbers.setdefault((refusal.rule, refusal.value), count()))
        at = next((at for text in searched for at in _places(refusal, text)[number:]), None)
        if at is not None:
            found.append((at, refusal))
    for at, refusal in found or [(0, refusals[0])]:
        yield page.problem(page.body_start + at, refusal.rule, **refusal.details)


def _places(refusal: Refusal, text: str) -> list[int]:
    if refusal.is_address:  # perhaps written with entities, which Markdown has read
        places = [
            link.target_start for link in links(text) if unescape(link.target) == refusal.value
        ]
        if places:
            return places
    for form in refusal.forms():
        places = [match.start() for match in re.finditer(form, text, re.IGNORECASE)]
        if places:
            return places
    return []
