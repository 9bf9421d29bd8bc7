"""A case is renamed, merged or withdrawn: nothing breaks, and nothing of it is left behind."""

import shutil
from pathlib import Path

import pytest
from casebook.browser.catalogue_data import build_catalogue_data
from casebook.browser.form_data import record_files
from casebook.cli import OK, PROBLEMS, main
from casebook.collection.library import load_library
from casebook.commands import rename
from casebook.page import notices
from casebook.page.case_page import build_case_page
from support_casebook import (
    EN,
    LANGUAGES,
    NB,
    ROOT,
    load,
    record,
    write_cases,
    write_files,
)

Captured = pytest.CaptureFixture[str]
WITHDRAWN = "{is: withdrawn, as_of: 2026-01-31, note: {nb: Den ble aldri til., en: It never was.}}"
SUMMARY = "cases/_vocabulary/overviews/measures/meeting-place.yml"
PARTS = ("what", "whom", "needs", "research", "start")
OVERVIEW = "".join(f"{part}: {{nb: A, en: A}}\n" for part in PARTS) + "as_of: 2026-01-31\n"
PAGE = """---
title: Side
description: Om siden.
cases: [{0}]
---

# Side

[Se](../eksempler/{0}{1}.md), [mer](../eksempler/{0}{1}.md#facts) og `eksempler/{0}.md`, [enda][a].

[a]: ../eksempler/{0}{1}.md
"""


def files_below(folder: Path) -> dict[str, bytes]:
    """What every file below a folder holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with cases that name each other in every way, and pages that name them."""
    monkeypatch.chdir(tmp_path)
    write_cases(
        tmp_path / "cases",
        {
            "kafe.yml": record(related="[sykurs]", shown_with="[butikk]").replace("\n", "\r\n"),
            "sykurs.yml": record(related="[butikk, kafe]") + "shown_with:\n  - kafe\n  - butikk\n",
            "sub/butikk.yml": record(part_of="kafe", names="[kafe]"),
        },
    )
    write_files(
        tmp_path,
        {
            SUMMARY: f"{OVERVIEW}cases: [sykurs, kafe]\n",
            "docs/om/side.md": PAGE.format("kafe", ""),
            "docs/om/side.en.md": PAGE.format("kafe", ".en"),
        },
    )
    return tmp_path


def run(*arguments: str) -> int:
    """Run the command in English."""
    return main([*arguments, "--lang", "en"])


def test_a_new_name_is_put_in_everywhere_and_the_old_one_is_kept(home: Path) -> None:
    assert run("check") == OK
    assert run("rename", "kafe", "kaffebar") == OK
    assert run("check") == OK
    held = files_below(home)
    assert "cases/kafe.yml" not in held
    own = held["cases/kaffebar.yml"].decode()
    assert "former_ids: [kafe]\r\nsources:" in own
    other = held["cases/sykurs.yml"].decode()
    assert "related: [butikk, kaffebar]" in other
    assert "shown_with:\n  - kaffebar\n  - butikk\n" in other
    # A name that people read is no id.
    assert "part_of: kaffebar\nnames: [kafe]" in held["cases/sub/butikk.yml"].decode()
    assert "cases: [sykurs, kaffebar]" in held[SUMMARY].decode()
    for ending in ("", ".en"):
        page = held[f"docs/om/side{ending}.md"].decode()
        assert page == PAGE.format("kaffebar", ending).replace(
            "`eksempler/kaffebar", "`eksempler/kafe"
        )


def test_the_old_name_taken_back_leaves_every_byte_as_it_was(home: Path) -> None:
    before = files_below(home)
    for one, two in (("kafe", "kaffebar"), ("kaffebar", "kafe")):
        assert run("rename", one, two) == OK
    assert files_below(home) == before


def test_a_real_case_is_renamed_with_nothing_left_to_do(tmp_path: Path) -> None:
    """Every place is found: the check, which knows all of them, finds neither error nor warning."""
    for name in ("cases", "docs"):
        ignore = shutil.ignore_patterns("assets")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    places = ["--cases", str(tmp_path / "cases")]
    before = files_below(tmp_path)
    assert run("rename", "sisters-in-business", "asker-modellen", *places) == OK
    library, problems = load_library(tmp_path / "cases", LANGUAGES)
    assert not problems
    assert library.names.former == {"sisters-in-business": "asker-modellen"}
    assert run("rename", "asker-modellen", "sisters-in-business", *places) == OK
    assert files_below(tmp_path) == before


