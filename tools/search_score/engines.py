"""Three ways to search the same pages, each as its readers meet it: in a browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.languages import Languages
from messages import ToolError
from playwright.sync_api import Browser, Page
from stock_material import write_stock

from search_score.measures import Hit

SHOWN = 20
"""Results that are looked at; further down nobody looks for the first relevant one."""
PARTS = 3
"""Parts of a page that a result shows below it."""
START = "om/"
"""A page that both searches are asked on; in other languages the one beside it."""
SEARCHED = b"data-pagefind-body"
PLAIN = "plain-pagefind"
"""Folder, in the copy of the site that is measured, of Pagefind's index as it comes."""

_OURS = """
async ([query, shown]) => {
  const { openSearch } = await import("/assets/scripts/search/engine.js");
  const language = document.documentElement.lang;
  window.ours ??= await openSearch({ base: "/", language });
  const { status, results } = await window.ours.search(query);
  if (status === "failed") throw new Error("the search failed");
  const found = await Promise.all(results.slice(0, shown).map((result) => result.data()));
  return found.map((data) => [data.url, ...data.sub_results.map((part) => part.url)]);
}
"""
_NONE_FROM = """
async ([query]) => {
  const { places } = await window.ours.search(query);
  return places.filter(({ count }) => !count).map(({ label }) => label);
}
"""
_PLAIN = """
async ([query, shown]) => {
  window.pagefind ??= await import("/PLAIN/pagefind.js");
  const { results } = await window.pagefind.search(query);
  const found = await Promise.all(results.slice(0, shown).map((result) => result.data()));
  return found.map((data) => [data.url, ...data.sub_results.map((part) => part.url)]);
}
""".replace("PLAIN", PLAIN)
_STOCK_READY = """
() => document.querySelector(".md-search-result__meta")?.textContent.trim()
"""
_STOCK = """
async ([query, shown]) => {
  const input = document.querySelector("input.md-search__input");
  const list = document.querySelector(".md-search-result__list");
  const meta = document.querySelector(".md-search-result__meta");
  const type = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("keyup", { bubbles: true }));
  };
  input.focus();
  const changed = () => new Promise((resolve) => {
    let timer = setTimeout(resolve, 1500);
    const watcher = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => { watcher.disconnect(); resolve(); }, 120);
    });
    watcher.observe(list.parentElement, { childList: true, subtree: true, characterData: true });
  });
  let settled = changed();
  type("");
  await settled;
  settled = changed();
  type(query);
  await settled;
  return [...list.querySelectorAll(":scope > li")].slice(0, shown).map((item) =>
    [...item.querySelectorAll("a")].map((link) => new URL(link.href).pathname
      + new URL(link.href).hash));
}
"""


class Engine:
    """Answers queries by a script in a page of the site, one page for each language."""

    def __init__(self, name: str, script: str, pages: dict[str, Page]) -> None:
        """Ask ``script`` in ``pages``, by code of the language."""
        self.name = name
        self._script = script
        self._pages = pages

    def hits(self, query: str, language: str) -> Sequence[Hit]:
        """Return the first results."""
        found: list[list[str]] = self._pages[language].evaluate(self._script, [query, SHOWN])
        return [frozenset(addresses[: 1 + PARTS]) for addresses in found]

    def none_from(self, query: str, language: str) -> Sequence[str]:
        """Return the places in a query that our search says there is nothing from.

        Ask for the hits of some query first.
        """
        found: list[str] = self._pages[language].evaluate(_NONE_FROM, [query])
        return found


def ours(window: Browser, server: str, languages: Languages) -> Engine:
    """Return the search of this site."""
    return Engine("Kunnskapsbanken", _OURS, _open(window, server, languages))


def plain(window: Browser, server: str, languages: Languages) -> Engine:
    """Return Pagefind as it comes, with an index made by ``index_plainly``."""
    return Engine("Pagefind", _PLAIN, _open(window, server, languages))


def stock(window: Browser, server: str, languages: Languages) -> Engine:
    """Return stock Material's search: its own box, which finds pages of both languages."""
    page = window.new_page()
    page.goto(server)
    page.locator("input.md-search__input").focus()
    page.wait_for_function(_STOCK_READY)
    page.wait_for_timeout(1000)
    return Engine("Material", _STOCK, dict.fromkeys(languages.codes, page))


def index_plainly(site: Path) -> None:
    """Let Pagefind index a built site by itself."""
    output = str(site / PLAIN)
    _run(site, "-m", "pagefind", "--site", str(site), "--output-path", output, "--quiet")


def build_stock(site: Path, home: Path) -> Path:
    """Build what is searched of a built site with stock Material in ``home``; return its site."""
    pages = [page for page in sorted(site.rglob("index.html")) if SEARCHED in page.read_bytes()]
    write_stock(pages, site, home, leave_out="data-pagefind-ignore")
    _run(home, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
    return home / "site"


def _run(folder: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, check=False)
    if done.returncode != 0:
        name = arguments[1]
        raise ToolError(f"{name} stoppet: se over.", f"{name} stopped: see above.")


def _open(window: Browser, server: str, languages: Languages) -> dict[str, Page]:
    # The policy of the pages lets no other search run.
    pages, context = {}, window.new_context(bypass_csp=True)
    for language in languages:
        pages[language.code] = context.new_page()
        ending = "" if language is languages.default else f"index.{language.code}/"
        pages[language.code].goto(f"{server}{START}{ending}")
    return pages
