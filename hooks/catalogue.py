"""The catalogue's data become files of the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from website.build import current_build
from website.catalogue_files import write_catalogue_data


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the catalogue's script reads."""
    write_catalogue_data(current_build(config), Path(config.site_dir))
