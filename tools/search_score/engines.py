"""Three ways to search the same pages, each as its readers meet it: in a browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from messages import ToolError
from playwright.sync_api import Browser, Page

from search_score.measures import Hit

SHOWN = 20
"""Results that are looked at; further down nobody looks for the first relevant one."""
PARTS = 3
"""Parts of a page that a result shows below it."""
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


class Engine(Protocol):
    """Answers queries asked on a page in a language."""

    name: str

    def hits(self, query: str, language: str) -> Sequence[Hit]:
        """Return the first results."""


class _InPage:
    """An engine that a script in a page of the site asks."""

    def __init__(self, name: str, script: str, pages: dict[str, Page]) -> None:
        self.name = name
        self._script = script
        self._pages = pages

    def hits(self, query: str, language: str) -> Sequence[Hit]:
        found: list[list[str]] = self._pages[language].evaluate(self._script, [query, SHOWN])
        return [frozenset(addresses[: 1 + PARTS]) for addresses in found]


def ours(window: Browser, server: str, starts: dict[str, str]) -> Engine:
    """Return the search of this site, asked on one page of each language."""
    return _InPage("Kunnskapsbanken", _OURS, _open(window, server, starts))


def plain(window: Browser, server: str, starts: dict[str, str]) -> Engine:
    """Return Pagefind as it comes, with an index made by ``index_plainly``."""
    return _InPage("Pagefind", _PLAIN, _open(window, server, starts))


def stock(window: Browser, server: str, languages: Sequence[str]) -> Engine:
    """Return stock Material's search: its own box, which finds pages of both languages."""
    page = window.new_page()
    page.goto(f"{server}/")
    page.locator("input.md-search__input").focus()
    page.wait_for_function(_STOCK_READY)
    page.wait_for_timeout(1000)
    return _InPage("Material", _STOCK, dict.fromkeys(languages, page))


def index_plainly(site: Path) -> None:
    """Let Pagefind index a built site by itself.

    Raises:
        ToolError: It failed.
    """
    command: list[Any] = [sys.executable, "-m", "pagefind", "--site", site]
    command += ["--output-path", site / PLAIN, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise ToolError("Pagefind stoppet: se over.", "Pagefind stopped: see above.")


def _open(window: Browser, server: str, starts: dict[str, str]) -> dict[str, Page]:
    pages = {}
    for language, address in starts.items():
        pages[language] = window.new_page()
        pages[language].goto(server + address)
    return pages
