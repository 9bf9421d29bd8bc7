"""A new record from nothing, from answers, or from what is known: never over another one."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from casebook.cli import INTERRUPTED, OK, PROBLEMS, main
from casebook.collection.library import load_library
from casebook.commands.command_line import WRONG_USE
from casebook.edit.formatting import format_text
from casebook.edit.template import new_record, written
from casebook.languages import Language
from casebook.record.fields import record_fields
from casebook.record.source import parse_text, read
from casebook.record.vocabulary import load_vocabulary
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from support_casebook import (
    GOLDEN,
    LANGUAGES,
    MINIMAL,
    NB,
    ROOT,
    VOCABULARY,
    load,
    report,
    write_cases,
)

Captured = pytest.CaptureFixture[str]
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)
TODAY = date(2026, 11, 22)
NAMES = [spec.name for spec in record_fields()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty collection, in which the command is run."""
    monkeypatch.chdir(tmp_path)
    write_cases(tmp_path / "cases", {})
    return tmp_path


def template(given: dict[str, Any], language: Language = NB) -> str:
    vocabulary, _ = load_vocabulary(VOCABULARY, LANGUAGES)
    return new_record(given, LANGUAGES, language, vocabulary, TODAY)


def plain(text: str) -> dict[str, Any]:
    document, problems = parse_text(text, "")
    assert document is not None and not problems, text
    return document.plain()


# --- the template ------------------------------------------------------------------------------


@each_language
def test_a_blank_record_lists_and_explains_every_field_in_order(language: Language) -> None:
    text = template({}, language)
    fields = re.findall(r"^(?:# )?([a-z_]+):(?=\s|$)", text, re.MULTILINE)
    assert [name for name in fields if name in NAMES] == NAMES[:-1]
    for spec in record_fields()[:-1]:
        assert f"# {language.text(f'record.{spec.key}.label')} (" in text
        told = " ".join(re.sub(r"^# ", "", line) for line in text.splitlines())
        assert language.text(f"record.{spec.key}.help") in told
    assert format_text(text, LANGUAGES) == text


def test_what_the_check_says_of_a_blank_record_is_what_is_not_filled_in(tmp_path: Path) -> None:
    text = template({})
    _, problems = load(tmp_path, {"case.yml": text})
    assert {problem.rule for problem in problems} == {"missing-field", "missing-language"}
    fields = {re.split(r"[.\[]", dict(problem.details)["field"])[0] for problem in problems}
    required = {spec.name for spec in record_fields() if spec.required}
    assert fields == required - {"updated"}
    lines = text.splitlines()
    assert all(not lines[problem.line - 1].startswith("#") for problem in problems)


def test_an_optional_field_is_taken_into_use_by_removing_its_marks() -> None:
    text = template({})
    opened = re.sub(r"^#(?:$| (?=[a-z_]+:( |$)|  ))", "", text, flags=re.MULTILINE)
    assert set(plain(opened)) == set(NAMES[:-1])


@pytest.mark.parametrize("name", ["minimal", "citations", "yaml-traps", "every-field/every-field"])
def test_what_is_given_stands_in_the_template_exactly(name: str) -> None:
    document, _ = read(GOLDEN / "valid" / f"{name}.yml")
    assert document is not None
    given = {key: value for key, value in document.plain().items() if value is not None}
    filled = plain(template(given))
    assert {key: value for key, value in filled.items() if key in given} == given


def test_the_minimal_record_needs_nothing_more(tmp_path: Path) -> None:
    _, problems = load(tmp_path, {"case.yml": template(plain(MINIMAL))})
    assert not problems, report(problems)


