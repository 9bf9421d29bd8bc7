"""Guides for editors and the tip: true of the site as it is."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from casebook.languages import Language
from casebook.page.tips import QUESTIONS, letter, mail_address, tip_markdown
from casebook.problem import Problem
from pictures import ADDRESSES, FOLDER, PARTS
from site_support import ENGLISH, LANGUAGES, NORWEGIAN, ROOT, Site, address, text_of, value

EDITORS = "redaksjon@kunnskapsbanken.example"
REPOSITORY = "https://github.com/example/kunnskapsbanken"
GUIDES = (
    *("tips", "forste-eksempel", "triage", "vurdering", "oversettelse"),
    *("kjore-selv", "publisere"),
)
each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda it: it.code)


# --- the tip -----------------------------------------------------------------------------------


@each_language
def test_the_prepared_mail_asks_the_three_things(language: Language) -> None:
    link = urlsplit(mail_address(EDITORS, language))
    assert (link.scheme, link.path) == ("mailto", EDITORS)
    filled = {name: texts[0] for name, texts in parse_qs(link.query).items()}
    assert filled["subject"] == language.text("tips.subject")
    questions = [line for line in filled["body"].split("\r\n") if line]
    assert questions == [language.text(f"tips.question_{name}") for name in QUESTIONS]
    assert "+" not in link.query  # programs for e-mail show it as it stands


@each_language
def test_only_ways_that_are_set_are_offered(language: Language) -> None:
    nowhere, mail = tip_markdown("", "", language), tip_markdown(EDITORS, "", language)
    form, both = tip_markdown("", REPOSITORY, language), tip_markdown(EDITORS, REPOSITORY, language)
    assert language.text("tips.nowhere") in nowhere
    assert "mailto:" not in nowhere + form
    assert "github.com" not in nowhere + mail
    assert f"mailto:{EDITORS}?" in mail
    assert f"mailto:{EDITORS}?" in both
    for text in (form, both):
        assert f"({REPOSITORY}/issues/new?template=tips.yml)" in text
    for text in (nowhere, mail, form, both):  # to be copied in any case
        assert all(line in text for line in letter(language).split("\n"))
    assert (ROOT / ".github" / "ISSUE_TEMPLATE" / "tips.yml").is_file()


@pytest.mark.parametrize(
    ("editors", "repository"),
    [
        ("a@b.no?bcc=c@d.no", ""),
        ("a@b.no)[x](http://e.no", ""),
        ("redaksjonen", ""),
        ("", "javascript:alert(1)"),
        ("", "https://github.com/a/b)c"),
        ("", "https://evil.example/a/b"),
    ],
)
def test_a_setting_that_is_no_address_is_refused(editors: str, repository: str) -> None:
    with pytest.raises(ValueError, match=r"extra\.(editors|repository)"):
        tip_markdown(editors, repository, NORWEGIAN)


@each_language
def test_the_page_for_tips_has_the_questions_to_copy(site: Site, language: Language) -> None:
    text = site[address("bidra/tips", language)].one("main pre code").get_text()
    assert text.strip() == letter(language)


# --- the guides --------------------------------------------------------------------------------


@each_language
def test_the_front_page_for_editors_leads_to_every_guide(site: Site, language: Language) -> None:
    page = site[address("bidra/index", language)]
    led_to = page.targets(page.main)
    assert {address(f"bidra/{name}", language) for name in GUIDES} <= led_to


@each_language
def test_the_message_in_the_first_case_is_the_real_one(site: Site, language: Language) -> None:
    problem = Problem.make(
        *("cases/kafe-eksempel.yml", 7, 10, "unknown-place"),
        value="sandefjor",
        closest="sandefjord",
    )
    message, hint = language.message(problem)
    shown = site[address("bidra/forste-eksempel", language)].main.get_text()
    assert f"cases/kafe-eksempel.yml:7:10: error: {message} [unknown-place]\n    {hint}" in shown


@each_language
def test_every_picture_is_there_small_and_told_in_words(site: Site, language: Language) -> None:
    page = site[address("bidra/forste-eksempel", language)]
    shown = {value(image, "src").rpartition("/")[2] for image in page.main.select("img")}
    assert shown == {f"{name}-{language.code}.png" for name in PARTS}
    for image in page.main.select("img"):
        assert len(value(image, "alt")) > 30
        assert value(image, "loading") == "lazy"
        width, height = int(value(image, "width")), int(value(image, "height"))
        data = (ROOT / FOLDER / value(image, "src").rpartition("/")[2]).read_bytes()
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        assert abs(width / height - size[0] / size[1]) < 0.02
        assert len(data) < 100_000


def test_pictures_are_taken_in_every_language() -> None:
    assert set(ADDRESSES) == set(LANGUAGES.codes)
    files = {file.name for file in (ROOT / FOLDER).iterdir()}
    assert files == {f"{name}-{code}.png" for name in PARTS for code in ADDRESSES}


def test_the_files_of_the_guides_hold_no_other_address_than_the_local_one() -> None:
    for name in GUIDES:
        for suffix in (".md", ".en.md"):
            text = (ROOT / "docs" / "bidra" / f"{name}{suffix}").read_text(encoding="utf-8")
            assert set(re.findall(r"https?://[^\s)]+", text)) <= {"http://127.0.0.1:8000/"}


def test_headings_have_the_same_anchors_in_both_languages(site: Site) -> None:
    for name in GUIDES:
        norwegian, english = (
            [value(heading, "id") for heading in site[address(f"bidra/{name}", code)].main("h2")]
            for code in (NORWEGIAN, ENGLISH)
        )
        assert norwegian == english
        assert all(
            text_of(heading) for heading in site[address(f"bidra/{name}", ENGLISH)].main("h2")
        )
