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
_AGREEING = frozenset({"owner", "operator", "partner"})
"""Roles of those that agree: they decide, carry out or work together.  Customers, suppliers, grant
givers, researchers and others around an initiative have agreements of their own, if any."""


def build_agreement(
    case: Case, organisations: tuple[Organisation, ...], library: Library, writer: Writer
) -> Agreement | None:
    """Return what an agreement like that of ``case`` starts from, None where nobody else is in.

    When it began and ended is the case's own, so no date is filled in.

    ``organisations`` are those of the case as its page shows them.
    """
    if len(organisations) < _PARTIES:
        return None
    agreeing = [
        entry
        for entry, written in zip(organisations, case.organisations, strict=True)
        if not _AGREEING.isdisjoint(written.roles)
    ]
    groups = [
        term_label("target_groups", term, library.vocabulary, writer) for term in case.target_groups
    ]
    filled = {
        "parties": "\n".join(entry.name for entry in agreeing),
        "roles": "\n".join(f"{entry.name}: {entry.roles}" for entry in agreeing),
        "target-groups": ", ".join(groups),
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
