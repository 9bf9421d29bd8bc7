"""What may not stand in a text, since nobody would see it, or not as it is meant.

The form for cases has the same rules in JavaScript (``docs/assets/scripts/form/letters.js``); what
both know of characters stands here, as ranges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from casebook.letters import DIRECTIONS, JOINERS, shown
from casebook.letters.coverage import characters, pattern, ranges

_RULES = {
    # Soft hyphen, zero-width space, word joiner and the like: without them the text is the same.
    "ad 34f 180b-180f 200b 2060 fe00-fe0f feff e0100-e01ef": "invisible-character",
    "2028-2029": "line-break-character",
    "202a-202e": "direction-override",
    # No control characters to Unicode, but nothing to be seen either: fillers, an empty pattern of
    # braille, two vowels of Khmer, the place of a picture, tags.
    "115f-1160 17b4-17b5 2800 3164 fffc ffa0 e0000-e007f": "control-character",
    "fffd": "lost-character",
    # Those that are shown as signs (✓, ★, ☐) are let in before this is asked.
    "203c 2049 20e3 2300-23ff 2600-27bf 2b00-2bff 3030 303d 3297 3299 1f000-1faff": "emoji",
    # Ligatures, and the shapes that Arabic letters take within a word.
    "fb00-fb06 fb13-fb17 fb50-fdcf fe70-fefc": "character-for-print",
}
"""Characters that are refused, and the rule that tells of them."""
_CATEGORY_RULES = {
    "Cc": "control-character",
    "Cf": "control-character",
    "Co": "private-character",
    "Cn": "unassigned-character",
    "Cs": "unassigned-character",
}
JOINING = "600-6ff 700-77f 8a0-8ff 900-dff 1000-109f 1780-17ff a9e0-a9ff aa60-aa7f"
"""Letters and marks beside which a joiner means something."""
RIGHT_TO_LEFT = "590-5ff 600-6ff 700-77f 8a0-8ff fb1d-fdff fe70-fefe"
"""Letters of scripts that are read from the right."""
NAMED = "ad 34f 200b-200f 2028-202e 2060 2066-2069 61c fb00-fb06 fe0f feff fffd"
"""What the form calls by name; a browser knows no names of characters."""

_REACH = 40
"""How far a mark of direction may stand from the letter that it is for."""
_SHOWN = re.compile(f"[{pattern(ranges(map(ord, shown())))}]*")
_JOINING = frozenset(characters(JOINING))
_RIGHT_TO_LEFT = frozenset(characters(RIGHT_TO_LEFT))
RANGES = {rule: kind for kind, rule in _RULES.items()}
"""The rules with the characters that they are about, where that follows from no category."""
_RULE_OF = {character: rule for kind, rule in _RULES.items() for character in characters(kind)}
_PICTURE = pattern(RANGES["emoji"])
# A picture with its colour of skin and its style, and those that are joined to it.
_PICTURES = re.compile(
    f"[{_PICTURE}](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[{_PICTURE}])*"
)


class Fault(NamedTuple):
    """A character (or a picture made of several) that may not stand where it does.

    ``plain`` is what should stand instead, where there is only one answer.
    """

    start: int
    end: int
    rule: str
    plain: str | None

    def details(self, text: str) -> dict[str, str]:
        """Return what the message about it needs."""
        character = text[self.start]
        details = {"sign": sign(character)}
        if self.rule in ("emoji", "character-for-print", "letter-without-font"):
            details["character"] = text[self.start : self.end]
        if self.rule == "character-for-print":
            details["plain"] = self.plain or ""
        return details


def faults(text: str) -> Iterator[Fault]:
    """Yield everything in ``text`` that may not stand where it does, in order."""
    index = 0
    while True:
        # One match of what is let in goes through a text faster than a search for the rest.
        matched = _SHOWN.match(text, index)
        index = matched.end() if matched else index
        if index == len(text):
            return
        fault = _judged(text, index)
        if fault is not None:
            yield fault
        index = fault.end if fault is not None else index + 1


def mended(text: str) -> str:
    """Return the text with everything put right that can be put right in one way only.

    What nobody sees goes, characters for print become letters, and a letter with its mark becomes
    one character (but not in addresses, which may lead somewhere else then).
    """
    parts, done = [], 0
    for fault in faults(text):
        if fault.plain is not None:
            parts += [text[done : fault.start], fault.plain]
            done = fault.end
    changed = "".join([*parts, text[done:]])
    if unicodedata.is_normalized("NFC", changed):
        return changed
    return "".join(
        part if part.startswith("http") else unicodedata.normalize("NFC", part)
        for part in re.split(r"(https?://[^\s<>\"]+)", changed)
    )


def sign(character: str) -> str:
    """Return what a character is called: its name in Unicode, where it has one, and its number."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{name}, {code}" if name else code


def _judged(text: str, index: int) -> Fault | None:
    """Judge the character at ``index``, which is no ordinary letter."""
    character = text[index]
    if character in JOINERS + DIRECTIONS:
        fits = _joins if character in JOINERS else _turns
        return None if fits(text, index) else Fault(index, index + 1, "invisible-character", "")
    rule, end, plain = _RULE_OF.get(character), index + 1, None
    if rule == "emoji":
        pictures = _PICTURES.match(text, index)
        end = pictures.end() if pictures else end
    elif rule == "character-for-print":
        plain = unicodedata.normalize("NFKC", character)
        if " " in plain or not _SHOWN.fullmatch(plain):
            rule, plain = None, None
    elif rule == "invisible-character":
        plain = ""
    if rule is None:
        rule = _CATEGORY_RULES.get(unicodedata.category(character))
    rule = "letter-without-font" if rule is None else rule
    return Fault(index, end, rule, plain)


def _joins(text: str, index: int) -> bool:
    """Say whether a joiner stands between letters that it changes, or ends one to show its form."""
    after = text[index + 1 : index + 2]
    return text[index - 1 : index] in _JOINING and (after in _JOINING or text[index] == "\u200d")


def _turns(text: str, index: int) -> bool:
    """Say whether the letter before or behind a mark of direction is read from the right."""
    before = text[max(0, index - _REACH) : index].rpartition("\n")[2]
    behind = text[index + 1 : index + 1 + _REACH].partition("\n")[0]
    nearest = (next(filter(str.isalpha, side), "") for side in (reversed(before), behind))
    return any(letter in _RIGHT_TO_LEFT for letter in nearest)
