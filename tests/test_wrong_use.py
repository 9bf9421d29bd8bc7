"""The ``casebook`` command used wrongly: told in the language of whoever asks."""

import os
import re
from pathlib import Path

import pytest
from casebook.cli import PROBLEMS
from casebook.commands.command_line import WRONG_USE
from support_casebook import LANGUAGES, MINIMAL
from test_command import FAULTY, Captured, cases, run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRONG = [
    [],
    ["chek"],
    ["check", "--bogus"],
    ["check", "--format", "xml"],
    ["check", "--format"],
    ["new"],
    ["new", "a", "--blank", "--from", "b"],
    ["new", "a", "--blank=x"],
    ["translated", "a", "--to", "fr"],
    ["check", "--lang", "en", "nowhere"],
    ["show", "nowhere"],
    ["status", "--cases", "nowhere"],
    ["format", "nowhere"],
    ["schema", "--output", "nowhere/schema.json"],
    ["schema", "--output", "cases"],
    ["numbers", "--facts", "nowhere"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_is_told_in_every_language(
    arguments: list[str], home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": MINIMAL})
    (home / "docs").mkdir()
    told = []
    for language in LANGUAGES:
        assert run(*arguments, "--lang", language.code) == WRONG_USE
        out, error = capsys.readouterr()
        assert out == ""
        told.append(error)
        assert not re.search(r"Errno|\.tmp|None", error)
    if "en" not in arguments:
        assert len(set(told)) == len(LANGUAGES.codes), told
    assert not re.search("usage:|error:|argument|choose|required|No such", told[0]), told[0]


def test_a_word_that_is_nearly_right_is_told(home: Path, capsys: Captured) -> None:
    cases(home, {"cafe-vintage.yml": MINIMAL})
    for arguments in (["chek"], ["show", "cafe-vintag"]):
        assert run(*arguments, "--lang", "en") == WRONG_USE
        assert re.search(r"Did you mean (check|cafe-vintage)\?", capsys.readouterr().err)


def test_the_language_may_stand_before_the_command(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": FAULTY})
    for arguments in (["--lang", "en", "check"], ["--lang=en", "check"], ["check", "--lang=en"]):
        assert run(*arguments) == PROBLEMS
        assert "There is no place" in capsys.readouterr().out


def test_a_disk_that_is_full_is_told_without_the_file_beside(
    home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases(home, {"a.yml": MINIMAL})

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("new", "b", "--blank", "--lang", "en") == WRONG_USE
    told = capsys.readouterr().err
    assert told.startswith("casebook: cases/b.yml: does not fit, because the disk is full.")
    assert [path.name for path in (home / "cases").glob("*.*")] == ["a.yml"]
