"""What people fill in on pages: its ids on the way from Markdown to the site."""

import pytest
from bs4 import BeautifulSoup, Tag
from casebook.render.points import PointExtension
from markdown import markdown
from markdown.extensions import Extension
from site_support import LANGUAGES, Site, address, text_of, value

EXTENSIONS: list[str | Extension] = [
    "attr_list",
    "pymdownx.tasklist",
    "md_in_html",
    PointExtension(),
]
FORMS = (
    "sjekklister/tiltaksavtale",
    "sjekklister/rammeavtale",
    "refleksjon/arbeidsgiver",
    "refleksjon/felles-verksted",
    "refleksjon/kommuneledelse",
    "refleksjon/nav-team",
    "refleksjon/sosial-entreprenor",
)


def points(text: str) -> list[Tag]:
    """What is filled in, in Markdown."""
    return list(
        BeautifulSoup(markdown(text, extensions=EXTENSIONS), "html.parser").select(".point")
    )


def test_an_item_that_ends_with_an_id_is_a_point() -> None:
    first, second = points(
        "- [ ] Hvem *er* det for? {#offer_for facets=target_groups,county from=target-groups}\n"
        "- [ ] Over\n  to linjer {#two}\n"
        "- [ ] uten id\n"
        "- en klamme {#a} midt i\n"
    )
    assert (first["id"], first["data-facets"]) == ("offer_for", "target_groups,county")
    assert first["data-from"] == "target-groups"
    said = first.select_one("#offer_for-text")
    assert said is not None
    assert said.decode_contents() == "Hvem <em>er</em> det for?"
    assert second["id"] == "two"
    assert text_of(second) == "Over to linjer"


def test_questions_and_items_between_blank_lines_are_points_too() -> None:
    first, second = points("1. Hva? {#what}\n\n2. Hvem?\n   {#who}\n")
    assert (first["id"], text_of(first)) == ("what", "Hva?")
    assert text_of(second).startswith("Hvem?")


@pytest.mark.parametrize("source", FORMS)
def test_every_language_has_the_same_points(site: Site, source: str) -> None:
    found = [
        [
            (value(point, "id"), point.get("data-facets"), point.get("data-from"))
            for point in site[address(source, language)].main.select(".point")
        ]
        for language in LANGUAGES
    ]
    assert found[0]
    assert all(other == found[0] for other in found)
    for language in LANGUAGES:
        assert "{#" not in text_of(site[address(source, language)].main)
