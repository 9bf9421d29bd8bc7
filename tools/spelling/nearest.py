"""Which known words an unknown one may have been meant as."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST, LONG, MOST = 4, 8, 3
"""Nothing is proposed below ``SHORTEST`` letters; from ``LONG`` on, two slips may be in a word."""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that are so near that they are likely meant, the nearest first.

    They begin with the same letter, since slips hardly ever are in the first one: a name is not
    told to be another word ("Norge", "forge").
    """
    word = word.lower()
    if len(word) < SHORTEST:
        return []
    limit = 1 if len(word) < LONG else 2
    likely = {
        other: slips(word, other)
        for other in known
        if other[:1].lower() == word[0] and abs(len(other) - len(word)) <= limit
    }
    near = [other for other, distance in likely.items() if distance <= limit]
    return sorted(near, key=lambda other: (likely[other], other))[:MOST]


def slips(one: str, other: str) -> int:
    """Return how many letters are missing, too much, wrong, or in the place of their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, second in enumerate(other, 1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != second))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], second):
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
