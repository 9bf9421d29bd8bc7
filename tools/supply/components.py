"""Everything that is installed, as the locks name it, and what is shipped beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from environment import LOCKS

_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(?P<version>[^\s;]+)")
_VIA = re.compile(r" +# +(?:via )?(?P<name>[a-z0-9][a-z0-9._-]*)(?: \(.*\))?")
NPM_LOCK = Path("tools", "javascript", "package-lock.json")
SITE, TOOLS = "site", "tools"
"""What a package is for: what the site is built with, or only the tools of developers."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of PyPI or npm in one version, and which others asked for it."""

    name: str
    version: str
    use: str
    needed_by: list[str] = field(default_factory=list)
    ecosystem: str = "PyPI"
    licence: str | None = None
    """As its lock tells; None where it is asked of the installed package."""

    @property
    def address(self) -> str:
        """Its package URL (purl)."""
        return f"pkg:{self.ecosystem.lower()}/{quote(self.name)}@{self.version}"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is no package of its own: brought by one, or kept in the repository."""

    name: str
    licence: str
    told: str


PARTS = (
    Part("Schibsted Grotesk", "OFL-1.1", "typeface of pages and PDFs (docs/assets/fonts/)"),
    Part("Noto", "OFL-1.1", "typefaces for all scripts (hooks/casebook/letters/fonts/)"),
    Part("Vazirmatn", "OFL-1.1", "typeface for Arabic (hooks/casebook/letters/fonts/)"),
    Part("Pagefind in the browser", "MIT", "searches (pagefind/ in the site); comes with pagefind"),
    Part("axe-core", "MPL-2.0", "finds accessibility faults in tests; with axe-playwright-python"),
    Part("spell-norwegian", "GPL-2.0-only", "dictionary of the spell check, fetched by it"),
    Part("en_GB dictionary", "LGPL-3.0-or-later", "dictionary of the spell check, fetched by it"),
)


def read_packages(root: Path) -> list[Package]:
    """Return every package of all locks, by name; those of npm last."""
    runtime, dev = (root / name for name in LOCKS)
    site = {package.address for package in _read(runtime, SITE)}
    packages = [
        Package(it.name, it.version, SITE if it.address in site else TOOLS, it.needed_by)
        for it in _read(dev, TOOLS)
    ]
    return packages + _read_npm(root / NPM_LOCK)


def _read_npm(lock: Path) -> list[Package]:
    """Return the packages of npm, but the optional ones: each is one of them for one system."""
    entries = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    names = {
        place: place.rpartition("node_modules/")[2] or told["name"]
        for place, told in entries.items()
    }
    return [
        Package(
            name=names[place],
            version=told["version"],
            use=TOOLS,
            needed_by=[
                names[other]
                for other, its in entries.items()
                if names[place] in {**its.get("dependencies", {}), **its.get("devDependencies", {})}
            ],
            ecosystem="npm",
            licence=told.get("license"),
        )
        for place, told in entries.items()
        if place and not told.get("optional")
    ]


def _read(lock: Path, use: str) -> list[Package]:
    found: list[Package] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            found.append(Package(pin["name"], pin["version"], use))
        elif found and (via := _VIA.fullmatch(line)) and via["name"] != "via":
            found[-1].needed_by.append(via["name"])
    return found
