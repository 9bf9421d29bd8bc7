"""Pages that were written to do harm: each is refused with its line, or published harmless.

An attack is a page's text, the rule that refuses it and the line of the text that is named; what
Markdown shows as the text it is has no rule, and is opened in a browser.
"""

from contextlib import closing
from pathlib import Path

import browsing
import pytest
from casebook.collection.library import load_library, record_ids
from casebook.gate.check import check_pages
from casebook.problem import Problem
from conftest import Rooms
from playwright.sync_api import Browser
from site_support import Project
from support_casebook import LANGUAGES, MINIMAL, write_cases, write_files
from test_handwritten import HEAD

HOST = "http://evil.example"
RUN = "window.pwned=1"

REFUSED: dict[str, tuple[str, int, str]] = {
    # what a block of code hides from one reader of Markdown and not from another
    "open fence, refresh": (
        f'~~~\n<meta http-equiv="refresh" content="0;url={HOST}/">',
        2,
        "raw-html",
    ),
    "open fence, script": (f"```\n<script>{RUN}</script>", 2, "raw-html"),
    "open fence, script of this site": ('```\n<script src="/evil.js"></script>', 2, "raw-html"),
    "open fence, form": (f'~~~\n<form action="{HOST}"><input name="pw"></form>', 2, "raw-html"),
    "open fence, frame": (f'~~~\n<iframe src="{HOST}"></iframe>', 2, "raw-html"),
    "open fence, srcdoc": (f'~~~\n<iframe srcdoc="<script>{RUN}</script>">', 2, "raw-html"),
    "open fence, base": (f'~~~\n<base href="{HOST}/">', 2, "raw-html"),
    "open fence, style": ("~~~\n<style>body{display:none}</style>", 2, "raw-html"),
    "open fence, link": (f'~~~\n<link rel="preconnect" href="{HOST}">', 2, "raw-html"),
    "open fence, object": (f'~~~\n<object data="{HOST}"></object>', 2, "raw-html"),
    "open fence, dialog": ("~~~\n<dialog open>Logg inn</dialog>", 2, "raw-html"),
    "fence with an info line": (f"``` <b>\n<script>{RUN}</script>\n```", 2, "raw-html"),
    "fence in an item": (f"- a\n\n        ```\n\n<script>{RUN}</script>", 5, "raw-html"),
    "escaped code": (f"\\`<script>{RUN}</script>\\`", 1, "raw-html"),
    # elements
    "script": (f"<script>{RUN}</script>", 1, "raw-html"),
    "script in capitals": (f"<SCRIPT>{RUN}</SCRIPT>", 1, "raw-html"),
    "script over lines": (f"a <script\n>{RUN}</script>", 2, "html-not-open"),
    "svg": (f'<svg onload="{RUN}"></svg>', 1, "raw-html"),
    "math": ("<math><mtext></mtext></math>", 1, "raw-html"),
    "template": ("<template>a</template>", 1, "raw-html"),
    "noscript": ("a <noscript>b</noscript>", 1, "raw-html"),
    "plaintext": ("<plaintext>", 1, "raw-html"),
    "textarea": ('<textarea><b title="</textarea>">', 1, "raw-html"),
    "button": ('<button popovertarget="search">a</button>', 1, "raw-html"),
    "marquee": ("<marquee>a</marquee>", 1, "raw-html"),
    "custom element": ("<x-a>a</x-a>", 1, "raw-html"),
    "namespace": ('a <x:y title="a">b</x:y>', 1, "html-unclear"),
    "video": (f'<video src="{HOST}/v.mp4"></video>', 1, "raw-html"),
    "div": ('<div title="a">a</div>', 1, "raw-html"),
    "table": ("<table><tr><td>a</td></tr></table>", 1, "raw-html"),
    "span": ('<span lang="en">a</span>', 1, "raw-html"),
    "heading": ("<h2>a</h2>", 1, "raw-html"),
    "link as HTML": ('<a href="index.md">a</a>', 1, "raw-html"),
    "picture as HTML": ('<img src="a.png" alt="a">', 1, "raw-html"),
    "processing instruction": ("a\n\n<?php echo 1 ?>", 3, "html-unclear"),
    "document type": ("a\n\n<!DOCTYPE html>", 3, "html-unclear"),
    "character data": ("a\n\n<![CDATA[<script>]]>", 3, "html-unclear"),
    # attributes
    "handler": (f'<kbd onclick="{RUN}">a</kbd>', 1, "raw-attribute"),
    "handler in capitals": (f'<kbd ONCLICK="{RUN}">a</kbd>', 1, "raw-attribute"),
    "handler after a break": (f'<kbd\nonclick="{RUN}">a</kbd>', 2, "raw-attribute"),
    "style": ('<small style="color:red">a</small>', 1, "raw-attribute"),
    "class": ('a\n\n<small class="visually-hidden">a</small>', 3, "raw-attribute"),
    "class in braces": ("a\n\nb *c*{.hero}", 3, "raw-attribute"),
    "kind of note": ("!!! note hero tray\n    a", 1, "raw-attribute"),
    "popover": ('<kbd popover="manual">a</kbd>', 1, "raw-attribute"),
    "focus": ("<kbd autofocus>a</kbd>", 1, "raw-attribute"),
    "editable": ("<kbd contenteditable>a</kbd>", 1, "raw-attribute"),
    "data": ('<kbd data-do="reset">a</kbd>', 1, "raw-attribute"),
    "role": ('<kbd role="alert">a</kbd>', 1, "raw-attribute"),
    "markdown inside": ('<kbd markdown="1">*a*</kbd>', 1, "raw-attribute"),
    "huge": ("![a](assets/images/a.png){width=99999}", 1, "raw-attribute"),
    "handler after a heading": (f"## A {{: #a onclick={RUN} }}", 1, "raw-attribute"),
    "style after a heading": ("## A {: #a style=position:fixed }", 1, "raw-attribute"),
    "handler after a second title": (f"# A {{: #b onclick={RUN} }}", 1, "raw-attribute"),
    "handler after a link": (f"[a](index.md){{onclick={RUN}}}", 1, "raw-attribute"),
    "target after a link": ("[a](index.md){target=_blank}", 1, "raw-attribute"),
    "handler below a paragraph": (f"a\n{{: onclick={RUN} }}", 2, "raw-attribute"),
    "source after a picture": (
        "![a](assets/images/a.png){srcset=//evil.example}",
        1,
        "raw-attribute",
    ),
    # ends
    "ends of the frame": ("a </main></div></body> b", 1, "html-not-open"),
    "end of a division": ("a\n\nb </div></div> c", 3, "html-not-open"),
    "end of a paragraph": ("a </p> b", 1, "html-not-open"),
    "end without a beginning": ("a </kbd> b", 1, "html-not-open"),
    "beginning without an end": ("a\n\nb <kbd> c", 3, "html-not-closed"),
    "open details": ("<details open>\n\n- a\n", 1, "html-not-closed"),
    "crossed": ("<kbd>a <sub>b</kbd> c</sub>", 1, "html-not-open"),
    # comments
    "comment that ends early": ("a <!-- --!><script>1</script> --> b", 1, "raw-html"),
    "comment with an element": ("<!-- <script>1</script> -->", 1, "html-unclear"),
    "comment for a figure": ("a\n\n<!--chart-0-->\n\nb", 3, "html-unclear"),
    # addresses
    "script in a link": ("[a](javascript:alert(1))", 1, "page-link-refused"),
    "script with entities": ("[a](&#106;avascript:alert(1))", 1, "page-link-refused"),
    "script in capitals, link": ("[a](JaVaScRiPt:alert(1))", 1, "page-link-refused"),
    "script in an autolink": ("<javascript:alert>", 1, "html-unclear"),
    "data in a link": ("[a](data:text/html;base64,PA==)", 1, "page-link-refused"),
    "data in a definition": ("[a][b]\n\n[b]: data:text/html,x", 3, "page-link-refused"),
    "data on the next line": ("[a][b]\n\n[b]:\n    data:text/html,x", 4, "page-link-refused"),
    "blob": ("[a](blob:https://a.example/1)", 1, "page-link-refused"),
    "file": ("[a](file:///etc/passwd)", 1, "page-link-refused"),
    "ftp": ("[a](ftp://a.example/)", 1, "page-link-refused"),
    "without a scheme": ("[a](//evil.example)", 1, "page-link-refused"),
    "from the root": ("[a](/evil)", 1, "page-link-refused"),
    "backslashes": ("[a](\\\\\\\\evil.example\\\\x)", 1, "unknown-file"),
    "user name": ("[imdi.no](https://imdi.no@evil.example/)", 1, "address-refused"),
    "user name in an autolink": ("<https://imdi.no@evil.example/>", 1, "address-refused"),
    "port": ("[a](https://a.example:99999/)", 1, "address-refused"),
    "no host": ("[a](https:///a)", 1, "address-refused"),
    "Cyrillic letter": ("[imdi](https://\u0456mdi.no/)", 1, "address-looks-alike"),
    "Greek letter": ("[imdi](https://imdi.n\u03bf/)", 1, "address-looks-alike"),
    "fullwidth letter": ("[imdi](https://imd\uff49.no/)", 1, "address-looks-alike"),
    "out of the site": ("[a](../../../etc/passwd)", 1, "unknown-file"),
    "encoded way out": ("[a](%2e%2e/%2e%2e/etc/passwd)", 1, "unknown-file"),
    "record as a picture": ("![a](../cases/kafe.yml)", 1, "unknown-file"),
    "page that is not there": ("[a](evil.md)", 1, "unknown-page"),
    # pictures
    "picture elsewhere": (f"![a]({HOST}/p.png)", 1, "picture-elsewhere"),
    "picture elsewhere, defined": (f"![a][b]\n\n[b]: {HOST}/p.png", 3, "picture-elsewhere"),
    "picture without a scheme": ("![a](//evil.example/p.png)", 1, "picture-elsewhere"),
    "picture of data": ("![a](data:image/svg+xml,x)", 1, "picture-elsewhere"),
    "picture of data, defined": ("![a][b]\n\n[b]:\n  data:image/svg+xml,x", 4, "picture-elsewhere"),
    # characters
    "direction": ("a \u202e b", 1, "direction-override"),
    "hidden sentence": ("a \U000e0069\U000e0067 b", 1, "control-character"),
    "no character": ("a \0 b", 1, "control-character"),
    "mark of Markdown's own": ("\x02wzxhzdk:0\x03", 1, "control-character"),
    "mark of a citation": ("a \x11own\x12 b", 1, "control-character"),
}

