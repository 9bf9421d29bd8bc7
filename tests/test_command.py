"""The ``casebook`` command as people, editors and CI meet it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.collection.library import load_library
from casebook.commands.command_line import WRONG_USE
from casebook.page.case_page import build_case_page
from casebook.problem import Problem
from casebook.record.fields import names_used_for
from casebook.report import FORMATS, write_report
from support_casebook import EN, GOLDEN, LANGUAGES, MINIMAL, ROOT, Files, record, write_cases

Captured = pytest.CaptureFixture[str]

FAULTY = record(status="no", places="[askr]")
"""A record with two problems, on two lines."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cases(home: Path, files: Files) -> Path:
    """Make the folder ``cases`` with the golden vocabulary."""
    return write_cases(home / "cases", files)


def run(*arguments: str | Path) -> int:
    """Run the command in this process; return its exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as stop:
        assert isinstance(stop.code, int)
        return stop.code


def run_alone(
    arguments: Sequence[str], folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, in ``folder``."""
    return subprocess.run(
        [sys.executable, "-m", "casebook.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment},
        capture_output=True,
        check=False,
    )


def paths(output: str) -> list[str]:
    """The file of each problem, in the order of the output."""
    return re.findall(r"^(\S.*?):\d+:\d+: error: ", output, re.MULTILINE)


# --- check: what is checked --------------------------------------------------------------------


def test_records_without_problems_end_in_silence(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": MINIMAL})
    assert run("check") == OK
    assert capsys.readouterr() == ("", "")


def test_the_folder_cases_is_checked_unless_another_is_named(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": FAULTY})
    assert run("check") == PROBLEMS
    assert set(paths(capsys.readouterr().out)) == {"cases/a.yml"}


def test_problems_come_sorted_by_file_line_and_column(home: Path, capsys: Captured) -> None:
    texts = {"c.yml": FAULTY, "a.yml": FAULTY, "b/z.yml": "", "B.yml": MINIMAL}
    cases(home, texts)
    assert run("check", "--format", "json") == PROBLEMS
    found = json.loads(capsys.readouterr().out)
    order = [(entry["path"], entry["line"], entry["column"]) for entry in found]
    assert order == sorted(order)
    assert {path for path, _, _ in order} == {f"cases/{name}" for name in texts}


def test_several_folders_and_files_are_checked_together(home: Path, capsys: Captured) -> None:
    for name in ("one", "two", "three"):
        write_cases(home / name, {"a.yml": FAULTY, "b.yml": FAULTY})
    assert run("check", "two", "one/b.yml", "three/a.yml", "three/b.yml") == PROBLEMS
    found = list(dict.fromkeys(paths(capsys.readouterr().out)))
    assert found == ["one/b.yml", "three/a.yml", "three/b.yml", "two/a.yml", "two/b.yml"]


def test_a_folder_named_besides_one_of_its_files_is_checked_whole(
    home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": FAULTY, "b.yml": FAULTY})
    for order in (["cases", "cases/a.yml"], ["cases/a.yml", "cases"]):
        assert run("check", *order) == PROBLEMS
        found = paths(capsys.readouterr().out)
        assert found == ["cases/a.yml"] * 2 + ["cases/b.yml"] * 2


def test_one_file_is_checked_inside_its_library(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(related="[b, c]"), "b.yml": FAULTY})
    assert run("check", "cases/a.yml") == PROBLEMS
    output = capsys.readouterr().out
    assert paths(output) == ["cases/a.yml"]
    assert "[unknown-case]" in output


def test_a_good_file_among_faulty_ones_is_good(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": MINIMAL, "b.yml": FAULTY})
    assert run("check", "cases/a.yml") == OK
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        (".", "cases/sub/a.yml"),
        (".", "./cases/sub/a.yml"),
        (".", "cases/../cases/sub/a.yml"),
        ("cases", "sub/a.yml"),
        ("cases/sub", "a.yml"),
        ("cases/sub", "../sub/a.yml"),
        ("elsewhere", "../cases/sub/a.yml"),
    ],
)
def test_a_file_is_found_in_its_library_from_every_folder(
    inside: str, name: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    cases(home, {"sub/a.yml": FAULTY, "b.yml": FAULTY})
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / inside)
    assert run("check", name) == PROBLEMS
    output = capsys.readouterr().out
    assert [Path(path).resolve() for path in paths(output)] == [home / "cases/sub/a.yml"] * 2
    assert run("check", home / "cases/sub/a.yml") == PROBLEMS
    assert len(paths(capsys.readouterr().out)) == 2


def test_a_file_of_the_vocabulary_can_be_checked_alone(home: Path, capsys: Captured) -> None:
    folder = cases(home, {"b.yml": FAULTY})
    (folder / "_vocabulary" / "places.yml").write_text("asker: {}\n")
    assert run("check", "cases/_vocabulary/places.yml") == PROBLEMS
    assert set(paths(capsys.readouterr().out)) == {"cases/_vocabulary/places.yml"}


def test_a_record_without_a_vocabulary_anywhere_is_told_so(home: Path, capsys: Captured) -> None:
    (home / "a.yml").write_text(MINIMAL, encoding="utf-8")
    assert run("check", "a.yml") == PROBLEMS
    assert "[no-vocabulary]" in capsys.readouterr().out


def test_the_vocabulary_may_lie_elsewhere(home: Path, capsys: Captured) -> None:
    (home / "cases").mkdir()
    (home / "cases" / "a.yml").write_text(MINIMAL, encoding="utf-8")
    assert run("check", "--vocabulary", GOLDEN / "_vocabulary") == OK
    assert run("check", "--vocabulary", "nowhere") == PROBLEMS
    assert "nowhere:1:1: error:" in capsys.readouterr().out


def test_the_records_of_this_project_have_no_problems(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(ROOT)
    code = run("check")
    assert (capsys.readouterr().out, code) == ("", OK)


# --- check: used wrongly -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "missing"],
        ["check", "cases", "missing.yml"],
        ["check", "a" * 5000],
        ["check", "--format", "xml"],
        ["check", "--lang", "da"],
        ["show", "a", "--cases", "missing"],
        ["show"],
        ["mend"],
        [],
    ],
)
def test_wrong_use_is_explained_and_has_a_code_of_its_own(arguments: list[str], home: Path) -> None:
    cases(home, {"a.yml": MINIMAL})
    done = run_alone(arguments, home)
    assert (done.returncode, done.stdout) == (WRONG_USE, b"")
    assert b"casebook" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_path_that_does_not_exist_is_named(home: Path, capsys: Captured) -> None:
    assert run("check", "miss\x1b[31ming", "--lang", "en") == WRONG_USE
    error = capsys.readouterr().err
    assert "miss\\x1b[31ming: no such file or folder" in error


# --- check: how problems are written -----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "message"),
    [("nb", "«no» kan ikke"), ("en", '"no" cannot')],
)
def test_problems_are_told_in_the_language_asked_for(
    code: str, message: str, home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": FAULTY})
    assert run("check", "--lang", code) == PROBLEMS
    assert message in capsys.readouterr().out


def test_bokmal_is_spoken_unless_another_language_is_asked_for(
    home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": FAULTY})
    outputs = []
    for arguments in (["check"], ["check", "--lang", "nb"]):
        run(*arguments)
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_text_names_file_line_column_rule_and_what_to_do(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(places="[askr]")})
    run("check", "--lang", "en")
    line = MINIMAL.count("\n")
    assert capsys.readouterr().out == (
        f'cases/a.yml:{line}:10: error: There is no place "askr". [unknown-place]\n'
        '    Did you mean "asker"?\n'
    )


def test_json_has_an_entry_for_each_problem(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(places="[askr]")})
    run("check", "--lang", "en", "--format", "json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "path": "cases/a.yml",
            "line": MINIMAL.count("\n"),
            "column": 10,
            "level": "error",
            "rule": "unknown-place",
            "message": 'There is no place "askr".',
            "hint": 'Did you mean "asker"?',
        }
    ]


