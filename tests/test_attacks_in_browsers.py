"""What attacks do in a browser, with the headers of a host and without: nothing.

Those that are let through stand in a built site. Those that are refused are put into pages behind
everything that judges them, so that the policy must stop them alone. ``make audit`` tries all of
them, the tests a share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import browsing
import pytest
from attack_browser import Elsewhere, Seen, Watch, elsewhere
from attack_support import FILES, VISITS, Attack, content, forced, write_into
from conftest import Figure
from playwright.sync_api import Browser, Route
from site_support import SITE_URL, Site, SmallProject
from web import HTML, type_of
from website.policy import headers

HOSTS: Mapping[str, Mapping[str, str]] = {
    "host with headers": headers(SITE_URL),
    "host without headers": {},
}
AUDIT = pytest.mark.audit
pytestmark = pytest.mark.timeout(3600)  # all attacks, on a busy machine


@dataclass(frozen=True)
class Attacked:
    """A site that holds what is let through."""

    site: Site
    addresses: list[str]
    """Where it stands."""
    share: int
    """The tests try one attack in so many."""

    def some(self, attacks: list[Any]) -> list[Any]:
        """The share of attacks that is tried."""
        return attacks[:: self.share]


@pytest.fixture(scope="module", params=[48, pytest.param(1, marks=AUDIT)], ids=["share", "all"])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    project = SmallProject(tmp_path_factory.mktemp("attacked") / "project")
    addresses = write_into(project, request.param)
    done = project.try_build()  # records that are so alike are warned of
    assert done.returncode == 0, done.stderr
    return Attacked(Site(project.site), addresses, request.param)


@pytest.fixture(scope="module")
def world(chromium: Browser) -> Iterator[tuple[Browser, Elsewhere]]:
    with elsewhere(chromium) as found:
        yield found


@pytest.fixture
def watches(attacked: Attacked, world: tuple[Browser, Elsewhere]) -> Iterator[dict[str, Watch]]:
    """A window onto a host of each kind."""
    browser, other = world
    with (
        browsing.served(attacked.site.root, HOSTS["host with headers"]) as one,
        browsing.served(attacked.site.root) as two,
        browser.new_context() as room,
    ):
        yield {
            host: Watch(room, server.url.rstrip("/"), other)
            for host, server in zip(HOSTS, (one, two), strict=True)
        }


def harm(seen: Mapping[Any, Seen]) -> dict[Any, list[str]]:
    """What happened that should not have, by attack."""
    return {attack: it.harm for attack, it in seen.items() if it.harm}


def violations(seen: Mapping[Any, Seen]) -> int:
    """How much the policy stopped."""
    return sum(len(it.stopped) for it in seen.values())


# --- what is let through -----------------------------------------------------------------------


def test_what_is_let_through_does_nothing(
    attacked: Attacked, watches: dict[str, Watch], figure: Figure
) -> None:
    addresses = attacked.some(attacked.addresses)
    ids = [address.split("/")[2] for address in attacked.addresses if "/angrep-" in address][:40:2]
    together = [
        f"/sammenlign/?case={'&case='.join(ids[:3])}",
        f"/min-liste/hefte/#list={','.join(ids)}",
        f"/min-liste/#list={','.join(ids)}",
        *("/eksempler/?q=pwned", "/sok/?q=pwned", "/eksempler/alle/", "/ordliste/"),
        "/bidra/felter/",
        *(f"/sjekklister/tiltaksavtale/?case={id_}" for id_ in ids[:2]),
        *(f"/bidra/ny/?case={id_}" for id_ in ids[:2]),
        *("/assets/images/fler.svg", "/assets/images/kommentar.svg"),
    ]
    for host, watch in watches.items():
        seen = {it: watch.visit(it) for it in addresses}
        seen |= {it: watch.visit(it, clicks=False) for it in attacked.some(together)}
        assert harm(seen) == {}
        assert violations(seen) == 0
        figure(
            f"pages with attacks let through, {host}: opened, harm, violations",
            f"{len(seen)}, 0, 0",
        )


def test_what_readers_are_led_into_does_nothing(
    attacked: Attacked, watches: dict[str, Watch], figure: Figure
) -> None:
    for host, watch in watches.items():
        seen = {}
        for visit in attacked.some(VISITS):
            if visit.name:
                watch.page.goto(f"{watch.server}/assets/images/kommentar.svg")
                keep = "([name, text]) => { %s.clear(); %s.setItem(name, text); }"
                place = "sessionStorage" if visit.name == "compare" else "localStorage"
                watch.page.evaluate(keep % (place, place), [visit.name, visit.stored])
            seen[visit] = watch.visit(visit.page + visit.behind, clicks=False)
            if visit.file:
                file = {"name": "a.json", "mimeType": "application/json"}
                field = watch.page.locator("input[type=file]").first
                field.set_input_files({**file, "buffer": visit.file.encode()})  # type: ignore[arg-type]
                watch.page.wait_for_timeout(100)
        assert harm(seen) == {}
        assert violations(seen) == 0
        figure(f"addresses, storage, files, {host}: tried, harm, violations", f"{len(seen)}, 0, 0")


# --- what is refused, put past everything that judges it --------------------------------------

PAST = "/past/"


class Past:
    """Shows pages and files of the site that nobody has judged."""

    def __init__(self, attacked: Attacked, watch: Watch, told: Mapping[str, str]) -> None:
        """Put them on a host that tells browsers ``told``."""
        self._frame = attacked.site.file("/om/").read_text(encoding="utf-8")
        self._headers = {**told, "X-Content-Type-Options": "nosniff"}
        self._watch = watch
        self._answers: dict[str, tuple[bytes, str]] = {}
        watch.page.route("**/past/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path)
        body, type_ = self._answers.get(path, (b"", "text/plain"))
        route.fulfill(body=body, headers={**self._headers, "Content-Type": type_})

    def page(self, html: str) -> Seen:
        """See what HTML does at the end of a page of the site."""
        assert self._frame.count("</main>") == 1
        body = self._frame.replace("</main>", f"{html}</main>").encode("utf-8", "replace")
        self._answers[PAST] = body, HTML
        return self._watch.visit(PAST, "main *, body > :not(header, footer, main, dialog) *")

    def file(self, attack: Attack) -> Seen:
        """See what a file does by itself, as a host would send it."""
        path = Path(attack.name)
        type_ = SHOWN.get(path.suffix) or type_of(path)
        self._answers[f"/past/{path.name}"] = content(attack.text), type_
        return self._watch.visit(f"/past/{quote(path.name)}", "*")

    def used(self, attack: Attack) -> Seen:
        """See what a file does in a page that uses it in every way."""
        name = Path(attack.name).name
        self._answers[f"/past/{name}"] = content(attack.text), type_of(Path(name))
        address = f"/past/{quote(name)}"
        return self.page(
            f'<img src="{address}" alt=""><script src="{address}"></script>'
            f'<object data="{address}"></object><embed src="{address}"><iframe src="{address}">'
            f'</iframe><link rel="stylesheet" href="{address}"><video src="{address}"></video>'
        )


SHOWN = {
    **{".htm": HTML, ".xhtml": "application/xhtml+xml", ".xml": "application/xml"},
    **{".svg": type_of(Path("a.svg")), ".html": HTML},
}
"""Files that browsers show by themselves, and what many hosts say that they are."""
NOT_STOPPED = {"pages: open fence, refresh"}
"""No policy keeps a page from leading elsewhere by ``refresh``: the gate alone does."""


def test_what_slipped_past_the_gate_is_stopped_by_the_policy(
    attacked: Attacked, watches: dict[str, Watch], figure: Figure
) -> None:
    attacks = forced()
    for host, watch in watches.items():
        past = Past(attacked, watch, HOSTS[host])
        seen = {name: past.page(attacks[name]) for name in attacked.some(list(attacks))}
        assert harm(seen).keys() == NOT_STOPPED & seen.keys(), harm(seen)
        assert violations(seen) > 0
        figure(f"attacks put past the gate, {host}: tried", len(seen))
        figure(f"attacks put past the gate, {host}: harm (refresh alone)", len(harm(seen)))
        figure(f"attacks put past the gate, {host}: violations that stopped", violations(seen))


def test_files_that_slipped_past_the_list_are_stopped_where_pages_use_them(
    attacked: Attacked, watches: dict[str, Watch], figure: Figure
) -> None:
    plain = [it for it in FILES if it.text.split(" ")[0] not in ("link", "pipe", "socket")]
    for host, watch in watches.items():
        past = Past(attacked, watch, HOSTS[host])
        seen = {attack.name: past.used(attack) for attack in attacked.some(plain)}
        assert harm(seen) == {}
        figure(f"files put past the list, {host}: used in pages, harm", f"{len(seen)}, 0")


def test_files_opened_by_themselves_are_stopped_by_headers_alone(
    attacked: Attacked, watches: dict[str, Watch], figure: Figure
) -> None:
    """What is no page of ours has no policy in itself: the list of files keeps it off the site."""
    shown = [it for it in FILES if Path(it.name).suffix in SHOWN and content(it.text)]
    for host, watch in watches.items():
        past = Past(attacked, watch, HOSTS[host])
        seen = {attack.name: past.file(attack) for attack in attacked.some(shown)}
        leads = {"om/index.html"} & seen.keys()  # by ``refresh``
        if HOSTS[host]:
            assert harm(seen).keys() == leads
        else:
            assert {"evil.html", "404.html"} & seen.keys() <= harm(seen).keys()
        figure(f"files put past the list, {host}: opened, harm", f"{len(seen)}, {len(harm(seen))}")


def test_the_watch_sees_what_it_watches_for(world: tuple[Browser, Elsewhere]) -> None:
    browser, other = world
    with browser.new_context() as room:
        watch = Watch(room, "http://127.0.0.1:9", other)

        def shown(html: str) -> Seen:
            watch.page.route(
                "http://127.0.0.1:9/",
                lambda route: route.fulfill(body=html, content_type="text/html"),
            )
            return watch.visit("/", "*")

        assert shown("<script>window.pwned = 1</script>").harm == ["ran"]
        assert shown("<p onclick='window.pwned = 1'>a</p>").harm == ["ran"]
        assert shown("<script>alert(1)</script>").harm == ["dialog"]
        assert "call" in shown("<img src='http://evil.example/p.png'>").harm
        assert (
            "to http://evil.example/"
            in shown("<meta http-equiv=refresh content='0;url=http://evil.example/'>").harm
        )
        assert "every object" in shown("<script>Object.prototype.a = 1</script>").harm
        assert "base http://evil.example" in shown("<base href='http://evil.example/'>").harm
        stopped = shown(
            "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
            "<script>window.pwned = 1</script>"
        )
        assert stopped.harm == []
        assert stopped.stopped
