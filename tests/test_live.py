"""``make site``: what is shown while the site is written, and what is left afterwards."""

import http.client
import json
import os
import re
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import watch
import watchfiles
from conftest import Rooms
from live.server import FILES, OWN, LiveServer
from live_support import LiveSite, live
from messages import ToolError
from playwright.sync_api import Browser, expect
from serve import own_folder, parse_port
from site_support import ROOT, Project, Site, SmallProject, render, run
from support_casebook import write_files
from watch import SETTINGS, Sources

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
CASE, PAGE = "cases/moving-mamas.yml", "/eksempler/moving-mamas/"
LEAD = "Moving Mamas lærer opp innvandrerkvinner"
"""How the lead of that case begins."""
PLACE = "Math.round(document.querySelector('main h2:last-of-type').getBoundingClientRect().top)"
"""Where the last part of a page stands in the window."""
READY, SHOWN, ALL = "The site is ready at", "The page is up to date.", "Search and PDFs are ready."


def save(project: Project, word: str) -> None:
    """Put a word into the lead of a case, where an earlier one may stand, all at once."""
    file = project.root / CASE
    text, count = re.subn(rf"(?:\w+ )?{LEAD}", f"{word} {LEAD}", file.read_text("utf-8"))
    assert count == 1
    draft = file.with_name(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


# --- the port and the folder ---------------------------------------------------------------


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8e3", "", "åtte", "²"])
def test_a_wrong_port_is_refused(text: str) -> None:
    with pytest.raises(ToolError, match="not a port number"):
        parse_port(text)


def test_a_port_is_read() -> None:
    assert parse_port("8000") == 8000


def test_the_folder_is_empty_at_first_and_gone_at_last(tmp_path: Path) -> None:
    write_files(tmp_path / "all" / "8000", {"site-1/index.html": "of a run that was killed"})
    with own_folder(tmp_path / "all" / "8000"):
        assert list((tmp_path / "all" / "8000").iterdir()) == []
        with own_folder(tmp_path / "all" / "8001"):
            pass
        assert (tmp_path / "all" / "8000").is_dir()
    assert not (tmp_path / "all").exists()


# --- what counts as a change ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mkdocs.yml", True),
        ("cases/a.yml", True),
        ("cases/_vocabulary/measures.yml", True),
        ("hooks/casebook/strings/nb.yml", True),
        ("docs/index.en.md", True),
        ("hooks/__pycache__/a.cpython-311.pyc", False),
        ("hooks/casebook/a.pyc", False),
        ("cases/.a.yml.swp", False),
        ("cases/.#a.yml", False),
        ("cases/#a.yml#", False),
        ("cases/a.yml~", False),
        ("cases/4913", False),
    ],
)
def test_what_counts_as_a_change(name: str, expected: bool) -> None:
    assert Sources()(1, f"/project/{name}") is expected  # type: ignore[arg-type]


class Heard:
    """What a watcher tells."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.paths: list[Path] = []

    def wait_for(self, *paths: Path) -> None:
        """Wait until all of these have been told."""
        while not set(paths) <= set(self.paths):
            time.sleep(0.02)


@contextmanager
def watching(root: Path, *first: Path) -> Iterator[Heard]:
    """Watch a project; it has begun when a change of each of the ``first`` files was told."""
    heard = Heard()
    with watch.watching(root, heard.paths.extend):
        for file in first:
            while file not in heard.paths:  # it takes a moment to begin
                file.write_text(f"{time.monotonic()}")
                time.sleep(0.1)
        yield heard


def test_changes_are_told_and_reading_is_not(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    write_files(root, {"cases/a.yml": "x", "cases/b.yml": "x", "mkdocs.yml": "x"})
    record, other, settings = root / "cases/a.yml", root / "cases/b.yml", root / SETTINGS
    with watching(root, other, settings) as heard:
        record.read_text()
        write_files(root, {"README.md": "x", "cases/__pycache__/a.pyc": "x", "cases/.c.yml": "x"})
        write_files(root, {"cases/new/d.yml": "x"})
        while not any("new" in path.parts for path in heard.paths):  # the folder, or the file
            time.sleep(0.02)
        # As editors save: a new file in the old one's place, again and again.
        for number in range(2):
            heard.paths.clear()
            write_files(root, {"draft": f"{number}"}).joinpath("draft").replace(settings)
            heard.wait_for(settings)
    assert not [path for path in heard.paths if path.name in ("README.md", "a.pyc", ".c.yml")]
    assert record not in heard.paths


def test_where_the_system_has_no_watches_left_files_are_looked_at_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = watchfiles.watch

    def refusing(*folders: Path, force_polling: bool | None, **rest: Any) -> Any:
        if not force_polling:
            raise RuntimeError("Error creating recommended watcher: Too many open files")
        return ours(*folders, force_polling=True, poll_delay_ms=20, **rest)

    monkeypatch.setattr(watch, "watch", refusing)
    root = tmp_path.resolve()
    write_files(root, {"cases/a.yml": "x"})
    with watching(root, root / "cases/a.yml"):
        pass


# --- what the server shows -----------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[LiveServer]:
    """A server that shows nothing yet."""
    with LiveServer(0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: LiveServer, path: str, method: str = "GET") -> tuple[int, str, str | None]:
    """Status, text and ETag of an address."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    with closing(connection):
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.read().decode(), response.getheader("ETag")


