"""A look inside of a run: how much work it was, counted, and where the time went. Costs nothing where nobody looks."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from healthlint import judging, linter, run
from healthlint.config import Said
from healthlint.language.frames import FrameFinder
from healthlint.patterns.matcher import Phrase
from healthlint.planning import Asked, plan
from healthlint.readers import markdown
from healthlint.reporters import Options, concise
from healthlint.scan import Scanner
from healthlint.verdicts import suppression

PHASES = ("read", "project", "scan", "match", "frames", "judge", "report")


class Work(NamedTuple):
    """What a run came to, counted: the same on every machine."""

    kb: float
    candidates: int
    """Pairs of a phrase and a sentence in which it may stand."""
    tried: int
    """Times a phrase was looked for in a sentence or clause."""
    hits: int
    """Places phrases stood."""
    frames: int
    """Places whose frame was asked for."""
    findings: int

    def rates(self) -> dict[str, float]:
        """Return what is held against the kept results."""
        return {
            "candidates per kB": round(self.candidates / self.kb, 2),
            "tried per kB": round(self.tried / self.kb, 2),
            "tried per hit": round(self.tried / max(1, self.hits), 2),
            "frames per kB": round(self.frames / self.kb, 2),
            "findings per kB": round(self.findings / self.kb, 2),
        }


def counted(paths: list[str], kb: float) -> Work:
    """Check `paths` and return how much work that was."""
    counts: Counter[str] = Counter()

    def scanned(scan: Callable[..., Any]) -> Callable[..., Any]:
        def counting(self: Scanner, *given: Any) -> Any:
            found = scan(self, *given)
            counts["candidates"] += sum(map(len, found.values()))
            return found

        return counting

    def searched(search: Callable[..., Any]) -> Callable[..., Any]:
        def counting(self: Phrase, *given: Any) -> Any:
            found = search(self, *given)
            counts["tried"] += 1
            counts["hits"] += len(found)
            return found

        return counting

    def framed(frame: Callable[..., Any]) -> Callable[..., Any]:
        def counting(self: FrameFinder, *given: Any, **more: Any) -> Any:
            counts["frames"] += 1
            return frame(self, *given, **more)

        return counting

    with (
        _instead(Scanner, "scan", scanned),
        _instead(Phrase, "search", searched),
        _instead(FrameFinder, "frame", framed),
    ):
        report = _checked(paths)
    return Work(kb, counts["candidates"], counts["tried"], counts["hits"], counts["frames"], len(report.findings))


def phases(paths: list[str]) -> dict[str, float]:
    """Return the CPU seconds of each phase of a check of `paths` in this process, the rules being loaded."""
    spent: dict[str, float] = defaultdict(float)
    running: list[str] = []
    since = 0.0

    def turn(phase: str | None) -> None:
        nonlocal since
        now = time.process_time()
        if running:
            spent[running[-1]] += now - since
        since = now
        running.append(phase) if phase else running.pop()

    def timed(phase: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def wrap(work: Callable[..., Any]) -> Callable[..., Any]:
            def timing(*given: Any, **more: Any) -> Any:
                turn(phase)
                try:
                    return work(*given, **more)
                finally:
                    turn(None)

            return timing

        return wrap

    _checked(paths[:1])
    with (
        _instead(run, "read_source", timed("read")),
        _instead(markdown, "read", timed("project")),
        _instead(linter, "read_as_meant", timed("project")),
        _instead(linter.Linter, "lint", timed("match")),
        _instead(Scanner, "scan", timed("scan")),
        _instead(FrameFinder, "frame", timed("frames")),
        _instead(judging.Run, "findings", timed("judge")),
        _instead(suppression, "judge", timed("judge")),
        _instead(concise, "report", lambda work: timed("report")(lambda *given: list(work(*given)))),
    ):
        concise.report(_checked(paths), Options(80, color=False))
    return {phase: round(spent[phase], 3) for phase in PHASES}


def _checked(paths: list[str]) -> Any:
    made = plan(Asked(tuple(paths), (Said("jobs", "1", "benchmark"),), isolated=True))
    return run.check(made, "2026-01-01")


@contextmanager
def _instead(owner: object, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    usual = getattr(owner, name)
    setattr(owner, name, wrap(usual))
    try:
        yield
    finally:
        setattr(owner, name, usual)


def size(paths: list[str]) -> float:
    """Return the kilobytes of files and of those in folders."""
    files = [file for path in map(Path, paths) for file in (path.rglob("*.md") if path.is_dir() else [path])]
    return sum(file.stat().st_size for file in files) / 1000
