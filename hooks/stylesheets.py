"""Stylesheets are put together as pages link to them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from website.stylesheets import put_together


def on_post_build(config: MkDocsConfig) -> None:
    """Put what a stylesheet imports into it, so that a browser fetches one file."""
    try:
        put_together(Path(config.site_dir) / "assets" / "stylesheets")
    except ValueError as error:
        raise PluginError(f"docs/assets/stylesheets: {error}") from error
