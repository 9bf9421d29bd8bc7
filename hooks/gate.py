"""What goes out is judged as it is: after Markdown, and once more right before it is written."""

from __future__ import annotations

from casebook.gate.lists import FINISHED, WRITTEN
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from website.build import current_build
from website.gate import let_through, problems_of
from website.generated import GeneratedPage


@event_priority(100)  # before the site puts in anything of its own
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Judge what Markdown made of a page; problems are told when every page has been read."""
    if not isinstance(page, GeneratedPage):
        build = current_build(config)
        build.page_problems += problems_of(html, WRITTEN, _path(page))


@event_priority(-200)  # when everything else that changes the content has had its say
def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Judge the finished content of every page.

    Raises Abort when it holds anything that may not go out.
    """
    content = str(context.get("content") or "")  # what the template shows
    let_through(content, FINISHED, _path(page), current_build(config))


def _path(page: Page) -> str:
    return page.file.src_uri if isinstance(page, GeneratedPage) else f"docs/{page.file.src_uri}"
