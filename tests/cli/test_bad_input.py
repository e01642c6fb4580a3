"""Whatever lies there is checked or refused with its place: no traceback, no hang, no silence."""

import json
import os

import pytest

from .conftest import BAD, CONFIG

CLAIM = "zorbs mend socks"
MEGABYTE = 1_000_000

READ = [
    pytest.param(b"", 0, id="an empty file"),
    pytest.param(b"\n\n\n", 0, id="nothing but line ends"),
    pytest.param(b"\xef\xbb\xbf", 0, id="nothing but a BOM"),
    pytest.param(("words " * (MEGABYTE // 6) + CLAIM).encode(), 1, id="one huge line"),
    pytest.param((BAD.strip() + " ").encode() * 300, 300, id="one line of three hundred findings"),
    pytest.param(b"a \x00 b\n\n" + BAD.encode(), 1, id="a NUL"),
    pytest.param(b"one\rtwo\r\r" + BAD.encode().strip() + b"\r", 1, id="CR alone"),
    pytest.param((">" * 500 + " " + BAD).encode(), 1, id="five hundred quotes"),
    pytest.param("".join(" " * 2 * depth + "- item\n" for depth in range(300)).encode(), 0, id="three hundred lists"),
    pytest.param(b"[" * 5000 + b"\n\n" + BAD.encode(), 1, id="five thousand brackets"),
    pytest.param(b"*" * 5000 + b"\n\n" + BAD.encode(), 1, id="five thousand stars"),
    pytest.param(b"---\ntitle: Tea\n\n" + BAD.encode(), 1, id="front matter that is never closed"),
    pytest.param(b"<div>\n\n" + BAD.encode(), 1, id="a tag that is never closed"),
    pytest.param(b"<!-- never closed\n\n" + BAD.encode(), 0, id="a comment that is never closed"),
    pytest.param("\u2028\u0085\x0c".encode() + BAD.encode(), 1, id="line ends that are none"),
    pytest.param(BAD.encode() + b"\n<!-- healthlint-disable-line zorb-cure -- no -->\n" * 1000, 1,
                 id="a thousand suppressions"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "claims"), READ)
def test_odd_text_is_checked(data, claims, write, healthlint_run) -> None:
    write("odd.md", data)
    write("other.md", BAD)
    result = healthlint_run("check", "--format", "json")
    assert result.status == 1, result.err
    report = json.loads(result.out)
    assert [file["status"] for file in report["files"]] == ["checked", "checked"]
    found = [finding for finding in report["findings"] if finding["rule"] == "zorb-cure"]
    assert [finding["path"] for finding in found] == ["odd.md"] * claims + ["other.md"]
    text = data.decode()
    assert all(text[finding["start"] : finding["end"]] == CLAIM for finding in found[:claims])
    for format_ in ("text", "concise"):
        assert healthlint_run("check", "--format", format_).status == 1


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"caf\xe9", "odd.md:1: byte 0xE9 at offset 3 is not UTF-8", id="Latin-1"),
        pytest.param("Tea.".encode("utf-16"), "odd.md: not UTF-8; the file looks like UTF-16LE", id="UTF-16"),
        pytest.param(bytes(range(256)), "odd.md: a binary file, not text", id="binary"),
        pytest.param(b"\x00" * 5000, "odd.md: a binary file, not text", id="NULs"),
    ],
)
def test_what_is_no_text_is_refused_and_the_rest_is_checked(data, error, write, healthlint_run) -> None:
    write("odd.md", data)
    write("other.md", BAD)
    result = healthlint_run("check", "--format", "json")
    assert result.status == 2
    assert result.err.startswith(f"error: {error}")
    report = json.loads(result.out)
    assert [finding["path"] for finding in report["findings"]] == ["other.md"]
    assert [failure["path"] for failure in report["failures"]] == ["odd.md"]


def test_places_that_cannot_be_read_are_told(site, write, healthlint_run) -> None:
    os.symlink("round.md", site / "round.md")
    os.symlink("nothing", site / "gone.md")
    (site / "folder.md").mkdir()
    os.mkfifo(site / "pipe.md")
    write("other.md", BAD)
    result = healthlint_run("check", ".", "pipe.md", "folder.md", "missing/x.md", "--format", "json")
    assert result.status == 2
    assert result.err.splitlines() == [
        "error: gone.md: a symbolic link to nothing",
        "error: missing/x.md: no such file or folder",
        "error: pipe.md: not a regular file; pipe it in and name it '-'",
        "error: round.md: cannot be read: too many levels of symbolic links",
    ]
    assert [finding["path"] for finding in json.loads(result.out)["findings"]] == ["other.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read_is_told(site, write, healthlint_run) -> None:
    for path in ("secret.md", "cellar/a.md", "other.md"):
        write(path, BAD)
    (site / "secret.md").chmod(0)
    (site / "cellar").chmod(0)
    try:
        result = healthlint_run("check", "--format", "concise")
    finally:
        (site / "cellar").chmod(0o755)
    assert result.status == 2
    assert result.err == (
        "error: cellar: cannot be read: permission denied\nerror: secret.md: cannot be read: permission denied\n"
    )
    assert result.out.startswith("other.md:1:5")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("packs: [uk", id="YAML that ends too soon"),
        pytest.param("\tpacks: uk", id="a tab"),
        pytest.param("a: &a [*a]", id="an alias inside itself"),
        pytest.param("? [a, b]\n: c", id="a list for a key"),
        pytest.param("!!python/object/apply:os.system ['false']", id="a tag that would run something"),
        pytest.param("%YAML 9.9\n---\npacks: uk\n", id="another YAML"),
        pytest.param("packs: uk\n---\npacks: eu\n", id="two documents"),
        pytest.param("rules: {zorb-cure: high}\nfail-on: yes\nproduct: [\n", id="more than one fault"),
        pytest.param("packs: 1.0\ntiers: null\nrules: []\noverrides: x\n", id="wrong kinds of values"),
        pytest.param("\x1b[31m##[error]: 1\n", id="an escape for a key"),
    ],
)
def test_a_faulty_config_is_refused_with_its_place(text, write, healthlint_run) -> None:
    write("a.md", BAD)
    write(CONFIG, text.encode())
    result = healthlint_run("check")
    assert (result.status, result.out) == (2, "")
    assert result.err
    assert all(line.startswith("error: .healthlint.yaml:") for line in result.err.splitlines()), result.err
    assert "\x1b" not in result.err
    assert "##[" not in result.err
