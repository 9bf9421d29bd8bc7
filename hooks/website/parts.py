"""What hand-written pages may show of the site's own settings and vocabularies."""

from __future__ import annotations

import logging
from functools import partial

from casebook.languages import Language
from casebook.page.parts import Parts, evidence_table
from casebook.page.tips import tip_markdown
from mkdocs.config.defaults import MkDocsConfig

from website.build import Build

log = logging.getLogger("mkdocs.hooks.parts")


def parts_of_site(config: MkDocsConfig, build: Build, language: Language) -> Parts:
    """Return the parts that a page in ``language`` may show."""
    return {
        "evidence": partial(evidence_table, build.library.vocabulary, language),
        "owner": partial(_owner, config, language),
        "hosting": partial(_hosting, config, language),
        "tip": partial(_tip, config, language),
    }


def _owner(config: MkDocsConfig, language: Language) -> str:
    owner = config.extra.get("owner") or {}
    name, url = owner.get("name"), owner.get("url")
    if not name:
        return language.text("about.no_owner")
    return language.text("about.owner", owner=f"[{name}]({url})" if url else name)


def _hosting(config: MkDocsConfig, language: Language) -> str:
    told = config.extra.get("hosting") or {}
    return str(told.get(language.code) or language.text("about.no_hosting"))


def _tip(config: MkDocsConfig, language: Language) -> str:
    repository = config.extra.get("repository") or {}
    editors = str(config.extra.get("editors") or "")
    try:
        return tip_markdown(editors, str(repository.get("url") or ""), language)
    except ValueError as error:
        log.warning("mkdocs.yml: %s", error)  # an error in strict builds
        return tip_markdown("", "", language)
