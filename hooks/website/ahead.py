"""Bodies of many pages, made ahead by all processors while MkDocs takes page by page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator

from casebook.parallel import map_parallel
from markupsafe import Markup

MANY = 200
"""So many pages are worth the processes; fewer are made when they are asked for."""


class BodiesAhead:
    """Makes the bodies of pages, most of which are asked for in the order of being added."""

    def __init__(self, many: int = MANY) -> None:
        """Begin without pages."""
        self._many = many
        self._makers: dict[str, Callable[[], Markup]] = {}
        self._waiting: deque[str] = deque()
        """Pages that copies of this process make, in the order in which they come."""
        self._made: set[str] = set()
        self._coming: Generator[Markup] | None = None

    def add(self, uri: str, make: Callable[[], Markup]) -> None:
        """Take the page at ``uri``; ``make`` may be called in a copy of this process."""
        self._makers[uri] = make

    def body(self, uri: str) -> Markup:
        """Return the body of a page; one that is asked for out of turn is made at once."""
        if self._coming is None:
            # The first one is made here, which puts in place what all need (compiled templates).
            others = [other for other in self._makers if other != uri]
            self._waiting = deque(others if len(others) >= self._many else ())
            self._coming = map_parallel(self._make, list(self._waiting))
            return self._make(uri)
        in_turn = bool(self._waiting) and self._waiting[0] == uri
        self._made.add(uri)
        html = self._next() if in_turn else self._make(uri)
        while self._waiting and self._waiting[0] in self._made:  # so that the copies can end
            self._next()
        return html

    def _next(self) -> Markup:
        assert self._coming is not None  # noqa: S101 - something waits
        self._waiting.popleft()
        return next(self._coming)

    def _make(self, uri: str) -> Markup:
        return self._makers[uri]()
