"""The tools a newcomer, an editor and CI meet: what they do, and what they say."""

import http.client
import os
import re
import stat
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import browser
import build
import environment
import messages
import pytest
import relock
from browsing import served
from messages import ToolError, run_tool
from web import SiteServer, find

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell and signals")


def write(path: Path, text: str = "") -> Path:
    """Write a file and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_program(path: Path, text: str) -> Path:
    """Write an executable shell script."""
    write(path, "#!/bin/sh\n" + text).chmod(stat.S_IRWXU)
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as an earlier build left it."""
    folder = tmp_path / "site"
    write(folder / "index.html", "old")
    write(folder / "side" / "index.html", "old page")
    return folder


# --- build ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [".", "..", "docs", "cases/new", "hooks", "tools"])
def test_the_site_cannot_be_built_over_the_sources(name: str) -> None:
    with pytest.raises(ToolError):
        build.refuse_sources((ROOT / name).resolve(), ROOT)


def test_the_site_can_be_built_elsewhere(tmp_path: Path) -> None:
    build.refuse_sources(ROOT / "site", ROOT)
    build.refuse_sources(ROOT / ".preview" / "8000", ROOT)
    build.refuse_sources(tmp_path, ROOT)


def test_build_time_is_the_last_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert build.build_time(tmp_path) == build.EPOCH_WITHOUT_GIT
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2024-05-31T12:00:00Z")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert build.build_time(tmp_path) == build.EPOCH_WITHOUT_GIT
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "x"], cwd=tmp_path, check=True)
    assert build.build_time(tmp_path) == 1717156800


def test_build_time_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.build_time(tmp_path) == build.EPOCH_WITHOUT_GIT


def test_the_site_is_built_as_of_today_or_of_the_day_that_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717156800")
    assert build.build_day() == "2024-05-31"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    days = abs(datetime.fromisoformat(build.build_day()) - datetime.now()).days
    assert days <= 1


def changed_meanwhile(root: Path, change: Callable[[], object]) -> str:
    """What is said when files change during a build; nothing when they count for nothing."""
    try:
        with build.unchanged(root):
            change()
    except ToolError as stop:
        assert stop.en.endswith(" changed meanwhile. Build again.")
        return stop.en.removeprefix("The site was not built: ").partition(" changed")[0]
    return ""


def test_a_site_of_two_states_of_the_sources_is_refused(tmp_path: Path) -> None:
    case, page = write(tmp_path / "cases" / "a.yml", "a"), write(tmp_path / "docs" / "b.md", "b")
    settings = write(tmp_path / "mkdocs.yml", "c")
    for file in (case, page, settings):
        name = file.relative_to(tmp_path).as_posix()
        assert changed_meanwhile(tmp_path, partial(write, file, "other")) == name
        assert changed_meanwhile(tmp_path, file.unlink) == name
        assert changed_meanwhile(tmp_path, partial(write, file, "anew")) == name
    many = [tmp_path / "hooks" / f"{number}.py" for number in range(5)]
    said = changed_meanwhile(tmp_path, lambda: [write(file) for file in many])
    assert said == "hooks/0.py, hooks/1.py, hooks/2.py (+2)"


@pytest.mark.parametrize(
    "name", ["docs/.b.md.swp", "docs/b.md~", "hooks/__pycache__/a.pyc", "site/index.html", "x.md"]
)
def test_what_is_no_source_may_change_during_a_build(tmp_path: Path, name: str) -> None:
    write(tmp_path / "docs" / "b.md")
    assert changed_meanwhile(tmp_path, lambda: write(tmp_path / name)) == ""


def test_a_change_during_a_build_costs_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write(tmp_path / "site" / "index.html", "old")
    write(tmp_path / ".site.files", "index.html")

    def render(root: Path, fresh: Path, *_: object, **options: object) -> None:
        write(fresh / "index.html", "new")
        write(tmp_path / "cases" / "a.yml", "changed")

    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "ENDINGS", [])
    monkeypatch.setattr(build, "render_site", render)
    monkeypatch.setattr(sys, "argv", ["build.py", "--site-dir", str(site.parent)])
    assert run_tool(build._main) == 1
    assert "cases/a.yml changed meanwhile" in capsys.readouterr().err
    assert site.read_text() == "old"


