"""One site in several languages: what ``mkdocs-i18n`` is told, and what it is spared."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from website.build import current_build
from website.context import HOME
from website.navigation import SiteFiles, take_over

_PLUGIN = "i18n"


def on_config(config: MkDocsConfig) -> None:
    """Check that the plugin and the strings name the same languages, each with a front page.

    The page frame is our own and loads nothing of the theme's, so MkDocs need not look through the
    thousands of files there.

    Raises ConfigurationError when they differ, or a front page is missing.
    """
    build = current_build(config)
    config.theme.dirs = [str(build.templates)]
    languages = build.languages
    settings = config.plugins[_PLUGIN].config
    expected = {language.code: language.name for language in languages}
    if settings["languages"] != expected or settings["default_language"] != languages.default.code:
        raise ConfigurationError(
            f"mkdocs.yml: plugins/{_PLUGIN}: languages must be {expected}, the default "
            f"{languages.default.code}: the same as in hooks/casebook/strings/*/language.yml"
        )
    for language in languages:
        front_page = build.in_language(HOME, language)
        if not Path(config.docs_dir, front_page).is_file():
            raise ConfigurationError(
                f"docs/{front_page} is missing: {language.name} needs a front page"
            )


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Hand on files that answer the plugin at once."""
    return SiteFiles(files)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the tree for ourselves and hand an empty one on (see ``website.navigation``)."""
    translations = config.plugins[_PLUGIN].config["translate_nav"]
    current_build(config).navigation = take_over(nav, translations)
    return Navigation([], [])
