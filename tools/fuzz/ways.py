"""What an input goes through on its way to readers, and what must hold whatever it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import tinyhtml5
from casebook.browser.catalogue_data import build_catalogue_data
from casebook.browser.form_data import plain_record
from casebook.collection.facets import FACETS
from casebook.collection.library import Library, load_library
from casebook.commands.show import write_case
from casebook.edit.formatting import comments, format_text
from casebook.gate.check import check_pages
from casebook.gate.judge import judge
from casebook.gate.lists import FINISHED, PAPER, RAW, WRITTEN, Allowed
from casebook.languages import Language, load_languages
from casebook.letters.faults import mended
from casebook.letters.isolation import isolated
from casebook.page.case_page import build_case_page
from casebook.page.chart_lines import take_chart_lines
from casebook.page.facet_pages import FacetPages
from casebook.page.home import build_home
from casebook.page.view import CasePage, Tag
from casebook.pdf.pages import Chapter, PaperRenderer, Title
from casebook.pdf.tree import Tree
from casebook.pdf.typeset import Typesetter
from casebook.problem import Problem, errors
from casebook.record.case import Case
from casebook.record.source import parse_text
from casebook.record.vocabulary import load_vocabulary
from casebook.render.page_markdown import page_markdown
from casebook.render.pages import Renderer
from casebook.render.terms import explainer
from casebook.report import write_report
from casebook.search.article import Article, read_article
from casebook.search.common import Common
from casebook.search.corpus import Corpus
from casebook.search.feed import Source
from casebook.search.shards import write_words
from casebook.search.terms import Extra, Terms
from casebook.search.thesaurus import Thesaurus, groups_of
from casebook.search.words import load_rules
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
VOCABULARY = GOLDEN / "_vocabulary"
LANGUAGES = load_languages()
HEAD = "---\ntitle: Side\ndescription: Om siden.\ntranslated: false\n---\n\n"
"""Front matter of a page that has only what it must have."""
ID = "case"
_TOKEN = re.compile("\x11[^\x11\x12]*\x12")
PAPERS = ("case-paper", "guide-paper", "form-paper")
"""Kinds of documents that become PDFs."""


class Links:
    """Addresses on a site that does not exist."""

    site = "https://site.example"

    def case(self, id_: str) -> str:
        """The address of a case."""
        return f"{self.site}/{id_}/"

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        """The address of a facet or one of its terms."""
        return f"{self.site}/{facet}/{term or ''}/{number}/"

    def all(self, number: int = 1) -> str:
        """The address of the list of all cases."""
        return f"{self.site}/all/{number}/"

    def narrowed(self, *tags: Tag) -> str:
        """The address of the catalogue narrowed by terms."""
        return f"{self.site}/?{'&'.join(f'{tag.facet}={tag.term}' for tag in tags)}"

    def checklist(self, name: str) -> str:
        """The address of a checklist for agreements."""
        return f"{self.site}/agreements/{name}/"


def told(problems: list[Problem]) -> None:
    """Tell problems in every language; each has a message, a hint and a place."""
    for language in LANGUAGES:
        write_report(problems, "text", language, StringIO())
    for problem in problems:
        assert problem.line >= 1, problem
        assert problem.column >= 1, problem


def stands_at_the_gate(html: str, allowed: Allowed) -> None:
    """Make sure that HTML of our own is let through."""
    refusals = judge(html, allowed)
    assert not refusals, refusals[:3]


class Records:
    """The way of a record: read, checked, and shown on pages, in the search and on paper."""

    def __init__(self, folder: Path) -> None:
        """Read records in ``folder``, beside the vocabulary of the tests."""
        self._cases = folder / "cases"
        self._cases.mkdir()
        self._folder = folder
        self._renderer = Renderer(ROOT / "overrides")
        self._papers = Papers()
        vocabulary, problems = load_vocabulary(VOCABULARY, LANGUAGES)
        assert not problems
        self._explainers = {one.code: explainer(vocabulary.glossary, one.code) for one in LANGUAGES}
        self._searches = Searches(folder)

    def check(self, data: bytes) -> tuple[Library, list[Problem]]:
        """Read and check a record, as `casebook check` does."""
        (self._cases / f"{ID}.yml").write_bytes(data)
        library, problems = load_library(self._cases, LANGUAGES, vocabulary_folder=VOCABULARY)
        told(problems)
        assert (ID in library.cases) != bool(errors(problems))
        return library, problems

    def __call__(self, data: bytes, *, typeset: bool = False) -> bool:
        """Take a record all the way; say whether it was let through."""
        library, _ = self.check(data)
        if ID not in library.cases:
            return False
        plain_record(library.cases[ID])
        for language in LANGUAGES:
            self._show(library, language, typeset)
        return True

    def _show(self, library: Library, language: Language, typeset: bool) -> None:
        build_catalogue_data(library, language, "{}/".format)
        build_home(library, language)
        pages = FacetPages(library, language)
        for facet in FACETS:
            for term in library.facets.terms(facet.id):
                assert pages.term(facet.id, term, 1).cases
        view = build_case_page(ID, library, language)
        write_case(view, library, language, StringIO())
        html = str(self._renderer.case(view, language, Links(), None))
        explained, _ = self._explainers[language.code].explain(html)
        stands_at_the_gate(isolated(explained), FINISHED)
        self._searches.case(explained, view, library.cases[ID], language)
        document = self._papers.case(view, language)
        stands_at_the_gate(document, PAPER)
        self._papers.to_tree(document, typeset=typeset)


class Searches:
    """The way of a page's text into the search."""

    def __init__(self, folder: Path) -> None:
        """Keep what the search writes in ``folder``."""
        self._folder = folder
        vocabulary, _ = load_vocabulary(VOCABULARY, LANGUAGES)
        self._groups = list(groups_of(vocabulary))

    def case(self, html: str, view: CasePage, case: Case, language: Language) -> None:
        """Index the page of a case."""
        article = read_article(f"<main data-pagefind-body>{html}</main>")  # as the frame does
        assert article is not None
        names = tuple(case.title.values())
        self(article, language, view.lead, Extra(titles=names), view.names)

    def __call__(
        self,
        article: Article,
        language: Language,
        lead: str = "",
        extra: Extra | None = None,
        names: Iterable[str] = (),
    ) -> Path:
        """Index a page; return the folder of the words that browsers get."""
        rules = load_rules(language.code)
        stem, stop = rules.stem_function(), set(rules.stop)
        folder = self._folder / "words" / language.code

        def make_terms(counts: Counter[str]) -> Terms:
            return Terms(
                rules, Thesaurus(self._groups, language.code, stem, stop), counts, rules.stop
            )

        with Corpus(self._folder, Common(stem, rules.stop)) as corpus:
            source = Source("/a/", "case", "Case", lead, names=tuple(names))
            corpus.add(source, article, extra or Extra())
            for _ in corpus.entries(make_terms):
                pass
            write_words(folder, rules, corpus)
        return folder


