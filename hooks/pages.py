"""What lines in braces ask for in hand-written pages.

``{chart: …}`` draws a figure from the table that stands below it; ``{show: …}`` puts in what the
site knows from elsewhere.
"""

from __future__ import annotations

import re
import sys

from casebook.page.chart_lines import MARKER, take_chart_lines
from casebook.page.charts import build_chart
from casebook.page.parts import put_in_parts, unknown_parts
from casebook.page.tables import read_table
from casebook.problem import Problem
from casebook.report import write_report
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from website.build import current_build
from website.generated import GeneratedPage
from website.parts import parts_of_site


@event_priority(100)  # before anything is added to the page, so that lines keep their numbers
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark where figures are asked for, and put in what comes from elsewhere."""
    if isinstance(page, GeneratedPage) or "{" not in markdown:
        return markdown
    build = current_build(config)
    path, source = f"docs/{page.file.src_uri}", page.file.content_string
    above = source.count("\n") - markdown.count("\n")
    markdown, wanted, problems = take_chart_lines(markdown, path, above)
    build.page_problems += problems
    if wanted:
        build.charts[page.file.src_uri] = wanted
        page.meta["charts"] = True  # the frame links the stylesheet
    parts = parts_of_site(config, build, build.language_of(page.file.src_uri))
    build.page_problems += unknown_parts(source, parts, path)
    return put_in_parts(markdown, parts)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Draw every figure where its line stood."""
    build = current_build(config)
    wanted = build.charts.get(page.file.src_uri)
    if not wanted:
        return html
    language = build.language_of(page.file.src_uri)

    def drawn(match: re.Match[str]) -> str:
        line, table = wanted[int(match[1])], match[2] or ""
        chart = build_chart(line, read_table(table), language)
        if isinstance(chart, list):
            build.page_problems.extend(chart)
            return table
        # The table is Markdown's own, of a page of this repository.
        return build.renderer.chart(chart, Markup(table), language)  # noqa: S704

    return MARKER.sub(drawn, html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Stop when a line or its table has a problem, with all of them, now that every page is read.

    Raises Abort.
    """
    build = current_build(config)
    problems: list[Problem] = sorted(build.page_problems)
    if problems:
        write_report(problems, "text", build.languages.default, sys.stderr)
        raise Abort(f"{len(problems)} problems in pages / feil i sider")
