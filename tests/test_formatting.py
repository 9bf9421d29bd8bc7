"""Records in one form: the order of fields and the breaking of lines, and nothing else changes."""

import random
import re
import shutil
from pathlib import Path

import pytest
from casebook.cli import OK, PROBLEMS, main
from casebook.edit.formatting import WIDTH, comments, format_text
from casebook.record.fields import record_fields
from casebook.record.source import MAX_BYTES, parse_text
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from site_support import CASE_FILES
from support_casebook import GOLDEN, LANGUAGES, MINIMAL, write_cases

Captured = pytest.CaptureFixture[str]
RECORDS = [*CASE_FILES.values()]
LONG = "Et langt stykke tekst med ord som må brytes et sted. " * 4


def formatted(text: str) -> str:
    """The form of a text, which has the same values, the same comments, and is final."""
    result = format_text(text, LANGUAGES)
    assert plain(result) == plain(text)
    assert comments(result) == comments(text)
    assert format_text(result, LANGUAGES) == result
    return result


def plain(text: str) -> object:
    document, problems = parse_text(text, "")
    assert document is not None and not problems, (problems, text)
    return document.plain()


# --- what is changed ---------------------------------------------------------------------------


def test_fields_come_in_the_order_of_the_format() -> None:
    assert formatted("updated: 2026-01-31\nlead: {nb: b}\ntitle: {nb: a}\n") == (
        "title: {nb: a}\nlead: {nb: b}\nupdated: 2026-01-31\n"
    )


def test_fields_inside_others_do_too() -> None:
    text = """\
organisations:
  - roles: [owner]
    # hvem
    name: NAV Asker
  - name: Butikken
    roles: [partner]
title:
  en: A
  nb: B
"""
    assert (
        formatted(text)
        == """\
title:
  nb: B
  en: A
organisations:
    # hvem
  - name: NAV Asker
    roles: [owner]
  - name: Butikken
    roles: [partner]
"""
    )


def test_a_comment_moves_with_the_field_below_it_or_before_it_on_the_line() -> None:
    text = """\
# Om filen.

# Om datoen.
# To linjer.
updated: 2026-01-31  # i dag
lead:
  nb: b
  # Mer om ingressen.
# Om tittelen.
title: {nb: a}
# Sist i filen.
"""
    assert (
        formatted(text)
        == """\
# Om filen.

# Om tittelen.
title: {nb: a}
lead:
  nb: b
  # Mer om ingressen.
# Om datoen.
# To linjer.
updated: 2026-01-31  # i dag
# Sist i filen.
"""
    )


def test_the_line_that_names_the_schema_stays_on_top() -> None:
    schema = "# yaml-language-server: $schema=../docs/bidra/case.schema.json\n"
    assert formatted(f"{schema}lead: b\ntitle: a\n") == f"{schema}title: a\nlead: b\n"


def test_unknown_fields_stay_and_stand_last() -> None:
    assert formatted("b: 1\na: 2\ntitle: x\n") == "title: x\nb: 1\na: 2\n"


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_text_that_is_too_long_is_folded(quote: str) -> None:
    text = f"lead:\n  nb: {quote}{LONG.strip()}{quote}  # hvorfor\n"
    lines = formatted(text).splitlines()
    assert lines[:2] == ["lead:", "  nb: >-  # hvorfor"]
    assert all(len(line) <= WIDTH for line in lines)


def test_folded_text_is_broken_as_late_as_possible_and_not_before_a_source() -> None:
    words = f"{'a' * 60} {'b' * 40} slutt [@own]. Mer"
    text = "lead:\n  nb: >-\n    " + words.replace(" ", "\n    ") + "\n"
    lines = formatted(text).splitlines()
    assert lines[2:] == [f"    {'a' * 60} {'b' * 40}", "    slutt [@own]. Mer"]


def test_no_folded_line_begins_like_an_item_of_a_list() -> None:
    words = f"{'a' * 60} {'b' * 40} – c - d"
    text = "lead:\n  nb: >-\n    " + words.replace(" - ", "\n    - ") + "\n"
    lines = formatted(text).splitlines()
    assert lines[2:] == [f"    {'a' * 60} {'b' * 40} –", "    c - d"]


