"""Measure the speed of healthlint beside that of others: `python benchmarks/speed.py`; benchmarks/speed/README.md says how.

Everything is made in a temporary folder, or in --work FOLDER to be used again. --check measures no time: it counts the
work and fails where that has grown against the results that are kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks" / "speed"), str(ROOT / "src")]


def main() -> int:
    """Run what is asked for, print it, and with --write keep it."""
    options = _options().parse_args()
    with tempfile.TemporaryDirectory() as usual:
        work = Path(options.work or usual).resolve()
        work.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("HEALTHLINT_CACHE_DIR", str(work / "cache"))
        from tables import check, measure

        return check(work) if options.check else measure(work, options)


def _options() -> argparse.ArgumentParser:
    from tables import TABLES

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command (3)")
    parser.add_argument("--kb", type=int, default=500, help="size of each corpus in kB (500)")
    parser.add_argument(
        "--large", action="store_true", help="the large inputs too: 100 MB, long doublings; takes an hour"
    )
    parser.add_argument("--only", metavar="TABLE", action="append", choices=TABLES, help=f"of {', '.join(TABLES)}")
    parser.add_argument("--work", metavar="FOLDER", help="where corpora are made and used again")
    parser.add_argument("--write", action="store_true", help="keep the results in benchmarks/speed/")
    parser.add_argument("--check", action="store_true", help="hold the counted work against the results that are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
