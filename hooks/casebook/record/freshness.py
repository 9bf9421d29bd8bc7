"""How long ago people vouched for what a record says, and what follows from that.

A build on a later day differs from one before only where a limit has passed.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from casebook.record.case import Case, Contact
from casebook.record.kinds import PartialDate

CONFIRMED_MONTHS = 24
"""So long a confirmation is worth something; then the page says how long ago it was."""
PERSON_MONTHS = 36
"""So long a person is named after the last confirmation; then role and organisation are left."""

FreshnessState = Literal["never", "fresh", "overdue"]


def months_after(day: date, months: int) -> date:
    """Return the day ``months`` later; the last of its month where that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def confirmed_until(case: Case) -> date | None:
    """Return the last day on which a record's confirmation holds; None when nobody confirmed it."""
    if case.confirmed is None:
        return None
    return months_after(case.confirmed.first_day, CONFIRMED_MONTHS)


def freshness(case: Case, day: date) -> FreshnessState:
    """Say whether a record is confirmed on ``day``, was long ago, or never was."""
    until = confirmed_until(case)
    if until is None:
        return "never"
    return "overdue" if day > until else "fresh"


def names_person(contact: Contact) -> bool:
    """Say whether a contact in a record holds more than a role and an organisation."""
    return any((contact.name, contact.phone, contact.email))


def person_until(contact: Contact) -> date | None:
    """Return the last day on which the person behind a contact is named.

    None when no day is known on which anybody confirmed it; the person is then not named at all.
    Giving consent is confirming.
    """
    consent = contact.basis.consent if contact.basis is not None else None
    days: list[PartialDate] = [day for day in (contact.confirmed, consent) if day is not None]
    return months_after(max(day.first_day for day in days), PERSON_MONTHS) if days else None


def shows_person(contact: Contact, day: date) -> bool:
    """Say whether a person is named on ``day``."""
    until = person_until(contact)
    return names_person(contact) and until is not None and day <= until
