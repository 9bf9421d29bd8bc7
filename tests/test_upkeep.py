"""What decays is told in one issue of each kind, while there is time to do something about it."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from messages import ToolError
from site_support import ROOT
from upkeep import age, issue
from upkeep.issue import KINDS, LABEL, GitHub, tell, written

LINKS = KINDS["links"]


class FakeGitHub(HTTPServer):
    """A repository with issues, as far as GitHub's interface is used here."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[dict[str, Any]] = []
        self.labels: list[str] = []
        self.comments: list[tuple[int, str]] = []
        self.broken = False

    @property
    def environment(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self.server_address[1]}"
        return {
            "GITHUB_API_URL": address,
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_TOKEN": "token",
        }

    @property
    def open(self) -> list[dict[str, Any]]:
        return [one for one in self.issues if one["state"] == "open"]


class _Handler(BaseHTTPRequestHandler):
    server: FakeGitHub

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        assert asked["state"] == ["open"]
        labelled = [one for one in self.server.open if asked["labels"][0] in one["labels"]]
        self._answer(500 if self.server.broken else 200, labelled)

    def do_POST(self) -> None:
        fields, path = self._fields(), self.path.removeprefix("/repos/owner/name")
        if path == "/labels":
            known = fields["name"] in self.server.labels
            self.server.labels.append(fields["name"])
            self._answer(422 if known else 201, {})
        elif path == "/issues":
            number = len(self.server.issues) + 1
            self.server.issues.append({"number": number, "state": "open", **fields})
            self._answer(201, {})
        else:
            self.server.comments.append((int(path.split("/")[2]), fields["body"]))
            self._answer(201, {})

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.server.issues[number - 1] |= self._fields()
        self._answer(200, {})

    def _fields(self) -> dict[str, Any]:
        assert self.headers["Authorization"] == "Bearer token"
        found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert isinstance(found, dict)
        return found

    def _answer(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def there() -> Iterator[FakeGitHub]:
    server = FakeGitHub()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_issue_of_a_kind_is_opened_renewed_and_closed(there: FakeGitHub) -> None:
    github = GitHub(there.environment)
    someone = {"number": 1, "state": "open", "title": LINKS.title, "labels": [], "body": "mine"}
    there.issues.append(dict(someone))
    tell(github, LINKS, "")
    tell(github, KINDS["packages"], "pkg:pypi/bad@1: known")
    tell(github, LINKS, "- <https://a.example/>: HTTP 404\n")
    tell(github, LINKS, "- <https://a.example/>: HTTP 404\n")
    assert [one["title"] for one in there.open[1:]] == [KINDS["packages"].title, LINKS.title]
    assert all(one["labels"] == [LABEL] for one in there.open[1:])
    assert there.comments == []
    tell(github, LINKS, "- <https://b.example/>: HTTP 404\n")
    assert len(there.issues) == 3
    assert "b.example" in there.issues[2]["body"]
    assert "a.example" not in there.issues[2]["body"]
    tell(github, LINKS, " \n")
    assert (there.issues[2]["state"], there.issues[1]["state"]) == ("closed", "open")
    assert [number for number, _ in there.comments] == [3, 3]
    tell(github, LINKS, "- <https://c.example/>: HTTP 404\n")
    assert there.issues[3]["state"] == "open"
    assert there.issues[0] == someone


def test_what_others_wrote_mentions_nobody_and_ends_no_block() -> None:
    text = written(LINKS, "- <https://x.example/@everyone>: ````\n# no heading")
    fence = "`" * 5
    before, inside, after = text.split(f"\n{fence}")
    assert "@everyone" in inside
    assert "@" not in before + after
    assert len(written(LINKS, "x" * 100_000)) < 65_536


def test_what_nobody_knows_closes_nothing(
    there: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for name, value in there.environment.items():
        monkeypatch.setenv(name, value)
    tell(GitHub(there.environment), LINKS, "something")
    monkeypatch.setattr("sys.argv", ["issue.py", "links", str(tmp_path / "links.txt")])
    with pytest.raises(ToolError, match="nobody knows"):
        issue._main()
    assert len(there.open) == 1
    there.broken = True
    with pytest.raises(ToolError, match="did not answer"):
        tell(GitHub(there.environment), LINKS, "")
    there.broken = False
    (tmp_path / "links.txt").touch()
    assert issue._main() == 0
    assert there.open == []
    monkeypatch.delenv("GITHUB_TOKEN")
    with pytest.raises(ToolError, match="GITHUB_TOKEN"):
        issue._main()


TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("built", "changed", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 1), []),
        (date(2026, 11, 2), date(2026, 11, 1), ["was made on 2026-11-02"]),
        (None, date(2026, 11, 1), ["could not find out when"]),
        (date(2026, 11, 30), date(2026, 10, 10), ["Nothing has changed for 51 days"]),
        (None, date(2026, 10, 10), ["could not find out when", "Nothing has changed for 51 days"]),
    ],
)
def test_age_is_told_while_there_is_time(
    built: date | None, changed: date, said: list[str]
) -> None:
    lines = list(age.told(TODAY, changed, "https://site.example/", built, "why"))
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))


def test_the_day_is_read_from_the_page_and_from_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footer = (ROOT / "overrides/chrome/footer.html").read_text(encoding="utf-8")
    page = footer.replace("{{ site.built.iso }}", "2026-11-22")
    assert age.built(page) == date(2026, 11, 22)
    assert age.built("<p>Nothing</p>") is None
    monkeypatch.setattr(age, "last_change", lambda root: TODAY)
    monkeypatch.setattr("sys.argv", ["age.py", "file:///etc/passwd", str(tmp_path / "age.txt")])
    assert age._main() == 0
    assert "file:///etc/passwd" in (tmp_path / "age.txt").read_text(encoding="utf-8")
    with pytest.raises(ToolError, match="no history"):
        monkeypatch.undo()
        age.last_change(tmp_path)
