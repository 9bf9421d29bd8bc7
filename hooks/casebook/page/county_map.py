"""A map of the counties, woven of squares: each letter below is a stitch of a county.

It is a drawing and no survey: the south is larger than it is, so that every county can be read and
hit on a small screen.  Counties are known by their official numbers; names come from the places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from casebook.collection.library import Library
from casebook.page.cards import alphabetical
from casebook.page.terms import tag_of
from casebook.page.view import Tag
from casebook.page.writing import Writer

STITCHES = """
.........................F.FFF.....
.......................FFFFFFFF.FFF
.....................TFFFFFFFFFFFFF
...................TTTTFFFFFFFFFFFF
..................TTTTTTFFFFFFFF.FF
................TTTTTTTTTFFFFFF....
...............N.TTTTTTTT.FFFF.....
..............NN.NTTTTTT...FF......
.............NNN.NNNTT.............
............N...NNNN...............
................NNNN...............
...............NNNN................
...............NNNN................
..............NNNN.................
.............DNNNN.................
............DDDNN..................
...........DDDDDN..................
..........DDDDDDD..................
........DDDDDDDDD..................
......MMDDDDDDDD...................
....MMMMMDDDDDDI...................
..MMMMMMMIDDDIII...................
.VMMMMMMIIIIIIII...................
VVVVMMMIIIIIIIIII..................
.VVVVVVIIIIIIIIII..................
VVVVVVVIIIIIIIIII..................
...VVVVBBIIIIIIIII.................
.VVVVVBBBBIIIIIIII.................
VVVVVBBBBBAAAAIIII.................
.VVVVBBBBBAAAAAAAI.................
VVVVBBBBBBOOOOAAAA.................
.VVRKKKKBBOOOOAAAA.................
RRRRKKKKKBOOOOAAAA.................
RRRRKKKKKSSSSAAEE..................
.RRRGKKKKSSS.EEEEE.................
RRRRGGGKKSSS.EEEEE.................
.RRGGGGKKS...EEEE..................
..GGGGGGK.....E....................
...GGGGG...........................
....GG.............................
"""
ROWS = tuple(STITCHES.split())
FRAME = (-2, 0, len(ROWS[0]) + 2, len(ROWS))
"""What of the plane is shown, with room for a name in the sea: left, top, width, height."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a county's number and name stand, in stitches; ``outside`` names lie beside it."""

    letter: str
    number: tuple[float, float]
    name: tuple[float, float]
    anchor: str = "middle"
    outside: bool = False


SPOTS = {
    "03": Spot("O", (12, 32.5), (12, 31)),
    "11": Spot("R", (2, 34.5), (-2, 37.9), "start", outside=True),
    "15": Spot("M", (5, 22.2), (7.7, 18.5), "end", outside=True),
    "18": Spot("N", (17.5, 11.5), (20.2, 11.4), "start", outside=True),
    "31": Spot("E", (15.5, 35.6), (18.6, 35.4), "start", outside=True),
    "32": Spot("A", (16, 31.5), (18.6, 31.3), "start", outside=True),
    "33": Spot("B", (7.5, 30.1), (7.5, 28.7)),
    "34": Spot("I", (12.6, 26.2), (12.6, 24.7)),
    "39": Spot("S", (10.7, 35.1), (10.2, 37.7), "start", outside=True),
    "40": Spot("K", (6.5, 34.3), (6.5, 32.8)),
    "42": Spot("G", (5.4, 38.2), (5.4, 36.8)),
    "46": Spot("V", (3.5, 27.2), (3.5, 25.7)),
    "50": Spot("D", (12.5, 19.3), (12.5, 17.8)),
    "55": Spot("T", (20.9, 6.6), (20.9, 5.1)),
    "56": Spot("F", (28.4, 4.5), (28.4, 3)),
}
"""Official number of each county -> its letter, and where its labels stand."""


@dataclass(frozen=True, slots=True)
class MapCounty:
    """A county on the map: its outline as SVG path data, its short name and how many cases it has.

    ``tag`` leads to its page.
    """

    tag: Tag
    name: str
    count: int
    path: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class CountyMap:
    """The map, its frame in stitches, and what its list tells beside it.

    ``counties`` are in alphabetical order, ``wider`` are places that are in no county of today.
    """

    frame: tuple[int, int, int, int]
    counties: tuple[MapCounty, ...]
    wider: tuple[tuple[Tag, int], ...]


def build_county_map(library: Library, writer: Writer) -> CountyMap:
    """Return the map of all counties that the vocabulary knows, with the number of their cases."""
    vocabulary, index = library.vocabulary, library.facets
    counties, wider = [], []
    for id_, place in vocabulary.places.items():
        if place.kind == "county" and place.number in SPOTS:
            count = len(index.cases("county", id_))
            tag = tag_of("county", id_, vocabulary, writer)
            spot = SPOTS[place.number]
            counties.append(
                MapCounty(
                    tag=tag,
                    name=place.short or tag.label,
                    count=count,
                    path=outlines()[spot.letter],
                    spot=spot,
                )
            )
    on_map = {county.tag.term for county in counties}
    for term in index.terms("county"):
        if term not in on_map:
            tag = tag_of("county", term, vocabulary, writer)
            wider.append((tag, len(index.cases("county", term))))
    counties.sort(key=lambda county: alphabetical(county.name))
    return CountyMap(FRAME, tuple(counties), tuple(wider))


@cache
def outlines() -> dict[str, str]:
    """Return the outline of each letter as SVG path data."""
    stitches: dict[str, set[tuple[int, int]]] = {}
    for y, row in enumerate(ROWS):
        for x, letter in enumerate(row):
            if letter != ".":
                stitches.setdefault(letter, set()).add((x, y))
    return {letter: "".join(_rings(cells)) for letter, cells in stitches.items()}


def _rings(cells: set[tuple[int, int]]) -> Iterator[str]:
    """Yield the closed lines around ``cells``: follow edges that have a cell on one side only."""
    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for start, end in sorted(_edges(cells)):
        ways.setdefault(start, []).append(end)
    while ways:
        here = first = min(ways)
        corners = [first]
        while True:
            following = ways[here].pop()
            if not ways[here]:
                del ways[here]
            corners.append(following)
            here = following
            if here == first:
                break
        yield _path(corners)


def _edges(cells: Iterable[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the outer edges of cells, each with its cell to the right."""
    inside = set(cells)
    for x, y in inside:
        if (x, y - 1) not in inside:
            yield (x, y), (x + 1, y)
        if (x + 1, y) not in inside:
            yield (x + 1, y), (x + 1, y + 1)
        if (x, y + 1) not in inside:
            yield (x + 1, y + 1), (x, y + 1)
        if (x - 1, y) not in inside:
            yield (x, y + 1), (x, y)


def _path(corners: list[tuple[int, int]]) -> str:
    """Write a closed line of steps as path data, steps in one direction as one."""
    steps: list[tuple[str, int]] = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        axis, length = ("h", to_x - x) if y == to_y else ("v", to_y - y)
        if steps and steps[-1][0] == axis:
            length += steps.pop()[1]
        steps.append((axis, length))
    start = corners[0]
    return f"M{start[0]} {start[1]}{''.join(f'{axis}{length}' for axis, length in steps[:-1])}z"
