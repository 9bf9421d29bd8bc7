"""Hand-written pages: the blocks of their Markdown, and every problem with its place.

A file or folder put into ``golden/pages`` is a test.  A file is a page that stands there in every
language; a folder holds ``docs`` and, where they matter, ``cases`` with what is added to the golden
vocabulary.  What is expected stands beside it (see ``test_golden``).
"""

import shutil
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.collection.library import load_library
from casebook.commands.command_line import WRONG_USE
from casebook.files.published import find_files
from casebook.gate.check import check_pages
from casebook.handwritten.blocks import Block, scan
from casebook.handwritten.navigation import expanded
from casebook.handwritten.page import name_in, read_pages
from casebook.handwritten.passage import lines_of
from casebook.problem import Problem
from support_casebook import GOLDEN, LANGUAGES, MINIMAL, ROOT, report, write_cases, write_files
from test_golden import examples_of_pages, expect, in_every_language

HEAD = "---\ntitle: Side\ndescription: Om siden.\n---\n\n"


def check_golden(example: Path, folder: Path) -> list[Problem]:
    """Check a page or a folder of pages as if it were the folder ``docs``, beside one record."""
    cases = write_cases(folder / "cases", {"kafe.yml": MINIMAL})
    docs = folder / "docs"
    if example.is_dir():
        shutil.copytree(example, folder, dirs_exist_ok=True)
    else:
        docs.mkdir()
        for language in LANGUAGES:
            shutil.copy(example, docs / name_in(example.name, language, LANGUAGES))
    library, problems = load_library(cases, LANGUAGES)
    assert not problems, report(problems)
    found = check_pages(docs, library, "docs")
    if example.is_dir():
        return found
    return [problem for problem in found if problem.path == f"docs/{example.name}"]


@pytest.mark.parametrize("example", examples_of_pages(), ids=lambda example: example.stem)
def test_a_faulty_page_has_these_problems(example: Path, tmp_path: Path) -> None:
    problems = check_golden(example, tmp_path)
    assert problems, "these pages have no problems"
    expect(example.with_name(f"{example.stem}.problems.txt"), in_every_language(problems))


def test_the_pages_of_the_site_have_no_problems() -> None:
    library, _ = load_library(ROOT / "cases", LANGUAGES)
    problems = check_pages(ROOT / "docs", library, "docs")
    assert not problems, report(problems)


# --- blocks ------------------------------------------------------------------------------------


def blocks(text: str) -> list[Block]:
    return scan(lines_of(text)).blocks


