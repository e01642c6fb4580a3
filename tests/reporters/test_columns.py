"""Every format counts lines and columns as those do who read it."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from healthlint import plugs
from healthlint.report import FileReport
from healthlint.reporters import Options
from healthlint.reporters._where import from_top, in_bytes, in_unicode, without_bom
from healthlint.text import Source

from .conftest import finding_in, report_on

TEXT = "\ufeff😀é cures gout\r\nx\u2028\u2029\x0b😀 heals\r\n漢字 asthma fast\n"
FIRST, SECOND = "cures gout", "heals\r\n漢字 asthma"


def written(name: str) -> str:
    file = FileReport("a.md", "checked", (finding_in(TEXT, FIRST), finding_in(TEXT, SECOND)))
    return "\n".join(plugs.load("healthlint.reporters", name).report(report_on(file), Options()))


def places_of_sarif(text: str) -> list[tuple[int, ...]]:
    found = json.loads(text)["runs"][0]["results"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in found]
    return [tuple(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")) for region in regions]


def places_of_rdjson(text: str) -> list[tuple[int, ...]]:
    ranges = [each["location"]["range"] for each in json.loads(text)["diagnostics"]]
    return [(*each["start"].values(), *each["end"].values()) for each in ranges]


def places_of_rdjsonl(text: str) -> list[tuple[int, ...]]:
    return places_of_rdjson(f'{{"diagnostics": [{",".join(text.splitlines())}]}}')


def places_of_json(text: str) -> list[tuple[int, ...]]:
    keys = ("line", "column", "end_line", "end_column")
    return [tuple(each[key] for key in keys) for each in json.loads(text)["findings"]]


def places_of_jsonl(text: str) -> list[tuple[int, ...]]:
    lines = [json.loads(line) for line in text.splitlines()]
    return places_of_json(json.dumps({"findings": [line for line in lines if line["kind"] == "finding"]}))


def places_of_csv(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, row[1:5])) for row in list(csv.reader(io.StringIO(text)))[1:]]


def places_of_github(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, re.findall(r"(?:line|Line|col|Column)=(\d+)", line))) for line in text.splitlines()]


def places_of_azure(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, re.findall(r"(?:linenumber|columnnumber)=(\d+)", line))) for line in text.splitlines()]


def places_of_teamcity(text: str) -> list[tuple[int, ...]]:
    return [(int(line),) for line in re.findall(r" line='(\d+)'", text)]


def places_of_checkstyle(text: str) -> list[tuple[int, ...]]:
    errors = ElementTree.fromstring(text).iter("error")
    return [(int(error.get("line")), int(error.get("column"))) for error in errors]


def places_of_gitlab(text: str) -> list[tuple[int, ...]]:
    return [tuple(issue["location"]["lines"].values()) for issue in json.loads(text)]


def places_of_people(text: str) -> list[tuple[int, ...]]:
    return list(dict.fromkeys((int(line), int(column)) for line, column in re.findall(r"\b([12]):(\d+)\b", text)))


@pytest.mark.parametrize(
    ("name", "read", "places"),
    [
        pytest.param("sarif", places_of_sarif, [(1, 4, 1, 14), (2, 7, 3, 10)], id="sarif: code points, no BOM"),
        pytest.param("rdjson", places_of_rdjson, [(1, 11, 1, 21), (2, 14, 3, 14)], id="rdjson: bytes"),
        pytest.param("rdjsonl", places_of_rdjsonl, [(1, 11, 1, 21), (2, 14, 3, 14)], id="rdjsonl: bytes"),
        pytest.param("json", places_of_json, [(1, 5, 1, 15), (2, 7, 3, 10)], id="json: code points"),
        pytest.param("jsonl", places_of_jsonl, [(1, 5, 1, 15), (2, 7, 3, 10)], id="jsonl: code points"),
        pytest.param("csv", places_of_csv, [(1, 5, 1, 15), (2, 7, 3, 10)], id="csv: code points"),
        pytest.param("github", places_of_github, [(1, 1, 5, 15), (2, 3)], id="github: columns of one line alone"),
        pytest.param("azure", places_of_azure, [(1, 5), (2, 7)], id="azure: code points"),
        pytest.param("teamcity", places_of_teamcity, [(1,), (2,)], id="teamcity: lines"),
        pytest.param("checkstyle", places_of_checkstyle, [(1, 5), (2, 7)], id="checkstyle: code points"),
        pytest.param("gitlab", places_of_gitlab, [(1, 1), (2, 3)], id="gitlab: lines"),
        pytest.param("junit", places_of_people, [(1, 5), (2, 7)], id="junit: code points"),
        pytest.param("markdown", places_of_people, [(1, 5), (2, 7)], id="markdown: code points"),
        pytest.param("html", places_of_people, [(1, 5), (2, 7)], id="html: code points"),
        pytest.param("text", places_of_people, [(1, 5), (2, 7)], id="text: code points"),
        pytest.param("concise", places_of_people, [(1, 5), (2, 7)], id="concise: code points"),
    ],
)
def test_places_are_counted_as_the_reader_counts(name: str, read, places) -> None:
    assert read(written(name)) == places


def test_bytes_are_those_of_the_file() -> None:
    source = Source("a.md", TEXT)
    for words in (FIRST, SECOND, "x", "fast"):
        at = TEXT.index(words)
        line, column = in_bytes(source, at)
        raw = re.split(rb"\r\n|\n", TEXT.encode())[line - 1]
        assert raw[column - 1 :].decode().startswith(words.split("\r\n")[0])


def test_a_bom_is_not_counted_and_itself_stands_first() -> None:
    source = Source("a.md", "\ufeffab\ncd")
    assert [tuple(without_bom(source, at)) for at in range(7)] == [
        (1, 1), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "here", "top", "named"),
    [
        pytest.param("a.md", "/site", "/site", "a.md", id="at the top"),
        pytest.param("posts/a.md", "/site/docs", "/site", "docs/posts/a.md", id="from a folder below"),
        pytest.param("../a.md", "/site/docs", "/site", "a.md", id="beside the folder"),
        pytest.param("./a.md", "/site", "/site", "a.md", id="written with a dot"),
        pytest.param("/site/a.md", "/else", "/site", "a.md", id="absolute, inside"),
        pytest.param("/other/a.md", "/site", "/site", "/other/a.md", id="absolute, outside"),
        pytest.param("../a.md", "/site", "/site", "../a.md", id="outside"),
        pytest.param("./posts/a.md", "/site", "", "posts/a.md", id="in no repository"),
        pytest.param("a.md", "/", "/", "a.md", id="the root is the top"),
    ],
)
def test_files_are_named_from_the_top(path: str, here: str, top: str, named: str) -> None:
    assert from_top(path, Options(here=here, top=top)) == named


def test_a_name_that_is_no_unicode_is_made_so() -> None:
    assert in_unicode("a\udcffé😀.md") == "a\ufffdé😀.md"
