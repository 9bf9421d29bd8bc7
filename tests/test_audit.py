"""The audit runs each section, prints its figures, and fails when one of them does."""

import audit
import pytest
from site_support import ROOT

FIGURES = "import os; open(os.environ['AUDIT_FIGURES'], 'w').write('files that differ\\t0\\n')"


def run(monkeypatch: pytest.MonkeyPatch, *options: str, **programs: str) -> int:
    found = {name: ["-c", program] for name, program in programs.items()}
    monkeypatch.setattr(audit, "sections", lambda supply: found)
    monkeypatch.setattr("sys.argv", ["audit.py", *options])
    return audit._main()


def test_every_section_is_a_program_of_the_project() -> None:
    for command in audit.sections(["--must-ask"]).values():
        named = [part for part in command if part.endswith(".py")]
        assert named
        assert all((ROOT / part).is_file() for part in named)


def test_figures_stand_in_a_table_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, determinism=FIGURES, supply="print('much')") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[-2:-1] == ["files that differ 0"]
    assert lines[-1].startswith("supply ok, ")


def test_one_section_that_fails_is_named_and_the_others_run_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, supply="raise SystemExit(3)", determinism=FIGURES) == 1
    said = capsys.readouterr()
    assert "FAILED" in said.out
    assert "files that differ" in said.out
    assert "Something has to be put right" in said.err


def test_sections_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--only", "determinism", supply="1 / 0", determinism=FIGURES) == 0
    assert "supply" not in capsys.readouterr().out
