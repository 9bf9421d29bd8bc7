"""Jobs beside each other: each with a processor to itself, where the system allows."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkProcess

    Copy = tuple[ForkProcess, Connection]
    """A copy of this process, and where its results come out."""

_PR_SET_PDEATHSIG = 1  # prctl(2)

Job = Callable[[], None]
Item = TypeVar("Item")
Result = TypeVar("Result")


def run_parallel(jobs: Sequence[Job]) -> None:
    """Run all jobs at the same time and wait for them; raise the first fault among them.

    On Linux each job runs in a copy of this process, so what it changes in memory is gone
    afterwards: its results must stand in files.  Elsewhere, and where other threads are at work
    (a copy would keep their locks for ever), the jobs are threads that share one processor.
    """
    if _can_copy():
        _as_processes(jobs)
    else:
        _as_threads(jobs)


def map_parallel(
    make: Callable[[Item], Result], items: Sequence[Item], workers: int | None = None
) -> Generator[Result]:
    """Yield what ``make`` makes of each item, in their order, made ahead where that is possible.

    On Linux copies of this process do it, one for each processor (``workers``); results must be
    able to be pickled.  Copies do not run far ahead, so that results take little memory.  What
    fails in a copy is made here, so that a fault comes out where it can be understood.
    """
    count = workers if workers is not None else _processors()
    if count < 2 or not items or not _can_copy():
        yield from map(make, items)
        return
    context = multiprocessing.get_context("fork")
    running: list[Copy] = []
    try:
        for number in range(count):
            _start(context, running, _make_each, make, items[number::count])
        for number, item in enumerate(items):
            made: tuple[Result] | tuple[()] = _made(running[number % count][1])
            result = made[0] if made else make(item)
            if number == len(items) - 1:
                _end(running)  # whoever takes the last result may never ask again
            yield result
    finally:
        _end(running)


def _make_each(make: Callable[[Item], Result], items: Sequence[Item], writer: Connection) -> None:
    _belong()
    for item in items:
        try:
            made = pickle.dumps((make(item),), pickle.HIGHEST_PROTOCOL)
        except Exception:
            made = pickle.dumps(())
        try:
            writer.send_bytes(made)
        except OSError:  # nobody asks for more
            return


def _made(reader: Connection) -> tuple[Result] | tuple[()]:
    """Return the next result of a copy, nothing when it failed or has ended."""
    try:
        made: tuple[Result] | tuple[()] = pickle.loads(reader.recv_bytes())  # noqa: S301 - our own
    except (EOFError, OSError):
        return ()
    return made


def _can_copy() -> bool:
    """Say whether a copy of this process would work: other threads' locks would stay closed."""
    return sys.platform == "linux" and threading.active_count() == 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _as_processes(jobs: Sequence[Job]) -> None:
    context = multiprocessing.get_context("fork")
    running: list[Copy] = []
    try:
        for job in jobs:
            _start(context, running, _tell_fault, job)
        faults = [_fault_of(reader) for _, reader in running]
        for process, _ in running:
            process.join()
        codes = [process.exitcode for process, _ in running]
    finally:
        _end(running)
    for fault, code in zip(faults, codes, strict=True):
        if fault is not None:
            raise fault
        if code != 0:
            raise RuntimeError(f"a part of the work ended early ({code})")


def _start(
    context: ForkContext, running: list[Copy], target: Callable[..., None], *arguments: object
) -> None:
    """Start a copy that calls ``target`` with its end of a pipe, and add it to ``running``."""
    with _ctrl_c_waiting():  # until the copy can leave it to us
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(target=target, args=(*arguments, writer), daemon=True)
        running.append((process, reader))
        process.start()
        writer.close()  # the copy has its own; without ours, its end is the end of the pipe
        del writer


def _end(running: list[Copy]) -> None:
    with _ctrl_c_waiting():
        while running:
            process, reader = running.pop()
            reader.close()
            del reader
            if process.pid is not None:
                process.terminate()
                process.join()


@contextmanager
def _ctrl_c_waiting() -> Generator[None]:
    """Let Ctrl+C wait until we are through.

    Python drops a fault that is raised while an object is being disposed of.  A Ctrl+C that came
    just as a pipe's end was, was lost that way, and the work went on.
    """
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _belong() -> None:
    """End with the process that we are a copy of, also when it is killed.

    Ctrl+C is left to it: it ends us, and tells of it once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:  # killed before we could ask for it
        raise SystemExit


def _tell_fault(job: Job, writer: Connection) -> None:
    _belong()
    try:
        job()
    except Exception as error:
        try:
            told = pickle.dumps(error)
            pickle.loads(told)  # noqa: S301 - our own; some faults are written but cannot be read
        except Exception:
            told = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
        writer.send_bytes(told)


def _fault_of(reader: Connection) -> Exception | None:
    try:
        told = reader.recv_bytes()
    except EOFError:
        return None
    fault: Exception = pickle.loads(told)  # noqa: S301 - from our own copy
    return fault


def _as_threads(jobs: Sequence[Job]) -> None:
    faults: dict[int, BaseException] = {}

    def run(number: int, job: Job) -> None:
        try:
            job()
        except BaseException as fault:
            faults[number] = fault

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[min(faults)]
