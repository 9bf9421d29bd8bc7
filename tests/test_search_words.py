"""What the search knows of words: parts of compounds, other forms, synonyms, and files of them."""

import json
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from casebook.languages import load_languages
from casebook.record.vocabulary import load_vocabulary
from casebook.search.article import FRAGMENT, Article, Section, read_article
from casebook.search.common import Common
from casebook.search.compounds import Splitter
from casebook.search.corpus import Corpus
from casebook.search.feed import Source, term_pages
from casebook.search.lexicon import Lexicon
from casebook.search.shards import RULES, write_words
from casebook.search.terms import EXACT, HIDDEN, MARK, NAMES, Extra, Terms
from casebook.search.thesaurus import Group, Thesaurus, groups_of
from casebook.search.words import LANGUAGES, WordRules, load_rules, words_of
from hypothesis import given, settings
from hypothesis import strategies as st
from support_casebook import ROOT

NORWEGIAN = load_rules("nb")
CODES = load_languages().codes
SITE = Counter(
    words_of(
        "arbeid inkludering kvinner innvandrer innvandrere avtale avtaler tiltak ramme kurs "
        "renhold mat produksjon mentor program barn hage bok bøker skole liv"
    )
)
ARTICLE = Article(
    "Rammeavtale for innvandrerkvinner", "Bøker.", [Section(2, "a", "Renholdskurs", "Mat.")]
)


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    return Splitter(SITE.__contains__, NORWEGIAN.joints, (*NORWEGIAN.stop, *NORWEGIAN.endings))


def terms(groups: list[Group] | None = None, site: Counter[str] = SITE) -> Terms:
    stem = NORWEGIAN.stem_function()
    return Terms(NORWEGIAN, Thesaurus(groups or [], "nb", stem, NORWEGIAN.stop), site)


def test_a_word_that_no_dictionary_has_is_a_form_of_one_on_pages() -> None:
    site = Counter(("helsefagarbeider", "helsefagarbeidere", "kimeri"))
    found = terms(site=site)
    assert found.base("helsefagarbeidere") == "helsefagarbeider"
    assert found.base("kimeriet") == "kimeri"
    assert found.base("kimeren") == "kimeren", "no page has what it would be a form of"


def test_a_case_is_found_by_the_sizes_of_its_places_and_a_list_by_those_that_it_has() -> None:
    case = terms().of_page(ARTICLE, "", Extra(sizes=("small", "small"), depth="mention"))
    assert (case["sizes"], case["listed_sizes"]) == ("sizesmall", "")
    listed = terms().of_page(ARTICLE, "", Extra(listed_sizes=("medium", "small")))
    assert (listed["sizes"], listed["listed_sizes"]) == ("", "sizemedium sizesmall")


# --- languages -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_language_of_the_site_has_its_rules(code: str) -> None:
    rules = load_rules(code)
    assert rules.stop
    assert rules.stemmer
    assert rules.stop == tuple(sorted(set(rules.stop)))
    assert all(word == word.lower() for word in rules.stop)


def test_a_language_without_rules_is_searched_as_it_is_written() -> None:
    rules = load_rules("xx")
    assert rules == WordRules("xx")
    assert rules.stem_function()("avtalene") == "avtalene"
    assert Lexicon(rules).base("avtalene") == "avtalene"


@pytest.mark.parametrize("code", CODES)
def test_respellings_change_words_and_end(code: str) -> None:
    """One that gives back what it takes would only make the browser try more."""
    for theirs, ours in load_rules(code).respellings:
        assert theirs != ours
        assert theirs == theirs.lower()


def test_a_misspelt_rule_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "xx.yml").write_text("stopp: en to\n", encoding="utf-8")
    with pytest.raises(ValueError, match="stopp"):
        load_rules("xx", tmp_path)


def test_rules_are_only_kept_for_languages_of_the_site() -> None:
    assert {file.stem for file in LANGUAGES.glob("*.yml")} <= set(CODES)


