"""From a case to an agreement: which checklist fits, and what the case fills in there."""

from __future__ import annotations

import json

from casebook.collection.library import Library
from casebook.page.terms import term_label
from casebook.page.view import Agreement, Organisation
from casebook.page.writing import Writer
from casebook.record.case import Case
from casebook.record.overviews import FRAMEWORK, MEASURE

_JOINT = frozenset({"development", "thick"})
_ORDERED = frozenset({"supplier", "thin"})
"""Forms of collaboration that the one and the other belong to (see the guide on the four forms)."""
_PARTIES = 2
"""An agreement takes two."""


def build_agreement(
    case: Case, organisations: tuple[Organisation, ...], library: Library, writer: Writer
) -> Agreement | None:
    """Return what an agreement like that of ``case`` starts from, None where nobody else is in.

    ``organisations`` are those of the case as its page shows them.
    """
    if len(organisations) < _PARTIES:
        return None
    groups = [
        term_label("target_groups", term, library.vocabulary, writer) for term in case.target_groups
    ]
    period = case.period
    filled = {
        "parties": "\n".join(entry.name for entry in organisations),
        "roles": "\n".join(f"{entry.name}: {entry.roles}" for entry in organisations),
        "target-groups": ", ".join(groups),
        "period": writer.period(case) or "",
        "start": writer.date(period.start) if period and period.start else "",
        "end": writer.date(period.end) if period and period.end else "",
    }
    facts = {
        "title": writer.pair(case.title),
        "filled": {key: text for key, text in filled.items() if text},
        "choices": {"target_groups": list(case.target_groups)},
    }
    joint = not _JOINT.isdisjoint(case.collaboration)
    ordered = not _ORDERED.isdisjoint(case.collaboration)
    fits = None if joint == ordered else (FRAMEWORK if joint else MEASURE)
    return Agreement(fits, json.dumps(facts, ensure_ascii=False, sort_keys=True))