def test_paragraphs_of_folded_text_stay_apart() -> None:
    text = f"lead:\n  nb: >-\n    En.\n\n\n    To. {LONG}\n"
    assert "    En.\n\n\n    To. Et" in formatted(text)


def test_lists_and_groups_that_do_not_fit_get_a_line_for_each_part() -> None:
    long, short = "a" * 60, "b" * 50
    text = f"names: [{long}, {short}]\nlead: {{nb: {long}, en: {short}}}  # x\n"
    assert formatted(text) == (
        f"lead:  # x\n  nb: {long}\n  en: {short}\nnames:\n  - {long}\n  - {short}\n"
    )
    text = f"organisations:\n  - {{name: {long}, roles: [owner], note: {short}}}\n"
    assert formatted(text) == (
        f"organisations:\n  - name: {long}\n    roles: [owner]\n    note: {short}\n"
    )


# --- what stays as it is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        '"no"',
        "'12:30'",
        '"010"',
        "2026-01-31",
        "1.10",
        '"  mellomrom  "',
        '"linje\\nskift"',
        "'æøå – «sitat»'",
        "|\n    En linje\n      rykket inn\n\n    slutt",
        f"|-\n    {LONG}",
        ">+\n    slutt\n\n",
        ">2-\n      rykket inn",
        ">-\n    a\n      mer rykket inn\n    b",
        "a" * 200,
        "https://www.example.org/" + "x" * 150,
        "~",
        "",
    ],
)
def test_a_value_keeps_its_quotes_and_its_spaces(value: str) -> None:
    text = f"lead:\n  nb: {value}\n"
    assert formatted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "title: &a x\nlead: *a\n",
        "title: a\ntitle: b\n",
        "- a\n",
        "a: [\n",
        "",
        "# bare en merknad\n",
        '{"lead": {"nb": "b"}, "title": {"nb": "a"}}\n',
        "? lead\n: b\n? title\n: a\n",
        "--- {lead: a, title: b}\n",
    ],
)
def test_what_cannot_be_put_in_order_is_left_alone(text: str) -> None:
    assert format_text(text, LANGUAGES) == text


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((GOLDEN / "valid").rglob("*.yml")) if path.parent.name[0] != "_"],
    ids=lambda path: path.stem,
)
def test_the_golden_records_keep_their_meaning(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert len(text) < MAX_BYTES
    formatted(text)


# --- any text ----------------------------------------------------------------------------------

NAMES = [spec.name for spec in record_fields()]
WORDS = ["no", "010", "12:30", "æøå", "[@own]", "- a", "#nei", "a: b", "  ", "«x»", '"', "'", "\\"]


@some.composite
def values(draw: some.DrawFn, indentation: int) -> str:
    """A text in one of the ways in which YAML writes it."""
    words = draw(some.lists(some.sampled_from([*WORDS, *LONG.split()]), min_size=1, max_size=40))
    style = draw(some.sampled_from(['"', "'", ">-", "|-", ">", "|", ""]))
    text = " ".join(words)
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style:
        pieces = re.split(r" (?=\w)", text.strip())
        every = draw(some.integers(1, 12))
        rows = [" ".join(pieces[at : at + every]) for at in range(0, len(pieces), every)]
        blank = draw(some.integers(0, len(rows)))
        rows[blank:blank] = draw(some.sampled_from([[], [""]])) if blank else []
        pad = " " * indentation
        return "\n".join([style, *(f"{pad}{row}" if row else "" for row in rows)])
    return "ord " + " ".join(re.findall(r"\w+", text))


@some.composite
def records(draw: some.DrawFn) -> str:
    """A record of any fields in any order, with comments above, beside and below them."""
    lines: list[str] = []
    if draw(some.booleans()):
        lines += ["# filen", ""]
    for name in draw(some.lists(some.sampled_from(NAMES), min_size=1, max_size=7, unique=True)):
        if draw(some.booleans()):
            lines += [f"# over {name}"] * draw(some.integers(1, 2))
        if draw(some.booleans()):
            lines += [f"{name}:"]
            for code in draw(some.permutations(["nb", "en"])):
                lines += [f"  {code}: {draw(values(4))}"]
        else:
            lines += [f"{name}: {draw(values(2))}"]
    return "\n".join(lines) + "\n"


@settings(max_examples=150, deadline=None, derandomize=True, phases=[Phase.generate])
@given(records())
def test_whatever_a_record_holds_it_keeps_its_meaning(text: str) -> None:
    document, problems = parse_text(text, "")
    if document is None or problems:
        assert format_text(text, LANGUAGES) == text
        return
    result = formatted(text)
    order = [name for name in re.findall(r"^(\w+):", result, re.MULTILINE) if name in NAMES]
    keys = [*parse_text(result, "")[0].plain()]  # type: ignore[union-attr]
    assert keys == sorted(keys, key=NAMES.index), order
    for name in re.findall(r"^# over (\w+)$", result, re.MULTILINE):
        assert re.search(rf"^# over {name}\n(?:# over {name}\n)?{name}:", result, re.MULTILINE)


@pytest.mark.parametrize("path", RECORDS[::8], ids=lambda path: path.stem)
def test_a_case_whose_fields_are_mixed_up_finds_back_to_its_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head, *fields = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    random.Random(path.stem).shuffle(fields)
    mixed = format_text(head + "".join(fields), LANGUAGES)
    assert re.sub("\n+", "\n", mixed) == re.sub("\n+", "\n", format_text(text, LANGUAGES))


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


MIXED = "# om\n" + "".join(
    f"{line}\n" for line in reversed(MINIMAL.splitlines()) if "#" not in line
)


def test_the_command_formats_what_needs_it_and_says_so(home: Path, capsys: Captured) -> None:
    cases = write_cases(home / "cases", {"a.yml": MIXED, "b.yml": format_text(MIXED, LANGUAGES)})
    before = (cases / "b.yml").stat()
    assert main(["format"]) == OK
    assert [line for line in capsys.readouterr().out.splitlines() if "a.yml" in line]
    assert (cases / "a.yml").read_text() == format_text(MIXED, LANGUAGES)
    assert (cases / "b.yml").stat().st_mtime_ns == before.st_mtime_ns
    assert main(["format"]) == OK
    assert capsys.readouterr().out == ""
    assert main(["check"]) == OK


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.code)
def test_with_check_nothing_is_written(home: Path, capsys: Captured, language: object) -> None:
    code = getattr(language, "code", "")
    cases = write_cases(home / "cases", {"a.yml": MIXED, "b.yml": MINIMAL})
    assert main(["format", "--check", "--lang", code]) == PROBLEMS
    said = LANGUAGES[code].text("command.format.would", path="cases/a.yml")
    assert said in capsys.readouterr().out
    assert (cases / "a.yml").read_text() == MIXED
    assert main(["format", "--check", "cases/b.yml"]) == OK


