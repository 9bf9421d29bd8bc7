"""How much we know of a case: what puts it before others wherever no other order is chosen.

A case that is told in full comes before one of which little is known.  Of those that are told as
fully, the better studied come first, then those of which we know which way it went, then the later
ones.  Where all of that is equal, the order is that of the titles (``page.cards``).
"""

from __future__ import annotations

from collections.abc import Mapping

from casebook.record.case import DEPTHS, NOT_STUDIED, Case
from casebook.record.vocabulary import Vocabulary

MENTION = DEPTHS[-1]
"""The depth of a case of which we know a sentence: it stands after the others, as a row."""


def ranks(cases: Mapping[str, Case], vocabulary: Vocabulary) -> dict[str, int]:
    """Return how far to the front each case belongs, from 0; cases known as well have the same."""
    rungs = list(vocabulary.facet("evidence"))
    known = {id_: _known(case, rungs) for id_, case in cases.items()}
    rank = {key: place for place, key in enumerate(sorted({*known.values()}))}
    return {id_: rank[key] for id_, key in known.items()}


def is_mention(case: Case) -> bool:
    """Say whether we know but a sentence of a case."""
    return case.depth == MENTION


def _known(case: Case, rungs: list[str]) -> tuple[int, int, bool, int]:
    direction = case.direction is not None and case.direction.is_ != NOT_STUDIED
    return -DEPTHS.index(case.depth), rungs.index(case.evidence.level), direction, _year(case)


def _year(case: Case) -> int:
    """Return the year in which a case began, else that in which it ended, else 0."""
    dates = (case.period.start, case.period.end) if case.period is not None else ()
    return next((date.first_day.year for date in dates if date is not None), 0)
