"""What a misspelled word may have been meant to be: known words one slip away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé"
MOST = 3


def suggest(word: str, known: Callable[[str], bool]) -> list[str]:
    """Return the known words closest to a word, the likeliest first.

    Args:
        word: The word; the part after its last hyphen is what is varied.
        known: Says whether a word is spelled right.
    """
    before, hyphen, last = word.rstrip("-").rpartition("-")
    tail = word[len(word.rstrip("-")) :]
    small = last.lower()
    found: list[str] = []
    for slip in _one_slip_away(small):
        if len(slip) > 1 and slip not in found and slip != small and known(slip):
            found.append(slip)
            if len(found) == MOST:
                break
    found = [_with_case_of(last, slip) for slip in found]
    return [f"{before}{hyphen}{slip}{tail}" for slip in found]


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield every variant: the slips of fast hands first, then the others."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
    for at in range(len(word)):
        yield word[: at + 1] + word[at] + word[at + 1 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(1, len(word) + 1):
        for letter in LETTERS:
            yield word[:at] + letter + word[at:]
    for at in range(len(word)):
        for letter in LETTERS:
            yield word[:at] + letter + word[at + 1 :]
    for at in range(2, len(word) - 1):
        yield f"{word[:at]} {word[at:]}"


def _with_case_of(word: str, slip: str) -> str:
    if len(word) > 1 and word.isupper():
        return slip.upper()
    return slip[:1].upper() + slip[1:] if word[:1].isupper() else slip
