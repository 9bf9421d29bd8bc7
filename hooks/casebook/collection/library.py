"""All records together: unique ids, relations both ways, facets, and the state of translations."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import ValidationError

from casebook.collection.brought import take_brought
from casebook.collection.copies import Traces, check_copies, traces
from casebook.collection.facets import RESERVED, FacetIndex
from casebook.collection.names import CaseNames
from casebook.collection.overviews import carried_terms, check_overview
from casebook.collection.relations import (
    Naming,
    RelationIndex,
    check_former,
    check_relations,
    names_of,
    naming,
)
from casebook.collection.similar import Similarity
from casebook.languages import Languages
from casebook.parallel import map_parallel
from casebook.problem import Problem, errors
from casebook.record.case import Case
from casebook.record.citing import check_citations
from casebook.record.days import today as this_day
from casebook.record.explained import explained
from casebook.record.fields import record_fields
from casebook.record.kinds import ID_SHAPE
from casebook.record.labels import field_meant
from casebook.record.model import problems_of
from casebook.record.source import Document, read, unreadable
from casebook.record.tongues import check_tongues
from casebook.record.translation import digest, untranslated
from casebook.record.vocabulary import (
    FOLDER,
    NEW_SOURCES,
    Context,
    Vocabulary,
    load_vocabulary,
    read_overviews,
)

DATA_FOLDER = "data"
"""Beside the cases' own addresses: the folder of what the catalogue's script reads."""
RESERVED_IDS = frozenset({"index", DATA_FOLDER}) | RESERVED
"""Ids that would take the address of another page."""

MANY = 100
"""So many records are worth the processes that read them beside each other."""

TranslationState = Literal["original", "fresh", "stale", "machine", "missing"]


@dataclass(frozen=True, slots=True)
class Library:
    """Every record that has no problem, by id in alphabetical order, and what they refer to.

    ``names`` are those of all records.  The ``withdrawn`` are no ``cases`` any more.  ``today`` is
    the day that all of it is shown as of.
    """

    languages: Languages
    vocabulary: Vocabulary
    cases: Mapping[str, Case]
    index: RelationIndex
    facets: FacetIndex
    similar: Similarity
    today: date
    names: CaseNames
    withdrawn: Mapping[str, Case]

    @classmethod
    def of(
        cls,
        languages: Languages,
        vocabulary: Vocabulary,
        cases: Mapping[str, Case],
        today: date | None = None,
        names: CaseNames | None = None,
    ) -> Self:
        """Return a library of ``cases`` as of ``today`` (``casebook.record.days.today()``)."""
        names = names or CaseNames.of(cases)
        ordered = dict(sorted(cases.items()))
        withdrawn = {id_: ordered.pop(id_) for id_ in [*ordered] if id_ in names.withdrawn}
        relations, facets = RelationIndex(ordered, names), FacetIndex(ordered, vocabulary)
        similar = Similarity(facets, ordered, relations.told)
        day = today or this_day()
        return cls(
            languages, vocabulary, ordered, relations, facets, similar, day, names, withdrawn
        )

    def translation_state(self, id_: str, code: str) -> TranslationState:
        """Say how the text of a case in one language stands to the original.

        Without a ``translation`` entry the two were written together and count as fresh.
        """
        if code == self.languages.default.code:
            return "original"
        case = self.cases[id_]
        if not self.languages[code].required and untranslated(case, code, self.languages):
            return "missing"
        entry = case.translation.get(code)
        if entry is None:
            return "fresh"
        if entry.of is not None and entry.of != digest(case, self.languages):
            return "stale"
        return "machine" if entry.by == "machine" else "fresh"

    def by_machine(self, id_: str, code: str) -> bool:
        """Say whether a machine wrote the text of a case in one language."""
        entry = self.cases[id_].translation.get(code)
        return entry is not None and entry.by == "machine"


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for circles: trees of records make none, but are many objects.

    With a thousand records the looking takes longer than the reading.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_without_collecting()
def load_library(
    root: Path,
    languages: Languages,
    *,
    name: str | None = None,
    vocabulary_folder: Path | None = None,
    today: date | None = None,
) -> tuple[Library, list[Problem]]:
    """Read all records below ``root``; ``name`` is how problems call that folder.

    The vocabulary is ``root/_vocabulary`` unless another folder is given, and the library is as of
    ``today`` (that of the calendar unless another day is given).  All problems of all
    files come back, sorted; the library holds the records that have none.
    """
    shelf = _Shelf.of(root, languages, name, vocabulary_folder)
    cases: dict[str, Case] = {}
    for record in map(shelf.read, shelf.files):
        shelf.take(record)
        if record.case is not None:
            cases[record.id] = record.case
    problems = shelf.all_problems()
    faulty = {problem.path for problem in errors(problems)}
    good = {id_: case for id_, case in cases.items() if shelf.namings[id_].path not in faulty}
    return Library.of(languages, shelf.vocabulary, good, today, shelf.names), problems


@_without_collecting()
def check_library(
    root: Path,
    languages: Languages,
    *,
    vocabulary_folder: Path | None = None,
) -> tuple[Library, list[Problem]]:
    """Do as ``load_library``, but keep no record: all processors read, and only problems come back.

    The library that is returned holds the vocabulary and the names of all cases.
    """
    shelf = _Shelf.of(root, languages, None, vocabulary_folder)
    workers = None if len(shelf.files) >= MANY else 1
    for record in map_parallel(shelf.judge, shelf.files, workers):
        shelf.take(record)
    problems = shelf.all_problems()
    return Library.of(languages, shelf.vocabulary, {}, names=shelf.names), problems


class _Record(NamedTuple):
    """A record by itself: what it names (None: it cannot be read), its problems, and itself.

    ``terms`` are those it carries, as facet and term.
    """

    id: str
    path: str
    named: Naming | None
    problems: list[Problem]
    case: Case | None
    terms: frozenset[tuple[str, str]] = frozenset()
    traces: Traces | None = None


@dataclass(slots=True)
class _Shelf:
    """The records of a folder while they are read."""

    files: list[tuple[Path, str]]
    vocabulary: Vocabulary
    context: Context
    problems: list[Problem]
    ids: set[str]
    folder: Path
    """That of the vocabulary; ``called`` is how problems name it."""
    called: str
    carried: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    namings: dict[str, Naming] = field(default_factory=dict)
    traces: list[Traces] = field(default_factory=list)

    @classmethod
    def of(
        cls, root: Path, languages: Languages, name: str | None, vocabulary_folder: Path | None
    ) -> Self:
        """Read the vocabulary, and find the files and what their names say."""
        called = name if name is not None else root.as_posix()
        own = vocabulary_folder is None
        folder = root / FOLDER if vocabulary_folder is None else vocabulary_folder
        words = f"{called}/{FOLDER}" if own else folder.as_posix()
        vocabulary, problems = load_vocabulary(folder, languages, words)
        first_path: dict[str, str] = {}
        files = list(record_files(root, called, problems))
        for file, path in files:
            problems += _claim(file.stem, path, first_path)
        context = Context(languages, vocabulary)
        problems += take_brought(files, context)
        return cls(files, vocabulary, context, problems, set(first_path), folder, words)

    def read(self, place: tuple[Path, str]) -> _Record:
        """Read the record in a file, and find what is wrong with it by itself."""
        file, path = place
        document, problems = read(file, path)
        if document is None:
            return _Record(file.stem, path, None, problems, None)
        problems += check_citations(document, self.vocabulary.references)
        case = None
        try:
            tree = document.plain()
            tree.pop(NEW_SOURCES, None)
            case = Case.model_validate(tree, context=self.context)
        except ValidationError as error:
            meant = partial(field_meant, languages=self.context.languages)
            problems += problems_of(error, document, Case, field_meant=meant)
        problems += check_tongues(document, self.context.languages)
        order = tuple(spec.name for spec in record_fields())
        problems = explained(problems, document, self.context.languages, order)
        terms = carried_terms(document)
        own = traces(document, self.context.languages.default.code)
        return _Record(file.stem, path, naming(path, document), problems, case, terms, own)

    def judge(self, place: tuple[Path, str]) -> _Record:
        """Do as ``read``, without handing the record itself on."""
        return self.read(place)._replace(case=None)

    def take(self, record: _Record) -> None:
        """Remember what a record names, and what is wrong with it."""
        self.problems += record.problems
        if record.named is not None:
            self.namings.setdefault(record.id, record.named)
            self.carried.setdefault(record.id, record.terms)
        if record.traces is not None:
            self.traces.append(record.traces)

    def all_problems(self) -> list[Problem]:
        """Return every problem, also of how the records hang together, sorted."""
        relations = check_relations(self.namings, self.names)
        former = check_former(self.namings, RESERVED_IDS)
        copies = check_copies(self.traces)
        overviews = self._overview_problems()
        return sorted({*self.problems, *relations, *former, *copies, *overviews})

    @property
    def names(self) -> CaseNames:
        """How all cases are called, once all records have been taken.

        A record that could not be read still exists: naming it is not a problem of its own.
        """
        return names_of(self.namings, self.ids)

    def _overview_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with what overviews name, and leave such overviews out."""
        already_told: list[Problem] = []
        names = self.names
        for facet, term, document in read_overviews(self.folder, self.called, already_told):
            found = list(
                check_overview(document, facet, term, self.vocabulary, self.carried, names)
            )
            if errors(found):
                self.vocabulary.overviews.pop((facet, term), None)
            yield from found


