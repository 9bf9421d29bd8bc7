"""What people fill in on a page: the items of a checklist, the questions of a worksheet.

Each has an id of its own, which answers are kept by.  So they stay with their item when it is
worded anew or others are put in before it, and an answer given in one language stands in all.
After the id may stand which facets its choices come from, and what of a case fills it in::

    - [ ] Who is the offer for? {#offer-for facets=target_groups from=target-groups}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.collection.facets import BY_ID
from casebook.handwritten.blocks import Block
from casebook.handwritten.front_matter import CHECKLIST, TYPES
from casebook.handwritten.page import HandwrittenPage
from casebook.problem import Problem
from casebook.record.model import closest, some

FROM_CASE = ("parties", "roles", "target-groups")
"""What a case can fill in."""
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SETTINGS = {"facets": tuple(BY_ID), "from": FROM_CASE}
"""What may stand after an item's id, and which values it may have."""


def points_of(page: HandwrittenPage) -> list[Block]:
    """Return what is filled in on ``page``, in order; nothing on a page of another type."""
    kind = page.value("type")
    if kind not in TYPES:
        return []
    items = (block for block in page.blocks if block.kind == "item")
    return [item for item in items if (item.task if kind == CHECKLIST else item.ordered)]


def check_points(page: HandwrittenPage) -> Iterator[Problem]:
    """Yield what keeps answers from finding back to their items."""
    seen = {block.id for block in page.blocks if block.kind == "heading"}
    for point in points_of(page):
        if not point.id:
            yield page.problem(point.start, "item-without-id")
        elif _ID.fullmatch(point.id) is None:
            yield page.problem(point.start, "item-id-refused", value=point.id)
        elif point.id in seen:
            yield page.problem(point.start, "item-id-twice", value=point.id)
        seen.add(point.id)
        for key, text in point.settings.items():
            yield from _check_setting(page, point, key, text)


def _check_setting(page: HandwrittenPage, point: Block, key: str, text: str) -> Iterator[Problem]:
    known = SETTINGS.get(key)
    if known is None:
        near, allowed = closest(key, SETTINGS), some(SETTINGS)
        yield page.problem(
            point.start, "unknown-item-setting", value=key, closest=near, allowed=allowed
        )
        return
    for value in text.split(",") if key == "facets" else [text]:
        if value not in known:
            near, allowed = closest(value, known), some(known)
            yield page.problem(
                point.start,
                "unknown-item-value",
                value=value,
                setting=key,
                closest=near,
                allowed=allowed,
            )
