"""The pages of cases."""

from __future__ import annotations

from functools import partial

from casebook.files.pictures import FOLDER as PICTURES
from casebook.languages import Language
from casebook.page.case_page import build_case_page, case_anchors
from casebook.render.pages import Shown
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from website.ahead import BodiesAhead
from website.build import Build
from website.explanations import with_terms
from website.generated import RecordPage, generated_file
from website.links import PageLinks


def add_cases(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add a page for each case and language."""
    ahead = BodiesAhead()
    for language in build.languages:
        for id_ in build.library.cases:
            file = generated_file(config, build.addresses.case_uri(id_, language))
            files.append(file)
            make_view = partial(build_case_page, id_, build.library, language)
            page = RecordPage(file, config, make_view, ahead.body)
            page.anchors = case_anchors(language)
            ahead.add(file.src_uri, partial(_body, page, build, language))


def _body(page: RecordPage, build: Build, language: Language) -> Markup:
    view, file = page.view, page.file
    html = build.renderer.case(
        view,
        language,
        PageLinks(build, language, file.url),
        build.frame.report_href(view.id, view.title, language, file.url),
        PageLinks(build, build.languages.default, file.url).case(view.id),
        {
            picture.file: Shown(
                get_relative_url(f"{PICTURES}/{picture.file}", file.url),
                *build.pictures[picture.file],
            )
            for picture in view.pictures
        },
        build.pdfs.link(file),
        build.languages.default.html,
        build.pdfs.brief_link(file),
    )
    return with_terms(html, language, file.url, build)
