"""How well the search finds: what is counted, the map of subjects, and the figures themselves."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from messages import ToolError
from playwright.sync_api import Browser
from search_score.engines import Engine, ours
from search_score.measures import Score, mean, score
from search_score.queries import Query, Subjects, load_queries
from search_score.score import QUERIES, SUBJECTS, judge, table
from site_support import DEFAULT, LANGUAGES, PAGES, Site

HELD_OUT = QUERIES.with_name("held-out.json")
PLACES_AND_WORDS = QUERIES.with_name("places-and-words.json")
SUBJECT_MAP = Subjects.load(SUBJECTS, DEFAULT.code)


def hits(*addresses: str) -> list[frozenset[str]]:
    return [frozenset((address,)) for address in addresses]


def wanted(*groups: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(group) for group in groups]


# --- what is counted -----------------------------------------------------------------------


def test_everything_right_is_one() -> None:
    assert score(hits("/a/"), wanted(["/a/"])) == Score(1, 1, 0, 1)


def test_nothing_found_is_told() -> None:
    assert score([], wanted(["/a/"])) == Score(0, 0, 1, 0)


def test_recall_counts_subjects_and_not_pages() -> None:
    found = score(hits("/a/", "/b/", "/x/"), wanted(["/a/", "/b/"], ["/c/"]))
    assert found == Score(1 / 2, 1, 0, 2 / 3)


def test_five_places_hold_no_more_than_five_subjects() -> None:
    subjects = [[f"/{number}/"] for number in range(7)]
    assert score(hits(*(group[0] for group in subjects)), wanted(*subjects)).recall == 1


def test_only_the_first_five_count_but_for_the_first_right_one() -> None:
    found = score(hits("/1/", "/2/", "/3/", "/4/", "/5/", "/a/"), wanted(["/a/"]))
    assert found == Score(0, 1 / 6, 0, 0)


def test_a_part_that_a_result_shows_is_found_too() -> None:
    shown = [frozenset(("/page/", "/page/#part"))]
    assert score(shown, wanted(["/page/#part"])).recall == 1


def test_means_are_taken_of_queries() -> None:
    assert mean([Score(1, 1, 0, 1), Score(0, 0, 1, 0)]) == Score(0.5, 0.5, 0.5, 0.5)
    assert mean([]) == Score(0, 0, 0, 0)


def test_the_last_line_is_for_machines() -> None:
    line = Score(0.956, 0.931, 0, 0.412).line()
    assert line == "recall@5=0.96 mrr=0.93 none=0.00 precision@5=0.41"


def test_the_table_has_a_row_for_each_category() -> None:
    queries = [Query("1", "one", "nb", "a", ("x",)), Query("2", "two", "nb", "b", ("x",))]
    rows = list(table({"Ours": [Score(1, 1, 0, 1), Score(0, 0, 1, 0)]}, queries))
    assert [row.split()[0] for row in rows[2:]] == ["one", "two", "alle"]


# --- queries and subjects ------------------------------------------------------------------


def test_the_judged_queries_are_all_there() -> None:
    queries = load_queries(QUERIES, LANGUAGES.codes)
    assert len(queries) == 99
    assert {query.language for query in queries} <= set(LANGUAGES.codes)
    assert {name for query in queries for name in query.relevant} <= set(SUBJECT_MAP)


def test_the_queries_that_nothing_is_tuned_by_ask_for_every_subject() -> None:
    queries = load_queries(HELD_OUT, LANGUAGES.codes)
    assert {name for query in queries for name in query.relevant} == set(SUBJECT_MAP)
    judged = {(query.language, query.text) for query in load_queries(QUERIES, LANGUAGES.codes)}
    assert [query for query in queries if (query.language, query.text) in judged] == []


def test_queries_with_places_and_with_words_too_many_name_pages_that_exist() -> None:
    queries = load_queries(PLACES_AND_WORDS, LANGUAGES.codes)
    assert len(queries) == 150
    assert len([query for query in queries if query.none_from]) == 37
    for query in queries:
        for name in query.relevant:
            mapped = name in set(SUBJECT_MAP)
            known = mapped or SUBJECT_MAP.addresses(name, query.language) <= PAGES.keys()
            assert known, f"{query.id}: {name}"


def test_all_subjects_are_mapped_to_pages_that_exist(site: Site) -> None:
    assert len(list(SUBJECT_MAP)) == 68
    for subject in SUBJECT_MAP:
        for language in LANGUAGES:
            for address in SUBJECT_MAP.addresses(subject, language.code):
                page, _, anchor = address.partition("#")
                assert page in PAGES, f"{subject}: {address}"
                assert not anchor or anchor in site[page].anchors.ids, f"{subject}: {address}"


def test_a_subject_without_a_map_is_the_case_of_that_name() -> None:
    assert SUBJECT_MAP.addresses("kafe-kime-2", "nb") == {"/eksempler/kafe-kime-2/"}
    assert SUBJECT_MAP.addresses("kafe-kime-2", "en") == {"/eksempler/kafe-kime-2.en/"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"qid": "1"}]'])
def test_a_file_that_holds_no_queries_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "queries.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ToolError, match=r"queries\.json"):
        load_queries(file, LANGUAGES.codes)


@pytest.mark.parametrize("wrong", [{"relevant": []}, {"ui_lang": "xx"}])
def test_a_query_needs_something_relevant_in_a_language_of_the_site(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    entry = {"qid": "1", "category": "c", "ui_lang": "nb", "query": "a", "relevant": ["a"], **wrong}
    file = tmp_path / "queries.json"
    file.write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises(ToolError):
        load_queries(file, LANGUAGES.codes)


# --- the figures ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine(chromium: Browser, server: str) -> Engine:
    """The search of the built site."""
    return ours(chromium, f"{server}/", LANGUAGES)


def scores_of(queries: Sequence[Query], engine: Engine) -> Mapping[Query, Score]:
    """The score of each query."""
    found = [engine.hits(query.text, query.language) for query in queries]
    return dict(zip(queries, judge(found, queries, SUBJECT_MAP), strict=True))


@pytest.fixture(scope="module")
def scores(engine: Engine) -> Mapping[Query, Score]:
    """The score of every judged query."""
    return scores_of(load_queries(QUERIES, LANGUAGES.codes), engine)


def test_the_search_finds_what_people_look_for(scores: Mapping[Query, Score]) -> None:
    found = mean(scores.values())
    assert found.recall >= 0.945
    assert found.mrr >= 0.93
    assert found.none == 0


def test_it_finds_as_well_what_it_was_never_tuned_by(engine: Engine) -> None:
    found = mean(scores_of(load_queries(HELD_OUT, LANGUAGES.codes), engine).values())
    assert found.recall >= 0.95
    assert found.mrr >= 0.93
    assert found.none == 0


def test_places_and_words_too_many_are_understood(engine: Engine) -> None:
    queries = load_queries(PLACES_AND_WORDS, LANGUAGES.codes)
    found = mean(scores_of(queries, engine).values())
    assert found.recall >= 0.88
    assert found.mrr >= 0.89
    assert found.none == 0
    for query in queries:
        labels = engine.none_from(query.text, query.language)
        said = any(query.none_from in label for label in labels)
        assert said if query.none_from else not labels, f"{query.id}: {query.text}: {labels}"


def test_no_kind_of_query_falls_behind(scores: Mapping[Query, Score]) -> None:
    categories = {query.category for query in scores}
    recalls = {
        category: mean(one for query, one in scores.items() if query.category == category).recall
        for category in categories
    }
    assert {category: recall for category, recall in recalls.items() if recall < 0.85} == {}
