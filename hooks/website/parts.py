"""What hand-written pages may show of the site's own settings and vocabularies."""

from __future__ import annotations

import logging
from functools import partial

from casebook.languages import Language
from casebook.page.parts import Parts, evidence_table
from casebook.page.tips import tip_markdown
from casebook.record.vocabulary import Context
from casebook.render.field_reference import field_reference, source_reference
from casebook.render.status import status_markdown
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
        "status": partial(_status, build, language),
        "fields": partial(_fields, build, language),
        "source_fields": partial(source_reference, language),
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


def _status(build: Build, language: Language) -> str:
    """Return the table for editors; a build has no problems when it comes so far."""
    return status_markdown(build.statuses, build.library, language, "../eksempler/")


def _fields(build: Build, language: Language) -> str:
    return field_reference(language, Context(build.languages, build.library.vocabulary))


def _tip(config: MkDocsConfig, language: Language) -> str:
    repository = config.extra.get("repository") or {}
    editors = str(config.extra.get("editors") or "")
    try:
        return tip_markdown(editors, str(repository.get("url") or ""), language)
    except ValueError as error:
        log.warning("mkdocs.yml: %s", error)  # an error in strict builds
        return tip_markdown("", "", language)
