"""Check the links of a built site: those within it, and on request those that lead out of it.

Usage: python tools/links.py SITE [--format text|github]
       python tools/links.py SITE --outside [--report FILE]

Within the site every file and every anchor must be there.  ``--outside`` asks the addresses of
other sites, one after another at each host, and lists those that do not answer; FILE gets the list,
and is empty when there are none.  Standard library only.
"""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urlsplit

from messages import require_site, run_tool, say

NOT_FOUND = "404.html"
"""Answers at any address, so its links are absolute: they need not be of this folder."""
_TIMEOUT = 20
_AGENT = "Mozilla/5.0 (compatible; link check of a knowledge bank)"


class Links(HTMLParser):
    """What a page is linked by and links to: ``ids``, and each of ``links`` with its line."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's id and what it loads or leads to."""
        for name, text in attrs:
            if name == "id" and text:
                self.ids.add(text)
            # A whole address in <link> is the page's own one, which may not be there yet.
            elif name in ("href", "src") and text and not (tag == "link" and urlsplit(text).scheme):
                self.links.append((text, self.getpos()[0]))


class Fault(NamedTuple):
    """A link that leads nowhere: in which file of the site, on which line, to what."""

    file: str
    line: int
    link: str


def read(site: Path) -> dict[str, Links]:
    """Return what every page of a built site says, by its path within the site."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        links = Links()
        links.feed(file.read_text(encoding="utf-8"))
        pages[file.relative_to(site).as_posix()] = links
    return pages


def faults_within(site: Path, pages: dict[str, Links]) -> Iterator[Fault]:
    """Yield the links of ``pages`` to files and anchors that the site does not have."""
    root = site.resolve()
    for name, page in pages.items():
        for link, line in page.links:
            if urlsplit(link).scheme or urlsplit(link).netloc or name == NOT_FOUND:
                continue
            path, anchor = urldefrag(link)
            target = (root / name).parent / unquote(urlsplit(path).path)
            target = (root / name) if not urlsplit(path).path else target.resolve()
            if target.is_dir():
                target /= "index.html"
            there = target.is_file() and target.is_relative_to(root)
            known = pages.get(target.relative_to(root).as_posix()) if there else None
            if not there or (anchor and known and unquote(anchor) not in known.ids):
                yield Fault(name, line, link)


def outside(pages: dict[str, Links]) -> dict[str, list[str]]:
    """Return the addresses of other sites, each with the pages that link there."""
    found: dict[str, set[str]] = {}
    for name, page in pages.items():
        for link, _ in page.links:
            if urlsplit(link).scheme in ("http", "https"):
                found.setdefault(urldefrag(link).url, set()).add(name)
    return {address: sorted(found[address]) for address in sorted(found)}


def silent(addresses: list[str], ask: Callable[[str], str | None]) -> dict[str, str]:
    """Return the addresses that do not answer as they should, with what came instead.

    Hosts are asked side by side, the addresses of one host after each other.

    Args:
        addresses: What to ask.
        ask: Returns None when an address answers, else what is wrong.
    """

    def host(address: str) -> str:
        return urlsplit(address).netloc

    hosts = [list(named) for _, named in groupby(sorted(addresses, key=host), host)]
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda named: [(address, ask(address)) for address in named], hosts)
        return {address: fault for host in answers for address, fault in host if fault is not None}


def ask(address: str) -> str | None:
    """Ask the web whether an address is there; return what is wrong, or None."""
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310 - http(s) only
            return None
    except urllib.error.HTTPError as error:
        # Some hosts refuse everything that is no browser: the page may well be there.
        return None if error.code in (401, 403, 405, 429) else f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check the links of a built site.")
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--format", choices=("text", "github"), default="text")
    parser.add_argument("--outside", action="store_true", help="ask the addresses of other sites")
    parser.add_argument("--report", type=Path, help="file for the addresses that do not answer")
    options = parser.parse_args()
    require_site(options.site)
    pages = read(options.site)
    if options.outside:
        addresses = outside(pages)
        silent_ones = silent(list(addresses), ask)
        lines = [
            f"- <{address}>: {why} ({', '.join(addresses[address][:3])})"
            for address, why in silent_ones.items()
        ]
        print("\n".join(lines))
        if options.report:
            options.report.parent.mkdir(exist_ok=True)
            options.report.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        found = len(silent_ones)
        say(
            f"\nLenker ut: {len(addresses)} adresser, {found} svarer ikke som de skal.",
            f"Links out: {len(addresses)} addresses, {found} do not answer as they should.",
        )
        return 0
    faults = sorted(faults_within(options.site, pages))
    for fault in faults:
        line = f"{fault.file}:{fault.line}: {fault.link}"
        if options.format == "github":
            escaped = line.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            line = f"::error title=dead-link::{escaped}"
        print(line)
    say(
        f"Lenker innenfor nettstedet: {len(pages)} sider, {len(faults)} døde lenker.",
        f"Links within the site: {len(pages)} pages, {len(faults)} dead links.",
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
