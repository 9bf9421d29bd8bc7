"""A large library's commonest words: kept where they say most, and never lost to a reader."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from casebook.search.article import Article, Section, texts
from casebook.search.common import FIRST_SIGN, LETTERS, MOST_PLACES, Common, disguise
from casebook.search.corpus import Corpus
from casebook.search.engine import Entry, build_index
from casebook.search.feed import Source
from casebook.search.shards import write_words
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Thesaurus
from casebook.search.words import load_rules, words_of
from conftest import OpenWindow
from hypothesis import given
from hypothesis import strategies as some
from playwright.sync_api import Route
from support_casebook import ROOT
from test_search_engine import searched

NORWEGIAN = load_rules("nb")
MOST = 3


def common(articles: list[Article]) -> Common:
    found = Common(NORWEGIAN.stem_function(), NORWEGIAN.stop, most_pages=MOST)
    for article in articles:
        found.count(article)
    return found


def article(text: str, title: str = "Tittel") -> Article:
    return Article(title, "", [Section(2, "del", "Del", text)])


def undisguised(text: str) -> str:
    """Do what the browser does (``assets/scripts/search/disguise.js``)."""

    def letters(match: re.Match[str]) -> str:
        one, other = divmod(ord(match[0]) - FIRST_SIGN, len(LETTERS) + 1)
        return LETTERS[one] + (LETTERS[other - 1] if other else "")

    return re.sub(r"[\uE000-\uF8FF]", letters, text)


def told_of(articles: list[Article]) -> list[list[str]]:
    """Return the words of each text that the index is given."""
    counted = common(articles)
    return [words_of(counted.disguised(one).sections[0].text) for one in articles]


def test_a_small_library_is_indexed_whole() -> None:
    articles = [article("et kurs i norsk") for _ in range(MOST)]
    counted = common(articles)
    assert not counted.is_some
    assert [counted.disguised(one) for one in articles] == articles


def test_the_pages_that_have_a_common_word_most_often_are_found_by_it() -> None:
    articles = [article("kurset " * (number + 1) + "kafé") for number in range(10)]
    kept = [words.count("kurset") for words in told_of(articles)]
    assert kept == [0] * 7 + [MOST_PLACES] * 3


def test_any_form_of_a_common_word_counts() -> None:
    articles = [article(text) for text in ("avtale", "avtaler", "avtalen", "avtale avtaler")]
    assert told_of(articles) == [[], [], [], ["avtale", "avtaler"]]


def test_words_that_nobody_looks_for_go_as_soon_as_they_are_common() -> None:
    articles = [article("og " * number + "og kafé" * (number < 1)) for number in range(5)]
    assert told_of(articles) == [["kafé"], [], [], [], []]


def test_titles_and_headings_stay() -> None:
    articles = [Article("Kurs", "kurs", [Section(2, "a", "Kurs", "kurs")]) for _ in range(5)]
    given_ = common(articles).disguised(articles[0])
    assert (given_.title, given_.sections[0].title) == ("Kurs", "Kurs")
    assert not words_of(f"{given_.opening} {given_.sections[0].text}")


@given(some.lists(some.text(max_size=60), min_size=MOST + 1, max_size=MOST + 4))
def test_no_text_is_lost(many: list[str]) -> None:
    clean = [re.sub(r"[\uE000-\uF8FF]", "", text) for text in many]
    articles = [Article("Tittel", text, [Section(2, "", "Del", text)]) for text in clean]
    counted = common(articles)
    for one in articles:
        given_ = counted.disguised(one)
        assert list(map(undisguised, texts(given_))) == list(texts(one))


@given(some.text(alphabet=LETTERS, min_size=1))
def test_a_disguised_word_is_no_word_and_can_be_read(word: str) -> None:
    assert words_of(disguise(word)) == []
    assert undisguised(disguise(word)) == word


def test_browsers_read_the_letters_that_words_are_disguised_with() -> None:
    script = ROOT / "docs" / "assets" / "scripts" / "search" / "disguise.js"
    assert f'"{LETTERS}"' in script.read_text(encoding="utf-8")


# --- in the browser ------------------------------------------------------------------------


TEXTS = {
    "/mye/": "Et kurs i norsk er et kurs i kafé. Kurset er et kurs i praksis.",
    "/noe/": "Her er det kurs i norsk og dans. Kurset er kort.",
    "/lite/": "Et kurs er det her. Dansen er lang.",
    "/nevnt/": "Det er et kurs her. Turen er lang.",
    "/annet/": "Det er et kurs her. Sangen er lang.",
    "/dans/": "Det er dans her, i det minste.",
}


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The search of a library that is large for what ``MOST`` says."""
    counted = Common(NORWEGIAN.stem_function(), NORWEGIAN.stop, most_pages=2)
    with Corpus(tmp_path, counted) as corpus:
        for address, text in TEXTS.items():
            source = Source(address, "case", "Eksempel", "")
            corpus.add(source, article(text, f"Side {address.strip('/')}"), Extra())

        def make(counts: Any) -> Terms:
            stem = NORWEGIAN.stem_function()
            return Terms(NORWEGIAN, Thesaurus([], "nb", stem, NORWEGIAN.stop), counts)

        def entries() -> Iterator[Entry]:
            yield from corpus.entries(make)
            write_words(tmp_path / "search" / "words" / "nb", NORWEGIAN, corpus)

        build_index({"nb": entries}, tmp_path / "pagefind")
    return tmp_path


def answer(folder: Path, route: Route) -> None:
    file = folder / urlsplit(route.request.url).path.strip("/")
    if file.is_file():
        route.fulfill(path=file)
    else:
        route.continue_()  # the site's own files


def test_results_show_whole_texts_and_the_best_pages(window: OpenWindow, large: Path) -> None:
    view = window()
    view.page.route("**/pagefind/**", partial(answer, large))
    view.page.route("**/search/words/**", partial(answer, large))
    page = view.open("/om/")
    found = searched(page, "kurs")
    assert {one["url"] for one in found["data"]} == {"/mye/", "/noe/"}
    excerpts = {one["url"]: one["excerpt"] for one in found["data"]}
    plain = {
        url: text.replace("<mark>", "").replace("</mark>", "") for url, text in excerpts.items()
    }
    assert plain["/mye/"] in TEXTS["/mye/"]
    assert plain["/mye/"].endswith("praksis.")
    assert "<mark>kurs</mark>" in excerpts["/mye/"]
    view.assert_clean()


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ('"kurs i norsk"', {"/mye/", "/noe/"}),
        ('"kurs er et"', set()),
        ("dans er her", {"/noe/", "/dans/"}),
        ('"dans her"', {"/dans/"}),
        ('"er det"', set()),
    ],
)
def test_as_written_reads_the_words_that_the_index_lacks(
    window: OpenWindow, large: Path, asked: str, pages: set[str]
) -> None:
    view = window()
    view.page.route("**/pagefind/**", partial(answer, large))
    view.page.route("**/search/words/**", partial(answer, large))
    found = searched(view.open("/om/"), asked, exact=True)
    assert {one["url"] for one in found["data"]} == pages
