"""The half of the site that runs in browsers: what checks it is locked."""

import json

from javascript.packages import LOCK, MANIFEST


def test_what_checks_the_scripts_is_locked_by_checksum_and_names_no_host() -> None:
    asked = json.loads(MANIFEST.read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    for name, version in asked.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    packages = [its for place, its in locked.items() if place]
    assert packages
    assert all(its["integrity"].startswith("sha512-") for its in packages)
    assert not any("resolved" in its for its in packages)
