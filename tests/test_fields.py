"""The fields of a record as values, what is told of each, and the JSON Schema made from them."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from casebook.cli import main
from casebook.record.case import Case
from casebook.record.examples import example_problems, examples
from casebook.record.fields import FieldSpec, every_field, record_fields, reference_fields
from casebook.record.schema import DIALECT, FILE, record_schema, schema_text, word_label
from casebook.record.source import read
from casebook.record.vocabulary import Context, Vocabulary, load_vocabulary
from casebook.render.field_reference import field_reference
from support_casebook import GOLDEN, LANGUAGES, NB, ROOT, VOCABULARY
from test_golden import fields as fields_of_models

FIELDS = list({spec.key: spec for spec in every_field()}.values())
"""Each field that is explained, once."""
each_field = pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.key)


@cache
def site_vocabulary() -> Vocabulary:
    vocabulary, problems = load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)
    assert not problems
    return vocabulary


# --- fields ------------------------------------------------------------------------------------


def test_the_fields_are_those_of_the_models_in_their_order() -> None:
    assert [spec.name for spec in record_fields()] == [
        info.alias or name for name, info in Case.model_fields.items()
    ]
    paths = {spec.path for spec in every_field()}
    # A range of numbers and the entries of a translation are hidden from the models' annotations.
    hidden = {"results.values.value.from", "results.values.value.to"}
    assert paths == set(fields_of_models(Case)) | hidden


def test_what_may_stand_in_a_field_is_read_from_its_definition() -> None:
    by_path = {spec.path: spec for spec in every_field()}
    places, title, hard = by_path["places"], by_path["title"], by_path["hard_parts"]
    assert (places.form, places.many, places.least, places.required) == ("place", True, 1, True)
    assert (title.form, title.limit, title.cites) == ("line", 120, False)
    assert (hard.form, hard.words, hard.required) == ("prose", ("not-known",), True)
    assert (by_path["status"].short, by_path["status"].form) == ("is", "group")
    assert by_path["measures"].facet == "measures"
    assert by_path["results.values"].least == 1
    assert by_path["disagreements.accounts"].least == 2
    assert by_path["related"].form == "case"
    assert [spec.name for spec in by_path["translation"].fields] == ["by", "of"]


# --- what is told of each ----------------------------------------------------------------------


@each_field
def test_a_field_has_a_name_and_help_in_every_language(spec: FieldSpec) -> None:
    for language in LANGUAGES:
        assert language.text(f"record.{spec.key}.label")
        told = language.text(f"record.{spec.key}.help")
        assert told[0].isupper() and told.endswith("."), told
        assert all(word_label(spec, word, language) for word in spec.words)


def test_nothing_is_told_of_fields_there_are_not() -> None:
    told = {
        ".".join(key.split(".")[1:3])
        for key in NB.strings
        if re.fullmatch(r"record\.\w+\.\w+\.(label|help|avoid)", key)
    }
    assert told == {spec.key for spec in FIELDS}
    assert set(examples()) == told


def test_fields_that_are_told_of_elsewhere_are_linked_to() -> None:
    told = field_reference(NB, Context(LANGUAGES, site_vocabulary()))
    links = set(re.findall(r"\]\(#([^)]+)\)", told))
    assert links <= set(re.findall(r"\{#([^}]+)\}", told)), links
    assert "cost-amount" in links


@each_field
def test_the_good_example_is_good(spec: FieldSpec) -> None:
    context = Context(LANGUAGES, site_vocabulary())
    example = examples()[spec.key]
    assert example_problems(example.good, spec, context) == []
    assert example.good.startswith(f"{spec.name}:")


@each_field
def test_the_bad_example_is_refused_or_it_is_told_what_is_wrong_with_it(spec: FieldSpec) -> None:
    context = Context(LANGUAGES, site_vocabulary())
    example = examples()[spec.key]
    refused = example_problems(example.bad, spec, context)
    told = f"record.{spec.key}.avoid" in NB.strings
    assert bool(refused) != told
    assert example.bad.startswith(f"{spec.name}:")


# --- the JSON Schema ---------------------------------------------------------------------------


class Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does, and so programs in which records are written."""


Loader.yaml_implicit_resolvers = {}
for _tag, _shape, _first in (
    ("bool", r"true|false|True|False|TRUE|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_shape})$"), list(_first)
    )

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
}
KNOWN = {"$schema", "$id", "$defs", "$ref", "title", "description", "enumDescriptions", "type"}
KNOWN |= {"properties", "required", "additionalProperties", "items", "minItems", "uniqueItems"}
KNOWN |= {"enum", "anyOf", "pattern", "maxLength", "minimum", "maximum"}


