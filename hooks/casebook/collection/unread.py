"""Sources that nobody behind the site has read whole: an editor has to open them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casebook.collection.library import Library
from casebook.record.vocabulary import SEEN


@dataclass(frozen=True, slots=True)
class UnreadSource:
    """A source that was read in part, or that only another source names.

    ``seen`` is one of ``casebook.record.vocabulary.SEEN``; ``cases`` is how many cases build on it.
    """

    id: str
    title: str
    seen: str
    url: str | None
    cases: int


def unread_sources(library: Library) -> tuple[UnreadSource, ...]:
    """Return the sources to be opened: those read in part first, then by how many cases use them.

    A title in several languages is given in the default one.
    """
    used = Counter(id_ for case in library.cases.values() for id_ in case.sources)
    default = library.languages.default.code
    found = [
        UnreadSource(
            id=id_,
            title=entry.title if isinstance(entry.title, str) else entry.title[default],
            seen=entry.seen,
            url=entry.url,
            cases=used[id_],
        )
        for id_, entry in library.vocabulary.references.items()
        if entry.seen != "full"
    ]
    return tuple(sorted(found, key=lambda one: (SEEN.index(one.seen), -one.cases, one.id)))
