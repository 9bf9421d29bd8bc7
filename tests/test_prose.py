"""Prose of records: the small part of Markdown that works, and all else shown as it stands."""

import pytest
from bs4 import BeautifulSoup
from casebook.page.view import Prose
from casebook.render.prose import ProseRenderer
from markupsafe import Markup

RENDERER = ProseRenderer()


def html(text: str) -> str:
    return str(RENDERER.render(Prose(text)))


def shown(text: str) -> str:
    """What a reader sees, line breaks as spaces."""
    return " ".join(BeautifulSoup(html(text), "html.parser").get_text().split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("**strong** and *emphasis*", "<p><strong>strong</strong> and <em>emphasis</em></p>"),
        ("snake_case_word", "<p>snake_case_word</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("1. a\n\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
        ("[a](https://example.org/b)", '<p><a href="https://example.org/b">a</a></p>'),
        ("[a](HTTP://example.org)", '<p><a href="HTTP://example.org">a</a></p>'),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org">a</a></p>'),
        ("[a](tel:+4700000000)", '<p><a href="tel:+4700000000">a</a></p>'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("[a][1]\n\n[1]: https://example.org", '<p><a href="https://example.org">a</a></p>'),
        (
            "[a](https://example.org?b=1&c=2)",
            '<p><a href="https://example.org?b=1&amp;c=2">a</a></p>',
        ),
        ("`code`", "<p><code>code</code></p>"),
        ("line  \nbreak", "<p>line<br>\nbreak</p>"),
        (r"\*no emphasis\*", "<p>*no emphasis*</p>"),
    ],
)
def test_what_prose_may_use_works(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("168 000 kroner", "168&nbsp;000 kroner"),
        ("1 250 000", "1&nbsp;250&nbsp;000"),
        ("i 2015 17 personer, 40 1000", "i 2015 17 personer, 40 1000"),
    ],
)
def test_no_line_breaks_within_a_number(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<div onclick='x'>block</div>",
        "<b>bold</b> a < b > c",
        "<!-- comment -->",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<javascript:alert(1)>",
        "# heading",
        "heading\n===",
        "heading\n---",
        "***",
        "> quotation",
        "![picture](https://example.org/a.png)",
        "![picture][a]",
        "| a | b |\n|---|---|\n| c | d |",
        "&lt;b&gt; &amp; &#106; &copy; & &nbsp;",
        "{{ template }} {% block %} ${x}",
        "~~deleted~~",
        "[x] and [ ]",
        "{: onclick=x }",
        "wzxhzdk:0 klzzwxh:0",
    ],
)
def test_everything_else_is_shown_as_text(text: str) -> None:
    assert shown(text) == " ".join(text.split())
    assert {tag.name for tag in BeautifulSoup(html(text), "html.parser")(True)} <= {"p"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "&#106;avascript:alert(1)",
        "../kafe/",
        "/kafe/",
        "#top",
        "//example.org",
        "https:kafe",
        "",
    ],
)
def test_a_link_to_elsewhere_leads_nowhere(address: str) -> None:
    for text in (f"[a]({address})", f"[a](<{address}>)", f"[a][1]\n\n[1]: <{address}>"):
        assert "href" not in html(text)
        assert "a" in shown(text)


def test_a_link_has_no_title_that_only_some_can_see() -> None:
    assert html('[a](https://example.org "b")') == '<p><a href="https://example.org">a</a></p>'


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    html("[a]: https://example.org/first\n\n[a]")
    assert html("[a]") == "<p>[a]</p>"


def test_the_result_is_marked_as_safe_and_not_escaped_again() -> None:
    assert isinstance(RENDERER.render(Prose("a")), Markup)


@pytest.mark.parametrize(
    "text",
    [
        "Ett avsnitt.\n\nEtt til, over\nto linjer.",
        "Først:\n\n- ett\n- to\n\n    under to\n\n1. tall\n2. til",
        "Spørsmål? Ja! 50 % av 20 (omtrent) – «slik»; se https://example.org",
        "+ pluss\n+ minus\n\n# ikke overskrift\n\n=====\n\n---",
        "",
    ],
)
def test_text_without_marks_is_the_same_on_the_short_way(text: str) -> None:
    # Two renderers, so that no state of one can hide a difference of the other.
    short, long = ProseRenderer(), ProseRenderer()
    long._plain = long._markdown
    assert short.render(Prose(text)) == long.render(Prose(text))


@pytest.mark.parametrize("address", ["https://a.example/b c d", "https://a.example/b 168 000"])
def test_blanks_in_an_address_are_written_as_addresses_have_them(address: str) -> None:
    href = BeautifulSoup(RENDERER.render(Prose(f"[a]({address})")), "html.parser").a
    assert href is not None
    assert href["href"] == address.replace(" ", "%20")
