"""A site in a browser: what serves a folder and starts the Chromium of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import browser
from messages import ToolError
from playwright.sync_api import Browser, BrowserType, sync_playwright
from web import SiteServer

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[SiteServer]:
    """Serve a folder on a free port, with headers such as a host may be told to send."""
    with SiteServer(folder, 0) as server:
        if headers:
            server.RequestHandlerClass = _sending(headers, server.RequestHandlerClass)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _sending(headers: Mapping[str, str], handler: Any) -> Any:
    def end_headers(self: BaseHTTPRequestHandler) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        handler.end_headers(self)

    return type("Sending", (handler,), {"end_headers": end_headers})


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of this machine: CHROMIUM names it, else it is found.

    Raises:
        ToolError: There is none.
    """
    with sync_playwright() as playwright, _launched(playwright.chromium, "") as started:
        yield started


@contextmanager
def beside(running: Browser, hosts: str) -> Iterator[Browser]:
    """Start one more browser beside one that runs: only one Playwright may run in a thread.

    Args:
        running: A browser of this thread.
        hosts: Where other hosts are ("MAP *.example 127.0.0.1:8080").
    """
    with _launched(running.browser_type, hosts) as started:
        yield started


@contextmanager
def _launched(kind: BrowserType, hosts: str) -> Iterator[Browser]:
    """Start a browser for which other hosts are nowhere: nothing leaves this machine."""
    path = browser.find()
    if path is None:
        raise ToolError(
            "Det finnes ingen nettleser her: «make test» finner eller installerer en.",
            "There is no browser here: “make test” finds or installs one.",
        )
    rules = ", ".join(filter(None, [hosts, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"]))
    flags = [*FLAGS, f"--host-resolver-rules={rules}"]
    if hosts:  # that are this machine, which no page may call without being allowed to
        flags.append("--disable-features=LocalNetworkAccessChecks")
    started = kind.launch(executable_path=path, args=flags)
    try:
        yield started
    finally:
        started.close()
