"""The glossary: what words mean here, by theme, and how they are written in running text.

Its text is a small part of Markdown (emphasis and links, also to pages of the site), taken apart
here once; everything else in it is plain text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, ValidationError

from casebook.problem import Problem
from casebook.record.kinds import (
    ID_SHAPE,
    Id,
    Kind,
    Line,
    Paragraphs,
    Synonyms,
    Text,
    Translations,
    read_address,
)
from casebook.record.model import Fault, Model, closest, fault, problems_of, report, rethrown, some
from casebook.record.source import Document

WORD = r"[^\W_]+(?:-[^\W_]+)*"
"""A word of running text; what a hyphen joins is one word (``NAV-kontor`` is not ``NAV``)."""

_INLINE = re.compile(
    r"\[(?P<link>[^\[\]\n]+)\]\((?P<target>[^()\s]+)\)"
    r"|\*(?P<emphasis>[^*\n]+)\*(?:\{lang=(?P<language>[a-z]{2})\})?"
)
_PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+(?:\.[a-z]{2})?\.md(?:#[a-z0-9-]+)?")
_FORM = re.compile(rf"{WORD}(?:[ '’]{WORD})*")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[^a-zæøå])")


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of glossary text: plain, emphasised (perhaps in a language), or a link."""

    text: str
    target: str | None = None
    emphasis: bool = False
    language: str | None = None


def inlines(text: str) -> Iterator[Inline]:
    """Yield the pieces of a glossary text in their order."""
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield Inline(text[end : match.start()])
        end = match.end()
        link, target, emphasis, language = match.group("link", "target", "emphasis", "language")
        if link is not None:
            yield Inline(link, target=target)
        else:
            yield Inline(emphasis, emphasis=True, language=language)
    if end < len(text):
        yield Inline(text[end:])


@dataclass(frozen=True)
class GlossaryText(Kind):
    """A text in every language with emphasis and links; a link leads to a page or a website."""

    limit: int = 1_200

    def read(self, value: Any, context: Any) -> dict[str, str]:
        """Return language code -> text on one line; every required language must be there."""
        faults: list[Fault] = []
        try:
            Text("line", self.limit).read(_without_links(value), context)
        except ValidationError as error:
            faults.extend(rethrown(error))
        texts = {code: " ".join(text.split()) for code, text in _texts(value)}
        for code, text in texts.items():
            for part in inlines(text):
                address = part.target
                if address and not (_PAGE.fullmatch(address) or read_address(address)):
                    faults.append(fault("glossary-link", code, address=address, find=address))
        report(faults)
        return texts


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((code, text) for code, text in value.items() if isinstance(text, str))


def _without_links(value: Any) -> Any:
    """Return the translations with links as their words alone, for the rules of plain text."""
    plain = {code: _plain(text) for code, text in _texts(value)}
    return {**value, **plain} if plain else value


def _plain(text: str) -> str:
    return "".join(part.text for part in inlines(text))


@dataclass(frozen=True)
class Forms(Kind):
    """How a term is written in running text, as lists by language of the site."""

    def read(self, value: Any, context: Any) -> dict[str, tuple[str, ...]]:
        """Return language code -> forms, each of whole words with single spaces between."""
        faults: list[Fault] = []
        forms: dict[str, tuple[str, ...]] = {}
        try:
            forms = Synonyms().read(value, context)
        except ValidationError as error:
            faults.extend(rethrown(error))
        allowed = ", ".join(context.languages.codes)
        for code, words in value.items() if isinstance(value, dict) else ():
            if code not in context.languages and len(code) == 2 and code.isalpha():
                faults.append(fault("unknown-language", code, key=code, allowed=allowed))
            for place, word in enumerate(words if isinstance(words, list) else ()):
                given = word.strip() if isinstance(word, str) else ""
                if given and _FORM.fullmatch(given) is None:
                    faults.append(fault("form-not-words", code, place, value=given))
        report(faults)
        return forms


class GlossaryGroup(Model):
    """A theme that terms are grouped by; its id is its place on the glossary page."""

    label: Line = Field(examples=["label: {nb: Metoder og roller, en: Methods and roles}"])


class GlossaryTerm(Model):
    """A word with what it means here; its id is its place on the glossary page."""

    label: Line = Field(examples=["label: {nb: Fagbrev, en: Trade certificate}"])
    group: Id = Field(examples=["group: methods"])
    explanation: Annotated[Translations, GlossaryText()] = Field(
        examples=["explanation: {nb: …, en: …}"]
    )
    short: Paragraphs | None = None
    also_called: Annotated[Translations, GlossaryText(300)] | None = None
    forms: Annotated[Mapping[str, tuple[str, ...]], Forms()] = Field(default_factory=dict)
    synonyms: Annotated[Mapping[str, tuple[str, ...]], Synonyms()] = Field(default_factory=dict)
    see: tuple[Id, ...] = ()

    def brief(self, code: str) -> str:
        """Return the explanation for use in place: plain text, and without what links say.

        That is ``short``, else the sentences before the first one with a link (that one too, when
        nothing stands before it).
        """
        if self.short is not None and code in self.short:
            return self.short[code]
        sentences = _SENTENCE_END.split(self.explanation[code])
        linked = (
            place
            for place, words in enumerate(sentences)
            if any(part.target is not None for part in inlines(words))
        )
        return _plain(" ".join(sentences[: next(linked, len(sentences)) or 1]))

    def search_words(self) -> dict[str, tuple[str, ...]]:
        """Return language code -> everything the term is called in it, without repetition.

        Names in other languages (nynorsk, for one) are those marked in ``also_called``.
        """
        words: dict[str, dict[str, None]] = {}
        for code, label in self.label.items():
            words.setdefault(code, {})[label] = None
        for lists in (self.forms, self.synonyms):
            for code, names in lists.items():
                words.setdefault(code, {}).update(dict.fromkeys(names))
        for text in (self.also_called or {}).values():
            for part in inlines(text):
                if part.language is not None:
                    words.setdefault(part.language, {})[part.text] = None
        return {code: tuple(names) for code, names in words.items()}


