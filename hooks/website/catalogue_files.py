"""The files that the catalogue's script reads: made with its page, written beside it."""

from __future__ import annotations

from pathlib import Path

from casebook.browser.catalogue_data import build_catalogue_data
from casebook.collection.library import DATA_FOLDER
from casebook.handwritten.page import CASES_FOLDER
from casebook.languages import Language
from casebook.render.pages import DataPlace
from mkdocs.utils import get_relative_url

from website.build import Build
from website.links import PageLinks

FOLDER = f"{CASES_FOLDER}/{DATA_FOLDER}"


def catalogue_data_place(build: Build, language: Language, url: str) -> DataPlace:
    """Make the data of one language, once; return where the page at ``url`` finds it.

    The page carries the version of the data, so both must come from one place.
    """
    data = build.catalogue_data.get(language.code)
    if data is None:
        links = PageLinks(build, language, "")
        data = build_catalogue_data(build.library, language, links.case)
        build.catalogue_data[language.code] = data
    root = f"{get_relative_url('.', url).rstrip('/')}/"
    return DataPlace(root=root, folder=f"{root}{FOLDER}/", version=data.version)


def write_catalogue_data(build: Build, site: Path) -> None:
    """Write the data of every language whose catalogue was made."""
    for data in build.catalogue_data.values():
        for name, text in data.files.items():
            file = site / FOLDER / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
