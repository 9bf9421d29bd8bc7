"""The pages of a built site with stock Material for MkDocs: same addresses, same text.

Usage: python tools/stock_material.py SITE HOME PATTERN   (which pages)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from page_text import page_text

SEARCH = 'plugins:\n  - search:\n      lang: ["no", "en"]\n'
"""The search of Material with the stemmers of both languages ("no" in quotes: else it is False)."""
NO_SEARCH = "plugins: []\n"
CONFIG = """\
site_name: Stock Material
site_url: http://127.0.0.1:8000/
theme: material
markdown_extensions: [tables, toc, attr_list]
nav: [index.md]
not_in_nav: "*"
validation: {nav: {omitted_files: ignore}}
"""
"""Material as it comes; pages stand outside the navigation, which does not grow with them."""


def write_stock(pages: Iterable[Path], site: Path, home: Path, leave_out: str = "") -> None:
    """Write the project in ``home``: the text of ``pages`` of the built ``site`` as Markdown."""
    docs = home / "docs"
    docs.mkdir(parents=True)
    (home / "mkdocs.yml").write_text(CONFIG + SEARCH, encoding="utf-8")
    (docs / "index.md").write_text("# Stock Material\n", encoding="utf-8")
    for file in pages:
        page = (docs / file.relative_to(site)).with_suffix(".md")
        page.parent.mkdir(parents=True, exist_ok=True)
        blocks = page_text(file.read_text(encoding="utf-8"), leave_out)
        page.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    built, target = Path(sys.argv[1]), Path(sys.argv[2])
    write_stock(sorted(built.glob(sys.argv[3])), built, target)
