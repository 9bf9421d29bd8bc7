"""What stands on one page: its facts, the sources it cites, its tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from casebook.handwritten.blocks import Block
from casebook.handwritten.front_matter import FrontMatter
from casebook.handwritten.inline import pictures_without_words, without_code
from casebook.handwritten.page import HandwrittenPage
from casebook.handwritten.site import SitePages
from casebook.problem import Problem
from casebook.record.citations import OPENING, OWN, marks
from casebook.record.model import closest, problems_of, some
from casebook.record.source import Scalar, Sequence
from casebook.record.vocabulary import Context


def check_contents(page: HandwrittenPage, site: SitePages) -> Iterator[Problem]:
    """Yield the problems of ``page`` that can be seen without other pages."""
    if page.body_start == 0:
        yield page.problem(0, "no-front-matter")
    else:
        yield from _front_matter(page, site)
    if OPENING in page.head.text:
        yield from _citations(page, site)
    yield from _tables(page)
    for block in page.blocks:
        for place in pictures_without_words(without_code(block.passage.text)):
            yield page.problem(block.passage.at(place), "picture-without-words")


def _front_matter(page: HandwrittenPage, site: SitePages) -> Iterator[Problem]:
    context = Context(site.languages, site.vocabulary)
    try:
        FrontMatter.model_validate(page.head.plain(), context=context)
    except ValidationError as error:
        yield from problems_of(error, page.head, FrontMatter)
    for item in page.listed("cases"):
        if told := site.cases.fault(item.text.strip()):
            yield page.problem(item.start.index, told[0], **told[1])
    yield from _subject(page, site)
    parts = page.head.root.entries.get("own_numbers")
    headings = [block.id for block in page.blocks if block.kind == "heading" and block.id]
    for part in parts.items if isinstance(parts, Sequence) else ():
        if isinstance(part, Scalar) and part.text.strip() not in headings:
            value = part.text.strip()
            near, allowed = closest(value, headings), some(headings)
            yield page.problem(
                part.start.index,
                "unknown-anchor",
                value=value,
                page=page.path,
                closest=near,
                allowed=allowed,
            )


def _subject(page: HandwrittenPage, site: SitePages) -> Iterator[Problem]:
    subject, known = page.value("statements"), site.vocabulary.statements
    if subject and subject not in known:
        where = page.head.value_position(("statements",))
        near, allowed = closest(subject, known), some(known)
        yield page.problem(
            where.index, "unknown-subject", value=subject, closest=near, allowed=allowed
        )


def _citations(page: HandwrittenPage, site: SitePages) -> Iterator[Problem]:
    listed = {item.text.strip() for item in page.listed("sources")}
    references = site.vocabulary.references
    for block in page.blocks:
        text = without_code(block.passage.text)
        for mark in marks(text):
            start = block.passage.at(mark.start)
            if start and page.head.text[start - 1] == "\\":
                continue
            if block.kind in ("heading", "note-title"):
                yield page.problem(start, "citation-in-heading")
            elif not mark.ids:
                value = " ".join(text[mark.start : mark.end].split())
                yield page.problem(start, "citation-malformed", value=value[:60])
            for id_, place in mark.ids:
                at = block.passage.at(place)
                if id_ not in references:
                    near, allowed = closest(id_, references), some(references)
                    yield page.problem(
                        at, "unknown-reference", value=id_, closest=near, allowed=allowed
                    )
                elif id_ not in listed and id_ != OWN:
                    yield page.problem(at, "citation-not-listed", value=id_)


def _tables(page: HandwrittenPage) -> Iterator[Problem]:
    headers: dict[int, list[Block]] = {}
    for block in page.blocks:
        if block.kind == "cell" and block.row == 0:
            headers.setdefault(block.group, []).append(block)
    for cells in headers.values():
        if not any(cell.passage.text for cell in cells):
            line = page.head.text.rfind("\n", 0, cells[0].start) + 1
            yield page.problem(line, "table-without-header")
    for place in page.scan.loose_rows:
        yield page.problem(place, "row-without-table")
