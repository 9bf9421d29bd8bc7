"""The languages of a page: it exists in each, and what people fill in is the same in all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from casebook.handwritten.blocks import Block
from casebook.handwritten.front_matter import NOT_TRANSLATED, TYPES
from casebook.handwritten.page import HandwrittenPage
from casebook.handwritten.points import points_of
from casebook.handwritten.site import SitePages
from casebook.problem import Problem
from casebook.record.source import position_at


@dataclass(slots=True)
class _Part:
    """A heading with how many items to tick off and numbered questions stand below it."""

    heading: Block | None
    tasks: int = 0
    questions: int = 0


def check_parity(site: SitePages) -> Iterator[Problem]:
    """Yield what keeps the languages of pages from saying the same."""
    for pages in site.originals.values():
        there = {page.name for page in pages}
        for name in site.translation_names(pages[0]):
            if name not in there and pages[0].value("translated") != NOT_TRANSLATED:
                yield pages[0].problem(0, "page-not-translated", missing=name)
        original = pages[0]
        for other in pages[1:]:
            if original.value("type") != other.value("type"):
                yield _different_type(original, other)
            elif original.value("type") in TYPES:
                yield from _compare(original, other)


def _different_type(original: HandwrittenPage, other: HandwrittenPage) -> Problem:
    where = other.head.value_position(("type",))
    return other.problem(
        where.index,
        "types-differ",
        value=other.value("type") or "–",
        expected=original.value("type") or "–",
        other=original.path,
    )


def _compare(original: HandwrittenPage, other: HandwrittenPage) -> Iterator[Problem]:
    for one, two in zip_longest(_parts(original), _parts(other)):
        if one is None or two is None or _sign(one) != _sign(two):
            yield _different_heading(original, other, one, two)
            return  # what follows belongs to other headings, and would only repeat this
        where = {"heading": _title(two), "other": original.path, "at": str(_line(original, one))}
        if one.tasks != two.tasks:
            counts = {"found": str(two.tasks), "expected": str(one.tasks)}
            yield other.problem(_start(other, two), "items-differ", **counts, **where)
        if one.questions != two.questions:
            counts = {"found": str(two.questions), "expected": str(one.questions)}
            yield other.problem(_start(other, two), "questions-differ", **counts, **where)
    yield from _compare_points(original, other)


def _compare_points(original: HandwrittenPage, other: HandwrittenPage) -> Iterator[Problem]:
    """Yield the items that are not the same in both languages, or not in the same place."""
    for one, two in zip(points_of(original), points_of(other), strict=False):
        if one.id and two.id and (one.id, one.settings) != (two.id, two.settings):
            yield other.problem(
                two.start,
                "item-ids-differ",
                found=_written(two),
                expected=_written(one),
                other=original.path,
                at=str(position_at(original.head.text, one.start).line),
            )
            return  # an item more or less moves all that follow


def _written(point: Block) -> str:
    """Return an item's id and settings as they are written."""
    return (
        " ".join([f"{{#{point.id}", *(f"{key}={it}" for key, it in point.settings.items())]) + "}"
    )


def _parts(page: HandwrittenPage) -> list[_Part]:
    parts = [_Part(None)]
    for block in page.blocks:
        if block.kind == "heading":
            parts.append(_Part(block))
        elif block.kind == "item":
            parts[-1].tasks += block.task
            parts[-1].questions += block.ordered
    return parts


def _sign(part: _Part) -> tuple[int, str]:
    return (part.heading.level, part.heading.id) if part.heading is not None else (0, "")


def _different_heading(
    original: HandwrittenPage, other: HandwrittenPage, one: _Part | None, two: _Part | None
) -> Problem:
    return other.problem(
        _start(other, two),
        "headings-differ",
        found=_title(two),
        expected=_title(one),
        other=original.path,
        at=str(_line(original, one)),
    )


def _title(part: _Part | None) -> str:
    """Return a heading as it is written, a dash where the page has none."""
    if part is None or part.heading is None:
        return "–"
    id_ = f" {{#{part.heading.id}}}" if part.heading.id else ""
    return f"{'#' * part.heading.level} {part.heading.passage.text}{id_}"


def _start(page: HandwrittenPage, part: _Part | None) -> int:
    """Return where a part of a page starts; where the page ends when there is no such part."""
    if part is None:
        return max(len(page.head.text.rstrip()) - 1, 0)
    return part.heading.start if part.heading is not None else page.body_start


def _line(page: HandwrittenPage, part: _Part | None) -> int:
    return position_at(page.head.text, _start(page, part)).line
