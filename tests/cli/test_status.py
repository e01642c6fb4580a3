"""The exit status, which gates trust."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .conftest import BAD, CONFIG, GOOD, SOURCES


@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        pytest.param({"a.md": GOOD}, [], 0, id="nothing found"),
        pytest.param({"a.md": BAD}, [], 1, id="an error found"),
        pytest.param({"a.md": BAD}, ["--fail-on", "never"], 0, id="findings, and nothing fails on them"),
        pytest.param({"a.md": BAD}, ["--exit-zero"], 0, id="findings, and exit-zero"),
        pytest.param({"a.md": BAD, CONFIG: "rules: {zorb-cure: warning}"}, [], 0,
                     id="a warning found"),
        pytest.param({"a.md": BAD, CONFIG: "rules: {zorb-cure: warning}"},
                     ["--fail-on", "warning"], 1, id="a warning found, and warnings fail"),
        pytest.param({"a.md": BAD, CONFIG: "fail-on: never"}, [], 0,
                     id="the config says never"),
        pytest.param({"a.md": BAD, CONFIG: "fail-on: never"},
                     ["--fail-on", "info"], 1, id="the command line overrules the config"),
        pytest.param({"a.md": BAD, "b.md": b"\xff"}, [], 2, id="a file that does not decode beside findings"),
        pytest.param({"a.md": GOOD, "b.md": b"\xff"}, ["--exit-zero"], 2, id="exit-zero hides no unreadable file"),
        pytest.param({}, [], 2, id="nothing to check"),
        pytest.param({}, ["--allow-empty"], 0, id="nothing to check, which is allowed"),
        pytest.param({"a.md": BAD}, ["--exclude", "a.md"], 2, id="all is excluded"),
        pytest.param({"a.md": BAD}, ["a.md", "--exclude", "a.md"], 1, id="named though excluded"),
        pytest.param({"a.md": BAD}, ["a.md", "--exclude", "a.md", "--force-exclude"], 0, id="named, yet left out"),
        pytest.param({"a.md": BAD, "b.md": BAD}, ["a.md", "b.md", "--exclude", "a.md", "--force-exclude"], 1,
                     id="one of two is left out"),
        pytest.param({"a.md": "---\nlang: de\n---\n" + BAD}, [], 0, id="a page in another language"),
        pytest.param({"a.md": GOOD, CONFIG: "paks: uk"}, [], 2, id="a faulty config"),
        pytest.param({"a.md": GOOD, CONFIG: "paks: uk"}, ["--isolated"], 0, id="a faulty config not used"),
        pytest.param({"a.md": GOOD, CONFIG: b"rule-folders: [own]", "own/b.yaml": "id: b"}, [], 2, id="a faulty rule"),
        pytest.param({"a.md": "---\nhealthlint: {product: drug}\n---\n"}, [], 2, id="a faulty page setting"),
        pytest.param({"a.md": GOOD}, ["--select", "no-such-rule"], 2, id="an unknown rule"),
        pytest.param({"a.md": GOOD}, ["a.md", "gone.md"], 2, id="a missing file"),
        pytest.param({"a.md": GOOD, "b.docx": ""}, ["a.md", "b.docx"], 2, id="a file no reader knows"),
    ],
)  # fmt: skip
def test_check_ends_with(files, arguments, status, write, healthlint_run) -> None:
    for path, text in files.items():
        write(path, text)
    result = healthlint_run("check", *arguments)
    assert result.status == status, result
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(["chekc"], "no command 'chekc'", id="an unknown command"),
        pytest.param(["check", "--formt", "json"], "no such option '--formt'", id="an unknown option"),
        pytest.param(["check", "--format", "jsn"], "did you mean 'json'?", id="an unknown format"),
        pytest.param(["check", "--packs", "uk,usa"], "did you mean 'us'?", id="an unknown pack"),
        pytest.param(["check", "--tiers", "corе"], "'corе' is none of core, extended, strict", id="a look-alike"),
        pytest.param(["check", "--fail-on", "errors"], "did you mean 'error'?", id="an unknown severity"),
        pytest.param(["check", "--product", "suplement"], "did you mean 'supplement'?", id="an unknown product"),
        pytest.param(["check", "--today", "2026-02-30"], "'2026-02-30' is no day", id="a day there is not"),
        pytest.param(["check", "--today", "20261120"], "'20261120' is no day", id="a day written otherwise"),
        pytest.param(["check", "--config", "gone.yaml"], "gone.yaml: cannot be read", id="a config that is not there"),
        pytest.param(["check", "--config", "x", "--isolated"], "exclude each other", id="a config and none"),
        pytest.param(["check", "--ignore", "zorb-curs"], "did you mean 'zorb-cure'?", id="an unknown rule"),
        pytest.param(["explain", "zorb-curs"], "did you mean 'zorb-cure'?", id="nothing to explain"),
        pytest.param(["explain"], "missing argument 'RULE'", id="an argument missing"),
        pytest.param(["rules", "--category", "cures"], "did you mean 'cure'?", id="an unknown category"),
        pytest.param(["test", "gone"], "gone: no such folder", id="no folder to test"),
        pytest.param(["completion", "tcsh"], "'tcsh' is none of bash, zsh, fish", id="an unknown shell"),
        pytest.param([".git"], "did you mean 'healthlint check .git'?", id="a path for a command"),
        pytest.param(["\x1b[31m"], "no command '\\x1b[31m'", id="an escape for a command"),
        pytest.param([], "Usage: healthlint", id="nothing at all"),
    ],
)
def test_misuse_is_told_and_gives_2(arguments, error, healthlint_run) -> None:
    result = healthlint_run(*arguments)
    assert result.status == 2
    assert error in result.err
    assert result.out == ""


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"], ["-h"]])
def test_help_gives_0(arguments, healthlint_run) -> None:
    result = healthlint_run(*arguments)
    assert (result.status, result.err) == (0, "")
    assert "healthlint" in result.out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["check", "good.md"], 0), (["check", "bad.md"], 1), (["check", "gone.md"], 2), (["--nonsense"], 2)],
)
def test_a_real_process_ends_with_it(arguments, status, write, spawn) -> None:
    write("good.md", GOOD)
    write("bad.md", BAD)
    assert spawn(*arguments).returncode == status


# A fault that only a broken installation can have: a reader that throws what it never should.
BROKEN = """\
import sys
import healthlint.readers.markdown as markdown
read = markdown.read
def broken(source, options):
    if source.name == "b.md":
        raise ZeroDivisionError("made for a test")
    return read(source, options)
