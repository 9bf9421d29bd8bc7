"""PDFs are made when every page has been read, and before any is written, so that pages link."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from website.build import current_build
from website.pdf import make_pdfs


@event_priority(-100)  # when the frame is there and everything faulty has stopped the build
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Make the PDFs that are not there yet.

    Raises Abort when a document has a fault.
    """
    build = current_build(config)
    build.pdfs = make_pdfs(config, files, build)


def on_post_build(config: MkDocsConfig) -> None:
    """Put the PDFs beside their pages."""
    current_build(config).pdfs.write(Path(config.site_dir))
