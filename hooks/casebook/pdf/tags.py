"""What WeasyPrint leaves to be mended in the tags of a PDF, so that it passes PDF/UA-1."""

from __future__ import annotations

from typing import Any

import pydyf

_IN_ITEM = ("/Lbl", "/LBody", "/L")


def mend(document: Any, pdf: Any) -> None:
    """Mend the tags of ``pdf`` before it is written.

    The content of list items gets its body, and what can be pressed within a link is a link too.
    """
    del document
    by_reference = {item.reference: item for item in pdf.objects}
    for item in list(pdf.objects):
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("S") == "/LI":
            _gather(item, pdf, by_reference)
        elif item.get("S") not in (None, "/Link", "/Form") and _leads_on(item, by_reference):
            item["S"] = "/Link"
    if pdf.catalog.get("Outlines"):
        pdf.catalog["PageMode"] = "/UseOutlines"


def _leads_on(element: Any, by_reference: dict[bytes, Any]) -> bool:
    """Tell whether an element holds a link annotation, which an element within a link does."""
    kids = element.get("K")
    if not isinstance(kids, pydyf.Array):
        return False
    for kid in kids:
        held = by_reference.get(kid) if isinstance(kid, bytes) else None
        if isinstance(held, pydyf.Dictionary) and held.get("Type") == "/OBJR":
            return bool(by_reference[held["Obj"]].get("Subtype") == "/Link")
    return False


def _gather(item: Any, pdf: Any, by_reference: dict[bytes, Any]) -> None:
    """Put what stands in a list item by itself into one body."""
    kept, loose = pydyf.Array(), []
    body = None
    for kid in item["K"]:
        element = by_reference.get(kid)
        role = element.get("S") if isinstance(element, pydyf.Dictionary) else None
        if role in _IN_ITEM:
            kept.append(kid)
            body = element if role == "/LBody" and body is None else body
        else:
            loose.append((kid, element))
    if not loose:
        return
    if body is None:
        body = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/LBody",
                "K": pydyf.Array(),
                "Pg": item["Pg"],
                "P": item.reference,
            }
        )
        pdf.add_object(body)
        kept.append(body.reference)
    for kid, element in loose:
        body["K"].append(kid)
        if isinstance(element, pydyf.Dictionary) and "P" in element:
            element["P"] = body.reference
    item["K"] = kept
