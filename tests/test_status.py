"""How the records stand: in the terminal, as JSON, and on the page for editors."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.collection.library import load_library, read_records
from casebook.collection.status import CaseStatus, case_statuses, completeness
from casebook.collection.unread import unread_sources
from casebook.edit.template import new_record
from casebook.languages import Language
from casebook.record.examples import example_problems, examples
from casebook.record.fields import every_field, record_fields
from casebook.record.schema import record_schema
from casebook.record.translation import digest
from casebook.record.vocabulary import NEW_SOURCES, Context, load_vocabulary
from casebook.render.field_reference import field_reference
from casebook.render.status import MOST, status_markdown
from markdown import markdown
from site_support import CASE_FILES, Site, address, case_address, text_of
from site_support import LANGUAGES as SITE_LANGUAGES
from support_casebook import LANGUAGES, MINIMAL, NB, ROOT, load, record, write_cases

Captured = pytest.CaptureFixture[str]
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)
on_the_site = pytest.mark.parametrize("language", list(SITE_LANGUAGES), ids=lambda lang: lang.code)
TODAY = date(2026, 11, 22)


def statuses(folder: Path, files: dict[str, str]) -> dict[str, CaseStatus]:
    cases = write_cases(folder / "cases", dict(files))
    library, problems = load_library(cases, LANGUAGES, today=TODAY)
    documents, _ = read_records(cases)
    return {status.id: status for status in case_statuses(library, documents, problems)}


# --- what is told ------------------------------------------------------------------------------


def test_the_state_of_translations(tmp_path: Path) -> None:
    library, _ = load(tmp_path / "own", {"a.yml": MINIMAL})
    own = digest(library.cases["a"], LANGUAGES)
    found = statuses(
        tmp_path,
        {
            "fresh.yml": record(translation=f'{{en: {{by: human, of: "{own}"}}}}'),
            "stale.yml": record(translation="{en: {by: human, of: 0123456789abcdef}}"),
            "machine.yml": record(translation="{en: {by: machine}}"),
            "unrecorded.yml": MINIMAL,
            "missing.yml": record(lead="{nb: Bare norsk.}"),
        },
    )
    assert {id_: status.translations for id_, status in found.items()} == {
        id_: {"en": id_} for id_ in found
    }
    assert not found["fresh"].needs_work
    assert all(found[id_].needs_work for id_ in ("stale", "machine", "missing", "unrecorded"))


def test_when_it_was_confirmed_and_who_is_withheld(tmp_path: Path) -> None:
    person = (
        "[{role: {nb: a, en: b}, organisation: c, name: d, basis: {published: page}, "
        "confirmed: 2020-01-31}]"
    )
    found = statuses(
        tmp_path,
        {
            "never.yml": MINIMAL,
            "fresh.yml": record(confirmed="2025-01-31"),
            "overdue.yml": record(confirmed="2024-01-31", contacts=person),
        },
    )
    assert {id_: status.freshness for id_, status in found.items()} == {id_: id_ for id_ in found}
    assert (found["overdue"].until, found["overdue"].withheld) == (date(2026, 1, 31), 1)


def test_completeness_counts_what_a_full_case_tells() -> None:
    asked = {
        spec.name for spec in record_fields() if spec.required or (spec.use and spec.use.expected)
    }
    missing, complete = completeness({})
    assert (set(missing), complete) == (asked, 0)
    missing, complete = completeness(dict.fromkeys(asked, "noe"))
    assert (missing, complete) == ((), 100)
    told = dict.fromkeys(asked, "noe")
    unknown = told | {
        "funding": ["unknown"],
        "hard_parts": "not-known",
        "status": {"is": "unknown"},
    }
    missing, complete = completeness(unknown)
    assert set(missing) == {"funding", "hard_parts", "status"}
    assert complete == 100 * (len(asked) - 3) // len(asked)


def test_a_typed_record_is_as_complete_as_the_same_one_as_it_is_written() -> None:
    library, _ = load_library(ROOT / "cases", LANGUAGES)
    documents, _ = read_records(ROOT / "cases")
    for status in case_statuses(library):
        assert (status.missing, status.complete) == completeness(documents[status.id].plain())


def test_a_record_with_problems_is_listed_with_its_broken_relations(tmp_path: Path) -> None:
    found = statuses(tmp_path, {"a.yml": record(related="[b, c]", status="no"), "b.yml": MINIMAL})
    assert found["a"].problems == 2
    assert found["a"].broken == ("c",)
    assert (found["a"].freshness, found["a"].evidence) == (None, "")
    assert found["b"].problems == 0


# --- sources to be opened ----------------------------------------------------------------------


def test_sources_that_nobody_read_whole_are_to_be_opened(tmp_path: Path) -> None:
    library, _ = load(
        tmp_path,
        {"a.yml": record(sources="[report-2020, undated]"), "b.yml": record(sources="[undated]")},
    )
    assert [(one.id, one.seen, one.cases) for one in unread_sources(library)] == [
        ("page", "excerpt", 0),
        ("undated", "named", 2),
    ]


@each_language
def test_the_page_leads_to_the_sources_to_be_opened(tmp_path: Path, language: Language) -> None:
    library, _ = load(tmp_path, {"a.yml": record(sources="[undated]")})
    text = status_markdown(case_statuses(library), library, language, "")
    assert "](<https://www.example.org/kafe>) (`page`): " in text
    one = language.text("status.built_on.one")
    assert f"- Old slides (`undated`): {language.text('page.reference_seen.named')} · {one}" in text


# --- the command -------------------------------------------------------------------------------


@each_language
def test_the_command_writes_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, language: Language
) -> None:
    monkeypatch.chdir(tmp_path)
    write_cases(tmp_path / "cases", {"a.yml": record(confirmed="2024-01-31"), "b.yml": MINIMAL})
    assert main(["status", "--lang", language.code]) == OK
    heading, *rows = capsys.readouterr().out.splitlines()
    for name in ("translation", "confirmed", "evidence", "complete", "missing"):
        assert language.text(f"status.columns.{name}") in heading
    assert rows[0].startswith("a ")
    assert language.text("status.overdue", date="2024-01-31") in rows[0]
    assert "results" in rows[0]
    last = rows.index(language.text("status.to_open")) - 2
    assert "2" in rows[last]


def test_the_command_writes_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    write_cases(tmp_path / "cases", {"a.yml": record(confirmed="2024-01-31"), "b.yml": "title: ["})
    assert main(["status", "--format", "json"]) == PROBLEMS
    told = json.loads(capsys.readouterr().out)
    (entry,) = told["cases"]
    assert [source["seen"] for source in told["sources_to_open"]] == ["excerpt", "named"]
    assert entry["id"] == "a"
    assert (entry["freshness"], entry["confirmed_until"]) == ("overdue", "2026-01-31")
    assert entry["translations"] == {"en": "unrecorded"}
    assert entry["broken_relations"] == []


# --- the page ----------------------------------------------------------------------------------


@on_the_site
def test_the_page_lists_every_case_with_its_state(site: Site, language: Language) -> None:
    page = site[address("bidra/status", language)]
    rows = list(page.main.select("table tbody tr"))
    targets = page.targets(page.main)
    assert len(rows) == len(CASE_FILES)
    assert all(case_address(id_, language) in targets for id_ in CASE_FILES)
    assert language.text("status.translations.machine") in text_of(rows[0])
    assert address("bidra/status", language) in site[address("bidra/index", language)].targets(
        site[address("bidra/index", language)].main
    )


def test_text_of_records_does_not_come_alive_in_the_table(tmp_path: Path) -> None:
    title = '{nb: "<b>x</b> | [a][b] `c` d_e_f {: .e }", en: x}'
    library, _ = load(tmp_path, {"a.yml": record(title=title)})
    text = status_markdown(case_statuses(library), library, NB, "../eksempler/")
    html = markdown(text, extensions=["tables", "attr_list"])
    assert "<b>" not in html
    assert html.count("<tr>") == 2
    assert "[a][b] `c` d_e_f {: .e }" in html


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    library, _ = load(tmp_path, {"a.yml": MINIMAL})
    (one,) = case_statuses(library)
    text = status_markdown([one] * (MOST + 5), library, NB, "")
    assert NB.text("status.some", most=MOST, total=MOST + 5) in text
    assert text.count("\n| [") == MOST


# --- the field reference -----------------------------------------------------------------------


@each_language
def test_reference_schema_and_template_have_the_same_fields(language: Language) -> None:
    vocabulary, problems = load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)
    assert not problems
    names = [spec.name for spec in record_fields()]
    reference = field_reference(language, Context(LANGUAGES, vocabulary))
    assert re.findall(r"^## .*\{#([\w-]+)\}$", reference, re.M) == [
        name.replace("_", "-") for name in names
    ]
    schema = record_schema(vocabulary, LANGUAGES, [language])
    assert list(schema["properties"]) == [*names, NEW_SOURCES]
    template = new_record({}, LANGUAGES, language, vocabulary, TODAY)
    assert re.findall(r"^(?:# )?([a-z_]+):(?= |$)", template, re.M) == names[:-1]
    assert "casebook translated" in template  # which fills in the last one
    for key in {spec.key for spec in every_field()}:
        assert language.text(f"record.{key}.help").replace("`", "")[:30] in reference.replace(
            "\\", ""
        ).replace("`", "")


@on_the_site
def test_the_reference_says_what_the_check_says(site: Site, language: Language) -> None:
    vocabulary, _ = load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)
    context = Context(LANGUAGES, vocabulary)
    said = text_of(site[address("bidra/felter", language)].main)
    for spec in record_fields():
        problems = example_problems(examples()[spec.key].bad, spec, context)
        told = language.message(problems[0])[0] if problems else ""
        assert " ".join(told.split()) in said
