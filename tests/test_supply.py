"""What others have made: all of it known, under licences that were weighed, and asked about."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from site_support import ROOT
from supply import licences
from supply.advisories import UnreachableError, ask
from supply.bill import bill
from supply.components import PARTS, SITE, TOOLS, Package, read_packages
from supply.licences import licence_of, refused, written
from supply.run import LIST

PACKAGES = read_packages(ROOT)


def test_every_package_of_both_locks_is_known_with_what_it_is_for() -> None:
    found = {package.name: package for package in PACKAGES}
    assert found["pagefind"].use == SITE
    assert found["pytest"].use == TOOLS
    assert found["pagefind-bin"].needed_by == ["pagefind"]
    assert "kunnskapsbanken" in found["mkdocs"].needed_by
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = [line.split("==")[0] for line in text.splitlines() if "==" in line.split(" ;")[0]]
        assert pins
        assert {pin.split("[")[0] for pin in pins} <= set(found)


def test_packages_of_npm_are_known_with_their_licence_and_who_asked_for_them() -> None:
    found = {package.name: package for package in PACKAGES if package.ecosystem == "npm"}
    biome = found["@biomejs/biome"]
    assert biome.address == f"pkg:npm/%40biomejs/biome@{biome.version}"
    assert licence_of(biome) == "MIT OR Apache-2.0"
    assert biome.needed_by == ["kunnskapsbanken"]
    asked = json.loads((ROOT / "tools/javascript/package.json").read_text(encoding="utf-8"))
    assert set(asked["devDependencies"]) <= set(found)


def test_the_list_of_licences_is_true() -> None:
    assert (ROOT / LIST).read_text(encoding="utf-8") == written(PACKAGES), (
        "make audit ONLY=supply ARGS=--write"
    )


def test_every_licence_has_been_weighed() -> None:
    assert [it.name for it in PACKAGES if refused(it.name, licence_of(it))] == []
    assert [part.name for part in PARTS if refused(part.name, part.licence)] == []
    named = {package.name for package in PACKAGES}
    assert set(licences.EXCEPTIONS) <= named, "an exception that nothing needs"


@pytest.mark.parametrize(
    ("name", "licence", "is_refused"),
    [
        ("some", "MIT", False),
        ("some", "MIT AND PSF-2.0", False),
        ("some", "SSPL-1.0 OR MIT", False),
        ("some", "MIT AND SSPL-1.0", True),
        ("some", "AGPL-3.0-or-later", True),
        ("mkdocs-i18n", "AGPL-3.0-or-later", False),
        ("mkdocs-i18n", "SSPL-1.0", True),
        ("some", None, True),
        ("some", "", True),
    ],
)
def test_a_new_licence_waits_until_somebody_has_weighed_it(
    name: str, licence: str | None, is_refused: bool
) -> None:
    assert refused(name, licence) is is_refused


def test_what_is_not_installed_and_was_never_read_has_no_licence() -> None:
    assert licence_of(Package("no-such-package-here", "1.0", TOOLS)) is None


def test_the_bill_of_materials_names_everything_and_what_needs_what() -> None:
    text = bill(ROOT, PACKAGES)
    assert text == bill(ROOT, read_packages(ROOT))
    found = json.loads(text)
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    parts = {one["bom-ref"]: one for one in found["components"]}
    assert len(parts) == len(found["components"]) == len(PACKAGES) + len(PARTS)
    assert all(one["licenses"] for one in parts.values())
    for package in PACKAGES:
        assert parts[package.address]["purl"] == package.address
    needs = {one["ref"]: one["dependsOn"] for one in found["dependencies"]}
    refs = {*parts, found["metadata"]["component"]["bom-ref"]}
    assert {ref for others in needs.values() for ref in others} | set(needs) <= refs
    mkdocs = next(package for package in PACKAGES if package.name == "mkdocs")
    assert mkdocs.address in needs["kunnskapsbanken"]
    assert any(ref.startswith("pkg:pypi/click@") for ref in needs[mkdocs.address])
    asked_for = {ref for others in needs.values() for ref in others}
    assert [it.address for it in PACKAGES if it.address not in asked_for] == []


# --- known vulnerabilities -----------------------------------------------------------------

GOOD, BAD = Package("good", "1.0", SITE), Package("bad", "2.0", TOOLS, ecosystem="npm")


@pytest.fixture
def answering() -> Iterator[Any]:
    """A list of advisories that says what it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            server.asked = json.loads(self.rfile.read(length))  # type: ignore[attr-defined]
            body = server.says.encode()  # type: ignore[attr-defined]
            self.send_response(server.status)  # type: ignore[attr-defined]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.status, server.says = 200, ""  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address_of(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/v1/querybatch"


def test_what_is_known_against_a_package_is_told_with_its_version(answering: Any) -> None:
    answering.says = json.dumps({"results": [{}, {"vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}]})
    found = ask([GOOD, BAD], address_of(answering))
    assert found == {"pkg:npm/bad@2.0": ["PYSEC-1", "GHSA-2"]}
    assert answering.asked["queries"] == [
        {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
        for ecosystem, name, version in (("PyPI", "good", "1.0"), ("npm", "bad", "2.0"))
    ]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (500, "{}"),
        (200, "<html>log in first</html>"),
        (200, "[]"),
        (200, '{"results": null}'),
        (200, '{"results": [{}]}'),  # one answer for two questions
        (200, '{"results": [{}, {"vulns": [{}]}]}'),
    ],
)
def test_no_sensible_answer_is_not_taken_for_good_news(
    answering: Any, status: int, says: str
) -> None:
    answering.status, answering.says = status, says
    with pytest.raises(UnreachableError, match="nobody knows"):
        ask([GOOD, BAD], address_of(answering))


def test_without_a_network_one_is_told_so(answering: Any) -> None:
    address = address_of(answering)
    answering.server_close()
    with pytest.raises(UnreachableError, match="cannot be asked from here"):
        ask([GOOD], address)
