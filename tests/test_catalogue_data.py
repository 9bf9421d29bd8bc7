"""What the catalogue's script reads, and how it selects: the same as going through all cases."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import pytest
from casebook.browser.catalogue_data import PER_FILE, CatalogueData, build_catalogue_data, in_steps
from casebook.collection.facets import FACETS, NOT_STATED, municipality_of
from casebook.collection.library import Library
from casebook.page.catalogue import PER_PAGE, build_catalogue
from hypothesis import given
from hypothesis import strategies as st
from script_support import run_script
from support_casebook import EN, LANGUAGES, NB, library_of, record

TITLES = ("Åpen dør", "zebra", "Ærlig", "Kafé B", "kafe a")


def data_of(library: Library, code: str = "nb") -> CatalogueData:
    """The files of a library; the page of a case stands at its id."""
    return build_catalogue_data(library, LANGUAGES[code], "eksempler/{}/".format)


def index_of(library: Library, code: str = "nb") -> dict[str, Any]:
    """The index of a library."""
    data = data_of(library, code)
    found: dict[str, Any] = json.loads(data.files[f"facets.{code}.{data.version}.json"])
    return found


def numbers(steps: list[int]) -> list[int]:
    """The numbers that steps stand for."""
    return list(accumulate(steps, initial=-1))[1:]


def titled(title: str, **fields: str) -> str:
    """The smallest record under another title."""
    return record(title=f"{{nb: {title}, en: {title}}}", **fields)


# --- the files -----------------------------------------------------------------------------


@given(st.sets(st.integers(0, 20_000)))
def test_steps_lead_back_to_the_numbers(cases: set[int]) -> None:
    steps = in_steps(sorted(cases))
    assert numbers(steps) == sorted(cases)
    assert all(step > 0 for step in steps)


def test_the_index_tells_which_cases_carry_a_term(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(target_groups="[women, refugees]", places="[oslo]"),
        b=record(measures="[work-training]"),
        c=record(target_groups="[refugees]", evidence="{level: monitored}"),
    )
    index = index_of(library)
    assert index["cases"] == 3
    assert numbers(index["facets"]["target_groups"]["refugees"]) == [0, 2]
    assert numbers(index["facets"]["county"]["oslo-county"]) == [0]
    told = {
        (facet, term, case)
        for facet, terms in index["facets"].items()
        for term, steps in terms.items()
        for case in numbers(steps)
    }
    ids = list(library.cases)
    assert told == {
        (facet.id, term, ids.index(id_))
        for id_ in ids
        for facet in FACETS
        for term in library.facets.of(id_)[facet.id]
        if term != NOT_STATED
    }


def test_what_is_not_known_cannot_be_chosen(tmp_path: Path) -> None:
    library = library_of(tmp_path, a=record(status="unknown"), b=record())
    assert list(index_of(library)["facets"]["status"]) == ["active"]
    (group,) = [group for group in build_catalogue(library, NB).groups if group.id == "status"]
    assert [entry.tag.term for entry in group.entries] == ["active"]


def test_the_index_knows_every_order(tmp_path: Path) -> None:
    cases = {f"c{n}": titled(title) for n, title in enumerate(TITLES)}
    cases["c0"] = titled(TITLES[0], updated="2024-03-01", confirmed="1970-01-02")
    index = index_of(library_of(tmp_path, **cases))
    assert [TITLES[number] for number in index["title"]] == [
        "kafe a",
        "Kafé B",
        "zebra",
        "Ærlig",
        "Åpen dør",
    ]
    assert index["updated"][0] < index["updated"][1]
    assert index["confirmed"] == [1, 0, 0, 0, 0]
    assert index["rungs"] == ["described", "monitored", "evaluated"]


def test_the_index_knows_how_well_each_case_is_known(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(depth="mention"),
        b=record(evidence="{level: monitored}"),
        c=record(),
        d=record(),
    )
    index = index_of(library)
    assert index["known"] == [0, 2, 1, 1]
    assert numbers(index["mentions"]) == [0]
    flat = [
        card
        for name, text in data_of(library).files.items()
        if name.startswith("cards.nb")
        for card in json.loads(text)
    ]
    assert [card.get("mention", False) for card in flat] == [True, False, False, False]


def test_a_case_belongs_to_the_municipality_it_lies_in(tmp_path: Path) -> None:
    library = library_of(tmp_path, a=record(places="[asker, oslo]"), b=record(places="[akershus]"))
    places = index_of(library)["places"]
    assert {place: numbers(steps) for place, steps in places.items()} == {"asker": [0], "oslo": [0]}
    assert municipality_of("akershus", library.vocabulary) is None


def test_every_card_stands_in_its_file(tmp_path: Path) -> None:
    total = 2 * PER_FILE + 1
    library = library_of(tmp_path, **{f"c{n:02}": titled(f"Nr {n}") for n in range(total)})
    files = data_of(library, "en").files
    folder = f"cards.en.{index_of(library, 'en')['cards']}"
    cards = [json.loads(files[f"{folder}/{file}.json"]) for file in range(3)]
    assert [len(part) for part in cards] == [PER_FILE, PER_FILE, 1]
    assert len(files) == 5
    finder = json.loads(next(text for name, text in files.items() if name.startswith("cases.en.")))
    assert finder["first"] == ["c00", f"c{PER_FILE}", f"c{2 * PER_FILE}"]
    assert (finder["per_file"], f"cards.en.{finder['cards']}") == (PER_FILE, folder)
    flat = [card for part in cards for card in part]
    assert [card["id"] for card in flat] == list(library.cases)
    assert flat[0] == {
        "id": "c00",
        "href": "eksempler/c00/",
        "title": "Nr 0",
        "lead": "A café where people practise language.",
        "place": "Asker",
        "period": "",
        "kind": "meeting-place",
        "result": "Some found work.",
        "evidence": "described",
    }


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    def versions(name: str, text: str) -> tuple[str, str]:
        library = library_of(tmp_path / name, a=text, b=record())
        return data_of(library).version, index_of(library)["cards"]

    index, cards = versions("first", record())
    assert versions("same", record()) == (index, cards)
    other_index, other_cards = versions("text", record(lead="{nb: Annet., en: Else.}"))
    # The index names the version of the cards, so it has another one too.
    assert other_index != index
    assert other_cards != cards
    other_index, other_cards = versions("day", record(updated="2026-01-30"))
    assert (other_index != index, other_cards) == (True, cards)


def test_no_file_of_another_build_has_the_name_of_this_ones(tmp_path: Path) -> None:
    """A page that stays open while the site is built anew knows cases by other numbers."""
    before = data_of(library_of(tmp_path / "before", b=titled("B"), c=titled("C"))).files
    after = data_of(library_of(tmp_path / "after", a=titled("A"), b=titled("B"))).files
    assert before.keys().isdisjoint(after)


def test_an_empty_library_has_an_empty_catalogue(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    library = library_of(tmp_path)
    assert index_of(library)["title"] == []
    catalogue = build_catalogue(library, EN)
    assert (catalogue.total, catalogue.cards, catalogue.groups) == (0, (), ())


# --- the page as served --------------------------------------------------------------------


def test_the_page_shows_the_first_cards_however_many_there_are(tmp_path: Path) -> None:
    library = library_of(tmp_path, **{f"c{n:02}": titled(f"T {n:02}") for n in range(PER_PAGE + 5)})
    catalogue = build_catalogue(library, NB)
    assert catalogue.total == PER_PAGE + 5
    titles = [card.title for card in catalogue.cards]
    assert titles == [f"T {n:02}" for n in range(PER_PAGE)]
    assert index_of(library)["title"] == list(range(PER_PAGE + 5))


def test_the_commonest_terms_come_first_and_steps_keep_their_order(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(target_groups="[refugees]", evidence="{level: monitored}"),
        b=record(target_groups="[refugees]", evidence="{level: monitored}"),
        c=record(target_groups="[women]"),
    )
    groups = {group.id: group.entries for group in build_catalogue(library, NB).groups}
    told = [(entry.tag.term, entry.count) for entry in groups["target_groups"]]
    assert told == [("refugees", 2), ("women", 1)]
    assert [entry.tag.term for entry in groups["evidence"]] == ["described", "monitored"]


def test_places_to_compare_with_bring_county_and_size(tmp_path: Path) -> None:
    comparison = build_catalogue(library_of(tmp_path, a=record()), NB).comparison
    told = [(place.id, place.county, place.size) for place in comparison.municipalities]
    assert told == [("asker", "akershus", "large"), ("oslo", "oslo-county", "large")]
    assert [tag.term for tag in comparison.counties] == ["akershus", "oslo-county"]


# --- selecting, as the script does -------------------------------------------------------------

TERMS = {
    "measures": ["a", "b", "c"],
    "county": ["x", "y"],
    "size": ["small", "large"],
    "partner_types": ["p", "q"],
    "evidence": ["low", "high"],
}
PLACES = ["here", "there"]
KEYED = ("known", "newest", "confirmed", "evidence")
"""Orders that go by something of each case; where it is equal, by the alphabet."""
ROUNDS = 150

_SELECT = """
async ([index, states], scripts) => {
  const { Cases, REASONS } = await import(`${scripts}/catalogue/selection.js`);
  const cases = new Cases(index);
  return states.map(({ chosen, hits, sort, profile }) => {
    const sets = Object.entries(chosen).map(([facet, terms]) => [facet, new Set(terms)]);
    const state = { chosen: new Map(sets), query: hits ? "q" : "", sort, pages: 1, profile };
    const { numbers, counts, sort: used } = cases.select(state, hits);
    const likeness = cases.likeness(profile);
    return {
      numbers,
      used,
      counts: Object.fromEntries([...counts].map(([id, terms]) => [id, Object.fromEntries(terms)])),
      reasons: [...likeness].map((bits) => REASONS.filter((_, bit) => bits & (1 << bit))),
    };
  });
}
"""


class Made:
    """A made-up library: the terms, place and days of each case."""

    def __init__(self, random: Random, total: int) -> None:
        """Make ``total`` cases."""
        self.total = total
        self.terms = [
            {facet: random.sample(terms, random.randint(0, 2)) for facet, terms in TERMS.items()}
            for _ in range(total)
        ]
        self.place = [random.choice([*PLACES, None]) for _ in range(total)]
        self.days = {key: random.choices(range(3), k=total) for key in ("updated", "confirmed")}
        self.title = random.sample(range(total), total)
        self.known = random.choices(range(4), k=total)
        self.mentions = {number for number in range(total) if self.known[number] == 0}

    @property
    def index(self) -> dict[str, Any]:
        """What the script reads of it."""
        return {
            "cases": self.total,
            "per_file": 10,
            "cards": "",
            "facets": {
                facet: {
                    term: in_steps(n for n in range(self.total) if term in self.terms[n][facet])
                    for term in terms
                }
                for facet, terms in TERMS.items()
            },
            "rungs": TERMS["evidence"],
            "places": {
                place: in_steps(n for n in range(self.total) if self.place[n] == place)
                for place in PLACES
            },
            "title": self.title,
            "known": self.known,
            "mentions": in_steps(sorted(self.mentions)),
            **self.days,
        }

    def fits(self, number: int, state: Mapping[str, Any], but: str = "") -> bool:
        """Whether a case meets every demand but that of one facet."""
        return (state["hits"] is None or number in state["hits"]) and all(
            set(terms) & set(self.terms[number][facet])
            for facet, terms in state["chosen"].items()
            if facet != but
        )

    def reasons(self, number: int, profile: Mapping[str, str]) -> list[str]:
        """What a case has in common with a place."""
        terms = self.terms[number]
        own: dict[str, list[Any]] = {
            "municipality": [self.place[number]],
            "county": terms["county"],
            "size": terms["size"],
            "partner": terms["partner_types"],
        }
        return [part for part, values in own.items() if profile[part] and profile[part] in values]

    def key(self, number: int, sort: str) -> int:
        """What an order goes by, the highest first."""
        if sort == "evidence":
            rungs = [TERMS["evidence"].index(term) + 1 for term in self.terms[number]["evidence"]]
            return max(rungs, default=0)
        if sort == "known":
            return self.known[number]
        return self.days["updated" if sort == "newest" else "confirmed"][number]


def states(random: Random, total: int) -> Iterator[dict[str, Any]]:
    """Yield what readers may have chosen."""
    for _ in range(ROUNDS):
        facets = random.sample(list(TERMS), random.randint(0, 3))
        chosen = {facet: random.sample(TERMS[facet], random.randint(1, 2)) for facet in facets}
        hits = (
            random.sample(range(total), random.randint(0, total)) if random.random() < 0.4 else None
        )
        profile = {
            "municipality": random.choice(["", *PLACES]),
            "county": random.choice(["", "x"]),
            "size": random.choice(["", "small"]),
            "partner": random.choice(["", "p"]),
        }
        if random.random() < 0.5:
            profile = dict.fromkeys(profile, "")
        sort = random.choice(["", "title", *KEYED, "relevance", "like"])
        yield {"chosen": chosen, "hits": hits, "sort": sort, "profile": profile}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_script_selects_what_going_through_all_cases_finds(seed: int) -> None:
    random = Random(seed)
    made = Made(random, 40)
    asked = list(states(random, made.total))
    answers = run_script(_SELECT, [made.index, asked])
    alphabet = {number: place for place, number in enumerate(made.title)}
    assert len(answers) == ROUNDS
    for state, found in zip(asked, answers, strict=True):
        fitting = [number for number in range(made.total) if made.fits(number, state)]
        assert sorted(found["numbers"]) == fitting, state
        for facet, terms in TERMS.items():
            for term in terms:
                chosen = state["chosen"].get(facet, [])
                left = [
                    number
                    for number in range(made.total)
                    if term in made.terms[number][facet]
                    and made.fits(number, state, facet)
                    # Beside what is chosen of the facet, it is told how many a term would add.
                    and (not chosen or term in chosen or number not in fitting)
                ]
                assert found["counts"][facet][term] == len(left), (state, facet, term)
        reasons = [made.reasons(number, state["profile"]) for number in range(made.total)]
        assert found["reasons"] == reasons
        order, hits = found["used"], state["hits"]
        by_relevance = hits is not None and order in ("like", "relevance")
        base = {number: place for place, number in enumerate(hits)} if by_relevance else alphabet
        expected = sorted(fitting, key=base.__getitem__)
        key = "known" if order == "like" and hits is None else order
        if key in KEYED:
            expected.sort(key=partial(made.key, sort=key), reverse=True)
        if not by_relevance:
            expected.sort(key=made.mentions.__contains__)  # those come after the others
        if order == "like":
            shared = [len(reasons[number]) for number in found["numbers"]]
            assert shared == sorted(shared, reverse=True), state
            for several in set(shared):
                # Who shares exactly the same stands in the order there would be without.
                for same in {tuple(reasons[n]) for n in fitting if len(reasons[n]) == several}:
                    there = [n for n in found["numbers"] if tuple(reasons[n]) == same]
                    assert there == [n for n in expected if tuple(reasons[n]) == same], state
        else:
            assert found["numbers"] == expected, state
