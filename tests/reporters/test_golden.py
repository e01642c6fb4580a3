"""One small report in every format, as it was last read and found right."""

import re
from pathlib import Path

import pytest

from healthlint import plugs
from healthlint.reporters import Options

FOLDER = Path(__file__).parents[1] / "data" / "formats" / "golden"
OPTIONS = Options(here="/site/docs", top="/site")


def without_assets(page: str) -> str:
    """Return an HTML page without its style, its script and their hashes, which have files of their own."""
    page = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1…\3", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


@pytest.mark.parametrize("name", plugs.names("healthlint.reporters"))
def test_a_report_looks_as_it_did(name: str, plain, accept: bool) -> None:
    lines = plugs.load("healthlint.reporters", name).report(plain, OPTIONS)
    made = without_assets("".join(f"{line}\n" for line in lines))
    golden = FOLDER / f"report.{name}"
    if accept:
        golden.write_bytes(made.encode())
    assert made == golden.read_bytes().decode()


def test_there_is_no_golden_file_too_many() -> None:
    assert {path.suffix[1:] for path in FOLDER.iterdir()} == set(plugs.names("healthlint.reporters"))
