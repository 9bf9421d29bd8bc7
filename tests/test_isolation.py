"""Text that is read from the right is kept apart from the numbers and signs beside it."""

import re

import pytest
from casebook.letters.isolation import isolated, isolated_text
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Foreningen heter جمعية النساء (2015) og mer", ["جمعية النساء"]),
        ("«انجمن زنان ۲۰۲۴ (ب)» fra 2024", ["انجمن زنان ۲۰۲۴ (ب)"]),
        ("جمعية 2 النساء 3", ["جمعية 2 النساء"]),
        ("جمعية النساء, انجمن زنان; שלום", ["جمعية النساء", "انجمن زنان", "שלום"]),
        ("(جمعية) [النساء]", ["جمعية) [النساء]"]),
        ("جمعية &amp; زنان &lt;b&gt; و", ["جمعية &amp; زنان", "و"]),
        ("می\u200cخواهم 5", ["می\u200cخواهم"]),
        ("Kafé i Åsane, Українська, ማሕበር", []),
    ],
)
def test_a_run_reaches_from_its_first_letter_to_its_last(text: str, runs: list[str]) -> None:
    marked = isolated(f"<p>{text}</p>")
    assert re.findall("<bdi>(.*?)</bdi>", marked) == runs
    assert re.sub("</?bdi>", "", marked) == f"<p>{text}</p>"
    assert re.findall("\u2068(.*?)\u2069", isolated_text(text)) == runs


def test_where_no_element_can_stand_signs_do_the_same() -> None:
    html = (
        '<title>جمعية – A</title><meta name="description" content="En جمعية (2)">'
        '<option value="جمعية">جمعية 1</option><textarea>جمعية 2</textarea>'
        '<a href="#جمعية" aria-label="Til جمعية 3" data-a="جمعية">x</a><img alt="جمعية">'
    )
    assert isolated(html) == (
        "<title>\u2068جمعية\u2069 – A</title>"
        '<meta name="description" content="En \u2068جمعية\u2069 (2)">'
        '<option value="جمعية">\u2068جمعية\u2069 1</option>'
        "<textarea>\u2068جمعية\u2069 2</textarea>"
        '<a href="#جمعية" aria-label="Til \u2068جمعية\u2069 3" data-a="جمعية">x</a>'
        '<img alt="\u2068جمعية\u2069">'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>x = 'جمعية'</script>",
        '<script type="application/json">{"a": "<b>جمعية</b>"}</script>',
        "<style>.a::before { content: 'جمعية' }</style>",
        "<!-- جمعية <b> -->",
        "<bdi>جمعية</bdi>",
        "<p>\u2068جمعية\u2069 1</p>",
    ],
)
def test_what_shows_no_text_or_is_kept_apart_already_stays(html: str) -> None:
    assert isolated(html) == html


LETTERS = st.text(st.sampled_from("aå1 (),.«»&جمע\u06f1\u200c<>\"'\n"))


@given(LETTERS)
def test_it_changes_no_letter_and_doing_it_again_changes_nothing(text: str) -> None:
    once = isolated_text(text)
    assert once.replace("\u2068", "").replace("\u2069", "") == text
    assert isolated_text(once) == once
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = isolated(html)
    assert re.sub("</?bdi>", "", marked) == html
    assert isolated(marked) == marked
