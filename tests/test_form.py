"""The form for cases: a record typed in is the record that a person would have written by hand."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casebook.browser.form_data import SECTIONS, build_form_data, plain_record
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.case_page import build_case_page
from casebook.record.case import Case
from casebook.record.fields import (
    FieldSpec,
    every_field,
    model_named,
    names_used_for,
    record_fields,
)
from casebook.record.model import Model
from casebook.record.source import parse_text
from conftest import OpenWindow, Window
from playwright.sync_api import Page
from script_support import run_script
from site_support import LANGUAGES, ROOT, address
from support_casebook import MINIMAL, write_files

FORM = "bidra/ny"
CASES = ROOT / "cases"
VOCABULARY = CASES / "_vocabulary"


@pytest.fixture(scope="module")
def library() -> Library:
    """The collection."""
    found, problems = load_library(CASES, LANGUAGES)
    assert not problems
    return found


def opened(window: Window, language: Language = LANGUAGES.default) -> Page:
    """The page of the form, ready to be filled in."""
    page = window.open(address(FORM, language))
    page.locator("#field-id").wait_for()
    return page


# --- the format ------------------------------------------------------------------------------


def test_every_field_of_a_record_stands_in_one_part_of_the_form() -> None:
    names = [name for section in SECTIONS for name in names_used_for(section)]
    assert sorted(names) == sorted(spec.name for spec in record_fields())


def test_the_form_tells_of_every_field_in_every_language(library: Library) -> None:
    for language in LANGUAGES:
        data = json.loads(build_form_data(library, language).content)
        told = [field for one in data["fields"] for field in fields_in(one)]
        assert [field["name"] for field in told] == [spec.name for spec in every_field()]
        assert all(field["label"] and field["help"] for field in told)


def fields_in(field: dict[str, Any]) -> list[dict[str, Any]]:
    """A field and those inside it."""
    return [field, *(inner for one in field["fields"] for inner in fields_in(one))]


_CROSS = """async (_, scripts) => {
  const { CROSS_CHECKS } = await import(`${scripts}/form/cross.js`);
  return Object.keys(CROSS_CHECKS);
}"""


def test_rules_between_fields_stand_in_the_form_too() -> None:
    models = {spec.model for spec in every_field()}
    ruled = {name for name in models if has_rules(model_named(name))}
    assert set(run_script(_CROSS)) == ruled


def has_rules(model: type[Model]) -> bool:
    """Say whether a model has rules between its fields."""
    return model.faults.__func__ is not Model.faults.__func__  # type: ignore[attr-defined]


# --- the file --------------------------------------------------------------------------------

_WRITTEN = """async ([records, fields], scripts) => {
  const { yamlOf } = await import(`${scripts}/form/yaml.js`);
  const { inOrder } = await import(`${scripts}/form/tree.js`);
  return records.map((record) => yamlOf(inOrder(fields, record), fields));
}"""


@pytest.fixture
def write(library: Library) -> Callable[[list[Any]], list[str]]:
    """Writes records as the form does."""
    fields = json.loads(build_form_data(library, LANGUAGES.default).content)["fields"]

    def written(records: list[Any]) -> list[str]:
        texts: list[str] = run_script(_WRITTEN, [records, fields])
        return texts

    return written


def test_every_record_of_the_collection_comes_back_as_it_was(
    library: Library, write: Callable[[list[Any]], list[str]], tmp_path: Path
) -> None:
    ids = list(library.cases)
    texts = write([plain_record(library.cases[id_]) for id_ in ids])
    files = {f"{id_}.yml": text for id_, text in zip(ids, texts, strict=True)}
    again, problems = load_library(
        write_files(tmp_path, files), LANGUAGES, vocabulary_folder=VOCABULARY
    )
    assert not problems
    for id_ in ids:
        assert said(again.cases[id_]) == said(library.cases[id_]), id_


def said(case: Case) -> Any:
    """A record with its texts on one line: where lines break says nothing."""
    return json.loads(re.sub(r"(\\n| )+", " ", case.model_dump_json()))


ODD = [
    "- not a list",
    "? not a key",
    "key: value",
    "ends with:",
    "a # comment",
    "#hashtag",
    "[brackets]",
    "{braces}",
    "*star* &and !bang",
    "'single' and \"double\"",
    "100 %",
    "%directive",
    "@at `tick`",
    "back\\slash",
    "no",
    "~",
    "null",
    "1:30",
    "--- dashes",
    "... dots",
    "tab\there",
    "two  spaces",
    "æøå Æ😀 \u00a0 hard",
    "one\n\ntwo",
    "line\nline",
    "- a\n- b\n  c\n\n1. d",
    "    code\n\ntext",
    "| a | b |\n|---|---|\n| c | d |",
    "> quote\n> more",
    "word " * 60,
    "[@page] " * 30,
    "x" * 300,
    "long [link](https://example.org/" + "a" * 120 + ") and more words after it, many of them",
]


def test_whatever_is_typed_comes_back_from_the_file(
    write: Callable[[list[Any]], list[str]],
) -> None:
    records = [
        {
            "title": {"nb": text.split("\n")[0], "en": "A"},
            "names": [text.split("\n")[0]],
            "challenge": {"nb": text, "en": "A"},
            "about": {"nb": text, "en": "A"},
            "steps": [{"nb": text, "en": "A"}],
        }
        for text in ODD
    ]
    for text, record, file in zip(ODD, records, write(records), strict=True):
        document, problems = parse_text(file, "odd.yml")
        assert document is not None and not problems, file
        assert flat(document.plain()) == flat(record), file
        tree = document.plain()
        if "\n" in text.strip():  # paragraphs and lists stay what they are
            assert blocks(tree["challenge"]["nb"]) == blocks(text), file
            assert blocks(tree["about"]["nb"]) == blocks(text), file


def flat(value: Any) -> Any:
    """A tree whose texts stand on one line."""
    if isinstance(value, dict):
        return {key: flat(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [flat(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def blocks(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip())]


# --- the form in use -------------------------------------------------------------------------


class Typist:
    """Fills in the form as a person does, from a record in plain form."""

    def __init__(self, page: Page) -> None:
        """Type into ``page``."""
        self._page = page

    def fill(self, spec: FieldSpec, path: tuple[str | int, ...], value: Any) -> None:
        """Fill in the field at ``path``."""
        page, id_ = self._page, f"#{_id(path)}"
        if spec.many and spec.form == "term":
            for term in value:
                page.check(f"{id_}-{term}")
        elif spec.many:
            field = page.locator(f'fieldset[data-path="{_written(path)}"]')
            for number, item in enumerate(value):
                field.locator(":scope > div > .form-add > button").first.click()
                self._one(spec, (*path, number), item)
        else:
            self._one(spec, path, value)

    def _one(self, spec: FieldSpec, path: tuple[str | int, ...], value: Any) -> None:
        page, id_ = self._page, f"#{_id(path)}"
        if spec.form == "group":
            fields = value if isinstance(value, dict) else {spec.short: value}
            for field in spec.fields:
                if field.name in fields:
                    self.fill(field, (*path, field.name), fields[field.name])
        elif spec.form == "languages":
            for code, entry in value.items():
                page.select_option(f"#{_id((*path, code, 'by'))}", entry["by"])
        elif isinstance(value, dict) and "from" in value:
            page.fill(id_, value["from"])
            page.fill(f"{id_}-to", value["to"])
        elif isinstance(value, dict):
            if spec.form == "name-or-line":
                page.check(f"{id_}-languages")
            for code, text in value.items():
                page.fill(f"#{_id((*path, code))}", text)
        elif page.locator(f"{id_}-none, {id_}-unknown").count():
            page.check(f"{id_}-{value if spec.form == 'term' else 'unknown'}")
        elif page.locator(id_).evaluate("element => element.localName") == "select":
            page.select_option(id_, value)
        else:
            page.fill(id_, value)


def _written(path: tuple[str | int, ...]) -> str:
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _id(path: tuple[str | int, ...]) -> str:
    return "field-" + re.sub(r"[^a-z0-9]+", "-", _written(path))


REBUILT = "jobbsjansen-sondre-nordstrand"
"""A case with figures, disagreeing sources, contacts and links."""


def test_a_case_typed_into_the_form_gives_the_page_of_the_hand_written_record(
    window: OpenWindow, library: Library, tmp_path: Path
) -> None:
    page = opened(window())
    page.fill("#field-id", "a-new-case")
    typist, record = Typist(page), plain_record(library.cases[REBUILT])
    for spec in record_fields():
        if spec.name in record:
            typist.fill(spec, (spec.name,), record[spec.name])
    page.click(".form-finish")
    file = page.locator("#form-yaml")
    file.wait_for()
    assert page.locator(".form-summary li").all_inner_texts() == []
    text = file.input_value()
    files = {
        f"{id_}.yml": (CASES / f"{id_}.yml").read_text(encoding="utf-8")
        for id_ in library.cases
        if id_ != REBUILT
    }
    again, problems = load_library(
        write_files(tmp_path, {**files, f"{REBUILT}.yml": text}),
        LANGUAGES,
        vocabulary_folder=VOCABULARY,
    )
    assert not problems
    # Which text the English follows is recorded when an editor confirms it, not by the form.
    typed, by_hand = said(again.cases[REBUILT]), said(library.cases[REBUILT])
    assert typed | {"translation": {}} == by_hand | {"translation": {}}
    for language in LANGUAGES:
        page_again = build_case_page(REBUILT, again, language)
        assert page_again.title == build_case_page(REBUILT, library, language).title


def test_a_draft_is_kept_and_taken_up_again(window: OpenWindow) -> None:
    one = window()
    page = opened(one)
    page.fill("#field-id", "min-kafe")
    page.fill("#field-title-nb", "Kafé på hjørnet")
    page.check("#field-target-groups-immigrant-women")
    page.reload()
    page.locator("#field-id").wait_for()
    assert page.input_value("#field-id") == "min-kafe"
    assert page.input_value("#field-title-nb") == "Kafé på hjørnet"
    assert page.is_checked("#field-target-groups-immigrant-women")
    page.click(".form-drafts button:has-text('Slett')")
    assert page.input_value("#field-title-nb") == ""
    page.click(".form-notice button")
    assert page.input_value("#field-title-nb") == "Kafé på hjørnet"


def test_an_existing_case_is_opened_and_revised(window: OpenWindow, library: Library) -> None:
    one = window()
    page = opened(one)
    page.click(".form-existing summary")
    page.fill(".form-existing input", "cafe-vintage")
    page.click(".form-existing button")
    page.locator("#field-id[readonly]").wait_for()
    title = library.cases["cafe-vintage"].title
    assert page.input_value("#field-title-en") == title["en"]
    page.fill("#field-title-en", "")
    page.click(".form-finish")
    (left,) = page.locator(".form-summary button").all()
    left.click()
    assert page.evaluate("document.activeElement.closest('[data-path=title]') !== null")


def test_a_source_that_the_list_lacks_is_written_along(
    window: OpenWindow, library: Library, tmp_path: Path
) -> None:
    page = opened(window())
    page.fill("#field-id", "a-new-case")
    page.locator('[data-path="new_sources"] .form-add > button').first.click()
    page.fill("#field-new-sources-1-id", "kommune-2026")
    page.fill("#field-new-sources-1-title", "Årsmelding: kafeen")
    page.select_option("#field-new-sources-1-kind", "report")
    page.click(".form-finish")
    assert page.locator(".form-summary").get_by_text("Hvor mye som er lest").count()
    page.select_option("#field-new-sources-1-seen", "excerpt")
    page.fill("#field-new-sources-1-date", "2026")
    page.locator('fieldset[data-path="sources"] .form-add > button').first.click()
    page.fill("#field-sources-1-", "kommune-2026")
    page.click(".form-finish")
    text = page.locator("#form-yaml").input_value()
    assert not page.locator(".form-summary").get_by_text("kommune-2026").count()
    brought = text[text.index("new_sources:") :]
    record = MINIMAL.replace("report-2020", "kommune-2026").replace("[women]", "[immigrant-women]")
    again, problems = load_library(
        write_files(tmp_path / "cases", {"a-new-case.yml": f"{record}{brought}"}),
        LANGUAGES,
        vocabulary_folder=VOCABULARY,
    )
    told = [problem.rule for problem in problems if problem.path.endswith("a-new-case.yml")]
    assert told == ["source-brought-along"]
    assert again.cases
    assert again.vocabulary.references["kommune-2026"].title == "Årsmelding: kafeen"


def test_what_is_wrong_is_told_where_one_types(window: OpenWindow) -> None:
    page = opened(window(), LANGUAGES["en"])
    page.fill("#field-updated", "2026-01-31")
    page.fill("#field-period-start", "yesterday")
    faults = page.locator('[data-path="period.start"] > .form-faults li')
    faults.first.wait_for()
    assert "yesterday" in faults.first.inner_text()
    page.fill("#field-period-start", "2016")
    faults.first.wait_for(state="detached")
    assert page.get_attribute("#field-period-start", "aria-invalid") is None
    # Unbroken text makes no page wider.
    page.set_viewport_size({"width": 375, "height": 800})
    for field in page.locator("textarea:visible").all()[:3]:
        field.fill("x" * 600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_browser_that_keeps_nothing_says_so_and_loses_nothing(window: OpenWindow) -> None:
    full = """Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };"""
    page = opened(window(before=full))
    page.fill("#field-id", "min-kafe")
    warning = page.locator(".form-kept.warning")
    warning.wait_for()
    page.click(".form-finish")
    assert "id" not in page.locator("#form-yaml").input_value()
    assert page.input_value("#field-id") == "min-kafe"


def test_a_strange_draft_in_the_browser_does_no_harm(window: OpenWindow) -> None:
    strange = json.dumps(
        {
            "version": 1,
            "value": {
                "aaaaaaaa": {"id": "<img src=x onerror=alert(1)>", "record": {"title": "<b>"}},
                "../../x": {"id": "a", "record": {}},
                "bbbbbbbb": {"id": 7, "record": []},
            },
        }
    )
    before = f"localStorage.setItem('case-drafts', {json.dumps(strange)});"
    one = window(before=before)
    page = opened(one)
    assert page.input_value("#field-id") == "<img src=x onerror=alert(1)>"
    assert page.locator(".case-form img, .case-form b").count() == 0
    page.click(".form-finish")
    page.locator(".form-summary").wait_for()


def test_without_script_the_page_leads_to_writing_by_hand(window: OpenWindow) -> None:
    page = window(scripts=False).open(address(FORM, LANGUAGES.default))
    link = page.locator(".case-form .without-script a")
    assert link.is_visible()
    assert link.get_attribute("href") == "../#add"
    assert page.locator(".form-all").is_hidden()


def test_the_smallest_record_needs_no_more_than_the_form_says() -> None:
    document, _ = parse_text(MINIMAL, "minimal.yml")
    assert document is not None
    required = {spec.name for spec in record_fields() if spec.required}
    assert required == document.plain().keys()
