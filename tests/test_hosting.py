"""What hosts are told: for each server the very headers that the site was built with."""

import re
from pathlib import Path

import pytest
from hosting import SERVERS, read_headers, read_path
from messages import ToolError
from site_support import SITE_URL, Site
from website.policy import headers, headers_file

ADDRESS = "https://example.no/a%20b/"
HEADER = {
    "nginx.conf": re.compile(r'^add_header ([\w-]+) "([^"$\\]*)" always;$', re.MULTILINE),
    "apache.conf": re.compile(r'^Header always set ([\w-]+) "([^"$\\]*)"$', re.MULTILINE),
    "caddy.conf": re.compile(r'^    ([\w-]+) "([^"{}`\\]*)"$', re.MULTILINE),
}
each_server = pytest.mark.parametrize("server", SERVERS)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "_headers").write_text(headers_file(ADDRESS), encoding="utf-8")
    page = f'<!doctype html>\n<html lang="nb" data-address="{ADDRESS}">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    return tmp_path


@each_server
def test_every_server_sends_the_same_headers_as_the_site_tells(server: str, built: Path) -> None:
    text = SERVERS[server](read_headers(built), read_path(built))
    found = dict(HEADER[server].findall(text))
    if server == "apache.conf":  # where a percent sign begins a variable, and two are one
        found = {name: value.replace("%%", "\0") for name, value in found.items()}
        assert "%" not in "".join(found.values())
        found = {name: value.replace("\0", "%") for name, value in found.items()}
    assert found == headers(ADDRESS)


@each_server
def test_every_server_shows_the_page_for_what_is_not_there(server: str, built: Path) -> None:
    path = read_path(built)
    assert path == "/a%20b/"
    text = SERVERS[server](read_headers(built), path)
    assert f"{path}404.html" in text
    assert f"{path}_headers" in text


def test_the_built_site_can_be_told_to_servers(site: Site) -> None:
    assert read_headers(site.root) == headers(SITE_URL)
    assert read_path(site.root) == "/"


def test_without_a_built_site_one_is_told_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="make build"):
        read_headers(tmp_path)


@pytest.mark.parametrize("text", ["", "/*\n", "/other\n  A: b\n", "/*\n  A: b\n  no header\n"])
def test_other_files_of_headers_are_not_passed_on(text: str, tmp_path: Path) -> None:
    (tmp_path / "_headers").write_text(text, encoding="utf-8")
    with pytest.raises(ToolError, match="build again"):
        read_headers(tmp_path)
