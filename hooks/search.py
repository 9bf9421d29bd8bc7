"""Search: pages are taken as they are finished, and the index is made when all are written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from website.build import current_build
from website.search import Search, kind_of, make_search

_KEY = "casebook_search"


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Get ready: every page has been read."""
    build = current_build(config)
    if build.later is None:
        config.extra[_KEY] = Search(files, build, Path(config.site_dir))
    else:
        build.later.jobs.append(partial(make_search, files, build, build.later.search))


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Tell the template whether the search looks into the page."""
    del nav
    searched = kind_of(page, current_build(config)) is not None
    context.update({"searched": searched})  # type: ignore[misc]
    return context


@event_priority(-100)  # when everything else that changes the page has had its say
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take the page as it is written."""
    search: Search | None = config.extra.get(_KEY)
    if search is not None:
        search.take(page, output)
    return output


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the index, after every hook that adds pages.

    Raises Abort when the engine is missing or refuses a page.
    """
    search: Search | None = config.extra.get(_KEY)
    if search is not None:
        search.write()
