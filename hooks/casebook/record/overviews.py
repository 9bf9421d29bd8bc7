"""Overviews: what all cases of one kind say together, above the list of the cases of a term.

Each is a file ``<facet>/<term>.yml`` in the folder of overviews.  Its text cites its sources.  What
has to be held against other files is checked with them (``casebook.collection.overviews``).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.record.kinds import Id, OneOf, PartialDate, Pattern, Text, Translations, When
from casebook.record.model import Model

OVERVIEWS = "overviews"
"""The folder of overviews, among the vocabularies."""
AGREEMENTS = MEASURE, FRAMEWORK = "measure", "framework"
"""The checklists for agreements: for places and their price, and for developing something together.

An overview can lead to them.
"""
_EXAMPLE = "{nb: …, en: …}"

_Prose = Annotated[Translations, Text("prose", 1_400, cites=True)]


class Overview(Model):
    """What is known of a term, in the order in which it is told.

    ``cases`` are those that ``experience`` speaks of.  ``law`` names statements on law and money as
    ``<subject>#<id>``.  ``as_of`` is the day on which all of it was put together.
    """

    what: _Prose = Field(examples=[f"what: {_EXAMPLE}"])
    whom: _Prose = Field(examples=[f"whom: {_EXAMPLE}"])
    needs: _Prose = Field(examples=[f"needs: {_EXAMPLE}"])
    cost: _Prose | None = None
    experience: _Prose | None = None
    cases: tuple[Id, ...] = ()
    research: _Prose = Field(examples=[f"research: {_EXAMPLE}"])
    law: tuple[Annotated[str, Pattern(r"[a-z0-9-]+#[a-z0-9-]+", "not-a-statement")], ...] = ()
    start: _Prose = Field(examples=[f"start: {_EXAMPLE}"])
    agreement: Annotated[str, OneOf(AGREEMENTS)] | None = None
    as_of: Annotated[PartialDate, When(whole=True)] = Field(examples=["as_of: 2026-11-30"])


PARTS = ("what", "whom", "needs", "cost", "experience", "research", "start")
"""The parts that are text, in the order in which they are shown."""
