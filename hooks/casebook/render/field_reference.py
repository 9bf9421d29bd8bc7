"""The fields of a record for editors, as the body of a page in Markdown.

Each field has its name, what to write in it, a good example and a bad one.  What is said about the
bad one is what the check says, in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook.browser.form_data import told_word
from casebook.languages import Language
from casebook.record.examples import example_problems, examples
from casebook.record.fields import FieldSpec, record_fields, reference_fields
from casebook.record.schema import word_label
from casebook.record.vocabulary import Context
from casebook.render.glossary import escaped


def field_reference(language: Language, context: Context) -> str:
    """Return a heading for each field, with those inside it below."""
    writer = _Writer(language, context)
    return "\n\n".join(block for spec in record_fields() for block in writer.field(spec)) + "\n"


def source_reference(language: Language) -> str:
    """Return the fields of a source as a list: what each is, and what may stand in it."""
    return "\n".join(_source_field(spec, language) for spec in reference_fields()) + "\n"


def _source_field(spec: FieldSpec, language: Language) -> str:
    told = [_marked(language.text(f"form.source.{spec.name}.help"))]
    if spec.words:
        words = (f"`{word}` ({escaped(told_word(spec, word, language))})" for word in spec.words)
        told.append(f"{language.text('record.reference.choices')} {', '.join(words)}")
    must = language.text(f"record.reference.{'required' if spec.required else 'optional'}")
    return f"- `{spec.name}` · {must} · {' '.join(told)}"


class _Writer:
    def __init__(self, language: Language, context: Context) -> None:
        self._language = language
        self._context = context
        self._told: dict[str, FieldSpec] = {}

    def field(self, spec: FieldSpec, depth: int = 2) -> Iterator[str]:
        """Yield the blocks about a field and about those inside it."""
        text = self._language.text
        label = escaped(text(f"record.{spec.key}.label"))
        yield f"{'#' * depth} {label} {{#{_anchor(spec)}}}"
        yield self._facts(spec)
        yield _marked(text(f"record.{spec.key}.help"))
        choices = ", ".join(self._choices(spec))
        if choices:
            yield f"{text('record.reference.choices')} {choices}"
        example = examples()[spec.key]
        yield text("record.reference.good")
        yield f"```yaml\n{example.good}\n```"
        yield text("record.reference.bad")
        yield f"```yaml\n{example.bad}\n```"
        yield self._judged(spec, example.bad)
        yield from self._inside(spec, depth + 1)

    def _inside(self, spec: FieldSpec, depth: int) -> Iterator[str]:
        if not spec.fields:
            return
        first = self._told.setdefault(spec.fields[0].model, spec)
        if first is not spec:
            label = escaped(self._language.text(f"record.{first.key}.label"))
            href = f"[{label}](#{_anchor(first)})"
            yield self._language.text("record.reference.same", field=href)
            return
        for inner in spec.fields:
            yield from self.field(inner, min(depth, 4))

    def _facts(self, spec: FieldSpec) -> str:
        """Return on one line how the field is written, and whether it must be there."""
        text = self._language.text
        facts = [f"`{spec.path}`", _marked(text(f"record.forms.{spec.form}", facet=spec.facet))]
        if spec.many:
            key = "record.reference.list_of" if spec.least > 1 else "record.reference.list"
            facts.append(text(key, least=spec.least))
        if spec.limit is not None:
            facts.append(text("record.reference.limit", limit=self._language.number(spec.limit)))
        if spec.cites:
            facts.append(text("record.reference.cites"))
        facts.append(text(f"record.reference.{'required' if spec.required else 'optional'}"))
        return " · ".join(facts)

    def _choices(self, spec: FieldSpec) -> Iterator[str]:
        for id_, term in self._context.vocabulary.facet(spec.facet).items():
            label = term.label.get(self._language.code) or next(iter(term.label.values()))
            yield f"`{id_}` ({escaped(label)})"
        for word in spec.words:
            yield f"`{word}` ({escaped(word_label(spec, word, self._language))})"

    def _judged(self, spec: FieldSpec, bad: str) -> str:
        """Return what is wrong with the bad example."""
        problems = example_problems(bad, spec, self._context)
        if not problems:
            return _marked(self._language.text(f"record.{spec.key}.avoid"))
        message, hint = self._language.message(problems[0])
        return f"{escaped(message)} {escaped(hint)}"


def _anchor(spec: FieldSpec) -> str:
    return spec.path.replace(".", "-").replace("_", "-")


def _marked(text: str) -> str:
    """Return our own words, in which backticks mark what is written in a file."""
    return "`".join(
        part if place % 2 else escaped(part) for place, part in enumerate(text.split("`"))
    )
