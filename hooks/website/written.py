"""Pages written by hand: figures, views, cited sources, explained terms, usable tables."""

from __future__ import annotations

import re

from casebook.gate.lists import WRITTEN
from casebook.handwritten.front_matter import CHECKLIST, GLOSSARY_VIEW, TYPES, VIEWS
from casebook.handwritten.places import CATALOGUE
from casebook.languages import Language
from casebook.page.chart_lines import MARKER, take_chart_lines
from casebook.page.charts import build_chart
from casebook.page.forms import build_choices
from casebook.page.parts import put_in_parts
from casebook.page.statements import build_statement, build_subject
from casebook.page.tables import read_table
from casebook.page.writing import Writer
from casebook.record.citations import numbered, out_of_links
from casebook.record.statements import Subject
from casebook.render.glossary import glossary_markdown
from casebook.render.statements import put_in_statements, statement_headings
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.build import Build
from website.explanations import with_terms
from website.gate import problems_of
from website.parts import parts_of_site
from website.views import page_references, render_view

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_OPEN_TASK = '<input type="checkbox" disabled/>'
_BOX = '<span class="box" aria-hidden="true"></span>'
_POINT = re.compile(rf'(<li (?:[^>]* )?id="([^"]+)"[^>]*>\s*(?:<p>)?){_OPEN_TASK}')
_TICK = r'\1<input class="box" type="checkbox" autocomplete="off" aria-labelledby="\2-text">'
_CELL = re.compile(r'<(th|td)(?: style="text-align: (left|center|right);")?>')
_ITEM = re.compile(r'<li [^>]*class="[^"]*\bpoint\b')
_FACETS = re.compile(r'<li [^>]*data-facets="([^"]*)"')
_FIRST_PART = re.compile(r'(?=<details class="form-part"|<h2)')


def with_parts(markdown: str, page: Page, config: MkDocsConfig, build: Build) -> str:
    """Mark where ``{chart: …}`` asks for figures, and put in what ``{show: …}`` asks for."""
    if "{" not in markdown:
        return markdown
    markdown, wanted, _ = take_chart_lines(markdown, page.file.src_uri)
    if wanted:
        build.charts[page.file.src_uri] = wanted
        page.meta["charts"] = True  # the frame links the stylesheet
    parts = parts_of_site(config, build, build.addresses.language_of(page.file.src_uri))
    return put_in_parts(markdown, parts)


def with_vocabulary(markdown: str, page: Page, build: Build) -> str:
    """Put the glossary's terms, or the headings of statements, below the text of their page.

    So their links and anchors are checked like those of any page.
    """
    language = build.addresses.language_of(page.file.src_uri)
    subject = _subject(page, build)
    if subject is not None:
        return f"{markdown}\n\n{statement_headings(subject, language)}"
    if page.meta.get("view") != GLOSSARY_VIEW:
        return markdown
    return f"{markdown}\n\n{glossary_markdown(build.library.vocabulary.glossary, language)}"


def finished(html: str, page: Page, build: Build) -> str:
    """Return the content of a page from what Markdown made of it."""
    # Judged before the site puts in anything of its own.
    build.page_problems += problems_of(html, WRITTEN, f"docs/{page.file.src_uri}")
    language = build.addresses.language_of(page.file.src_uri)
    html = _with_figures(html, page, build, language)
    html = _with_statements(html, page, build, language)
    # A plain string: what is put in below is HTML, and must not be escaped.
    html = str(_with_marks(html, page, build, language))
    if page.meta.get("view") == GLOSSARY_VIEW:
        before, *words = _FIRST_PART.split(html, maxsplit=1)
        index = build.renderer.glossary_index(build.library.vocabulary.glossary, language)
        html = f"{before}{index}{''.join(words)}"
    is_checklist = page.meta.get("type") == CHECKLIST
    if is_checklist:
        html = _POINT.sub(_TICK, html)
    # An input that nobody can use has no place in the order of focus: show an empty box.
    html = html.replace(_OPEN_TASK, _BOX)
    html = _with_scrolling_tables(html, language)
    if is_checklist:
        html = _folded(html)
    if "view" not in page.meta and page.meta.get("terms") is not False:
        html = with_terms(html, language, page.url, build)
    # What a form says is no text of the page: no term is explained in it.
    return _with_form(html, page, build, language) if page.meta.get("type") in TYPES else html


