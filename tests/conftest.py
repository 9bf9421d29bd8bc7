"""One strictly built site for all tests, a server that serves it, and a browser to visit it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import browser
import browsing
import pytest
from build import build_time
from exclusive import exclusive
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
)
from site_support import ROOT, SITE_URL, SOME_PDFS, Project, Site, render
from website.policy import headers

TODAY = "2026-11-22"
"""The day that tests live on: what is too old must not depend on when they run."""
os.environ["CASEBOOK_TODAY"] = TODAY
HEIGHT = 900
SECONDS = 60
"""How long a step in the browser may take: a busy machine is no fault of the site."""
expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as this project builds it; a warning fails the build, and so every test.

    Built once, by the first process of a test run that asks for it; the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, said = shared / "built", shared / "built.json"
    with exclusive(shared / "built.lock", on_wait=lambda: None):
        if not said.exists():
            epoch = str(build_time(ROOT))
            done = render(ROOT, folder, SOURCE_DATE_EPOCH=epoch, SITE_PDF=SOME_PDFS)
            said.write_text(json.dumps([done.returncode, done.stderr]), encoding="utf-8")
    code, errors = json.loads(said.read_text(encoding="utf-8"))
    assert code == 0, errors
    assert not errors, errors
    return Site(folder)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project, to be changed and built."""
    return Project(tmp_path / "project")


Figure = Callable[[str, object], None]


@pytest.fixture(scope="session")
def figure() -> Figure:
    """Hands on a figure by its name: ``make audit`` prints it, the tests do without."""
    place = os.environ.get("AUDIT_FIGURES")

    def note(name: str, value: object) -> None:
        if place:
            with Path(place).open("a", encoding="utf-8") as figures:
                figures.write(f"{name}\t{value}\n")

    return note


