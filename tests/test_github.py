"""What runs on GitHub: least rights, fixed versions, and nothing of a fork with secrets."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from content.changes import is_content
from environment import explain
from pathspec import GitIgnoreSpec
from site_support import ROOT
from upkeep.issue import KINDS, LABEL

GITHUB = ROOT / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
WRITES = {"publish": {"pages", "id-token"}, "upkeep": {"issues"}}
"""Workflows that may do more than read, and what."""


def read(file: Path) -> dict[str, Any]:
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job["steps"]]


@each_workflow
def test_a_workflow_starts_without_rights_and_jobs_take_what_they_need(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {}
    written = {
        right
        for job in workflow["jobs"].values()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert written == WRITES.get(file.stem, set())


@each_workflow
def test_actions_are_pinned_to_a_commit_and_tell_their_version(file: Path) -> None:
    uses = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert uses
    for use in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use


@each_workflow
def test_code_of_others_never_meets_a_secret(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for dangerous in ("pull_request_target", "workflow_run", "secrets.", "issue_comment"):
        assert dangerous not in text.replace("# ", "")
    checkouts = [step for step in steps(file) if "actions/checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)
    # What a person wrote never becomes part of a command.
    assert all("${{" not in step.get("run", "") for step in steps(file))


def test_what_may_write_issues_runs_nothing_of_others() -> None:
    jobs = read(GITHUB / "workflows" / "upkeep.yml")["jobs"]
    writers = [job for job in jobs.values() if job["permissions"].get("issues") == "write"]
    assert writers == [jobs["tell"]]
    said = [step["run"] for step in writers[0]["steps"] if "run" in step]
    assert [line.split()[:2] for line in said] == [["python3", "tools/upkeep/issue.py"]]
    used = {step["uses"].split("@")[0] for step in writers[0]["steps"] if "uses" in step}
    assert used == {"actions/checkout", "actions/download-artifact"}


def test_each_thing_that_decays_is_asked_about_and_told() -> None:
    jobs = read(GITHUB / "workflows" / "upkeep.yml")["jobs"]
    kinds = jobs["tell"]["strategy"]["matrix"]["kind"]
    assert set(kinds) == set(KINDS) == set(jobs["tell"]["needs"])
    for kind in kinds:
        kept = [step["with"] for step in jobs[kind]["steps"] if "upload" in step.get("uses", "")]
        assert [(one["name"], one["path"]) for one in kept] == [(kind, "reports")]


def test_every_tool_that_a_workflow_runs_is_there() -> None:
    for file in FILES:
        for tool in re.findall(r"tools/[\w/]+\.py", file.read_text(encoding="utf-8")):
            assert (ROOT / tool).is_file(), tool


@each_workflow
def test_workflows_install_nothing_that_people_need_not_install(file: Path) -> None:
    said = "\n".join(step.get("run", "") for step in steps(file))
    assert not re.search(r"\b(apt|apt-get|brew|pip|environment\.py)\b", said)


def test_every_python_that_is_promised_is_tried_at_its_ends() -> None:
    jobs = read(GITHUB / "workflows" / "check.yml")["jobs"]
    tried = jobs["pythons"]["strategy"]["matrix"]["python"]
    least = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert least["requires-python"] == f">={tried[0]}"
    assert f"Python {tried[0]}–{tried[-1]}" in explain("No matching distribution found for a").en


def test_dependabot_looks_after_actions_and_packages() -> None:
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "npm"}
    assert all((ROOT / update["directory"].lstrip("/")).is_dir() for update in updates)
    # One pull request for all: what both locks hold has to be the same version in both.
    assert all(list(update["groups"].values()) == [{"patterns": ["*"]}] for update in updates)


TARGETS = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_container_and_hooks_of_git_run_what_everybody_runs() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    port = re.findall(r"^PORT \?= (\d+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [str(number) for number in container["forwardPorts"]] == port
    assert list(container["portsAttributes"]) == port
    wanted = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert container["customizations"]["vscode"]["extensions"] == wanted["recommendations"]
    [source] = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert source["repo"] == "local"  # nothing of others
    hooks = [hook["entry"] for hook in source["hooks"]]
    for command in (container["postCreateCommand"], container["postAttachCommand"], *hooks):
        program, target, *_ = command.split()
        assert (program == "make" and target in TARGETS) or program == ".venv/bin/casebook", command
    for hook in source["hooks"]:
        changed = ("cases/a.yml", "docs/om/b.md", "hooks/c.py", "Makefile")
        assert any(re.search(hook["files"], path) for path in changed)


def test_make_targets_and_paths_of_workflows_and_owners_are_there() -> None:
    for file in FILES:
        for step in steps(file):
            for target in re.findall(r"\bmake (?:-C \w+ )?([\w-]+)", step.get("run", "")):
                assert target in TARGETS
    owned = [pattern.strip("/") for pattern, _ in OWNERS if "**" not in pattern]
    assert owned
    assert [path for path in owned if not list(ROOT.glob(path))] == []


def test_content_alone_is_checked_without_lint_and_tests() -> None:
    jobs = read(GITHUB / "workflows" / "check.yml")["jobs"]
    always = {name for name, job in jobs.items() if "if" not in job}
    assert always == {"scope", "content"}
    said = "".join(step.get("run", "") for name in always for step in jobs[name]["steps"])
    assert not re.search(r"\.ci/run|make (lint|test)", said)
    for name in jobs.keys() - always:
        assert jobs[name]["needs"] == "scope"
        assert "needs.scope.outputs.code == 'true'" in jobs[name]["if"]


OWNERS = re.findall(
    r"^([/*]\S*) +@\S+/(\w+)$", (GITHUB / "CODEOWNERS.example").read_text("utf-8"), re.MULTILINE
)


def owner(path: str) -> str:
    """Who has to approve a change: the last pattern that fits decides, as at GitHub."""
    fits = [
        team for pattern, team in OWNERS if GitIgnoreSpec.from_lines([pattern]).match_file(path)
    ]
    return str(fits[-1])


@pytest.mark.parametrize(
    "path",
    [
        "docs/assets/scripts/menu.js",
        "docs/assets/stylesheets/base.css",
        "docs/assets/new/any.txt",
        "docs/evil.js",
        "docs/om/deep/evil.js",
        "docs/om/evil.html",
        "docs/om/picture.svg",
        "docs/.htaccess",
        "docs/om/.git/config",
        "docs/assets/images/evil.svg",
        "docs/assets/images/evil.js",
        "cases/_vocabulary/evil.py",
        "cases/evil.js",
        "hooks/casebook/record/case.py",
        "overrides/main.html",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements.txt",
        ".github/workflows/check.yml",
        ".github/CODEOWNERS",
        ".ci/run",
        ".gitattributes",
        "sitecustomize.py",
    ],
)
def test_whoever_may_approve_content_may_not_approve_what_runs(path: str) -> None:
    assert owner(path) == "developers"
    assert not is_content(path)


@pytest.mark.parametrize(
    "path",
    [
        "cases/jobbloop.yml",
        "cases/_vocabulary/places.yml",
        "docs/om/index.md",
        "docs/ordliste.en.md",
        "docs/assets/images/cases/picture.png",
    ],
)
def test_editors_approve_content_themselves(path: str) -> None:
    assert owner(path) == "editors"
    assert is_content(path)


def test_the_same_version_of_an_action_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for file in FILES:
        for step in steps(file):
            name, _, commit = step.get("uses", "").partition("@")
            versions.setdefault(name, set()).add(commit)
    assert all(len(commits) == 1 for commits in versions.values())


@pytest.mark.parametrize("name", ["vedlikehold.md", "vedlikehold.en.md"])
def test_every_label_is_described(name: str) -> None:
    forms = [read(file) for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")]
    labels = {label for form in forms for label in form.get("labels", ())} | {LABEL}
    page = (ROOT / "docs/bidra" / name).read_text(encoding="utf-8")
    assert labels <= set(re.findall(r"`([\w-]+)`", page))


def test_a_tip_asks_three_things() -> None:
    form = read(GITHUB / "ISSUE_TEMPLATE" / "tips.yml")
    questions = [part for part in form["body"] if part["type"] != "markdown"]
    assert [part["id"] for part in questions] == ["what", "achieved", "contact"]
    assert all(part["validations"]["required"] == "true" for part in questions)
