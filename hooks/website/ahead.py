"""Bodies of many pages, made ahead by all processors while MkDocs takes page by page."""

from __future__ import annotations

from collections.abc import Callable, Generator

from casebook.beside import map_beside
from markupsafe import Markup

MANY = 200
"""So many pages are worth the processes; fewer are made when they are asked for."""


class BodiesAhead:
    """Makes the bodies of pages, which are asked for in the order in which they were added."""

    def __init__(self, many: int = MANY) -> None:
        """Begin without pages."""
        self._many = many
        self._makers: dict[str, Callable[[], Markup]] = {}
        self._ready: dict[str, Markup] = {}
        self._coming: Generator[tuple[str, Markup]] | None = None

    def add(self, uri: str, make: Callable[[], Markup]) -> None:
        """Take the page at ``uri``; ``make`` may be called in a copy of this process."""
        self._makers[uri] = make

    def body(self, uri: str) -> Markup:
        """Return the body of a page."""
        if self._coming is None:
            # The first one is made here, which puts in place what all need (compiled templates).
            others = [other for other in self._makers if other != uri]
            self._coming = map_beside(self._named, others if len(others) >= self._many else [])
            return self._makers[uri]()
        while uri not in self._ready:
            try:
                other, html = next(self._coming)
            except StopIteration:  # asked for a second time, or few pages
                return self._makers[uri]()
            self._ready[other] = html
        return self._ready.pop(uri)

    def _named(self, uri: str) -> tuple[str, Markup]:
        return uri, self._makers[uri]()