def test_json_without_problems_is_an_empty_list(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": MINIMAL})
    assert run("check", "--format", "json") == OK
    assert json.loads(capsys.readouterr().out) == []


def test_github_gets_one_annotation_a_problem(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(places="[askr]")})
    run("check", "--lang", "en", "--format", "github")
    line = MINIMAL.count("\n")
    assert capsys.readouterr().out == (
        f"::error file=cases/a.yml,line={line},col=10,title=unknown-place::"
        'There is no place "askr".%0ADid you mean "asker"?\n'
    )


def written(problem: Problem, form: str) -> str:
    stream = StringIO()
    write_report([problem], form, EN, stream)
    return stream.getvalue()


NASTY = "a%b\r\n::error::c,d:e\x1b[31m\u202e\x85\u2028.yml"
"""A file name that tries to end the line, to be a command, and to change the screen."""
NASTY_PROBLEM = Problem.make(NASTY, 1, 2, "unknown-case", value=NASTY, closest="", allowed="x")


def test_a_file_name_cannot_write_annotations_of_its_own() -> None:
    line = written(NASTY_PROBLEM, "github")
    assert line.count("\n") == 1
    assert line.endswith("\n")
    head, _, body = line.removeprefix("::error ").partition("::")
    parameters = dict(part.split("=", 1) for part in head.split(","))
    assert parameters["title"] == "unknown-case"
    assert parameters["file"].startswith("a%25b%0D%0A%3A%3Aerror%3A%3Ac%2Cd%3Ae")
    assert "a%25b" in body


