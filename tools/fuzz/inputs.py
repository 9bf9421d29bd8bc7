"""Inputs as Hypothesis makes them up: records, pages, HTML and queries, changed and at random."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from fuzz.shapes import UNITS, staircase
from fuzz.ways import GOLDEN, ROOT

LONGEST = 12_000
"""Characters of a made-up text: as many as a piece of prose may have."""
_SIGNS = (
    *("[", "]", "(", ")", "{", "}", "<", ">", "&", "|", "`", "*", "_", "~", "#", "-", "+", "."),
    "!",
    *(":", ";", ",", "/", "\\", '"', "'", "«", "»", "–", "=", "@", "%", "^", "$", "§", "•", "€"),
    *(" ", "  ", "\n", "\n\n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n# ", "\n| ", "\t", "\u00a0"),
    *("[a](https://a.no)", "[@page]", "[@own]", "<br>", "<!-- ", " -->", "```\n", "~~~\n", "**"),
    *("{#a}", "{: .b }", "[^1]", "\n[^1]: a", "\n*[AB]: c", "!!! note", "\n:   ", "- [ ] "),
    "&amp;",
    *("{chart: bars}", "{show: evidence}", "|-|-|\n", "https://a.no/?b=c", "a@b.no", "javascript:"),
    *("kommune", "Nav", "kurs", "a", "Å", "14", "2020–2024", "12,5 %", "\u0301", "\u0645"),
    "\u4e00",
)
_SCRAPS = (
    *("no", "~", "null", "''", "010", "12:30", "1e400", "2021-02-30", "[]", "{}", "[[]]", "{a: b}"),
    *("- ", "? ", ": ", "#", "&a", "*a", "!!int", "|", ">-", "---", "...", "<<: *a", "nb: a"),
    "en: b",
    *("\t", "\r", "\x00", "\x7f", "\u00ad", "\u200b", "\u202e", "\ufeff", "\ud800", '"\\u00ad"'),
    *("[@page]", "[a](https://a.no)", "asker", "women", "page", "case", "not-known", "human"),
)

REPEATED = st.builds(
    lambda shape, length: shape.text(length),
    st.sampled_from(UNITS),
    st.sampled_from((40, 300, 1_200, LONGEST)),
)
"""One of the known shapes."""
ANY_REPEATED = st.builds(
    lambda parts, times, start, end: f"{start}{(''.join(parts) * times)[: LONGEST - 20]}{end}",
    st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=4),
    st.sampled_from((3, 30, 300, LONGEST)),
    st.sampled_from(("", *_SIGNS)),
    st.sampled_from(("", *_SIGNS)),
)
"""A short text again and again."""
SIGNS = st.lists(st.sampled_from(_SIGNS), max_size=60).map("".join)
TEXTS = st.one_of(
    SIGNS, ANY_REPEATED, REPEATED, st.text(max_size=60), st.sampled_from([staircase(LONGEST)])
)
"""A text that may stand in a field or on a page."""


@cache
def _seeds(*patterns: str) -> tuple[str, ...]:
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file())
    texts = (file.read_bytes().decode("utf-8", errors="replace") for file in files)
    return tuple(text for text in texts if text.strip())


def record_seeds() -> tuple[str, ...]:
    """Return records: those of the site, and those that the tests hold, good and bad."""
    return _seeds("cases/*.yml", "tests/golden/valid/**/*.yml", "tests/golden/invalid/*.yml")


def page_seeds() -> tuple[str, ...]:
    """Return the bodies of hand-written pages: those of the site and of the tests."""
    pages = _seeds("docs/**/*.md", "tests/golden/pages/**/*.md")
    return tuple(re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL) for page in pages)


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """A record in which some lines were changed, or a value was written over by any text."""
    lines = draw(st.sampled_from(record_seeds())).splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = _changed(draw, lines[at])
        lines = lines or ["\n"]
    return "".join(lines).encode("utf-8", errors="surrogatepass")


def _changed(draw: st.DrawFn, line: str) -> list[str]:
    scrap = draw(st.one_of(st.sampled_from(_SCRAPS), SIGNS, TEXTS))
    at = draw(st.integers(0, len(line)))
    value = f"{line[: line.find(':') + 1]} {scrap}\n"
    return draw(
        st.sampled_from(
            [
                [],
                [line, line],
                [f"{line[:at]}{scrap}{line[at:]}"],
                [value],
                [f"{line[: line.find(':') + 1]} {quoted(scrap)}\n"],
                [line[:at] + "\n"],
                [f" {line}"],
                [line.lstrip(" ")],
            ]
        )
    )


def quoted(text: str) -> str:
    """Return text as a YAML value between double quotes."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