WORDS = ["no", "010", "12:30", "æøå", "[@own]", "- a", "#nei", "a: b", "", "«x»", '"', "'", "\\"]
WORDS += [
    "En setning som er så lang at den må brytes. " * 5,
    "To\n\navsnitt.\n",
    " rom ",
    "\t",
    "~",
]
trees: some.SearchStrategy[Any] = some.recursive(
    some.one_of(some.sampled_from(WORDS), some.text("ab :#-\n'\"{}[],&*æ", max_size=12)),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3),
        some.dictionaries(some.sampled_from(["nb", "en", "note"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, derandomize=True, phases=[Phase.generate])
@given(trees)
def test_whatever_is_written_is_read_again_as_it_was(value: Any) -> None:
    if not any(isinstance(item, list | dict) for item in nested_in_lists(value)):
        assert plain("\n".join(written("a", value)) + "\n") == {"a": value}


def nested_in_lists(value: Any) -> Iterator[Any]:
    """What no record holds: lists right inside lists, and empty groups in them."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list) or item == {}:
                yield item
            yield from nested_in_lists(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from nested_in_lists(item)


# --- the command -------------------------------------------------------------------------------


@each_language
def test_the_command_writes_a_blank_record(
    home: Path, capsys: Captured, language: Language
) -> None:
    assert main(["new", "kafe-ny", "--blank", "--lang", language.code]) == OK
    assert language.text("command.new.required") in (home / "cases/kafe-ny.yml").read_text()
    assert "cases/kafe-ny.yml" in capsys.readouterr().out


def test_a_record_is_made_from_a_file(home: Path, capsys: Captured) -> None:
    (home / "tip.yml").write_text(MINIMAL)
    assert main(["new", "kafe-ny", "--from", "tip.yml"]) == OK
    assert NB.text("command.new.whole", path="cases/kafe-ny.yml") in capsys.readouterr().out
    assert main(["check"]) == OK


def test_what_the_format_does_not_know_is_kept_and_told(home: Path, capsys: Captured) -> None:
    (home / "tip.yml").write_text(f"{MINIMAL}colour: red\n")
    assert main(["new", "kafe-ny", "--from", "tip.yml"]) == OK
    assert main(["check"]) == PROBLEMS
    assert "[unknown-key]" in capsys.readouterr().out


@pytest.mark.parametrize("source", ["title: [\n", None])
def test_a_file_that_cannot_be_read_makes_no_record(home: Path, source: str | None) -> None:
    if source is not None:
        (home / "tip.yml").write_text(source)
    assert main(["new", "kafe-ny", "--from", "tip.yml"]) == PROBLEMS
    assert not (home / "cases/kafe-ny.yml").exists()


@pytest.mark.parametrize(
    ("id_", "rule"),
    [
        ("Kafé", "not-an-id"),
        ("../kafe", "not-an-id"),
        ("kafe.yml", "not-an-id"),
        ("", "not-an-id"),
        ("index", "reserved-id"),
        ("finnes", "same-id"),
    ],
)
def test_an_id_must_be_one_and_free(id_: str, rule: str, home: Path, capsys: Captured) -> None:
    (home / "cases/under").mkdir()
    (home / "cases/under/finnes.yml").write_text(MINIMAL)
    before = sorted(home.rglob("*"))
    assert main(["new", id_, "--blank"]) == PROBLEMS
    assert f"[{rule}]" in capsys.readouterr().err
    assert sorted(home.rglob("*")) == before


def test_a_file_that_exists_is_never_overwritten(home: Path, capsys: Captured) -> None:
    place = home / "cases/kafe-ny.yml"
    outside = home / "outside.yml"
    place.symlink_to(outside)
    with pytest.raises(SystemExit) as stopped:
        main(["new", "kafe-ny", "--blank"])
    assert stopped.value.code == WRONG_USE
    assert not outside.exists()


ANSWERS = """\
Kafé Ny
New café
En kafé.
A café.
finished
I drift
?
? ask
askr
Asker
NAV Asker
Owner
women, Lite utdanning
work-training
Få finner arbeid.
Few find work.
En kafé åpnet.
A café opened.
Noen fant arbeid.
Some found work.
? described
Described
not-known
? kommun
Kommunens side, om noe
"""
"""What a person answers who reads what is said: ids and names of both languages, and questions."""


class Person:
    """Somebody at the keyboard; Ctrl+C is "^C", and after the last answer there is no more."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question.strip())
        if not self.answers:
            raise EOFError
        if self.answers[0] == "^C":
            raise KeyboardInterrupt
        return self.answers.pop(0)


@pytest.fixture
def seated(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Runs the command with answers: the exit code, the person, and the record that was made."""

    def run(*answers: str, language: str = "nb") -> tuple[int, Person, dict[str, Any]]:
        person = Person(*answers)
        monkeypatch.setattr("builtins.input", person)
        code = main(["new", "kafe-ny", "--lang", language])
        made = home / "cases/kafe-ny.yml"
        filled = plain(made.read_text(encoding="utf-8")) if made.exists() else {}
        return code, person, {key: value for key, value in filled.items() if value is not None}

    yield run


@each_language
def test_questions_lead_to_a_record_without_problems(
    home: Path, seated: Any, capsys: Captured, language: Language
) -> None:
    references = home / "cases/_vocabulary/references.yml"
    titled = references.read_text(encoding="utf-8")
    titled = titled.replace("{nb: Kommunens side,", '{nb: "Kommunens side, om noe",', 1)
    references.write_text(titled, encoding="utf-8")
    code, person, _ = seated(*ANSWERS.splitlines(), language=language.code)
    assert (code, person.answers) == (OK, [])
    said = capsys.readouterr().out
    assert language.text("record.case.title.label") in said
    assert said.count(language.text("problems.unknown-place.near", closest="asker")) == 1
    assert "page: Kommunens side, om noe" in said or language.code == "en"
    assert language.text("command.new.whole", path="cases/kafe-ny.yml") in said
    library, problems = load_library(home / "cases", LANGUAGES)
    assert not problems, report(problems)
    case = library.cases["kafe-ny"]
    assert (case.title["en"], case.status.is_, case.hard_parts) == ("New café", "active", None)
    assert case.target_groups == ("women", "low-education")
    assert (case.places, case.sources) == (("asker",), ("page",))
    assert not list((home / ".cache/new").iterdir())


def test_a_person_goes_back_sees_what_was_answered_and_keeps_it_or_not(seated: Any) -> None:
    _, person, made = seated(
        *("Kafé", "Café", "En kafé."),
        *("<", "<", "<", "<"),  # from the English lead to the title, and no further
        *("Kafé Ny", "", "-", "A café."),
    )
    assert made["title"] == {"nb": "Kafé Ny", "en": "Café"}
    assert made["lead"] == {"en": "A café."}
    title, lead = (NB.text(f"record.case.{name}.label") for name in ("title", "lead"))
    assert f"{title} (engelsk) [Café]:" in person.asked
    assert person.asked[6] == person.asked[7] == f"{title} (norsk bokmål) [Kafé]:"
    assert person.asked[9] == f"{lead} (norsk bokmål) [En kafé.]:"


def test_one_wrong_answer_of_two_is_asked_for_again_and_the_other_offered(seated: Any) -> None:
    _, person, made = seated("# Kafé", "Café", "Kafé", "")
    assert made["title"] == {"nb": "Kafé", "en": "Café"}
    assert person.asked[2].endswith("(norsk bokmål):")
    assert person.asked[3].endswith("(engelsk) [Café]:")


def test_what_several_are_called_is_for_the_person_to_choose(seated: Any, capsys: Captured) -> None:
    seated(*[""] * 5, "? ", "s", "asker")
    said = capsys.readouterr().out.split(NB.text("record.case.organisations.label"))[0]
    told = said.split(NB.text("problems.unknown-place.message", value="s"))[1]
    assert "asker: Asker" in told
    assert NB.text("problems.unknown-place.near", closest="asker") not in told


def test_whoever_stops_goes_on_another_day(home: Path, seated: Any, capsys: Captured) -> None:
    code, _, made = seated("Kafé Ny", "New café", "En kafé.", "^C")
    assert (code, made) == (INTERRUPTED, {})
    assert NB.text("command.new.kept", id="kafe-ny") in capsys.readouterr().out
    assert sorted(path.name for path in home.rglob("kafe-ny*")) == ["kafe-ny.json"]
    _, person, made = seated("", "A café.")
    assert person.asked[0] == NB.text("command.new.resume", anew="0").strip()
    assert made["title"] == {"nb": "Kafé Ny", "en": "New café"}
    assert made["lead"] == {"nb": "En kafé.", "en": "A café."}
    assert len(person.asked) == 3
    assert not list(home.rglob("*.json"))


def test_whoever_goes_on_can_go_back_or_begin_again(home: Path, seated: Any) -> None:
    seated("Kafé Ny", "New café", "^C")
    seated("", "<", "Brand new café", "^C")
    _, _, made = seated("0", "Kafé Annen")
    assert made["title"] == {"nb": "Kafé Annen"}


@pytest.mark.parametrize("left", [b"{", b"[1]", b'{"title.nb": 1}', b"\xff", b"[" * 100_000])
def test_kept_answers_that_cannot_be_understood_are_none(
    home: Path, seated: Any, left: bytes
) -> None:
    (home / ".cache/new").mkdir(parents=True)
    (home / ".cache/new/kafe-ny.json").write_bytes(left)
    _, person, made = seated("Kafé Ny")
    assert made["title"]["nb"] == "Kafé Ny"
    assert person.asked[0].startswith(NB.text("record.case.title.label"))


def test_answers_that_nothing_can_keep_make_a_record_all_the_same(
    home: Path, seated: Any, capsys: Captured
) -> None:
    (home / ".cache").write_text("no folder")
    _, _, made = seated("Kafé Ny", "New café")
    assert made["title"]["en"] == "New café"
    assert capsys.readouterr().out.count(NB.text("command.new.not_kept", why="")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_a_closed_terminal_takes_no_answer(home: Path) -> None:
    import pty  # noqa: PLC0415 - not there on Windows

    def run(answers: list[str]) -> None:
        """Answer in a terminal, each answer when the question is there, and close it."""
        process, terminal = pty.fork()
        if process == 0:
            os.environ["PYTHONPATH"] = str(ROOT / "hooks")
            os.execv(sys.executable, [sys.executable, "-m", "casebook.cli", "new", "kafe-ny"])
        said = ""
        for answer in answers:
            while not said.endswith(": "):
                said += os.read(terminal, 4096).decode(errors="replace")
            os.write(terminal, f"{answer}\n".encode())
            said = ""
        while not said.endswith(": "):
            said += os.read(terminal, 4096).decode(errors="replace")
        os.close(terminal)
        os.waitpid(process, 0)

    run(["Kafé Ny", "New café"])
    run(["", "En kafé."])
    kept = json.loads((home / ".cache/new/kafe-ny.json").read_text(encoding="utf-8"))
    assert kept == {"title.nb": "Kafé Ny", "title.en": "New café", "lead.nb": "En kafé."}
    assert not (home / "cases/kafe-ny.yml").exists()


def test_answers_that_end_leave_the_rest_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Kafé Ny", ""])

    def answer(question: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    assert main(["new", "kafe-ny"]) == OK
    filled = plain((home / "cases/kafe-ny.yml").read_text())
    assert filled["title"] == {"nb": "Kafé Ny"}


def test_a_person_who_stops_gets_no_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stop)
    assert main(["new", "kafe-ny"]) == INTERRUPTED
    assert not (home / "cases/kafe-ny.yml").exists()


def test_a_full_disk_leaves_no_file(home: Path) -> None:
    program = (
        "import resource, signal, sys; from casebook.cli import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64));"
        "sys.exit(main(['new', 'kafe-ny', '--blank']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=home,
        env={"PYTHONPATH": str(ROOT / "hooks"), "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == WRONG_USE, done.stderr
    assert [path.name for path in (home / "cases").iterdir()] == ["_vocabulary"]
