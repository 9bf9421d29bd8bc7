"""The brief of a case: what it says, made by rule, and how long it is."""

import re

import pytest
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.brief import BUDGET, WORDS, build_brief
from casebook.page.case_page import build_case_page
from casebook.page.references import ReferenceList
from casebook.page.sentences import Passage, count_words, passages, sentences
from casebook.page.view import CasePage
from casebook.page.writing import Writer
from casebook.record.citations import cited, plain
from support_casebook import LANGUAGES, ROOT

CASES, DEFAULT = ROOT / "cases", LANGUAGES.default
SENTENCE_ENDS = tuple('.!?)»”"')


@pytest.fixture(scope="module")
def library() -> Library:
    """All cases of the knowledge bank."""
    found, problems = load_library(CASES, LANGUAGES, name="cases")
    assert not problems
    return found


def pages(library: Library) -> list[CasePage]:
    return [
        build_case_page(id_, library, language) for id_ in library.cases for language in LANGUAGES
    ]


def row(page: CasePage, id_: str) -> str | None:
    """What a row of the brief says, without marks of sources."""
    found = [one for one in page.brief.rows if one.id == id_]
    return plain(f"{found[0].strong} {found[0].text}".strip()) if found else None


# --- whole sentences --------------------------------------------------------------------------


def test_a_text_is_parted_between_sentences_only() -> None:
    text = (
        "Kafeen åpnet 1. mars 2024, kl. 10.30. Den har ca. 30 plasser (jf. St. Olav). "
        "Er det nok? «Ja!» 15 av 22 kom. Nå"
    )
    assert sentences(text, ("ca.", "kl.", "jf.", "st.")) == (
        "Kafeen åpnet 1. mars 2024, kl. 10.30.",
        "Den har ca. 30 plasser (jf. St. Olav).",
        "Er det nok?",
        "«Ja!»",
        "15 av 22 kom.",
        "Nå",
    )


def test_the_mark_of_a_source_stays_with_its_sentence() -> None:
    whole = cited("Første gang [@a]. Andre gang. [@b] Tredje gang", lambda id_: id_)
    first, second, third = sentences(whole)
    assert ("a" in first.split("\x11")[1], "b\x12" in second, third) == (True, True, "Tredje gang")


def test_paragraphs_and_items_lose_their_signs() -> None:
    prose = (
        "Vi *så* [dette](https://example.org/) i\n2021. Det var \\*nytt\\*.\n\n"
        "- **Pengene.** De kom\n  sent.\n- Tid\n\n1. Først\n2. Så"
    )
    assert list(passages(prose)) == [
        Passage("", "Vi så dette i 2021. Det var *nytt*."),
        Passage("Pengene.", "De kom sent."),
        Passage("", "Tid"),
        Passage("", "Først"),
        Passage("", "Så"),
    ]


# --- the rules --------------------------------------------------------------------------------


def test_the_brief_of_a_case_that_tells_all(library: Library) -> None:
    page = build_case_page("cafe-vintage", library, DEFAULT)
    assert page.brief.what == page.lead
    assert row(page, "groups") == "Innvandrerkvinner · Lav eller ukjent utdanning"
    assert row(page, "place") == "Sandefjord · 2014– · I drift (2021)"
    assert (row(page, "result") or "").startswith("Ifølge gründeren hadde mer enn 50 kvinner")
    assert (row(page, "hard") or "").startswith("Det tok halvannet år å få en avtale. Kafeen åpnet")
    assert row(page, "cost") == (
        "250\xa0000 kroner per år (2016). Den første kommunale bevilgningen til opplæring hos"
        " Vintage Baby, ikke alt opplæringen kostet."
    )
    assert (row(page, "contact") or "").endswith("Nav Sandefjord")
    assert page.brief.unknown == "Kildene våre sier ikke om det virket."


def test_what_is_not_known_is_one_line_and_no_row(library: Library) -> None:
    page = build_case_page("sosial-profil", library, DEFAULT)
    assert row(page, "result") is None  # the record only says that there is none
    assert page.brief.unknown == "Kildene våre sier ikke hvordan det gikk eller hva det kostet."


def test_what_something_else_cost_is_not_what_the_case_cost(library: Library) -> None:
    page = build_case_page("ringer-i-vannet", library, DEFAULT)
    assert row(page, "cost") is None  # the record knows only what its evaluation cost
    assert "hva det kostet" in (page.brief.unknown or "")


def test_a_mention_is_its_sentence_and_a_line(library: Library) -> None:
    page = build_case_page("art-for-all", library, DEFAULT)
    assert (page.brief.what, page.brief.rows, page.brief.unknown) == (page.lead, (), None)
    assert page.brief.facts == "Innvandrerkvinner · Sandefjord · 2017 · Avsluttet · Kunst og kultur"


def test_the_sources_of_a_brief_come_first(library: Library) -> None:
    for page in pages(library):
        text = "".join([page.brief.what, *(one.text for one in page.brief.rows)])
        numbers = [int(number) for number in re.findall("\x11(\\d+)\x12", text)]
        new = sorted(set(numbers), key=numbers.index)
        assert new == list(range(1, len(new) + 1)), page.id


def test_no_brief_has_too_many_words_or_half_a_sentence(library: Library) -> None:
    for page in pages(library):
        language: Language = LANGUAGES[page.language]
        brief = page.brief
        unknown = f"{brief.unknown} {language.text('about.tell')}" if brief.unknown else ""
        rows = [text for one in brief.rows for text in (one.label, one.strong, one.text)]
        texts = [page.title, brief.what, brief.facts or "", unknown, *rows]
        assert sum(map(count_words, texts)) <= WORDS, (page.id, page.language)
        for one in brief.rows:
            said = plain(one.text).rstrip()
            assert "…" not in said
            if one.id in BUDGET and one.text and one.id != "cost":
                assert said.endswith(SENTENCE_ENDS), (page.id, one.id, said)


def test_rows_give_way_in_order_when_there_are_too_many_words(library: Library) -> None:
    """Each text is as long as its row allows, so not all of them can stand."""

    def told(sentence_length: int, sentences: int) -> str:
        words = " ".join(["ord"] * (sentence_length - 1))
        return " ".join(f"Ett {words}{' 7' if n == 2 else ''}." for n in range(sentences))

    texts = {"lead": told(20, 2), "measure": told(16, 2), "hard_parts": told(15, 2)}
    texts |= {"result": told(15, 3), "title": told(15, 1)}
    case = library.cases["gloppenmodellen"]
    longer = case.model_copy(update={field: {"nb": text} for field, text in texts.items()})
    writer = Writer(DEFAULT, LANGUAGES)
    brief = build_brief(longer, library, ReferenceList(library.vocabulary), writer)
    said = {one.id: f"{one.strong} {plain(one.text)}".strip() for one in brief.rows}
    assert said["measure"] == "Fagopplæring · Arbeidstrening"  # the first to give way
    assert said["hard"] == told(15, 1)  # the second, by a sentence: that was enough
    assert said["result"] == f"Blandede resultater {told(15, 3)}"
    assert brief.what == told(20, 2)