# --- words ---------------------------------------------------------------------------------


def test_words_are_in_small_letters_and_parted_by_hyphens() -> None:
    assert words_of("NAV-kontoret, Søndre Nordstrand (2016–2017)!") == [
        *("nav", "kontoret", "søndre", "nordstrand", "2016", "2017")
    ]


@given(st.text())
def test_words_hold_nothing_but_letters_and_digits(text: str) -> None:
    for word in words_of(text):
        assert word == word.lower() or not word.isascii()
        assert all(letter.isalnum() for letter in word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("innvandrerkvinner", ("innvandrer", "kvinner")),
        ("arbeidsinkludering", ("arbeid", "inkludering")),
        ("rammeavtale", ("ramme", "avtale")),
        ("tiltaksavtale", ("tiltak", "avtale")),
        ("renholdskurs", ("renhold", "kurs")),
        ("matproduksjon", ("mat", "produksjon")),
        ("barnehage", ("barn", "hage")),
        ("mentorprogramavtale", ("mentor", "program", "avtale")),
    ],
)
def test_a_compound_comes_apart(splitter: Splitter, word: str, parts: tuple[str, ...]) -> None:
    assert splitter.parts(word) == parts


@pytest.mark.parametrize(
    "word", ["kurs", "avtale", "avtalene", "kvinner", "opplæring", "skolen", ""]
)
def test_what_is_no_compound_of_known_words_stays_whole(splitter: Splitter, word: str) -> None:
    assert splitter.parts(word) == ()


def test_a_language_without_joints_has_no_compounds() -> None:
    assert Splitter(SITE.__contains__, ()).parts("rammeavtale") == ()


known_words = st.lists(st.sampled_from(sorted(SITE)), min_size=2, max_size=3)


@given(known_words, st.sampled_from(["", "s", "e"]))
def test_parts_are_known_words_in_their_order(words: list[str], joint: str) -> None:
    splitter = Splitter(SITE.__contains__, NORWEGIAN.joints)
    whole = joint.join(words)
    parts = splitter.parts(whole)
    place = 0
    for part in parts:
        assert part in SITE
        assert whole.find(part, place) >= place
        place = whole.find(part, place) + len(part)
    assert place in {0, len(whole)}
    assert parts == splitter.parts(whole)


@given(st.text(alphabet=string.ascii_lowercase + "æøå", max_size=24))
def test_any_word_can_be_taken_apart(word: str) -> None:
    assert "".join(Splitter(SITE.__contains__, NORWEGIAN.joints).parts(word)) in ("", *_near(word))


def _near(word: str) -> Iterator[str]:
    """The word with up to three joints left out."""
    found = {word}
    for _ in range(3):
        found |= {one[:at] + one[at + 1 :] for one in found for at in range(len(one))}
    yield from found


# --- hidden terms --------------------------------------------------------------------------


def test_a_page_is_found_by_the_parts_of_its_compounds() -> None:
    fields = terms().of_page(ARTICLE, "", Extra())
    assert {"avtale", "innvandrer", "kvinne"} <= set(fields["title_words"].split())
    assert "kurs" in fields["words"].split()


def test_a_page_is_found_by_forms_that_begin_otherwise() -> None:
    assert "bok" in terms().of_page(ARTICLE, "", Extra())["words"].split()


def test_what_stands_in_the_title_is_not_said_again() -> None:
    article = Article("Avtale", "Avtaler og avtalene.", [])
    fields = terms().of_page(article, "", Extra(titles=("avtalen",)))
    assert all("avtal" not in fields[name] for name in HIDDEN)
    assert fields[EXACT] == f"avtale{MARK}"


def test_synonyms_follow_from_words_in_any_form() -> None:
    names = {"nb": ("avtale", "kontrakt"), "en": ("agreement", "framework deal")}
    fields = terms([Group(names, names)]).of_page(Article("Om avtalene", "", []), "", Extra())
    assert fields["title_synonyms"].split() == ["agreement", "kontrakt"]
    assert fields[NAMES] == "framework deal"


