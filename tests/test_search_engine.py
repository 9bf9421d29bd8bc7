"""The search in the browser: what comes back, whatever is asked, and when the index is gone."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from casebook.collection.library import load_library
from casebook.search import engine
from casebook.search.engine import EngineError, Entry, Indexer, addresses, build_index
from casebook.search.words import words_of
from conftest import OpenWindow, Window
from playwright.sync_api import Page, Route
from site_support import CASE_FILES, LANGUAGES, ROOT, Site

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


@pytest.fixture(scope="module")
def asking(shared_window: OpenWindow) -> Window:
    """A window with a page that tests ask one after the other; a search changes nothing in it."""
    window = shared_window()
    window.open("/om/")
    return window


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


@pytest.mark.parametrize(
    "type_", ["case", "overview", "guide", "law", "checklist", "term", "worksheet"]
)
def test_a_search_can_be_limited_to_one_type_of_page(asking: Window, type_: str) -> None:
    page = asking.page
    found = searched(page, "avtale", 100, filters={"type": [type_]})
    assert found["status"] == "ok"
    assert {kind for data in found["data"] for kind in data["filters"]["type"]} == {type_}
    assert found["total"] < searched(page, "avtale")["total"]


@pytest.mark.parametrize(
    ("start", "query", "ending"),
    [
        ("/om/", "kvinner med lite skolegang, 12 000 innbyggere", ""),
        ("/om/index.en/", "women with little schooling, 12,000 inhabitants", ".en"),
    ],
)
def test_an_adviser_finds_what_all_cases_say_and_places_like_her_own(
    window: OpenWindow, start: str, query: str, ending: str
) -> None:
    found = searched(window().open(start), query, 20)
    addresses = [data["url"] for data in found["data"]]
    # What all cases say of women at home, and of those with little schooling, comes first.
    assert addresses[0].startswith("/eksempler/target-groups/")
    assert f"/eksempler/target-groups/low-education{ending}/" in addresses[:2]
    library, _ = load_library(ROOT / "cases", LANGUAGES, name="cases")
    alike = {f"/eksempler/{id_}{ending}/" for id_ in library.facets.cases("size", "medium")}
    assert len(alike.intersection(addresses)) >= 3


def test_the_names_of_fields_are_no_content(asking: Window) -> None:
    """Every case has a line "Samarbeidsform"; who asks for that wants the guide about it."""
    found = searched(asking.page, "samarbeidsformene")
    assert found["data"][0]["url"] == "/veiledere/fire-samarbeidsformer/"


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
def test_any_query_has_an_outcome(asking: Window, query: Any) -> None:
    found = searched(asking.page, query)
    assert found["status"] in {"ok", "empty"}
    assert len(found["original"]) <= 200
    asking.assert_clean()


HOSTILE = "kurs <img src=x onerror=alert(1)> <script>alert(2)</script>"


def serve_hostile_index(page: Page, folder: Path) -> None:
    """Put an index in place of the site's own, of one page that tells of markup."""
    text = escape(HOSTILE)
    told = f"<p>Et {text} &amp;lt;b>.</p><p>Slutt.</p>"
    body = f'<h1>Overskrift</h1>{told}<h2 id="part">{text}</h2><p>{text}</p>'
    fields = {"title": HOSTILE, "type": HOSTILE, "place": HOSTILE, "lead": HOSTILE}
    build_index({"nb": lambda: iter([Entry("/om/", body, fields)])}, folder)

    def answer(route: Route) -> None:
        file = folder / urlsplit(route.request.url).path.partition("/pagefind/")[2]
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.continue_()  # the interface's own files

    page.route("**/pagefind/**", answer)


