"""What editors do to a file by mistake: told once, where it is, by its cause and its remedy."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from support_casebook import LANGUAGES, load

TABLE = Path(__file__).parent / "editor_faults.yml"
_TIMES = re.compile(r"«(.+?) × (\d+)»")


@dataclass(frozen=True)
class Mistake:
    """A row of the table; ``editor_faults.yml`` tells what each part of it means."""

    name: str
    change: dict[str, str] = field(default_factory=dict)
    upto: str = ""
    twice: bool = False
    file: str = "trial.yml"
    encoding: str = "utf-8"
    beside: dict[str, dict[str, str]] = field(default_factory=dict)
    rule: str = ""
    at: str = ""
    says: dict[str, list[str]] = field(default_factory=dict)
    warns: bool = False
    accepted: bool = False

    @property
    def text(self) -> str:
        """The file with the mistake in it."""
        text = changed(RECORD, self.change)
        if self.upto:
            text = text[: text.index(self.upto) + len(self.upto)]
        return text * 2 if self.twice else text

    @property
    def place(self) -> int:
        """Where in the file the mistake is."""
        return self.text.rindex(self.at) if self.twice else self.text.index(self.at)


def changed(text: str, change: dict[str, str]) -> str:
    """The text with each of the words exchanged for the others."""
    for old, new in change.items():
        assert old == "all" or old in text, old
        text = new if old == "all" else text.replace(old, new)
    return _TIMES.sub(lambda match: f"{match[1]} " * int(match[2]), text)


_TREE: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
RECORD: str = _TREE["record"]
MISTAKES = [Mistake(**row) for row in _TREE["faults"]]


def test_the_record_itself_has_nothing_wrong(tmp_path: Path) -> None:
    assert load(tmp_path, {"trial.yml": RECORD})[1] == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_once_at_its_place_with_its_remedy(
    mistake: Mistake, tmp_path: Path
) -> None:
    others = {name: changed(RECORD, change) for name, change in mistake.beside.items()}
    text = mistake.text
    _, problems = load(tmp_path, {mistake.file: text.encode(mistake.encoding), **others})
    told = [problem for problem in problems if problem.path == f"cases/{mistake.file}"]
    messages = {
        language.code: [" ".join(language.message(problem)) for problem in told]
        for language in LANGUAGES
    }
    if mistake.accepted:
        assert not told, messages
        return
    assert [problem.rule for problem in told] == [mistake.rule], messages
    before = text[: mistake.place]
    assert told[0].line == before.count("\n") + 1, messages
    assert told[0].is_warning is mistake.warns
    for code, words in mistake.says.items():
        for word in words:
            assert word in messages[code][0], messages[code]
