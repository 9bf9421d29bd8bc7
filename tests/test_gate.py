"""The gate: only what is on a list goes out, and every parser reads it alike."""

from pathlib import Path
from xml.etree.ElementTree import Element as Node

import pytest
import tinyhtml5
from casebook.gate.judge import judge
from casebook.gate.lists import FINISHED, PAPER, RAW, WRITTEN, Allowed
from casebook.gate.markup import Element, read_markup
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from site_support import Project, SmallProject

FRAME = (
    '<!doctype html><html><head></head><body><main><div>{}</div></main><p id="after"></p></body>'
)


def rules(html: str, allowed: Allowed = FINISHED) -> list[str]:
    return [fault.rule for fault in judge(html, allowed)]


# --- reading -----------------------------------------------------------------------------------


def test_tags_are_read_with_their_attributes() -> None:
    html = "<P>a<img SRC='b.png' alt=\"&quot;c&quot;\" hidden width=1/>&lt;</P>"
    found = [piece for piece in read_markup(html) if isinstance(piece, Element)]
    assert [(element.place, element.name) for element in found] == [(0, "p"), (4, "img")]
    assert [(one.name, one.value) for one in found[1].attributes] == [
        ("src", "b.png"),
        ("alt", '"c"'),
        ("hidden", ""),
        ("width", "1/"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "a < b",
        "a <",
        "</>",
        "</ p>",
        "<p",
        '<p title="a>',
        "<p title='a\">",
        "<p title=a=b>",
        '<p title = "a">',
        '<p title="a"lang="en">',
        '<p "a">',
        "<p =a>",
        "<p/title=a>",
        "</p title=a>",
        "<x:y>",
        "<p\0>",
        "<!doctype html>",
        "<![CDATA[a]]>",
        "<?a?>",
        "<!-- a",
        "<!-- a --!>",
        "<!-->",
        "<!--->",
        "<!-- a -- b -->",
        "<!-- <b> -->",
        "<textarea><b></b></textarea>",
        "<svg><title><b></b></title></svg>",
    ],
)
def test_what_parsers_may_read_in_two_ways_is_refused(html: str) -> None:
    assert "html-unclear" in rules(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>", []),
        ("<br><hr/>", []),
        ('<svg><path d="M0"/><g></g></svg>', []),
        ("<!-- a -->", []),
        ("</p>", ["html-not-open"]),
        ("<p>", ["html-not-closed"]),
        ("<div/>", ["html-not-closed"]),
        ("<svg><p/></svg>", ["html-not-closed", "html-not-closed", "html-not-open"]),
        ("<em><p>a</em></p>", ["html-not-open", "html-not-closed"]),
        ("</main></body>", ["html-not-open", "html-not-open"]),
    ],
)
def test_every_element_is_closed_in_its_turn(html: str, expected: list[str]) -> None:
    found = rules(html)
    assert found if expected else not found
    assert set(found) == set(expected)


# --- the same as in a browser ------------------------------------------------------------------

NAMES = sorted(FINISHED.elements)
JUNK = (
    *("<", ">", "/", "'", '"', "=", " ", "\n", "a", "&lt;", "&#60;", "--", "<!--", "-->", "--!>"),
    *("<![CDATA[", "]]>", "<?", "</", "<script>", "</script>", "<style>", "</style>", "<math>"),
    *('<b title="', "<b title='", "<textarea>", "</textarea>", "<title>", "</title>", "<xmp>"),
    *("<svg>", "</svg>", "<template>", "</template>", "<img src=x onerror=y>", "onclick=a"),
    *("</div>", "</main>", "</body>", "<body onload=a>", "<noscript>", "</noscript>"),
    "<plaintext>",
    *("<table>", "</table>", "<select>", "</select>", "<p>", "</p>", "<a href=", "javascript:a"),
)
TEXTS = st.sampled_from(("", "a", " ", "&amp;", "&lt;script&gt;"))
ATTRIBUTES = st.sampled_from(
    ("", ' class="a>b"', " id='a'", ' title="</textarea><script>"', ' hidden data-a="<b>"')
)
VOID = {"br", "hr", "img", "input"}


def element(name: str, attributes: str, inside: str) -> str:
    return f"<{name}{attributes}>" if name in VOID else f"<{name}{attributes}>{inside}</{name}>"


TREES = st.recursive(
    TEXTS,
    lambda inside: st.lists(
        st.builds(element, st.sampled_from(NAMES), ATTRIBUTES, inside) | TEXTS, max_size=3
    ).map("".join),
    max_leaves=12,
)


