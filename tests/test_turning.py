"""What was typed or pasted in another way, and what `casebook format` makes of it."""

from pathlib import Path

import pytest
from casebook.cli import main
from casebook.edit.turning import turned
from support_casebook import MINIMAL, VOCABULARY, record, write_cases
from test_editor_faults import MISTAKES, RECORD

PASTED = {
    "bullets in a list of terms": "target_groups:\n  - women\n  - low-education\n",
    "bullets before texts": "  - nb: God tid til hver enkelt.\n    en: Enough",
    "no-break spaces as indentation": "  nb: Kafé Prøve i Asker\n  en: Trial café in Asker\n",
    "curly quotes round a value with a colon": '  nb: "Kafé: Prøve"\n',
    "curly quotes in a list": "places: [asker, oslo]\n",
    "Norwegian date": "updated: 2024-05-31\n",
    "comma in a number": "        value: 16.5\n",
    "space in a number": "        value: 1600\n",
    "sign of per cent": "        value: 16\n",
}
"""The mistake in the table of faults -> what stands there when it is turned."""


@pytest.mark.parametrize("name", PASTED)
def test_what_can_be_turned_is_turned(name: str) -> None:
    text = next(mistake.text for mistake in MISTAKES if mistake.name == name)
    assert PASTED[name] in turned(text)
    assert turned(turned(text)) == turned(text)


def test_a_record_as_it_should_be_stays_as_it_is() -> None:
    assert turned(RECORD) == RECORD
    assert turned(MINIMAL) == MINIMAL


@pytest.mark.parametrize(
    "text",
    [
        record(challenge="{nb: «Vi trenger folk»., en: “We need people”.}"),
        record(names="[“Kafé”]"),
        record(about="{nb: '• språk 1 234,5 den 31.5.2024', en: About}"),
        record(updated="31.13.2024"),
        MINIMAL + "about:\n  nb: |-\n    Først\n    \u00a0- så\n  en: About\n",
        "title:\n  nb: “Kafé: “Prøve””\n",
        "a: [\n",
    ],
)
def test_text_that_people_read_and_what_is_not_clear_stay(text: str) -> None:
    assert turned(text) == text


def test_the_command_turns_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert VOCABULARY.is_dir()
    text = next(mistake.text for mistake in MISTAKES if mistake.name == "bullets before texts")
    cases = write_cases(tmp_path / "cases", {"trial.yml": text})
    assert main(["check", str(cases)]) == 1
    assert main(["format", str(cases)]) == 0
    assert main(["check", str(cases)]) == 0
    capsys.readouterr()


def test_no_file_keeps_the_command_busy() -> None:
    """A file is read a limited number of times; what is not mended then is told by the check."""
    text = "".join(f"a{number}: “b: c”\n" for number in range(8_000))
    assert turned(text) == text
