"""The files that the form for cases reads: made with its page, written beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from casebook.browser.form_data import FOLDER, build_form_data, record_files
from casebook.handwritten.places import BY_HAND, FORM
from casebook.languages import Language
from casebook.render.pages import FormPlace
from mkdocs.utils import get_relative_url

from website.build import Build

_BY_HAND_ANCHOR = "add"
_FILES = f"{PurePosixPath(FORM).parent}/{FOLDER}"


def form_place(build: Build, language: Language, url: str) -> FormPlace:
    """Make the data of one language; return where the form at ``url`` finds it.

    ``extra.repository`` in mkdocs.yml is where records live (``url`` and ``branch``),
    ``extra.editors`` the editors' address for e-mail.  One that is no such address is told of by
    the check, and left out: what the form makes must never go astray.
    """
    data = build_form_data(build.library, language)
    build.form_data[language.code] = data
    email, address = build.frame.ways
    repository = build.frame.setting("repository") or {}
    return FormPlace(
        folder=f"{get_relative_url(_FILES, url).rstrip('/')}/",
        file=data.name,
        by_hand=f"{build.frame.href(BY_HAND, language, url)}#{_BY_HAND_ANCHOR}",
        repository=address,
        branch=str(repository.get("branch") or "main"),
        email=email,
    )


def write_form_data(build: Build, site: Path) -> None:
    """Write the data of every language whose form was made, and the records for revising."""
    if not build.form_data:
        return
    files = [(data.name, data.content) for data in build.form_data.values()]
    folder = site / _FILES
    (folder / "records").mkdir(parents=True, exist_ok=True)
    for name, content in (*files, *record_files(build.library)):
        (folder / name).write_bytes(content)