@st.composite
def good_records(draw: st.DrawFn) -> bytes:
    """A valid record with any text in one or more of its texts; most stay valid."""
    text = draw(st.sampled_from(_good()))
    places = [match.span(1) for match in re.finditer(r"\b(?:nb|en): ([^\s'\"|>{\[][^,}\n]*)", text)]
    for start, end in sorted(draw(st.sets(st.sampled_from(places), max_size=3)), reverse=True):
        text = f"{text[:start]}{quoted(draw(TEXTS))}{text[end:]}"
    return text.encode("utf-8", errors="surrogatepass")


@cache
def _good() -> tuple[str, ...]:
    names = ("minimal.yml", "figures.yml", "yaml-traps.yml")
    return tuple((GOLDEN / "valid" / name).read_text(encoding="utf-8") for name in names)


BLOCKS = st.lists(TEXTS, min_size=1, max_size=4).map("\n\n".join)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page: pieces of real ones, with any text between them."""
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines = draw(st.sampled_from(page_seeds())).splitlines(keepends=True)
            start = draw(st.integers(0, len(lines) - 1))
            pieces.append("".join(lines[start : start + draw(st.integers(1, 30))]))
        else:
            pieces.append(draw(TEXTS))
    text = "\n".join(pieces)
    at = draw(st.integers(0, len(text)))
    return f"{text[:at]}{draw(SIGNS)}{text[at:]}"


_TAGS = (
    *("p", "a", "b", "div", "svg", "path", "title", "textarea", "table", "td", "li", "input"),
    "img",
    *("script", "style", "template", "math", "select", "option", "details", "span", "html", "body"),
)
_ATTRIBUTES = (
    *('class="a"', 'id="b"', "href=https://a.no", 'href="javascript:a"', "onclick=a", 'style="a"'),
    *('src="a.png"', "title='\"'", 'title="', "lang=nb", "data-x", "/", "=", "'", '"'),
)
_PIECES = st.one_of(
    st.builds(
        lambda start, name, attributes, end: f"{start}{name} {' '.join(attributes)}{end}",
        st.sampled_from(("<", "</", "<!", "< ")),
        st.sampled_from(_TAGS),
        st.lists(st.sampled_from(_ATTRIBUTES), max_size=2),
        st.sampled_from((">", "/>", "", " >")),
    ),
    st.sampled_from(
        ("<!-- a -->", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "&lt;", "&#60")
    ),
    st.sampled_from(
        ("a", " ", "\n", "<br>", "<p>a</p>", "<b>a</b>", "<p>", "</p>", "<!doctype html>")
    ),
    st.text(max_size=5),
)
HTML = st.one_of(
    st.lists(_PIECES, max_size=20).map("".join),
    st.builds(
        lambda parts, n: ("".join(parts) * n)[:50_000],
        st.lists(_PIECES, max_size=3),
        st.just(5_000),
    ),
    TEXTS,
)

_WORDS = ("kommune", "innvandrer", "kvinner", "mat", "språk", "kurs", "nav", "i", "og", "av", "å")
QUERIES = st.one_of(
    st.lists(st.sampled_from(_WORDS) | st.text(max_size=12), max_size=12).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=30).map("".join),
    st.builds(lambda words: f'"{" ".join(words)}"', st.lists(st.sampled_from(_WORDS))),
    TEXTS,
)