def test_line_ends_byte_order_mark_and_permissions_stay(home: Path) -> None:
    cases = write_cases(home / "cases", {})
    data = b"\xef\xbb\xbf" + MIXED.replace("\n", "\r\n").encode()
    (cases / "a.yml").write_bytes(data)
    (cases / "a.yml").chmod(0o640)
    assert main(["format"]) == OK
    changed = (cases / "a.yml").read_bytes()
    assert changed.startswith(b"\xef\xbb\xbf")
    assert changed != data
    assert changed.count(b"\n") == changed.count(b"\r\n") == data.count(b"\n")
    assert (cases / "a.yml").stat().st_mode & 0o777 == 0o640


# --- characters --------------------------------------------------------------------------------

SPOILT = "Pro\u00adsenten\u200b er of\ufb01si\u2060elt A\u030a \ufeffher\u200d."
MENDED = "Prosenten er offisielt Å her."


def test_characters_with_one_remedy_are_put_right_and_the_check_is_content(home: Path) -> None:
    text = MINIMAL.replace("Få finner arbeid.", SPOILT)
    assert text != MINIMAL
    cases = write_cases(home / "cases", {"a.yml": text})
    assert main(["check"]) == PROBLEMS
    assert main(["format"]) == OK
    assert (cases / "a.yml").read_text() == MINIMAL.replace("Få finner arbeid.", MENDED)
    assert main(["check"]) == OK
    assert main(["format", "--check"]) == OK


