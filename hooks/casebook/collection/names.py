"""How cases are called: their ids, those they had before, and which of them are withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from casebook.record.case import WITHDRAWN, Case
from casebook.record.model import closest, some


class Told(NamedTuple):
    """A rule, and what its message needs to know."""

    rule: str
    details: Mapping[str, str]


@dataclass(frozen=True)
class CaseNames:
    """The ids of all cases, also of those whose records have problems.

    ``former`` leads from an id that a case had before to the one that it has now.
    """

    ids: Collection[str] = ()
    former: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Collection[str] = ()

    @classmethod
    def of(cls, cases: Mapping[str, Case]) -> CaseNames:
        """Return the names of ``cases``."""
        former = {old: id_ for id_, case in cases.items() for old in case.former_ids}
        withdrawn = {id_ for id_, case in cases.items() if case.status.is_ == WITHDRAWN}
        return cls(tuple(cases), former, withdrawn)

    @cached_property
    def all(self) -> frozenset[str]:
        """Every id that leads somewhere."""
        return frozenset({*self.ids, *self.former})

    def now(self, id_: str) -> str:
        """Return the id that a case has now."""
        return self.former.get(id_, id_) if id_ not in self.ids else id_

    def fault(self, id_: str, but: str = "", *, propose: bool = True) -> Told | None:
        """Return what is to be said of a place that names a case by ``id_``.

        Another case is proposed for one that there is not, never ``but``; with thousands of cases
        looking for one takes its time.
        """
        if id_ in self.withdrawn:
            return Told("withdrawn-case", {"value": id_})
        if id_ in self.ids:
            return None
        if id_ in self.former:
            return Told("renamed-case", {"value": id_, "now": self.former[id_]})
        others = [other for other in self.ids if other != but]
        near = closest(id_, others) if propose else ""
        return Told("unknown-case", {"value": id_, "closest": near, "allowed": some(others)})
