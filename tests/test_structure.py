"""Structure that people paste: lists are shown as lists, nothing else as raw signs."""

import re

import pytest
from bs4 import BeautifulSoup
from casebook.page.view import Prose
from casebook.record.structure import folded_list, structures, with_lists
from casebook.render.prose import ProseRenderer
from hypothesis import given, settings
from hypothesis import strategies as st

RENDERER = ProseRenderer()


def html(text: str) -> str:
    """What the page holds, on one line."""
    return str(RENDERER.render(Prose(with_lists(text)))).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mulig\xa0:\n- å se\n- å spre",
            "<p>Mulig&nbsp;:</p><ul><li>å se</li><li>å spre</li></ul>",
        ),
        ("Mulig:\n* å se\n\nSå", "<p>Mulig:</p><ul><li>å se</li></ul><p>Så</p>"),
        ("• norsk\n•\tmentor\n▪klær", "<ul><li>norsk</li><li>mentor</li><li>klær</li></ul>"),
        ("-\xa0a\n-\xa0b", "<ul><li>a</li><li>b</li></ul>"),
        ("Slik:\n1) Ring\n2) Møt", "<p>Slik:</p><ol><li>Ring</li><li>Møt</li></ol>"),
        ("Slik:\n1. Ring\n2. Møt", "<p>Slik:</p><ol><li>Ring</li><li>Møt</li></ol>"),
        ("3) c\n4) d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1) a\n  • b\n2) c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n1. b\n2. c", "<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol>"),
        ("    - a\n    - b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n    - b", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
    ],
)
def test_a_list_is_shown_as_one(text: str, expected: str) -> None:
    assert not list(structures(text, "prose"))
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kurset startet\n2. juni 2019 i Asker",
        "Kurset startet\n1. juni 2019 i Asker",
        "- Kurset startet\n2. juni",
        "- one\n- two\n  of them\n\nAfter",
        "1. one\n\n    more\n\n2. two",
        "[a][1]\n\n[1]: https://example.org",
        "a -b\n-c",
    ],
)
def test_what_is_no_list_or_well_written_stays_as_it_is(text: str) -> None:
    assert with_lists(text) == text


LINES = st.lists(
    st.sampled_from(
        ["tekst", "", "- a", "  - b", "• c", "1) d", "2) e", "1. f", "2. g", "* h", "    i", "j:"]
    ),
    max_size=8,
).map("\n".join)


@given(LINES)
@settings(max_examples=300)
def test_lists_are_put_apart_once_and_no_word_is_lost(text: str) -> None:
    made = with_lists(text)
    assert with_lists(made) == made
    assert re.findall(r"[a-zæøå]+", made) == re.findall(r"[a-zæøå]+", text)


@given(LINES)
@settings(max_examples=300)
def test_no_bullet_is_shown_as_a_sign(text: str) -> None:
    shown = BeautifulSoup(html(text), "html.parser").get_text()
    assert not re.search(r"(?m)^\s*[-*•]\s", shown)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("– Vi trenger folk, sier hun.", "prose"),
        ("– Vi trenger folk, sier hun.", "text"),
        ("§ 14 a i NAV-loven", "line"),
        ("> 50 % av 20", "prose"),
        ("50 % - 60 % (omtrent) - minst", "text"),
        ("Hun sier: - Vi trenger folk.", "prose"),
        ("De fikk 1) norsk, 2) mentor og 3) praksis.", "line"),
        ("1. juni 2019 begynte 2. kull", "text"),
        ("Kafé • Asker", "line"),
        ("C# og #jobb", "line"),
        ("snake_case_word og 2 * 3 * 4", "text"),
        ("NAV | Asker kommune", "name"),
        ("navn@example.org", "text"),
        ("[her](https://example.org/a_(b))", "prose"),
        ("<https://example.org>", "prose"),
        ("[1]: https://example.org", "prose"),
        (r"\# ingen overskrift", "prose"),
    ],
)
def test_ordinary_writing_is_let_in(text: str, form: str) -> None:
    assert not list(structures(text, form))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (">-\n    Mulig:\n    - å se\n    - å spre", "- å se"),
        (">-\n    Slik.\n\n    - å se\n    - å spre", "- å spre"),
        (">-\n    Slik:\n\n    1. Ring\n    2. Møt", "2. Møt"),
        (">-\n    Kurset startet\n    2. juni\n    - i Asker - og går.", None),
        (">-\n    Slik:\n\n    - å se\n\n    - å spre", None),
    ],
)
def test_a_list_that_yaml_puts_on_one_line_is_found(source: str, found: str | None) -> None:
    told = folded_list(source)
    assert (told and told.words) == found
    assert told is None or source[told.start :].startswith(told.words)


def test_a_long_text_without_an_end_is_searched_in_no_time() -> None:
    # Each would take minutes if an expression went through a text more than once.
    for text in (
        "a. x\n" * 20_000,
        "- " * 50_000,
        ": - a" * 20_000,
        "http://" * 20_000,
        "_a" * 50_000,
    ):
        for form in ("prose", "text"):
            for _ in structures(text, form):
                pass
        with_lists(text)
