"""What stands between the two lines of hyphens at the top of a hand-written page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, create_model

from casebook.collection.facets import FACETS
from casebook.record.case import Distinct
from casebook.record.kinds import (
    Id,
    Kind,
    Name,
    OneOf,
    PartialDate,
    Pattern,
    ReferenceId,
    Term,
    When,
)
from casebook.record.model import Model, fault, report

CHECKLIST, WORKSHEET = TYPES = ("checklist", "worksheet")
"""Kinds of pages that people fill in."""

DESK_VIEWS = ("compare", "list", "booklet")
"""What ``view`` says on the pages of the reader's own selection."""
GLOSSARY_VIEW = "glossary"
"""The view whose terms are put in as Markdown, before the page is made."""
VIEWS = ("home", "catalogue", "guides", "search", "form", *DESK_VIEWS)
"""The views of pages that are made around their text."""

NOT_TRANSLATED = "false"
"""What ``translated`` says on a page that is meant to stand in one language only."""


class OwnNumbers(Kind):
    """Whose the numbers of a page are: ``true`` (all ours), or the ids of the parts they are in."""

    def read(self, value: Any, context: Any) -> bool | tuple[str, ...]:
        """Return True for the whole page, else the ids of headings."""
        if isinstance(value, str) and value.strip() == "true":
            return True
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(item.strip() for item in value)
        report([fault("not-own-numbers", given=value)])
        raise AssertionError("unreachable")


if TYPE_CHECKING:
    About = Model
else:
    About = create_model(
        "About",
        __base__=Model,
        __doc__="Terms that a guide is about, by facet: their pages lead to it.",
        **{
            facet.id: (Annotated[tuple[Annotated[str, Term(facet.id)], ...], Distinct], ())
            for facet in FACETS
            if facet.in_vocabulary
        },
    )


class FrontMatter(Model):
    """The facts about a page, in the page's own language."""

    title: Annotated[str, Name(120)] = Field(examples=["title: …"])
    description: Annotated[str, Name(300)] = Field(examples=["description: …"])
    menu: Annotated[str, Name(60)] | None = None
    order: Annotated[str, Pattern(r"\d{1,4}", "not-an-order")] | None = None
    """Its place among the pages beside it; those without come last."""
    date: Annotated[PartialDate, When(whole=True)] | None = None
    type: Annotated[str, OneOf(TYPES)] | None = None
    view: Annotated[str, OneOf((*VIEWS, GLOSSARY_VIEW))] | None = None
    sources: tuple[Annotated[str, ReferenceId()], ...] = ()
    cases: tuple[Id, ...] = ()
    facets: About | None = None
    statements: Id | None = None
    """The subject whose statements stand below the text: a file of ``_vocabulary/statements``."""
    translated: Annotated[str, OneOf((NOT_TRANSLATED,))] | None = None
    own_numbers: Annotated[bool | tuple[str, ...], OwnNumbers()] = False
    terms: Annotated[str, OneOf(("true", "false"))] | None = None
    """``false``: the page explains no words of the glossary where they stand."""
