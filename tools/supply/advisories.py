"""What is known against the packages: asked of OSV, the list that PyPI, npm and GitHub draw on too.

One question for all of them, with nothing in it but names and versions.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Sequence

from messages import ToolError

from supply.components import Package

OSV = "https://api.osv.dev/v1/querybatch"
TOLD = "https://osv.dev/vulnerability/"
"""Where people read about what was found, by its id."""
_TIMEOUT = 30


class UnreachableError(ToolError):
    """The list of advisories cannot be asked from here."""


def ask(packages: Sequence[Package], url: str = OSV) -> dict[str, list[str]]:
    """Return the ids of what is known against each package, by its address; none is left out.

    Raises:
        UnreachableError: There is no network here, or no sensible answer came.
    """
    queries = [
        {
            "package": {"ecosystem": package.ecosystem, "name": package.name},
            "version": package.version,
        }
        for package in packages
    ]
    request = urllib.request.Request(  # noqa: S310 - an address of our own
        url,
        data=json.dumps({"queries": queries}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            results = json.load(answer)["results"]
        found = [[str(one["id"]) for one in result.get("vulns", ())] for result in results]
        return {package.address: ids for package, ids in zip(packages, found, strict=True) if ids}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreachableError(
            f"Listen over kjente svakheter kan ikke spørres herfra ({url}: {error}): "
            "ingen vet om det er noen. Prøv igjen med nett.",
            f"The list of known vulnerabilities cannot be asked from here ({url}: {error}): "
            "nobody knows whether there are any. Try again with a network.",
        ) from error
