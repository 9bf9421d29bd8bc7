"""Make a site with many cases and time its search index; a process of its own.

Usage: python search_site.py FOLDER CASES

FOLDER holds ``source`` (see ``prepare``) and gets ``project`` with the built site in it.  Tells on
standard error how far it is; prints one line of JSON: what making the index cost.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from casebook.languages import load_languages
from casebook.vocabulary import FOLDER, load_vocabulary
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.prepare import real_records, told_in_full, write_site
from bench.synthetic import Generator


def make_site(folder: Path, count: int) -> dict[str, float]:
    """Build a site with ``count`` cases and return seconds and bytes of its index."""
    source, home, languages = folder / "source", folder / "project", load_languages()
    real = real_records(source / "cases")
    vocabulary, _ = load_vocabulary(source / "cases" / FOLDER, languages)
    _tell(f"Lager {count} eksempler / Making {count} cases")
    generator = Generator(told_in_full(real), vocabulary, languages.codes)
    made = dict(generator.records(generator.ids(count, list(real))))
    # The real records stay, so that there is something to find.
    write_site(home, source, list((made | dict(list(real.items())[:count])).items()))
    config = load_config(config_file=str(home / "mkdocs.yml"), site_dir=str(home / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    spent: dict[str, float] = {}
    _time_search(spent)
    _tell("Bygger nettstedet / Building the site")
    started = time.perf_counter()
    build(config)
    spent["build_seconds"] = round(time.perf_counter() - started, 1)
    index = home / "site" / "pagefind"
    spent["index_bytes"] = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    return spent


def _time_search(spent: dict[str, float]) -> None:
    # The hooks are loaded by now, from the copy that is being built.
    from website.search import Search  # noqa: PLC0415

    write = Search.write

    def timed(self: Search, *args: Any, **options: Any) -> None:
        _tell("Lager søkeindeksen / Making the search index")
        started = time.perf_counter()
        write(self, *args, **options)
        spent["index_seconds"] = round(time.perf_counter() - started, 1)

    Search.write = timed  # type: ignore[method-assign]


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(make_site(Path(sys.argv[1]), int(sys.argv[2]))))
