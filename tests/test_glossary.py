"""The glossary: what a term is called, what it means in short, and the page that shows it all."""

import re
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from casebook.record.glossary import Glossary, GlossaryGroup, GlossaryTerm, inlines
from casebook.record.vocabulary import Context, Vocabulary, load_vocabulary
from casebook.render.glossary import glossary_markdown
from conftest import OpenWindow
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from site_support import ENGLISH, NORWEGIAN, PAGES, Site, address, text_of, value
from support_casebook import EN, LANGUAGES, NB, ROOT

CONTEXT = Context(LANGUAGES, Vocabulary())
EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "tables", "toc"]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """The glossary of the site."""
    vocabulary, problems = load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)
    assert problems == []
    return vocabulary.glossary


def term(explanation: str, **fields: object) -> GlossaryTerm:
    """A term that says the same in both languages."""
    data = {
        "label": {"nb": "Ord", "en": "Word"},
        "group": "words",
        "explanation": {"nb": explanation, "en": explanation},
        **fields,
    }
    return GlossaryTerm.model_validate(data, context=CONTEXT)


def page_of(entry: GlossaryTerm) -> BeautifulSoup:
    """The glossary page with one term, through the Markdown that the site uses."""
    label = {"label": {"nb": "Ord", "en": "Words"}}
    group = GlossaryGroup.model_validate(label, context=CONTEXT)
    text = glossary_markdown(Glossary({"words": group}, {"word": entry}), EN)
    return BeautifulSoup(markdown.markdown(text, extensions=EXTENSIONS), "html.parser")


# --- in short ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("explanation", "brief"),
    [
        ("A job. With pay.", "A job. With pay."),
        ("A job. With pay. See [more](index.md#x). And more.", "A job. With pay."),
        (
            "The first part of [Menn](eksempler/menn.md), a job. More.",
            "The first part of Menn, a job.",
        ),
        ("A *good* job. *So* there. See [x](x.md).", "A good job. So there."),
        ("What it is, e.g. a job, and so on. See [x](x.md).", "What it is, e.g. a job, and so on."),
    ],
)
def test_in_place_stand_the_sentences_before_the_first_link(explanation: str, brief: str) -> None:
    assert term(explanation).brief("nb") == brief


def test_a_text_for_use_in_place_goes_before_what_can_be_derived() -> None:
    entry = term("A job.", short={"nb": "Jobb.", "en": "Job."})
    assert (entry.brief("nb"), entry.brief("en")) == ("Jobb.", "Job.")


def test_every_term_of_the_site_is_explained_in_plain_words(glossary: Glossary) -> None:
    for id_, entry in glossary.terms.items():
        for language in LANGUAGES:
            brief = entry.brief(language.code)
            assert 20 <= len(brief) <= 300, (id_, language.code, brief)
            assert not re.search(r"[*\[\]{}]|\]\(|\.md", brief), (id_, language.code, brief)
            assert brief.endswith("."), (id_, language.code, brief)


# --- what it is called -------------------------------------------------------------------------


def test_search_finds_a_term_by_every_name_it_has() -> None:
    entry = term(
        "A job.",
        forms={"nb": ["ordet"], "en": ["words"]},
        synonyms={"nb": ["glose"], "pl": ["słowo"]},
        also_called={
            "nb": "Nynorsk: *ordet*{lang=nn}. *Viktig*.",
            "en": "Norwegian: *ord*{lang=nb}.",
        },
    )
    assert entry.search_words() == {
        "nb": ("Ord", "ordet", "glose", "ord"),
        "en": ("Word", "words"),
        "pl": ("słowo",),
        "nn": ("ordet",),
    }


# --- the page ----------------------------------------------------------------------------------


def test_a_term_stands_on_the_page_with_its_names_and_related_terms() -> None:
    entry = term(
        "A job at [a firm](https://www.example.org/) or *so*.",
        also_called={"nb": "Ord.", "en": "Norwegian: *ord*{lang=nb}."},
        see=["word"],
    )
    soup = page_of(entry)
    assert [(tag.name, tag["id"]) for tag in soup.select("h2, h3")] == [
        ("h2", "words"),
        ("h3", "word"),
    ]
    assert [str(paragraph) for paragraph in soup.find_all("p")] == [
        '<p>A job at <a href="https://www.example.org/">a firm</a> or <em>so</em>.</p>',
        '<p>Norwegian: <em lang="nb">ord</em>. See also: <a href="#word">Word</a>.</p>',
    ]


