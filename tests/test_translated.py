"""A translation that follows its original, until the original changes."""

import subprocess
import sys
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.collection.library import load_library
from casebook.edit.recording import record_translation
from casebook.record.source import parse_text
from casebook.record.translation import digest
from support_casebook import LANGUAGES, MINIMAL, ROOT, record, write_cases

Captured = pytest.CaptureFixture[str]
PRINT = "0123456789abcdef"
OTHER = "fedcba9876543210"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "translation: {en: {by: human, of: <>}}\n"),
        ("translation:  # x\n", "translation: {en: {by: human, of: <>}}  # x\n"),
        ("translation: {}\n", "translation: {en: {by: human, of: <>}}\n"),
        ("translation: {en: {by: machine}}\n", "translation: {en: {by: human, of: <>}}\n"),
        (
            f"translation: {{en: {{of: {OTHER}, by: human}}}}  # y\n",
            "translation: {en: {of: <>, by: human}}  # y\n",
        ),
        (
            f'translation:\n  en:\n    by: human  # hvem\n    of: "{OTHER}"  # hva\n',
            "translation:\n  en:\n    by: human  # hvem\n    of: <>  # hva\n",
        ),
        (
            "translation:\n  en:\n    by: human  # hvem\n",
            "translation:\n  en:\n    by: human  # hvem\n    of: <>\n",
        ),
        (
            "translation:\n  nn: {by: human}\n",
            "translation:\n  en: {by: human, of: <>}\n  nn: {by: human}\n",
        ),
        (
            "translation: {nn: {by: human}}\n",
            "translation: {en: {by: human, of: <>}, nn: {by: human}}\n",
        ),
    ],
)
def test_only_what_tells_it_is_changed(before: str, after: str) -> None:
    head = "# topp\ntitle: {nb: a, en: b}  # tittel\n"
    document, _ = parse_text(head + before, "a.yml")
    assert document is not None
    changed = record_translation(document, "en", "human", PRINT)
    assert changed == head + after.replace("<>", PRINT)


def test_it_is_put_into_a_record_written_as_json() -> None:
    document, _ = parse_text('{"title": "a"}', "a.yml")
    assert document is not None
    changed, _ = parse_text(record_translation(document, "en", "human", PRINT), "a.yml")
    assert changed is not None
    entry = {"by": "human", "of": PRINT}
    assert changed.plain() == {"title": "a", "translation": {"en": entry}}


def test_a_fingerprint_that_looks_like_a_number_is_put_in_quotes() -> None:
    document, _ = parse_text("title: a\n", "a.yml")
    assert document is not None
    text = record_translation(document, "en", "human", "12345678901234e5")
    assert 'of: "12345678901234e5"' in text


def test_what_is_no_group_is_not_touched() -> None:
    document, _ = parse_text("translation: human\n", "a.yml")
    assert document is not None
    with pytest.raises(ValueError, match="translation"):
        record_translation(document, "en", "human", PRINT)


def state(cases: Path) -> str:
    library, problems = load_library(cases, LANGUAGES)
    assert not problems
    return library.translation_state("a", "en")


def test_a_translation_is_stale_from_a_change_until_it_is_recorded_again(
    home: Path, capsys: Captured
) -> None:
    cases = write_cases(home / "cases", {"a.yml": MINIMAL})
    assert main(["translated", "a"]) == OK
    library, _ = load_library(cases, LANGUAGES)
    assert library.cases["a"].translation["en"].of == digest(library.cases["a"], LANGUAGES)
    assert state(cases) == "fresh"
    text = (cases / "a.yml").read_text()
    (cases / "a.yml").write_text(text.replace("nb: Kafé Prøve", "nb: Kafé Ny"))
    assert state(cases) == "stale"
    assert main(["translated", "a", "--by", "machine"]) == OK
    assert state(cases) == "machine"
    assert main(["translated", "a"]) == OK
    assert state(cases) == "fresh"
    said = capsys.readouterr().out
    assert main(["translated", "a"]) == OK
    assert capsys.readouterr().out != said.splitlines(keepends=True)[-1]


def test_what_is_put_right_in_the_form_of_a_record_makes_no_translation_stale(home: Path) -> None:
    case = load_library(write_cases(home / "a", {"a.yml": MINIMAL}), LANGUAGES)[0].cases["a"]
    title = {**case.title, "nb": "Kafe\u0301 Prø\u00adve"}
    before = case.model_copy(update={"title": title})
    assert digest(before, LANGUAGES) == digest(case, LANGUAGES)


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.code)
def test_nothing_is_written_when_an_id_is_wrong(
    home: Path, capsys: Captured, language: object
) -> None:
    code = getattr(language, "code", "")
    cases = write_cases(home / "cases", {"a.yml": MINIMAL, "kafe.yml": MINIMAL})
    assert main(["translated", "a", "kaffe", "--lang", code]) == PROBLEMS
    said = LANGUAGES[code].text("command.translated.near", id="kaffe", closest="kafe")
    assert said in capsys.readouterr().err
    assert (cases / "a.yml").read_text() == MINIMAL


def test_a_record_with_problems_is_reported(home: Path, capsys: Captured) -> None:
    write_cases(home / "cases", {"a.yml": record(status="no")})
    assert main(["translated", "a"]) == PROBLEMS
    assert "[unknown-word]" in capsys.readouterr().err


def test_a_full_disk_leaves_the_record_as_it_was(home: Path) -> None:
    cases = write_cases(home / "cases", {"a.yml": MINIMAL})
    program = (
        "import resource, signal, sys; from casebook.cli import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); sys.exit(main(['translated', 'a']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=home,
        env={"PYTHONPATH": str(ROOT / "hooks"), "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert (cases / "a.yml").read_text() == MINIMAL
    assert [path.name for path in cases.iterdir() if path.is_file()] == ["a.yml"]


def test_the_translation_of_every_case_is_recorded() -> None:
    library, _ = load_library(ROOT / "cases", LANGUAGES)
    lacking = [
        id_
        for id_, case in library.cases.items()
        for code in LANGUAGES.codes[1:]
        if code not in case.translation or case.translation[code].of is None
    ]
    how = f"`casebook translated {' '.join(lacking)}`, when both languages have been read"
    assert lacking == [], how
