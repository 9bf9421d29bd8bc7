"""What pages may run and load: the policies, the headers, and what browsers make of them."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import browsing
import pytest
from playwright.sync_api import Browser, Page, Route
from site_support import ROOT, SITE_URL, Site
from website.policy import headers, headers_file, policies

Policy = dict[str, set[str]]


def parsed(text: str) -> Policy:
    directives = [directive.split() for directive in text.split(";")]
    return {name: set(sources) for name, *sources in directives}


# --- what they say -------------------------------------------------------------------------


def test_a_page_may_have_nothing_but_what_its_own_host_has() -> None:
    policy = parsed(policies(SITE_URL)[0])
    assert policy["default-src"] == policy["base-uri"] == {"'none'"}
    for name, sources in policy.items():
        if name.endswith("-src") and name != "default-src":
            assert sources - {"'self'"} <= {"'wasm-unsafe-eval'", "data:"}
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]
    assert policy["require-trusted-types-for"] == {"'script'"}
    assert policy["trusted-types"] == {"default"}


@pytest.mark.parametrize(
    ("site_url", "base"),
    [
        ("https://example.no/", "https://example.no/"),
        ("https://example.no", "https://example.no/"),
        ("https://name.github.io/repo", "https://name.github.io/repo/"),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123/"),
        ("https://example.no/a;b,c d/%C3%B8/", "https://example.no/a%3Bb%2Cc%20d/%C3%B8/"),
    ],
)
def test_scripts_may_only_come_from_the_folders_of_code(site_url: str, base: str) -> None:
    policy = parsed(policies(site_url)[1])
    anywhere = "*:*" + urlsplit(base).path
    engine = {f"{base}pagefind/", f"{anywhere}pagefind/"}
    scripts = {f"{base}assets/scripts/", f"{anywhere}assets/scripts/"}
    assert policy == {
        "script-src": {*scripts, *engine, "'wasm-unsafe-eval'"},
        "worker-src": engine,
    }


def test_the_host_is_told_the_same_policies_and_who_may_frame_a_page() -> None:
    first, second = headers(SITE_URL)["Content-Security-Policy"].split(", ")
    told = parsed(first)
    assert told.pop("frame-ancestors") == {"'none'"}
    assert [told, parsed(second)] == [parsed(policy) for policy in policies(SITE_URL)]


def test_only_a_site_with_https_asks_for_it_for_good() -> None:
    name = "Strict-Transport-Security"
    assert name in headers("https://example.no/")
    assert name not in headers("http://example.no/")
    # Other hosts below the name, and lists in browsers, are for the owner of the name to decide.
    assert re.fullmatch(r"max-age=\d{8}", headers("https://example.no/")[name])


def test_no_header_can_become_two() -> None:
    for site_url in ("https://example.no/a\r\nSet-Cookie: x/", "https://example.no/a\n  X: y"):
        lines = headers_file(site_url).splitlines()
        assert len(lines) == 1 + len(headers(site_url))


_SINKS = re.compile(
    r"(inner|outer)HTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
    r"|setHTML|srcdoc|new Worker|\beval\(|new Function|importScripts"
)


def test_no_script_of_ours_makes_markup_or_code_of_text() -> None:
    scripts = list((ROOT / "docs" / "assets" / "scripts").rglob("*.js"))
    assert scripts
    found = {path.name: _SINKS.findall(path.read_text(encoding="utf-8")) for path in scripts}
    assert {name: sinks for name, sinks in found.items() if sinks} == {}
    assert len(_SINKS.findall("a.innerHTML = b; new DOMParser(); eval(c)")) == 3


# --- what browsers make of them ------------------------------------------------------------

_PAGE = "/om/"
_PLANTED = "/om/planted.js"
_OURS = "/assets/scripts/planted.js"
_NEIGHBOUR = "/other/assets/scripts/planted.js"


@pytest.fixture(params=["page alone", "page and host"])
def open_page(
    request: pytest.FixtureRequest, site: Site, chromium: Browser
) -> Iterator[Callable[[str], Page]]:
    """Open a page of the site with some HTML put in, as it might have slipped past all checks."""
    told = headers(SITE_URL) if request.param == "page and host" else {}
    with browsing.served(site.root, told) as server, chromium.new_context() as room:

        def open_(html: str) -> Page:
            def slip_in(route: Route) -> None:
                answer = route.fetch()
                assert "</main>" in answer.text()
                route.fulfill(response=answer, body=answer.text().replace("</main>", html, 1))

            page = room.new_page()
            page.route(f"**{_PAGE}", slip_in)
            page.route(
                "**/planted.js",
                lambda route: route.fulfill(
                    content_type="text/javascript",
                    body="document.documentElement.dataset.ran = document.currentScript.src",
                ),
            )
            page.goto(server.url.rstrip("/") + _PAGE)
            page.wait_for_load_state("networkidle")
            return page

        yield open_


def ran(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-ran")


def test_a_planted_script_runs_from_no_folder_but_that_of_code(
    open_page: Callable[[str], Page],
) -> None:
    for address in (_PLANTED, _NEIGHBOUR, f"/assets/scripts/../..{_PLANTED}"):
        assert ran(open_page(f'<script src="{address}"></script></main>')) is None
    # The very same script does run where content cannot put it: it is the folder that counts.
    assert urlsplit(ran(open_page(f'<script src="{_OURS}"></script></main>')) or "").path == _OURS


def test_nothing_inline_runs(open_page: Callable[[str], Page]) -> None:
    mark = "document.documentElement.dataset.ran = 'inline'"
    page = open_page(f'<script>{mark}</script><img src="x" onerror="{mark}"></main>')
    assert ran(page) is None


def test_text_becomes_neither_markup_nor_code(open_page: Callable[[str], Page]) -> None:
    page = open_page("</main>")
    page.evaluate("import('/assets/scripts/search/trusted.js')")
    tries = {
        "markup": 'element.innerHTML = "<img src=x>"',
        "document": 'new DOMParser().parseFromString("<p>", "text/html")',
        "worker": 'new Worker("/om/planted.js")',
        "script": 'document.createElement("script").src = "/assets/scripts/menu.js"',
        "nothing": 'element.innerHTML = ""',
    }
    outcome = page.evaluate(
        "() => { const element = document.createElement('p'); const said = {};"
        + "".join(
            f"try {{ {work}; said.{name} = 'done' }} catch (error) {{ said.{name} = error.name }}"
            for name, work in tries.items()
        )
        + "return said; }"
    )
    assert outcome == dict.fromkeys(tries, "TypeError") | {"nothing": "done"}