class _File(Model):
    """The two parts of the file."""

    groups: Mapping[str, Any] = Field(examples=["groups: {methods: {label: {nb: …, en: …}}}"])
    terms: Mapping[str, Any] = Field(examples=["terms: {}"])


@dataclass(frozen=True, slots=True)
class Glossary:
    """Groups and terms by id, in the order of the file, and that file."""

    groups: Mapping[str, GlossaryGroup] = field(default_factory=dict)
    terms: Mapping[str, GlossaryTerm] = field(default_factory=dict)
    document: Document | None = None

    def of_group(self, group: str) -> dict[str, GlossaryTerm]:
        """Return the terms of a group by id."""
        return {id_: term for id_, term in self.terms.items() if term.group == group}


def read_glossary(document: Document, context: Any) -> tuple[Glossary, list[Problem]]:
    """Return the glossary in ``document`` without the entries that have problems, and these.

    ``context`` is the ``casebook.record.vocabulary.Context`` of the build.
    """
    try:
        file = _File.model_validate(document.plain(), context=context)
    except ValidationError as error:
        return Glossary(document=document), list(problems_of(error, document, _File))
    groups: dict[str, GlossaryGroup] = {}
    terms: dict[str, GlossaryTerm] = {}
    problems = [
        *_entries(document, "groups", file.groups, GlossaryGroup, groups, context),
        *_entries(document, "terms", file.terms, GlossaryTerm, terms, context),
        *_names(document, file, terms),
        *_shared_forms(document, terms),
    ]
    return Glossary(groups, terms, document), problems


def _entries(
    document: Document,
    part: str,
    raw: Mapping[str, Any],
    model: type[Model],
    target: dict[str, Any],
    context: Any,
) -> Iterator[Problem]:
    for key, value in raw.items():
        if re.fullmatch(ID_SHAPE, key) is None:
            yield _problem(document, "not-an-id", (part, key), value=key)
            continue
        try:
            target[key] = model.model_validate(value, context=context)
        except ValidationError as error:
            yield from problems_of(error, document, model, (part, key))


def _names(document: Document, file: _File, terms: Mapping[str, GlossaryTerm]) -> Iterator[Problem]:
    """What a term names must be in the file (also when it has a problem of its own)."""
    for id_, term in terms.items():
        if id_ in file.groups:
            yield _problem(document, "term-and-group", ("terms", id_), value=id_)
        if term.group not in file.groups:
            steps: tuple[str | int, ...] = (id_, "group")
            yield _unknown(document, "unknown-group", steps, term.group, file.groups)
        for place, other in enumerate(term.see):
            steps = (id_, "see", place)
            if other == id_:
                yield _problem_at(document, "see-itself", steps, value=other)
            elif other not in file.terms:
                yield _unknown(document, "unknown-glossary-term", steps, other, file.terms)


def _shared_forms(document: Document, terms: Mapping[str, GlossaryTerm]) -> Iterator[Problem]:
    """A form of two terms would be explained as one of them by chance."""
    seen: dict[tuple[str, str], str] = {}
    for id_, term in terms.items():
        for code, forms in term.forms.items():
            for place, word in enumerate(forms):
                first = seen.setdefault((code, word.lower()), id_)
                if first != id_:
                    steps = (id_, "forms", code, place)
                    details = {"word": word, "first": first, "second": id_}
                    yield _problem_at(document, "shared-form", steps, **details)


def _unknown(
    document: Document,
    rule: str,
    steps: tuple[str | int, ...],
    value: str,
    known: Mapping[str, Any],
) -> Problem:
    details = {"value": value, "closest": closest(value, known), "allowed": some(known)}
    return _problem_at(document, rule, steps, **details)


def _problem_at(
    document: Document, rule: str, steps: tuple[str | int, ...], **details: str
) -> Problem:
    """Return a problem with the value at ``steps`` below the terms."""
    where = document.value_position(("terms", *steps))
    return Problem.make(document.path, where.line, where.column, rule, **details)


def _problem(document: Document, rule: str, steps: tuple[str, ...], **details: str) -> Problem:
    """Return a problem with the key at ``steps``."""
    where = document.position(steps)
    return Problem.make(document.path, where.line, where.column, rule, **details)
