"""Cut the fonts of letters to what names need, from packages of the npm registry.

What it writes lies in the repository, so nobody but whoever changes the choice of letters runs it:

    .venv/bin/python tools/letter_fonts.py

Each family is taken from a package of ``@expo-google-fonts``, which carries the static files of
Google Fonts, and is cut to the letters in ``letter_fonts.toml``.  What shaping needs is kept, hints
and what else a screen or a PDF does without are not.  The typeface of the site, whose own files are
variable, is also written as the static files that PDFs are set with.  The same packages give the
same bytes.

npm compares each package with the checksum that its registry tells; which files come out is seen
in the commit.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from casebook.letters import coverage
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".toml")
LETTERS = ROOT / "hooks" / "casebook" / "letters"
OWN = ROOT / "docs" / "assets" / "fonts"
OWN_STATIC = ROOT / "hooks" / "casebook" / "pdf" / "fonts"
REGULAR, BOLD, EXTRA_BOLD = 400, 700, 800
OWN_FAMILIES = (
    ("schibsted-grotesk-latin", "Schibsted Grotesk"),
    ("schibsted-grotesk-latin-ext", "Schibsted Grotesk Ext"),
)
_STYLES = {REGULAR: "Regular", BOLD: "Bold", EXTRA_BOLD: "ExtraBold"}


class Family(NamedTuple):
    """A family of fonts: its package, the characters that are kept, and its weights."""

    package: str
    characters: tuple[int, ...]
    weights: tuple[int, ...]
    signs_alone: bool
    """Each sign stands alone, and shapes of other countries cost much."""


def families() -> dict[str, Family]:
    """Return the families by the name of their files, in the order in which they are asked."""
    found = {}
    for stem, about in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        kept = [range(int(one[:4], 16), int(one[5:], 16) + 1) for one in about["keep"].split()]
        encodings = [_letters(*one.split()) for one in about.get("encodings", ())]
        found[stem] = Family(
            package=f"@expo-google-fonts/{about['package']}",
            characters=tuple(chain(*kept, *encodings)),
            weights=(REGULAR,) if about.get("regular") else (REGULAR, BOLD),
            signs_alone=bool(encodings),
        )
    return found


def _letters(encoding: str, first: str, last: str) -> Iterator[int]:
    """Yield the letters that an encoding of two bytes has between two lead bytes."""
    for lead in range(int(first, 16), int(last, 16) + 1):
        for trail in range(0x40, 0xFF):
            with suppress(UnicodeDecodeError):
                code = ord(bytes((lead, trail)).decode(encoding))
                if code >= _FIRST_IDEOGRAPH and unicodedata.category(chr(code)) == "Lo":
                    yield code


_FIRST_IDEOGRAPH = 0x3400
_WITH_EVERY_FAMILY = (0x20, 0xA0, 0x200C, 0x200D, 0x25CC)
"""Space, what joins and parts letters, and the circle that carries a mark without a letter."""
_NO_USE = ["vhea", "vmtx", "VORG", "DSIG", "meta", "STAT", "MVAR"]
"""Tables of vertical text, of signing, and of variable fonts."""

_HIGHEST = 75
"""Height of capitals in a font, at most, in hundredths of its size."""
_NO_LETTERS = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_UNSEEN = {0x034F, 0x17B4, 0x17B5}
"""Marks that are not to be seen: a joiner of marks, and two vowels of Khmer that nobody writes."""


def main() -> int:
    """Make all files anew; return the exit status."""
    if shutil.which("npm") is None:
        raise ToolError("Finner ikke npm. Installer Node.js.", "npm is missing. Install Node.js.")
    covered = {
        family: coverage.ranges(_characters([OWN / f"{stem}.woff2"]))
        for stem, family in OWN_FAMILIES
    }
    with tempfile.TemporaryDirectory() as temporary:
        new = Path(temporary) / "fonts"
        new.mkdir()
        notices = []
        for stem, family in families().items():
            say(f"{stem} …", f"{stem} …", sys.stderr)
            source = _fetch(family, Path(temporary))
            notices.append(_notice(source, stem))
            files = [
                _cut(source, stem, family, weight, new / f"{stem}-{_STYLES[weight]}.ttf")
                for weight in family.weights
            ]
            covered[_family_name(files[0])] = coverage.ranges(_characters(files))
        licence = (OWN / "OFL.txt").read_text(encoding="utf-8").partition("\n\n")[2]
        text = "\n".join(notices) + "\n\n" + licence
        (new / "OFL.txt").write_text(text, encoding="utf-8")
        shutil.rmtree(LETTERS / "fonts", ignore_errors=True)
        shutil.copytree(new, LETTERS / "fonts")
    text = json.dumps(covered, indent=1, ensure_ascii=True) + "\n"
    (LETTERS / "coverage.json").write_text(text, encoding="utf-8")
    _write_own()
    return 0


def _fetch(family: Family, folder: Path) -> Path:
    """Fetch a package and unpack what is needed of it; return its folder."""
    package = family.package
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, stdout=subprocess.PIPE, check=False
    )
    if packed.returncode:
        raise ToolError(f"Kan ikke hente {package}.", f"{package} cannot be fetched.")
    place = folder / package.replace("/", "-")
    with tarfile.open(folder / packed.stdout.decode().split()[-1]) as archive:
        archive.extractall(place, filter="data")
    return place / "package"


def _notice(source: Path, stem: str) -> str:
    """Return the line of copyright of a family, which the licence asks to keep."""
    text = (source / "LICENSE_FONT").read_text(encoding="utf-8")
    return f"{stem}: {text.splitlines()[0]}"


def _cut(source: Path, stem: str, family: Family, weight: int, target: Path) -> Path:
    """Write one file of a family with the letters that are kept."""
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        recalc_timestamp=False,
    )
    options.drop_tables += _NO_USE
    if family.signs_alone:
        options.layout_features = ["ccmp"]
    style = _STYLES[weight]
    font = subset.load_font(
        str(source / f"{weight}{style}" / f"{stem}_{weight}{style}.ttf"), options
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*family.characters, *_WITH_EVERY_FAMILY])
    subsetter.subset(font)
    # A typesetter may take it for the height of the line: ticks must not lift theirs.
    font["OS/2"].sCapHeight = min(
        font["OS/2"].sCapHeight, _HIGHEST * font["head"].unitsPerEm // 100
    )
    font.save(target)
    return target


def _characters(files: Iterable[Path]) -> set[int]:
    """Return the characters that are to be seen in at least one of the files.

    Left out are signs that only steer (they are judged by their neighbours), breaks of lines, and
    characters newer than the oldest Python in use, which could not say their names.
    """
    every = {code for file in files for code in TTFont(file, lazy=True).getBestCmap()}
    return {code for code in every - _UNSEEN if unicodedata.category(chr(code)) not in _NO_LETTERS}


def _family_name(file: Path) -> str:
    return str(TTFont(file, lazy=True)["name"].getDebugName(1))


def _write_own() -> None:
    """Write the typeface of the site as static files: its weights, and italics of two of them."""
    OWN_STATIC.mkdir(exist_ok=True)
    for stem, family, weights in (
        ("schibsted-grotesk-latin", "Schibsted Grotesk", (REGULAR, BOLD, EXTRA_BOLD)),
        ("schibsted-grotesk-latin-italic", "Schibsted Grotesk", (REGULAR, BOLD)),
        ("schibsted-grotesk-latin-ext", "Schibsted Grotesk Ext", (REGULAR, BOLD)),
    ):
        for weight in weights:
            font = TTFont(OWN / f"{stem}.woff2", recalcTimestamp=False)
            font.flavor = None
            font = instancer.instantiateVariableFont(font, {"wght": weight})
            _name(font, family, weight, italic="italic" in stem)
            font.save(OWN_STATIC / f"{stem}-{weight}.ttf")
    shutil.copyfile(OWN / "OFL.txt", OWN_STATIC / "OFL.txt")


def _name(font: TTFont, family: str, weight: int, italic: bool) -> None:
    """Give an instance the names and signs that tell it from its sisters."""
    style = f"{_STYLES[weight]} Italic" if italic else _STYLES[weight]
    names = font["name"]
    for name_id in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    full = f"{family} {style}"
    for name_id, text in {
        1: family,
        2: style,
        4: full,
        6: full.replace(family, family.replace(" ", "") + "-").replace(" ", ""),
        16: family,
        17: style,
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if italic:
        font["OS/2"].fsSelection |= 1
        font["head"].macStyle |= 2


if __name__ == "__main__":
    sys.exit(run_tool(main))
