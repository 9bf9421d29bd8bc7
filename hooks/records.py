"""Records become pages: read and checked before anything else, then added to the site's files."""

from __future__ import annotations

import logging
import sys
from functools import partial

from casebook.files.pictures import FOLDER as PICTURES
from casebook.languages import Language
from casebook.page.case_page import build_case_page
from casebook.render.pages import Shown
from casebook.report import write_report
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url
from website.ahead import BodiesAhead
from website.build import Build, current_build, start_build
from website.explanations import with_terms
from website.generated import RecordPage, generated_file
from website.links import PageLinks

log = logging.getLogger("mkdocs.hooks.records")


def on_config(config: MkDocsConfig) -> None:
    """Read languages, vocabularies and records."""
    start_build(config)


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop before the old site is touched when a record or page has a problem; list all.

    Raises Abort.
    """
    build = current_build(config)
    if build.problems:
        write_report(build.problems, "text", build.languages.default, sys.stderr)
        raise Abort(
            f"{len(build.problems)} problems in records and pages / feil i eksempler og sider"
        )


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add a page for each case and language."""
    build = current_build(config)
    ahead = BodiesAhead()
    for language in build.languages:
        for id_ in build.library.cases:
            file = generated_file(config, build.case_uri(id_, language))
            files.append(file)
            make_view = partial(build_case_page, id_, build.library, language)
            page = RecordPage(file, config, make_view, ahead.body)
            ahead.add(file.src_uri, partial(_body, page, build, language))


def _body(page: RecordPage, build: Build, language: Language) -> Markup:
    view, file, frame = page.view, page.file, build.frame
    html = build.renderer.case(
        view,
        language,
        PageLinks(build, frame, language, file.url),
        frame.report_href(view.id, view.title, language, file.url),
        PageLinks(build, frame, build.languages.default, file.url).case(view.id),
        {
            picture.file: Shown(
                get_relative_url(f"{PICTURES}/{picture.file}", file.url),
                *build.pictures[picture.file],
            )
            for picture in view.pictures
        },
        build.pdfs.link(file),
    )
    return with_terms(html, language, file.url, build, frame)
