"""Pages, files and records that were written to do harm: refused with line and remedy, or harmless.

The attacks are data (``tests/attacks``); an entry there is a test.  What browsers make of them:
``test_attacks_in_browsers``.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from attack_support import (
    EVERY_FIELD,
    FILES,
    ON_PAGES,
    SECRET,
    STRUCTURES,
    TEXTS,
    VISITS,
    Attack,
    every_field,
    leaves,
    refuse_until_clean,
    write_attacks,
)
from casebook.collection.library import Library, load_library
from casebook.files.published import check_files, find_files
from casebook.gate.check import check_pages
from casebook.gate.judge import judge
from casebook.gate.lists import FINISHED
from casebook.page.case_page import build_case_page
from casebook.problem import Problem, errors
from casebook.render.pages import Renderer
from conftest import Figure
from support_casebook import (
    LANGUAGES,
    MINIMAL,
    ROOT,
    VOCABULARY,
    PlainLinks,
    write_cases,
    write_files,
)
from test_gate import assert_harmless
from test_handwritten import HEAD

GLOSSARY = "groups: {g: {label: {nb: a, en: b}}}\nterms:\n  "


def test_there_are_as_many_attacks_as_were_promised(figure: Figure) -> None:
    assert len(ON_PAGES) + len(FILES) >= 90
    assert len(ON_PAGES) + len(FILES) + len(STRUCTURES) + len(TEXTS) + len(VISITS) >= 250
    for what, attacks in {"pages": ON_PAGES, "files": FILES, "structures": STRUCTURES}.items():
        figure(f"attacks on {what}, refused", sum(not attack.is_harmless for attack in attacks))
        figure(f"attacks on {what}, published", sum(attack.is_harmless for attack in attacks))
    assert len({(attack.group, attack.name) for attack in ON_PAGES}) == len(ON_PAGES)


def assert_told(problems: list[Problem]) -> None:
    """Every problem says in each language what is wrong and what to do."""
    for problem in problems:
        assert problem.line > 0
        for language in LANGUAGES:
            assert all(language.message(problem))


def by_rule(attacks: list[Attack]) -> list[Any]:
    """The attacks that a rule refuses, for each rule; one test is told of by its rule."""
    groups: dict[str, list[Attack]] = {}
    for attack in attacks:
        groups.setdefault(f"{attack.group}: {attack.rule}", []).append(attack)
    return [pytest.param(group, id=name) for name, group in groups.items()]


# --- pages -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told_of_pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Attack, list[Problem]]:
    """What is told of every attack on a page; they are checked in one go."""
    folder = tmp_path_factory.mktemp("attacks")
    cases = write_cases(folder / "cases", {"kafe.yml": MINIMAL})
    pages = {f"angrep-{number}.md": attack for number, attack in enumerate(ON_PAGES)}
    texts = {name: attack.page[0] for name, attack in pages.items()}
    write_files(folder / "docs", {**texts, "index.md": HEAD, "index.en.md": HEAD})
    library, _ = load_library(cases, LANGUAGES)
    told: dict[Attack, list[Problem]] = {attack: [] for attack in ON_PAGES}
    for problem in check_pages(folder / "docs", library, "docs"):
        told[pages[problem.path.removeprefix("docs/")]].append(problem)
    return told


@pytest.mark.parametrize("attacks", by_rule(ON_PAGES))
def test_an_attack_on_a_page_is_refused_with_its_line_or_let_through(
    attacks: list[Attack], told_of_pages: Mapping[Attack, list[Problem]]
) -> None:
    for attack in attacks:
        problems = told_of_pages[attack]
        assert_told(problems)
        found = {(problem.line, problem.rule) for problem in problems}
        if attack.is_harmless:
            assert not found, attack
        else:
            assert (attack.page[1] + attack.line, attack.rule) in found, attack


# --- files -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told_of_files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Problem]]:
    """What is told of every attack by a file; they lie in one folder."""
    docs = tmp_path_factory.mktemp("files") / "docs"
    write_attacks(docs, FILES)
    told: dict[str, list[Problem]] = {attack.name: [] for attack in FILES}
    for problem in check_files(find_files(docs, "docs")):
        told[problem.path.removeprefix("docs/")].append(problem)
    return told


@pytest.mark.parametrize("attacks", by_rule(FILES))
def test_a_file_that_would_do_harm_is_refused_and_never_read(
    attacks: list[Attack], told_of_files: Mapping[str, list[Problem]]
) -> None:
    for attack in attacks:
        problems = told_of_files[attack.name]
        assert_told(problems)
        rules = [] if attack.is_harmless else [attack.rule]
        assert [problem.rule for problem in problems] == rules, attack
        assert SECRET not in repr(problems)


# --- records -----------------------------------------------------------------------------------


@pytest.mark.parametrize("attacks", by_rule(STRUCTURES))
def test_a_file_of_records_or_terms_is_refused_with_its_line_or_let_through(
    attacks: list[Attack], tmp_path: Path
) -> None:
    for number, attack in enumerate(attacks):
        cases = write_cases(tmp_path / str(number) / "cases", {"kafe.yml": MINIMAL})
        file = cases / ("kafe.yml" if attack.kind == "record" else f"_vocabulary/{attack.kind}")
        above = file.read_text(encoding="utf-8") if file.is_file() else GLOSSARY
        file.write_text(f"{above}{attack.text}\n", encoding="utf-8")
        _, problems = load_library(cases, LANGUAGES, name="cases")
        assert_told(problems)
        found = {(problem.line - above.count("\n"), problem.rule) for problem in problems}
        if attack.is_harmless:
            assert not found, attack
        else:
            assert (attack.line, attack.rule) in found, attack


@dataclass(frozen=True)
class Tried:
    """A record for each text, with it in every field that takes it."""

    library: Library
    takes: Mapping[str, int]
    """How many fields took each text, by its name."""
    fields: int
    """How many there are."""


@pytest.fixture(
    scope="module", params=[8, pytest.param(1, marks=pytest.mark.audit)], ids=["share", "all"]
)
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """A share of the texts, and all of them in ``make audit``."""
    cases = tmp_path_factory.mktemp("records") / "cases"
    shutil.copytree(VOCABULARY, cases / VOCABULARY.name)
    shutil.copytree(EVERY_FIELD.parent, cases, dirs_exist_ok=True)
    for view in cases.rglob("*.json"):
        view.unlink()
    names = list(TEXTS)[:: request.param]
    texts = {f"angrep-{number}": TEXTS[name] for number, name in enumerate(names)}
    library: list[Library] = []

    def check() -> list[Problem]:
        read, problems = load_library(cases, LANGUAGES)
        library[:] = [read]
        return errors(problems)

    takes, told = refuse_until_clean(cases, texts, check)
    assert_told(told)
    found = {name: len(takes[id_]) for id_, name in zip(texts, names, strict=True)}
    return Tried(library[0], found, len(leaves(every_field())))


def test_every_field_refuses_a_text_with_its_place_or_takes_it(
    tried: Tried, figure: Figure
) -> None:
    refused = {name for name, places in tried.takes.items() if not places}
    # What nobody sees, what splits lines, and what a link must not hold is refused everywhere.
    everywhere = {
        *("direction", "hidden sentence", "private letters", "mark of a citation", "nothing"),
        *("separators of lines", "script in a link", "data in a link", "user name"),
    }
    assert everywhere & tried.takes.keys() <= refused
    # What is only text stands in every field of text.
    assert max(tried.takes.values()) > 60
    tries, shown = len(tried.takes) * tried.fields, sum(tried.takes.values())
    figure("texts in fields of records, tried", tries)
    figure("texts in fields of records, refused with place and remedy", tries - shown)
    figure("texts in fields of records, shown as text", shown)


def test_what_fields_take_is_shown_as_text(tried: Tried) -> None:
    renderer = Renderer(ROOT / "overrides")
    for id_ in tried.library.cases:
        for language in LANGUAGES:
            page = build_case_page(id_, tried.library, language)
            html = str(renderer.case(page, language, PlainLinks(), None))
            assert judge(html, FINISHED) == [], id_
            assert_harmless(html)