def test_a_file_that_was_renamed_by_hand_is_caught_up_with(home: Path) -> None:
    assert run("rename", "kafe", "kaffebar") == OK
    expected = files_below(home)
    assert run("rename", "kaffebar", "kafe") == OK
    cases = home / "cases"
    (cases / "kafe.yml").unlink()
    (cases / "kaffebar.yml").write_bytes(expected["cases/kaffebar.yml"])
    assert run("check") == OK  # the old name leads on until then
    assert run("rename", "kafe", "kaffebar") == OK
    assert files_below(home) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kaffe", "ny"), 'Did you mean "kafe"?'),
        (("kafe", "Kafé"), "cannot be the name"),
        (("kafe", "index"), "cannot be the name"),
        (("kafe", "sykurs"), "of another case"),
        (("kafe", "kurs", "--into"), 'Did you mean "sykurs"?'),
        (("kafe", "kafe", "--into"), "there is no such case"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    arguments: tuple[str, ...], said: str, home: Path, capsys: Captured
) -> None:
    before = files_below(home)
    assert run("rename", *arguments) == PROBLEMS
    assert said in capsys.readouterr().err
    assert files_below(home) == before


def test_all_edits_are_made_or_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_below(home)
    written: list[Path] = []

    def fill_the_disk(path: Path, held: bytes, text: str) -> None:
        if len(written) == 4:
            raise OSError(28, "no space", str(path))
        written.append(path)
        path.write_bytes(text.encode())

    monkeypatch.setattr(rename, "replace_file", fill_the_disk)
    with pytest.raises(SystemExit):
        run("rename", "kafe", "kaffebar")
    assert len(written) == 4
    assert files_below(home) == before


def test_two_cases_become_one(home: Path, capsys: Captured) -> None:
    assert run("rename", "kafe", "kaffebar") == OK
    before = files_below(home)
    # A case cannot be part of itself: nothing is merged that the check would refuse.
    assert run("rename", "kaffebar", "butikk", "--into") == PROBLEMS
    assert "part-of-circle" in capsys.readouterr().err
    assert files_below(home) == before
    assert run("rename", "kaffebar", "sykurs", "--into") == OK
    held = files_below(home)
    assert "cases/kaffebar.yml" not in held
    own = held["cases/sykurs.yml"].decode()
    assert "related: [butikk]" in own
    assert "shown_with:\n  - butikk\n" in own
    assert "former_ids: [kaffebar, kafe]\n" in own
    assert "cases: [sykurs]" in held[SUMMARY].decode()


# --- former names ------------------------------------------------------------------------------


def test_a_case_is_found_by_the_names_that_it_had(tmp_path: Path) -> None:
    library, problems = load(
        tmp_path,
        {
            "kafe.yml": record(former_ids="[kaffebar]"),
            "sykurs.yml": record(related="[kaffebar]"),
            "butikk.yml": record(part_of="kaffebar", shown_with="[kaffebar]"),
        },
    )
    assert [(one.rule, one.is_warning) for one in problems] == [("renamed-case", True)] * 3
    assert library.index.related("sykurs") == ("kafe",)
    assert library.index.parent("butikk") == "kafe"
    assert library.index.parts("kafe") == ("butikk",)
    data = build_catalogue_data(library, EN, lambda id_: f"{id_}/")
    finder = next(text for name, text in data.files.items() if name.startswith("cases."))
    assert b'"former":{"kaffebar":"kafe"}' in finder
    notice = notices.renamed("kaffebar", library, NB)
    assert (notice.title, notice.case) == ("Kafé Prøve", "kafe")


# --- withdrawn ---------------------------------------------------------------------------------


def test_of_a_withdrawn_case_only_that_is_told(tmp_path: Path) -> None:
    library, problems = load(
        tmp_path,
        {
            "kafe.yml": record(status=WITHDRAWN, former_ids="[kaffebar]"),
            "sykurs.yml": record(related="[kafe]"),
        },
    )
    assert [(one.rule, one.is_warning) for one in problems] == [("withdrawn-case", True)]
    assert list(library.cases) == ["sykurs"]
    assert build_case_page("sykurs", library, EN).related == ()
    assert library.facets.cases("measures", "meeting-place") == ("sykurs",)
    assert "withdrawn" not in library.facets.pages("status")
    assert [name for name, _ in record_files(library)] == ["records/sykurs.json"]
    told = notices.withdrawn("kafe", library, EN)
    assert told.title == "Trial café"
    assert told.paragraphs == ("The case has been withdrawn (31 January 2026).", "It never was.")
    # A former address leads to the page that says so, and scripts find no case by it.
    assert notices.renamed("kaffebar", library, EN).case == "kafe"
    data = build_catalogue_data(library, EN, lambda id_: f"{id_}/")
    assert not any(b"kaffebar" in text for text in data.files.values())


def test_warnings_are_told_and_stop_nothing(home: Path, capsys: Captured) -> None:
    (home / "cases/kafe.yml").write_text(record(status=WITHDRAWN), encoding="utf-8")
    assert run("check", "--format", "github") == OK
    told = capsys.readouterr().out
    assert "::warning file=docs/om/side.md,line=9,col=19,title=withdrawn-case::" in told
    assert "::error" not in told
