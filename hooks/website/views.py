"""Pages half written by hand, half made from the site: home, catalogue, form and the like."""

from __future__ import annotations

from casebook.handwritten.front_matter import DESK_VIEWS
from casebook.handwritten.places import BOOKLET, CATALOGUE, COMPARE, LIST, SEARCH
from casebook.page.catalogue import build_catalogue
from casebook.page.home import build_home
from casebook.page.references import ReferenceList
from casebook.page.writing import Writer
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.build import Build, current_build
from website.catalogue_files import catalogue_data_place
from website.form_files import form_place
from website.generated import GeneratedPage
from website.guides import all_guides
from website.links import PageLinks


def render_view(page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the generated page around the hand-written text of ``page``.

    Every page must have been read, since home lists the guides with their titles.
    """
    build = current_build(config)
    frame = build.frame
    language = build.addresses.language_of(page.file.src_uri)
    if page.meta["view"] == "search":  # the page frame brings the field and the results
        return page.content or ""
    links = PageLinks(build, language, page.url)
    intro = Markup(page.content or "")  # noqa: S704 - a page of this repository, not a record
    if page.meta["view"] in DESK_VIEWS:
        place = catalogue_data_place(build, language, page.url)
        pages = {"catalogue": CATALOGUE, "compare": COMPARE, "list": LIST, "booklet": BOOKLET}
        ways = {name: frame.href(uri, language, page.url) for name, uri in pages.items()}
        return build.renderer.desk(str(page.meta["view"]), language, intro, place, ways)
    guides = [guide.seen_from(page) for guide in all_guides(language, files, build)]
    if page.meta["view"] == "guides":
        return intro + build.renderer.guides(guides, language, links)
    if page.meta["view"] == "form":
        return build.renderer.form(language, intro, form_place(build, language, page.url))
    if page.meta["view"] == "catalogue":
        catalogue = build_catalogue(build.library, language)
        place = catalogue_data_place(build, language, page.url)
        tell = frame.tell_href(language, page.url)
        return build.renderer.catalogue(catalogue, language, links, intro, place, tell)
    return build.renderer.home(
        build_home(build.library, language),
        language,
        links,
        intro,
        {
            "catalogue": frame.href(CATALOGUE, language, page.url),
            "search": frame.href(SEARCH, language, page.url),
        },
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
    language = build.addresses.language_of(page.file.src_uri)
    entries = page_references(page, build).entries(Writer(language, build.languages))
    if not entries:
        return None
    seen = build.marked.get(page.file.src_uri, [])
    links = PageLinks(build, language, page.url)
    return build.renderer.references(entries, language, links, seen)
