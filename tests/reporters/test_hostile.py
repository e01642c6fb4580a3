"""Whatever a document, a path or a reason holds: no format lets it command, mark up or compute anything."""

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from healthlint import plugs
from healthlint.report import FileReport
from healthlint.reporters import Options
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.csv import COLUMNS

from .conftest import NASTY_PATH, NASTY_WORDS, RULE, finding_in, report_on

FORMATS = plugs.names("healthlint.reporters")
OURS = {
    "github": re.compile(r"^::(?:(?:error|warning|notice) [^:]*::|group::|endgroup::$)"),
    "azure": re.compile(r"^##vso\[task\.logissue type=(?:error|warning);[^\]]*\]"),
    "teamcity": re.compile(r"^##teamcity\[(?:inspectionType|inspection|message) .*\]$"),
}
"""What a format has to say itself, at the start of a line."""
COMMAND = re.compile(r"##\[|##vso\[|##teamcity\[|^\s*::", re.IGNORECASE)


def written(name: str, report) -> str:
    lines = plugs.load("healthlint.reporters", name).report(report, Options(width=200))
    return "".join(f"{line}\n" for line in lines)


def commands(name: str, text: str) -> list[str]:
    """Return what a build server would obey in `text` that the format did not mean."""
    found = []
    for line in text.split("\n"):
        own = OURS[name].match(line) if name in OURS else None
        rest = line[own.end() :] if own and name != "teamcity" else line[2:] if own else line
        found += [rest] if COMMAND.search(rest) else []
    return found


def harmful(text: str) -> set[str]:
    """Return the characters that a terminal obeys, turn the direction of writing, or are none."""
    bad = {character for character in text if unicodedata.category(character) in ("Cc", "Cs")}
    return (bad | {character for character in text if unicodedata.bidirectional(character) in BIDI}) - {"\n"}


BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@pytest.mark.parametrize("name", FORMATS)
def test_no_terminal_and_no_build_server_is_commanded(name: str, nasty) -> None:
    text = written(name, nasty)
    assert harmful(text) == set()
    assert commands(name, text) == []
    text.encode()


@pytest.mark.parametrize("name", FORMATS)
@given(
    text=st.text(st.sampled_from("a #:[]vsoteamciy\r\n\x1b\x00\x85\u202e\u2028\ufffe😀=-@`|'\"<>&%;,{}()\\é")),
    path=st.text(st.sampled_from("a #:[]\x1b\u202e\udc80😀=@`|'\"<>&%;,{}\\/é"), min_size=1),
)
def test_no_text_at_all_commands_anybody(name: str, text: str, path: str) -> None:
    finding = finding_in(f"x{text}y", f"x{text}y", message=f"“{text}” promises a cure")
    made = written(name, report_on(FileReport(path, "checked", (finding,)), FileReport(path, "failed", error=text)))
    assert harmful(made) == set()
    assert commands(name, made) == []


def unescaped(text: str, table: dict[str, str]) -> str:
    for escape, character in table.items():
        text = text.replace(escape, character)
    return text


def test_github_reads_what_was_meant(nasty) -> None:
    table = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}
    read = []
    for line in written("github", nasty).splitlines():
        head, text = re.fullmatch(r"::(.*?)::(.*)", line).groups()
        kind, told = head.split(" ", 1)
        pairs = dict(pair.split("=", 1) for pair in told.split(","))
        read.append((kind, {key: unescaped(value, table) for key, value in pairs.items()}, unescaped(text, table)))
    path = neutralise(NASTY_PATH)
    assert [kind for kind, _, _ in read] == ["error", "error", "warning", "notice"]
    assert [about["file"] for _, about, _ in read] == [f"2{path}", path, path, path]
    assert all(set(about) <= {"file", "title", "line", "endLine", "col", "endColumn"} for _, about, _ in read)
    assert read[1][2].split("\n")[0] == f"{path}:2:21: “{neutralise(on_one_line(NASTY_WORDS))}” promises a cure"


def test_azure_reads_what_was_meant(nasty) -> None:
    table = {"%3B": ";", "%5D": "]", "%0D": "\r", "%0A": "\n", "%AZP25": "%"}
    read = []
    for line in written("azure", nasty).splitlines()[:-1]:
        told, text = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line).groups()
        pairs = dict(pair.split("=", 1) for pair in told.split(";") if pair)
        read.append(({key: unescaped(value, table) for key, value in pairs.items()}, unescaped(text, table)))
    path = neutralise(NASTY_PATH)
    assert [about["sourcepath"] for about, _ in read] == [f"2{path}", path, path]
    assert all(set(about) <= {"type", "sourcepath", "linenumber", "columnnumber", "code"} for about, _ in read)
    assert read[1][1].split("\n")[0] == f"“{neutralise(on_one_line(NASTY_WORDS))}” promises a cure"


def test_teamcity_reads_what_was_meant(nasty) -> None:
    value = r"(?:[^|'\[\]\r\n]|\|['nr|\[\]]|\|0x[0-9a-f]{4})*"
    read = []
    for line in written("teamcity", nasty).splitlines():
        assert line.isascii()
        assert re.fullmatch(rf"##teamcity\[\w+(?: \w+='{value}')+\]", line)
        pairs = re.findall(rf"(\w+)='({value})'", line)
        read.append({key: plain_teamcity(text) for key, text in pairs})
    path = neutralise(NASTY_PATH)
    assert [about["file"] for about in read if "file" in about] == [path] * 3
    assert f"“{neutralise(on_one_line(NASTY_WORDS))}” promises a cure" in [
        about["message"].split("\n")[0] for about in read if "message" in about
    ]


