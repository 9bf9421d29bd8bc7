"""Jobs beside each other: each with a processor to itself, where the system allows."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

Job = Callable[[], None]


def run_beside(jobs: Sequence[Job]) -> None:
    """Run all jobs at the same time and wait for them; raise the first fault among them.

    On Linux each job runs in a copy of this process, so what it changes in memory is gone
    afterwards: its results must stand in files.  Elsewhere, and where other threads are at work
    (a copy would keep their locks for ever), the jobs are threads that share one processor.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        _as_processes(jobs)
    else:
        _as_threads(jobs)


def _as_processes(jobs: Sequence[Job]) -> None:
    context = multiprocessing.get_context("fork")
    running = []
    for job in jobs:
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(target=_tell_fault, args=(job, writer))
        running.append((process, reader))
        process.start()
        writer.close()  # the copy has its own; without ours, its end is the end of the pipe
    try:
        faults = [_fault_of(reader) for _, reader in running]
        for process, _ in running:
            process.join()
    finally:
        for process, reader in running:
            reader.close()
            if process.is_alive():
                process.terminate()
                process.join()
    for fault, (process, _) in zip(faults, running, strict=True):
        if fault is not None:
            raise fault
        if process.exitcode != 0:
            raise RuntimeError(f"a part of the work ended early ({process.exitcode})")


def _tell_fault(job: Job, writer: Connection) -> None:
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
