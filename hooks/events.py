"""The build of the site from beginning to end: each event of MkDocs, and what is done at it.

MkDocs calls these functions in the order in which they stand here, those for pages once for each
page.  Of the plugins only ``mkdocs-i18n`` takes part.  It comes first at every event where both
do something; where it has to come later or in between, a comment says so.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from casebook.gate.lists import FINISHED
from casebook.letters.isolation import isolated
from casebook.problem import Problem, errors
from casebook.render.addresses import with_letters
from casebook.render.page_markdown import page_extensions
from casebook.report import write_report
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from website import written
from website.build import Build, current_build, start_build
from website.case_files import add_cases
from website.catalogue_files import write_catalogue_data
from website.facet_files import add_facets
from website.form_files import write_form_data
from website.frame import Frame
from website.gate import let_through
from website.generated import GeneratedPage
from website.letters import write_letters
from website.navigation import SiteFiles, take_over
from website.notices import add_notices
from website.pdf import make_pdfs
from website.policy import headers_file
from website.search_index import Search, kind_of, make_search
from website.stylesheets import put_together
from website.translations import check_languages
from website.views import render_sources

_SEARCH = "casebook_search"


def on_config(config: MkDocsConfig) -> None:
    """Read and check everything that is written: languages, vocabularies, records and pages.

    Raises ConfigurationError when the plugin and the strings name different languages.
    """
    build = start_build(config)
    check_languages(config, build)
    # The page frame is our own and loads nothing of the theme's, so MkDocs need not look through
    # the thousands of files there.
    config.theme.dirs = [str(build.templates)]
    config.markdown_extensions = page_extensions()  # the same Markdown as in the check


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop before the old site is touched when a record or page has a problem; list all.

    Raises Abort.
    """
    build = current_build(config)
    _stop_at(build.problems, "records and pages / feil i eksempler og sider", build)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the files that are on the list, and add the pages of cases and facets.

    MkDocs takes whatever lies in the folder of pages, follows every link, and adds the theme's
    files.  What is not on the list is left out also where the check was passed over.
    """
    build = current_build(config)

    def is_listed(file: File) -> bool:
        return file.src_dir == config.docs_dir and file.src_uri in build.published

    files = SiteFiles(Files(file for file in files if is_listed(file)))
    add_cases(files, config, build)
    add_facets(files, config, build)
    add_notices(files, config, build)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the tree for ourselves and hand an empty one on (see ``website.navigation``)."""
    build = current_build(config)
    build.navigation = take_over(nav, config.plugins["i18n"].config["translate_nav"])
    build.frame = Frame(config, files, build.addresses, build.navigation, build.library)
    return Navigation([], [])


@event_priority(100)  # before the plugin adds anything: problems keep the numbers of their lines
def _put_in_parts(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if isinstance(page, GeneratedPage):
        return markdown
    return written.with_parts(markdown, page, config, current_build(config))


def _put_in_vocabulary(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return written.with_vocabulary(markdown, page, current_build(config))


on_page_markdown = CombinedEvent(_put_in_parts, _put_in_vocabulary)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Judge what Markdown made of a page, and finish it."""
    if isinstance(page, GeneratedPage):
        return html
    return written.finished(html, page, current_build(config))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Do what needs every page to be read: views, PDFs, the beginning of the search.

    Raises Abort when a hand-written page has a problem (all are listed), and in CI when a PDF
    cannot be made.
    """
    build = current_build(config)
    _stop_at(sorted(build.page_problems), "pages / feil i sider", build)
    env.autoescape = True  # all templates are ours and mark what is HTML
    written.fill_views(config, files)
    if build.later is None:
        config.extra[_SEARCH] = Search(files, build, Path(config.site_dir))
    else:
        build.later.jobs.append(partial(make_search, files, build, build.later.search))
    # Before any page is written, so that pages say how long their PDFs are.
    build.pdfs = make_pdfs(config, files, build)
    return env


def _put_in_frame(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Tell the template of the frame what it needs for a page."""
    build = current_build(config)
    language = build.addresses.language_of(page.file.src_uri)
    if isinstance(page, GeneratedPage):
        page.finish()
    # The page itself stays as it is: PDFs are made from it, and it may be written a second time.
    content, addresses = with_letters(page.content or "")
    values: dict[str, Any] = {
        "site": build.frame.page(page, render_sources(page, config), build.pdfs.link(page.file)),
        "t": language.text,
        "content": content,
        "addresses": build.renderer.addresses(addresses, language) if addresses else "",
        "searched": kind_of(page, build) is not None,
    }
    context.update(values)  # type: ignore[typeddict-item]
    return context


@event_priority(-200)  # when everything that may change the content has had its say
def _judge(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Judge what the template shows.

    Raises Abort when it holds anything that may not go out.
    """
    uri = page.file.src_uri
    path = uri if isinstance(page, GeneratedPage) else f"docs/{uri}"
    let_through(str(context.get("content") or ""), FINISHED, path, current_build(config))
    return context


on_page_context = CombinedEvent(_put_in_frame, _judge)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep texts from right to left apart, give the page to the search, and forget it."""
    output = isolated(output)
    search: Search | None = config.extra.get(_SEARCH)
    if search is not None:
        search.take(page, output)
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
    """Write the files that are no pages.

    Raises PluginError when a stylesheet imports one that is not there, and Abort when the engine
    of the search is missing or refuses a page.
    """
    build = current_build(config)
    site = Path(config.site_dir)
    write_catalogue_data(build, site)
    write_form_data(build, site)
    (site / "_headers").write_text(headers_file(config.site_url or "/"), encoding="utf-8")
    build.pdfs.write(site, build.frame.renamed())
    write_letters(site)  # for what all these files say; its style sheet is imported by others
    try:
        put_together(site / "assets" / "stylesheets")
    except ValueError as error:
        raise PluginError(f"docs/assets/stylesheets: {error}") from error
    search: Search | None = config.extra.get(_SEARCH)
    if search is not None:
        search.write()


def _stop_at(problems: list[Problem], where: str, build: Build) -> None:
    write_report(problems, "text", build.languages.default, sys.stderr)
    stopping = errors(problems)
    if stopping:
        raise Abort(f"{len(stopping)} problems in {where}")