TRICKY = st.text(st.sampled_from(list("ab <>&#!*_`[](){}\\|:=-+.~1^\"'")), min_size=1, max_size=30)


@settings(derandomize=True, database=None, deadline=None)
@given(TRICKY.map(lambda text: " ".join(text.split())).filter(bool))
def test_text_of_the_glossary_is_shown_as_it_stands(text: str) -> None:
    if any(part.target or part.emphasis for part in inlines(text)):
        return
    entry = GlossaryTerm.model_construct(
        label={"en": text}, group="words", explanation={"en": text}, also_called=None, see=()
    )
    soup = page_of(entry)
    paragraph, heading = soup.p, soup.h3
    assert paragraph is not None
    assert heading is not None
    assert paragraph.get_text() == text
    assert heading.get_text() == text
    assert heading["id"] == "word"
    assert {tag.name for tag in soup.find_all(True)} == {"h2", "h3", "p"}


def test_the_page_shows_every_term_in_the_order_of_the_file(site: Site, glossary: Glossary) -> None:
    for page, language in (("/ordliste/", NB), ("/ordliste.en/", EN)):
        assert page in PAGES
        expected = []
        for group, entry in glossary.groups.items():
            expected.append(("h2", group, entry.label[language.code]))
            expected += [
                ("h3", id_, found.label[language.code])
                for id_, found in glossary.of_group(group).items()
            ]
        shown = site[page].main.select("h2[id], h3[id]")
        assert [
            (tag.name, tag["id"], tag.get_text()) for tag in shown if tag["id"] in ids(expected)
        ] == expected
        contents = [str(link["href"]) for link in site[page].soup.select(".contents a")]
        assert [f"#{group}" for group in glossary.groups] == [
            link for link in contents if link[1:] in glossary.groups
        ]


def ids(entries: list[tuple[str, str, str]]) -> set[str]:
    return {id_ for _, id_, _ in entries}


def test_the_page_leads_to_every_term_from_a_to_z(site: Site, glossary: Glossary) -> None:
    for language in (NORWEGIAN, ENGLISH):
        index = site[address("ordliste", language)].one(".glossary-letters")
        links = {text_of(link): value(link, "href") for link in index.select("a")}
        assert links == {it.label[language.code]: f"#{id_}" for id_, it in glossary.terms.items()}
        letters = [text_of(letter) for letter in index.select("b")]
        assert len(letters) == len(set(letters))
        if language is NORWEGIAN:
            alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
            assert letters == sorted(letters, key=alphabet.index)


def test_a_field_narrows_the_page_to_the_words_that_hold_it(window: OpenWindow) -> None:
    view = window(320)
    page = view.open(address("ordliste", NORWEGIAN))
    field = page.get_by_label(NORWEGIAN.text("glossary.filter"))
    field.fill("MENTOR")
    expect(page.locator("#mentor")).to_be_visible()
    expect(page.locator("#settlement")).to_be_hidden()
    expect(page.locator(".glossary-letters")).to_be_hidden()
    assert page.locator(".prose h2:visible").count() < page.locator(".prose h2").count()
    field.fill("qqq")
    expect(page.locator(".glossary-found")).to_have_text(NORWEGIAN.text("glossary.none"))
    # A link to a word that is not shown shows all of them again.
    page.evaluate("location.hash = 'settlement'")
    expect(page.locator("#settlement")).to_be_in_viewport()
    expect(field).to_have_value("")
    view.assert_clean()


def test_the_hand_written_part_holds_no_terms() -> None:
    for name in ("ordliste.md", "ordliste.en.md"):
        text = Path(ROOT, "docs", name).read_text(encoding="utf-8")
        assert "\n#" in text
        assert "\n##" not in text
