"""Statements on law and money: dated, with sources, and marked once they have to be checked."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from casebook.cli import OK, main
from casebook.collection.library import load_library
from casebook.languages import Language
from casebook.numbers.listing import list_numbers
from casebook.page.statements import build_statement, build_subject
from casebook.page.writing import Writer
from casebook.record.statements import Statement, due_statements
from casebook.record.vocabulary import Vocabulary, load_vocabulary
from casebook.render.pages import Renderer
from casebook.render.statements import put_in_statements, statement_headings
from casebook.render.status import status_markdown
from markdown import markdown
from site_support import LANGUAGES as SITE_LANGUAGES
from site_support import Document, Site, address, text_of, value
from support_casebook import EN, LANGUAGES, MINIMAL, ROOT, write_cases, write_files

Captured = pytest.CaptureFixture[str]
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)
on_the_site = pytest.mark.parametrize("language", list(SITE_LANGUAGES), ids=lambda lang: lang.code)
STATEMENT = """\
subsidy:
  label: {nb: Lønnstilskudd, en: Wage subsidy}
  text: {nb: "40 prosent i 6 måneder.", en: "40 per cent for 6 months."}
  table:
    columns: [{nb: Hvem, en: Who}, {nb: Hvor lenge, en: How long}]
    rows: [[{nb: Alle, en: Everyone}, {nb: 1 år, en: 1 year}]]
  unsure: {nb: Satsen for 2027 er ukjent., en: The rate for 2027 is unknown.}
  as_of: 2026-07-02
  check_by: 2027-01-15
  sources: [{source: page, where: § 9}]
mentor:
  label: {nb: Mentor, en: Mentor}
  text: {nb: "En <b>kollega</b>.", en: "A <b>colleague</b>."}
  as_of: 2025
  check_by: 2028-01-15
  sources: [{source: own}, {source: page}]
