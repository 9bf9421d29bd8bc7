"""What browsers are told that a page may do: within the page, and by the host as headers.

Two policies hold at the same time.  The first lets a page have what comes from its own host.  The
second names the folders whose scripts may run: those that our code alone writes to, so a script
that got onto the site in another way, or that a neighbour on the same host has, never runs.  It
says "any host", since the first has settled that and a copy of the site may lie elsewhere.  Safari
knows no such word, so the site's address is named too.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

SCRIPT_FOLDERS = ("assets/scripts/", "pagefind/")
"""Where our scripts lie, and those of the search engine with its worker."""
REFERRER = "strict-origin-when-cross-origin"
"""What other sites are told of where a reader came from: our host, and not which page."""

_OWN_HOST = (
    "default-src 'none'",  # and so no plugins, frames or media
    "script-src 'self' 'wasm-unsafe-eval'",  # the search engine is WebAssembly
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    # Text never becomes markup or code; assets/scripts/search/trusted.js tells of the exceptions.
    "require-trusted-types-for 'script'",
    "trusted-types default",
)
_ONLY_BY_HEADER = "frame-ancestors 'none'"
_YEAR = 365 * 24 * 60 * 60
_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a page could ask a device for, and none of ours does."""


def policies(site_url: str) -> tuple[str, str]:
    """Return the policies of every page of the site at an address, each for a ``meta`` element."""
    address = urlsplit(site_url)
    path = quote(unquote(address.path)).rstrip("/")  # ";" and "," would part policies
    hosts = [f"{address.scheme}://{address.netloc}"] if address.netloc else []
    bases = [f"{host}{path}/" for host in (*hosts, "*:*")]
    scripts, engine = ([base + folder for base in bases] for folder in SCRIPT_FOLDERS)
    own_folders = (
        f"script-src {' '.join(scripts + engine)} 'wasm-unsafe-eval'",
        f"worker-src {' '.join(engine)}",
    )
    return "; ".join(_OWN_HOST), "; ".join(own_folders)


def headers(site_url: str) -> dict[str, str]:
    """Return what the host should send with every file: the policies, and what only it can say."""
    first, second = policies(site_url)
    found = {
        "Content-Security-Policy": f"{first}; {_ONLY_BY_HEADER}, {second}",
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    }
    if urlsplit(site_url).scheme == "https":
        # Of this host alone: what else there is below its name is not ours to bind.
        found["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return found


def headers_file(site_url: str) -> str:
    """Return the headers as the file ``_headers``, which several static hosts read."""
    lines = [f"  {name}: {value}\n" for name, value in headers(site_url).items()]
    return "".join(["/*\n", *lines])