def read_records(root: Path) -> tuple[dict[str, Document], list[Problem]]:
    """Read all records below ``root`` as trees, by id, without judging what they say."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for file, path in record_files(root, root.as_posix(), problems):
        document, found = read(file, path)
        problems += found
        if document is not None:
            documents.setdefault(file.stem, document)
    return documents, problems


def record_files(root: Path, called: str, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Yield records, always in the same order; what is no record becomes a problem."""
    folders = [(root, called)]  # a list and no recursion: folders may lie very deep
    while folders:
        folder, name = folders.pop()
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            problems.append(unreadable(name, error))
            continue
        for entry in entries:
            path = f"{name}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                problems.append(Problem.make(path, 1, 1, "symbolic-link"))
            elif entry.name == FOLDER:
                continue
            elif entry.is_dir():
                folders.append((entry, path))
            elif entry.suffix == ".yml":
                yield entry, path
            else:
                problems.append(Problem.make(path, 1, 1, "not-a-record-file", name=entry.name))


def _claim(id_: str, path: str, first_path: dict[str, str]) -> Iterator[Problem]:
    """Check a file's id, and that no other file has it: both are then told."""
    if re.fullmatch(ID_SHAPE, id_) is None:
        yield Problem.make(path, 1, 1, "not-an-id", value=id_)
    elif id_ in RESERVED_IDS:
        yield Problem.make(path, 1, 1, "reserved-id", value=id_)
    if id_ in first_path:
        yield Problem.make(path, 1, 1, "same-id", value=id_, other=first_path[id_])
        yield Problem.make(first_path[id_], 1, 1, "same-id", value=id_, other=path)
    first_path.setdefault(id_, path)
