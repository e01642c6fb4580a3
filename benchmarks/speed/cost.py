"""What a process costs: CPU by `wait4`, wall time, the most memory one of its processes held."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """The cost of one run."""

    cpu_s: float
    """User and system time, that of processes it started and waited for included."""
    wall_s: float
    peak_mb: float
    """The most memory that one process held, in MB."""
    status: int


class Costs(NamedTuple):
    """The cost of several runs."""

    least_s: float
    median_s: float
    wall_s: float
    """The shortest."""
    peak_mb: float
    """The largest."""
    status: int


def cost(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in `folder`, its output thrown away, and return what it cost."""
    with open(folder / "printed", "wb") as printed:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL,
            stdout=printed, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, process.returncode)


def costs(
    commands: Mapping[str, Sequence[str | Path]], rounds: int, folder: Path, environment: Mapping[str, str]
) -> dict[str, Costs]:
    """Run each command so many times, one after the other in turn, so that what else the machine does hits all alike."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(cost(command, folder, environment))
    return {name: _summed(found) for name, found in runs.items()}


def _summed(runs: Iterable[Cost]) -> Costs:
    runs = list(runs)
    times = [run.cpu_s for run in runs]
    return Costs(
        min(times),
        statistics.median(times),
        min(run.wall_s for run in runs),
        max(run.peak_mb for run in runs),
        max((run.status for run in runs), key=abs),
    )