def html(text: str) -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{text}</body></html>"


def test_pages_get_the_script_that_knows_what_they_were(server: LiveServer, tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": html("old"), "a.json": "{}", "404.html": html("gone")})
    server.show(site=tmp_path)
    _, text, tag = ask(server, "/")
    assert tag is not None
    script = f'<script type="module" src="{OWN}page.js?{tag[1:-1]}"></script></head>'
    assert text == html("old").replace("</head>", script)
    assert ask(server, "/", "HEAD") == (200, "", tag)
    assert ask(server, "/a.json") == (200, "{}", None)
    assert "page.js" in ask(server, "/nowhere/")[1]
    # Another page, or the same one with other styles, is told apart.
    server.show(styles=1)
    styled = ask(server, "/")[2]
    write_files(tmp_path, {"index.html": html("new")})
    assert len({tag, styled, ask(server, "/")[2]}) == 3


def test_what_the_script_needs_is_served_and_nothing_else_is_there(server: LiveServer) -> None:
    assert ask(server, f"{OWN}page.js")[:2] == (200, FILES["page.js"].read_text("utf-8"))
    assert ask(server, f"{OWN}page.css")[0] == 200
    for name in ("", "server.py", "../serve.py", "%2e%2e/serve.py"):
        assert ask(server, f"{OWN}{name}")[:2] == (404, "")


def test_a_finished_page_of_the_build_under_way_is_shown_before_the_rest(
    server: LiveServer, tmp_path: Path
) -> None:
    write_files(tmp_path, {"1/index.html": "old", "1/a/index.html": "old a"})
    write_files(tmp_path, {"2/index.html": "new", "2/a/index.html": "new a"})
    server.show(site=tmp_path / "1", early={"a/index.html": tmp_path / "2/a/index.html"})
    assert ask(server, "/")[1].startswith("old")
    assert ask(server, "/a/")[1].startswith("new a")
    shutil.rmtree(tmp_path / "2")  # superseded
    assert ask(server, "/a/")[1].startswith("old a")


def test_the_search_is_found_beside_the_site(server: LiveServer, tmp_path: Path) -> None:
    write_files(tmp_path, {"1/index.html": "", "search/pagefind/a.json": "[1]"})
    server.show(site=tmp_path / "1")
    assert ask(server, "/pagefind/a.json")[0] == 404
    server.show(search=tmp_path / "search")
    assert ask(server, "/pagefind/a.json")[:2] == (200, "[1]")


def test_before_there_is_a_page_the_failure_is_told_as_text(server: LiveServer) -> None:
    server.show(failure={"nb": "Feil i <script>alert(1)</script>"})
    _, text, _ = ask(server, "/eksempler/")
    assert '<pre lang="nb">Feil i &lt;script&gt;alert(1)&lt;/script&gt;</pre>' in text
    assert f"{OWN}page.js?" in text


def test_open_pages_hear_of_everything_that_is_shown(server: LiveServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request("GET", f"{OWN}news?page=/eksempler/a/")
    with closing(connection), closing(connection.getresponse()) as response:
        assert response.getheader("Content-Type") == "text/event-stream"

        def told() -> Any:
            line = response.readline()
            assert response.readline() == b"\n"
            return json.loads(line.removeprefix(b"data: "))

        assert told() == {"failure": None}
        assert server.open_pages() == ["/eksempler/a/"]
        server.show(failure={"nb": "a\nb"})
        assert told() == {"failure": {"nb": "a\nb"}}
    while server.open_pages():  # noticed when something is sent
        server.show()
        time.sleep(0.02)


# --- the whole tool ------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project, to be changed while its site is shown."""
    return SmallProject(tmp_path / "project")


def test_many_saves_are_shown_at_once_and_what_cannot_be_built_is_told(project: Project) -> None:
    project.replace(CASE, "\ndepth: short", "\ndepth: deep")
    with live(project) as site:
        # There is no page to show yet: the fault stands where it will be.
        site.wait_for(READY)
        text = site.page(PAGE)
        assert "<main" not in text
        for language in ("nb", "en"):
            assert re.search(rf'<pre lang="{language}">[^<]*{CASE}:\d+:\d+: error:', text)
        project.replace(CASE, "\ndepth: deep", "\ndepth: short")
        site.wait_for_page(PAGE, LEAD)
        seen = site.wait_for(ALL)
        for number in range(50):
            save(project, f"Nr{number}")
            time.sleep(0.02)
        site.wait_for_page(PAGE, f"Nr49 {LEAD}")
        seen = site.wait_for(ALL, site.wait_for(SHOWN, seen))
        assert site.lines.count(SHOWN) <= 4  # two, unless the machine is very busy
        # A fault is told in the terminal, and the former page stays.
        project.replace(CASE, "\ndepth: short", "\ndepth: deep")
        site.wait_for(f"{CASE}:", seen)
        seen = site.wait_for("The previous version is still shown at", seen)
        assert f"Nr49 {LEAD}" in site.page(PAGE)
        project.replace(CASE, "\ndepth: deep", "\ndepth: short")
        site.wait_for(SHOWN, seen)
        assert site.end() == 0
        assert site.lines[-2:] == ["Avsluttet.", "Ended."]
    assert not (project.root / ".preview").exists()


def test_changed_code_and_texts_are_loaded_afresh(project: Project) -> None:
    with live(project) as site:
        site.wait_for(READY)
        strings = "hooks/casebook/strings/en/interface.yml"
        project.replace(strings, "skip: Skip to content", "skip: Over here")
        site.wait_for_page("/index.en/", "Over here")
        # A fault in the code does not end the tool either.
        seen = len(site.lines)
        project.append("hooks/events.py", "1 / 0")
        site.wait_for("still shown", seen)
        (project.root / "hooks/events.py").write_text((ROOT / "hooks/events.py").read_text("utf-8"))
        site.wait_for(SHOWN, seen)


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder: name and bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_shown_after_many_saves_is_what_a_cold_build_gives(project: Project) -> None:
    """Records, pages and vocabularies that change, come and go; with search and a PDF."""
    pdf = {"SITE_PDF": "moving-mamas ny-kafe"}
    with live(project, **pdf) as site:
        seen = site.wait_for(ALL)
        assert "moving-mamas.pdf" in site.page(PAGE)
        shutil.copyfile(project.root / CASE, project.root / "cases/ny-kafe.yml")
        save(project, "Først")
        project.replace("docs/index.md", "view: home", "view: home\nmenu: Hjem")
        seen = site.wait_for(ALL, seen)
        assert "ny-kafe.pdf" in site.page("/eksempler/ny-kafe/")
        (project.root / "cases/ny-kafe.yml").unlink()
        project.append("docs/ordliste.md", "")
        vocabulary, label = "cases/_vocabulary/measures.yml", "nb: Sosial virksomhet som ansetter"
        project.replace(vocabulary, label, f"{label} folk")
        site.wait_for(ALL, seen)
        (shown,) = site.home.glob("site-*")
        (search,) = site.home.glob("search-*")
        warm = files_of(shown) | files_of(search)
        done = render(project.root, project.site, f"{site.url}/", **pdf)
    assert done.returncode == 0, done.stderr
    cold = files_of(project.site)
    assert warm.keys() == cold.keys()
    assert [name for name in cold if warm[name] != cold[name]] == []


def test_a_busy_port_is_told_before_anything_is_made(project: Project) -> None:
    with LiveServer(0) as other:
        command = ["tools/serve.py", "--port", str(other.server_port)]
        done = run(command, project.root)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert done.stdout == ""
    assert not (project.root / ".preview").exists()


@LINUX
def test_a_full_disk_or_a_killed_builder_leaves_the_former_site(project: Project) -> None:
    with live(project, SITE_PDF="moving-mamas art-for-all") as site:
        seen = site.wait_for(ALL)
        builder = site.builder()
        full, former = 20_000, resource.prlimit(builder, resource.RLIMIT_FSIZE)
        resource.prlimit(builder, resource.RLIMIT_FSIZE, (full, former[1]))
        save(project, "Fullt")
        seen = site.wait_for("still shown", seen)
        assert LEAD in site.page(PAGE)
        assert "Fullt" not in site.page(PAGE)
        resource.prlimit(builder, resource.RLIMIT_FSIZE, former)
        save(project, "Plass")
        seen = site.wait_for("Making", seen)
        os.kill(builder, signal.SIGKILL)
        seen = site.wait_for("still shown", seen)
        while site.processes() != [site.process.pid]:
            time.sleep(0.02)
        save(project, "Igjen")
        site.wait_for_page(PAGE, f"Igjen {LEAD}")


# --- the end -------------------------------------------------------------------------------


def assert_nothing_left(site: LiveSite) -> None:
    """No process, no folder, and nothing half-written among the PDFs that are kept."""
    assert site.processes() == []
    assert not (site.project.root / ".preview").exists()
    assert list((site.project.root / ".cache" / "pdf").glob("*.tmp")) == []


@LINUX
@pytest.mark.parametrize("moment", ["Building the site", "PDF 1/", "Changed:"])
def test_ctrl_c_leaves_nothing_at_any_moment(project: Project, moment: str) -> None:
    """At the start, while search and PDFs are made, and while a change is built."""
    pdfs = "moving-mamas art-for-all e-women asylmottak-aktivitet"
    with live(project, SITE_PDF=pdfs) as site:
        if moment == "Changed:":
            site.wait_for(READY)
            save(project, "Snart")
        site.wait_for(moment)
        assert site.end(signal.SIGTERM if moment == "Changed:" else signal.SIGINT) == 0
        assert site.lines[-2:] == ["Avsluttet.", "Ended."]
        assert_nothing_left(site)


@LINUX
def test_a_tool_that_is_killed_takes_everything_with_it(project: Project) -> None:
    with live(project, SITE_PDF="moving-mamas art-for-all") as site:
        site.wait_for("Making")
        site.process.kill()
        site.wait_for_no_process()
        assert not site.home.exists()


def test_two_of_them_and_a_build_do_not_disturb_each_other(project: Project) -> None:
    with live(project) as one, live(project) as other:
        done = render(project.root, project.site)
        assert done.returncode == 0, done.stderr
        for site in (one, other):
            site.wait_for(ALL)
        save(project, "Begge")
        for site in (one, other):
            site.wait_for_page(PAGE, f"Begge {LEAD}")
        one.end()
        assert f"Begge {LEAD}" in other.page(PAGE)


# --- in a browser --------------------------------------------------------------------------


def test_an_open_page_becomes_new_keeps_its_place_and_tells_of_faults(
    project: Project, chromium: Browser
) -> None:
    with live(project) as site:
        site.wait_for(ALL)
        with closing(Rooms(chromium, site.url)) as rooms:
            window = rooms.open()
            page = window.page
            page.goto(site.url + PAGE)
            expect(page.locator("main")).to_contain_text(LEAD)
            page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 400))")
            # What stands above gets longer: what one reads is to stay where it is.
            place = page.evaluate(PLACE)
            save(project, "Levende")
            expect(page.locator("main")).to_contain_text(f"Levende {LEAD}")
            window.until(lambda: page.evaluate(PLACE) == place)
            # A fault is told on the page, which stays.
            failure = page.get_by_role("alert")
            project.replace(CASE, "\ndepth: short", "\ndepth: <b>deep</b>")
            for language in ("nb", "en"):
                told = failure.locator(f"[lang={language}]")
                expect(told).to_contain_text(re.compile(rf"{CASE}:\d+:\d+: error: .*<b>deep</b>"))
            assert page.evaluate(PLACE) == place
            expect(page.locator("main")).to_contain_text(f"Levende {LEAD}")
            project.replace(CASE, "\ndepth: <b>deep</b>", "\ndepth: short")
            expect(failure).to_have_count(0)
            window.assert_clean()


def test_a_built_site_knows_nothing_of_the_script(site: Site) -> None:
    assert not [file for file in site.root.rglob("*.html") if OWN in file.read_text("utf-8")]
    assert not (site.root / OWN.strip("/")).exists()
