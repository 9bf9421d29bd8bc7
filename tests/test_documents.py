"""What is written about the code for developers is true of the code as it is."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from support_casebook import ROOT
from test_layers import HOOKS, ROOMS, TOOLS, imports, modules

PACKAGE = HOOKS / "casebook/__init__.py"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
ARCHITECTURE = [ROOT / "docs/bidra/arkitektur.md", ROOT / "docs/bidra/arkitektur.en.md"]
FOLDERS = (".ci", ".github", "cases", "docs", "hooks", "overrides", "tests", "tools")
MADE = ("/", ".venv/", "site/", "pagefind/", "reports/", "name.", "extra.")
"""How names begin that are no paths of the project: addresses, what a build makes, settings."""


def rooms_of(path: Path) -> dict[str, str]:
    """The map of the house that a file shows: each room with what is in it."""
    pattern = (
        r"^    (\S+/|\S+\.py)  +(.+)$" if path.suffix == ".py" else r"^\| `([^`]+)` \| (.+) \|$"
    )
    text = path.read_text(encoding="utf-8")
    beginning = text.index("casebook/letters/")
    end = re.compile(r"^ *\|? *`?tools/.*$", re.MULTILINE).search(text, beginning)
    assert end is not None, f"{path}: the map does not end with tools"
    return dict(
        re.findall(pattern, text[text.rindex("\n", 0, beginning) : end.end()], re.MULTILINE)
    )


def module_of(room: str) -> str:
    return room.removesuffix("/").removesuffix(".py").replace("/", ".")


@pytest.mark.parametrize("path", [PACKAGE, CONTRIBUTING, *ARCHITECTURE], ids=lambda path: path.name)
def test_a_map_of_the_house_has_all_rooms_in_their_order(path: Path) -> None:
    assert [module_of(room) for room in rooms_of(path)] == [*ROOMS[1:], "tools"]


def test_all_maps_of_a_language_say_the_same() -> None:
    assert rooms_of(PACKAGE) == rooms_of(CONTRIBUTING) == rooms_of(ARCHITECTURE[1])


def test_the_site_can_be_built_without_a_tool() -> None:
    tools = modules(TOOLS)
    used = {
        f"{name} -> {found}"
        for name, path in modules(HOOKS).items()
        for found in imports(path, tools)
        if found in tools
    }
    assert used == set()


def paths_in(path: Path) -> set[str]:
    """Everything in code marks that looks like the path of a file or folder."""
    found = re.findall(r"`([\w.*<>/-]+(?:/|\.[a-z]{2,4}))`", path.read_text(encoding="utf-8"))
    return {name for name in found if "/" in name or path in ARCHITECTURE}


@pytest.fixture(scope="module")
def project() -> list[str]:
    """All files and folders of the project, each with a line before its path."""
    found = [*ROOT.iterdir(), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    return [f"/{path.relative_to(ROOT).as_posix()}{'/' * path.is_dir()}" for path in found]


@pytest.mark.parametrize(
    "path", [CONTRIBUTING, ROOT / "README.md", *ARCHITECTURE], ids=lambda path: path.name
)
def test_every_path_that_is_named_exists(path: Path, project: list[str]) -> None:
    names = {name for name in paths_in(path) if not name.startswith(MADE)}
    assert names
    missing = {
        name
        for name in names
        if not any(fnmatchcase(one, "*/" + re.sub("<[^>]*>", "*", name)) for one in project)
    }
    assert missing == set()
