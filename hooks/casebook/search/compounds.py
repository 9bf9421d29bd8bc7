"""Compounds: which words a word is put together from (arbeidsinkludering: arbeid, inkludering)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

SHORTEST = 3
"""Letters of the shortest part: mat-fag, but not ut-danning."""
LONGEST = 64
"""Letters of the longest word that is taken apart; what is longer is no word."""
LONGEST_JOINED = 4
"""Most parts of a word."""
_JOINT_AFTER = 4
"""Letters a part needs to have a joint after it; else "mat-s-kole" would be one."""

_Rests = dict[tuple[int, int], tuple[str, ...]]
"""The best way to split each end of a word into so many parts at most, by its length."""


class Splitter:
    """Splits the words of one language; knows what it has split."""

    def __init__(
        self, is_part: Callable[[str], bool], joints: Sequence[str], stop: Sequence[str] = ()
    ) -> None:
        """Split into words for which ``is_part`` holds, with ``joints`` between them.

        ``stop`` are words that are no parts: "opplæring" has nothing to do with "opp".
        """
        self._is_part = is_part
        self._joints = tuple(sorted(set(joints), key=lambda joint: (len(joint), joint)))
        self._stop = frozenset(stop)
        self._found: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound in their order, nothing when the word is none.

        Of several ways, the one with the fewest parts is taken, then the one whose last part, which
        says what the thing is, is longest.
        """
        if not self._joints or not 2 * SHORTEST <= len(word) <= LONGEST:
            return ()
        found = self._found.get(word)
        if found is None:
            ways = self._ways(word, LONGEST_JOINED, {})
            best = min(ways, key=_cost, default=())
            found = self._found[word] = best if len(best) > 1 else ()
        return found

    def _ways(self, word: str, most: int, rests: _Rests) -> Iterator[tuple[str, ...]]:
        """Yield the ways to split a word into at most ``most`` parts, itself as one among them.

        For each first part there is the best way only: ``rests`` holds those found already.
        """
        if self._fits(word):
            yield (word,)
        if most == 1:
            return
        for end in range(SHORTEST, len(word) - SHORTEST + 1):
            first = word[:end]
            if not self._fits(first):
                continue
            for joint in self._joints:
                rest = word[end + len(joint) :]
                if (
                    len(rest) < SHORTEST
                    or not word.startswith(joint, end)
                    or (joint and end < _JOINT_AFTER)
                ):
                    continue
                if way := self._rest(rest, most - 1, rests):
                    yield (first, *way)

    def _rest(self, rest: str, most: int, rests: _Rests) -> tuple[str, ...]:
        """Return the best way to split what stands behind the first part."""
        key = len(rest), most
        if key not in rests:
            ways = self._ways(rest, most, rests)
            rests[key] = min(ways, key=lambda parts: (len(parts), -len(parts[-1])), default=())
        return rests[key]

    def _fits(self, word: str) -> bool:
        return len(word) >= SHORTEST and word not in self._stop and self._is_part(word)


def _cost(parts: tuple[str, ...]) -> tuple[int, int, int]:
    # One part is the word as it stands, which tells nothing: ways with more go before it.
    return (len(parts) if len(parts) > 1 else LONGEST_JOINED + 1, -len(parts[-1]), -len(parts[0]))