def faults(schema: Any, value: Any, root: Any, place: str = "") -> Iterator[str]:
    """Where ``value`` is not as the schema says, by the rules of JSON Schema."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        inner = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        yield from faults(inner, value, root, place)
    if "anyOf" in schema and all([*faults(part, value, root)] for part in schema["anyOf"]):
        yield f"{place}: none of the choices"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r}"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(isinstance(value, TYPES[name]) for name in types):
        yield f"{place}: not {types}"
    yield from _scalar_faults(schema, value, place)
    if isinstance(value, dict) and "properties" in schema:
        yield from (
            f"{place}/{key}: missing" for key in schema.get("required", ()) if key not in value
        )
        for key, inner in value.items():
            if key in schema["properties"]:
                yield from faults(schema["properties"][key], inner, root, f"{place}/{key}")
            else:
                yield f"{place}/{key}: unknown"
    if isinstance(value, list) and "items" in schema:
        if len(value) < schema.get("minItems", 0):
            yield f"{place}: too few"
        if schema.get("uniqueItems") and len({*map(str, value)}) < len(value):
            yield f"{place}: repeated"
        for number, inner in enumerate(value):
            yield from faults(schema["items"], inner, root, f"{place}/{number}")


def _scalar_faults(schema: Any, value: Any, place: str) -> Iterator[str]:
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{place}: pattern"
        if len(value) > schema.get("maxLength", len(value)):
            yield f"{place}: too long"
    elif isinstance(value, int | float) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{place}: too small or large"


def judged(schema: Any, path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig") as stream:
        return [*faults(schema, yaml.load(stream, Loader), schema)]


def test_the_published_schema_is_up_to_date() -> None:
    published = ROOT / "docs" / "bidra" / FILE
    how = f"`casebook schema --output {published.relative_to(ROOT)}` writes it"
    assert published.read_text(encoding="utf-8") == schema_text(site_vocabulary(), LANGUAGES), how


def test_every_case_is_as_the_schema_says() -> None:
    schema = record_schema(site_vocabulary(), LANGUAGES, [NB])
    assert schema["$schema"] == DIALECT
    for path in sorted((ROOT / "cases").rglob("*.yml")):
        if "_vocabulary" not in path.parts:
            assert judged(schema, path) == [], path.name


@pytest.mark.parametrize("name", ["minimal", "citations", "figures", "machine-translation"])
def test_a_valid_record_is_as_the_schema_says(name: str) -> None:
    vocabulary, _ = load_vocabulary(VOCABULARY, LANGUAGES)
    schema = record_schema(vocabulary, LANGUAGES, [NB])
    assert judged(schema, GOLDEN / "valid" / f"{name}.yml") == []


def test_the_schema_finds_what_it_can_find() -> None:
    vocabulary = site_vocabulary()
    schema = record_schema(vocabulary, LANGUAGES, [NB])
    # What only the whole record can tell, and what no schema can say.
    beyond = {
        "not-a-date",
        "contacts",
        "challenge",
        "measure",
        "about",
        "direction",
        "disagreement",
        "economy",
        "basis",
        "translation",
    }
    for spec in FIELDS:
        bad = examples()[spec.key].bad
        if f"record.{spec.key}.avoid" in NB.strings or spec.name in beyond:
            continue
        value = yaml.load(bad, Loader)
        at = schema_at(schema, spec)
        assert [*faults(at, value[spec.name], schema)], f"{spec.path}: {bad}"


def schema_at(schema: Any, spec: FieldSpec) -> Any:
    """The part of the schema that describes a field."""
    found = schema
    for step in spec.path.split("."):
        found = found.get("items", found)
        parts = [found, *found.get("anyOf", ())]
        inner = found.get("properties", {})
        if inner.keys() <= set(LANGUAGES.codes) and inner:
            parts += inner.values()
        found = next(part for part in parts if step in part.get("properties", {}))
        found = found["properties"][step]
    return found


def test_schema_and_fields_have_the_same_keys() -> None:
    schema = record_schema(site_vocabulary(), LANGUAGES, [NB])
    names = [spec.name for spec in record_fields()]
    assert list(schema["properties"]) == [*names, "new_sources"]
    source = schema["properties"]["new_sources"]["additionalProperties"]
    assert list(source["properties"]) == [spec.name for spec in reference_fields()]
    assert source["required"] == ["title", "kind", "seen"]
    for spec in FIELDS:
        assert schema_at(schema, spec)["title"] == NB.text(f"record.{spec.key}.label")


def test_terms_are_told_with_their_names() -> None:
    schema = record_schema(site_vocabulary(), LANGUAGES, tuple(LANGUAGES))
    terms = schema["$defs"]["sectors"]
    assert len(terms["enum"]) == len(terms["enumDescriptions"])
    told = dict(zip(terms["enum"], terms["enumDescriptions"], strict=True))
    for id_, term in site_vocabulary().facet("sectors").items():
        assert all(term.label[code] in told[id_] for code in LANGUAGES.codes)


def test_the_command_writes_the_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["schema", "--lang", "nb"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["title"]["title"] == "Tittel"
    assert main(["schema", "--output", str(tmp_path / "a.json")]) == 0
    assert (tmp_path / "a.json").read_text() == schema_text(site_vocabulary(), LANGUAGES)


def test_vs_code_is_told_of_the_schema() -> None:
    lines = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8").splitlines()
    settings = json.loads("\n".join(line for line in lines if not line.strip().startswith("//")))
    (place, patterns), *others = settings["yaml.schemas"].items()
    assert not others
    assert (ROOT / place).is_file()
    assert patterns == ["cases/*.yml", "!cases/_vocabulary/*.yml"]
    advice = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in advice["recommendations"]


def test_every_field_of_the_golden_record_is_explained() -> None:
    document, _ = read(GOLDEN / "valid" / "every-field" / "every-field.yml")
    assert document is not None
    assert set(document.plain()) == {spec.name for spec in record_fields()}