def assert_harmless(html: str) -> None:
    """What a browser makes of ``html`` is on the list, and stays where it was put."""
    root: Node = tinyhtml5.parse(FRAME.format(html), namespace_html_elements=False)
    body = root.find("body")
    assert body is not None
    assert [child.tag for child in body] == ["main", "p"]
    assert [child.tag for child in body[0]] == ["div"]
    for node in body[0][0].iter():
        if not isinstance(node.tag, str):  # a comment
            continue
        name = node.tag.rpartition("}")[2].lower()
        assert name in {*FINISHED.elements, "div", "tbody", "colgroup"}, html
        for attribute in node.attrib:
            known = {*FINISHED.elements.get(name, ()), *FINISHED.everywhere, "class"}
            assert attribute.lower() in known or attribute.startswith(FINISHED.beginnings), html


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_what_is_let_through_is_the_same_to_a_browser(html: str) -> None:
    assume(not judge(html, FINISHED))
    assert_harmless(html)


@given(st.lists(st.sampled_from(JUNK) | TREES, max_size=8).map("".join))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_damaged_html_is_refused_or_harmless(html: str) -> None:
    if not judge(html, FINISHED):
        assert_harmless(html)


def test_reading_takes_no_longer_than_the_text_is_long() -> None:
    for beginning in ("<", "<a ", "<a b", '<a b="', "<!--", "<p>", "</p>", "<a b=c ", "\x01"):
        html = beginning * 20_000
        assert len(judge(html, FINISHED)) <= len(html)


# --- the lists ---------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", [RAW, WRITTEN, FINISHED, PAPER])
@pytest.mark.parametrize(
    "html",
    [
        "<script></script>",
        "<style></style>",
        '<link rel="stylesheet">',
        '<base href="a">',
        "<iframe></iframe>",
        "<object></object>",
        "<embed>",
        "<p onclick='a'></p>",
        '<p style="color: red"></p>',
        "<p srcdoc='a'></p>",
        "<button formaction='a'></button>",
        "<math></math>",
        "<svg><foreignobject></foreignobject></svg>",
        "<svg><use></use></svg>",
        "<svg><animate></animate></svg>",
    ],
)
def test_no_list_has_what_runs_or_loads(allowed: Allowed, html: str) -> None:
    assert {"raw-html", "raw-attribute"} & set(rules(html, allowed))


@pytest.mark.parametrize("allowed", [WRITTEN, FINISHED, PAPER])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:a",
        " javascript:a",
        "java\tscript:a",
        "java&Tab;script:a",
        "javascript&colon;a",
        "&#x6a;avascript:a",
        "vbscript:a",
        "data:text/html,a",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_no_list_has_an_address_that_runs_or_leads_astray(allowed: Allowed, address: str) -> None:
    assert rules(f'<a href="{address}">a</a>', allowed) == ["page-link-refused"]


@pytest.mark.parametrize("address", ["../a/", "a/#b", "#b", "?c=d", "https://a.example/", "tel:1"])
def test_addresses_of_this_site_and_of_the_web_are_let_through(address: str) -> None:
    assert rules(f'<a href="{address}">a</a>') == []


def test_forms_send_nothing_elsewhere() -> None:
    assert rules('<form action="https://a.example/"></form>') == ["picture-elsewhere"]
    assert rules('<form action="sok/" method="post"></form>') == ["raw-attribute"]


# --- the build ---------------------------------------------------------------------------------

PAGE = "docs/om/personvern.md"
PASSED_OVER = ("    _stop_at(build.problems,", "    _stop_at([],")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return SmallProject(tmp_path / "project")


def written(project: Project) -> set[str]:
    return {path.parent.name for path in project.site.rglob("index.html")}


def test_a_page_that_slips_past_the_check_is_not_written(project: Project) -> None:
    project.replace("hooks/events.py", *PASSED_OVER)
    project.append(PAGE, '~~~\n<meta http-equiv="refresh" content="0;url=http://evil.example/">')
    done = project.try_build()
    assert done.returncode == 1
    assert f"{PAGE}:1:1: error:" in done.stderr
    assert "[raw-html]" in done.stderr
    assert not written(project)


EVIL = """
from mkdocs.plugins import event_priority

@event_priority(-150)
def on_page_context(context, page, config, nav):
    if page.file.src_uri == {uri!r}:
        context["content"] = str(context["content"]) + {html!r}
"""


@pytest.mark.parametrize("uri", ["om/personvern.md", "eksempler/moving-mamas.md"])
def test_no_page_is_written_with_what_a_renderer_let_slip(project: Project, uri: str) -> None:
    project.write("hooks/evil.py", EVIL.format(uri=uri, html="<script>alert(1)</script>"))
    project.replace(
        "mkdocs.yml", "  - hooks/events.py\n", "  - hooks/events.py\n  - hooks/evil.py\n"
    )
    done = project.try_build()
    assert done.returncode == 1
    assert f"{uri}:1:1: error:" in done.stderr
    page = project.site / uri.removesuffix(".md").removesuffix("index") / "index.html"
    assert not page.exists()


def test_no_pdf_is_made_of_what_may_not_go_out(project: Project) -> None:
    project.replace("overrides/pdf/case.html", "<h1", "<iframe></iframe><h1")
    done = project.try_build(SITE_PDF="moving-mamas")
    assert done.returncode == 1
    assert "[raw-html]" in done.stderr
    assert not written(project)
