"""Sources that a case brings along in its own file: one proposal holds the case and what it cites.

They stand below ``new_sources``, as in the list of references, and count as a part of that list.
``casebook format`` moves them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from casebook.problem import Problem
from casebook.record.kinds import ID_SHAPE
from casebook.record.model import problems_of
from casebook.record.source import MAX_BYTES, Document, Mapping, read
from casebook.record.vocabulary import NEW_SOURCES, Context, ReferenceEntry

_BLOCK = re.compile(rf"^{NEW_SOURCES}:[ ]*\n((?:(?:[ ].*)?\n)+)", re.MULTILINE)


def take_brought(files: list[tuple[Path, str]], context: Context) -> Iterator[Problem]:
    """Put what records bring along into the vocabulary, and yield what is wrong with it."""
    for file, path in files:
        if brings(file):
            document, _ = read(file, path)  # what cannot be read is told with the record itself
            if document is not None:
                yield from _taken(document, context)


def brings(file: Path) -> bool:
    """Say whether a record may bring sources along, without reading it as one."""
    try:
        if not file.is_file():  # a pipe would be waited for without an end
            return False
        with file.open("rb") as stream:
            return b"\n" + NEW_SOURCES.encode() in stream.read(MAX_BYTES)
    except OSError:
        return False


def _taken(document: Document, context: Context) -> Iterator[Problem]:
    brought = document.root.entries.get(NEW_SOURCES)
    if not isinstance(brought, Mapping):
        if brought is not None:
            at = document.value_position((NEW_SOURCES,)).index
            yield document.problem(at, "expected-mapping", field=NEW_SOURCES)
        return
    known = context.vocabulary.references
    for id_, value in document.plain()[NEW_SOURCES].items():
        at = brought.keys.get(id_, brought.start).index
        if re.fullmatch(ID_SHAPE, id_) is None:
            yield document.problem(at, "not-an-id", value=id_)
        elif id_ in known:
            yield document.problem(at, "known-source", value=id_)
        else:
            try:
                known[id_] = ReferenceEntry.model_validate(value, context=context)
            except ValidationError as error:
                yield from problems_of(error, document, ReferenceEntry, (NEW_SOURCES, id_))
            else:
                yield document.problem(at, "source-brought-along", value=id_)


def parted(text: str) -> tuple[str, str]:
    """Return a record without the sources that it brings along, and these for the list."""
    block = _BLOCK.search(text)
    if block is None:
        return text, ""
    lines = block[1].rstrip("\n").split("\n")
    depth = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return (
        f"{text[: block.start()]}{text[block.end() :]}",
        "".join(f"{line[depth:]}\n" for line in lines),
    )
