"""Questions about a new record, one field after the other, each answer checked at once.

What has been answered is a text for each question.  Going back, or going on another day, asks the
same questions again, takes the answers there are, and says nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from casebook.edit.choosing import MOST, Choices
from casebook.edit.template import written
from casebook.languages import Language
from casebook.problem import Problem, errors
from casebook.record.examples import example_problems, examples
from casebook.record.fields import FieldSpec, record_fields
from casebook.record.vocabulary import Context
from casebook.report import visible

Ask = Callable[[str], str]
"""Shows a question and returns the answer; raises EOFError when there will be no more."""
Say = Callable[[str], None]
Keep = Callable[[dict[str, str]], None]
"""Takes all answers whenever there is a new one."""

BACK, LIST, EMPTY = "<", "?", "-"
"""Answers that go back, list what can be chosen, and take away an earlier answer."""
_NOT_ASKED = ("updated",)
_MOST_LIKELY = 8


class _GoBack(Exception):  # noqa: N818 - no error: a person's wish
    """A person wants to change the answer before this one."""


def ask_record(
    ask: Ask,
    say: Say,
    language: Language,
    context: Context,
    answers: dict[str, str],
    keep: Keep,
) -> dict[str, Any]:
    """Return the answers about all fields that a record must have, as a record holds them.

    No answer leaves a field open, and so does the end of all answers.  An answer that breaks a rule
    is asked for again, with the message and the advice of the check.  ``answers`` are those of an
    earlier time, as ``keep`` was given them.
    """
    questions = _Questions(ask, say, language, context, dict(answers), keep)
    say(language.text("command.new.ask", back=BACK, list=LIST, empty=EMPTY))
    while True:
        try:
            return questions.record()
        except _GoBack:
            continue


class _Questions:
    def __init__(
        self,
        ask: Ask,
        say: Say,
        language: Language,
        context: Context,
        answers: dict[str, str],
        keep: Keep,
    ) -> None:
        self._ask = ask
        self._say = say
        self._language = language
        self._context = context
        self._answers = answers
        self._keep = keep
        self._known = len(answers)
        """So many questions have their answers, and are not asked until somebody goes back."""
        self._place = 0
        self._explained = False
        self._ended = False

    def record(self) -> dict[str, Any]:
        """Return what is answered to all questions."""
        self._place = 0
        asked = [spec for spec in record_fields() if spec.required and spec.name not in _NOT_ASKED]
        found = {spec.name: self._field(spec) for spec in asked}
        return {name: answer for name, answer in found.items() if answer is not None}

    def _field(self, spec: FieldSpec) -> Any:
        """Return what a field is to hold, None when it is left open."""
        self._explained = False
        start = self._place
        while True:
            answer = self._value(spec)
            problems = [] if answer is None else self._problems(spec, answer)
            for problem in problems:
                self._tell(problem, spec)
            if not errors(problems):
                return answer
            self._forget(spec, problems)
            self._place = self._known = start

    def _tell(self, problem: Problem, spec: FieldSpec) -> None:
        """Say what is wrong and what to do: choose, where several have the name that was given."""
        message, hint = self._language.message(problem)
        named = dict(problem.details).get("value", "")
        likely = self._choices(spec).listed(named)[:_MOST_LIKELY] if named else []
        self._say(f"  {message}")
        for line in likely or [hint]:
            self._say(f"    {line}")

    def _explain(self, spec: FieldSpec) -> None:
        text = self._language.text
        self._say(f"\n{text(f'record.{spec.key}.label')} [{spec.name}]")
        self._say(f"  {text(f'record.{spec.key}.help')}")
        chosen = next((f for f in spec.fields if f.required and f.form in ("term", "word")), spec)
        choices = self._choices(chosen)
        if len(choices) <= MOST:
            self._list(chosen, "")
        else:
            self._say(f"    {text('command.new.many', number=len(choices), list=LIST)}")

    def _choices(self, spec: FieldSpec) -> Choices:
        return Choices(spec, self._context, self._language)

    def _list(self, spec: FieldSpec, part: str) -> None:
        """Say what can be chosen, of which the name has ``part`` in it."""
        found = self._choices(spec).listed(part)
        for line in found[:MOST]:
            self._say(f"    {line}")
        if part and not found:
            self._say(f"    {self._language.text('command.new.none', part=part)}")
        elif len(found) > MOST:
            left = len(found) - MOST
            self._say(f"    {self._language.text('command.new.more', number=left, list=LIST)}")

    def _help(self, spec: FieldSpec, part: str) -> None:
        """Say what may stand here: the choices, or an example where anything may."""
        if len(self._choices(spec)):
            self._list(spec, part)
            return
        for line in examples()[spec.key].good.splitlines():
            self._say(f"    {line}")

    def _value(self, spec: FieldSpec) -> Any:
        if spec.in_languages:
            return self._texts(spec)
        if spec.form == "group" and not spec.short:
            inner = [field for field in spec.fields if field.required]
            found = {field.name: self._one(spec, field, spec.name) for field in inner}
            group = {name: value for name, value in found.items() if value is not None}
            return ([group] if spec.many else group) if group else None
        return self._one(spec, spec)

    def _one(self, spec: FieldSpec, field: FieldSpec, above: str = "") -> Any:
        """Return the answer to one question: an id, a word or a text, or a list of them."""
        name = f"{above}.{field.name}" if above else field.name
        line = self._line(spec, field, name, self._language.text(f"record.{field.key}.label"))
        choices = self._choices(field)
        return (choices.all_meant(line) if field.many else choices.meant(line)) or None

    def _texts(self, spec: FieldSpec) -> Any:
        texts: dict[str, str] = {}
        label = self._language.text(f"record.{spec.key}.label")
        for code in self._context.languages.required:
            asked = f"{label} ({self._language.called(code)})"
            words = self._line(spec, spec, f"{spec.name}.{code}", asked)
            word = self._choices(spec).meant(words) if spec.words else ""
            if not texts and word in spec.words:
                return word
            if words:
                texts[code] = words
        return texts or None

    def _line(self, spec: FieldSpec, field: FieldSpec, name: str, label: str) -> str:
        """Return the answer to a question that is called ``name``, asking where there is none."""
        self._place += 1
        earlier = self._answers.get(name, "")
        if self._ended or (self._place <= self._known and name in self._answers):
            return earlier
        shown = f" [{visible(earlier)}]" if earlier else ""
        if not self._explained:
            self._explained = True
            self._explain(spec)
        while True:
            try:
                said = self._ask(f"  {label}{shown}: ").strip()
            except EOFError:
                self._ended = True
                self._say("")
                return earlier
            if said == BACK:
                self._known = max(0, self._place - 2)
                raise _GoBack
            if not said.startswith(LIST):
                break
            self._help(field, said.removeprefix(LIST).strip())
        self._known = 0
        self._answers[name] = "" if said == EMPTY else said or earlier
        self._keep(self._answers)
        return self._answers[name]

    def _problems(self, spec: FieldSpec, answer: Any) -> list[Problem]:
        """Return what is wrong with an answer; what is left open inside it is not wrong yet."""
        text = "\n".join(written(spec.name, answer))
        return [
            problem
            for problem in example_problems(text, spec, self._context)
            if problem.rule not in ("missing-field", "missing-language")
        ]

    def _forget(self, spec: FieldSpec, problems: list[Problem]) -> None:
        """Drop the answers that are wrong, or all of the field when nothing tells which."""
        own = [name for name in self._answers if name.partition(".")[0] == spec.name]
        fields = {
            re.sub(r"\[\d+\]", "", dict(problem.details).get("field", "")) for problem in problems
        }
        for name in [name for name in own if name in fields] or own:
            del self._answers[name]
