"""Cases that are like each other: what they must share, what counts most, and why they stand."""

from collections.abc import Mapping
from math import log
from pathlib import Path

import pytest
from casebook.collection.facets import BY_ID, FACETS, NOT_STATED
from casebook.collection.library import Library, load_library
from casebook.collection.similar import ENOUGH, NEAREST, SHARED, TELLING, Similarity
from casebook.page.case_page import build_case_page
from hypothesis import given, settings
from hypothesis import strategies as st
from support_casebook import EN, LANGUAGES, NB, ROOT, library_of, record

Terms = Mapping[str, tuple[str, ...]]


class Index:
    """Which cases carry which terms, without records."""

    def __init__(self, carried: Mapping[str, Terms]) -> None:
        """Take the terms of each case by facet."""
        self._carried = carried

    def of(self, id_: str) -> Terms:
        """The terms of a case."""
        return self._carried[id_]

    def terms(self, facet: str) -> tuple[str, ...]:
        """The terms of a facet that cases carry."""
        return tuple(
            sorted({term for terms in self._carried.values() for term in terms.get(facet, ())})
        )

    def cases(self, facet: str, term: str) -> tuple[str, ...]:
        """The cases that carry a term."""
        return tuple(
            sorted(id_ for id_, terms in self._carried.items() if term in terms.get(facet, ()))
        )


def by_hand(carried: Mapping[str, Terms], id_: str, told: frozenset[str]) -> list[str]:
    """The cases most like one, found by comparing it with every other."""

    def terms(case: str) -> set[tuple[str, str]]:
        return {
            (facet, term)
            for facet, listed in carried[case].items()
            for term in listed
            if BY_ID[facet].weight and term != NOT_STATED
        }

    def worth(shared: set[tuple[str, str]]) -> int:
        numbers = {
            (facet, term): sum(term in listed.get(facet, ()) for listed in carried.values())
            for facet, term in shared
        }
        return sum(
            round(1000 * BY_ID[facet].weight * log(len(carried) / numbers[facet, term]))
            for facet, term in shared
        )

    found = []
    for other in carried.keys() - told - {id_}:
        shared = {term for term in terms(id_) & terms(other) if worth({term})}
        enough = worth(shared) >= ENOUGH * worth(terms(id_))
        if (
            enough
            and len(shared) >= SHARED
            and any(BY_ID[name].weight >= TELLING for name, _ in shared)
        ):
            found.append((-worth(shared), other))
    return [other for _, other in sorted(found)[:NEAREST]]


LISTS = st.lists(st.sampled_from([*"abcdef", NOT_STATED]), max_size=3, unique=True).map(tuple)
CARRIED = st.dictionaries(
    st.integers(0, 60).map("case-{:02}".format),
    st.fixed_dictionaries({facet.id: LISTS for facet in FACETS}),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(carried=CARRIED, told=st.frozensets(st.integers(0, 60).map("case-{:02}".format)))
def test_those_found_are_those_that_comparing_all_pairs_finds(
    carried: Mapping[str, Terms], told: frozenset[str]
) -> None:
    similarity = Similarity(Index(carried), carried, lambda _: told)  # type: ignore[arg-type]
    for id_ in carried:
        assert list(similarity.nearest(id_)) == by_hand(carried, id_, told)


def nearest(carried: Mapping[str, Terms], id_: str) -> list[str]:
    return list(Similarity(Index(carried), carried).nearest(id_))  # type: ignore[arg-type]


def test_what_is_rare_counts_more_than_what_is_common() -> None:
    common: Terms = {"measures": ("course",), "target_groups": ("women",)}
    rare: Terms = {"measures": ("rotation",), "target_groups": ("women",)}
    carried: dict[str, Terms] = {
        "a": {"measures": ("course", "rotation"), "target_groups": ("women",)},
        "b": common,
        "c": common,
        "d": common,
        "z": rare,
        "other": {"measures": ("mentor",)},
    }
    assert nearest(carried, "a") == ["z", "b", "c"]
    similarity = Similarity(Index(carried), carried)  # type: ignore[arg-type]
    assert similarity.shared("a", "z") == (("measures", "rotation"), ("target_groups", "women"))


def test_one_shared_term_is_not_enough_and_neither_are_two_that_tell_little() -> None:
    carried: dict[str, Terms] = {
        "a": {"measures": ("course",), "county": ("oslo",), "funding": ("grant",)},
        "b": {"measures": ("course",)},
        "c": {"county": ("oslo",), "funding": ("grant",)},
        "d": {"measures": ("course",), "county": ("oslo",)},
        "e": {},
    }
    assert nearest(carried, "a") == ["d"]


def test_not_stated_is_nothing_in_common() -> None:
    terms = {"measures": ("unknown",), "target_groups": ("unknown",)}
    assert nearest({"a": terms, "b": terms, "c": {}}, "a") == []


def test_many_that_belong_together_do_not_hide_the_rest() -> None:
    close: Terms = {"measures": tuple("abcd"), "target_groups": ("women",)}
    far: Terms = {"measures": ("a", "b")}
    carried: dict[str, Terms] = {"case": close, "last": far}
    carried |= {f"family-{number:03}": close for number in range(300)}
    carried |= {f"other-{number:03}": {} for number in range(300)}
    told = frozenset(id_ for id_ in carried if id_.startswith("family"))
    similarity = Similarity(Index(carried), carried, lambda _: told)  # type: ignore[arg-type]
    assert similarity.nearest("case") == ("last",)


# --- on the page ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the site."""
    library, problems = load_library(ROOT / "cases", LANGUAGES)
    assert not problems
    return library


def test_the_page_tells_why_a_case_is_like_another(tmp_path: Path) -> None:
    alike = {"target_groups": "[refugees]", "measures": "[work-training]"}
    library = library_of(
        tmp_path, a=record(**alike), b=record(**alike), c=record(), d=record(), e=record()
    )
    for language, shared in (
        (NB, ("Flyktninger", "Arbeidstrening")),
        (EN, ("Refugees", "Work training")),
    ):
        page = build_case_page("a", library, language)
        assert [(item.id, set(item.shared)) for item in page.similar] == [("b", set(shared))]
        assert [entry.id for entry in page.toc].count("relations") == 1


def test_what_stands_as_related_is_not_told_again(tmp_path: Path) -> None:
    alike = {"target_groups": "[refugees]", "measures": "[work-training]"}
    others = {name: record() for name in ("x", "y", "z")}
    for relation in ("related: '[b]'", "part_of: b", "shown_with: '[b]'"):
        field, _, named = relation.partition(": ")
        library = library_of(
            tmp_path / field,
            a=record(**alike, **{field: named.strip("'")}),
            b=record(**alike),
            **others,
        )
        assert build_case_page("a", library, NB).similar == ()
        assert build_case_page("b", library, NB).similar == ()


def test_real_cases_lead_on_to_others(real: Library) -> None:
    lonely = [id_ for id_ in real.cases if not real.similar.nearest(id_)]
    assert len(lonely) <= len(real.cases) / 10
    for id_ in real.cases:
        found = real.similar.nearest(id_)
        assert len(found) <= NEAREST
        assert not set(found) & (real.index.told(id_) | {id_})
        for other in found:
            for facet, term in real.similar.shared(id_, other):
                assert {id_, other} <= set(real.facets.cases(facet, term))
