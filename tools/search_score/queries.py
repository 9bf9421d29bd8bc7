"""Judged queries, and the map from their subjects to pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from messages import ToolError

CASES = "eksempler"
"""Folder of the pages of cases: a subject that is not mapped may be called like one."""


@dataclass(frozen=True, slots=True)
class Query:
    """One judged query: what is asked, on pages of which language, and which subjects answer it.

    ``none_from`` is a place in it that there are no cases from: the search has to say so.
    """

    id: str
    category: str
    language: str
    text: str
    relevant: tuple[str, ...]
    none_from: str = ""


def load_queries(file: Path, languages: Sequence[str]) -> list[Query]:
    """Return the queries of a file, on pages in ``languages``.

    Raises:
        ToolError: The file cannot be read or lacks something.
    """
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
        return [_query(entry, languages) for entry in entries]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ToolError(
            f"Spørringene i {file} kan ikke leses ({error}): se tests/search/queries.json.",
            f"The queries in {file} cannot be read ({error}): see tests/search/queries.json.",
        ) from error


def _query(entry: Mapping[str, Any], languages: Sequence[str]) -> Query:
    texts = [str(entry[name]) for name in ("qid", "category", "ui_lang", "query")]
    relevant = tuple(str(subject) for subject in entry["relevant"])
    none_from = str(entry.get("none_from", ""))
    query = Query(texts[0], texts[1], texts[2], texts[3], relevant, none_from)
    if not query.relevant or query.language not in languages:
        raise ValueError(f"{query.id}: nothing relevant, or another language")
    return query


class Subjects:
    """The pages that answer each subject."""

    def __init__(self, pages: Mapping[str, Sequence[str]], default: str) -> None:
        """Take the map, and the code of the language whose addresses have no ending."""
        self._pages = pages
        self._default = default

    @classmethod
    def load(cls, file: Path, default: str) -> Subjects:
        """Read the map from a file."""
        return cls(yaml.safe_load(file.read_text(encoding="utf-8")), default)

    def __iter__(self) -> Any:
        """Iterate over the names of the mapped subjects."""
        return iter(self._pages)

    def addresses(self, subject: str, language: str) -> frozenset[str]:
        """Return where the pages of a subject stand in a language."""
        pages = self._pages.get(subject, [f"{CASES}/{subject}"])
        return frozenset(self._address(page, language) for page in pages)

    def _address(self, page: str, language: str) -> str:
        source, _, anchor = page.partition("#")
        if language != self._default:
            place = f"/{source}.{language}/"
        else:
            folder, _, name = f"/{source}".rpartition("/")
            place = f"{folder}/" if name == "index" else f"/{source}/"
        return f"{place}#{anchor}" if anchor else place
