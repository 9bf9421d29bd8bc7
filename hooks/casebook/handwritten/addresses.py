"""Addresses of pages and files: no two may have one, or the one takes the other's place unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from casebook.collection.facets import RESERVED
from casebook.files.published import PAGE, Found
from casebook.handwritten.page import CASES_FOLDER
from casebook.handwritten.site import SitePages
from casebook.problem import Problem


def check_addresses(files: Found, site: SitePages) -> Iterator[Problem]:
    """Yield a problem for each page or file whose address another has, or a page that is made.

    Small and large letters count as the same: to many machines and hosts they are.
    """
    taken: dict[str, str] = {}
    for folder in RESERVED:
        # The folder itself and the page that has its name.
        made = f"{CASES_FOLDER}/{folder}/"
        taken |= {made: made, made.rstrip("/"): made}
    for id_ in sorted(site.cases.all):
        for ending in ("", *(f".{code}" for code in site.languages.codes)):
            taken[f"{CASES_FOLDER}/{id_}{ending}/"] = f"{site.cases.now(id_)}.yml"
    for name in files.files:
        path = PurePosixPath(name)
        steps = [(folder.as_posix(), folder.as_posix()) for folder in path.parents][-2::-1]
        for step, called in [*steps, (_address(path), name)]:
            other = taken.setdefault(step.casefold(), called)
            if other != called:
                yield Problem.make(f"{files.called}/{name}", 1, 1, "address-taken", other=other)
                break


def _address(path: PurePosixPath) -> str:
    if path.suffix != PAGE:
        return path.as_posix()
    # The page of a folder has the address of the folder; another mark keeps it apart from that.
    folder = path.with_suffix("")
    return f"{folder.parent if folder.name == 'index' else folder}/".removeprefix("./")
