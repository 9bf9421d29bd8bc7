"""Characters that a page writes by name or number (``&shy;``) and that readers would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from casebook.handwritten.inline import without_code
from casebook.handwritten.page import HandwrittenPage
from casebook.letters.faults import faults, sign
from casebook.problem import Problem

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")


def check_characters(page: HandwrittenPage) -> Iterator[Problem]:
    """Yield a problem for each such character of ``page``."""
    for block in page.blocks:
        if "&" not in block.passage.text:
            continue
        text = without_code(block.passage.text)
        for match in _REFERENCE.finditer(text):
            for fault in faults(unescape(match[0])):
                character = sign(unescape(match[0])[fault.start])
                at = block.passage.at(match.start())
                yield page.problem(at, "raw-character", value=match[0], sign=character)
