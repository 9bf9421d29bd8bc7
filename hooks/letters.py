"""Letters of all scripts: text from the right kept apart, and fonts for what the typeface lacks."""

from __future__ import annotations

from pathlib import Path

from casebook.letters.isolation import isolated
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from website.letters import write_letters


@event_priority(-50)  # when the page is whole, and before the search takes it
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep every run of text that is read from the right apart from what stands beside it."""
    del page, config
    return isolated(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the fonts that the finished pages need, before style sheets are put together."""
    write_letters(Path(config.site_dir))