def fill_views(config: MkDocsConfig, files: Files) -> None:
    """Put hand-written text into generated views, once every page has been read."""
    for file in files.documentation_pages():
        page = file.page
        if page is not None and page.meta.get("view") in VIEWS:
            page.content = render_view(page, config, files)


def _with_figures(html: str, page: Page, build: Build, language: Language) -> str:
    """Draw every figure where its line stood."""
    wanted = build.charts.get(page.file.src_uri)
    if not wanted:
        return html

    def drawn(match: re.Match[str]) -> str:
        line, table = wanted[int(match[1])], match[2] or ""
        chart = build_chart(line, read_table(table), language)
        if isinstance(chart, list):  # the check has told of it
            return table
        # The table is Markdown's own, of a page of this repository.
        return build.renderer.chart(chart, Markup(table), language)  # noqa: S704

    return MARKER.sub(drawn, html)


def _with_statements(html: str, page: Page, build: Build, language: Language) -> str:
    """Put what each statement on law and money says below its heading."""
    subject = _subject(page, build)
    if subject is None:
        return html
    library, writer = build.library, Writer(language, build.languages)

    def body(id_: str) -> Markup:
        view = build_statement(subject[id_], library.vocabulary, writer, library.today)
        return build.renderer.statement(view, language)

    top = build.renderer.statements(build_subject(subject, writer, library.today), language)
    return put_in_statements(html, top, body)


def _subject(page: Page, build: Build) -> Subject | None:
    """Return the statements of a page; None for a page of anything else."""
    return build.library.vocabulary.statements.get(str(page.meta.get("statements"))) or None


def _with_marks(html: str, page: Page, build: Build, language: Language) -> Markup:
    """Number what the page cites: as its front matter lists it, then what needs no listing."""
    return build.renderer.marks(
        numbered(out_of_links(html), page_references(page, build).number),
        language,
        build.marked.setdefault(page.file.src_uri, []),
    )


def _with_scrolling_tables(html: str, language: Language) -> str:
    """Let wide tables scroll sideways, by keyboard too, and tell what their headings head.

    A region that scrolls must be focusable and named (WCAG 2.1.1).  Columns that the text aligns
    (``|--:|``) get a class: the page's own policy allows no inline style.
    """
    count = 0

    def wrapped(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        label = Markup.escape(language.text("page.table", number=count))
        table = _CELL.sub(_cell, match.group(1))
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">'
            f"<table>{table}</table></div>"
        )

    return _TABLE.sub(wrapped, html)


def _cell(match: re.Match[str]) -> str:
    tag, side = match.groups()
    scope = ' scope="col"' if tag == "th" else ""
    alignment = f' class="align-{side}"' if side else ""
    return f"<{tag}{scope}{alignment}>"


def _folded(html: str) -> str:
    """Fold each part of a checklist but the first: style sheets open all on paper."""
    above, *parts = re.split(r"(?=<h2)", html)
    for number, part in enumerate(parts):
        heading, end, rest = part.partition("</h2>")
        above += (
            f'<details class="form-part"{"" if number else " open"}><summary>{heading}{end}'
            f' <span class="form-part-count" data-pagefind-ignore></span></summary>{rest}</details>'
        )
    return above


def _with_form(html: str, page: Page, build: Build, language: Language) -> str:
    """Put a form's tools and its templates above the first part of the page."""
    uri = page.file.src_uri
    facets = {facet for names in _FACETS.findall(html) for facet in names.split(",")}
    case = build.addresses.case_uri("{id}", language).removesuffix(".md")
    ways = {
        "catalogue": build.frame.href(CATALOGUE, language, page.url),
        "case": get_relative_url(f"{case}/", page.url),
    }
    name = build.addresses.in_language(uri, build.languages.default).removesuffix(".md")
    choices = build_choices(facets, build.library, language)
    form = build.renderer.fillable(
        name, str(page.meta["type"]), choices, language, ways, len(_ITEM.findall(html))
    )
    before, *parts = _FIRST_PART.split(html, maxsplit=1)
    return f"{before}{form}{''.join(parts)}"
