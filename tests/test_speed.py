"""The work of a check, counted, is what is kept with the benchmark; no time is taken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
KEPT = json.loads((ROOT / "benchmarks" / "speed" / "results.json").read_text("utf-8"))


def benchmark(program: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/speed.py", *options], cwd=program, text=True, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def test_no_more_work_is_done_than_what_is_kept():
    done = benchmark(ROOT, "--check")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.count("→") == 4 * len(KEPT["tables"]["work"]["rows"])


def test_more_work_would_be_seen(tmp_path):
    """The test is tested: with half the work kept, all of it has grown."""
    copy = tmp_path / "copy"
    (copy / "benchmarks" / "speed").mkdir(parents=True)
    for path in (ROOT / "benchmarks").glob("speed*/*.py"):
        (copy / "benchmarks" / "speed" / path.name).write_bytes(path.read_bytes())
    (copy / "benchmarks" / "speed.py").write_bytes((ROOT / "benchmarks" / "speed.py").read_bytes())
    (copy / "rules").symlink_to(ROOT / "rules")
    halved = json.loads(json.dumps(KEPT))
    for row in halved["tables"]["work"]["rows"]:
        row["tried per kB"] /= 2
    (copy / "benchmarks" / "speed" / "results.json").write_text(json.dumps(halved), encoding="utf-8")
    done = benchmark(copy, "--check")
    assert done.returncode == 1
    assert done.stdout.count("GROWN") == len(halved["tables"]["work"]["rows"])


@pytest.mark.parametrize("density", ["low", "medium", "high"])
def test_the_same_pages_are_made_each_time(tmp_path, density):
    code = (
        "import sys, pathlib; sys.path.insert(0, 'benchmarks/speed'); import corpora; "
        f"corpora.folder(pathlib.Path(sys.argv[1]), {density!r}, 3, 2000)"
    )
    made = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], cwd=ROOT, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        made.append([path.read_bytes() for path in sorted((tmp_path / seed).iterdir())])
    assert made[0] == made[1]
    assert len(made[0]) == 3


def test_results_are_kept_alike_for_people_and_programs():
    told = (ROOT / "benchmarks" / "speed" / "results.md").read_text("utf-8")
    assert [name for name in KEPT["tables"] if f"\n## {name}\n" not in told] == []
