"""Under which licence each package stands, by what it says of itself, as SPDX names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, metadata

from supply.components import PARTS, SITE, Package

JUDGED: Mapping[str, str] = {
    "Apache-2.0": "keep its notices",
    "BSD-2-Clause": "keep its notice",
    "BSD-3-Clause": "keep its notice",
    "MIT": "keep its notice",
    "MIT-0": "nothing",
    "MIT-CMU": "keep its notice",
    "PSF-2.0": "keep its notice",
    "MPL-2.0": "publish changes to its own files",
    "OFL-1.1": "keep its notice, and never sell the fonts alone",
    "GPL-2.0-only": "a tool that is fetched and not passed on: nothing",
    "LGPL-3.0-or-later": "a tool that is fetched and not passed on: nothing",
}
"""The licences that were weighed, and what they ask of whoever passes on site or code."""
EXCEPTIONS: Mapping[str, tuple[str, str]] = {
    "mkdocs-i18n": (
        "AGPL-3.0-or-later",
        "runs at build time, unchanged; nothing of it is in the site or in the repository",
    ),
}
"""Packages under a licence that is not taken without a reason, and the reason."""
_READ = {
    "axe-playwright-python": "MIT",
    "brotlicffi": "MIT",
    "cffi": "MIT-0",
    "colorama": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pycparser": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
}
"""Read in their licence files: they say no more than "BSD" or nothing, or are not for CPython."""
_WORDS = {
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Apache Software License": "Apache-2.0",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages wrote before SPDX had names."""
_TOP = """\
# What others have made

Everything that is installed to build the site and to work on it, and what is shipped with it.
Packages are named with their versions in `requirements.txt`, `requirements-dev.txt` and
`tools/javascript/package-lock.json`. What they bring within them is told in their own licence
files. `make audit ARGS=--write` makes this list anew, and a test keeps it true.

| What | Licence | For |
|---|---|---|
"""


def licence_of(package: Package) -> str | None:
    """Return the licence of a package, None when nobody has told."""
    if package.ecosystem != "PyPI":
        return package.licence
    name = package.name
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return _READ.get(name)
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = (line.removeprefix("License :: ") for line in told.get_all("Classifier") or ())
    words = [told["License"].strip() if "License" in told else "", *classifiers]
    known = {*JUDGED, *(licence for licence, _ in EXCEPTIONS.values())}
    found = (word if word in known else _WORDS.get(word) for word in words)
    return next((licence for licence in found if licence), _READ.get(name))


def refused(name: str, licence: str | None) -> bool:
    """Say whether somebody has to weigh this licence first."""
    if not licence:
        return True
    if name in EXCEPTIONS and licence == EXCEPTIONS[name][0]:
        return False
    # Of several that one may choose from, one is enough; several at once must all be good.
    return not any(
        all(one.strip(" ()") in JUDGED for one in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


def written(packages: Iterable[Package]) -> str:
    """Return the list of licences as it stands in the repository."""
    rows = {
        package.name: (
            licence_of(package) or "?",
            "building the site" if package.use == SITE else "tools",
        )
        for package in packages
    }
    for name, (_, reason) in EXCEPTIONS.items():
        if name in rows:
            licence, use = rows[name]
            rows[name] = licence, f"{use}; {reason}"
    parts = [(part.name, (part.licence, part.told)) for part in PARTS]
    lines = [
        f"| {name} | {licence} | {use} |\n" for name, (licence, use) in [*rows.items(), *parts]
    ]
    return _TOP + "".join(lines)