def test_a_wider_name_is_no_sign_of_a_term() -> None:
    group = Group({"nb": ("kurs", "opplæring")}, {"nb": ("kurs",)})
    assert terms([group]).of_page(Article("Kurs", "", []), "", Extra())["title_synonyms"] == (
        "opplæring"
    )
    assert terms([group]).of_page(Article("Opplæring", "", []), "", Extra())["title_synonyms"] == ""


@settings(deadline=None)  # the first one reads the dictionary
@given(st.text(max_size=80), st.text(max_size=200))
def test_the_terms_of_any_page_are_sorted_words(title: str, text: str) -> None:
    made = terms()
    article = Article(title, text, [])
    fields = made.of_page(article, text, Extra(topics=(title,)))
    assert fields == terms().of_page(article, text, Extra(topics=(title,)))
    for name in HIDDEN:
        words = fields[name].split()
        assert words == sorted(words)
        assert not set(words) & set(NORWEGIAN.stop)


def test_a_name_that_no_page_uses_means_the_first_one_that_a_page_does() -> None:
    names = {"nb": ("ukjent", "avtale"), "nn": ("avtala",), "en": ("agreement", "labour law")}
    thesaurus = Thesaurus([Group(names, names)], "nb", str)
    found = thesaurus.targets(SITE)
    assert found[("agreement",)] == ("avtale",)
    assert found[("labour", "law")] == ("avtale",)
    assert ("avtale",) not in found


def test_a_part_of_a_name_is_not_taken_for_the_whole() -> None:
    site = Counter({"møteplass": 9, "nettverk": 9, "møteplassen": 1})
    names = {"nb": ("møteplass eller nettverk", "møteplassen", "treffsted")}
    signs = {"nb": ("møteplass eller nettverk",)}
    stem = NORWEGIAN.stem_function()
    found = Thesaurus([Group(names, signs)], "nb", stem, NORWEGIAN.stop).targets(site)
    assert ("møteplassen",) not in found
    assert found[("treffsted",)] == ("møteplass", "nettverk")


def test_every_group_of_the_vocabulary_is_known() -> None:
    vocabulary, problems = load_vocabulary(ROOT / "cases" / "_vocabulary", load_languages())
    assert problems == []
    groups = list(groups_of(vocabulary))
    thesaurus = Thesaurus(groups, "nb", NORWEGIAN.stem_function())
    assert len(groups) > 100
    (women,) = thesaurus.groups_in([NORWEGIAN.stem_function()("kvinnene")])
    assert ("women",) in thesaurus.names([women])


# --- pages ---------------------------------------------------------------------------------

PAGE = """
<main data-pagefind-body>
<header><h1>En &amp; to</h1><p>Først <a href="/x>y">lenke</a></p></header>
<nav><p>meny</p></nav><p data-pagefind-ignore>kilder <br> <b>mer</b></p>
<section id="a"><h2 id="a-title">Del</h2><svg><path d="M0"/></svg><p>Tekst<sup>1</sup></p>
<ul><li>ett</li><li>to.</li></ul></section><h3 id="b">Under</h3><p>Slutt</p>
</main><footer><h2>Bunn</h2></footer>
"""


def test_an_article_is_what_readers_read() -> None:
    article = read_article(PAGE)
    assert article is not None
    assert article.title == "En & to"
    assert article.opening == f"Først lenke.{FRAGMENT}"
    assert article.sections == [
        Section(2, "a", "Del", f"Tekst1.{FRAGMENT} ett.{FRAGMENT} to."),
        Section(3, "b", "Under", f"Slutt.{FRAGMENT}"),
    ]


def test_a_page_that_is_not_marked_is_not_searched() -> None:
    assert read_article("<main><h1>En</h1></main>") is None


def test_words_that_are_explained_belong_to_their_sentence() -> None:
    term = '<button type="button" class="term" popovertarget="term-mentor">mentor</button>'
    page = f"<main data-pagefind-body><p>En {term} hjelper.</p><button>Skriv ut</button></main>"
    article = read_article(page)
    assert article is not None
    assert article.opening == "En mentor hjelper."