HARMLESS = {
    "attribute in an abbreviation": f'*[HTML]: " onmouseover="{RUN}\n\nHTML',
    "picture with a handler": f"<img src=x onerror={RUN} alt=x>",
    "quote without an end": f"a <img src=x onerror={RUN} alt=a' > b",
    "tag without an end": f"a <img src=x onerror={RUN} ",
    "comment that ends early": f"<!-- --!><img src=x onerror={RUN}> -->",
    "comment in a note's title": f'!!! note "<!-- --!><img src=x onerror={RUN}> -->"\n    a',
    "comment in a definition": f"Ord\n:   <!-- --!><img src=x onerror={RUN}> -->",
    "comment in a footnote": f"a[^1]\n\n[^1]: b <!-- --!><img src=x onerror={RUN}> -->",
    "comment without an end": "~~~\n<!-- ",
    "plain comment": "a <!-- en merknad --> b",
    "marks in code": f"``a`<img src=x onerror={RUN} alt=x>``` b``",
    "code across cells": f"| a ` | <script>{RUN}</script> ` |\n|--|--|\n| b | c |",
    "document type": "a <!DOCTYPE html> b",
    "fence in code": f"    ```\n\n<img src=x onerror={RUN} alt=x>",
    "part that is not there": f"a\n\n    {{ show: <img src=x onerror={RUN} alt=x> }}",
    "template": '{{ config.site_url }} {% include "x" %} {# #}',
    "included file": '--8<-- "/etc/passwd"',
    "Markdown's own words": "klzzwxh:0000 wzxhzdk:0 <br>",
    "ids of the document": '<kbd id="documentElement">a</kbd> <kbd id="cookie">b</kbd>',
    "details": "<details open><summary>a</summary>b</details>",
    "settings of an item": "- a {#p1 x=y}\n- b",
    "long heading": f"## {'ord ' * 100}",
    "entities": "&lt;script&gt;1&lt;/script&gt; &#60;script>",
    "quotes in a title": f"[a](https://a.example/ 'x\" onmouseover=\"{RUN}')",
    "address with quotes": f"[a](https://a.example/%22onmouseover={RUN})",
    "letters of one script": "[a](https://\u0443\u043a\u0440.\u0443\u043a\u0440/)",
    "Norwegian letters": "[a](https://bl\u00e5b\u00e6r.no/)",
    "form for machines": "[a](https://xn--mdi-nxc.no/)",
}