def plain_teamcity(text: str) -> str:
    """Return what TeamCity makes of a value: a unit of UTF-16 for each escape of four digits."""
    one = {"|n": "\n", "|r": "\r", "|'": "'", "||": "|", "|[": "[", "|]": "]"}

    def read(match: re.Match[str]) -> str:
        return chr(int(match[0][3:], 16)) if match[0].startswith("|0x") else one[match[0]]

    units = re.sub(r"\|0x[0-9a-f]{4}|\|.", read, text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


@pytest.mark.parametrize(("name", "tag", "key"), [("junit", "testsuite", "name"), ("checkstyle", "file", "name")])
def test_xml_holds_words_and_no_elements_of_theirs(name: str, tag: str, key: str, nasty) -> None:
    text = written(name, nasty)
    assert text.isascii()
    root = ElementTree.fromstring(text)
    known = {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "checkstyle", "file"}
    assert {element.tag for element in root.iter()} <= known
    assert next(element.get(key) for element in root.iter(tag)) == neutralise(NASTY_PATH)
    messages = [element.get("message") for element in root.iter() if element.get("message")]
    assert f"“{neutralise(on_one_line(NASTY_WORDS))}” promises a cure" in messages


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab", "rdjson", "rdjsonl"])
def test_json_is_ascii_and_holds_the_words(name: str, nasty) -> None:
    text = written(name, nasty)
    assert text.isascii()
    for part in text.splitlines() if name.endswith("l") else [text]:
        json.loads(part)
    assert "heals " in text


def test_a_cell_is_no_formula(nasty) -> None:
    text = written("csv", nasty)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@|%＝＋－＠]", cell)] == []
    assert [row[0] for row in rows[1:]].count("'" + neutralise(NASTY_PATH)) == 6
    assert rows[1][10].startswith("'=1+1")


@pytest.mark.parametrize("name", ["markdown", "rdjsonl"])
def test_markdown_marks_up_nothing_from_outside(name: str, nasty) -> None:
    text = written(name, nasty)
    pages = [json.loads(line)["message"] for line in text.splitlines()] if name == "rdjsonl" else [text]
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
    told = [token for page in pages for token in parser.parse(page)]
    inner = [child for token in told for child in token.children or ()]
    assert {token.type for token in (*told, *inner)} <= {
        "heading_open", "heading_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open",
        "list_item_close", "paragraph_open", "paragraph_close", "text", "code_inline", "link_open", "link_close",
        "hardbreak", "softbreak",
    }  # fmt: skip
    links = {token.attrs["href"] for token in inner if token.type == "link_open"}
    assert links <= {"https://example.com/cap", "https://example.com/cfr"}
    # Mentions, references and addresses are made of plain text, never of code.
    plain = "".join(token.content for token in inner if token.type == "text")
    assert not re.search(r"@|#\d|evil|://", plain)
    assert neutralise(on_one_line(NASTY_WORDS)) in [token.content for token in inner if token.type == "code_inline"]


class Page(HTMLParser):
    """The elements of a page, their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_holds_words_and_no_elements_of_theirs(nasty) -> None:
    page = Page()
    text = written("html", nasty)
    assert text.isascii()
    page.feed(text)
    tags = [tag for tag, _ in page.tags]
    assert "img" not in tags
    assert (tags.count("script"), tags.count("style"), tags.count("b"), tags.count("h2")) == (1, 1, 3 + 6, 6)
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on") or key == "style"]
    links = {attributes.get("href") or "" for tag, attributes in page.tags if tag == "a"}
    assert {link for link in links if not link.startswith("#")} == {
        "https://example.com/cap",
        "https://example.com/cfr",
    }
    assert "".join(page.text).count(neutralise(on_one_line(NASTY_WORDS))) >= 5


def test_sarif_takes_no_words_for_links_or_places_to_fill_in(nasty) -> None:
    log = json.loads(written("sarif", nasty))
    messages = [result["message"]["text"] for result in log["runs"][0]["results"]]
    told = [note["message"]["text"] for note in log["runs"][0]["invocations"][0]["toolExecutionNotifications"]]
    for message in (*messages, *told):
        assert "](" not in message
        assert re.fullmatch(r"(?:[^{}]|\{\{|\}\})*", message)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[\w./~!$&'()*+,;=@-]|%[0-9A-F]{2})+", uri, re.ASCII)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_lost(name: str, nasty) -> None:
    """Each finding, the failure and what was silenced are there, as far as the format has a place for them."""
    text = written(name, nasty)
    assert len(re.findall(r"cure-named-disease", text)) >= 3
    if name not in ("text", "concise"):
        assert "failed" in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_rule_may_have_nothing_to_say(name: str) -> None:
    rule = RULE._replace(why="", instead="", rewrite="", law=())
    finding = finding_in("It cures gout", "cures gout")._replace(rule=rule)
    text = written(name, report_on(FileReport("a.md", "checked", (finding,), product="food")))
    assert "cure" in text
    assert not re.search(r"Instead:|Law:|It may read", text.replace("Rules and law", ""))
