"""What WeasyPrint leaves to be mended in the tags of a PDF, so that it passes PDF/UA-1."""

from __future__ import annotations

from typing import Any

import pydyf

_IN_ITEM = ("/Lbl", "/LBody", "/L")


def mend(document: Any, pdf: Any) -> None:
    """Mend the tags of ``pdf`` before it is written: the content of list items gets its body."""
    del document
    by_reference = {item.reference: item for item in pdf.objects}
    for item in list(pdf.objects):
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/LI":
            _gather(item, pdf, by_reference)
    if pdf.catalog.get("Outlines"):
        pdf.catalog["PageMode"] = "/UseOutlines"


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