class Papers:
    """The way of HTML into a PDF."""

    def __init__(self) -> None:
        """Read templates and fonts."""
        self._renderer = PaperRenderer(ROOT / "overrides")
        self._typesetter: Typesetter | None = None

    def case(self, view: CasePage, language: Language) -> str:
        """Return the document of a case."""
        title = Title(view.title, view.lead, view.updated, f"{Links.site}/a/", "Site")
        body = self._renderer.case(view, title, language, Links().case, str)
        return self._document("case-paper", title, body, language)

    def page(self, kind: str, html: str, language: Language) -> str:
        """Return the document of one of ``PAPERS`` with the HTML of a hand-written page in it."""
        text = Markup(html)  # noqa: S704 - as Markdown made it
        title = Title("A", "B", None, f"{Links.site}/a/", "Site")
        chapter = Chapter(None, None, title.address, text, None)
        if kind == "form-paper":
            body = self._renderer.form(title, chapter, "checklist", language)
        elif kind == "guide-paper":
            body = self._renderer.guide(title, [chapter], language)
        else:
            body = Markup(f"<article>{html}</article>")  # noqa: S704
        return self._document(kind, title, body, language)

    def _document(self, kind: str, title: Title, body: Markup, language: Language) -> str:
        html = self._renderer.document(kind, title, body, language)
        head, start, rest = html.partition("<body")
        return f"{head}{isolated(f'{start}{rest}')}"

    def to_tree(self, html: str, *, typeset: bool = False) -> None:
        """Read a document as the typesetter does, and set it when asked to."""
        Tree(html, {})
        if not typeset:
            return
        if self._typesetter is None:
            self._typesetter = Typesetter(ROOT / "docs" / "assets")
        sheet = self._typesetter.set(html)
        assert sheet.content.startswith(b"%PDF")