def checked(folder: Path, text: str) -> list[Problem]:
    cases = write_cases(folder / "cases", {"kafe.yml": MINIMAL})
    page = "---\ntitle: Side\ndescription: Om siden.\ntranslated: false\n---\n\n" + text
    write_files(folder / "docs", {"side.md": page, "index.md": HEAD, "index.en.md": HEAD})
    library, _ = load_library(cases, LANGUAGES)
    found = check_pages(folder / "docs", library, record_ids(cases), "docs")
    return [problem for problem in found if problem.path == "docs/side.md"]


@pytest.mark.parametrize("name", REFUSED)
def test_an_attack_is_refused_with_its_line_and_a_remedy(tmp_path: Path, name: str) -> None:
    text, line, rule = REFUSED[name]
    problems = checked(tmp_path, text)
    assert (line + 6, rule) in [(problem.line, problem.rule) for problem in problems]
    for problem in problems:
        for language in LANGUAGES:
            assert all(language.message(problem))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_let_through(tmp_path: Path, name: str) -> None:
    assert checked(tmp_path, HARMLESS[name]) == []


# --- in a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site with a page for each attack that is let through."""
    project = Project(tmp_path_factory.mktemp("attacked") / "project")
    head = "---\ntitle: {}\ndescription: Et angrep.\ntranslated: false\nown_numbers: true\n---\n\n"
    for number, (name, text) in enumerate(HARMLESS.items()):
        project.write(f"docs/angrep/{number}.md", head.format(f'"{name}"') + text)
    project.replace("mkdocs.yml", "  min-liste/\n", "  min-liste/\n  angrep/\n")
    project.build()
    return project


def test_pages_that_are_let_through_run_nothing_and_ask_nobody(
    attacked: Project, chromium: Browser
) -> None:
    dialogs: list[str] = []
    with (
        browsing.served(attacked.site) as server,
        closing(Rooms(chromium, server.url.rstrip("/"))) as rooms,
    ):
        for number, name in enumerate(HARMLESS):
            window = rooms.open()
            page = window.page
            page.on("dialog", lambda dialog: dialogs.append(dialog.message))
            address = f"/angrep/{number}/"
            window.open(address)
            for element in page.locator("main *").all():
                element.dispatch_event("mouseover")
                element.dispatch_event("focus")
            assert page.evaluate("window.pwned") is None, name
            handlers = page.evaluate(
                "[...document.querySelectorAll('main *')].flatMap((element) =>"
                " element.getAttributeNames()).filter((it) => it.startsWith('on'))"
            )
            assert handlers == [], name
            assert window.address == address, name
            window.assert_clean()
            page.close()
    assert dialogs == []
