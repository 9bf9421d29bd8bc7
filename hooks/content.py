"""Hand-written pages: views put in, sources cited, tables made usable, names checked."""

from __future__ import annotations

import logging
import re

from casebook.languages import Language
from casebook.record.citations import numbered, out_of_links
from casebook.render.glossary import glossary_markdown
from casebook.render.page_markdown import page_extensions
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from website.build import Build, current_build
from website.generated import GeneratedPage
from website.views import GLOSSARY_VIEW, VIEWS, page_references, render_view

log = logging.getLogger("mkdocs.hooks.content")

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_OPEN_TASK = '<input type="checkbox" disabled/>'
_BOX = '<span class="box" aria-hidden="true"></span>'
_CELL = re.compile(r'<(th|td)(?: style="text-align: (left|center|right);")?>')


def on_config(config: MkDocsConfig) -> None:
    """Read pages with the same Markdown as the check does."""
    config.markdown_extensions = page_extensions()


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the glossary's terms below its introduction, so that its links are checked as well."""
    if page.meta.get("view") != GLOSSARY_VIEW:
        return markdown
    build = current_build(config)
    language = build.language_of(page.file.src_uri)
    return f"{markdown}\n\n{glossary_markdown(build.library.vocabulary.glossary, language)}"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark what the text cites, and make tables usable."""
    if isinstance(page, GeneratedPage):
        return html
    build = current_build(config)
    _check_view(page)
    language = build.language_of(page.file.src_uri)
    # A plain string: what is put in below is HTML, and must not be escaped.
    html = str(_with_marks(html, page, build, language))
    # An input that nobody can use has no place in the order of focus: show an empty box.
    html = html.replace(_OPEN_TASK, _BOX)
    return _with_scrolling_tables(html, language)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Put hand-written text into generated views, now that every page has been read."""
    for file in files.documentation_pages():
        page = file.page
        if page is not None and page.meta.get("view") in VIEWS:
            page.content = render_view(page, config, files)


def _check_view(page: Page) -> None:
    """Warn of a view that does not exist (an error in strict builds)."""
    view = page.meta.get("view")
    known_views = (*VIEWS, GLOSSARY_VIEW)
    if view is not None and view not in known_views:
        names = ", ".join(known_views)
        log.warning("%s: view: there is no %r (%s)", page.file.src_uri, view, names)


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