def test_what_a_result_shows_holds_no_markup_but_marks(window: OpenWindow, tmp_path: Path) -> None:
    view = window()
    serve_hostile_index(view.page, tmp_path)
    page = view.open("/om/")
    (result,) = searched(page, "kurs")["data"]
    text = result["excerpt"]
    assert "<mark>kurs</mark> &lt;img src=x onerror=alert(1)&gt;" in text
    assert "<" not in text.replace("<mark>", "").replace("</mark>", "")
    assert "&amp;lt;b&gt;" in text


def test_a_tab_that_outlives_a_publishing_finds_what_is_new(
    window: OpenWindow, tmp_path: Path
) -> None:
    """It asks for parts of an index that are there no longer, and must not say: nothing found."""
    for folder, word in (("old", "kurs"), ("new", "mentor")):
        page_of = Entry(f"/{folder}/", f"<h1>{word}</h1><p>Om {word}</p>", {"title": word})
        build_index({"nb": partial(iter, [page_of])}, tmp_path / folder)
    published = "old"

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.partition("/pagefind/")[2]
        file = tmp_path / published / name
        if file.is_file():
            route.fulfill(path=file)
        elif name.endswith((".pf_index", ".pf_fragment", ".pf_meta")):
            route.fulfill(status=404)
        else:
            route.continue_()

    page = window().open("/om/")
    page.route("**/pagefind/**", answer)
    ask = """async (words) => {
      const { openSearch } = await import("/assets/scripts/search/engine.js");
      window.kept ??= await openSearch({ base: "/", language: "nb" });
      const { status, results } = await window.kept.search(words);
      return [status, ...(await Promise.all(results.map((one) => one.data()))).map((d) => d.url)];
    }"""
    assert page.evaluate(ask, "kurs") == ["ok", "/old/"]
    published = "new"
    assert page.evaluate(ask, "mentor") == ["ok", "/new/"]
    assert page.evaluate(ask, "kurs") == ["empty"]
    page.unroute("**/pagefind/**")


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


def test_a_search_that_fails_ends_none_that_runs_beside_it(window: OpenWindow) -> None:
    page = window().open("/om/")
    page.route("**/search/words/nb/q.json", lambda route: route.abort())
    found = page.evaluate(
        """async () => {
          const { openSearch } = await import("/assets/scripts/search/engine.js");
          const { search } = await openSearch({ base: "/", language: "nb" });
          const [bad, good] = await Promise.all([search("qkvinner"), search("kvinner")]);
          const shown = await good.results[0].data();
          const next = await search("mentor");
          return [bad.status, good.status, shown.title, next.status];
        }"""
    )
    assert (found[0], found[1], found[3]) == ("failed", "ok", "ok")
    assert found[2]


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


# --- what is meant ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("sosial entrepenør", "sosial entreprenør"),
        ("hoyt utdannede", "høyt utdannede"),
        ("sertifisring", "sertifisering"),
    ],
)
def test_a_query_that_was_corrected_says_so(asking: Window, query: str, meant: str) -> None:
    page = asking.page
    found = searched(page, query)
    assert (found["corrected"], found["query"], found["original"]) == (meant, meant, query)
    # What was written can be searched as it is.
    assert searched(page, query, exact=True)["corrected"] is None


@pytest.mark.parametrize("query", ["Narvik", "bodø", "Kristiansund"])
def test_the_name_of_a_place_is_no_misspelt_word(asking: Window, query: str) -> None:
    found = searched(asking.page, query)
    assert found["corrected"] is None


def test_a_word_that_no_page_has_is_not_left_out_in_silence(asking: Window) -> None:
    found = searched(asking.page, "kurs xyzzyx")
    assert found["status"] == "ok"
    assert found["without"] == ["xyzzyx"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kurset", ["kurset"]),
        ("kvinne", ["kvinne"]),
        ("avtale", ["avtale"]),
        ("kurs avtalen", ["kurs", "avtalen"]),
        ('"sosiale entreprenører"', ["sosiale entreprenører"]),
    ],
)
def test_as_written_means_letter_by_letter(
    asking: Window, site: Site, query: str, words: list[str]
) -> None:
    """No other form, no compound, no synonym: each result has the very words."""
    page = asking.page
    found = searched(page, query, 100, exact=True)
    assert found["status"] == "ok"
    for result in found["data"]:
        place = result["url"].partition("#")[0]
        text = f" {' '.join(words_of(site[place].soup.select('main')[0].get_text(' ')))} "
        assert [word for word in words if f" {word} " not in text] == [], result["url"]
    if not query.startswith('"'):
        assert found["total"] < searched(page, query)["total"]


