"""Sources that a case brings along in its file, until `casebook format` puts them in the list."""

from pathlib import Path
from textwrap import indent

import pytest
from casebook.cli import main
from support_casebook import MINIMAL, load, write_cases

SOURCE = "  title: 'Årsmelding: kafeen'\n  kind: report\n  seen: full\n"
BROUGHT = f"new_sources:\n  report-2026:\n{indent(SOURCE, '  ')}"
TEXT = MINIMAL.replace("[report-2020]", "[report-2026]") + BROUGHT


def test_a_case_cites_what_it_brings_along(tmp_path: Path) -> None:
    library, problems = load(tmp_path, {"kafe.yml": TEXT})
    assert [(one.rule, one.is_warning) for one in problems] == [("source-brought-along", True)]
    assert library.cases["kafe"].sources == ("report-2026",)
    assert library.vocabulary.references["report-2026"].title == "Årsmelding: kafeen"


@pytest.mark.parametrize(
    ("brought", "rule", "words"),
    [
        (BROUGHT.replace("report-2026", "page"), "known-source", "page:"),
        (BROUGHT.replace("report-2026", "Rapport 1"), "not-an-id", "Rapport 1:"),
        (BROUGHT.replace("kind: report", "kind: letter"), "unknown-word", "letter"),
        ("new_sources: [page]\n", "expected-mapping", "new_sources: [page]"),
    ],
)
def test_what_is_wrong_with_it_is_told_in_the_case(
    tmp_path: Path, brought: str, rule: str, words: str
) -> None:
    text = MINIMAL + brought
    _, problems = load(tmp_path, {"kafe.yml": text})
    told = [
        (one.path, one.rule, text.split("\n")[one.line - 1][one.column - 1 :]) for one in problems
    ]
    assert told == [("cases/kafe.yml", rule, words)]


def test_two_cases_do_not_bring_the_same_along(tmp_path: Path) -> None:
    _, problems = load(tmp_path, {"a.yml": TEXT, "b.yml": TEXT})
    assert ("cases/b.yml", "known-source") in [(one.path, one.rule) for one in problems]


def test_format_moves_it_to_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = write_cases(tmp_path / "cases", {"kafe.yml": TEXT})
    references = cases / "_vocabulary" / "references.yml"
    before = references.read_text(encoding="utf-8")
    assert main(["format", "--check", str(cases)]) == 1
    assert references.read_text(encoding="utf-8") == before
    assert main(["format", str(cases)]) == 0
    assert (cases / "kafe.yml").read_text(encoding="utf-8") == TEXT.replace(BROUGHT, "")
    assert references.read_text(encoding="utf-8") == f"{before}report-2026:\n{SOURCE}"
    assert main(["check", str(cases)]) == 0
    assert main(["format", "--check", str(cases)]) == 0
    capsys.readouterr()
