"""Write what a host has to be told, for nginx, Apache and Caddy, from the built site.

Usage: python tools/hosting.py [--site-dir DIR] [--to DIR]

Everything comes from the site's own ``_headers``, which hosts such as Netlify and Cloudflare read
by themselves.  The files go into ``server-config/``: they are for the server, never published.

Exit: 0 written; 1 there is no built site; 130 ended by Ctrl+C.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent
_HEADER = re.compile(r"  ([A-Za-z-]+): ([\x20-\x7e]+)")
_ADDRESS = re.compile(r'<html [^>]*data-address="([^"]+)"')


def read_headers(site: Path) -> dict[str, str]:
    """Return the headers of a built site.

    Raises:
        ToolError: There is no built site, or its list of headers is not ours.
    """
    try:
        lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ToolError(
            f"Det er ikke noe bygget nettsted i «{site}»: kjør «SITE_URL=https://… make build».",
            f"There is no built site in “{site}”: run “SITE_URL=https://… make build”.",
        ) from error
    found = [_HEADER.fullmatch(line) for line in lines[1:]]
    if lines[:1] != ["/*"] or not found or not all(found):
        raise ToolError(
            f"«{site / '_headers'}» er ikke som «make build» skriver den: bygg på nytt.",
            f"“{site / '_headers'}” is not as “make build” writes it: build again.",
        )
    return {match[1]: match[2] for match in found if match is not None}


def read_path(site: Path) -> str:
    """Return below which path of its host a built site lies: ``/``, or ``/folder/``."""
    found = _ADDRESS.search((site / "index.html").read_text(encoding="utf-8"))
    return urlsplit(found[1]).path if found else "/"


def nginx(headers: Mapping[str, str], path: str) -> str:
    """Return the lines for a ``server`` block of nginx."""
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    return "\n".join(
        [
            "# In the server block: include /path/to/nginx.conf;",
            "# A location with an add_header of its own loses all of these: include them there.",
            *lines,
            f"error_page 404 {path}404.html;",
            f"location = {path}_headers {{ return 404; }}",
            "# Written like this, an address would pass for one in another folder.",
            'if ($request_uri ~* "^[^?]*%(2f|5c)") { return 404; }',
            "",
        ]
    )


def apache(headers: Mapping[str, str], path: str) -> str:
    """Return the lines for a ``VirtualHost`` of Apache with ``mod_headers``."""
    # A percent sign would begin a variable.
    lines = [
        f'Header always set {name} "{value.replace("%", "%%")}"' for name, value in headers.items()
    ]
    return "\n".join(
        [
            "# In the VirtualHost: Include /path/to/apache.conf   (once: a2enmod headers)",
            *lines,
            f"ErrorDocument 404 {path}404.html",
            f'<Location "{path}_headers">',
            "    Require all denied",
            "</Location>",
            "",
        ]
    )


def caddy(headers: Mapping[str, str], path: str) -> str:
    """Return the lines for a site of a Caddyfile."""
    lines = [f'    {name} "{value}"' for name, value in headers.items()]
    return "\n".join(
        [
            "# In the site's block: import /path/to/caddy.conf",
            "header {",
            *lines,
            "}",
            f"error {path}_headers 404",
            "# Written like this, an address would pass for one in another folder.",
            "@escaped expression `{http.request.uri}.matches('^[^?]*%(2f|2F|5c|5C)')`",
            "error @escaped 404",
            "handle_errors {",
            f"    rewrite * {path}404.html",
            "    file_server",
            "}",
            "",
        ]
    )


SERVERS: dict[str, Callable[[Mapping[str, str], str], str]] = {
    "nginx.conf": nginx,
    "apache.conf": apache,
    "caddy.conf": caddy,
}


def _main() -> int:
    parser = argparse.ArgumentParser(description="Write the headers of the site for web servers.")
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="default: site")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "server-config", help="default: server-config"
    )
    options = parser.parse_args()
    site: Path = options.site_dir
    headers, path = read_headers(site), read_path(site)
    options.to.mkdir(parents=True, exist_ok=True)
    for name, write in SERVERS.items():
        (options.to / name).write_text(write(headers, path), encoding="utf-8")
    names, folder = ", ".join(SERVERS), os.path.relpath(options.to)
    say(f"Skrev {names} i «{folder}».", f"Wrote {names} in “{folder}”.")
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
