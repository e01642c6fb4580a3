"""Processes that work on numbered questions side by side; one that dies is told of, and the others go on.

The pools of the standard library lose a question whose process died, or give up all of them: here each process has a
line of its own, so what it had in hand is known. Processes are forked where that is safe: it takes a fifth of the time,
and what was loaded is there already.
"""

from __future__ import annotations

import signal
import sys
from array import array
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How processes start: elsewhere a fork may break what the system's own libraries do, or there is none."""
_AHEAD = 1 << 18
"""Weight of what a process is given at a time, unless one question alone weighs more."""
_SHARES = 4
"""Times that a process is given more, at least, so that all are done at about the same time."""
_LEAST = 1 << 10
"""What a question weighs at least."""

Answer = Callable[[int], bytes]


class Died(NamedTuple):
    """Instead of an answer: the process that worked on it is no more."""

    status: int
    """Its exit status; below 0 the signal that ended it."""


class _Worker(NamedTuple):
    process: BaseProcess
    line: Connection
    given: deque[int]
    """The questions it has not answered, in the order it takes them."""


def answers(answer: Answer, weights: Sequence[int], jobs: int) -> Generator[tuple[int, bytes | Died], None, None]:
    """Yield each question, from 0 on, with its answer, as they come; `weights` says how much work each is.

    The heaviest are taken first, so that none is left for the end. When it is closed, all processes end at once.
    """
    crew = _Crew(answer, weights, jobs)
    try:
        yield from crew.work()
    finally:
        with _uninterrupted():
            crew.disband()


class _Crew:
    """The processes, and the questions that nobody has yet."""

    def __init__(self, answer: Answer, weights: Sequence[int], jobs: int) -> None:
        self._answer = answer
        self._jobs = jobs
        self._weights = [weight + _LEAST for weight in weights]
        self._room = min(_AHEAD, sum(self._weights) // (_SHARES * jobs))
        self._waiting = deque(sorted(range(len(weights)), key=lambda number: (-weights[number], number)))
        self._context = get_context(METHOD)
        self._workers: dict[Connection, _Worker] = {}

    def work(self) -> Iterator[tuple[int, bytes | Died]]:
        while self._waiting and len(self._workers) < self._jobs and self._hire():
            pass
        while self._workers:
            for line in wait(list(self._workers)):
                assert isinstance(line, Connection)
                yield from self._heard(self._workers[line])
        # None could be started, or not again.
        while self._waiting:
            number = self._waiting.popleft()
            yield number, self._answer(number)

    def _heard(self, worker: _Worker) -> Iterator[tuple[int, bytes | Died]]:
        try:
            data = worker.line.recv_bytes()
        except (EOFError, OSError):
            yield from self._lost(worker)
            return
        number = worker.given.popleft()
        self._give(worker)
        if not worker.given:
            self._dismiss(worker)
        yield number, data

    def _lost(self, worker: _Worker) -> Iterator[tuple[int, bytes | Died]]:
        """Yield what it had in hand; what else it was given goes to the others, and another takes its place."""
        self._dismiss(worker)
        if worker.given:
            yield worker.given.popleft(), Died(worker.process.exitcode or 0)
        self._waiting.extendleft(reversed(worker.given))
        if self._waiting:
            self._hire()

    def _hire(self) -> bool:
        """Start a process and return whether that was possible; it knows the lines to the others and closes them."""
        ours, its = self._context.Pipe()
        inherited = (ours, *self._workers) if METHOD == "fork" else ()
        process = self._context.Process(target=_work, args=(self._answer, its, inherited), daemon=True)  # type: ignore[attr-defined]
        try:
            with _uninterrupted():
                process.start()
        except OSError:
            ours.close()
            return False
        finally:
            its.close()
        worker = self._workers[ours] = _Worker(process, ours, deque())
        self._give(worker)
        return True

    def _give(self, worker: _Worker) -> None:
        room = self._room - sum(self._weights[number] for number in worker.given)
        some = array("I")
        while self._waiting and (room > 0 or not worker.given):
            number = self._waiting.popleft()
            worker.given.append(number)
            some.append(number)
            room -= self._weights[number]
        if some:
            # If it is no more, its line says so.
            with suppress(OSError):
                worker.line.send_bytes(some.tobytes())

    def _dismiss(self, worker: _Worker) -> None:
        del self._workers[worker.line]
        worker.line.close()
        worker.process.join()

    def disband(self) -> None:
        for worker in self._workers.values():
            worker.process.kill()
        for worker in tuple(self._workers.values()):
            self._dismiss(worker)


def _work(answer: Answer, line: Connection, inherited: Sequence[Connection]) -> None:
    """Answer what comes in until the line is closed. Ctrl-C is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in inherited:
        other.close()
    for number in _questions(line):
        data = answer(number)
        try:
            line.send_bytes(data)
        except OSError:
            return


def _questions(line: Connection) -> Iterator[int]:
    while True:
        try:
            yield from array("I", line.recv_bytes())
        except (EOFError, OSError):
            return


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until this is done: halfway into a process, or out of one, it would leave a mess."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
