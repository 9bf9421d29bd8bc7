"""The core is a house with one way through: nothing points back, and nothing needs MkDocs."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support_casebook import ROOT

HOOKS = ROOT / "hooks"

ORDER = (
    "casebook",
    # what every room shares
    "casebook.problem",
    "casebook.languages",
    "casebook.record",
    "casebook.record.citations",
    "casebook.parallel",
    "casebook.files",
    "casebook.files.regular",
    "casebook.files.svg",
    # which letters can be shown, and with which fonts
    "casebook.letters.coverage",
    "casebook.letters",
    "casebook.letters.faults",
    "casebook.letters.isolation",
    "casebook.letters.web",
    # structure that is pasted into texts
    "casebook.record.structure",
    # text -> tree of raw scalars with positions
    "casebook.record.source",
    # what typed data has in common
    "casebook.record.model",
    "casebook.record.hosts",
    "casebook.record.effort",
    "casebook.record.kinds",
    # terms, places, references and the glossary
    "casebook.record.glossary",
    "casebook.record.places",
    "casebook.record.vocabulary",
    # the typed record
    "casebook.record.case",
    "casebook.record.citing",
    # its fields as values, for schema, template, field reference and form
    "casebook.record.fields",
    "casebook.record.examples",
    "casebook.record.schema",
    "casebook.edit",
    "casebook.edit.formatting",
    "casebook.edit.template",
    "casebook.edit.asking",
    "casebook.edit.recording",
    # all records together
    "casebook.collection",
    "casebook.collection.facets",
    "casebook.collection.relations",
    "casebook.collection.similar",
    "casebook.record.freshness",
    "casebook.record.translation",
    "casebook.collection.library",
    "casebook.files.pictures",
    "casebook.files.published",
    "casebook.collection.status",
    # pages written by hand
    "casebook.handwritten",
    "casebook.handwritten.passage",
    "casebook.handwritten.blocks",
    "casebook.handwritten.inline",
    "casebook.handwritten.front_matter",
    "casebook.handwritten.page",
    "casebook.handwritten.site",
    "casebook.handwritten.links",
    "casebook.handwritten.characters",
    "casebook.handwritten.contents",
    "casebook.handwritten.points",
    "casebook.handwritten.parity",
    "casebook.handwritten.navigation",
    # every number, and where it is from
    "casebook.numbers",
    "casebook.numbers.tokens",
    "casebook.numbers.found",
    "casebook.numbers.cover",
    "casebook.numbers.records",
    "casebook.numbers.pages",
    "casebook.numbers.listing",
    # view-models per language
    "casebook.page",
    "casebook.page.view",
    "casebook.page.writing",
    "casebook.page.terms",
    "casebook.page.references",
    "casebook.page.figures",
    "casebook.page.agreement",
    "casebook.page.case_page",
    "casebook.page.cards",
    "casebook.page.county_map",
    "casebook.page.facet_pages",
    "casebook.page.catalogue",
    "casebook.page.forms",
    "casebook.page.chart_lines",
    "casebook.page.tables",
    "casebook.page.charts",
    "casebook.page.parts",
    "casebook.page.tips",
    "casebook.browser",
    "casebook.browser.catalogue_data",
    "casebook.browser.form_data",
    "casebook.page.home",
    # what people get to see
    "casebook.render",
    "casebook.render.citing",
    "casebook.render.points",
    "casebook.render.plain_prose",
    "casebook.render.prose",
    "casebook.render.glossary",
    "casebook.render.terms",
    "casebook.render.addresses",
    "casebook.render.pages",
    "casebook.render.page_markdown",
    # what may go out, judged as it is
    "casebook.gate",
    "casebook.gate.markup",
    "casebook.gate.lists",
    "casebook.gate.judge",
    "casebook.gate.pages",
    "casebook.gate.check",
    # views and texts -> PDFs
    "casebook.pdf",
    "casebook.pdf.document",
    "casebook.pdf.cache",
    "casebook.pdf.factory",
    "casebook.pdf.fields",
    "casebook.pdf.together",
    "casebook.pdf.paper",
    "casebook.pdf.pages",
    "casebook.pdf.tree",
    "casebook.pdf.tags",
    "casebook.pdf.form_fields",
    "casebook.pdf.typeset",
    "casebook.pdf.worker",
    "casebook.report",
    "casebook.collection.status_report",
    "casebook.render.status",
    "casebook.render.field_reference",
    "casebook.commands",
    "casebook.commands.show",
    "casebook.numbers.report",
    # what the search is given of the pages
    "casebook.search",
    # the words of a language, how they hang together, and what means the same
    "casebook.search.words",
    "casebook.search.lexicon",
    "casebook.search.compounds",
    "casebook.search.thesaurus",
    # from what a page says to what the index is given
    "casebook.search.article",
    "casebook.search.terms",
    "casebook.search.engine",
    "casebook.search.feed",
    "casebook.search.common",
    "casebook.search.corpus",
    "casebook.search.shards",
    "casebook.search.making",
    # the command
    "casebook.edit.storage",
    "casebook.commands.command_line",
    "casebook.commands.numbers",
    "casebook.commands.format",
    "casebook.commands.schema",
    "casebook.commands.status",
    "casebook.commands.new",
    "casebook.commands.translated",
    "casebook.cli",
)
"""The modules of the core on the way from text to page; each may use only those before it."""

THIRD_PARTY = {
    "babel",
    "fontTools",
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "pagefind",
    "pathspec",
    "pikepdf",
    "pydantic",
    "pydantic_core",
    "simplemma",
    "snowballstemmer",
    "tinyhtml5",
    "typst",
    "yaml",
}
"""Packages that the core may use.  It outlives MkDocs, so each is a promise to keep it working."""

BUILDER = ("mkdocs", "material", "mkdocs_i18n", "website", "pymdownx")
"""Packages that build the site: the core knows nothing of them."""


def modules() -> dict[str, Path]:
    """Every module of the core by its name."""
    found = {}
    for path in sorted((HOOKS / "casebook").rglob("*.py")):
        parts = path.relative_to(HOOKS).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> Iterator[str]:
    """Every name that a module imports, anywhere in it, also for type checking only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module is not None
            # "from package import module" names a module; "from module import name" does not.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            inner = [name for name in names if name in ORDER]
            yield from inner or [node.module]


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    """What each module of the core imports."""
    return {name: set(imports(path)) for name, path in modules().items()}


