"""Which day stands for today: a site is built as of one day, and all of it asks here.

Two builds of one commit on one day are identical.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

TODAY = "CASEBOOK_TODAY"
"""Environment variable with the day (``2026-11-22``) that stands for today."""
EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable of reproducible builds: seconds since 1970 that stand for now."""


def today(environment: Mapping[str, str] | None = None) -> date:
    """Return the day that stands for today: the one that is set, else the clock's (UTC).

    Raises ValueError when what is set is no day.
    """
    given = os.environ if environment is None else environment
    if given.get(TODAY):
        return date.fromisoformat(given[TODAY])
    if given.get(EPOCH):
        return datetime.fromtimestamp(int(given[EPOCH]), UTC).date()
    return datetime.now(UTC).date()


def last_day() -> date:
    """Return the last day that may have been, wherever the clock that told it stands.

    A day that stands for today may lie before one on which somebody has written since.
    """
    return max(today(), datetime.now(UTC).date()) + timedelta(days=1)