def test_characters_are_put_right_in_the_vocabulary_and_in_pages_too(home: Path) -> None:
    cases = write_cases(home / "cases", {"a.yml": MINIMAL})
    shutil.copytree(GOLDEN / "_vocabulary", cases / "_vocabulary", dirs_exist_ok=True)
    terms, page = cases / "_vocabulary" / "measures.yml", home / "docs" / "under" / "page.md"
    before = terms.read_text()
    terms.write_text(before.replace("Møteplass", "Møte\u00adplass"))
    statements = cases / "_vocabulary" / "statements" / "law.yml"
    statements.parent.mkdir()
    statements.write_text("a:\n  label: {nb: Lov, en: L\u00adaw}\n")
    page.parent.mkdir(parents=True)
    page.write_text(f"---\ntitle: A\n---\n\n#   {SPOILT}  \n\n* b\n")
    assert main(["format"]) == OK
    assert terms.read_text() == before
    assert statements.read_text() == "a:\n  label: {nb: Lov, en: Law}\n"
    assert page.read_text() == f"---\ntitle: A\n---\n\n#   {MENDED}  \n\n* b\n"
    page.write_text(SPOILT)
    assert main(["format", "--check", "docs/under/page.md"]) == PROBLEMS
    assert page.read_text() == SPOILT
    assert main(["format", "docs/under/page.md"]) == OK
    assert page.read_text() == MENDED


def test_characters_written_as_escapes_are_put_right() -> None:
    text = 'title: {nb: "Pro\\u00adsent \\ufb01 \\xad \\" \\\\u00ad", en: "\\u0e01"}\n'
    assert format_text(text, LANGUAGES) == (
        'title: {nb: "Prosent fi  \\" \\\\u00ad", en: "\\u0e01"}\n'
    )


def test_what_only_a_person_can_put_right_is_told_and_left(home: Path, capsys: Captured) -> None:
    text = MINIMAL.replace("Få finner arbeid.", "Pro\u00adsent ☕ \uf0b7")
    cases = write_cases(home / "cases", {"a.yml": text})
    assert main(["format"]) == PROBLEMS
    said = capsys.readouterr().out
    assert "[emoji]" in said
    assert "[private-character]" in said
    assert "[invisible-character]" not in said
    assert (cases / "a.yml").read_text() == text.replace("\u00ad", "")


def test_an_address_keeps_its_letters(home: Path) -> None:
    address = "https://www.example.org/A\u030asane"
    text = MINIMAL.replace("Få finner arbeid.", f"A\u030a <{address}>.")
    cases = write_cases(home / "cases", {"a.yml": text})
    main(["format"])
    assert f"Å <{address}>." in (cases / "a.yml").read_text()


def test_a_record_that_cannot_be_read_is_reported_and_left(home: Path, capsys: Captured) -> None:
    cases = write_cases(home / "cases", {"a.yml": "title: [\n", "b.yml": MIXED})
    assert main(["format"]) == PROBLEMS
    assert "[syntax-bracket]" in capsys.readouterr().out
    assert (cases / "a.yml").read_text() == "title: [\n"
    assert (cases / "b.yml").read_text() != MIXED


def test_symbolic_links_are_not_followed(home: Path, capsys: Captured) -> None:
    cases = write_cases(home / "cases", {})
    (home / "outside.yml").write_text(MIXED)
    (cases / "a.yml").symlink_to(home / "outside.yml")
    assert main(["format"]) == PROBLEMS
    assert main(["format", "cases/a.yml"]) == PROBLEMS
    assert capsys.readouterr().out.count("[symbolic-link]") == 2
    assert (home / "outside.yml").read_text() == MIXED
