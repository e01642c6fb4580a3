"""Questions shared out among real processes: each is answered once, and a process that dies takes one with it."""

import os
import signal
from collections.abc import Callable

import pytest

from healthlint import workers
from healthlint.workers import Died, answers


def in_digits(number: int) -> bytes:
    return f"{number}".encode()


def dies_at(*last: int) -> Callable[[int], bytes]:
    """What answers, but for some questions, at which its process is killed."""

    def answer(number: int) -> bytes:
        if number in last:
            os.kill(os.getpid(), signal.SIGKILL)
        return in_digits(number)

    return answer


@pytest.mark.parametrize("jobs", [1, 2, 7])
@pytest.mark.parametrize(
    "weights",
    [
        pytest.param([], id="no question"),
        pytest.param([5], id="one question"),
        pytest.param([0] * 500, id="many light ones"),
        pytest.param([1 << 20, 1, 1 << 30, 7, 7], id="some that weigh more than a process is given"),
    ],
)
def test_each_question_is_answered_once(weights, jobs):
    found = list(answers(in_digits, weights, jobs))
    assert sorted(found) == [(number, in_digits(number)) for number in range(len(weights))]


def test_an_answer_may_be_larger_than_a_pipe_holds():
    found = dict(answers(lambda number: bytes([number]) * 3_000_000, [1] * 5, 2))
    assert found == {number: bytes([number]) * 3_000_000 for number in range(5)}


def test_the_heaviest_question_is_taken_first():
    assert next(answers(in_digits, [1, 1 << 20, 1 << 25, 1 << 19], 1))[0] == 2


@pytest.mark.skipif(workers.METHOD != "fork", reason="the answers of these tests cannot be handed over otherwise")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("last", [(0,), (3,), (9,), (2, 3, 4), tuple(range(10))])
def test_a_process_that_dies_takes_one_question_with_it(last, jobs):
    found = dict(answers(dies_at(*last), [1] * 10, jobs))
    wanted: dict[int, bytes | Died] = {number: in_digits(number) for number in range(10)}
    assert found == wanted | dict.fromkeys(last, Died(-signal.SIGKILL))


@pytest.mark.skipif(workers.METHOD != "fork", reason="the answers of these tests cannot be handed over otherwise")
def test_a_process_that_leaves_is_told_of_by_its_status():
    def answer(number: int) -> bytes:
        if number == 1:
            os._exit(7)
        return b""

    assert sorted(answers(answer, [1] * 3, 2)) == [(0, b""), (1, Died(7)), (2, b"")]


def test_processes_that_start_afresh_answer_alike(monkeypatch):
    monkeypatch.setattr(workers, "METHOD", "spawn")
    assert sorted(answers(bytes, [1] * 4, 2)) == [(number, bytes(number)) for number in range(4)]


def test_closing_ends_all_processes():
    work = answers(lambda number: b"" if number == 0 else signal.pause() or b"", [9 << 20, 2 << 20, 1 << 20], 2)
    assert next(work) == (0, b"")
    started = children()
    assert len(started) == 2
    work.close()
    assert not any(map(is_there, started))


def children() -> list[int]:
    """Return the processes that this one started and that have not ended."""
    import multiprocessing

    return [process.pid for process in multiprocessing.active_children() if process.pid is not None]


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
