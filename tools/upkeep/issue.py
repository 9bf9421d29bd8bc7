"""Open an issue at GitHub about what decays, renew the one there is, or close it.

Usage: python tools/upkeep/issue.py links|packages|age REPORT

REPORT is a text file, empty when all is well.  There is never more than one open issue of a kind:
it is found by its label, which only those who may write here can give, and its title.  The
environment is that of a workflow: GITHUB_REPOSITORY, GITHUB_API_URL and GITHUB_TOKEN, which may
write issues.  Standard library only, so that the job that has that right runs nothing of others.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import ToolError, run_tool, say

LABEL = "vedlikehold"
"""Marks the issues that are made here."""
_COLOUR = "5319e7"
_TIMEOUT = 30
_MOST = 60_000
"""GitHub takes 65,536 characters."""
_TAKEN = 422
"""What GitHub answers when there is such a label."""


class Kind(NamedTuple):
    """What an issue is about: its title, and what to do, in both languages."""

    title: str
    nb: str
    en: str


KINDS = {
    "links": Kind(
        "Døde lenker ut / Dead links out",
        "Disse adressene svarer ikke som de skal. Åpne hver av dem. Er siden flyttet, retter du "
        "adressen. Er den borte, skriver du det i kilden, eller finner en annen.",
        "These addresses do not answer as they should. Open each of them. If the page has moved, "
        "mend the address. If it is gone, say so in the source, or find another one.",
    ),
    "packages": Kind(
        "Kjente svakheter i pakker / Known vulnerabilities in packages",
        "Les hva som er kjent om hver pakke. `make lock UPGRADE=1` tar nyere utgaver inn; send "
        "inn endringen som et forslag.",
        "Read what is known of each package. `make lock UPGRADE=1` takes newer versions in; hand "
        "the change in as a pull request.",
    ),
    "age": Kind(
        "Nettstedet blir gammelt / The site is growing old",
        "Nettstedet skal bygges hver uke, for det som er bekreftet for lenge siden, endrer seg "
        "med dagen.",
        "The site is to be built every week, since what was confirmed too long ago changes with "
        "the day.",
    ),
}
_CLOSED = "Ingenting å melde lenger. / Nothing to tell any more."
_RENEWED = "Listen over er ny. / The list above is new."


class GitHub:
    """The issues of one repository."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take the repository and the token of a workflow.

        Raises:
            ToolError: This is no workflow.
        """
        missing = [
            name
            for name in ("GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_TOKEN")
            if not environment.get(name)
        ]
        if missing:
            raise ToolError(
                f"Dette kjøres på GitHub: {', '.join(missing)} er ikke satt.",
                f"This is run at GitHub: {', '.join(missing)} is not set.",
                2,
            )
        self._root = f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}"
        self._token = environment["GITHUB_TOKEN"]

    def find(self, title: str) -> dict[str, Any] | None:
        """Return the open issue of this title, or None."""
        query = urlencode({"state": "open", "labels": LABEL, "per_page": 100})
        found = self._send("GET", f"/issues?{query}")
        return next((one for one in found if one["title"] == title), None)

    def open(self, title: str, body: str) -> None:
        """Open an issue, and make its label when there is none."""
        self._send("POST", "/labels", allow=_TAKEN, name=LABEL, color=_COLOUR)
        self._send("POST", "/issues", title=title, body=body, labels=[LABEL])

    def renew(self, number: int, body: str) -> None:
        """Replace the text of an issue, and let those who follow it know."""
        self._send("PATCH", f"/issues/{number}", body=body)
        self._send("POST", f"/issues/{number}/comments", body=_RENEWED)

    def close(self, number: int) -> None:
        """Close an issue and say why."""
        self._send("POST", f"/issues/{number}/comments", body=_CLOSED)
        self._send("PATCH", f"/issues/{number}", state="closed", state_reason="completed")

    def _send(self, method: str, path: str, allow: int = 0, **fields: Any) -> Any:
        request = urllib.request.Request(  # noqa: S310 - the address of GitHub itself
            self._root + path,
            method=method,
            data=json.dumps(fields).encode() if fields else None,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                return json.load(answer)
        except (OSError, ValueError) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code == allow:
                return None
            raise ToolError(
                f"GitHub svarte ikke som ventet ({method} {path}: {error}).",
                f"GitHub did not answer as expected ({method} {path}: {error}).",
            ) from error


def written(kind: Kind, report: str) -> str:
    """Return the text of an issue: what to do, and the report as it is, which mentions nobody."""
    shown = report.strip()[:_MOST]
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", shown) or [""]))
    return f"{kind.nb}\n\n*{kind.en}*\n\n{fence}text\n{shown}\n{fence}\n"


def tell(github: GitHub, kind: Kind, report: str) -> tuple[str, str]:
    """Bring the issue of a kind in line with a report; return what was done, to be said."""
    issue = github.find(kind.title)
    if not report.strip():
        if issue is None:
            return "Ingenting å melde.", "Nothing to tell."
        github.close(issue["number"])
        return f"Lukket sak {issue['number']}.", f"Closed issue {issue['number']}."
    body = written(kind, report)
    if issue is None:
        github.open(kind.title, body)
        return f"Åpnet: {kind.title}", f"Opened: {kind.title}"
    number = issue["number"]
    if (issue.get("body") or "").strip() == body.strip():
        return f"Sak {number} sier det alt.", f"Issue {number} says so already."
    github.renew(number, body)
    return f"Fornyet sak {number}.", f"Renewed issue {number}."


def _main() -> int:
    parser = argparse.ArgumentParser(description="Open, renew or close an issue at GitHub.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("report", type=Path, help="text file, empty when all is well")
    options = parser.parse_args()
    if not options.report.is_file():
        raise ToolError(
            f"«{options.report}» finnes ikke: ingen vet hvordan det står til. Se jobben før.",
            f"“{options.report}” is not there: nobody knows how things stand. See the job before.",
        )
    report = options.report.read_text(encoding="utf-8", errors="replace")
    say(*tell(GitHub(os.environ), KINDS[options.kind], report))
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
