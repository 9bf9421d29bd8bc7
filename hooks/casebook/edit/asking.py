"""Questions about a new record, one field after the other, each answer checked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from casebook.edit.template import written
from casebook.languages import Language
from casebook.record.examples import example_problems
from casebook.record.fields import FieldSpec, record_fields
from casebook.record.schema import word_label
from casebook.record.vocabulary import Context

Ask = Callable[[str], str]
"""Shows a question and returns the answer; raises EOFError when there will be no more."""
Say = Callable[[str], None]

_NOT_ASKED = ("updated",)
_MANY = 40


def ask_record(ask: Ask, say: Say, language: Language, context: Context) -> dict[str, Any]:
    """Return the answers about all fields that a record must have, as a record holds them.

    No answer leaves a field open, and so does the end of all answers.  An answer that breaks a rule
    is asked for again, with the message and the advice of the check.
    """
    questions = _Questions(ask, say, language, context)
    record: dict[str, Any] = {}
    say(language.text("command.new.ask"))
    try:
        for spec in record_fields():
            if spec.required and spec.name not in _NOT_ASKED:
                answer = questions.field(spec)
                if answer is not None:
                    record[spec.name] = answer
    except EOFError:
        say("")
    return record


class _Questions:
    def __init__(self, ask: Ask, say: Say, language: Language, context: Context) -> None:
        self._ask = ask
        self._say = say
        self._language = language
        self._context = context

    def field(self, spec: FieldSpec) -> Any:
        """Return what a field is to hold, None when it is left open."""
        self._explain(spec)
        while True:
            answer = self._value(spec)
            if answer is None or not self._refused(spec, answer):
                return answer

    def _explain(self, spec: FieldSpec) -> None:
        text = self._language.text
        self._say(f"\n{text(f'record.{spec.key}.label')} [{spec.name}]")
        self._say(f"  {text(f'record.{spec.key}.help')}")
        chosen = next((f for f in spec.fields if f.required and f.form in ("term", "word")), spec)
        choices = list(self._choices(chosen))
        if choices and len(choices) <= _MANY:
            self._say("\n".join(f"    {choice}" for choice in choices))

    def _choices(self, spec: FieldSpec) -> Iterator[str]:
        if spec.form == "term":
            for id_, term in self._context.vocabulary.facet(spec.facet).items():
                label = term.label.get(self._language.code) or next(iter(term.label.values()))
                yield f"{id_}: {label}"
        for word in spec.words:
            yield f"{word}: {word_label(spec, word, self._language)}"

    def _value(self, spec: FieldSpec) -> Any:
        if spec.in_languages:
            return self._texts(spec)
        if spec.short:
            return self._line(spec.name) or None
        if spec.form == "group":
            found = {field.name: self._value(field) for field in spec.fields if field.required}
            group = {name: value for name, value in found.items() if value is not None}
            return ([group] if spec.many else group) if group else None
        words = self._line(spec.name)
        if not spec.many:
            return words or None
        return [word.strip() for word in words.split(",") if word.strip()] or None

    def _texts(self, spec: FieldSpec) -> Any:
        texts: dict[str, str] = {}
        for code in self._context.languages.required:
            words = self._line(f"{spec.name}.{code}")
            if not texts and words in spec.words:
                return words
            if words:
                texts[code] = words
        return texts or None

    def _line(self, name: str) -> str:
        return self._ask(f"  {name}: ").strip()

    def _refused(self, spec: FieldSpec, answer: Any) -> bool:
        """Tell what is wrong with an answer; what is left open inside it is not wrong yet."""
        text = "\n".join(written(spec.name, answer))
        problems = [
            problem
            for problem in example_problems(text, spec, self._context)
            if problem.rule not in ("missing-field", "missing-language")
        ]
        for problem in problems:
            message, hint = self._language.message(problem)
            self._say(f"  {message}\n    {hint}")
        return bool(problems)
