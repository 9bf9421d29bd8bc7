"""What the form for cases reads becomes files of the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from website.build import current_build
from website.form_files import write_form_data


def on_post_build(config: MkDocsConfig) -> None:
    """Write the description of the format, and the records."""
    write_form_data(current_build(config), Path(config.site_dir))
