"""A real file with a hostile name and hostile words, through the command line into every format at once."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple

import pytest

from healthlint import plugs

from .test_columns import (
    places_of_azure,
    places_of_github,
    places_of_gitlab,
    places_of_json,
    places_of_jsonl,
    places_of_sarif,
)
from .test_hostile import commands, harmful

ROOT = Path(__file__).parents[2]
FORMATS = plugs.names("healthlint.reporters")
# A folder that ends in "<", so that the slash of "</script>" parts it from the file.
NAME = "=cmd ##[error] ::error::%0A,😀;]|'\"\x1b[31m\u202e##vso[task.complete]##teamcity[q '1']<b>[/b]`@x {0} <"
FILE = "script>[a](javascript:x).md"
ODD = (
    "=cmd|' /C calc'!A0 😀é ##[error]x ::error::y %0A ]z;|'\" \x1b]0;t\x07\x1b[31m[/b] \u202e\u2066 ##vso[task.complete] "
    "##teamcity[q '1'] ``t`` @acme #1 {0} &amp; \u2028\x85 <b>x</b>"
)
FIRST, SECOND = "has no side effects", "has 😀 no\r\nside effects"
TEXT = f"\ufeff{ODD}\r\n\r\n::error::{ODD}. 漢字 this tea {FIRST}.\r\n\r\nThis tea {SECOND} at all. {ODD}\r\n"


class Nasty(NamedTuple):
    """What came of it, by format."""

    status: int
    shown: str
    """What people see who asked for nothing else."""
    written: dict[str, str]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Nasty:
    folder = tmp_path_factory.mktemp("nasty")
    site, out = folder / "site", folder / "out"
    for each in (site / ".git", site / NAME, out):
        each.mkdir(parents=True)
    (site / NAME / FILE).write_bytes(TEXT.encode())
    (site / NAME / f"gone {FILE}").write_bytes(b"\xff\xfe\x00")
    outputs = [f"--output={name}={out / name}" for name in FORMATS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("GITHUB_STEP_SUMMARY", None)
    done = subprocess.run(
        [sys.executable, "-m", "healthlint", "check", "--isolated", "--select=no-side-effects", *outputs],
        cwd=site, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    told = done.stdout.decode() + done.stderr.decode()
    return Nasty(done.returncode, told, {name: (out / name).read_bytes().decode() for name in FORMATS})


def test_the_status_is_that_of_a_file_that_could_not_be_read(nasty: Nasty) -> None:
    assert nasty.status == 2


@pytest.mark.parametrize("name", [*FORMATS, "shown"])
def test_nobody_is_commanded(name: str, nasty: Nasty) -> None:
    text = nasty.shown if name == "shown" else nasty.written[name]
    assert harmful(text.replace("\ufeff", "", 1)) == set()
    assert commands(name, text) == []
    assert len(text) > 200


def counted(words: str, *, bytes_: bool = False, bom: bool = True, last: bool = False) -> tuple[int, int]:
    """Return the line and the column of where `words` begin, or end, as counted from the file itself."""
    data = TEXT.encode()
    at = data.index(words.encode()) + (len(words.encode()) if last else 0)
    start = data.rfind(b"\n", 0, at) + 1
    before = data[start:at]
    if not bom:
        before = before.removeprefix("\ufeff".encode())
    return data.count(b"\n", 0, at) + 1, (len(before) if bytes_ else len(before.decode())) + 1


def both(words: str, **how: bool) -> tuple[int, ...]:
    return (*counted(words, **how), *counted(words, last=True, **how))


CODE_POINTS = [both(FIRST), both(SECOND)]
BYTES = [both(FIRST, bytes_=True), both(SECOND, bytes_=True)]
STARTS = [counted(FIRST), counted(SECOND)]
LINES = [(first, last) for first, _, last, _ in CODE_POINTS]


def of_github(text: str) -> list[tuple[int, ...]]:
    return places_of_github("\n".join(line for line in text.splitlines() if ",line=" in line))


def of_azure(text: str) -> list[tuple[int, ...]]:
    return [place for place in places_of_azure(text) if place]


def of_gitlab(text: str) -> list[tuple[int, ...]]:
    """Return the lines of findings; the file that could not be read is an issue on its first line."""
    return [place for place in places_of_gitlab(text) if place[0] > 1]


def of_rdjson(text: str) -> list[tuple[int, ...]]:
    ranges = [each["location"].get("range", {}) for each in json.loads(text)["diagnostics"]]
    return [(*each["start"].values(), *each["end"].values()) for each in ranges if "end" in each]


def of_rdjsonl(text: str) -> list[tuple[int, ...]]:
    return of_rdjson(f'{{"diagnostics": [{",".join(text.splitlines())}]}}')


def of_csv(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, row[1:5])) for row in list(csv.reader(io.StringIO(text)))[1:] if row[1]]


def of_teamcity(text: str) -> list[tuple[int, ...]]:
    return [(int(line),) for line in re.findall(r" line='(\d+)'", text)]


def of_checkstyle(text: str) -> list[tuple[int, ...]]:
    errors = ElementTree.fromstring(text).iter("error")
    return [(int(error.get("line")), int(error.get("column"))) for error in errors if error.get("column")]


def of_people(text: str) -> list[tuple[int, ...]]:
    return list(dict.fromkeys((int(line), int(column)) for line, column in re.findall(r"\b([35]):(\d+)\b", text)))


@pytest.mark.parametrize(
    ("name", "read", "places"),
    [
        pytest.param("sarif", places_of_sarif, CODE_POINTS, id="sarif: code points"),
        pytest.param("rdjson", of_rdjson, BYTES, id="rdjson: bytes"),
        pytest.param("rdjsonl", of_rdjsonl, BYTES, id="rdjsonl: bytes"),
        pytest.param("json", places_of_json, CODE_POINTS, id="json: code points"),
        pytest.param("jsonl", places_of_jsonl, CODE_POINTS, id="jsonl: code points"),
        pytest.param("csv", of_csv, CODE_POINTS, id="csv: code points"),
        pytest.param("github", of_github, [(3, 3, CODE_POINTS[0][1], CODE_POINTS[0][3]), (5, 6)], id="github"),
        pytest.param("azure", of_azure, STARTS, id="azure: code points"),
        pytest.param("teamcity", of_teamcity, [(3,), (5,)], id="teamcity: lines"),
        pytest.param("checkstyle", of_checkstyle, STARTS, id="checkstyle: code points"),
        pytest.param("gitlab", of_gitlab, LINES, id="gitlab: lines"),
        pytest.param("junit", of_people, STARTS, id="junit: code points"),
        pytest.param("markdown", of_people, STARTS, id="markdown: code points"),
        pytest.param("html", of_people, STARTS, id="html: code points"),
        pytest.param("text", of_people, STARTS, id="text: code points"),
        pytest.param("concise", of_people, STARTS, id="concise: code points"),
    ],
)
def test_every_place_is_where_it_is_in_the_file(name: str, read, places, nasty: Nasty) -> None:
    assert read(nasty.written[name]) == places