markdown.read = broken
from healthlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_of_our_own_gives_3_and_the_other_files_are_checked(write) -> None:
    for path in ("a.md", "b.md", "c.md"):
        write(path, BAD)
    run = subprocess.run(
        [sys.executable, "-c", BROKEN, "check", "--format", "json", "--exit-zero", ".", "gone.md"],
        env={**os.environ, "PYTHONPATH": SOURCES}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 3
    assert "error: b.md: internal error at <string>:6: ZeroDivisionError: made for a test" in run.stderr
    assert "please report" in run.stderr
    assert "Traceback" not in run.stderr
    report = json.loads(run.stdout)
    assert [finding["path"] for finding in report["findings"]] == ["a.md", "c.md"]
    assert [failure["path"] for failure in report["failures"]] == ["b.md", "gone.md"]


BROKEN_CHECK = """\
import sys
import healthlint.checks.phrases as phrases
def find(data, page):
    raise ZeroDivisionError("made for a test")
phrases.find = find
from healthlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_in_a_rule_names_it(write) -> None:
    write("a.md", BAD)
    run = subprocess.run(
        [sys.executable, "-c", BROKEN_CHECK, "check", "--exit-zero"],
        env={**os.environ, "PYTHONPATH": SOURCES}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 3
    assert run.stderr.startswith("error: rule zorb-cure: a.md: the check 'phrases' broke (ZeroDivisionError: ")
    assert "please report it" in run.stderr


def test_a_traceback_is_there_for_those_who_ask(write) -> None:
    write("b.md", BAD)
    run = subprocess.run(
        [sys.executable, "-c", BROKEN, "check"],
        env={**os.environ, "PYTHONPATH": SOURCES, "HEALTHLINT_DEBUG": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 3
    assert "Traceback (most recent call last)" in run.stderr


def test_a_closed_pipe_is_told_without_a_traceback(write, spawn) -> None:
    write("a.md", BAD)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as out:
        run = spawn("check", capture_output=False, stdout=out, stderr=subprocess.PIPE)
    assert run.returncode == 2
    assert run.stderr == b"error: standard output was closed before all was printed\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_told(write, spawn) -> None:
    write("a.md", BAD)
    with open("/dev/full", "wb") as out:
        run = spawn("check", capture_output=False, stdout=out, stderr=subprocess.PIPE)
    assert run.returncode == 2
    assert run.stderr == b"error: standard output cannot be written: no space left on device\n"


def test_closed_streams_do_no_harm(write) -> None:
    write("a.md", BAD)
    line = f"PYTHONPATH={SOURCES!r} {sys.executable!r} -m healthlint check"
    assert subprocess.run(["sh", "-c", f"{line} a.md >&- 2>&-"], check=False).returncode == 2
    assert subprocess.run(["sh", "-c", f"{line} - <&- 2>&-"], check=False).returncode == 2


def test_ctrl_c_ends_it_cleanly(site) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "healthlint", "check", "-"],
        env={**os.environ, "PYTHONPATH": SOURCES}, cwd=site,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    # It waits for standard input once it has planned; a signal before that would end it just as well.
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert (out, err.strip()) == (b"", b"interrupted")
