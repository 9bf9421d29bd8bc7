"""All that a change of content has to pass, and what its reviewer has to see.

Usage: python tools/content/run.py [--base COMMIT] [--lang nb|en] [--format text|github]

Checks records and pages, and of what was changed since COMMIT (where the work left main) the form
and the spelling; builds the site as it was and as it will be, without PDFs, and checks its links.
What readers will see change goes to reports/preview: open index.html there.  With ``--format
github`` the findings become annotations, and the summary of the step tells the change.

SITE_URL is where the site is published, and PREVIEW_URL where a host shows each pull request, with
``{number}`` for the number, which is in PULL_REQUEST.

Exit: 0 nothing stops the change (what it is warned of does not); 1 something does; 130 ended by
Ctrl+C.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urljoin

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from messages import run_tool, say
from publish import publish
from spelling.texts import files as spelled_files

from content import trees
from content.changes import ROOT, can_be_read, changes, is_content, usual_base
from content.checks import SITE_LANGUAGES, built, checked, dead_links, form, spelling
from content.findings import ERROR, for_github, for_people, in_order
from content.folder import FORMATTED, SITE, copy_site, file_of, index_page
from content.sites import addresses_of, compare
from content.summary import LANGUAGES, TEXTS, Proposal, Told

PREVIEW = ROOT / "reports" / "preview"
MOST_BYTES = 900_000
"""GitHub's summary of a step holds 1 MiB."""


def propose(options: argparse.Namespace, folder: Path, scratch: Path) -> bool:
    """Check and compare; write what a reviewer opens to ``folder``; return whether nothing stops.

    Args:
        options: As they were given.
        folder: An empty folder for the preview.
        scratch: An empty folder for what is made on the way.
    """
    language = options.lang
    site_url = os.environ.get("SITE_URL") or "http://127.0.0.1:8000/"
    base = options.base or usual_base(ROOT)
    changed = changes(ROOT, base) if base else None
    if changed is None:
        say(
            "Uten git, eller uten «main», er alt nytt, og det er ikke noe å sammenligne med.",
            "Without git, or without “main”, everything is new, and nothing to compare with.",
        )
        paths = [path for path in map(_name, spelled_files(ROOT)) if is_content(path)]
    else:
        paths = [it.path for it in changed if is_content(it.path) and can_be_read(ROOT / it.path)]

    say("Sjekker …", "Checking …")
    problems = trees.problems(ROOT, language)
    found = list(checked(problems))
    lacking = list(form(ROOT, paths, language))
    found += [finding for finding, _ in lacking]
    found += spelling(ROOT, paths, language)
    for _, (path, text) in lacking:
        (folder / FORMATTED / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / FORMATTED / path).write_text(text, encoding="utf-8")

    before, after = scratch / "before", scratch / "after"
    left_out: list[str] | None = None
    difference = None
    if changed is not None and base and trees.lay_out_former(ROOT, base, before):
        trees.lay_out(ROOT, after)
        left_out = trees.take_back(after, before, changed, problems, language)
    sources = [
        (it, addresses_of(it.path, SITE_LANGUAGES))
        for it in changed or ()
        if is_content(it.path) and it.path not in (left_out or ())
    ]
    if left_out is not None:
        say("Bygger nettstedet før og etter …", "Building the site before and after …")
        sites = scratch / "site-before", scratch / "site-after"
        with ThreadPoolExecutor(2) as pool:
            jobs = [
                pool.submit(trees.build, tree, site, site_url, ROOT)
                for tree, site in zip((before, after), sites, strict=True)
            ]
            was, now = (job.result() for job in jobs)
        found += built(was, now, language)
        sys.stderr.write(now or was or "")
        if now is None:
            found += dead_links(sites[1], after, language)
            copy_site(sites[1], folder / SITE, site_url)
        if now is None and was is None:
            own = [address for _, addresses in sources for address in addresses]
            difference = compare(*sites, own)
    written = {
        it.path: (_lines(before / it.path), _lines(ROOT / it.path))
        for it, addresses in sources
        if not addresses and it.path.endswith(".yml")
    }
    found = in_order(found, paths)
    _tell(options, Proposal(found, left_out or [], sources, written, difference), folder)
    return all(finding.level != ERROR for finding in found)


def _tell(options: argparse.Namespace, proposal: Proposal, folder: Path) -> None:
    def disk(address: str) -> str | None:
        return file_of(address) if (folder / file_of(address)).is_file() else None

    title = TEXTS["title"][LANGUAGES.index(options.lang)]
    page = Told(options.lang, disk, lambda _: None).sections(proposal)
    (folder / "index.html").write_text(index_page(title, options.lang, page), encoding="utf-8")
    if options.format == "text":
        print(*for_people(proposal.findings), sep="\n")
        return
    print(*for_github(proposal.findings), sep="\n")
    online = Told(options.lang, _at_host, _at_github)
    summary = online.short(online.sections(proposal), MOST_BYTES)
    with Path(os.environ.get("GITHUB_STEP_SUMMARY", os.devnull)).open("a", encoding="utf-8") as to:
        to.write(summary)


def _at_host(address: str) -> str | None:
    """Return where a page of this pull request can be seen, if a host shows it."""
    host = os.environ.get("PREVIEW_URL", "")
    host = host.replace("{number}", os.environ.get("PULL_REQUEST", ""))
    return urljoin(host, address.lstrip("/")) if host else None


def _at_github(place: str) -> str | None:
    """Return where GitHub shows a line of a file of the commit that a workflow runs for."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name) for name in names)
    return f"{server}/{repository}/blob/{commit}/{quote(place, safe='/#')}" if commit else None


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _lines(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8", errors="replace") if can_be_read(file) else ""
    return text.splitlines()


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check a change of content, and show it.")
    parser.add_argument("--base", help="the commit before the change [where it left main]")
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language [nb]")
    parser.add_argument("--format", choices=("text", "github"), default="text")
    options = parser.parse_args()
    passed = True

    def fill(folder: Path) -> None:
        nonlocal passed
        with tempfile.TemporaryDirectory(prefix="content.") as scratch:
            passed = propose(options, folder, Path(scratch))

    publish(PREVIEW, fill)
    place = os.path.relpath(PREVIEW / "index.html", Path.cwd())
    say(f"\nSe hva leserne vil se: åpne {place}", f"See what readers will see: open {place}")
    if passed:
        say("Ingenting stopper forslaget.", "Nothing stops the proposal.")
    else:
        say("Forslaget har feil som må rettes.", "The proposal has problems to be put right.")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(run_tool(_main))
