"""Fields to fill in: every point of a checklist or worksheet gets its own.

Their names are the ids of the points, with what is filled in after a colon: ``offer-for:answer``.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

ANSWER, WHO, AGREED, NOT_RELEVANT = "answer", "who", "agreed", "not-relevant"
"""What can be filled in, as it stands at the end of a field's name."""


def add_fields(body: Element) -> None:
    """Add fields to the points in every part with ``data-fields``.

    Its ``data-word-…`` attributes say what the fields are called.
    """
    for part in list(body.iter()):
        if "data-fields" in part.attrib:
            words = {
                name.removeprefix("data-word-"): part.attrib.pop(name)
                for name in list(part.attrib)
                if name.startswith("data-word-")
            }
            del part.attrib["data-fields"]
            for point in part.iter("li"):
                if "point" in point.get("class", "").split():
                    _fill(point, words)


def _fill(point: Element, words: dict[str, str]) -> None:
    """Lay a point out: what is asked, with boxes to tick where it is a task, and room to answer."""
    id_ = point.attrib.pop("id", "")
    for name in [name for name in point.attrib if name.startswith("data-")]:
        del point.attrib[name]
    is_task = "task-list-item" in point.get("class", "").split()
    said = next(child for child in point if "point-text" in child.get("class", "").split())
    said.attrib.pop("id", None)
    question = " ".join("".join(said.itertext()).split())
    rest = [child for child in point if child is not said and child.tag not in ("span", "input")]
    for child in list(point):
        point.remove(child)
    point.text = None
    ask = SubElement(point, "div", {"class": "ask"})
    ask.append(said)
    said.tail = None
    point.extend(rest)
    room = SubElement(point, "div", {"class": "room"})
    rows = "2" if is_task else "5"
    _text(room, f"{id_}:{ANSWER}", words[ANSWER], question, rows)
    if is_task:
        _text(room, f"{id_}:{WHO}", words[WHO], question, None)
        ticks = SubElement(room, "div", {"class": "ticks"})
        _tick(ticks, f"{id_}:{AGREED}", words[AGREED], question)
        _tick(ticks, f"{id_}:{NOT_RELEVANT}", words[NOT_RELEVANT], question)


def _text(room: Element, name: str, word: str, question: str, rows: str | None) -> None:
    holder = SubElement(room, "div", {"class": f"field field-{name.rpartition(':')[2]}"})
    SubElement(holder, "p").text = word
    tag, more = ("textarea", {"rows": rows}) if rows else ("input", {"type": "text", "value": ""})
    SubElement(holder, tag, {"name": name, "title": f"{word}: {question}", **more})


def _tick(ticks: Element, name: str, word: str, question: str) -> None:
    holder = SubElement(ticks, "p", {"class": "tick"})
    box = {"type": "checkbox", "name": name, "title": f"{word}: {question}"}
    SubElement(holder, "input", box).tail = f" {word}"
