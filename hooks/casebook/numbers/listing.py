"""The list of all numbers of records, vocabularies and pages, and what can be asked of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from casebook.collection.library import read_records
from casebook.collection.relations import naming
from casebook.files.published import find_files
from casebook.handwritten.page import CASES_FOLDER, SUFFIX, read_pages
from casebook.languages import Languages
from casebook.numbers.found import RECORD, Number
from casebook.numbers.overviews import overview_numbers
from casebook.numbers.pages import page_numbers
from casebook.numbers.records import record_numbers
from casebook.numbers.statements import statement_numbers
from casebook.numbers.tokens import number_tokens
from casebook.problem import Problem
from casebook.record.citations import OWN
from casebook.record.vocabulary import FOLDER, read_overviews, read_statements

_CAPTION = "numbers.caption_words"


def list_numbers(
    cases: Path | None, docs: Path | None, languages: Languages
) -> tuple[list[Number], list[Problem]]:
    """Return every number in records and vocabularies below ``cases`` and pages below ``docs``.

    Files that cannot be read come back as problems.
    """
    numbers: list[Number] = []
    said_on: dict[str, set[str]] = {}
    stated: dict[str, set[str]] = {}
    problems: list[Problem] = []
    if cases is not None:
        documents, found = read_records(cases)
        problems += found
        for id_, document in documents.items():
            if naming(document.path, document).is_withdrawn:
                continue  # nothing of it is shown
            own = record_numbers(document)
            numbers += own
            said_on[f"{CASES_FOLDER}/{id_}{SUFFIX}"] = _keys(own)
        vocabulary = cases / FOLDER
        for subject, document in read_statements(vocabulary, vocabulary.as_posix(), problems):
            own = statement_numbers(document)
            numbers += own
            stated[subject] = _keys(own)
        for _, _, document in read_overviews(vocabulary, vocabulary.as_posix(), problems):
            numbers += overview_numbers(document)
    if docs is not None:
        files = find_files(docs, docs.as_posix())
        pages, found = read_pages(files, languages)
        problems += found
        for page in pages:
            own = page_numbers(page, page.language.text(_CAPTION).split())
            numbers += own
            below = stated.get(page.value("statements"), set())
            said_on.setdefault(page.original, set()).update(_keys(own), below)
        originals = {page.name: page.original for page in pages}
        numbers = [_answered(number, said_on, originals, languages) for number in numbers]
    return sorted(numbers), problems


def _keys(numbers: Iterable[Number]) -> set[str]:
    return {key for number in numbers for key in number.keys}


def _answered(
    number: Number, said_on: dict[str, set[str]], originals: dict[str, str], languages: Languages
) -> Number:
    """Let the page that words lead to answer for a number in them, when it stands there too."""
    if number.sources or not number.leads_to:
        return number
    target = originals.get(number.leads_to, number.leads_to)
    if target not in said_on:
        base, _, code = target.removesuffix(SUFFIX).rpartition(".")
        target = f"{base}{SUFFIX}" if code in languages else target
    if set(number.keys) <= said_on.get(target, set()):
        return replace(number, sources=(f"({posixpath.splitext(target)[0]})",))
    return number


def missing(numbers: Iterable[Number]) -> list[Number]:
    """Return the numbers that no source answers for."""
    return [number for number in numbers if not number.sources]


def unknown_to(facts: str, numbers: Iterable[Number]) -> list[Number]:
    """Return the numbers from sources that do not stand in the text ``facts`` at all.

    Units do not count: a text may write "16 %" where a record has 16 and the unit percent.
    """
    known = {_bare(key) for token in number_tokens(facts) for key in token.keys}
    known |= set(re.findall(r"\d+", facts))
    return [
        number
        for number in numbers
        if set(number.sources) - {OWN, RECORD} and not {_bare(key) for key in number.keys} <= known
    ]


def _bare(key: str) -> str:
    return key.partition(" ")[0]
