"""Words of the glossary on hand-written pages, explained where they first stand."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from website.build import current_build
from website.explanations import with_terms
from website.generated import GeneratedPage


@event_priority(-100)  # when everything else that changes the text has had its say
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Explain terms, unless the page is made from a view or says ``terms: false``.

    Pages of cases have had theirs explained when they were made.
    """
    if isinstance(page, GeneratedPage) or "view" in page.meta or page.meta.get("terms") is False:
        return html
    build = current_build(config)
    language = build.language_of(page.file.src_uri)
    return with_terms(html, language, page.url, build, build.frame)
