"""The table of faults: what `casebook check` and the form say about the same record."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from casebook.browser.form_data import build_form_data
from casebook.collection.library import Library
from casebook.languages import Language
from casebook.letters import can_show, shown
from casebook.problem import Problem
from casebook.record.hosts import looks_alike
from casebook.record.source import parse_text
from script_support import run_script
from support_casebook import EN, LANGUAGES, MINIMAL, NB, load, record

ID = "trial"
OTHER = "cafe-vintage"
"""A record beside the faulty one, so that relations have something to lead to."""


@dataclass(frozen=True)
class Fault:
    """A row of the table."""

    name: str
    fields: dict[str, str]
    problems: list[tuple[str, str]]
    fix: dict[str, str] | None

    @property
    def text(self) -> str:
        """The faulty record."""
        return record(**self.fields)


_TIMES = re.compile(r"«(.+?) × (\d+)»")


def table() -> list[Fault]:
    """Every row."""
    text = (Path(__file__).parent / "faults.yml").read_text(encoding="utf-8")
    rows = yaml.load(_TIMES.sub(lambda match: match[1] * int(match[2]), text), yaml.BaseLoader)
    return [
        Fault(row["name"], row["with"], [(r, w) for r, w in row["problems"]], row.get("fix"))
        for row in rows
    ]


FAULTS = table()


def read(folder: Path, text: str) -> tuple[Library, list[Problem]]:
    """Read the record beside another one."""
    return load(folder, {f"{ID}.yml": text, f"{OTHER}.yml": MINIMAL})


def test_the_table_is_long_enough_and_names_each_fault_once() -> None:
    assert len(FAULTS) >= 40
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    _, problems = read(tmp_path, fault.text)
    lines = fault.text.splitlines()
    told = [(problem.rule, lines[problem.line - 1][problem.column - 1 :]) for problem in problems]
    assert sorted(rule for rule, _ in told) == sorted(rule for rule, _ in fault.problems), told
    for rule, words in fault.problems:
        assert any(found == rule and rest.startswith(words) for found, rest in told), told
    for problem in problems:
        messages = {language.message(problem) for language in LANGUAGES}
        assert len(messages) == len(LANGUAGES.codes), "each language has words of its own"
        assert all(message and hint for message, hint in messages)


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.fix is not None], ids=lambda fault: fault.name
)
def test_what_the_hint_asks_for_takes_the_fault_away(fault: Fault, tmp_path: Path) -> None:
    assert fault.fix is not None
    _, problems = read(tmp_path, record(**{**fault.fields, **fault.fix}))
    assert not problems


_CHECK = """async ([rows, id, languages, world, data, told_in], scripts) => {
  const { faultsOf } = await import(`${scripts}/form/rules.js`);
  const { lettersOf } = await import(`${scripts}/form/letters.js`);
  const { signsOf } = await import(`${scripts}/form/structure.js`);
  const { told } = await import(`${scripts}/form/messages.js`);
  world.cases = new Map(world.cases);
  return rows.map((record) =>
    languages.map((language) => {
      const { fields, languages, limits, domains } = data[language];
      const rules = told_in[language] ?? data[language].rules;
      const letters = lettersOf(data[language].letters);
      const signs = signsOf(data[language].structure);
      const here = { ...world, fields, languages, limits, domains, letters, signs };
      return faultsOf(record, id, here).map((fault) => {
        const { message, hint } = told(fault, rules);
        return [message, hint];
      });
    }),
  );
}"""


def form_data(tmp_path: Path) -> dict[str, Any]:
    """What the form reads, by language."""
    library, _ = read(tmp_path / "good", MINIMAL)
    data = {
        language.code: json.loads(build_form_data(library, language).content)
        for language in (NB, EN)
    }
    for told_of in data.values():  # a browser has no names of what people see by themselves
        told_of["letters"]["names"].update(names_of("".join(fault.text for fault in FAULTS)))
    return data


def told_by_form(data: dict[str, Any], told_in: dict[str, Any]) -> list[list[list[list[str]]]]:
    """Message and hint of each fault in each language, in the words of ``told_in`` or its own."""
    rows = [plain(fault.text) for fault in FAULTS]
    found: list[list[list[list[str]]]] = run_script(
        _CHECK, [rows, ID, [NB.code, EN.code], world(data[NB.code]), data, told_in]
    )
    return found


def test_the_form_finds_the_same_as_the_command_line(tmp_path: Path) -> None:
    in_files = {language.code: words_about_files(language) for language in (NB, EN)}
    told = told_by_form(form_data(tmp_path), in_files)
    for number, (fault, by_language) in enumerate(zip(FAULTS, told, strict=True)):
        _, problems = read(tmp_path / str(number), fault.text)
        for language, messages in zip((NB, EN), by_language, strict=True):
            # What is meant by a name is known in its language only: there one chooses it in a list.
            found = sorted((m, "" if _NAMES.search(m) else h) for m, h in messages)
            known = messages_of(problems, language)
            assert found == sorted((m, "" if _NAMES.search(m) else h) for m, h in known), fault.name


_NAMES = re.compile(r"vokabularet|vocabulary|Stedet|no place|finnes ikke her|no field")
_OF_FILES = re.compile(
    r"\.yml|casebook|YAML|\w+: [\[{](?!\w+ )|…}|[«\"](?:[a-z]+_[a-z_]+|unit|source|basis|related"
    r"|sources|results|images|links|direction|evidence|level|year|date|disagreement|about|result)[»\"]"
)


def test_the_form_speaks_of_what_people_see_there(tmp_path: Path) -> None:
    """Labels, buttons and choices: nobody who uses it has seen a key or a file."""
    for fault, by_language in zip(FAULTS, told_by_form(form_data(tmp_path), {}), strict=True):
        for messages in by_language:
            assert messages, fault.name
            for message, hint in messages:
                assert any(rule == "unknown-key" for rule, _ in fault.problems) or (
                    not _OF_FILES.search(f"{message} {hint}")
                ), (fault.name, message, hint)


def words_about_files(language: Language) -> dict[str, dict[str, str]]:
    """The strings of each rule as the command line uses them."""
    rules: dict[str, dict[str, str]] = {}
    for key, text in language.strings.items():
        if key.startswith("problems."):
            _, rule, part = key.split(".")
            rules.setdefault(rule, {})[part] = text
    return rules


_LOOK_ALIKE = """async (addresses, scripts) => {
  const { looksAlike } = await import(`${scripts}/form/hosts.js`);
  return addresses.map(looksAlike);
}"""


def test_the_form_takes_the_same_hosts_for_others() -> None:
    """Every letter that can be shown, but Chinese and Korean ones, beside some others."""
    unnamed = "\u0640\u2132\u214e\u3005\u303b\u0374"  # their names begin with no script
    one_of_many = ("CJK UNIFIED", "HANGUL SYLLABLE")
    letters = [
        letter
        for letter in shown() - set(unnamed)
        if letter.isalpha() and not unicodedata.name(letter, "").startswith(one_of_many)
    ]
    beside = ["a", "\u0430", "\u03bf", "\u0627", "\u05d0", "\uac00", "\u4e00", "\u3042"]
    addresses = [f"https://{letter}.{other}/" for letter in letters for other in beside]
    told = run_script(_LOOK_ALIKE, addresses)
    differing = [one for one, js in zip(addresses, told, strict=True) if js != looks_alike(one)]
    assert not differing, differing[:20]


def names_of(text: str) -> dict[str, str]:
    """The name of every character that no font has."""
    return {
        character: name
        for character in set(text)
        if not can_show(character) and (name := unicodedata.name(character, ""))
    }


def messages_of(problems: list[Problem], language: Language) -> list[tuple[str, str]]:
    """What the command line tells."""
    return [language.message(problem) for problem in problems]


def plain(text: str) -> dict[str, Any]:
    """The record as the form holds it."""
    document, _ = parse_text(text, "trial.yml")
    if document is None:  # a list that is too long is read no further
        return dict(yaml.load(text, yaml.BaseLoader))
    return document.plain()


def world(data: dict[str, Any]) -> dict[str, Any]:
    """What the form checks against, out of its data, as its script takes it."""
    return {
        "languages": data["languages"],
        "facets": {facet: [term[0] for term in terms] for facet, terms in data["facets"].items()},
        "places": [place[0] for place in data["places"]],
        "references": [reference[0] for reference in data["references"]],
        "cases": [[OTHER, ""], [ID, ""]],
        "elsewhere": [],
    }
