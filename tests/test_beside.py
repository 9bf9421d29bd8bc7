"""Jobs beside each other end together, and tell what went wrong."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from casebook.parallel import map_parallel, run_parallel
from casebook.search.engine import EngineError
from markupsafe import Markup
from website.ahead import BodiesAhead


def test_all_jobs_are_done_when_it_returns(tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(3)]
    run_parallel([file.touch for file in files])
    assert all(file.exists() for file in files)


def refuse(fault: BaseException) -> None:
    raise fault


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with another thread"])
def test_the_first_fault_comes_out_as_it_was(alone: bool, tmp_path: Path) -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    if not alone:
        other.start()
    try:
        jobs = [
            (tmp_path / "a").touch,
            lambda: refuse(EngineError("one")),
            lambda: refuse(OSError()),
        ]
        with pytest.raises(EngineError, match="one"):
            run_parallel(jobs)
    finally:
        done.set()
        if not alone:
            other.join()


class StrangeError(Exception):
    """Cannot be made again from what it says."""

    def __init__(self, one: str, two: str) -> None:
        """Ask for two, keep one."""
        super().__init__(one)


def test_a_fault_that_cannot_be_handed_on_is_told_in_words() -> None:
    with pytest.raises((RuntimeError, StrangeError), match="one"):
        run_parallel([lambda: refuse(StrangeError("one", "two"))])


def told(number: int) -> tuple[int, str]:
    if number == 7:
        raise EngineError("seven")
    return number, "x" * 200_000  # more than a pipe holds


def test_results_come_in_the_order_of_the_items() -> None:
    numbers = [number for number in range(23) if number != 7]
    assert [number for number, _ in map_parallel(told, numbers, workers=3)] == numbers
    assert not multiprocessing.active_children()
    assert list(map_parallel(told, [], workers=2)) == []


def test_what_fails_beside_fails_here_with_its_own_fault() -> None:
    results = map_parallel(told, range(10), workers=2)
    assert [next(results)[0] for _ in range(7)] == list(range(7))
    with pytest.raises(EngineError, match="seven"):
        next(results)


def test_results_that_nobody_asks_for_are_given_up() -> None:
    results = map_parallel(told, range(1000), workers=2)
    next(results)
    results.close()
    assert not multiprocessing.active_children()


def test_what_a_copy_cannot_make_is_made_here() -> None:
    here = os.getpid()

    def made(number: int) -> int:
        if os.getpid() != here and number == 3:
            os._exit(1)
        return number

    assert list(map_parallel(made, range(8), workers=2)) == list(range(8))


WAITS = """
import time
from casebook.parallel import map_parallel, run_parallel
slow = lambda number: number and time.sleep(300)
if {both}:
    for _ in map_parallel(slow, [0, 0, 1, 1], workers=2):
        print(flush=True)
else:
    run_parallel([lambda: print(flush=True), lambda: slow(1)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C goes to a group of processes")
@pytest.mark.parametrize("both", [True, False], ids=["results", "jobs"])
def test_ctrl_c_ends_all_copies_and_is_told_once(both: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS.format(both=both)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background may have told them to ignore Ctrl+C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        try:
            process.stdout.readline()
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=50)  # ends when no copy holds the pipes any more
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # or leaving would wait for it
            raise
    assert said.count("KeyboardInterrupt") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no copies")
@pytest.mark.parametrize("both", [True, False], ids=["results", "jobs"])
def test_copies_end_when_their_process_is_killed(both: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS.format(both=both)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.communicate(timeout=50)  # ends when no copy holds the pipe any more


@pytest.mark.parametrize("many", [2, 100], ids=["made ahead", "made when asked for"])
@pytest.mark.parametrize("order", ["012374568 2", "801234567", "085123467"])
def test_every_page_gets_its_own_body_in_whatever_order(many: int, order: str) -> None:
    uris = [f"{number}.md" for number in range(9)]
    ahead = BodiesAhead(many)
    for uri in uris:
        ahead.add(uri, partial(Markup, f"<p>{uri}</p>"))
    for number in order.replace(" ", ""):
        uri = f"{number}.md"
        body = ahead.body(uri)
        assert isinstance(body, Markup)
        assert body == f"<p>{uri}</p>"
    assert not multiprocessing.active_children()