@pytest.mark.parametrize("query", ["entrepenør", "avta", "arbeidslause", "refugees"])
def test_as_written_finds_nothing_where_no_page_has_the_word(asking: Window, query: str) -> None:
    found = searched(asking.page, query, exact=True)
    assert (found["status"], found["total"]) == ("empty", 0)


@pytest.mark.parametrize("query", ["kvinner", "renhold", "akademikerne", "kvinnor", "cleaning"])
def test_known_words_are_left_as_they_are(asking: Window, query: str) -> None:
    found = searched(asking.page, query)
    assert found["status"] == "ok"
    assert found["corrected"] is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("spraakpraksis", "språkpraksis"),
        ("sprakpraksis", "språkpraksis"),
        ("møter", "møte"),
        ("laering pa jobben", "læring på jobben"),
        ("offentlege anskaffelsar", "offentlige anskaffelser"),
        ("arbeidsmarknadane", "arbeidsmarked"),
        ("virksomhetenes", "virksomhet"),
        ("artiklene", "artikkel"),
    ],
)
def test_other_ways_to_write_a_word_find_the_same(
    window: OpenWindow, written: str, meant: str
) -> None:
    """Keyboards without æ, ø and å, nynorsk, and forms that stand on no page."""
    page = window().open("/om/")
    found = searched(page, written)
    assert found["status"] == "ok"
    assert set(found["ids"][:3]) & set(searched(page, meant)["ids"][:3])


@pytest.mark.parametrize(
    ("place", "query"),
    [
        *[
            ("/om/", query)
            for query in (
                "ukrainere",
                "ukranere",
                "ukrainske flyktninger",
                "fordrevne",
                "kollektiv beskytelse",
                "midlertidig kollektiv beskyttelse",
                "kollektivt vern",
            )
        ],
        *[
            ("/om/index.en/", query)
            for query in ("ukrainians", "ukranians", "temporary protection")
        ],
    ],
)
def test_the_law_for_people_from_ukraine_is_found_by_what_they_are_called(
    shared_window: OpenWindow, place: str, query: str
) -> None:
    found = searched(shared_window().open(place), query)
    first = [data["url"] for data in found["data"][:2]]
    assert any(address.startswith("/rammer/ukraina") for address in first), "beside the overview"


@pytest.mark.parametrize(
    ("place", "query", "statement"),
    [
        (
            "/om/",
            "databehandleravtale",
            "/rammer/taushetsplikt-og-personvern/#processing-agreement",
        ),
        ("/om/index.en/", "procurement threshold", "/rammer/anskaffelser.en/#threshold"),
    ],
)
def test_a_statement_is_found_on_its_page(
    shared_window: OpenWindow, place: str, query: str, statement: str
) -> None:
    first = searched(shared_window().open(place), query)["data"][0]
    assert statement in [part["url"] for part in first["sub_results"]]


@pytest.mark.parametrize(
    ("place", "query"),
    [("/om/", "offentlege tilskotsordningar"), ("/om/index.en/", "labor organization")],
)
def test_a_kindred_spelling_is_no_mistake(window: OpenWindow, place: str, query: str) -> None:
    found = searched(window().open(place), query)
    assert found["status"] == "ok"
    assert found["corrected"] is None