def render_in_process(project: Path, site_url: str | None) -> subprocess.CompletedProcess[str]:
    """Build a small project with MkDocs in a fresh process."""
    code = (
        "import sys; from pathlib import Path; from build import render_site\n"
        "from messages import run_tool\n"
        "root, url = Path(sys.argv[1]), sys.argv[2] or None\n"
        "sys.exit(run_tool(lambda: render_site(root, root / 'out', url) or 0))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(project), site_url or ""],
        cwd=ROOT / "tools",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project MkDocs builds in a moment."""
    write(tmp_path / "mkdocs.yml", "site_name: X\nsite_url: https://example.org/base/\n")
    write(tmp_path / "docs" / "index.md", "# X\n")
    return tmp_path


def test_the_site_is_built_for_the_given_address(project: Path) -> None:
    assert render_in_process(project, "http://127.0.0.1:9000/").returncode == 0
    sitemap = (project / "out" / "sitemap.xml").read_text()
    assert "http://127.0.0.1:9000/" in sitemap
    assert "example.org" not in sitemap
    done = render_in_process(project, None)
    assert (done.returncode, done.stdout) == (0, "")
    assert "https://example.org/base/" in (project / "out" / "sitemap.xml").read_text()


def test_a_site_for_this_machine_only_is_called_so(project: Path) -> None:
    write(project / "mkdocs.yml", "site_name: X\nsite_url: http://127.0.0.1:8000/\n")
    assert "To publish it: SITE_URL=" in render_in_process(project, None).stdout
    # Whoever names the address, as `make site` does, knows it.
    assert render_in_process(project, "http://127.0.0.1:8000/").stdout == ""


def test_a_warning_fails_the_build(project: Path) -> None:
    write(project / "docs" / "index.md", "[a](a.md) [b](b.md)\n")
    done = render_in_process(project, None)
    assert done.returncode == 1
    assert "'a.md'" in done.stderr
    assert "'b.md'" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith(
        "Nettstedet ble ikke bygget: rett problemene over og prøv igjen.\n"
        "The site was not built: fix the problems above and try again.\n"
    )


@pytest.mark.parametrize("text", ["site_name: [", "theme: nope", "hooks: [missing.py]"])
def test_a_wrong_mkdocs_yml_is_no_traceback(project: Path, text: str) -> None:
    write(project / "mkdocs.yml", text)
    done = render_in_process(project, None)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_fault_in_a_hook_shows_where_it_is(project: Path) -> None:
    write(project / "h.py", "def on_nav(nav, **_):\n    return 1 / 0\n")
    write(project / "mkdocs.yml", "site_name: X\nhooks: [h.py]\n")
    done = render_in_process(project, None)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith("there is a fault in the build code, see above.\n")


# --- web: the server -----------------------------------------------------------------------


def ask(server: SiteServer, path: str, method: str = "GET") -> http.client.HTTPResponse:
    """Send a request with the path exactly as given."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    with closing(connection):
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        return response


def body(response: http.client.HTTPResponse) -> bytes:
    """The bytes of a response that ``ask`` has read."""
    data = response.body  # type: ignore[attr-defined]
    assert isinstance(data, bytes)
    return data


def test_pages_files_and_folders(site: Path) -> None:
    write(site / "blåbær" / "index.html", "æøå")
    with served(site) as server:
        assert body(ask(server, "/")) == b"old"
        assert body(ask(server, "/side/?a=b")) == b"old page"
        assert body(ask(server, "/bl%C3%A5b%C3%A6r/")).decode() == "æøå"
        head = ask(server, "/side/", "HEAD")
        assert (head.status, body(head), head.getheader("Content-Length")) == (200, b"", "8")
        moved = ask(server, "/side?a=b")
        assert (moved.status, moved.getheader("Location")) == (301, "/side/?a=b")
        assert ask(server, "//side").getheader("Location") == "/side/"


def test_a_missing_page_is_the_sites_own_404(site: Path) -> None:
    write(site / "empty" / "x.txt")
    with served(site) as server:
        bare = ask(server, "/nope/")
        assert (bare.status, body(bare)) == (404, b"")
        write(site / "404.html", "ikke funnet")
        for path in ("/nope", "/nope/", "/empty/", "/side/index.html/x", "/%00", "/%ff"):
            response = ask(server, path)
            assert (response.status, body(response)) == (404, b"ikke funnet"), path
            assert response.getheader("Content-Type") == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.CSS", "text/css; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.pdf", "application/pdf"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_types(site: Path, name: str, expected: str) -> None:
    write(site / name)
    with served(site) as server:
        response = ask(server, f"/{name}")
        assert (response.status, response.getheader("Content-Type")) == (200, expected)


def test_nothing_is_kept_by_the_browser(site: Path) -> None:
    with served(site) as server:
        response = ask(server, "/")
        assert response.getheader("Cache-Control") == "no-store"
        for name in ("Last-Modified", "ETag", "Expires"):
            assert response.getheader(name) is None


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/side/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//../secret.txt",
        "/link.txt",
    ],
)
def test_the_folder_cannot_be_left(site: Path, path: str) -> None:
    secret = write(site.parent / "secret.txt", "secret")
    (site / "link.txt").symlink_to(secret)
    with served(site) as server:
        response = ask(server, path)
        assert (response.status, body(response)) == (404, b"")
    assert find(site, path) is None


