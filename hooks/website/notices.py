"""Pages that lead on: at addresses of cases that were renamed or withdrawn, and at ``/en/``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from casebook.handwritten.places import CATALOGUE, HOME
from casebook.languages import Language
from casebook.page.case_page import case_anchors
from casebook.page.notices import Notice, front, renamed, withdrawn
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from website.build import Build
from website.generated import NoticePage, generated_file
from website.links import PageLinks


def add_notices(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add a page for each former id and each withdrawn case, in every language.

    And one where people guess that a language is, ``/en/``, which leads to its front page.
    """
    library = build.library
    for language in build.languages:
        door = generated_file(config, build.addresses.in_language(f"{language.code}.md", language))
        door.dest_uri, door.url = f"{language.code}/index.html", f"{language.code}/"
        files.append(door)
        page = NoticePage(door, config, partial(front, language), partial(_body, build, language))
        page.leads_to = build.addresses.in_language(HOME, language)
        views: dict[str, Callable[[], Notice]] = {
            **{old: partial(renamed, old, library, language) for old in library.names.former},
            **{id_: partial(withdrawn, id_, library, language) for id_ in library.withdrawn},
        }
        for id_, view in views.items():
            file = generated_file(config, build.addresses.case_uri(id_, language))
            files.append(file)
            page = NoticePage(file, config, view, partial(_body, build, language))
            page.anchors = case_anchors(language)
            if id_ in library.names.former:
                page.leads_to = build.addresses.case_uri(library.names.now(id_), language)


def _body(build: Build, language: Language, view: Notice, file: File) -> Markup:
    links = PageLinks(build, language, file.url)
    ways = {
        name: build.frame.href(uri, language, file.url)
        for name, uri in (("catalogue", CATALOGUE), ("front", HOME))
    }
    return build.renderer.notice(view, language, links, ways)
