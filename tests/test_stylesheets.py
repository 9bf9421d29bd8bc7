"""Stylesheets: a file for each idea in the sources, one file for the browser."""

from pathlib import Path

import pytest
from site_support import Site, value
from website.stylesheets import put_together


def _folder(at: Path, **sheets: str) -> Path:
    for name, text in sheets.items():
        (at / f"{name}.css").write_text(text, encoding="utf-8")
    return at


def test_what_is_imported_stands_in_place_and_goes(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        page='/* A page. */\n\n@import "one.css";\n@import "two.css";\n\nb {\n}\n',
        other='@import "one.css";\n',
        one='@import "inner.css";\n.one {\n}\n',
        two=".two {\n}\n",
        inner=".inner {\n}\n",
        alone=".alone {\n}\n",
    )
    put_together(folder)
    assert {file.name: file.read_text() for file in folder.iterdir()} == {
        "page.css": "/* A page. */\n\n.inner {\n}\n.one {\n}\n.two {\n}\n\nb {\n}\n",
        "other.css": ".inner {\n}\n.one {\n}\n",
        "alone.css": ".alone {\n}\n",
    }


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"page": '@import "gone.css";\n'}, "page.css imports gone.css, which is not there"),
        ({"page": '@import "one.css";\n', "one": '@import "one.css";\n'}, "one.css imports itself"),
    ],
)
def test_an_import_that_leads_nowhere_is_told(
    tmp_path: Path, sheets: dict[str, str], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        put_together(_folder(tmp_path, **sheets))


def test_a_page_fetches_few_stylesheets_and_none_imports_another(site: Site) -> None:
    served = site.root / "assets" / "stylesheets"
    sheets = {file.name: file.read_text(encoding="utf-8") for file in served.glob("*.css")}
    assert not [name for name, text in sheets.items() if "@import" in text]
    linked = set()
    for document in site:
        links = document.soup.select('link[rel="stylesheet"]')
        names = [value(link, "href").rpartition("/")[2] for link in links]
        assert names[0] == "base.css"
        assert len(names) <= 5, document.address
        linked.update(names)
    assert linked == set(sheets), "every stylesheet that is served is used by some page"
