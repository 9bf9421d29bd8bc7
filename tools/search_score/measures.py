"""How good the answers to judged queries are.

For one query, with the first five results that a reader sees:

- recall: which share of the relevant subjects is among them.  A query with more than five relevant
  subjects can have all five places right, and then counts as 1.
- mrr: 1 divided by the place of the first relevant result, of all results, else 0.
- none: 1 when there is no result at all.
- precision: which share of them is relevant.  Fewer than five results are judged as they are, so a
  search is not blamed for stopping after the right one, and not rewarded for filling up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

FIRST = 5
"""Results that a reader looks at."""

Hit = frozenset[str]
"""A result: the address it leads to, and those of the parts of the page it shows below."""


class Score(NamedTuple):
    """The figures of one query, or the means of several."""

    recall: float
    mrr: float
    none: float
    precision: float

    def line(self) -> str:
        """Return the figures as one line that machines read too."""
        return (
            f"recall@{FIRST}={self.recall:.2f} mrr={self.mrr:.2f} "
            f"none={self.none:.2f} precision@{FIRST}={self.precision:.2f}"
        )


def score(hits: Sequence[Hit], subjects: Sequence[frozenset[str]]) -> Score:
    """Judge the results of one query; ``subjects`` are the addresses of each relevant one."""
    relevant = frozenset().union(*subjects)
    first = hits[:FIRST]
    shown = frozenset().union(*first)
    found = sum(1 for addresses in subjects if addresses & shown)
    places = [place for place, hit in enumerate(hits, start=1) if hit & relevant]
    right = sum(1 for hit in first if hit & relevant)
    return Score(
        recall=min(found, FIRST) / min(len(subjects), FIRST),
        mrr=1 / places[0] if places else 0.0,
        none=0.0 if hits else 1.0,
        precision=right / len(first) if first else 0.0,
    )


def mean(scores: Iterable[Score]) -> Score:
    """Return the means; of no scores at all, nothing but noughts."""
    return Score(*map(fmean, zip(*(list(scores) or [Score(0, 0, 0, 0)]), strict=True)))
