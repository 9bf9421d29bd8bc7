"""Pages that are half written by hand, half made from the records: home and catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.languages import Language
from casebook.page.catalogue import build_catalogue, build_home
from casebook.page.references import numbered
from casebook.page.writing import Writer
from casebook.render.pages import Guide
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.build import Build, current_build
from website.case_file import GeneratedPage
from website.context import CATALOGUE, Frame

VIEWS = ("home", "catalogue")
"""What ``view`` in a page's front matter may say."""


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
    if page.meta["view"] == "catalogue":
        catalogue = build_catalogue(build.library, language)
        return build.renderer.catalogue(catalogue, language, case_href, intro)
    return build.renderer.home(
        build_home(build.library, language),
        language,
        case_href,
        intro,
        frame.href(CATALOGUE, language, page.url),
        list(_guides(page, language, files, build)),
    )


def render_sources(page: Page, config: MkDocsConfig) -> str | None:
    """Return the reference list of a hand-written page, or None when it names no sources."""
    build = current_build(config)
    ids = page.meta.get("sources") or ()
    known = [id_ for id_ in ids if id_ in build.library.vocabulary.references]
    if isinstance(page, GeneratedPage) or not known:
        return None
    language = build.language_of(page.file.src_uri)
    writer = Writer(language, build.languages)
    references = numbered(known, build.library.vocabulary, writer)
    return build.renderer.references(references, language, lambda id_: id_)


def _guides(page: Page, language: Language, files: Files, build: Build) -> Iterator[Guide]:
    """Yield the guides in ``language`` (pages that name their sources) by their address."""
    for file in sorted(files.documentation_pages(), key=lambda file: file.src_uri):
        guide = file.page
        if (
            guide is not None
            and not isinstance(guide, GeneratedPage)
            and guide.meta.get("sources")
            and build.language_of(file.src_uri) is language
        ):
            href = get_relative_url(file.url, page.url)
            yield Guide(guide.title or "", str(guide.meta.get("description", "")), href)
