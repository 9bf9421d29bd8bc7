"""What a reviewer opens from disk: the site as it will be, and a page that lists the change."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from links import NOT_FOUND

SITE = "site"
"""The folder of the site, beside the page that lists the change."""
FORMATTED = "formatted"
"""The folder of files that lack their form, in their form."""
_HREF = re.compile(r'(\shref=")([^"]*)')
_STYLE = (
    "body{max-width:70rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #aaa;padding:.4rem;"
    "vertical-align:top;text-align:left;width:50%}del{background:#fdd}ins{background:#dfd}"
    "summary{cursor:pointer;margin:.5rem 0}blockquote{margin:0;padding-left:1rem;"
    "border-left:4px solid #ccc}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def copy_site(site: Path, folder: Path, published: str) -> None:
    """Copy a built site so that it can be opened from disk, where no server finds ``index.html``.

    Args:
        site: The built site.
        folder: Where the copy goes; must not be there.
        published: Where the site is published: what the copy lacks is looked for there.
    """
    # The page for what is not found is shown by servers only, and its links hold there only.
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns(NOT_FOUND))
    for place, _, names in os.walk(folder):
        if "index.html" in names:
            page = Path(place, "index.html")
            address = urljoin(published, f"{os.path.relpath(place, folder)}/".removeprefix("./"))
            rewrite = partial(_rewrite, place, address, {})
            text = _HREF.sub(rewrite, page.read_text(encoding="utf-8"))
            page.write_text(text, encoding="utf-8")


def _rewrite(here: str, address: str, known: dict[str, str], match: re.Match[str]) -> str:
    """Return a link of the page in the folder ``here``; ``known`` holds those it had before."""
    if match[2] not in known:
        known[match[2]] = html.escape(_for_disk(html.unescape(match[2]), here, address))
    return match[1] + known[match[2]]


def _for_disk(link: str, here: str, address: str) -> str:
    """Return a link as it is to be in a copy; ``address`` is where the page is published."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    target = os.path.normpath(os.path.join(here, unquote(parts.path)))  # noqa: PTH118 - often
    if os.path.isfile(f"{target}/index.html"):  # noqa: PTH113 - a hundred thousand times
        path = f"{parts.path.removesuffix('/')}/index.html"
        return parts._replace(path=path).geturl()
    return link if os.path.exists(target) else urljoin(address, link)  # noqa: PTH110


def file_of(address: str) -> str:
    """Return the file of a page within the folder, as a link."""
    return quote(f"{SITE}{address}{'index.html' if address.endswith('/') else ''}")


def index_page(title: str, language: str, sections: Iterable[str]) -> str:
    """Return the page that lists the change; ``sections`` are HTML."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n"
        + "\n".join(sections)
        + "\n</html>\n"
    )
