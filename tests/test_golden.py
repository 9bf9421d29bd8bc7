"""Records with the page they become, and records with every problem they have.

A file or folder put into ``golden/valid`` or ``golden/invalid`` is a test.  A folder is a whole
library: records that refer to each other, and files that replace those of the golden vocabulary
(``name.gone`` takes one away).  What is expected stands beside it;
``UPDATE_GOLDEN=1 make test ARGS=tests/test_golden.py`` writes it anew.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.case_page import build_case_page
from casebook.problem import Problem
from casebook.record.case import Case
from casebook.record.model import Model
from casebook.record.source import MAX_BYTES, read
from casebook.record.vocabulary import FOLDER
from casebook.render.pages import Renderer, Shown
from support_casebook import (
    GOLDEN,
    LANGUAGES,
    MINIMAL,
    ROOT,
    VOCABULARY,
    PlainLinks,
    load,
    report,
    write_cases,
)
from test_editor_faults import MISTAKES

UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
VALID, INVALID, PAGES = GOLDEN / "valid", GOLDEN / "invalid", GOLDEN / "pages"


def examples(folder: Path) -> list[Path]:
    """The records and libraries of ``folder``."""
    found = (entry for entry in folder.iterdir() if entry.is_dir() or entry.suffix == ".yml")
    return sorted(found, key=lambda entry: entry.name)


def examples_of_pages() -> list[Path]:
    """The hand-written pages with problems (see ``test_handwritten``)."""
    found = (entry for entry in PAGES.iterdir() if entry.is_dir() or entry.suffix == ".md")
    return sorted(found, key=lambda entry: entry.name)


def load_golden(example: Path, folder: Path) -> tuple[Library, list[Problem]]:
    """Read a record or library as if it were the folder ``cases``."""
    cases = folder / "cases"
    shutil.copytree(VOCABULARY, cases / "_vocabulary")
    if example.is_dir():
        ignore = shutil.ignore_patterns("*.json", "*.gone")
        shutil.copytree(example, cases, ignore=ignore, dirs_exist_ok=True)
        for gone in example.glob("_vocabulary/*.gone"):
            (cases / "_vocabulary" / gone.with_suffix(".yml").name).unlink()
    else:
        shutil.copy(example, cases)
    return load_library(cases, LANGUAGES, name="cases")


def expect(path: Path, text: str) -> None:
    """Check ``text`` against the file, or write the file when that is what was asked for."""
    if UPDATE:
        path.write_bytes(text.encode())
    how = (
        "`UPDATE_GOLDEN=1 make test ARGS=tests/test_golden.py` writes it; read it before you commit"
    )
    assert path.is_file(), f"{path.relative_to(ROOT)} is missing: {how}"
    assert text == path.read_bytes().decode(), f"{path.relative_to(ROOT)} says otherwise: {how}"


def expectation(example: Path, id_: str, language: Language) -> Path:
    """Where the page of a record is expected: beside its file."""
    beside = next(example.rglob(f"{id_}.yml")) if example.is_dir() else example
    return beside.with_name(f"{id_}.{language.code}.json")


# --- records without problems ----------------------------------------------------------------


@pytest.mark.parametrize("example", examples(VALID), ids=lambda example: example.stem)
def test_a_valid_record_becomes_this_page(example: Path, tmp_path: Path) -> None:
    library, problems = load_golden(example, tmp_path)
    assert not problems, report(problems)
    for id_ in library.cases:
        for language in LANGUAGES:
            page = asdict(build_case_page(id_, library, language))
            text = json.dumps(page, ensure_ascii=False, indent=2, sort_keys=True)
            expect(expectation(example, id_, language), text + "\n")


def test_every_file_among_the_goldens_belongs_to_an_example() -> None:
    expected = {
        expectation(example, record.stem, language)
        for example in examples(VALID)
        for record in (example.rglob("*.yml") if example.is_dir() else [example])
        if record.parent.name != FOLDER
        for language in LANGUAGES
    }
    assert {*VALID.rglob("*.json")} == expected
    problems = {example.with_name(f"{example.stem}.problems.txt") for example in examples(INVALID)}
    assert {*INVALID.glob("*.txt")} == problems


def models(annotation: Any) -> Iterator[type[Model]]:
    """The models that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def fields(model: type[Model], prefix: str = "") -> Iterator[str]:
    """Every field of the format as a path, such as ``results.values.year``."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        yield path
        for inner in models(field.annotation):
            yield from fields(inner, f"{path}.")


def written(value: Any, prefix: str = "") -> Iterator[str]:
    """Every path of keys that a record holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{prefix}{key}"
            yield from written(inner, f"{prefix}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, prefix)


def test_one_record_uses_every_field_of_the_format() -> None:
    document, _ = read(VALID / "every-field" / "every-field.yml")
    assert document is not None
    used = {path.replace("translation.en", "translation") for path in written(document.plain())}
    assert set(fields(Case)) - used == set()


TRAPS = (
    "<script>alert(1)</script>",
    "<script>alert(2)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- a comment -->",
    "{{ 7*7 }}",
    '{% include "secret" %}',
    "{% raw %}",
    "${x}",
    "&#106;",
    "&lt;b&gt; **x [x] # 'y'",
)
"""Some of what stands in the record with traps, as a reader of its page should see it."""


def test_nothing_in_a_record_comes_alive_on_its_page(tmp_path: Path) -> None:
    library, _ = load_golden(VALID / "html-traps.yml", tmp_path)
    renderer = Renderer(ROOT / "overrides")
    for language in LANGUAGES:
        page = build_case_page("html-traps", library, language)
        pictures = {"kafe.jpg": Shown("../../assets/kafe.jpg", 4, 3)}
        html = renderer.case(page, language, PlainLinks(), None, pictures=pictures)
        soup = BeautifulSoup(html, "html.parser")
        assert not soup.find_all(["script", "iframe", "b", "form", "meta"])
        assert [image["src"] for image in soup.find_all("img")] == ["../../assets/kafe.jpg"]
        attributes = [(tag.name, name) for tag in soup.find_all(True) for name in tag.attrs]
        assert not [name for _, name in attributes if name.startswith("on") or name == "style"]
        addresses = [str(link["href"]) for link in soup.find_all(href=True)]
        safe = (
            PlainLinks.site,
            "#",
            "https://www.example.org/",
            "mailto:post@example.org",
            "tel:+4700000000",
        )
        assert not [address for address in addresses if not address.lower().startswith(safe)]
        text = soup.get_text(" ") + " ".join(str(image["alt"]) for image in soup.find_all("img"))
        assert [trap for trap in TRAPS if trap not in text] == []
        shown = set(re.findall(rf"\b({language.code}\d+) <script>", text))
        assert shown == numbered(VALID / "html-traps.yml", language)


def numbered(path: Path, language: Language) -> set[str]:
    """The numbers that texts of a record begin with."""
    return set(re.findall(rf'"({language.code}\d+) ', read_text(path)))


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- records with problems -------------------------------------------------------------------


def in_every_language(problems: list[Problem]) -> str:
    """The report on ``problems`` in each language under its name."""
    parts = (f"# {language.name}\n\n{report(problems, language.code)}" for language in LANGUAGES)
    return "\n".join(parts)


@pytest.mark.parametrize("example", examples(INVALID), ids=lambda example: example.stem)
def test_an_invalid_record_has_these_problems(example: Path, tmp_path: Path) -> None:
    library, problems = load_golden(example, tmp_path)
    assert problems, "this record has no problems: it belongs in golden/valid"
    faulty = {problem.path for problem in problems}
    for id_ in library.cases:
        assert not {path for path in faulty if path.endswith(f"/{id_}.yml")}
    expect(example.with_name(f"{example.stem}.problems.txt"), in_every_language(problems))


def too_large(folder: Path) -> list[Problem]:
    text = MINIMAL + f"# {'a' * MAX_BYTES}\n"
    return load(folder, {"case.yml": text[: MAX_BYTES + 1]})[1]


def symbolic_links(folder: Path) -> list[Problem]:
    """Links to a file, a folder and nothing: among records, and in the vocabulary."""
    outside = folder / "outside"
    shutil.copytree(GOLDEN / "_vocabulary", outside)
    cases = write_cases(folder / "cases", {"case.yml": MINIMAL})
    (cases / "file.yml").symlink_to(cases / "case.yml")
    (cases / "folder").symlink_to(outside)
    (cases / "nothing.yml").symlink_to(folder / "nothing")
    (cases / "_vocabulary" / "more.yml").symlink_to(outside / "sectors.yml")
    return load_library(cases, LANGUAGES, name="cases")[1]


def linked_vocabulary(folder: Path) -> list[Problem]:
    cases = folder / "cases"
    cases.mkdir()
    (cases / "_vocabulary").symlink_to(GOLDEN / "_vocabulary")
    return load_library(cases, LANGUAGES, name="cases")[1]


def missing_file(folder: Path) -> list[Problem]:
    return read(folder / "missing.yml", "cases/missing.yml")[1]


def no_vocabulary(folder: Path) -> list[Problem]:
    return load_library(folder, LANGUAGES, name="cases")[1]


BY_HAND: dict[Callable[[Path], list[Problem]], list[tuple[str, str]]] = {
    too_large: [("too-large", "case.yml")],
    symbolic_links: [
        ("symbolic-link", "_vocabulary/more.yml"),
        ("symbolic-link", "file.yml"),
        ("symbolic-link", "folder"),
        ("symbolic-link", "nothing.yml"),
    ],
    linked_vocabulary: [("symbolic-link", "_vocabulary")],
    missing_file: [("unreadable", "missing.yml")],
    no_vocabulary: [("no-vocabulary", "_vocabulary")],
}
"""What git cannot store, or should not: how it is made, and the problems it has."""


@pytest.mark.parametrize("made", BY_HAND, ids=lambda made: made.__name__)
def test_what_cannot_be_stored_has_these_problems(
    made: Callable[[Path], list[Problem]], tmp_path: Path
) -> None:
    problems = made(tmp_path)
    expected = [(rule, f"cases/{name}", 1, 1) for rule, name in BY_HAND[made]]
    assert [(found.rule, found.path, found.line, found.column) for found in problems] == expected
    assert in_every_language(problems)  # each has a message and a hint


def test_a_record_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    text = MINIMAL + "# "
    _, problems = load(tmp_path, {"case.yml": text.ljust(MAX_BYTES - len(text.encode()), "a")})
    assert problems == []


def test_every_rule_is_broken_by_an_example() -> None:
    strings = LANGUAGES.default.strings
    rules = {key.split(".")[1] for key in strings if key.startswith("problems.")}
    reports = (read_text(path) for path in GOLDEN.rglob("*.problems.txt"))
    broken = {rule for text in reports for rule in re.findall(r" \[([a-z0-9-]+)\]$", text, re.M)}
    broken |= {rule for expected in BY_HAND.values() for rule, _ in expected}
    broken |= {mistake.rule for mistake in MISTAKES}
    assert sorted(rules - broken) == [], "write a golden record that breaks each of these"
