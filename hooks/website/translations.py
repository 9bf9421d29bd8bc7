"""What ``mkdocs-i18n`` is told has to agree with the strings."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from website.build import Build


def check_languages(config: MkDocsConfig, build: Build) -> None:
    """Check that the plugin and the strings name the same languages.

    Raises ConfigurationError when they differ.
    """
    languages = build.languages
    settings = config.plugins["i18n"].config
    expected = {language.code: language.name for language in languages}
    if settings["languages"] != expected or settings["default_language"] != languages.default.code:
        raise ConfigurationError(
            f"mkdocs.yml: plugins/i18n: languages must be {expected}, the default "
            f"{languages.default.code}: the same as in hooks/casebook/strings/*/language.yml"
        )