def test_an_absolute_path_stays_inside(site: Path) -> None:
    assert find(site, f"//{site.parent}/site/index.html") is None


def test_only_this_machine_can_ask(site: Path) -> None:
    with served(site) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_busy_port_is_two_sentences(site: Path) -> None:
    with served(site) as other, pytest.raises(ToolError) as refused:
        SiteServer(site, other.server_port)
    port = other.server_port
    following = port + 1 if port < 65535 else port - 1
    assert refused.value.nb == (
        f"Port {port} er opptatt av et annet program: avslutt det, eller velg en annen port "
        f"med «make site PORT={following}»."
    )
    assert refused.value.en == (
        f"Port {port} is in use by another program: end it, or choose another port "
        f"with “make site PORT={following}”."
    )


# --- with_python.sh ------------------------------------------------------------------------

# Stands for a Python: answers the probe (-c) with a status, else tells its name.
FAKE = 'if [ "$1" = -c ]; then printf %s "{says}"; exit {status}; fi; echo "{name} $*"\n'


def run_with_python(folder: Path, **pythons: tuple[str, int]) -> subprocess.CompletedProcess[str]:
    """Run with_python.sh with nothing but the given programs on PATH."""
    folder.mkdir(exist_ok=True)
    for name, (says, status) in pythons.items():
        full = name.replace("_", ".")
        write_program(folder / full, FAKE.format(says=says, status=status, name=full))
    return subprocess.run(
        ["/bin/sh", "tools/with_python.sh", "tool.py", "with space"],
        cwd=ROOT,
        env={"PATH": str(folder), "HOME": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@POSIX
def test_the_first_python_that_is_new_enough(tmp_path: Path) -> None:
    done = run_with_python(
        tmp_path / "b i n",
        python3=("", 1),  # too old
        python3_11=("", 127),  # a version manager's name that leads nowhere
        python3_12=("", 0),
        python3_13=("", 0),
    )
    assert (done.returncode, done.stdout) == (0, "python3.12 tool.py with space\n")


@POSIX
def test_no_python_that_will_do_is_two_sentences(tmp_path: Path) -> None:
    done = run_with_python(tmp_path, python3=("", 1))
    assert (done.returncode, done.stdout) == (1, "")
    norwegian, english = done.stderr.splitlines()
    assert norwegian.startswith("Fant ikke Python 3.11 eller nyere")
    assert english.startswith("Python 3.11 or newer")
    assert done.stderr.count("sudo apt install python3-venv") == 2


# --- environment ---------------------------------------------------------------------------

RUNTIME, DEV = environment.LOCKS


class Installed:
    """A project whose installations are only written down."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.done: list[str] = []
        self.error: BaseException | None = None
        self.runs = True
        write(root / RUNTIME, "a\n")
        write(root / DEV, "a\nb\n")
        monkeypatch.setattr(venv, "create", self._create)
        monkeypatch.setattr(environment, "_install", self._install)
        monkeypatch.setattr(environment, "runs", lambda _place: self.runs)

    def _create(self, place: Path, **_options: bool) -> None:
        self.done.append("create")
        place.mkdir(exist_ok=True)

    def _install(self, _root: Path, lock: str) -> None:
        self.done.append(lock)
        if self.error:
            raise self.error

    def ensure(self, lock: str) -> list[str]:
        """Ensure an environment; return what was done for it."""
        self.done.clear()
        environment.ensure(self.root, lock)
        return list(self.done)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """A project whose installations are only written down."""
    return Installed(tmp_path, monkeypatch)


def test_a_second_run_does_nothing(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert installed.ensure(RUNTIME) == ["create", RUNTIME]
    capsys.readouterr()
    assert installed.ensure(RUNTIME) == []
    assert capsys.readouterr().out == ""


def test_dev_goes_on_top_of_runtime_and_serves_it_too(installed: Installed) -> None:
    installed.ensure(RUNTIME)
    assert installed.ensure(DEV) == [DEV]
    assert installed.ensure(DEV) == []
    assert installed.ensure(RUNTIME) == []


def test_a_new_lock_is_installed_from_the_ground(installed: Installed) -> None:
    installed.ensure(DEV)
    write(installed.root / RUNTIME, "newer\n")
    assert installed.ensure(RUNTIME) == ["create", RUNTIME]
    assert installed.ensure(DEV) == [DEV]


def test_a_change_of_the_dev_lock_is_no_matter_to_runtime(installed: Installed) -> None:
    installed.ensure(DEV)
    write(installed.root / DEV, "changed\n")
    assert installed.ensure(RUNTIME) == []
    assert installed.ensure(DEV) == [DEV]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ToolError("nb", "en")])
@pytest.mark.parametrize("before", [None, RUNTIME])
def test_an_interrupted_installation_is_done_again(
    installed: Installed, error: BaseException, before: str | None
) -> None:
    if before:
        installed.ensure(before)
        write(installed.root / before, "newer\n")
    installed.error = error
    with pytest.raises(type(error)):
        installed.ensure(DEV)
    installed.error = None
    if before:  # not even what was there before is taken for whole
        write(installed.root / before, "a\n")
    assert installed.ensure(DEV) == ["create", DEV]


def test_an_environment_whose_python_is_gone_is_made_anew(installed: Installed) -> None:
    installed.ensure(RUNTIME)
    installed.runs = False
    assert installed.ensure(RUNTIME) == ["create", RUNTIME]


def test_the_environment_of_another_folder_is_left_as_it_is(
    installed: Installed, tmp_path: Path
) -> None:
    theirs = write(tmp_path / "theirs" / RUNTIME, "older\n")
    (installed.root / ".venv").symlink_to(theirs.parent)
    assert installed.ensure(RUNTIME) == ["create", RUNTIME]
    assert theirs.read_text() == "older\n"
    assert not (installed.root / ".venv").is_symlink()


def test_nothing_runs_where_there_is_no_python(tmp_path: Path) -> None:
    assert not environment.runs(tmp_path)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("WARNING: Retrying (Retry(total=4\nERROR: No matching distribution", "could not be rea"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "wrong checksum"),
        ("ERROR: No matching distribution found for nh3==0.3", "does not have “nh3==0.3”"),
        ("ERROR: one\nERROR: No space left on device", "(No space left on device)"),
        ("", "see .venv/install.log"),
    ],
)
def test_what_pip_says_becomes_a_sentence(output: str, expected: str) -> None:
    error = environment.explain(output)
    assert expected in error.en
    assert "\n" not in error.nb + error.en


# --- browser -------------------------------------------------------------------------------


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser or package manager."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "NAMES", browser.NAMES[:3])
    return tmp_path


@POSIX
def test_a_browser_on_path_that_starts(empty_path: Path) -> None:
    assert browser.find() is None
    write_program(empty_path / "google-chrome", "exit 0")
    write_program(empty_path / "chromium-browser", "echo install the snap; exit 1")
    assert browser.find() == str(empty_path / "google-chrome")
    write_program(empty_path / "chromium", "exit 0")
    assert browser.find() == str(empty_path / "chromium")


@POSIX
def test_chromium_names_the_browser(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write_program(empty_path / "my own" / "browser", "exit 0")
    write_program(empty_path / "chromium", "exit 0")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert browser.find() == str(mine)
    mine.unlink()
    with pytest.raises(ToolError, match="does not start"):
        browser.find()


@POSIX
@pytest.mark.parametrize(("user", "sudo"), [(0, False), (1000, False), (1000, True)])
def test_a_browser_is_installed_by_root_or_with_sudo(
    empty_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, sudo: bool
) -> None:
    apt = f'echo "$@" >>"{empty_path}/done"'
    write_program(empty_path / "apt-get", apt)
    if sudo:
        write_program(empty_path / "sudo", 'shift; exec "$@"')
    monkeypatch.setattr(os, "geteuid", lambda: user)
    browser.install()
    done = empty_path / "done"
    wanted = [" ".join(command[1:]) for command in browser.APT] if sudo or user == 0 else []
    assert (done.read_text().splitlines() if done.exists() else []) == wanted


@POSIX
@pytest.mark.parametrize("ci", ["", "true"])
def test_no_browser_is_two_sentences_and_an_error_in_ci(empty_path: Path, ci: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "browser.py"],
        env={"PATH": str(empty_path), "CI": ci},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if Path("/Applications").exists() and done.stdout.strip():
        pytest.skip("this Mac has a browser")
    assert (done.returncode, done.stdout.strip()) == (1 if ci else 0, "")
    assert done.stderr.splitlines() == list(browser.MISSING)


# --- messages ------------------------------------------------------------------------------


def fail(error: BaseException) -> int:
    """Raise an error where a tool would."""
    raise error


@pytest.mark.parametrize(
    ("error", "status", "printed"),
    [
        (ToolError("nb", "en"), 1, "nb\nen\n"),
        (ToolError("nb", "en", 3), 3, "nb\nen\n"),
        (KeyboardInterrupt(), 130, "\nAvbrutt.\nInterrupted.\n"),
        (OSError(28, "x"), 1, "Disken er full, eller kvoten er brukt opp ([Errno 28] x). "),
        (OSError(30, "x"), 1, "Ingen tilgang ([Errno 30] x). "),
        (OSError(5, "x"), 1, "Filsystemet sa nei: [Errno 5] x\n"),
    ],
)
def test_how_a_tool_ends(
    capsys: pytest.CaptureFixture[str], error: BaseException, status: int, printed: str
) -> None:
    assert run_tool(lambda: fail(error)) == status
    assert capsys.readouterr().err.startswith(printed)
    assert run_tool(lambda: 7) == 7


def test_a_terminal_without_norwegian_letters() -> None:
    code = "import sys, messages; sys.exit(messages.run_tool(lambda: messages.say('æ', 'en') or 0))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "tools",
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (0, [b"?", b"en"])
    assert messages.INTERRUPTED == 130


# --- the locks, the Makefile ---------------------------------------------------------------


def pins(name: str) -> dict[str, list[str]]:
    """Each pinned requirement of a lock (with its condition) and its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if re.match(r"[a-z0-9]", line):
            requirement = line.removesuffix(" \\")
            found[requirement] = []
        elif "--hash=" in line:
            found[requirement].append(line.strip(" \\"))
    return found


@pytest.mark.parametrize("name", environment.LOCKS)
def test_a_lock_pins_everything_with_hashes_and_no_address(name: str) -> None:
    for requirement, hashes in pins(name).items():
        assert re.match(r"[a-z0-9-]+==\S+", requirement), requirement
        assert hashes, requirement
    assert not re.search(r"https?:|file:|--(index|extra|find)", (ROOT / name).read_text("utf-8"))


def test_the_dev_lock_holds_the_runtime_lock() -> None:
    runtime, dev = pins(RUNTIME), pins(DEV)
    assert runtime.items() <= dev.items()


def test_the_locks_hold_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    for lock, wanted in ((RUNTIME, runtime), (DEV, runtime + dev)):
        locked = {requirement.split("==")[0] for requirement in pins(lock)}
        names = {re.split(r"[^\w-]", entry, maxsplit=1)[0].lower() for entry in wanted}
        assert names <= locked


def test_versions_stay_where_two_branches_have_changed_a_lock() -> None:
    conflict = (
        "# This file was autogenerated\n"
        "annotated-types==0.8.0 \\\n    --hash=sha256:13b2\n    # via pydantic\n"
        "<<<<<<< HEAD\nbabel==2.18.0 ; python_version < '3.12' \\\n    --hash=sha256:b80b\n"
        "=======\nbabel==2.19.0 \\\n>>>>>>> theirs\n    --hash=sha256:e2b4\n"
    )
    assert relock.pins(conflict).splitlines() == [
        "annotated-types==0.8.0",
        "babel==2.18.0",
        "babel==2.19.0",
    ]


@pytest.mark.parametrize(
    "line", ["--index-url https://example.org/simple", "--find-links wheels", "a @ file:///a.whl"]
)
def test_what_a_machine_has_of_its_own_must_not_stand_in_a_lock(line: str) -> None:
    lock = "babel==2.18.0 \\\n    --hash=sha256:b80b\n    # via\n"
    assert relock.foreign(lock) is None
    found = relock.foreign(f"{lock}{line}\n")
    assert found is not None
    assert found in line


@POSIX
def test_make_alone_lists_every_task() -> None:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make"], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    named = re.search(r"^\.PHONY: help (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named is not None
    assert listed == named.group(1).split()


def test_ways_that_readers_miss_are_told_once_with_what_to_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    build.tell_unset({"owner": {"name": "Etaten"}, "editors": "", "repository": {}})
    said = capsys.readouterr().out
    for name, lines in build.WAYS.items():
        for line in lines:
            assert said.count(f"  {name}: {line}\n") == (name != "owner")
    assert said.count("mkdocs.yml") == 2  # in each language
    build.tell_unset(dict.fromkeys(build.WAYS, "set"))
    assert capsys.readouterr().out == ""
