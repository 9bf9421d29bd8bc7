"""Check every PDF of a built site against PDF/UA-1.

Usage: python tools/check_pdf.py [SITE]

Exit: 0 all pass; 1 some do not, and which rules they fail, or there is none.
"""

import argparse
import sys
from pathlib import Path

import page
from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent


def failures(file: Path) -> list[str]:
    """Return what is wrong with a PDF: rule and message."""
    report = page.validate_pdf(str(file), profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def _main() -> int:
    parser = argparse.ArgumentParser(description="Check every PDF of a site against PDF/UA-1.")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site", help="default: site")
    site: Path = parser.parse_args().site
    files = sorted(site.rglob("*.pdf"))
    if not files:
        raise ToolError(
            f"Det er ingen PDF-er i «{site}»: bygg nettstedet først.",
            f"There are no PDFs in “{site}”: build the site first.",
        )
    faulty = 0
    for file in files:
        found = failures(file)
        faulty += bool(found)
        for fault in found:
            print(f"{file.relative_to(site).as_posix()}: {fault}")
    say(
        f"{len(files)} PDF-er er sjekket mot PDF/UA-1, {faulty} har feil.",
        f"{len(files)} PDFs were checked against PDF/UA-1, {faulty} have faults.",
    )
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
