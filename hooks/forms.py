"""Checklists and worksheets: the form stands above the first part of the page."""

from __future__ import annotations

import re

from casebook.handwritten.front_matter import TYPES
from casebook.handwritten.page import CASES_FOLDER
from casebook.page.forms import build_choices
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from website.build import current_build
from website.context import CATALOGUE

_FACETS = re.compile(r'<li [^>]*data-facets="([^"]*)"')
_FIRST_PART = "<h2"


@event_priority(-110)  # after terms are explained: what the form says is no text of the page
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the form's tools and its templates above the first part of the page."""
    kind = page.meta.get("type")
    if kind not in TYPES:
        return html
    build = current_build(config)
    uri = page.file.src_uri
    language = build.language_of(uri)
    facets = {facet for names in _FACETS.findall(html) for facet in names.split(",")}
    case = build.in_language(f"{CASES_FOLDER}/{{id}}.md", language).removesuffix(".md")
    frame = build.frame
    ways = {
        "catalogue": frame.href(CATALOGUE, language, page.url),
        "case": get_relative_url(f"{case}/", page.url),
    }
    name = build.in_language(uri, build.languages.default).removesuffix(".md")
    choices = build_choices(facets, build.library, language)
    form = build.renderer.fillable(name, str(kind), choices, language, ways)
    before, part, after = html.partition(_FIRST_PART)
    return f"{before}{form}{part}{after}"