"""
LAST, LATE = date(2027, 1, 15), date(2027, 1, 16)
"""The last day on which readers may go by the first statement, and the day after."""
FILE = "_vocabulary/statements/schemes.yml"


def vocabulary_of(folder: Path) -> Vocabulary:
    """The golden vocabulary with two statements of one subject."""
    cases = write_cases(folder / "cases", {FILE: STATEMENT})
    vocabulary, problems = load_vocabulary(cases / "_vocabulary", LANGUAGES)
    assert not problems
    return vocabulary


def page_on(day: date, vocabulary: Vocabulary, language: Language = EN) -> BeautifulSoup:
    """The page of the subject as it is built on a day."""
    renderer, writer = Renderer(ROOT / "overrides"), Writer(language, LANGUAGES)
    subject = vocabulary.statements["schemes"]
    text = f"# Schemes\n\nText.\n\n{statement_headings(subject, language)}"
    html = put_in_statements(
        markdown(text, extensions=["attr_list", "toc"]),
        renderer.statements(build_subject(subject, writer, day), language),
        lambda id_: renderer.statement(
            build_statement(subject[id_], vocabulary, writer, day), language
        ),
    )
    return BeautifulSoup(html, "html.parser")


def notices(page: BeautifulSoup) -> list[tuple[str, bool, str | None]]:
    """The heading that each notice stands under, whether it is shown, and after which day it is."""
    found = []
    for notice in page.select(".notice"):
        heading = notice.find_previous(["h1", "h2"])
        assert heading is not None
        until = value(notice, "data-shown-after") if notice.has_attr("data-shown-after") else None
        found.append((heading.get_text(), not notice.has_attr("hidden"), until))
    return found


# --- when a statement has to be checked --------------------------------------------------------


def test_until_its_day_a_statement_only_carries_it(tmp_path: Path) -> None:
    assert notices(page_on(LAST, vocabulary_of(tmp_path))) == [
        ("Schemes", False, "2027-01-15"),
        ("Wage subsidy", False, "2027-01-15"),
        ("Mentor", False, "2028-01-15"),
    ]


def test_after_its_day_the_page_says_so_on_top_and_at_the_statement(tmp_path: Path) -> None:
    page = page_on(LATE, vocabulary_of(tmp_path))
    assert notices(page) == [
        ("Schemes", True, None),
        ("Wage subsidy", True, None),
        ("Mentor", False, "2028-01-15"),
    ]
    assert "15 January 2027" in page.select(".notice")[1].get_text()


def test_statements_are_due_after_their_day_the_oldest_first(tmp_path: Path) -> None:
    subjects = vocabulary_of(tmp_path).statements
    assert due_statements(subjects, LAST) == ()
    assert [one.id for one in due_statements(subjects, LATE)] == ["subsidy"]
    later = due_statements(subjects, date(2030, 1, 1))
    assert [(one.subject, one.id) for one in later] == [
        ("schemes", "subsidy"),
        ("schemes", "mentor"),
    ]


@each_language
def test_the_command_and_the_page_for_editors_list_what_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, language: Language
) -> None:
    write_cases(tmp_path / "cases", {"a.yml": MINIMAL, FILE: STATEMENT})
    monkeypatch.chdir(tmp_path)
    label = {"nb": "Lønnstilskudd", "en": "Wage subsidy"}[language.code]
    for day, count in ((LAST, 0), (LATE, 1)):
        monkeypatch.setenv("CASEBOOK_TODAY", day.isoformat())
        assert main(["status", "--lang", language.code]) == OK
        told = capsys.readouterr().out
        library, _ = load_library(tmp_path / "cases", LANGUAGES, today=day)
        page = status_markdown((), library, language, "")
        for said in (told, page):
            assert language.text("status.due", count=count) in said
            assert (f"statements/schemes.yml: {label}" in said) == bool(count)
            assert "Mentor" not in said


def test_the_command_tells_programs_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    write_cases(tmp_path / "cases", {"a.yml": MINIMAL, FILE: STATEMENT})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_TODAY", LATE.isoformat())
    assert main(["status", "--format", "json"]) == OK
    found = json.loads(capsys.readouterr().out)
    due = {"subject": "schemes", "id": "subsidy", "check_by": "2027-01-15"}
    assert found["statements"] == [due]
    assert [entry["id"] for entry in found["cases"]] == ["a"]


# --- what a statement shows --------------------------------------------------------------------


@each_language
def test_a_statement_shows_what_holds_since_when_and_from_where(
    tmp_path: Path, language: Language
) -> None:
    page = page_on(LAST, vocabulary_of(tmp_path), language)
    heading = page.select_one("h2#subsidy")
    assert heading is not None
    code = language.code
    said = text_of(page)
    for words in (
        {"nb": "40 prosent i 6 måneder.", "en": "40 per cent for 6 months."}[code],
        {"nb": "1 år", "en": "1 year"}[code],
        {"nb": "Satsen for 2027 er ukjent.", "en": "The rate for 2027 is unknown."}[code],
        {"nb": "Kommunens side § 9", "en": "The municipality's page § 9"}[code],
        {"nb": "2. juli 2026", "en": "2 July 2026"}[code],
        {"nb": "15. januar 2027", "en": "15 January 2027"}[code],
        language.text("statements.advice"),
    ):
        assert words in said
    assert [time.get("datetime") for time in page.select("time")][:2] == [
        "2026-07-02",
        "2027-01-15",
    ]


def test_html_in_a_statement_is_shown_as_text(tmp_path: Path) -> None:
    page = page_on(LAST, vocabulary_of(tmp_path))
    assert page.find("b") is None
    assert "A <b>colleague</b>." in page.get_text()


# --- numbers -----------------------------------------------------------------------------------


def test_the_sources_of_a_statement_answer_for_its_numbers(tmp_path: Path) -> None:
    cases = write_cases(tmp_path / "cases", {FILE: STATEMENT})
    numbers, problems = list_numbers(cases, None, LANGUAGES)
    assert not problems
    assert [(number.line, number.written) for number in numbers if number.line < 7] == [
        (3, "40 prosent"),
        (3, "6"),
        (3, "40 per cent"),
        (3, "6"),
        (6, "1"),
        (6, "1"),
    ]
    assert {number.sources for number in numbers} == {("page",)}


def test_a_statement_without_sources_leaves_its_numbers_without(tmp_path: Path) -> None:
    text = "a:\n  text: {nb: 7 dager, en: 7 days}\n"
    cases = write_cases(tmp_path / "cases", {FILE: text})
    numbers, _ = list_numbers(cases, None, LANGUAGES)
    assert [(number.written, number.sources) for number in numbers] == [("7", ()), ("7", ())]


def test_a_link_to_the_page_is_answered_for_by_its_statements(tmp_path: Path) -> None:
    cases = write_cases(tmp_path / "cases", {FILE: STATEMENT})
    head = "---\ntitle: a\ndescription: b\n"
    docs = write_files(
        tmp_path / "docs",
        {
            "schemes.md": f"{head}statements: schemes\n---\n\n# a\n",
            "other.md": f"{head}---\n\n# a\n\n[40 prosent](schemes.md#subsidy), [41](schemes.md)\n",
        },
    )
    numbers, _ = list_numbers(cases, docs, LANGUAGES)
    found = {number.written: number.sources for number in numbers if "other" in number.path}
    assert found == {"40 prosent": ("(schemes)",), "41": ()}


# --- the site ----------------------------------------------------------------------------------


def real() -> dict[str, dict[str, Statement]]:
    """The statements of the site by subject."""
    return load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)[0].statements


def law_pages() -> dict[str, str]:
    """The page of each subject, as its source is called."""
    found = {}
    for file in sorted((ROOT / "docs").rglob("*.md")):
        head = file.read_text(encoding="utf-8").partition("\n---")[0]
        for subject in re.findall(r"^statements: (.+)$", head, re.M):
            name = file.relative_to(ROOT / "docs").as_posix().removesuffix(".md")
            found[f"{subject}.{name.partition('.')[2]}"] = name.partition(".")[0]
    return found


def test_every_subject_has_its_page_in_every_language() -> None:
    pages = law_pages()
    assert {key.partition(".")[0] for key in pages} == set(real())
    for subject in real():
        sources = {pages[f"{subject}.{code}"] for code in ("", "en")}
        assert len(sources) == 1


@on_the_site
def test_every_statement_stands_on_its_page_with_its_sources(
    site: Site, language: Language
) -> None:
    for subject, statements in real().items():
        page = site[address(law_pages()[f"{subject}."], language)]
        titles = [heading.get("id") for heading in page.main.select(".prose > h2")]
        assert titles == list(statements)
        marks = page.main.select(".prose a.mark")
        assert len(marks) == sum(len(statement.sources) for statement in statements.values())
        assert language.text("statements.advice") in text_of(page.main)
        assert _leads_to_pdf(page, language)


def _leads_to_pdf(page: Document, language: Language) -> bool:
    return any(language.text("pdf.link_law") in link.get_text() for link in page.main.select("a"))


def test_the_index_leads_to_every_page(site: Site) -> None:
    for language in SITE_LANGUAGES:
        page = site[address("rammer/index", language)]
        targets = page.targets(page.main)
        assert {address(name, language) for name in law_pages().values()} <= set(targets)
