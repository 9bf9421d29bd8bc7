"""What scripts import is asked for with the page, and not step by step."""

from pathlib import Path

from site_support import ROOT, Site, value
from website.scripts import FOLDER, imported


def test_imports_of_imports_are_found_once(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    (folder / "shared").mkdir(parents=True)
    for name, text in {
        "main.js": 'import {\n  one,\n  two,\n} from "./one.js";\nimport "./shared/two.js";\n',
        "one.js": 'export { two } from "./shared/two.js";\nconst late = import("./late.js");\n',
        "shared/two.js": 'import { one } from "../one.js";\n// import "./never.js"\n',
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert imported(tmp_path, ["main.js"]) == ["one.js", "shared/two.js"]
    assert imported(tmp_path, ["main.js", "one.js"]) == ["shared/two.js"]


def test_a_page_asks_for_all_that_its_scripts_import(site: Site) -> None:
    for place in ("/", "/sok/", "/sjekklister/tiltaksavtale/", "/bidra/ny/", "/sammenlign/"):
        page = site[place]
        asked = [*page.soup.select("script[src]"), *page.soup.select("link[rel=modulepreload]")]
        named = [value(tag, "src" if tag.has_attr("src") else "href") for tag in asked]
        names = [name.partition(f"{FOLDER}/")[2] for name in named if FOLDER in name]
        assert len(names) == len(set(names))
        entries = [name for name in names if name]
        assert imported(ROOT / "docs", entries) == [], place