@pytest.mark.parametrize("form", ["text", "github"])
def test_no_control_character_reaches_the_screen(form: str) -> None:
    text = written(NASTY_PROBLEM, form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)


def test_json_keeps_a_file_name_as_it_is() -> None:
    assert json.loads(written(NASTY_PROBLEM, "json"))[0]["path"] == NASTY


def test_another_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="xml"):
        written(NASTY_PROBLEM, "xml")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("form", FORMATS)
def test_file_names_that_are_no_text_end_in_no_traceback(form: str, home: Path) -> None:
    folder = cases(home, {"new\nline\x1b.yml": MINIMAL})
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xe6.yml"))).write_text("")
    done = run_alone(["check", "--format", form], home)
    assert (done.returncode, done.stderr) == (PROBLEMS, b"")
    if form == "json":
        assert len(json.loads(done.stdout)) == 3
    else:
        assert b"\x1b" not in done.stdout
        assert len(done.stdout.splitlines()) == (6 if form == "text" else 3)


# --- show --------------------------------------------------------------------------------------


def test_a_case_is_shown_with_every_heading_of_its_page(home: Path, capsys: Captured) -> None:
    source = GOLDEN / "valid" / "every-field"
    cases(home, {path.name: path.read_bytes() for path in source.rglob("*.yml")})
    library, _ = load_library(Path("cases"), LANGUAGES)
    for language in LANGUAGES:
        assert run("show", "every-field", "--lang", language.code) == OK
        lines = capsys.readouterr().out.splitlines()
        page = build_case_page("every-field", library, language)
        assert lines[:2] == [page.title, "=" * len(page.title)]
        underlined = [line for line, below in pairwise(lines) if line and below == "-" * len(line)]
        assert underlined == [entry.title for entry in page.toc]
        headings = [text for key, text in language.strings.items() if "page.headings." in key]
        headings += [language.text(f"record.case.{it}.label") for it in names_used_for("story")]
        assert sorted(underlined) == sorted(headings)


