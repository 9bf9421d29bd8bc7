"""The pages of this site with stock Material: same addresses, same text, its own search."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.stock import escape
from casebook.search.article import Article, read_article
from messages import ToolError

CONFIG = """\
site_name: Stock Material
site_url: http://127.0.0.1:8000/
theme: material
plugins:
  - search:
      lang: ["no", "en"]
not_in_nav: |
  *
validation:
  nav:
    omitted_files: ignore
"""
"""Material as it comes, with the stemmers of both languages ("no" in quotes: else it is False)."""


def searched_pages(site: Path) -> Mapping[str, Article]:
    """Return what is searched of the built site, by the folder of each page."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        article = read_article(file.read_text(encoding="utf-8"))
        if article is not None:
            found[file.parent.relative_to(site).as_posix()] = article
    return found


def build_stock(pages: Mapping[str, Article], home: Path) -> Path:
    """Build the pages with stock Material in ``home`` and return the built site.

    Raises:
        ToolError: Material could not build them.
    """
    docs = home / "docs"
    docs.mkdir(parents=True)
    (home / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (docs / "index.md").write_text("# Stock Material\n", encoding="utf-8")
    for folder, article in pages.items():
        page = docs / folder / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_markdown(article), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise ToolError(
            "Siden med Material som det kommer, kunne ikke bygges: se over.",
            "The site with stock Material could not be built: see above.",
        )
    return home / "site"


def _markdown(article: Article) -> str:
    lines = [f"# {escape(article.title)}", escape(article.opening)]
    for section in article.sections:
        anchor = f' id="{section.id}"' if section.id else ""
        level = max(section.level, 2)
        lines += [f"<h{level}{anchor}>{escape(section.title)}</h{level}>", escape(section.text)]
    return "\n\n".join(lines) + "\n"
