"""No text keeps Markdown busy for long: what would is refused, with its line, before it is read."""

from pathlib import Path

import pytest
from casebook.collection.library import load_library
from casebook.gate.check import check_pages
from casebook.handwritten.inline import without_code
from casebook.page.view import Prose
from casebook.record.effort import too_hard
from casebook.record.kinds import PROSE_LIMIT
from casebook.record.source import MAX_BYTES
from casebook.render.page_markdown import page_markdown
from casebook.render.prose import ProseRenderer
from support_casebook import GOLDEN, LANGUAGES, MINIMAL, ROOT, faults, record, write_cases
from test_golden import expect, in_every_language
from test_handwritten import HEAD

HARD = {
    "[": "too-many-signs",
    "[a ": "too-many-signs",
    "![": "too-many-signs",
    "[a](": "too-many-signs",
    "[a][": "too-many-signs",
    "[](<": "too-many-signs",
    "<a ": "too-many-signs",
    "<!--": "too-many-signs",
    "``a`": "too-many-signs",
    "*": "too-many-signs",
    "*_": "too-many-signs",
    "- ": "too-nested",
    "1. ": "too-nested",
    "> ": "too-nested",
    ">": "too-nested",
    "* > ": "too-nested",
    ":   ": "too-nested",
    "    ": "too-nested",
}
"""What a text may consist of, and the rule that it breaks at the greatest length of prose."""
HARD_PAGES = {
    "# a\n": "too-many-lines",
    "a\n=\n": "too-many-lines",
    "---\n": "too-many-lines",
    "*[A]: b\n": "too-many-lines",
    "<![CDATA[\n\n": "too-many-signs",
}


@pytest.mark.parametrize("unit", HARD)
def test_what_would_take_long_is_refused_in_prose(tmp_path: Path, unit: str) -> None:
    text = (unit * PROSE_LIMIT)[: PROSE_LIMIT - 2] + "a"
    hard = too_hard(text)
    assert hard is not None
    assert hard.rule == HARD[unit]
    quoted = '"' + text.replace("\\", "\\\\") + '"'
    rules = [rule for rule, _, _ in faults(tmp_path, record(about=f"{{nb: {quoted}, en: Yes.}}"))]
    assert hard.rule in rules or text != text.strip()


@pytest.mark.parametrize("unit", [*HARD, *HARD_PAGES])
def test_what_would_take_long_is_refused_on_pages(unit: str) -> None:
    assert too_hard((unit * MAX_BYTES)[:MAX_BYTES]) is not None


def test_what_is_refused_is_told_with_its_line_and_nothing_else_is_read(tmp_path: Path) -> None:
    cases = write_cases(tmp_path / "cases", {"kafe.yml": MINIMAL})
    (tmp_path / "docs").mkdir()
    head = HEAD.replace("---\n\n", "translated: false\n---\n\n")
    for name, text in {
        "klammer": "[" * 12_000,
        "lister": "- " * 99,
        "linjer": "# a\n" * 3000,
    }.items():
        (tmp_path / "docs" / f"{name}.md").write_text(f"{head}Et avsnitt.\n\n{text}\n")
    library, _ = load_library(cases, LANGUAGES)
    problems = check_pages(tmp_path / "docs", library, "docs")
    expect(GOLDEN / "parts" / "effort.problems.txt", in_every_language(problems))


@pytest.mark.parametrize("unit", ["- ", "1. ", "> ", "* > ", "+ 1) "])
def test_the_deepest_text_that_is_let_through_becomes_a_page(unit: str) -> None:
    text = unit * (78 // len(unit)) + "a"
    assert too_hard(text) is None
    assert "a" in ProseRenderer().render(Prose(text))
    assert "a" in page_markdown().convert(text)
    steps = "\n".join(f"{' ' * 4 * step}- a" for step in range(19))
    assert too_hard(steps) is None
    assert page_markdown().convert(steps).count("<li>") == 19


def test_every_text_of_the_site_is_far_from_the_limits() -> None:
    for file in (ROOT / "docs").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert too_hard(f"{text}\n\n{text}") is None, file.name


# --- code and comments -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", "a     c"),
        ("a ``b`c`` d", "a         d"),
        ("a `b``c` d", "a        d"),
        ("a `b", "a `b"),
        ("a \\`b` c", "a \\`b` c"),
        ("a <!-- b\nc --> d", "a       \n      d"),
        ("a <!-- b", "a <!-- b"),
        ("<!-- ` --> ` a `", "           " + " " * 5),
        ("```\na\n```", "   \n \n   "),
    ],
)
def test_code_and_comments_are_blanked_out(text: str, expected: str) -> None:
    assert without_code(text) == expected


@pytest.mark.parametrize("unit", ["<!--", "`", "``a`", "<!-- `", "-->"])
def test_code_and_comments_without_an_end_are_read_once(unit: str) -> None:
    text = unit * 50_000  # minutes, when each of them looked through all the rest
    assert len(without_code(text)) == len(text)
