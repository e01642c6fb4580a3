"""The tables of the benchmark: each a function from where to work to rows, printed and kept as JSON and Markdown."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import corpora
import growth
import watched
from contenders import OFFLINE, ROOT, contenders, healthlint, terms
from cost import Costs, costs

HERE = Path(__file__).parent
KEPT = HERE / "results.json"
_MUCH = 1.25
"""By how much counted work may grow before the check fails; rules that are added or mended change it a little."""
Row = dict[str, Any]


class Bench(NamedTuple):
    """How to measure, and where."""

    work: Path
    rounds: int
    kb: int
    large: bool

    @property
    def environment(self) -> dict[str, str]:
        """Return what all processes get to know; Python may keep what it compiled, as it does where it is installed."""
        ours = {"PYTHONPATH": str(ROOT / "src"), "SOURCE_DATE_EPOCH": "0", "NO_COLOR": "1"}
        ours["PYTHONPYCACHEPREFIX"] = str(self.work / "pycache")
        return {**{key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}, **ours, **OFFLINE}

    def costs(self, commands: Mapping[str, Sequence[str | Path]]) -> dict[str, Costs]:
        """Measure commands in turn."""
        return costs(commands, self.rounds, self.work, self.environment)

    def folder(self, density: str, files: int, size: int) -> Path:
        """Return a folder of pages."""
        return corpora.folder(self.work / f"{density}-{files}x{size}", density, files, size)


def _start(bench: Bench) -> list[Row]:
    """Return what a run on one page of 10 kB costs, as a multiple of a bare Python."""
    page = corpora.long_file(bench.work / "page.md", "medium", 10_000)
    commands: dict[str, Sequence[str | Path]] = {"python -I -c pass": (sys.executable, "-I", "-c", "pass")}
    for each in contenders(bench.work)[0]:
        options = tuple(part for part in each.command if part not in ("--jobs", "1"))
        commands[each.name] = (*(options if each.name == "healthlint" else each.command), page)
    found = bench.costs(commands)
    bare = found["python -I -c pass"].least_s
    return [_row(name, one, **{"of bare Python": round(one.least_s / bare, 1)}) for name, one in found.items()]


def _throughput(bench: Bench) -> list[Row]:
    """Return what checking the same pages costs each contender, at three densities; what is slow has fewer pages."""
    there, rows = contenders(bench.work)[0], []
    quick = [each for each in there if not each.is_slow]
    for density, files, some in (
        *((density, bench.kb // 5, quick) for density in corpora.DENSITIES),
        ("medium", max(2, bench.kb // 50), there),
    ):
        folder = bench.folder(density, files, 5_000)
        mb = watched.size([str(folder)]) / 1000
        found = bench.costs({each.name: (*each.command, folder) for each in some})
        ours = found["healthlint"].least_s
        rows += [
            _row(
                name, one, density=density, MB=round(mb, 3), **{"MB/s": round(mb / one.least_s, 3)},
                **{"healthlint is": f"{ours / one.least_s:.2f}x"},
            )
            for name, one in found.items()
        ]  # fmt: skip
    return rows


def _files(bench: Bench) -> list[Row]:
    """Return what many short files cost one process and two, and one that knows them all from an earlier run."""
    count = 20_000 if bench.large else 1_000
    folder = bench.folder("low", count, 5_000)
    again = tuple(part for part in healthlint("--jobs", "1") if part != "--no-cache")
    costs({"": (*again, folder)}, 1, bench.work, bench.environment)
    found = {
        **{f"--jobs {jobs}": one for jobs, one in _by_jobs(bench, folder).items()},
        **bench.costs({"--jobs 1, nothing changed": (*again, folder)}),
    }
    return [_row(f"{count:,} files of 5 kB, {how}", one) for how, one in found.items()]


def _long(bench: Bench) -> list[Row]:
    """Return what one long file costs, and how much memory as a multiple of its size."""
    rows = []
    for size in (1_000_000, 100_000_000) if bench.large else (1_000_000,):
        for density in ("low", "medium"):
            path = corpora.long_file(bench.work / f"long-{density}-{size}.md", density, size)
            one = bench.costs({"healthlint": (*healthlint(), path)})["healthlint"]
            times = {"peak of its size": round(one.peak_mb * 1e6 / size, 1)} if size > 10_000_000 else {}
            rows.append(
                _row(f"{size / 1e6:.0f} MB, {density}", one, **{"MB/s": round(size / 1e6 / one.least_s, 2)}, **times)
            )
    return rows


def _by_jobs(bench: Bench, folder: Path) -> dict[str, Costs]:
    return bench.costs({jobs: (*healthlint("--jobs", jobs), folder) for jobs in ("1", "2")})


def _phases(bench: Bench) -> list[Row]:
    """Return where the time goes, in milliseconds for each MB."""
    rows = []
    for density in corpora.DENSITIES:
        folder = str(bench.folder(density, bench.kb // 5, 5_000))
        spent, mb = watched.phases([folder]), watched.size([folder]) / 1000
        rows.append({"density": density, **{f"{phase} ms/MB": round(1000 * s / mb, 1) for phase, s in spent.items()}})
    return rows


def _work(bench: Bench) -> list[Row]:
    """Return how much work the pages are, counted: the same on every machine."""
    rows = []
    for density in corpora.DENSITIES:
        folder = str(bench.folder(density, 40, 5_000))
        rows.append({"density": density, **watched.counted([folder], watched.size([folder])).rates()})
    return rows


def _growth(bench: Bench) -> list[Row]:
    """Return how the cost grows with the input."""
    return [_grown(one) for one in growth.every(bench.work, bench.environment, large=bench.large, rounds=bench.rounds)]


def _hostile(bench: Bench) -> list[Row]:
    """Return how the cost of hostile inputs grows with their size."""
    size = 1_000_000 if bench.large else 100_000
    return [_grown(one) for one in growth.hostile(bench.work, bench.environment, size=size, rounds=bench.rounds)]


def _rules(bench: Bench) -> list[Row]:
    """Return what more rules cost, those that the pages do not touch."""
    folder = bench.folder("medium", 40, 5_000)
    commands: dict[str, Sequence[str | Path]] = {"the shipped rules": (*healthlint(), folder)}
    for count in (250, 1_000, 4_000) if bench.large else (250, 1_000):
        config = growth.rules(bench.work, count)
        command = [part for part in healthlint() if part != "--isolated"]
        commands[f"{count:,} more"] = (*command, "--config", config, folder)
    # Compiled before it is measured.
    costs(commands, 1, bench.work, bench.environment)
    found = bench.costs(commands)
    usual = found["the shipped rules"].least_s
    return [_row(name, one, **{"of the shipped": round(one.least_s / usual, 2)}) for name, one in found.items()]


TABLES: dict[str, Callable[[Bench], list[Row]]] = {
    "start": _start, "throughput": _throughput, "files": _files, "long": _long, "phases": _phases, "work": _work,
    "growth": _growth, "hostile": _hostile, "rules": _rules,
}  # fmt: skip


def _row(name: str, one: Costs, **more: object) -> Row:
    row = {"what": name, **more, "CPU s": round(one.least_s, 3), "median": round(one.median_s, 3)}
    row |= {"wall s": round(one.wall_s, 3), "peak MB": round(one.peak_mb)}
    return row if one.status in (0, 1) else {**row, "status": one.status}


def _grown(one: growth.Series) -> Row:
    row = {
        "what": one.name, "size": f"{' → '.join(f'{size:g}' for size in one.sizes[1:])} {one.unit}",
        "CPU s, first of nothing": " → ".join(f"{cpu:g}" for cpu in one.cpu_s), "power": one.growth(),
        "peak MB": max(one.peak_mb),
    }  # fmt: skip
    return {**row, "status": one.failed} if one.failed else row


def measure(work: Path, options: argparse.Namespace) -> int:
    """Print the tables that are asked for, and keep them where that is."""
    bench = Bench(work, options.rounds, options.kb, options.large)
    there, missing = contenders(work)
    about = {
        "machine": f"{os.cpu_count()} processors ({_processor()}), {platform.system()}, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "peers": {each.name: each.version for each in there if each.version},
        "not there": missing,
        "terms": len(terms()),
        "rounds": options.rounds,
    }
    print(json.dumps(about, indent=1, ensure_ascii=False))
    # What compiles the rules is measured in no table.
    bench.costs({"": (*healthlint(), corpora.long_file(work / "page.md", "medium", 10_000))})
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {"tables": {}}
    for name in options.only or TABLES:
        rows = TABLES[name](bench)
        print("\n".join(["", *_markdown(name, rows)]), flush=True)
        kept["tables"][name] = {"load": round(os.getloadavg()[0], 1), "rows": rows}
        if options.write:
            _keep(kept | {"about": about})
    return 0


def _keep(kept: Row) -> None:
    ordered = {
        "about": kept["about"],
        "tables": {name: kept["tables"][name] for name in TABLES if name in kept["tables"]},
    }
    KEPT.write_text(_json(ordered), encoding="utf-8")
    lines = ["# Speed", "", *(f"- {key}: {_told(value)}" for key, value in kept["about"].items())]
    for name, table in ordered["tables"].items():
        lines += ["", *_markdown(name, table["rows"])]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _json(kept: Row) -> str:
    """Return the results, a row a line, so that a diff can be read."""
    tables = ",\n".join(
        f'  {json.dumps(name)}: {{"load": {table["load"]}, "rows": [\n'
        + ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in table["rows"]) + "\n  ]}"
        for name, table in kept["tables"].items()
    )  # fmt: skip
    return f'{{"about": {json.dumps(kept["about"], ensure_ascii=False)},\n "tables": {{\n{tables}\n }}}}\n'


def _markdown(name: str, rows: Iterable[Row]) -> list[str]:
    rows = list(rows)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    told = (TABLES[name].__doc__ or "").removeprefix("Return ")
    lines = [
        f"## {name}",
        told[:1].upper() + told[1:],
        "",
        f"| {' | '.join(keys)} |",
        "|---" * len(keys) + "|",
    ]
    return [*lines, *(f"| {' | '.join(_told(row.get(key, '')) for key in keys)} |" for row in rows)]


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} ({item})" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join("–" if item is None else str(item) for item in value)
    return str(value)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").split("\n")
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def check(work: Path) -> int:
    """Hold the counted work against the results that are kept; the status is 1 where it has grown much."""
    kept = {row["density"]: row for row in json.loads(KEPT.read_text("utf-8"))["tables"]["work"]["rows"]}
    grown = 0
    for row in _work(Bench(work, 1, 0, large=False)):
        before = kept[row["density"]]
        for key, value in row.items():
            if key in ("density", "findings per kB"):
                continue
            is_much = value > before[key] * _MUCH
            grown += is_much
            print(f"{row['density']:<7} {key:<20} {before[key]:>9} → {value:>9}{'  GROWN' if is_much else ''}")
    if grown:
        print(
            f"{grown} counts grew by more than {_MUCH - 1:.0%}: find out why, or keep the new ones with --only work --write"
        )
    return 1 if grown else 0