def test_every_module_has_its_place_on_the_way() -> None:
    assert sorted(modules()) == sorted(ORDER), "put the new module in ORDER where it belongs"


@pytest.mark.parametrize("module", ORDER)
def test_a_module_uses_only_those_before_it(module: str, imported: dict[str, set[str]]) -> None:
    own = {name for name in imported[module] if name.split(".")[0] == "casebook"}
    assert own <= set(ORDER[: ORDER.index(module)])


def test_the_core_uses_these_packages_and_no_others(imported: dict[str, set[str]]) -> None:
    roots = {name.split(".")[0] for names in imported.values() for name in names}
    assert roots - sys.stdlib_module_names - {"casebook"} == THIRD_PARTY


def test_nothing_is_imported_under_a_name_made_at_run_time() -> None:
    hidden = [
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and getattr(node, "id", getattr(node, "attr", "")) in ("__import__", "import_module")
    ]
    assert hidden == []


WITHOUT_BUILDER = f"""
import importlib, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {BUILDER!r}:
            raise ModuleNotFoundError(f"the core asked for {{name}}")

sys.meta_path.insert(0, Missing())
for name in {ORDER!r}:
    importlib.import_module(name)
from casebook.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""A program that imports the whole core and runs its command where MkDocs is not installed."""


@pytest.mark.parametrize("arguments", [["check", "cases"], ["show", "cafe-vintage"]])
def test_the_command_runs_where_mkdocs_is_not_installed(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_BUILDER, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(HOOKS)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
