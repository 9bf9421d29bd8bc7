"""A small web server for a folder on this machine."""

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

# Written out, because what Python knows depends on files of the system.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".yaml": "application/yaml; charset=utf-8",
    ".yml": "application/yaml; charset=utf-8",
}


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
    """Serves a folder on this machine only. Holds its port from the start.

    Making it takes the port without answering on it yet, so that a busy port
    is known before a long build; ``server_activate`` opens it.
    """

    daemon_threads = True
    # Elsewhere than on Windows this only skips the wait after the last run's end.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, root: Path, port: int, handler: "type[SiteHandler] | None" = None) -> None:
        """Take the port.

        Args:
            root: The folder to serve; need not exist before the first request.
            port: The port to take; 0 takes any free one.
            handler: Answers requests; ``SiteHandler`` when not given.

        Raises:
            ToolError: Another program has the port, or it may not be used.
        """
        self.root = root
        self._check_free(port)
        super().__init__((HOST, port), handler or SiteHandler, bind_and_activate=False)
        try:
            self.server_bind()
        except OSError as error:
            self.server_close()
            raise _refusal(port, error) from error

    @property
    def url(self) -> str:
        """The address of the served folder."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Take the port, without answering on it."""
        # The parent asks the network for this machine's name, which can hang.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def server_activate(self) -> None:
        """Start to answer.

        Raises:
            ToolError: Another program took the port in the meantime.
        """
        try:
            super().server_activate()
        except OSError as error:
            raise _refusal(self.server_port, error) from error

    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of this server, but not a browser that goes away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def close(self) -> None:
        """Give the port back; requests under way are dropped."""
        self.server_close()

    @staticmethod
    def _check_free(port: int) -> None:
        # Some systems let two programs have one port, if the other has it for all
        # addresses. Then only a call tells.
        if port == 0:
            return
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            return
        raise _refusal(port, None)


def _refusal(port: int, error: OSError | None) -> ToolError:
    other = port + 1 if port < LAST_PORT else port - 1
    if isinstance(error, PermissionError):
        return ToolError(
            f"Port {port} krever administratorrettigheter: velg en annen, "
            "for eksempel «make site PORT=8000».",
            f"Port {port} needs administrator rights: choose another, "
            "for example “make site PORT=8000”.",
        )
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
        """Send a file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Tell about a file."""
        self._answer(with_body=False)

    def find(self, url_path: str) -> Path | None:
        """Return the file or folder that an address means, None when there is none."""
        return find(self.server.root, url_path)

    def finished(self, body: bytes, type_: str) -> tuple[bytes, dict[str, str]]:
        """Return what is sent for the content of a file, and headers of its own."""
        del type_
        return body, {}

    def send(
        self, status: HTTPStatus, body: bytes, type_: str, with_body: bool, **headers: str
    ) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        # Nothing is kept: a reload always shows the last build.
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _answer(self, with_body: bool) -> None:
        address = urlsplit(self.path)
        found = self.find(address.path)
        if found is not None and found.is_dir():
            if not address.path.endswith("/"):
                # One slash in front only: «//host» would be another server's address.
                target = quote("/" + address.path.strip("/"), safe="/%") + "/"
                target += f"?{address.query}" if address.query else ""
                moved = HTTPStatus.MOVED_PERMANENTLY
                self.send(moved, b"", TYPES[".txt"], with_body, Location=target)
                return
            found = self.find(f"{address.path}index.html")
        status, body = HTTPStatus.OK, _read(found)
        if found is None or body is None:
            status, found = HTTPStatus.NOT_FOUND, self.find("404.html")
            body = _read(found) or b""
        type_ = TYPES.get(found.suffix.lower() if found else ".html", "application/octet-stream")
        body, headers = self.finished(body, type_)
        self.send(status, body, type_, with_body, **headers)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what happens to the sources."""


def _read(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes()
    except OSError:
        return None