# --- the browser ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def server(site: Site) -> Iterator[str]:
    """The address at which the site is served, without a slash at the end.

    With all headers: what works with them and the policies of pages works with these alone too.
    """
    with browsing.served(site.root, headers(SITE_URL)) as server:
        yield server.url.rstrip("/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine; where there is none, what needs one is skipped, but in CI."""
    if not os.environ.get("CI") and browser.find() is None:
        pytest.skip(browser.MISSING[1])
    with browsing.chromium() as started:
        yield started


# Runs in every page before anything of its own.
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


@pytest.fixture(scope="session")
def modules(chromium: Browser) -> Iterator[Page]:
    """A page that can import the scripts of the site (``/assets/scripts/…``), without the site."""
    with browsing.served(ROOT / "docs") as server, closing(chromium.new_page()) as page:
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{server.url}assets/scripts/theme.js")
        yield page


class Window:
    """A browser window that writes down everything that goes wrong in it.

    ``problems`` holds what the console says, faults of scripts, requests that fail, and every
    violation of the page's own policy; ``hosts`` is whom the window asked for anything.
    """

    def __init__(self, page: Page, server: str, *, scripts: bool = True) -> None:
        """Watch a page that has not been anywhere yet; ``scripts`` says whether it may run any."""
        self.page = page
        self._scripts = scripts
        self.server = server
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self._under_way: set[Request] = set()
        self.page.set_default_timeout(SECONDS * 1000)
        self.page.add_init_script(_REPORT_VIOLATIONS)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfinished", self._on_end)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        self.problems.append(f"console: {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob"):
            self.hosts.add(address.netloc)
            self._under_way.add(request)

    def _on_end(self, request: Request) -> None:
        self._under_way.discard(request)

    def _on_failure(self, request: Request) -> None:
        self._on_end(request)
        # An icon still on its way when the next page is asked for is no fault.
        # Where no script may run, the browser itself refuses those it is told of ahead.
        expected = ["net::ERR_ABORTED", *([] if self._scripts else ["csp"])]
        if request.failure not in expected:
            self.problems.append(f"{request.failure}: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> Page:
        """Go to a page of the site and wait until all of it is there."""
        self.page.goto(self.server + address)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page shown has all it asks for."""
        self.page.wait_for_load_state("load")
        self.page.evaluate("document.fonts.ready.then(() => null)")
        deadline = time.monotonic() + SECONDS
        while self._under_way and time.monotonic() < deadline:
            self.page.wait_for_timeout(5)

    def until(self, happened: Callable[[], object]) -> None:
        """Wait until something has happened that only the test can see."""
        deadline = time.monotonic() + SECONDS
        while not happened() and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        assert happened()

    @property
    def address(self) -> str:
        """Which page of the site is shown."""
        return self.page.url.removeprefix(self.server)

    def assert_clean(self) -> None:
        """Nothing went wrong so far, and nobody but the site's own host was asked."""
        assert self.problems == []
        assert self.hosts == {urlsplit(self.server).netloc}


OpenWindow = Callable[..., Window]


def unfold(page: Page) -> None:
    """Open all parts of a case."""
    page.locator("details[data-fold]").evaluate_all(
        "(all) => all.forEach((it) => (it.open = true))"
    )


class Rooms:
    """Where windows are opened: a browser profile with scripts, and one without.

    Profiles are kept, since starting one costs more than showing a page; an empty page stays open
    in each, or the browser would end what it runs for it. Each test finds nothing stored. A second
    window in one test gets a profile of its own, as if it were somebody else's.
    """

    def __init__(self, chromium: Browser, server: str) -> None:
        """Open windows onto ``server``."""
        self._chromium = chromium
        self._server = server
        self._kept: dict[bool, tuple[BrowserContext, Page]] = {}
        self._in_use: list[BrowserContext] = []

    def open(
        self, width: int = 1280, *, dark: bool = False, scripts: bool = True, before: str = ""
    ) -> Window:
        """Open a window.

        Args:
            width: Its width in pixels.
            dark: Whether the device prefers dark colours.
            scripts: Whether pages may run scripts.
            before: A script that runs in every page before its own.
        """
        page = self._room(scripts).new_page()
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # no scrolling that takes its time
        )
        if before:
            page.add_init_script(before)
        return Window(page, self._server, scripts=scripts)

    def _room(self, scripts: bool) -> BrowserContext:
        if scripts not in self._kept:
            kept = self._chromium.new_context(java_script_enabled=scripts)
            self._kept[scripts] = kept, kept.new_page()
        room, _ = self._kept[scripts]
        if room in self._in_use:
            room = self._chromium.new_context(java_script_enabled=scripts)
        self._in_use.append(room)
        return room

    def tidy(self) -> None:
        """Close all windows, and forget what they stored."""
        empty = dict(self._kept.values())
        while self._in_use:
            room = self._in_use.pop()
            if room not in empty:
                room.close()
                continue
            for page in room.pages:
                if page is not empty[room]:
                    page.close()
            room.unroute_all()
            room.set_offline(False)
            room.clear_cookies()
            room.clear_permissions()
            session = room.new_cdp_session(empty[room])
            stored = {"origin": self._server, "storageTypes": "all"}
            session.send("Storage.clearDataForOrigin", stored)
            session.detach()

    def close(self) -> None:
        """Close everything."""
        self.tidy()
        for room, _ in self._kept.values():
            room.close()


@pytest.fixture(scope="session")
def rooms(chromium: Browser, server: str) -> Iterator[Rooms]:
    """The profiles that windows of all tests are opened in."""
    with closing(Rooms(chromium, server)) as rooms:
        yield rooms


@pytest.fixture
def window(rooms: Rooms) -> Iterator[OpenWindow]:
    """Opens windows: ``window(320, dark=True, scripts=False)``."""
    yield rooms.open
    rooms.tidy()


@pytest.fixture(scope="module")
def shared_window(chromium: Browser, server: str) -> Iterator[OpenWindow]:
    """Opens windows that several tests of a module look through, and none changes for good."""
    with closing(Rooms(chromium, server)) as rooms:
        yield rooms.open
