"""The controlled words of records: terms by facet, places, references, and the glossary.

A facet is a file ``<facet>.yml`` in the vocabulary folder; ids stand there and nowhere else.  In
the folder of statements, each file is what a page on law or money says.  In that of overviews, each
is what stands above the cases of a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from casebook.languages import Languages
from casebook.problem import Problem
from casebook.record.glossary import Glossary, read_glossary
from casebook.record.kinds import (
    ID_SHAPE,
    Address,
    Line,
    NameOrText,
    OneOf,
    Paragraphs,
    PartialDate,
    Pattern,
    ShortName,
    Synonyms,
    Translations,
    When,
)
from casebook.record.model import Model, problems_of
from casebook.record.overviews import OVERVIEWS, Overview
from casebook.record.places import (
    INHABITANTS,
    MUNICIPALITIES,
    PLACES,
    Inhabitants,
    MunicipalityEntry,
    PlaceEntry,
    give_sizes,
    join_places,
    read_inhabitants,
)
from casebook.record.source import Document, read
from casebook.record.statements import STATEMENTS, Statement

FOLDER = "_vocabulary"
"""Name of the folder, beside the records, that holds the vocabularies."""
REFERENCES, GLOSSARY, THESAURUS = "references", "glossary", "thesaurus"
NEW_SOURCES = "new_sources"
"""Where a record has sources of its own, until they are moved to the list."""


class TermEntry(Model):
    """A term of a facet: what it is called, what counts as it, and what people call it."""

    label: Line = Field(examples=["label: {nb: Renhold, en: Cleaning}"])
    note: Paragraphs = Field(examples=["note: {nb: …, en: …}"])
    synonyms: Annotated[Mapping[str, tuple[str, ...]], Synonyms()] = Field(default_factory=dict)


KINDS_OF_REFERENCE = (
    "webpage",
    "report",
    "guide",
    "handbook",
    "slides",
    "article",
    "book",
    "website",
    "law",
    "curriculum",
    "dataset",
    "film",
    "talk",
    "own",
)


SEEN = ("full", "excerpt", "named")
"""How much of a source was read for this site; ``named`` is one that another source told of."""


class ReferenceEntry(Model):
    """A source: what it is, who published it and when; an address only where one is known."""

    title: Annotated[str | Translations, NameOrText(300)] = Field(examples=["title: …"])
    kind: Annotated[str, OneOf(KINDS_OF_REFERENCE)] = Field(examples=["kind: report"])
    seen: Annotated[str, OneOf(SEEN)] = Field(examples=["seen: full"])
    looked_up: Annotated[PartialDate, When()] | None = None
    publisher: ShortName | None = None
    authors: tuple[ShortName, ...] = ()
    date: Annotated[PartialDate, When()] | None = None
    language: Annotated[str, Pattern(r"[a-z]{2}", "not-a-language-code")] | None = None
    url: Annotated[str, Address()] | None = None
    licence: ShortName | None = None
    note: Paragraphs | None = None


class WordGroup(Model):
    """Words that mean the same to a reader who searches; its id only tells them apart."""

    words: Annotated[Mapping[str, tuple[str, ...]], Synonyms()] = Field(
        examples=["words: {nb: [lønn, inntekt], en: [wage, pay]}"]
    )


@dataclass(slots=True)
class Vocabulary:
    """Everything that records may refer to.  ``facets`` keeps the order of the files."""

    facets: dict[str, dict[str, TermEntry]] = field(default_factory=dict)
    places: dict[str, PlaceEntry] = field(default_factory=dict)
    inhabitants: Inhabitants | None = None
    references: dict[str, ReferenceEntry] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    thesaurus: dict[str, WordGroup] = field(default_factory=dict)
    statements: dict[str, dict[str, Statement]] = field(default_factory=dict)
    """By subject: the file that they stand in."""
    overviews: dict[tuple[str, str], Overview] = field(default_factory=dict)
    """By facet and term."""

    def facet(self, name: str) -> Mapping[str, TermEntry]:
        """Return the terms of a facet by id (none when the facet has no file)."""
        return self.facets.get(name, {})


@dataclass(frozen=True, slots=True)
class Context:
    """What values are checked against while a file is validated."""

    languages: Languages
    vocabulary: Vocabulary


def load_vocabulary(
    folder: Path, languages: Languages, name: str | None = None
) -> tuple[Vocabulary, list[Problem]]:
    """Read all vocabulary files of ``folder``; ``name`` is how problems call the folder.

    A file or entry with problems is left out of the vocabulary.  A folder that is not there is a
    problem as well.
    """
    called = name if name is not None else folder.as_posix()
    vocabulary = Vocabulary()
    problems: list[Problem] = []
    if not folder.is_dir():
        return vocabulary, [Problem.make(called, 1, 1, "no-vocabulary")]
    context = Context(languages, vocabulary)
    municipalities: dict[str, MunicipalityEntry] = {}
    documents: dict[str, Document] = {}
    for file, document in _documents(folder, called, problems):
        if file.stem == GLOSSARY:
            vocabulary.glossary, found = read_glossary(document, context)
            problems += found
            continue
        documents[file.stem] = document
        if file.stem == INHABITANTS:
            continue  # read when its source is known
        target, model = _target(vocabulary, municipalities, file.stem)
        for key, value in document.plain().items():
            problems += _entry(document, key, value, model, target, context)
        if model is TermEntry:
            lists = {id_: term.synonyms for id_, term in target.items()}
            problems += _shared_words(document, "synonyms", lists)
        elif model is WordGroup:
            lists = {id_: group.words for id_, group in target.items()}
            problems += _shared_words(document, "words", lists)
    problems += join_places(vocabulary.places, municipalities, documents, languages.codes)
    if INHABITANTS in documents:
        vocabulary.inhabitants, found = read_inhabitants(documents[INHABITANTS], context)
        problems += found
    if vocabulary.inhabitants is not None:
        problems += give_sizes(vocabulary.places, vocabulary.inhabitants, documents)
    for subject, document in read_statements(folder, called, problems):
        target = vocabulary.statements.setdefault(subject, {})
        for key, value in document.plain().items():
            problems += _entry(document, key, value, Statement, target, context)
    _take_overviews(read_overviews(folder, called, problems), context, problems)
    return vocabulary, problems


def _take_overviews(
    found: Iterable[tuple[str, str, Document]], context: Context, problems: list[Problem]
) -> None:
    for facet, term, document in found:
        try:
            overview = Overview.model_validate(document.plain(), context=context)
        except ValidationError as error:
            problems += problems_of(error, document, Overview)
        else:
            context.vocabulary.overviews[facet, term] = overview


def read_statements(
    folder: Path, called: str, problems: list[Problem]
) -> Iterator[tuple[str, Document]]:
    """Yield the files of statements in a folder of vocabularies by subject, as trees."""
    for file, document in _documents(folder / STATEMENTS, f"{called}/{STATEMENTS}", problems):
        yield file.stem, document


def read_overviews(
    folder: Path, called: str, problems: list[Problem]
) -> Iterator[tuple[str, str, Document]]:
    """Yield the overviews in a folder of vocabularies by facet and term, as trees."""
    for place in sorted(folder.glob(f"{OVERVIEWS}/*")):
        path = f"{called}/{OVERVIEWS}/{place.name}"
        if place.is_symlink():
            problems.append(Problem.make(path, 1, 1, "symbolic-link"))
            continue
        for file, document in _documents(place, path, problems):
            yield place.name, file.stem, document


def _documents(
    folder: Path, called: str, problems: list[Problem]
) -> Iterator[tuple[Path, Document]]:
    """Yield the files of a folder that can be read; what is wrong with the others is a problem."""
    for file in sorted(folder.glob("*.yml")):
        path = f"{called}/{file.name}"
        if file.is_symlink():
            problems.append(Problem.make(path, 1, 1, "symbolic-link"))
            continue
        document, found = read(file, path)
        problems += found
        if document is not None:
            yield file, document


def _target(
    vocabulary: Vocabulary, municipalities: dict[str, MunicipalityEntry], name: str
) -> tuple[dict[str, Any], type[Model]]:
    if name == PLACES:
        return vocabulary.places, PlaceEntry
    if name == MUNICIPALITIES:
        return municipalities, MunicipalityEntry
    if name == REFERENCES:
        return vocabulary.references, ReferenceEntry
    if name == THESAURUS:
        return vocabulary.thesaurus, WordGroup
    return vocabulary.facets.setdefault(name, {}), TermEntry


def _entry(
    document: Document,
    key: str,
    value: Any,
    model: type[Model],
    target: dict[str, Any],
    context: Context,
) -> Iterator[Problem]:
    if re.fullmatch(ID_SHAPE, key) is None:
        where = document.position((key,))
        yield Problem.make(document.path, where.line, where.column, "not-an-id", value=key)
        return
    try:
        target[key] = model.model_validate(value, context=context)
    except ValidationError as error:
        yield from problems_of(error, document, model, (key,))


def _shared_words(
    document: Document, key: str, lists: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Iterator[Problem]:
    """A word that belongs to two terms of one file would send a search both ways."""
    seen: dict[tuple[str, str], str] = {}
    for id_, by_language in lists.items():
        for code, words in by_language.items():
            for place, word in enumerate(words):
                first = seen.setdefault((code, word.lower()), id_)
                if first != id_:
                    where = document.position((id_, key, code, place))
                    yield Problem.make(
                        document.path,
                        where.line,
                        where.column,
                        "shared-synonym",
                        word=word,
                        first=first,
                        second=id_,
                    )
