"""The page frame: escaping, what its templates are told, and files for the host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from website.build import current_build
from website.context import Frame
from website.generated import GeneratedPage
from website.policy import headers_file
from website.views import render_sources


@event_priority(-150)  # when all files are there
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Get ready to tell of pages; most of it must wait until they are read."""
    build = current_build(config)
    build.frame = Frame(config, files, build)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Escape by default: all templates are ours and mark what is HTML."""
    env.autoescape = True
    return env


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the page its frame."""
    del nav
    build = current_build(config)
    language = build.language_of(page.file.src_uri)
    if isinstance(page, GeneratedPage):
        page.finish()
    values: dict[str, Any] = {
        "site": build.frame.page(page, render_sources(page, config)),
        "t": language.text,
    }
    context.update(values)  # type: ignore[typeddict-item]
    return context


@event_priority(-200)  # when everyone has seen it
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let go of a generated page once it is written."""
    del config
    if isinstance(page, GeneratedPage):
        page.forget()
    return output


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """Give error pages a frame in every language, and the sitemap its addresses."""
    build = current_build(config)
    default = build.languages.default
    values: dict[str, Any] = {"t": default.text, "site": build.frame.error(default)}
    if template_name == "404.html":
        values["site_versions"] = [
            {"site": build.frame.error(language), "t": language.text}
            for language in build.languages
        ]
    elif template_name == "sitemap.xml":
        values["entries"] = build.frame.sitemap()
    context.update(values)  # type: ignore[typeddict-item]
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write the headers that the page's own policy cannot carry."""
    text = headers_file(config.site_url or "/")
    Path(config.site_dir, "_headers").write_text(text, encoding="utf-8")
