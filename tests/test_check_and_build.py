"""``make check`` and ``make build`` agree: what stops a build is told by the check, with line."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from casebook.collection.library import load_library
from casebook.gate.check import check_pages
from casebook.page.parts import PARTS
from casebook.problem import Problem
from site_support import LANGUAGES, NORWEGIAN, Project
from website.parts import parts_of_site

FAULTS = yaml.safe_load((Path(__file__).parent / "made_faults.yml").read_text(encoding="utf-8"))
READ_ONLY = (
    ("hooks/events.py", '        raise Abort(f"{len(stopping)}', '        print(f"{len(stopping)}'),
    ("hooks/events.py", "    site = Path(config.site_dir)\n", '    raise Abort("all is read")\n'),
    (
        "hooks/events.py",
        "def on_config(",
        "import mkdocs.commands.build as _of\n_of._build_page = lambda *_, **__: None\n"
        "def on_config(",
    ),
)
"""How a build goes on past what it finds, and writes no page."""
_COMPLAINT = re.compile(r"WARNING|ERROR|  - |\S+:\d+:\d+: error")
_PLACE = re.compile(
    r"^(?:docs/)?(\S+?):\d+:\d+: error|^  - (\S+)$|^WARNING  Doc file '([^']+)' contains"
)


def page_of(number: int) -> str:
    return f"docs/veiledere/feil-{number}.md"


def make(fault: dict[str, Any], number: int, project: Project) -> None:
    """Make one fault in a copy of the project."""
    for name, text in fault.get("write", {}).items():
        project.write(name, text)
    if replaced := fault.get("replace"):
        project.replace(replaced["file"], replaced["old"], replaced["new"])
    if "page" in fault or "head" in fault:
        for ending in (".md", ".en.md"):
            head = fault.get("head", "own_numbers: true") if ending == ".md" else "order: 1"
            kind = "type: checklist\n" if "checklist" in str(fault.get("head")) else ""
            head = head if ending == ".md" or not kind else kind.strip()
            body = fault.get("page", "Tekst.") if ending == ".md" else "Text."
            if kind and ending != ".md":
                body = "- [ ] Who? {#who}"
            text = f"---\ntitle: A\ndescription: A.\n{head}\n---\n\n# A\n\n{body}\n"
            project.write(page_of(number).replace(".md", ending), text)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with every fault in it."""
    project = Project(tmp_path_factory.mktemp("faulty") / "project")
    for number, fault in enumerate(FAULTS):
        make(fault, number, project)
    return project


@pytest.fixture(scope="module")
def told(faulty: Project) -> list[Problem]:
    """What the check tells of it."""
    library, problems = load_library(faulty.root / "cases", LANGUAGES, name="cases")
    return sorted({*problems, *check_pages(faulty.root / "docs", library, "docs")})


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=lambda number: FAULTS[number]["name"])
def test_the_check_tells_of_the_fault_in_its_line(number: int, told: list[Problem]) -> None:
    *place, rule = FAULTS[number]["told"]
    line, path = place[-1], place[0] if len(place) > 1 else page_of(number)
    found = [(one.line if line else line, one.rule) for one in told if one.path == path]
    assert (line, rule) in found


def test_the_build_fails_over_nothing_that_the_check_did_not_tell(
    faulty: Project, told: list[Problem]
) -> None:
    for file, old, new in READ_ONLY:
        faulty.replace(file, old, new)
    done = faulty.try_build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    complained = [line for line in done.stderr.splitlines() if _COMPLAINT.match(line)]
    places = ["".join(match) for line in complained for match in _PLACE.findall(line)]
    # One line of these only begins a list of pages.
    assert len(places) == len(complained) - 1, done.stderr
    assert {"ordliste.md", *(f"veiledere/feil-{number}.md" for number in (9, 12))} <= {*places}
    known = {one.path.removeprefix("docs/") for one in told}
    if "cases/_vocabulary/glossary.yml" in known:
        known.add("ordliste.md")  # is made of it
    assert {*places} <= known


def test_pages_may_show_what_the_site_has() -> None:
    build = SimpleNamespace(library=SimpleNamespace(vocabulary=None))
    there = parts_of_site(None, build, NORWEGIAN)  # type: ignore[arg-type]  # none is made
    assert tuple(there) == PARTS