class Pages:
    """The way of a hand-written page: checked, made into HTML, judged, and read for paper."""

    def __init__(self, folder: Path) -> None:
        """Check pages in ``folder``."""
        self._docs = folder / "docs"
        self._docs.mkdir()
        (folder / "none").mkdir()
        self._library, _ = load_library(folder / "none", LANGUAGES, vocabulary_folder=VOCABULARY)
        self._markdown = page_markdown()
        self._papers = Papers()

    def check(self, text: str) -> list[Problem]:
        """Check a page, as `casebook check` does."""
        data = text.encode("utf-8", errors="surrogatepass")
        (self._docs / "side.md").write_bytes(data)
        problems = check_pages(self._docs, self._library, "docs")
        told(problems)
        return [one for one in problems if one.rule != "page-not-in-navigation"]

    def __call__(self, body: str, kind: str = "", *, typeset: bool = False) -> bool:
        """Take a page all the way; say whether it was let through.

        ``kind`` is one of ``PAPERS``, or "" when no PDF is made of it.
        """
        problems = self.check(f"{HEAD}{body}")
        if problems:
            return False
        text, _, _ = take_chart_lines(body, "docs/side.md")
        html = self._markdown.reset().convert(text)
        stands_at_the_gate(html, WRITTEN)
        browsers_agree(html, WRITTEN)
        if kind:
            html = _TOKEN.sub("", html)  # which the site has made numbers of
            for language in LANGUAGES:
                document = self._papers.page(kind, html, language)
                self._papers.to_tree(document, typeset=typeset)
        return True


LISTS = (RAW, WRITTEN, FINISHED, PAPER)


def judged(html: str) -> bool:
    """Let every list judge HTML; what one lets through is what browsers make of it."""
    passed = False
    for allowed in LISTS:
        refusals = judge(html, allowed)
        for refusal in refusals:
            assert 0 <= refusal.place <= len(html)
            assert refusal.rule
        if not refusals:
            browsers_agree(html, allowed)
            passed = True
    return passed


_IMPLIED = frozenset(("html", "head", "body", "tbody", "colgroup", "tr"))
"""Elements that browsers put in by themselves."""


def browsers_agree(html: str, allowed: Allowed) -> None:
    """Read HTML as browsers do: there is nothing in it that the list does not name."""
    for element in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        name = element.tag.rpartition("}")[2].lower()
        known = allowed.elements.get(name)
        assert known is not None or name in _IMPLIED, name
        for attribute in element.attrib:
            ok = attribute in (known or {}) or attribute in allowed.everywhere
            assert ok or attribute == "class" or attribute.startswith(allowed.beginnings), attribute


def formatted(text: str) -> bool:
    """Format a record twice: nothing that it means changes, and the second time nothing at all."""
    before = mended(text)
    once = format_text(before, LANGUAGES)
    assert format_text(mended(once), LANGUAGES) == once
    if once == before:
        return False
    assert _meaning(once) == _meaning(before)
    return True


def _meaning(text: str) -> Any:
    """Return what a record says, escapes put right, and its comments."""
    document, problems = parse_text(text, "")
    assert document is not None, problems
    return _mended(document.plain()), comments(text)


def _mended(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {mended(key): _mended(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_mended(value) for value in tree]
    return mended(tree or "")
