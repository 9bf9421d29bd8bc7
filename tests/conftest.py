"""One strictly built site for all tests, a server that serves it, and a browser to visit it."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import browser as browser_tool
import pytest
from build import build_time
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from site_support import ROOT, Project, Site, render
from web import SiteServer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing leaves this machine, even when a page tries.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
TODAY = "2026-11-22"
"""The day that tests live on: what is too old must not depend on when they run."""
os.environ["CASEBOOK_TODAY"] = TODAY
HEIGHT = 900
SECONDS = 15
"""How long a step in the browser may take."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as this project builds it; a warning fails the build, and so every test."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = render(ROOT, folder, SOURCE_DATE_EPOCH=str(build_time(ROOT)))
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return Site(folder)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project, to be changed and built."""
    return Project(tmp_path / "project")


# --- the browser ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def server(site: Site) -> Iterator[str]:
    """The address at which the site is served, without a slash at the end."""
    with closing(SiteServer(site.root, 0)) as server:
        server.server_activate()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.url.rstrip("/")
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine: CHROMIUM names it, else it is found."""
    path = browser_tool.find()
    assert path is not None, "no browser: `make test` finds or installs one"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield started
        finally:
            started.close()


# Runs in every page before anything of its own.
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


class Window:
    """A browser window that writes down everything that goes wrong in it.

    ``problems`` holds what the console says, faults of scripts, requests that fail, and every
    violation of the page's own policy; ``hosts`` is whom the window asked for anything.
    """

    def __init__(self, context: BrowserContext, server: str) -> None:
        """Open a window in ``context``."""
        self.server = server
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self._under_way: set[Request] = set()
        context.set_default_timeout(SECONDS * 1000)
        context.add_init_script(_REPORT_VIOLATIONS)
        self.page: Page = context.new_page()
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
        if request.failure != "net::ERR_ABORTED":
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

    @property
    def address(self) -> str:
        """Which page of the site is shown."""
        return self.page.url.removeprefix(self.server)

    def assert_clean(self) -> None:
        """Nothing went wrong so far, and nobody but the site's own host was asked."""
        assert self.problems == []
        assert self.hosts == {urlsplit(self.server).netloc}


OpenWindow = Callable[..., Window]


@pytest.fixture
def window(chromium: Browser, server: str) -> Iterator[OpenWindow]:
    """Opens windows: ``window(320, dark=True, scripts=False)``."""
    contexts: list[BrowserContext] = []

    def open_window(
        width: int = 1280, *, dark: bool = False, scripts: bool = True, before: str = ""
    ) -> Window:
        """Open a window.

        Args:
            width: Its width in pixels.
            dark: Whether the device prefers dark colours.
            scripts: Whether pages may run scripts.
            before: A script that runs in every page before its own.
        """
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # no scrolling that takes its time
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if before:
            context.add_init_script(before)
        return Window(context, server)

    yield open_window
    for context in contexts:
        context.close()
