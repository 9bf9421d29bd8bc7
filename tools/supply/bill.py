"""The software bill of materials, as CycloneDX 1.6: what the project is made with.

Written by hand, since the format asks for little: a library for it brings twelve packages more.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from supply.components import PARTS, SITE, Package
from supply.licences import licence_of


def bill(root: Path, packages: Sequence[Package]) -> str:
    """Return the bill of materials: the same for the same locks."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    name = project["name"]
    own = {
        "type": "application",
        "bom-ref": name,
        "name": name,
        "version": project["version"],
        "licenses": [{"license": {"id": licence}} for licence in ("MIT", "CC-BY-4.0")],
    }
    parts = [
        {
            "type": "data",
            "bom-ref": part.name,
            "name": part.name,
            "description": part.told,
            "licenses": _licences(part.licence),
        }
        for part in PARTS
    ]
    needs: dict[str, set[str]] = {ref: set() for ref in (name, *(it.address for it in packages))}
    versions: dict[str, list[str]] = {name: [name]}
    for package in packages:
        versions.setdefault(package.name, []).append(package.address)
    for package in packages:
        for asker in package.needed_by:
            for ref in versions[asker]:
                needs[ref].add(package.address)
    found = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [*map(_component, packages), *parts],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(others)} for ref, others in needs.items()
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _component(package: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": package.address,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.use == SITE else "optional",
        "purl": package.address,
        "licenses": _licences(licence_of(package)),
    }


def _licences(licence: str | None) -> list[dict[str, Any]]:
    if licence is None:
        return []
    if " " in licence:
        return [{"expression": licence}]
    return [{"license": {"id": licence}}]