@given(st.text())
def test_any_page_can_be_read(text: str) -> None:
    read_article(text)
    read_article(f"<main data-pagefind-body>{text}</main>")


def test_each_term_of_the_glossary_stands_at_its_anchor() -> None:
    sections = [
        Section(2, "group", "Tema", ""),
        Section(3, "mentor", "Mentor", "En som viser vei. Og mer."),
    ]
    source = Source("/ordliste/", "term", "Ord", "Ordlisten")
    ((id_, term, text),) = term_pages(source, Article("Ordliste", "", sections))
    assert (id_, term.address, term.note) == ("mentor", "/ordliste/#mentor", "En som viser vei.")
    assert text.title == "Mentor"


# --- files for browsers --------------------------------------------------------------------


def test_pages_go_to_the_index_in_the_order_of_their_addresses(tmp_path: Path) -> None:
    places = {"/c/": "guide", "/a/#x": "term", "/b/": "case", "/a/#b": "term", "/a/": "term"}
    with Corpus(tmp_path, Common(str, ())) as corpus:
        for place, type_ in places.items():
            corpus.add(Source(place, type_, "", ""), Article(place, "", []), Extra())
        entries = [entry.address for entry in corpus.entries(lambda counts: terms([], counts))]
        assert entries == ["/a/#x", "/a/#b", "/a/", "/b/", "/c/"]
        assert corpus.types() == {
            "term": ["/a/#x", "/a/#b", "/a/"],
            "case": ["/b/"],
            "guide": ["/c/"],
        }
        assert len(corpus) == 5


def test_words_stand_in_files_by_their_first_letter(tmp_path: Path) -> None:
    names = {"nb": ("avtale", "kontrakt"), "en": ("agreement",)}
    group = Group(names, names)
    with Corpus(tmp_path, Common(str, ())) as corpus:
        corpus.add(Source("/a/", "case", "Eksempel", ""), Article("Økte avtaler", "", []), Extra())

        def make(counts: Counter[str]) -> Terms:
            return terms([group], counts)

        assert [entry.address for entry in corpus.entries(make)] == ["/a/"]
        write_words(tmp_path / "words", NORWEGIAN, corpus)
    files = {file.stem: json.loads(file.read_text()) for file in (tmp_path / "words").iterdir()}
    assert files["a"]["seen"] == "avtaler"
    assert files["a"]["endings"] == "1"
    assert files["k"]["known"] == "kontrakt"
    assert files["o"]["seen"] == "økte"
    rules = files[RULES.removesuffix(".json")]
    assert rules["files"] == ["a", "k", "o"]
    assert rules["pages"] == 1


def test_what_a_page_says_again_and_again_counts_for_more() -> None:
    once = terms().of_page(Article("Liv", "Ett renholdskurs.", []), "", Extra())
    often = terms().of_page(Article("Liv", "Renholdskurs. " * 3, []), "", Extra())
    assert "kurs" in once["words"].split()
    assert once["often_words"] == ""
    assert "kurs" in often["often_words"].split()
    assert "kurs" not in often["words"].split()


def test_synonyms_of_what_a_page_says_again_and_again_count_for_more() -> None:
    names = {"nb": ("hinder", "barriere")}
    group = [Group(names, names)]
    once = terms(group).of_page(Article("Liv", "Et hinder.", []), "", Extra())
    often = terms(group).of_page(Article("Liv", "Hinder. " * 3, []), "", Extra())
    assert "barriere" in once["synonyms"].split()
    assert "barriere" in often["often_synonyms"].split()


def test_what_follows_from_a_heading_stands_apart() -> None:
    article = Article("Liv", "", [Section(2, "a", "Renholdskurs", "")])
    assert "kurs" in terms().of_page(article, "", Extra(), "Renholdskurs")["heading_words"].split()
