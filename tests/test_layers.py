"""The core is a house with one way through: nothing points back, and nothing needs MkDocs."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from support_casebook import ROOT

HOOKS, TOOLS = ROOT / "hooks", ROOT / "tools"

ROOMS = (
    "casebook",
    "casebook.letters",  # which letters can be shown, and with which fonts
    "casebook.problem",
    "casebook.parallel",
    "casebook.languages",
    "casebook.record",  # text with positions -> typed record; vocabularies; what fields there are
    "casebook.report",
    "casebook.edit",  # records as files: form, template, questions
    "casebook.collection",  # all records together
    "casebook.files",  # pictures and other files that are published as they are
    "casebook.page",  # what a page says, in one language
    "casebook.handwritten",  # pages written by hand
    "casebook.browser",  # data for scripts
    "casebook.search",
    "casebook.numbers",
    "casebook.render",  # what a page says -> HTML
    "casebook.gate",  # what may go out, judged as it is
    "casebook.commands",
    "casebook.pdf",
    "casebook.cli",
    "website",  # MkDocs' side of the build
    "events",  # the order of a build
)
"""The rooms of the house on the way from text to site; each may use only those before it."""

THIRD_PARTY = {
    "babel",
    "fontTools",
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "pagefind",
    "pathspec",
    "PIL",  # Pillow
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


Graph = dict[str, set[str]]
"""What each module imports of its own folder."""


def modules(folder: Path) -> dict[str, Path]:
    """Every module below a folder by its name."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: Collection[str]) -> Iterator[str]:
    """Every name that a module imports, anywhere in it, also for type checking only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module is not None
            # "from package import module" names a module; "from module import name" does not.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            inner = [name for name in names if name in known]
            yield from inner or [node.module]


def graph(folder: Path) -> Graph:
    """What each module below a folder imports of the others there."""
    known = modules(folder)
    return {
        name: {found for found in imports(path, known) if found in known and found != name}
        for name, path in known.items()
    }


def room_of(module: str) -> str:
    """The room that a module stands in: a package of the core, or one beside it."""
    return ".".join(module.split(".")[: 2 if module.startswith("casebook.") else 1])


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(name) for name in modules(HOOKS)} == set(ROOMS)


def test_a_room_uses_only_those_before_it() -> None:
    place = {room: number for number, room in enumerate(ROOMS)}
    ways = {
        (room_of(one), room_of(other)) for one, found in graph(HOOKS).items() for other in found
    }
    print(f"{len(ROOMS)} rooms, {sum(here != there for here, there in ways)} ways between them")
    upwards = [
        f"{module} -> {other}"
        for module, others in graph(HOOKS).items()
        for other in others
        if place[room_of(other)] > place[room_of(module)]
    ]
    assert upwards == []


@pytest.mark.parametrize("folder", [HOOKS, TOOLS], ids=["hooks", "tools"])
def test_no_module_needs_itself(folder: Path) -> None:
    # Raises CycleError, which names the modules of the circle.
    assert list(TopologicalSorter(graph(folder)).static_order())


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    """What each module of the core imports, of others too."""
    known = modules(HOOKS)
    return {
        name: set(imports(path, known))
        for name, path in known.items()
        if name.split(".")[0] == "casebook"
    }


def test_the_core_uses_these_packages_and_no_others(imported: dict[str, set[str]]) -> None:
    roots = {name.split(".")[0] for names in imported.values() for name in names}
    assert roots - sys.stdlib_module_names - {"casebook"} == THIRD_PARTY


def test_nothing_is_imported_under_a_name_made_at_run_time() -> None:
    hidden = [
        name
        for name, path in modules(HOOKS / "casebook").items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and getattr(node, "id", getattr(node, "attr", "")) in ("__import__", "import_module")
    ]
    assert hidden == []


CORE = sorted(name for name in modules(HOOKS) if name.split(".")[0] == "casebook")
WITHOUT_BUILDER = f"""
import importlib, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {BUILDER!r}:
            raise ModuleNotFoundError(f"the core asked for {{name}}")

sys.meta_path.insert(0, Missing())
for name in {CORE!r}:
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


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11.2, which Debian 12 has, reads such patterns wrongly: comments had no end."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in (HOOKS, TOOLS)
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"[^\\%(']\)[*+?]\+", line)
    ]
    assert found == []
