"""A server that shows the newest build, and tells open pages when they have become others."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from web import HTML, SiteHandler, SiteServer, find, type_of

OWN = "/assets/scripts/preview/"
"""Where our own files and news stand: an address that the site does not have, and one of those from
which its policy lets scripts run.
"""
FILES = {name: Path(__file__).with_name(name) for name in ("page.js", "page.css")}
PULSE_SECONDS = 15.0
"""A line is sent so often, so that we notice when a page has gone."""

Report = Mapping[str, str]
"""Why a build failed: by code of the language, what people are told."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is served.

    Attributes:
        site: The folder of the newest build, None before the first.
        search: The folder of its search index, which is made later.
        early: Pages of the build under way that are finished, by their files in the site.
        styles: Grows by one when styles, scripts or pictures have changed.
        failure: Why the last build failed.
    """

    site: Path | None = None
    search: Path | None = None
    early: Mapping[str, Path] = field(default_factory=dict)
    styles: int = 0
    failure: Report | None = None

    def find(self, url_path: str) -> Path | None:
        """Return the file or folder that an address means."""
        name = url_path.strip("/")
        early = self.early.get(f"{name}/index.html" if name else "index.html")
        if early is not None and early.is_file():
            return early
        for folder in (self.site, self.search):
            found = find(folder, url_path) if folder is not None else None
            if found is not None:
                return found
        return None


class LiveServer(SiteServer):
    """Serves what is ``shown``, on this machine only."""

    def __init__(self, port: int) -> None:
        """Take the port, as ``SiteServer`` does.

        Raises:
            ToolError: Another program has the port, or it may not be used.
        """
        super().__init__(Path(), port, LiveHandler)
        self.shown = Shown()
        self._news = threading.Condition()
        self._number = 0
        self._open: Counter[str] = Counter()

    def show(self, **changed: Any) -> None:
        """Show something else from now on, and tell all open pages."""
        with self._news:
            self.shown = replace(self.shown, **changed)
            self._number += 1
            self._news.notify_all()

    def open_pages(self) -> list[str]:
        """Return the addresses of the pages that browsers show just now."""
        with self._news:
            return sorted(self._open)

    def wait(self, known: int) -> int:
        """Wait until there is other news than number ``known``, or a while; return its number."""
        with self._news:
            self._news.wait_for(lambda: self._number != known, PULSE_SECONDS)
            return self._number

    def page_opened(self, page: str) -> None:
        """Remember that a browser shows a page."""
        with self._news:
            self._open[page] += 1

    def page_closed(self, page: str) -> None:
        """Forget one browser that showed a page."""
        with self._news:
            self._open[page] -= 1
            self._open += Counter()  # drops what has come to nought


class LiveHandler(SiteHandler):
    """Puts the script that reloads into each page."""

    server: LiveServer

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        """Send a file, one of our own, or news without end."""
        address = urlsplit(self.path)
        if not address.path.startswith(OWN):
            super().do_GET()
            return
        name = address.path.removeprefix(OWN)
        if name == "news":
            self._send_news(parse_qs(address.query).get("page", ["/"])[0])
        elif name in FILES:
            self.send(HTTPStatus.OK, FILES[name].read_bytes(), type_of(FILES[name]))
        else:
            self.send(HTTPStatus.NOT_FOUND, b"", HTML)

    def find(self, url_path: str) -> Path | None:
        """Return the file or folder that an address means."""
        return self.server.shown.find(url_path)

    def finished(self, body: bytes, type_: str) -> tuple[bytes, dict[str, str]]:
        """Return a page with the script, and what tells it from what it was."""
        if type_ != HTML:
            return body, {}
        shown = self.server.shown
        if shown.site is None:
            body = _nothing_yet(shown.failure or {})
        digest = hashlib.sha256(b"%d %b" % (shown.styles, body)).hexdigest()[:16]
        script = f'<script type="module" src="{OWN}page.js?{digest}"></script>'.encode()
        head, end, rest = body.partition(b"</head>")
        return head + script + end + rest, {"ETag": f'"{digest}"'}

    def _send_news(self, page: str) -> None:
        self.close_connection = True  # it has no length, so its end is that of the connection
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.server.page_opened(page)
        try:
            known = -1
            while True:
                number = self.server.wait(known)
                text = json.dumps({"failure": self.server.shown.failure})
                self.wfile.write(f"data: {text}\n\n".encode() if number != known else b":\n\n")
                known = number
        finally:
            self.server.page_closed(page)


def _nothing_yet(failure: Report) -> bytes:
    """Return the page that is shown when there is none yet, which tells why."""
    told = "".join(
        f'<pre lang="{escape(code)}">{escape(text)}</pre>' for code, text in failure.items()
    )
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>–</title>'
        f'<link rel="stylesheet" href="{OWN}page.css"></head>'
        f"<body><noscript>{told}</noscript></body></html>"
    ).encode()
