"""The form as people use it: typing names, pasting, two tabs, and sending what they made."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from casebook.browser.form_data import build_form_data
from casebook.collection.library import load_library
from casebook.languages import Language
from casebook.record.fields import FieldSpec, every_field, reference_fields
from conftest import OpenWindow, Window
from playwright.sync_api import Page, Route, expect
from site_support import LANGUAGES, ROOT, address

FORM = "bidra/ny"
PLACES = {
    "repository": "https://github.com/owner/name",
    "branch": "main",
    "email": "editors@example.org",
}


def opened(window: Window, *, places: bool = False) -> Page:
    """The page of the form, ready to be filled in; with ``places`` the site names its editors."""
    if places:
        window.page.route(re.compile(f"/{FORM}/$"), with_places)
    page = window.open(address(FORM, LANGUAGES.default))
    page.locator("#field-id").wait_for()
    return page


def with_places(route: Route) -> None:
    """Serve the page as a site does that has a repository and an address."""
    response = route.fetch()
    body = response.text()
    for name, value in PLACES.items():
        body = re.sub(f'data-{name}="[^"]*"', f'data-{name}="{value}"', body)
    route.fulfill(response=response, body=body)


# --- what the form tells ---------------------------------------------------------------------

LISTS = [
    spec for spec in (*every_field(), *reference_fields()) if spec.many and spec.form != "term"
]


@pytest.mark.parametrize("language", [*LANGUAGES], ids=lambda language: language.code)
@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: spec.key)
def test_one_item_of_each_list_has_a_name(spec: FieldSpec, language: Language) -> None:
    assert language.text(f"form.lists.{spec.key}.item")
    assert language.text(f"form.lists.{spec.key}.add")


def test_the_help_of_the_form_speaks_of_no_file() -> None:
    library, _ = load_library(ROOT / "cases", LANGUAGES)
    for language in LANGUAGES:
        fields = json.loads(build_form_data(library, language).content)["fields"]
        for text in helps(fields):
            assert not re.search(r"[«“`][a-z_-]+[»”`]|\.yml|\bid\b|\bId-en\b", text), text


def helps(fields: list[dict[str, object]]) -> list[str]:
    """The help of all fields that the form shows."""
    found: list[str] = []
    for field in fields:
        inner = field["fields"]
        assert isinstance(inner, list)
        found.append(str(field["help"]))
        # A range and a translation have controls of their own, with words of their own.
        if field["form"] == "group":
            found += helps(inner)
    return found


# --- typing ----------------------------------------------------------------------------------


def test_what_people_type_becomes_what_the_file_needs(window: OpenWindow) -> None:
    page = opened(window())
    page.fill("#field-id", "min-kafe")
    page.fill("#field-title-nb", "Kafé\tpå\nhjørnet <b>→")
    page.click('fieldset[data-path="places"] .form-add button')
    page.fill("#field-places-1-", "sandeFJORD ")
    page.locator("#field-places-1-").press("Tab")
    expect(page.locator("#field-places-1-")).to_have_value("sandefjord")
    page.click('fieldset[data-path="results"] .form-add button')
    page.click('fieldset[data-path="results[1].values"] .form-add button')
    page.fill("#field-results-1-values-1-value", "12,5")
    # English may come later: it is not asked for while one writes.
    expect(page.locator('[data-path="results"]')).not_to_have_class(re.compile("has-faults"))
    assert page.locator("#field-title-faults li").count() == 0
    page.click(".form-finish")
    text = page.locator("#form-yaml").input_value()
    assert "title:\n  nb: Kafé på hjørnet <b>→\n" in text
    assert "places: [sandefjord]\n" in text
    assert "value: 12.5\n" in text
    assert page.locator("#field-title-faults li").count() == 1


def test_what_nobody_sees_is_put_right_and_what_no_font_has_is_told(window: OpenWindow) -> None:
    page = opened(window())
    page.fill("#field-id", "min-kafe")
    page.fill(
        "#field-title-nb", "Pro\u00adsent\u200b, of\ufb01sielt A\u030a, \u0645\u06cc\u200c\u062e"
    )
    page.fill("#field-lead-nb", "Kaffe ☕ på jobb")
    page.locator("#field-lead-nb").press("Tab")
    faults = page.locator("#field-lead-faults li")
    expect(faults).to_have_count(1)
    expect(faults).to_contain_text("☕")
    page.click(".form-finish")
    text = page.locator("#form-yaml").input_value()
    assert "nb: Prosent, offisielt Å, \u0645\u06cc\u200c\u062e\n" in text


def test_a_short_name_is_proposed_from_the_title(window: OpenWindow) -> None:
    page = opened(window())
    page.fill("#field-title-nb", "Café Vintage: mer enn en kafé")
    page.click(".form-proposal button")
    expect(page.locator("#field-id")).to_have_value("cafe-vintage-2")
    expect(page.locator(".form-proposal button")).to_have_count(0)
    page.fill("#field-id", "Kafé på Hjørnet!")
    page.click(".form-proposal button")
    expect(page.locator("#field-id")).to_have_value("kafe-pa-hjornet")


def test_what_is_left_is_named_as_the_form_names_it(window: OpenWindow) -> None:
    page = opened(window())
    page.fill("#field-id", "min-kafe")
    page.fill("#field-title-nb", "Kafé")
    page.click('fieldset[data-path="organisations"] .form-add button')
    page.click(".form-finish")
    names = page.locator(".form-summary button").all_inner_texts()
    assert names[0] == "Tittel, English:"
    assert "Virksomhet 1, Roller:" in names
    page.locator(".form-summary button").first.click()
    assert page.evaluate("document.activeElement.id") == "field-title-en"


# --- drafts ----------------------------------------------------------------------------------


def test_a_second_draft_is_begun_beside_the_first(window: OpenWindow) -> None:
    page = opened(window())
    drafts = page.locator(".form-drafts li")
    page.fill("#field-title-nb", "Den første")
    expect(drafts).to_contain_text(["Den første"])
    page.click(".form-new")
    expect(page.locator("#field-title-nb")).to_have_value("")
    page.fill("#field-title-nb", "Den andre")
    expect(drafts).to_contain_text(["Den andre", "Den første"])
    drafts.last.locator("button").first.click()
    expect(page.locator("#field-title-nb")).to_have_value("Den første")


def test_no_draft_is_pushed_out_by_a_new_one(window: OpenWindow) -> None:
    drafts = {
        f"draft{number:03}": {"id": f"d-{number}", "record": {}, "existing": False, "saved": number}
        for number in range(40)
    }
    stored = json.dumps({"version": 1, "value": drafts})
    page = opened(window(before=f"localStorage.setItem('case-drafts', {json.dumps(stored)});"))
    page.click(".form-new")
    expect(page.locator(".form-notice")).to_contain_text("40")
    assert page.input_value("#field-id") == "d-39"


def test_two_tabs_with_one_draft_lose_nothing(window: OpenWindow) -> None:
    one = window()
    page = opened(one)
    page.fill("#field-id", "min-kafe")
    page.fill("#field-title-nb", "Kafé")
    other = Window(page.context.new_page(), one.server)
    opened(other).fill("#field-lead-nb", "Skrevet i den andre fanen")
    expect(page.locator("#field-lead-nb")).to_have_value("Skrevet i den andre fanen")
    page.fill("#field-title-nb", "Kafé på hjørnet")
    expect(other.page.locator("#field-title-nb")).to_have_value("Kafé på hjørnet")
    assert other.page.input_value("#field-lead-nb") == "Skrevet i den andre fanen"


def test_what_cannot_be_read_is_given_back_and_thrown_away(window: OpenWindow) -> None:
    before = """if (!sessionStorage.getItem("begun")) {
      sessionStorage.setItem("begun", "1");
      localStorage.setItem("case-drafts", "{what is this");
    }"""
    page = opened(window(before=before))
    part = page.locator(".form-aside")
    with page.expect_download() as saved:
        part.locator("button").first.click()
    assert saved.value.path().read_text(encoding="utf-8") == "{what is this"
    part.locator("button").last.click()
    expect(part).to_be_empty()
    assert page.evaluate("localStorage.length") == 0


# --- the ways on -----------------------------------------------------------------------------


def test_a_short_text_goes_along_in_the_address(window: OpenWindow) -> None:
    page = opened(window(), places=True)
    page.fill("#field-id", "min-kafe")
    page.fill("#field-title-nb", "Kafé & «æøå»")
    page.click('[data-path="new_sources"] .form-add > button')
    page.fill("#field-new-sources-1-id", "kommune-2026")
    page.fill("#field-new-sources-1-title", "Årsmelding")
    page.click(".form-finish")
    text = page.locator("#form-yaml").input_value()
    links = page.locator(".form-ways a")
    new, mail = [str(link.get_attribute("href")) for link in links.all()]
    assert parse_qs(urlsplit(new).query) == {"filename": ["cases/min-kafe.yml"], "value": [text]}
    body = unquote(mail.partition("&body=")[2]).replace("\r\n", "\n")
    assert body.startswith(text)
    assert "new_sources:\n  kommune-2026:\n    title: Årsmelding\n" in body


def test_a_long_text_goes_along_as_a_file(window: OpenWindow) -> None:
    page = opened(window(), places=True)
    page.fill("#field-id", "min-kafe")
    for language in LANGUAGES:
        page.fill(f"#field-about-{language.code}", "Æ long story. " * 400)
    page.click(".form-finish")
    text = page.locator("#form-yaml").input_value()
    upload, mail = page.locator(".form-ways a").all()
    assert str(upload.get_attribute("href")).endswith("/name/upload/main/cases")
    assert "min-kafe.yml" in unquote(str(mail.get_attribute("href")))
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="GitHub"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with page.expect_download() as saved, page.expect_popup() as popup:
        upload.click()
    popup.value.close()
    assert saved.value.suggested_filename == "min-kafe.yml"
    assert saved.value.path().read_text(encoding="utf-8") == text
    expect(page.locator(".form-said")).to_have_text("Teksten er kopiert.")


def test_a_revision_leads_to_the_file_and_has_a_day_of_its_own(window: OpenWindow) -> None:
    page = opened(window(), places=True)
    page.click(".form-existing summary")
    page.fill(".form-existing input", "Café Vintage")
    page.click(".form-existing button")
    assert page.locator(".form-notice p").count() == 1, "no case has that name alone"
    page.fill(".form-existing input", "cafe-vintage")
    page.click(".form-existing button")
    page.locator("#field-id[readonly]").wait_for()
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert page.input_value("#field-updated") == today
    page.click(".form-finish")
    expect(page.locator(".form-summary li")).to_have_count(0)
    href = page.locator(".form-ways a").first.get_attribute("href")
    assert href == "https://github.com/owner/name/edit/main/cases/cafe-vintage.yml"


def test_what_a_change_leaves_behind_in_the_other_language_is_told(window: OpenWindow) -> None:
    page = opened(window())
    page.click(".form-existing summary")
    page.fill(".form-existing input", "cafe-vintage")
    page.click(".form-existing button")
    page.locator("#field-id[readonly]").wait_for()
    told = page.locator('.form-left-behind[data-of="lead"]')
    expect(told).to_be_hidden()
    page.fill("#field-lead-nb", "En annen ingress.")
    expect(told).to_be_visible()
    page.click(".form-finish")
    expect(page.locator(".form-out .notice")).to_contain_text("Ingress")
    page.fill("#field-lead-en", "Another lead.")
    expect(told).to_be_hidden()


# --- on a phone ------------------------------------------------------------------------------


def test_a_small_screen_shows_one_part_at_a_time(window: OpenWindow) -> None:
    page = window(320).open(address(FORM, LANGUAGES.default))
    page.locator("#field-title-nb").wait_for()
    shown = page.locator(".form-section:visible h2")
    first = shown.all_inner_texts()
    assert len(first) == 1
    page.click(".form-steps button >> nth=1")
    second = shown.all_inner_texts()
    assert len(second) == 1
    assert second != first
    page.click('.form-parts a[href="#form-finish"]')
    page.click(".form-finish")
    page.click(".form-summary button >> nth=1")
    assert shown.all_inner_texts() == first
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".form-section:visible")).to_have_count(
        page.locator(".form-section").count()
    )
