"""What a reviewer opens from disk: the site as it will be, and a page that lists the change."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from links import NOT_FOUND

SITE = "site"
"""The folder of the site, beside the page that lists the change."""
FORMATTED = "formatted"
"""The folder of files that lack their form, in their form."""
_HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')
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
    # Pages link to few others, in the same words: each of them is looked up once a folder.
    for place, _, names in os.walk(folder):
        page = Path(place) / "index.html"
        if "index.html" not in names:
            continue
        text = page.read_text(encoding="utf-8")
        base = f"{Path(place).relative_to(folder).as_posix()}/".removeprefix("./")

        def for_disk(match: re.Match[str], here: Path = Path(place), base: str = base) -> str:
            return html.escape(_for_disk(html.unescape(match[0]), here, base, published))

        page.write_text(_HREF.sub(for_disk, text), encoding="utf-8")


def _for_disk(link: str, here: Path, base: str, published: str) -> str:
    """Return a link as it is to be in a copy; ``base`` is the address of the page, relative."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    target = os.path.normpath(here / unquote(parts.path))
    if os.path.isfile(os.path.join(target, "index.html")):  # noqa: PTH113, PTH118 - 100,000 times
        path = f"{parts.path.removesuffix('/')}/index.html"
        return parts._replace(path=path).geturl()
    return link if os.path.exists(target) else urljoin(published + base, link)  # noqa: PTH110


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
