"""Pages on paper: a letter at each link that leaves the site, and the addresses below the text."""

from __future__ import annotations

from typing import Any

from casebook.render.addresses import with_letters
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from website.build import current_build


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Letter the links of the finished page; comes after the frame, which finishes it."""
    # The page itself stays as it is: PDFs are made from it, and it may be written a second time.
    content, addresses = with_letters(page.content or "")
    build = current_build(config)
    language = build.language_of(page.file.src_uri)
    rendered = build.renderer.addresses(addresses, language) if addresses else ""
    values: dict[str, Any] = {"content": content, "addresses": rendered}
    context.update(values)  # type: ignore[typeddict-item]
    return context