def kinds(text: str) -> list[str]:
    return [f"{block.kind}: {block.passage.text}" for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", ["paragraph: a\nb", "paragraph: c"]),
        ("# A\n## B {#b}\n### C ##", ["heading: A", "heading: B", "heading: C"]),
        ("a\n# B\nc", ["paragraph: a", "heading: B", "paragraph: c"]),
        ("- a\n- [ ] b\n* c", ["item: a", "item: b", "item: c"]),
        ("1. a\n2) b", ["item: a", "item: b"]),
        ("i\n2021. Så", ["paragraph: i\n2021. Så"]),
        ("- a\n  b\n\n  c\n\nd", ["item: a\nb", "paragraph: c", "paragraph: d"]),
        (
            "|a|b|\n|-|-|\n|1|\\|2|\n\nc",
            ["cell: a", "cell: b", "cell: 1", "cell: \\|2", "paragraph: c"],
        ),
        ("a | b\n--|--\n1 | 2", ["cell: a", "cell: b", "cell: 1", "cell: 2"]),
        (
            '!!! note "A"\n    b\n\n    - c\n\nd',
            ["note-title: A", "paragraph: b", "item: c", "paragraph: d"],
        ),
        ("!!! tip\n    b", ["paragraph: b"]),
        ("A\n:   b\n    c", ["paragraph: A", "item: b\nc"]),
        ("[^1]: a", ["paragraph: a"]),
        ("```\na\n\n# b\n```\nc", ["paragraph: c"]),
        ("~~~\n```\n~~~\na", ["paragraph: a"]),
        ("{chart: bars, value: 1}\n\na", ["paragraph: a"]),
        ("a\n\n---\n\nb", ["paragraph: a", "paragraph: b"]),
    ],
)
def test_markdown_falls_into_blocks(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_items_and_rows_know_what_belongs_together() -> None:
    first, inner, deeper, second = blocks("- a\n\n  b\n  - c\n- d")
    assert first.unit == inner.unit
    assert len({first.unit, deeper.unit, second.unit}) == 3
    assert first.group == inner.group == second.group != deeper.group
    cells = blocks("|a|b|\n|-|-|\n|1|2|\n|3|4|")
    assert [cell.row for cell in cells] == [0, 0, 1, 1, 2, 2]
    assert len({cell.group for cell in cells}) == 1
    assert len({cell.unit for cell in cells}) == 3


def test_every_character_of_a_block_knows_its_place() -> None:
    text = '# A\n\n- b\n  c\n\n!!! note "D"\n    e\n    f\n\n|  g | h|\n|--|--|\n| i|j |\n'
    for block in blocks(text):
        for index, character in enumerate(block.passage.text):
            if character != "\n":
                assert text[block.passage.at(index)] == character


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record and a page in both languages, one of which has a problem."""
    write_cases(tmp_path / "cases", {"kafe.yml": MINIMAL})
    faulty = f"{HEAD}[a](borte.md)\n"
    write_files(
        tmp_path / "docs",
        {"side.md": HEAD, "side.en.md": HEAD, "feil.md": faulty, "feil.en.md": HEAD},
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


PROBLEM = "docs/feil.md:6:5: error: "


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["check", *arguments])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("arguments", [(), ("cases",), ("--docs", "docs"), ("docs/feil.md",)])
@pytest.mark.usefixtures("home")
def test_pages_beside_the_records_are_checked_with_them(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, said = checked(capsys, *arguments)
    assert code == PROBLEMS
    assert said.startswith(PROBLEM)
    assert said.count("error:") == 1


@pytest.mark.parametrize("arguments", [("cases/kafe.yml",), ("docs/side.md",)])
@pytest.mark.usefixtures("home")
def test_a_file_is_checked_alone(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert checked(capsys, *arguments) == (OK, "")


def test_a_record_with_a_problem_is_still_a_case_that_pages_may_name(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "cases" / "feil.yml").write_text("title: a\n", encoding="utf-8")
    (home / "docs" / "feil.md").write_text(f"{HEAD}[a](eksempler/feil.md)\n", encoding="utf-8")
    _, said = checked(capsys)
    assert "docs/" not in said
    assert "cases/feil.yml:1:" in said


def test_settings_that_cannot_be_read_are_told_with_their_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(home, {"mkdocs.yml": "nav:\n\t- side.md\n"})
    _, said = checked(capsys)
    assert "mkdocs.yml:2:1: error: " in said
    assert "navig" not in said  # nothing is said of what nobody could read


@pytest.mark.parametrize("settings", ["theme: material\n", "nav: [side.md, feil.md]\n"])
def test_pages_need_no_navigation_where_there_is_none(
    home: Path, capsys: pytest.CaptureFixture[str], settings: str
) -> None:
    write_files(home, {"mkdocs.yml": f"{settings}not_in_nav: '*.en.md'\n"})
    _, said = checked(capsys)
    assert said.count("error:") == 1
    assert said.startswith(PROBLEM)


def test_pages_of_a_folder_take_their_places_by_themselves(tmp_path: Path) -> None:
    def page(order: str = "") -> str:
        return f"---\ntitle: Side\ndescription: Om siden.\n{order}---\n\n# Side\n"

    pages = {
        "guide/index.md": page(),
        "guide/a.md": page(),
        "guide/b.md": page("order: 20\n"),
        "guide/b.en.md": page("order: 1\n"),
        "guide/c/index.md": page("order: 10\n"),
        "guide/c/to.md": page("order: 2\n"),
        "guide/c/en.md": page("order: 1\n"),
        "guide/d.md": page("order: sist\n"),
        "annet/index.md": page(),
    }
    write_files(tmp_path, pages)
    read, _ = read_pages(find_files(tmp_path, "docs"), LANGUAGES)
    chapters = ["guide/c/index.md", "guide/c/en.md", "guide/c/to.md"]
    places = ["guide/index.md", {"guide/c/": chapters}, "guide/b.md", "guide/a.md", "guide/d.md"]
    assert expanded(["index.md", "guide/"], read) == ["index.md", {"guide/": places}]
    assert expanded([{"Guide": ["guide/c/"]}], read) == [{"Guide": [{"guide/c/": chapters}]}]


@pytest.mark.usefixtures("home")
def test_a_folder_of_pages_that_does_not_exist_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", "--docs", "nowhere"])
    assert stop.value.code == WRONG_USE


def test_goldens_of_pages_belong_to_an_example() -> None:
    folder = GOLDEN / "pages"
    expected = {folder / f"{example.stem}.problems.txt" for example in examples_of_pages()}
    assert {*folder.glob("*.txt")} == expected
