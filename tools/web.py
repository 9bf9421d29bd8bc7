"""A small web server for a folder on this machine."""

from __future__ import annotations

import mimetypes
import socket
import socketserver
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from messages import ToolError

HOST = "127.0.0.1"
LAST_PORT = 65535
HTML = "text/html; charset=utf-8"
# What Python itself knows, whatever the system has, and what its older versions lack.
_TYPES = mimetypes.MimeTypes()
for _ending, _type in {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}.items():
    _TYPES.add_type(_type, _ending)
_TEXT = ("json", "xml", "yaml")
"""Types whose names end so are text, as those below ``text/`` are."""


def type_of(path: Path) -> str:
    """Return the type that a file is served as, by its name."""
    ending = path.suffix.lower()
    found = _TYPES.types_map[True].get(ending, "application/octet-stream")
    is_text = found.startswith("text/") or found.endswith(_TEXT)
    return f"{found}; charset=utf-8" if is_text else found


def find(root: Path, url_path: str) -> Path | None:
    """Find the file or folder that an address means.

    Args:
        root: The folder that is served.
        url_path: The path of the address, still percent-encoded.

    Returns:
        The file or folder, without following what leads out of ``root``; None
        when there is none, or the address tries to leave the folder.
    """
    segments = unquote(url_path, errors="replace").split("/")
    if any(segment == ".." or "\\" in segment or "\0" in segment for segment in segments):
        return None
    path = root.joinpath(*(segment for segment in segments if segment not in ("", ".")))
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, ValueError):
        return None
    return path if inside else None


class SiteServer(ThreadingHTTPServer):
    """Serves a folder on this machine only.

    Making it takes the port, so that a busy one is known before a long build; browsers that ask
    wait until ``serve_forever`` is called.
    """

    daemon_threads = True
    allow_reuse_address = True  # only skips the wait after the last run's end

    def __init__(self, root: Path, port: int, handler: type[SiteHandler] | None = None) -> None:
        """Take the port.

        Args:
            root: The folder to serve; need not exist before the first request.
            port: The port to take; 0 takes any free one.
            handler: Answers requests; ``SiteHandler`` when not given.

        Raises:
            ToolError: Another program has the port.
        """
        self.root = root
        if port and _answers(port):
            raise _busy(port)
        try:
            super().__init__((HOST, port), handler or SiteHandler)
        except PermissionError:
            raise
        except OSError as error:
            raise _busy(port) from error

    @property
    def url(self) -> str:
        """The address of the served folder."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Take the port."""
        # The parent asks the network for this machine's name, which can hang.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of this server, but not a browser that goes away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _answers(port: int) -> bool:
    # Some systems let two programs have one port, if the other has it for all addresses.
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _busy(port: int) -> ToolError:
    other = port + 1 if port < LAST_PORT else port - 1
    return ToolError(
        f"Port {port} er opptatt av et annet program: avslutt det, eller velg en annen port "
        f"med «make site PORT={other}».",
        f"Port {port} is in use by another program: end it, or choose another port "
        f"with “make site PORT={other}”.",
    )


class SiteHandler(BaseHTTPRequestHandler):
    """Answers one browser's requests."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send a file, the index of a folder, or the site's own page of what is not found."""
        address = urlsplit(self.path)
        found = self.find(address.path)
        if found is not None and found.is_dir():
            if not address.path.endswith("/"):
                # One slash in front only: «//host» would be another server's address.
                target = quote("/" + address.path.strip("/"), safe="/%") + "/"
                target += f"?{address.query}" if address.query else ""
                self.send(HTTPStatus.MOVED_PERMANENTLY, b"", HTML, Location=target)
                return
            found = self.find(f"{address.path}index.html")
        status, body = HTTPStatus.OK, _read(found)
        if found is None or body is None:
            status, found = HTTPStatus.NOT_FOUND, Path("404.html")
            body = _read(self.find("404.html")) or b""
        body, headers = self.finished(body, type_of(found))
        self.send(status, body, type_of(found), **headers)

    def do_HEAD(self) -> None:
        """Tell about a file."""
        self.do_GET()

    def find(self, url_path: str) -> Path | None:
        """Return the file or folder that an address means, None when there is none."""
        return find(self.server.root, url_path)

    def finished(self, body: bytes, type_: str) -> tuple[bytes, dict[str, str]]:
        """Return what is sent for the content of a file, and headers of its own."""
        del type_
        return body, {}

    def send(self, status: HTTPStatus, body: bytes, type_: str, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        # Nothing is kept: a reload always shows the last build.
        fixed = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        own = {"Content-Type": type_, "Content-Length": str(len(body))}
        for name, value in (own | fixed | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what happens to the sources."""


def _read(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes()
    except OSError:
        return None
