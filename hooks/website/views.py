"""Pages that are half written by hand, half made from the site: home, catalogue, guides."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.languages import Language
from casebook.page.catalogue import build_catalogue
from casebook.page.home import build_home
from casebook.page.references import ReferenceList
from casebook.page.writing import Writer
from casebook.render.pages import Guide
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.build import Build, current_build
from website.case_file import GeneratedPage
from website.context import CATALOGUE, GUIDES, Frame
from website.navigation import Node

VIEWS = ("home", "catalogue", "guides")
"""What ``view`` in a page's front matter may say, for pages that are made around their text."""
GLOSSARY_VIEW = "glossary"
"""The view whose terms are put in as Markdown, before the page is made."""


def render_view(page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the generated page around the hand-written text of ``page``.

    Every page must have been read, since home lists the guides with their titles.
    """
    build = current_build(config)
    frame = Frame(config, files, build)
    language = build.language_of(page.file.src_uri)
    default = build.languages.default

    def case_href(id_: str) -> str:
        return frame.href(build.case_uri(id_, default), language, page.url)

    intro = Markup(page.content or "")  # noqa: S704 - a page of this repository, not a record
    guides = list(_guides(page, language, files, build))
    if page.meta["view"] == "guides":
        return intro + build.renderer.guides(guides, language, case_href)
    if page.meta["view"] == "catalogue":
        catalogue = build_catalogue(build.library, language)
        return build.renderer.catalogue(catalogue, language, case_href, intro)
    return build.renderer.home(
        build_home(build.library, language),
        language,
        case_href,
        intro,
        frame.href(CATALOGUE, language, page.url),
        guides,
    )


def page_references(page: Page, build: Build) -> ReferenceList:
    """Return the sources of a hand-written page, numbered as its front matter lists them."""
    uri = page.file.src_uri
    if uri not in build.references:
        references = build.references[uri] = ReferenceList(build.library.vocabulary)
        for id_ in page.meta.get("sources") or ():
            if id_ in build.library.vocabulary.references:
                references.number(id_)
    return build.references[uri]


def render_sources(page: Page, config: MkDocsConfig) -> str | None:
    """Return the reference list of a hand-written page, or None when it names no sources."""
    if isinstance(page, GeneratedPage):
        return None
    build = current_build(config)
    language = build.language_of(page.file.src_uri)
    entries = page_references(page, build).entries(Writer(language, build.languages))
    if not entries:
        return None
    seen = build.marked.get(page.file.src_uri, [])
    return build.renderer.references(entries, language, lambda id_: id_, seen)


def _guides(page: Page, language: Language, files: Files, build: Build) -> Iterator[Guide]:
    """Yield the guides in ``language`` in the order of the navigation, without their chapters."""
    shelf = next((node for node in build.navigation.nodes if _is_shelf(node)), None)
    if shelf is None:
        return
    for node in shelf.children:
        if node.file is None or node.file is shelf.file:  # the list of guides is no guide itself
            continue
        file = files.get_file_from_path(build.in_language(node.file.src_uri, language))
        guide = file.page if file is not None else None
        if file is not None and guide is not None:
            href = get_relative_url(file.url, page.url)
            yield Guide(guide.title or "", str(guide.meta.get("description", "")), href)


def _is_shelf(node: Node) -> bool:
    return node.file is not None and node.file.src_uri == GUIDES
