"""The pages at addresses of cases that were renamed or withdrawn."""

from __future__ import annotations

from functools import partial

from casebook.languages import Language
from casebook.page.notices import Notice, renamed, withdrawn
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from website.addresses import CATALOGUE
from website.build import Build
from website.generated import NoticePage, generated_file
from website.links import PageLinks


def add_notices(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add a page for each former id and each withdrawn case, in every language."""
    library = build.library
    for language in build.languages:
        for old, id_ in library.names.former.items():
            file = generated_file(config, build.addresses.case_uri(old, language))
            files.append(file)
            view = partial(renamed, old, library, language)
            page = NoticePage(file, config, view, partial(_body, build, language))
            page.leads_to = build.addresses.case_uri(id_, language)
        for id_ in library.withdrawn:
            file = generated_file(config, build.addresses.case_uri(id_, language))
            files.append(file)
            view = partial(withdrawn, id_, library, language)
            NoticePage(file, config, view, partial(_body, build, language))


def _body(build: Build, language: Language, view: Notice, file: File) -> Markup:
    links = PageLinks(build, language, file.url)
    catalogue = build.frame.href(CATALOGUE, language, file.url)
    return build.renderer.notice(view, language, links, catalogue)
