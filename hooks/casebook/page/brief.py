"""The brief of a case: what a reader has to know, on one page, made by rule from its fields.

Nothing is written for it.  Texts are shortened between sentences only, so each part of the brief
has one or more *forms*, the fullest first.  All parts together have at most ``WORDS`` words: as
long as there are more, the parts take their next form in the order of ``GIVES_WAY``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.collection.facets import NOT_STATED
from casebook.collection.library import Library
from casebook.page.references import ReferenceList
from casebook.page.sentences import Passage, count_words, passages, sentences
from casebook.page.terms import term_label
from casebook.page.view import Brief, BriefRow
from casebook.page.writing import Writer
from casebook.record.case import NOT_STUDIED, Case, Contact
from casebook.record.citations import cited, has_tokens, numbered, plain, token

WORDS = 180
"""The most words that a brief has with its title, the names of its rows and all."""

BUDGET: Mapping[str, int] = {"what": 40, "measure": 32, "result": 48, "hard": 30, "cost": 30}
"""The most words of each row that is made from running text; a row gets at least a sentence."""
GIVES_WAY = ("measure", "hard", "result", "what", "cost", "place", "groups", "contact")
"""Which rows become shorter when a brief has too many words, and in which order."""

_PLACES = 3
"""From one more on, places are counted rather than named."""
_KINDS = 3
_BARE_LEAD = 4
"""A lead in bold or a sentence of fewer words is a heading: it needs a sentence after it."""
_JOINED = " · "
_UNKNOWN = "unknown"
"""The status of a case of which nobody has told whether it goes on."""


@dataclass(slots=True)
class _Part:
    """A row in the making: its forms, of which the first is in force."""

    id: str
    forms: list[BriefRow]

    @property
    def words(self) -> int:
        row = self.forms[0]
        return sum(count_words(text) for text in (row.label, row.strong, row.text))


def build_brief(case: Case, library: Library, references: ReferenceList, writer: Writer) -> Brief:
    """Return the brief of ``case``; the sources that it cites are numbered in ``references``."""
    maker = _Maker(case, library, writer)
    if case.depth == "mention":
        lead = _numbered(maker.row("what", text=maker.line(case.lead)), references)
        facts = _JOINED.join(
            part.forms[0].text or part.forms[0].strong
            for part in (maker.groups(), maker.place(), maker.kinds())
            if part is not None
        )
        return Brief(lead.text, facts, (), None)
    parts, silent = maker.parts()
    unknown = maker.unknown(silent)
    around = [writer.pair(case.title)]
    if unknown:  # whoever knows more is asked to tell
        around += [unknown, writer.text("about.tell")]
    spare = WORDS - sum(map(count_words, around))
    by_id = {part.id: part for part in parts}
    for id_ in GIVES_WAY:
        part = by_id.get(id_)
        while part and len(part.forms) > 1 and sum(one.words for one in parts) > spare:
            part.forms.pop(0)
    what, *rows = (_numbered(part.forms[0], references) for part in parts)
    return Brief(what.text, None, tuple(rows), unknown)


def _numbered(row: BriefRow, references: ReferenceList) -> BriefRow:
    """Give the sources of the form that was chosen their numbers."""
    return replace(row, text=numbered(row.text, references.number))


class _Maker:
    """Makes the parts of one brief; citations are tokens with the ids of sources."""

    def __init__(self, case: Case, library: Library, writer: Writer) -> None:
        self._case = case
        self._vocabulary = library.vocabulary
        self._writer = writer
        self._abbreviations = writer.text("brief.abbreviations").split()
        self._silent = writer.text("brief.silent").split("|")

    def parts(self) -> tuple[list[_Part], list[str]]:
        """Return all parts that the record holds, in order, and what it does not tell."""
        makers: Sequence[tuple[str, Callable[[], _Part | None]]] = (
            ("what", self._what),
            ("groups", self.groups),
            ("place", self.place),
            ("measure", self._measure),
            ("result", self._result),
            ("evidence", self._evidence),
            ("hard", self._hard),
            ("cost", self._cost),
            ("contact", self._contact),
        )
        parts, silent = [], []
        for id_, make in makers:
            part = make()
            if part is not None:
                parts.append(part)
            elif id_ != "groups":
                silent.append(id_)
        case = self._case
        if case.period is None and case.status.as_of is None:
            silent.append("period")
        if case.status.is_ == _UNKNOWN:
            silent.append("status")
        if case.direction is not None and case.direction.is_ == NOT_STUDIED:
            silent.append("direction")
        if "cost" in silent:
            silent.remove("cost")
        if not case.cost and not any(map(_has_figure, self._money()[:1])):
            silent.append("cost")  # who paid is told at times where the amount is not
        return parts, silent

    def unknown(self, silent: Sequence[str]) -> str | None:
        """Return the one line that tells all that is not known."""
        keys = ("result", "direction", "period", "status", "cost", "hard", "contact")
        things = [self._writer.text(f"brief.not_said.{key}") for key in keys if key in silent]
        if not things:
            return None
        *most, last = things
        what = last
        if most:
            what = self._writer.text("brief.or", first=", ".join(most), last=last)
        return self._writer.text("brief.unknown", what=what)

    def row(self, id_: str, strong: str = "", text: str = "") -> BriefRow:
        """Return a row with its name."""
        label = "" if id_ == "what" else self._writer.text(f"brief.labels.{id_}")
        return BriefRow(id_, label, strong, text)

    def line(self, translations: Mapping[str, str]) -> str:
        """Return a text on one line, with tokens where it cites."""
        return " ".join(self._tokens(translations).split())

    def _tokens(self, translations: Mapping[str, str]) -> str:
        return cited(self._writer.as_written(translations), lambda id_: id_)

    def _part(self, id_: str, forms: Sequence[str], strong: str = "") -> _Part | None:
        rows = [self.row(id_, strong, form) for form in forms if form or strong]
        return _Part(id_, rows) if rows else None

    # --- rows of running text -----------------------------------------------------------------

    def _what(self) -> _Part:
        runs = self._runs("what", self._sentences(self._case.lead))
        forms = runs or [self.line(self._case.lead)]  # a case is something, however long it is
        return _Part("what", [self.row("what", text=form) for form in forms])

    def _measure(self) -> _Part | None:
        kinds = self.kinds()
        strong = kinds.forms[0].text if kinds else ""
        runs = self._runs("measure", self._said(self._case.measure))
        return self._part("measure", [*runs, ""] if strong else runs, strong)

    def _result(self) -> _Part | None:
        """Return the result: the text as far as its first figure, else its first sentence."""
        found = self._case.direction
        strong = ""
        if found is not None and found.is_ != NOT_STUDIED:
            strong = term_label("direction", found.is_, self._vocabulary, self._writer)
        said = self._said(self._case.result)
        figure = next((at for at, one in enumerate(said) if _has_figure(one)), None)
        if figure is None:
            long = (at for at, one in enumerate(said) if count_words(one) >= _BARE_LEAD)
            figure = next(long, 0)
        runs = self._runs("result", said[: figure + 1]) or [*self._figure()]
        if not runs:
            return None
        return self._part("result", [self._with_source(run) for run in runs], strong)

    def _hard(self) -> _Part | None:
        if self._case.hard_parts is None:
            return None
        found = [*passages(self._tokens(self._case.hard_parts))]
        for passage in found:
            forms = [*self._hard_forms(passage)]
            if forms:
                return _Part("hard", forms)
        return None

    def _hard_forms(self, passage: Passage) -> Iterator[BriefRow]:
        lead_words = count_words(passage.lead)
        room = BUDGET["hard"] - lead_words
        whole = self._whole(passage.text)
        for count in range(min(len(whole), 2), 0, -1):
            run = " ".join(whole[:count])
            if count_words(run) <= room:
                yield self.row("hard", passage.lead, run)
        if lead_words >= _BARE_LEAD:
            yield self.row("hard", passage.lead)

    def _runs(self, id_: str, whole: Sequence[str]) -> list[str]:
        """Return the sentences as far as the budget goes, then one fewer and so on."""
        runs = [" ".join(whole[:count]) for count in range(len(whole), 0, -1)]
        return [run for run in runs if count_words(run) <= BUDGET[id_]]

    def _said(self, translations: Mapping[str, str]) -> tuple[str, ...]:
        """Return the sentences of a text that tell something, up to the first that does not."""
        told = [*self._sentences(translations)]
        while told and self._is_silent(told[0]):
            told.pop(0)
        end = next((at for at, one in enumerate(told) if self._is_silent(one)), len(told))
        return tuple(told[:end])

    def _is_silent(self, sentence: str) -> bool:
        return any(words in sentence.lower() for words in self._silent)

    def _sentences(self, translations: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(
            sentence
            for passage in passages(self._tokens(translations))
            for sentence in self._whole(f"{passage.lead} {passage.text}".strip())
        )

    def _whole(self, text: str) -> list[str]:
        """Return the sentences of a text but those that only lead on to what follows."""
        found = sentences(text, self._abbreviations)
        return [one for one in found if plain(one)[-1:] not in (":", ";", ",")]

    def _figure(self) -> Iterator[str]:
        """Yield the first figure of a case whose text tells no result."""
        for result in self._case.results:
            if result.disagreement is None:
                value = result.values[-1]
                amount, _ = self._writer.amount(value.value, result.unit)
                name, when = self._writer.pair(result.indicator), self._writer.when(value)
                yield f"{name}: {amount} ({when}){token(value.source or result.source)}"
                return

    def _with_source(self, text: str) -> str:
        """Return a result with the mark of the source that answers for it, where that is sure."""
        found, sources = self._case.direction, self._case.sources
        if has_tokens(text):
            return text
        if found is not None and found.source is not None:
            return text + token(found.source)
        return text + token(sources[0]) if len(sources) == 1 else text

    # --- rows of facts ------------------------------------------------------------------------

    def groups(self) -> _Part | None:
        labels = self._labels("target_groups", self._case.target_groups)
        return self._part("groups", [_JOINED.join(labels), _JOINED.join(labels[:2])])

    def kinds(self) -> _Part | None:
        labels = self._labels("measures", self._case.measures)[:_KINDS]
        return self._part("measure", [_JOINED.join(labels)])

    def place(self) -> _Part | None:
        writer, places = self._writer, self._case.places
        names = ", ".join(writer.pair(self._vocabulary.places[id_].label) for id_ in places)
        number = writer.text("brief.places", number=writer.language.number(len(places)))
        forms = [names, number] if len(places) <= _PLACES else [number]
        when = filter(None, (writer.period(self._case), self._status()))
        end = "".join(f"{_JOINED}{text}" for text in when)
        return self._part("place", [f"{form}{end}" for form in forms])

    def _status(self) -> str:
        """Return how the case stands; of one that nobody has told of since, when that was."""
        status = self._case.status
        year = status.as_of.first_day.year if status.as_of is not None else None
        if status.is_ == _UNKNOWN:
            return self._writer.text("brief.told", year=year) if year else ""
        return status_label(self._case, self._writer)

    def _evidence(self) -> _Part | None:
        level = self._vocabulary.facet("evidence")[self._case.evidence.level]
        return self._part("evidence", [self._writer.pair(level.label)])

    def _cost(self) -> _Part | None:
        if not self._case.cost:
            told = self._money()[:1]
            silent = bool(told) and self._is_silent(told[0])
            return self._part("cost", [] if silent else self._runs("cost", told))
        cost = self._case.cost[0]
        amount = self._writer.money(cost.amount, cost.unit)
        line = f"{amount} ({cost.year}){token(cost.source)}"
        # What an amount is for belongs to it, however short the brief: without, it misleads.
        covered = self._sentences(cost.includes) if cost.includes else ()
        return self._part("cost", [" ".join([f"{line}.", *covered]) if covered else line])

    def _money(self) -> tuple[str, ...]:
        """Return what the record tells of the money in words."""
        economy = self._case.economy
        return self._sentences(economy) if economy is not None else ()

    def _contact(self) -> _Part | None:
        if not self._case.contacts:
            return None
        contact: Contact = self._case.contacts[0]
        role = self._writer.pair(contact.role)
        return self._part("contact", [f"{role}, {contact.organisation}", contact.organisation])

    def _labels(self, facet: str, terms: Sequence[str]) -> list[str]:
        return [
            term_label(facet, term, self._vocabulary, self._writer)
            for term in terms
            if term != NOT_STATED
        ]


def status_label(case: Case, writer: Writer) -> str:
    """Return the status with its year: "active" alone would claim that it still is."""
    label = writer.text(f"page.statuses.{case.status.is_}")
    if case.status.as_of is None:
        return label
    return writer.text("page.as_of_year", what=label, year=case.status.as_of.first_day.year)


def _has_figure(sentence: str) -> bool:
    """Say whether a sentence counts something: a year is no count."""
    words = [word.strip("().,:;–%") for word in plain(sentence).split()]
    numbers = [word for word in words if word.replace("\xa0", "").isdigit()]
    return any(not (len(word) == 4 and word[:2] in ("19", "20")) for word in numbers)