def test_a_page_shows_what_the_record_says(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": MINIMAL})
    assert run("show", "a", "--lang", "en") == OK
    output = capsys.readouterr().out
    for text in (
        "Trial café",
        "The municipality opened a café.",
        "Asker",
        "Women",
        "Meeting place",
    ):
        assert text in output
    assert "31 January 2026" in output


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_digest_that_a_translation_refers_to_is_shown(
    code: str, home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": MINIMAL})
    run("show", "a", "--lang", code)
    digest = re.search(r"digest ([0-9a-f]{16})$", capsys.readouterr().out, re.MULTILINE)
    assert digest is not None
    fresh = record(translation=f'{{en: {{by: human, of: "{digest[1]}"}}}}')
    (home / "cases" / "a.yml").write_text(fresh, encoding="utf-8")
    run("show", "a", "--lang", "en")
    assert "translation: fresh" in capsys.readouterr().out


def test_an_id_that_no_case_has_is_named_with_those_there_are(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": MINIMAL, "b.yml": MINIMAL})
    assert run("show", "c", "--lang", "en") == WRONG_USE
    assert capsys.readouterr() == ("", "casebook: c: no such case. There are: a, b\n")


def test_a_record_with_problems_is_not_shown_but_its_problems_are(
    home: Path, capsys: Captured
) -> None:
    cases(home, {"a.yml": FAULTY, "b.yml": FAULTY})
    assert run("show", "a") == PROBLEMS
    output, error = capsys.readouterr()
    assert output == ""
    assert paths(error) == ["cases/a.yml"] * 2


def test_problems_of_others_do_not_hide_a_case(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(related="[b]"), "b.yml": FAULTY})
    assert run("show", "a") == OK
    assert capsys.readouterr().err == ""


def test_control_characters_of_a_text_are_no_commands(home: Path, capsys: Captured) -> None:
    cases(home, {"a.yml": record(goal='{nb: "a\\tb", en: c}')})
    assert run("show", "a") == OK
    assert "a\\x09b" in capsys.readouterr().out


# --- terminals, pipes and disks ----------------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
            marks=pytest.mark.skipif(
                not str(ROOT).isascii(), reason="Python itself loads no compiled module from here"
            ),
        ),
    ],
)
def test_a_terminal_that_cannot_write_norwegian_gets_what_it_can(
    environment: dict[str, str], home: Path
) -> None:
    cases(home, {"a.yml": FAULTY, "b.yml": record(title="{nb: Blåbærsyltetøy →, en: Jam}")})
    checked = run_alone(["check"], home, **environment)
    assert (checked.returncode, checked.stderr) == (PROBLEMS, b"")
    assert b"cases/a.yml" in checked.stdout
    shown = run_alone(["show", "b"], home, **environment)
    assert (shown.returncode, shown.stderr) == (OK, b"")
    assert b"rsyltet" in shown.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("many", [1, 400])
@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_goes_away_is_no_error(form: str, many: int, home: Path) -> None:
    cases(home, {f"a{number}.yml": FAULTY for number in range(many)})
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "casebook.cli", "check", "--format", form],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (OK, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"], ids=["output", "everything"])
@pytest.mark.parametrize(
    ("arguments", "code"), [("check", PROBLEMS), ("check cases/b.yml", OK), ("show b", OK)]
)
def test_where_nothing_can_be_written_the_code_still_tells(
    arguments: str, code: int, closed: str, home: Path
) -> None:
    cases(home, {"a.yml": FAULTY, "b.yml": MINIMAL})
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$1" -m casebook.cli {arguments} {closed}', "sh", sys.executable],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_a_sentence(home: Path) -> None:
    cases(home, {"a.yml": FAULTY})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "casebook.cli", "check"],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == WRONG_USE
    assert done.stderr.startswith(b"casebook: ")
    assert done.stderr.count(b"\n") == 1


def snapshot(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    """Everything below a folder: its name, time of change and bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else None,
        )
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "--format", "json"], ["check", "cases/a.yml"], ["show", "b"]],
)
def test_the_command_never_writes_anything(arguments: list[str], home: Path) -> None:
    cases(home, {"a.yml": FAULTY, "b.yml": MINIMAL, "c.txt": "x"})
    before = snapshot(home)
    run_alone(arguments, home)
    assert snapshot(home) == before