@pytest.mark.parametrize("query", ["qwrtzp", "zzzz xxyy", "fåglarna"])
def test_nothing_that_comes_near_is_nothing_found(asking: Window, query: str) -> None:
    """The index would cut an unknown word down to one it knows, and find that."""
    found = searched(asking.page, query)
    assert (found["status"], found["total"]) == ("empty", 0)


def test_stop_words_do_not_count(asking: Window) -> None:
    page = asking.page
    assert searched(page, "produksjon av mat")["total"] > 0
    assert searched(page, "og i på")["status"] in {"ok", "empty"}


def test_too_few_pages_with_all_words_let_others_in(asking: Window) -> None:
    found = searched(asking.page, "birøkt søm logistikk")
    assert found["softened"]
    assert found["total"] >= 1


PROBES = {
    "kvinner": "innvandrerkvinner",
    "inkludering": "arbeidsinkludering",
    "kurs": "renholdskurs",
    "avtale": "rammeavtale",
}


@pytest.mark.parametrize("query", PROBES)
def test_a_part_finds_the_compound(asking: Window, site: Site, query: str) -> None:
    found = searched(asking.page, query, 10)["data"]
    texts = "".join(site[result["url"].split("#")[0]].html.lower() for result in found)
    assert PROBES[query] in texts


def test_results_come_in_the_same_order_each_time(asking: Window) -> None:
    page = asking.page
    assert searched(page, "arbeid og kurs")["ids"] == searched(page, "arbeid og kurs")["ids"]


def test_the_lists_name_pages_of_the_index(asking: Window, site: Site) -> None:
    version = site["/eksempler/"].soup.select("[data-version]")[0]["data-version"]
    cases = json.loads((site.root / "search" / f"cases.nb.{version}.json").read_text())
    assert len(cases) == len(CASE_FILES)
    assert None not in cases
    found = searched(asking.page, "menn i helse")
    assert found["ids"][0] == cases[list(CASE_FILES).index("menn-i-helse")]


def test_two_indexes_of_one_site_are_the_same(tmp_path: Path) -> None:
    def entries(language: str) -> Iterator[Entry]:
        for number in range(30):
            body = f"<h1>{language} {number}</h1><p>tekst {number % 7} med ord</p>"
            yield Entry(f"/{language}/{number}/", body, {"title": str(number), "words": "b a"})

    pages = {code: partial(entries, code) for code in ("nb", "en")}
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        build_index(pages, folder)
    one, two = (
        {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.*")}
        for folder in folders
    )
    assert one == two
    assert len([name for name in one if name.startswith("fragment/")]) == 60
    assert {url for url, _ in addresses(folders[0], "nb")} == {f"/nb/{n}/" for n in range(30)}


def test_large_indexes_are_written_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Indexer.write

    def told(self: Indexer, folder: Path) -> None:
        with (tmp_path / "told").open("a") as file:
            file.write("[")
            file.flush()
            write(self, folder)
            file.write("]")

    monkeypatch.setattr(Indexer, "write", told)
    monkeypatch.setattr(engine, "TOGETHER", 1)
    pages = {
        code: partial(iter, [Entry(f"/{code}/{number}/", "<p>a</p>", {}) for number in range(2)])
        for code in ("nb", "en", "nn")
    }
    build_index(pages, tmp_path / "index")
    assert (tmp_path / "told").read_text() == "[][][]"
    assert not list((tmp_path / "index").rglob("turn"))


def test_the_address_of_a_page_is_found_in_the_index_however_long(tmp_path: Path) -> None:
    places = [f"/{'mappe/' * 200}", '/med "anførsel"/', "/kort/"]
    build_index({"nb": lambda: iter([Entry(place, "<p>a</p>", {}) for place in places])}, tmp_path)
    assert sorted(place for place, _ in addresses(tmp_path, "nb")) == sorted(places)


def test_a_page_that_the_engine_refuses_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    with pytest.raises(EngineError):
        build_index({"nb": lambda: iter([Entry("/a/", "<p>a</p>", {})])}, tmp_path)
