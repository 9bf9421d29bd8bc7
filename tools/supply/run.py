"""Look through what others have made: licences, bill of materials, known vulnerabilities.

Usage: python tools/supply/run.py [--write] [--must-ask]

Exit: 0 nothing to do; 1 something has to be put right, or, with --must-ask, the list of
vulnerabilities could not be asked; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from environment import ROOT
from messages import run_tool, say

from supply.advisories import TOLD, UnreachableError, ask
from supply.bill import bill
from supply.components import PARTS, SITE, Package, read_packages
from supply.licences import licence_of, refused, written

LIST = "THIRD-PARTY.md"
BILL = Path("reports", "kunnskapsbanken.cdx.json")
FOUND = Path("reports", "packages.txt")
"""What is known against packages, for an issue; empty when nothing is."""


def check_licences(root: Path, packages: Sequence[Package], write: bool) -> bool:
    """Say under which licences packages stand, and what has to be weighed; write the list."""
    found = {package.name: licence_of(package) for package in packages}
    bad = [name for name, licence in found.items() if refused(name, licence)]
    for name in bad:
        say(
            f"{name}: lisensen ({found[name] or 'ukjent'}) må vurderes, og føres opp i "
            "tools/supply/licences.py.",
            f"{name}: the licence ({found[name] or 'unknown'}) must be weighed, and entered in "
            "tools/supply/licences.py.",
        )
    told = ", ".join(f"{name} {count}" for name, count in Counter(found.values()).most_common())
    say(
        f"Lisenser: {len(found)} pakker og {len(PARTS)} deler; {len(bad)} må vurderes. {told}",
        f"Licences: {len(found)} packages and {len(PARTS)} parts; {len(bad)} to be weighed.",
    )
    text, place = written(packages), root / LIST
    if write:
        place.write_text(text, encoding="utf-8")
    is_true = place.is_file() and place.read_text(encoding="utf-8") == text
    if not is_true:
        say(
            f"{LIST} er ikke som det skal: kjør «make audit ONLY=supply ARGS=--write».",
            f"{LIST} is not as it should be: run “make audit ONLY=supply ARGS=--write”.",
        )
    return is_true and not bad


def write_bill(root: Path, packages: Sequence[Package]) -> None:
    """Write the bill of materials, and say where."""
    place = root / BILL
    place.parent.mkdir(exist_ok=True)
    place.write_text(bill(root, packages), encoding="utf-8")
    for_site = sum(package.use == SITE for package in packages)
    say(
        f"Stykkliste: {len(packages)} pakker ({for_site} for nettstedet) i {BILL}",
        f"Bill of materials: {len(packages)} packages ({for_site} for the site) in {BILL}",
    )


def check_advisories(root: Path, packages: Sequence[Package], must_ask: bool) -> bool:
    """Say what is known against the packages, and write it down."""
    (root / FOUND).unlink(missing_ok=True)
    try:
        found = ask(packages)
    except UnreachableError as error:
        say(error.nb, error.en)
        return not must_ask
    lines = [f"{address}: {' '.join(TOLD + id_ for id_ in ids)}" for address, ids in found.items()]
    print("\n".join(lines))
    (root / FOUND).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    say(
        f"Kjente svakheter: {len(found)} av {len(packages)} pakker. «make lock UPGRADE=1» "
        "henter nyere utgaver.",
        f"Known vulnerabilities: {len(found)} of {len(packages)} packages. “make lock UPGRADE=1” "
        "takes newer versions.",
    )
    return not found


def _main() -> int:
    parser = argparse.ArgumentParser(description="Look through what others have made.")
    parser.add_argument("--write", action="store_true", help=f"write {LIST} anew")
    parser.add_argument(
        "--must-ask",
        action="store_true",
        help="fail when the list of vulnerabilities cannot be asked",
    )
    options = parser.parse_args()
    packages = read_packages(ROOT)
    good = check_licences(ROOT, packages, options.write)
    write_bill(ROOT, packages)
    return 0 if check_advisories(ROOT, packages, options.must_ask) and good else 1


if __name__ == "__main__":
    sys.exit(run_tool(_main))
