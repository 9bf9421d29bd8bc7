"""The search in the browser: what comes back, whatever is asked, and when the index is gone."""

from collections.abc import Mapping
from typing import Any

import pytest
from conftest import OpenWindow
from playwright.sync_api import Page, Route

SEARCH = """
async ([query, count, options]) => {
  const { openSearch } = await import("/assets/scripts/search/engine.js");
  const language = document.documentElement.lang;
  window.ours ??= await openSearch({ base: "/", language });
  const { results, ...outcome } = await window.ours.search(query, options);
  const data = await Promise.all(results.slice(0, count).map((result) => result.data()));
  return { ...outcome, ids: results.map((result) => result.id), data };
}
"""


def searched(page: Page, query: Any, count: int = 5, **options: Any) -> Mapping[str, Any]:
    """What a search tells, with the data of its first results."""
    found = page.evaluate(SEARCH, [query, count, options])
    assert isinstance(found, dict)
    return found


def test_a_search_finds_pages_with_what_is_shown_of_them(window: OpenWindow) -> None:
    shown = window()
    found = searched(shown.open("/om/"), "menn i helse")
    assert found["status"] == "ok"
    assert found["total"] == len(found["ids"])
    first = found["data"][0]
    assert first["url"] == "/eksempler/menn-i-helse/"
    assert first["title"].startswith("Menn i helse")
    assert first["meta"]["type"] == "Eksempel"
    assert first["meta"]["place"] in ("Norge", "Hele landet")
    assert "<mark>" in first["excerpt"]
    shown.assert_clean()


@pytest.mark.parametrize("type_", ["case", "guide", "checklist", "term"])
def test_a_search_can_be_limited_to_one_type_of_page(window: OpenWindow, type_: str) -> None:
    page = window().open("/om/")
    found = searched(page, "avtale", 100, filters={"type": [type_]})
    assert found["status"] == "ok"
    assert {kind for data in found["data"] for kind in data["filters"]["type"]} == {type_}
    assert found["total"] < searched(page, "avtale")["total"]


def test_each_language_finds_its_own_pages(window: OpenWindow) -> None:
    found = searched(window().open("/om/index.en/"), "menn i helse")
    assert found["data"][0]["url"] == "/eksempler/menn-i-helse.en/"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        None,
        17,
        "🧵",
        "<script>alert(1)</script>",
        "שלום",
        "a" * 5000,
        "kurs " * 900,
        '"',
    ],
)
def test_any_query_has_an_outcome(window: OpenWindow, query: Any) -> None:
    shown = window()
    found = searched(shown.open("/om/"), query)
    assert found["status"] in {"ok", "empty"}
    assert len(found["original"]) <= 200
    shown.assert_clean()


def test_what_a_result_shows_holds_no_markup_but_marks(window: OpenWindow) -> None:
    found = searched(window().open("/om/"), "<img src=x onerror=alert(1)> kvinner")
    for result in found["data"]:
        for text in (result["excerpt"], *(part["excerpt"] for part in result["sub_results"])):
            assert "<" not in text.replace("<mark>", "").replace("</mark>", "")


def test_an_index_that_fails_to_load_is_an_outcome(window: OpenWindow) -> None:
    shown = window()
    page = shown.open("/om/")
    page.route("**/pagefind/**", lambda route: route.abort())
    assert searched(page, "kvinner")["status"] == "failed"
    page.unroute("**/pagefind/**")


def test_a_search_that_failed_can_be_tried_again(window: OpenWindow) -> None:
    shown = window()
    page = shown.open("/om/")
    gone = True

    def answer(route: Route) -> None:
        if gone:
            route.abort()
        else:
            route.continue_()

    page.route("**/pagefind-entry.json*", answer)
    assert searched(page, "kvinner")["status"] == "failed"
    gone = False
    assert searched(page, "kvinner")["status"] == "ok"


def test_an_interface_may_ask_in_place_of_the_search(window: OpenWindow) -> None:
    found = (
        window()
        .open("/om/")
        .evaluate(
            """async () => {
          const { createInstance } = await import("/assets/scripts/search/pagefind.js");
          const instance = createInstance({ ask: async (term, options) => ({ term, options }) });
          return instance.search("kurs", { filters: {} });
        }"""
        )
    )
    assert found == {"term": "kurs", "options": {"filters": {}}}


def test_stands_in_for_pagefind(window: OpenWindow) -> None:
    shown = window()
    page = shown.open("/om/")
    found = page.evaluate(
        """async () => {
          const { createInstance } = await import("/assets/scripts/search/pagefind.js");
          const instance = createInstance({});
          await instance.init();
          const { results } = await instance.search("menn i helse", {});
          return (await results[0].data()).meta.title;
        }"""
    )
    assert found.startswith("Menn i helse")
    shown.assert_clean()
