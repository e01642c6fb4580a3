"""`--output FORMAT=FILE`: reports in files, each whole or not there at all, beside the report on standard output."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint import plugs

from .conftest import BAD, CONFIG, GOOD

FORMATS = plugs.names("healthlint.reporters")
REGISTER = """\
claims:
  - id: zorbs
    wording: zorbs mend socks
    evidence: {file: trial.pdf}
    markets: [us]
    rules: [cure]
    approver: Head of Zorbs
    approved: 2026-01-01
    expires: 2026-01-02
"""
CLAIM = BAD.removeprefix("Our ").removesuffix(".\n")


@pytest.fixture(autouse=True)
def no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run in a step of GitHub Actions, whose summary is not theirs."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_reports_go_to_files_beside_the_text(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    alone = healthlint_run("check", "a.md")
    both = healthlint_run("check", "a.md", *(f"--output={name}=out.{name}" for name in FORMATS))
    assert both == alone
    for name in FORMATS:
        printed = healthlint_run("check", "a.md", "--format", name).out
        assert (site / f"out.{name}").read_bytes().decode() == printed
    assert left_behind(site) == []


def test_files_are_utf8_and_their_lines_end_in_lf(site, write, spawn) -> None:
    write("ü.md", BAD)
    done = spawn("check", "--output", "concise=out.txt", env={"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"})
    assert done.returncode == 1
    data = (site / "out.txt").read_bytes()
    assert data.decode() == f"ü.md:1:5: error zorb-cure “{CLAIM}” promises what zorbs cannot do\n"


def test_an_older_file_is_replaced_and_keeps_its_rights(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    old = site / "out.json"
    old.write_text("old" * 10_000)
    old.chmod(0o640)
    (site / "link.json").symlink_to("out.json")
    assert healthlint_run("check", "a.md", "--output", "json=link.json").status == 1
    assert json.loads(old.read_text())["summary"]["error"] == 1
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert (site / "link.json").is_symlink()


def test_a_new_file_has_the_rights_that_new_files_have(site, write, healthlint_run) -> None:
    write("a.md", GOOD)
    healthlint_run("check", "a.md", "--output", "json=out.json")
    (site / "other").touch()
    assert (site / "out.json").stat().st_mode == (site / "other").stat().st_mode


def test_color_and_width_are_for_terminals(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    monkeypatch.setenv("COLUMNS", "40")
    healthlint_run("check", "a.md", "--color", "always", "--output", "text=out.txt")
    text = (site / "out.txt").read_text()
    assert "\x1b" not in text
    assert f"error[zorb-cure]: “{CLAIM}” promises what zorbs cannot do\n" in text


@pytest.mark.parametrize(
    ("outputs", "error"),
    [
        pytest.param(["sarif"], "'sarif' is no FORMAT=FILE such as sarif=report.sarif", id="no file"),
        pytest.param(["sarif="], "'sarif=' is no FORMAT=FILE", id="a file without a name"),
        pytest.param(["=a"], "no reporter ''", id="no format"),
        pytest.param(["sarf=a"], "did you mean 'sarif'?", id="a format that there is not"),
        pytest.param(["sarif=-"], "'-' is standard output: use --format for that", id="standard output by its sign"),
        pytest.param(["sarif=x", "json=./x"], "--output json=./x: sarif is written there already", id="one file twice"),
        pytest.param(["sarif=x", "sarif=x"], "--output sarif=x: sarif is written there already", id="one format twice"),
        pytest.param(["json=link", "csv=x"], "--output csv=x: json is written there already", id="twice, by a link"),
        pytest.param(["json=folder"], "--output json=folder: a folder, not a file", id="a folder"),
        pytest.param(["json=no/x"], "--output json=no/x: there is no folder for it", id="no folder"),
        pytest.param(["json=a.md/x"], "--output json=a.md/x: there is no folder for it", id="a file for a folder"),
        pytest.param(
            ["markdown=a.md"], "one of the files to check; write elsewhere or exclude it", id="what is checked"
        ),
        pytest.param([f"json={CONFIG}"], f"json={CONFIG}: the config; write elsewhere", id="the config"),
        pytest.param(["json=b.jsonl"], "json=b.jsonl: the baseline; write elsewhere", id="the baseline"),
        pytest.param(["json=claims.yaml"], "the register of approved claims; write elsewhere", id="the register"),
        pytest.param(["json=trial.pdf"], "evidence of an approved claim; write elsewhere", id="evidence"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_checked(
    outputs, error, site, write, healthlint_run
) -> None:
    write("a.md", BAD)
    write("trial.pdf", "40 adults\n")
    write("claims.yaml", REGISTER)
    write("b.jsonl", '{"healthlint-baseline": 1}\n')
    write(CONFIG, "claims: claims.yaml\n")
    (site / "folder").mkdir()
    (site / "link").symlink_to("x")
    before = {path: path.read_bytes() for path in site.iterdir() if path.is_file()}
    result = healthlint_run("check", "--baseline=b.jsonl", *(f"--output={output}" for output in outputs))
    assert (result.status, result.out) == (2, "")
    assert error in result.err
    assert {path: path.read_bytes() for path in site.iterdir() if path.is_file()} == before


def test_all_faults_are_told_at_once(write, healthlint_run) -> None:
    write("a.md", BAD)
    result = healthlint_run("check", "--output", "json=no/x", "--output", "csv=neither/x")
    assert result.err == (
        "error: --output json=no/x: there is no folder for it\n"
        "error: --output csv=neither/x: there is no folder for it\n"
    )


def test_a_report_of_an_earlier_run_may_be_excluded_and_written_again(write, healthlint_run) -> None:
    write("a.md", BAD)
    write(CONFIG, "exclude: [report.md]\n")
    for _ in range(2):
        assert healthlint_run("check", "--output", "markdown=report.md").status == 1


@pytest.mark.parametrize("stream", ["out.txt", "/dev/stdout"])
def test_standard_output_takes_one_report(stream: str, site, write, spawn) -> None:
    write("a.md", BAD)
    with (site / "out.txt").open("wb") as out:
        done = spawn(
            "check", "a.md", "--output", f"json={stream}", capture_output=False, stdout=out, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert f"--output json={stream}: standard output goes there already" in done.stderr.decode()
    assert (site / "out.txt").read_bytes() == b""
    assert "goes there already" in spawn("check", "a.md", "--output", "json=/dev/stdout").stderr.decode()


def test_a_device_and_a_pipe_are_written_to_and_not_replaced(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    assert healthlint_run("check", "a.md", "--output", "json=/dev/null").status == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    os.mkfifo(site / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=site, stdout=subprocess.PIPE) as reader:
        assert healthlint_run("check", "a.md", "--output", "json=pipe").status == 1
        assert json.loads(reader.communicate()[0])["version"] == 1
    assert stat.S_ISFIFO(os.stat(site / "pipe").st_mode)


def test_a_full_device_is_told(write, healthlint_run) -> None:
    write("a.md", BAD)
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full here")
    result = healthlint_run("check", "a.md", "--output", "json=/dev/full", "--exit-zero")
    assert result.status == 2
    assert result.err == "error: /dev/full cannot be written: no space left on device\n"
    assert CLAIM in result.out


@pytest.fixture
def small_disk(disk) -> Path:
    """A folder on a file system of its own that has room for a few kilobytes."""
    return disk("16k")


def test_a_full_disk_leaves_the_older_file_whole(small_disk, site, write, healthlint_run) -> None:
    write("a.md", BAD * 200)
    (small_disk / "old.json").write_text("old")
    result = healthlint_run(
        "check", "a.md", "--output=json=disk/old.json", "--output=sarif=disk/new", "--output=csv=out.csv"
    )
    assert result.status == 2
    assert result.err == (
        "error: disk/old.json cannot be written: no space left on device\n"
        "error: disk/new cannot be written: no space left on device\n"
    )
    assert {path.name: path.read_text() for path in small_disk.iterdir()} == {"old.json": "old"}
    assert (site / "out.csv").read_text().count("\n") == 201
    assert "200 errors in 1 file" in result.out


def test_files_are_whole_though_nobody_reads_the_text(site, write, spawn) -> None:
    write("a.md", (BAD + "\n") * 500)
    with subprocess.Popen(["head", "-c1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as head:
        done = spawn(
            "check",
            "a.md",
            "--output",
            "jsonl=out.jsonl",
            capture_output=False,
            stdout=head.stdin,
            stderr=subprocess.PIPE,
        )
        head.stdin.close()
    assert done.returncode == 2
    assert b"standard output was closed before all was printed" in done.stderr
    assert json.loads((site / "out.jsonl").read_text().splitlines()[-1])["error"] == 500
    assert left_behind(site) == []


def test_a_folder_that_may_not_be_written_to_is_told(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    if os.geteuid() == 0:
        pytest.skip("nothing is forbidden to root")
    (site / "shut").mkdir(mode=0o555)
    result = healthlint_run("check", "a.md", "--output", "json=shut/x")
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: --output json=shut/x: its folder cannot be written to\n"


def test_services_are_told_paths_from_the_top_of_the_repository(site, write, healthlint_run, monkeypatch) -> None:
    write("docs/posts/a.md", BAD)
    monkeypatch.chdir(site / "docs")
    out = healthlint_run("check", "--format", "concise", "--output=github=g.txt", "--output=gitlab=g.json").out
    assert out.startswith("posts/a.md:1:5:")
    assert "file=docs/posts/a.md," in (site / "docs" / "g.txt").read_text()
    assert json.loads((site / "docs" / "g.json").read_text())[0]["location"]["path"] == "docs/posts/a.md"


def test_the_summary_of_the_step_gets_all_findings(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", (BAD + "\n") * 30)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary"))
    (site / "summary").write_text("what other commands of the step wrote\n")
    result = healthlint_run("check", "a.md", "--format", "github")
    assert result.status == 1
    assert sum(line.startswith("::error") for line in result.out.splitlines()) == 10
    assert "::group::20 findings more" in result.out
    summary = (site / "summary").read_text()
    assert summary.startswith("what other commands of the step wrote\n## healthlint: 30 errors in 1 file\n")
    assert summary.count(f"`{CLAIM}`") == 30


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_other_formats_leave_the_summary_alone(format_: str, site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary"))
    healthlint_run("check", "a.md", "--format", format_)
    assert not (site / "summary").exists()


def test_the_summary_never_grows_beyond_what_github_takes(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", (BAD + "\n") * 300)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary"))
    (site / "summary").write_bytes(b"x" * (1024 * 1024 - 10_000))
    assert healthlint_run("check", "a.md", "--format", "github").status == 1
    assert 1024 * 1024 - 3000 < (site / "summary").stat().st_size <= 1024 * 1024
    assert (site / "summary").read_text().endswith("there was no room for them here.**\n")
    result = healthlint_run("check", "a.md", "--format", "github")
    assert (result.status, result.err) == (1, "note: the step summary is full: the findings were not added\n")


def test_a_summary_that_cannot_be_written_is_told(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "no" / "summary"))
    result = healthlint_run("check", "a.md", "--format", "github")
    assert result.status == 2
    assert result.err == "error: GITHUB_STEP_SUMMARY cannot be written: no such file or directory\n"


def test_a_summary_on_a_full_disk_stays_as_it_was(small_disk, write, healthlint_run, monkeypatch) -> None:
    write("a.md", (BAD + "\n") * 300)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(small_disk / "summary"))
    (small_disk / "summary").write_text("before\n")
    assert healthlint_run("check", "a.md", "--format", "github").status == 2
    assert (small_disk / "summary").read_text() == "before\n"


NASTY_PATH = "posts =x%0A,😀;]|'`##[error]::error\x1b\u202e<b>/{0}.md"
NASTY = f"Our 😀 tea ##[error]x ::error::y %0A \x1b[31m[/b] \u202e </script>, and our {CLAIM}.\n"


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_file_commands_nobody(name: str, site, write, spawn) -> None:
    write(NASTY_PATH, NASTY * 2)
    done = spawn("check", ".", "--format", name, "--output", f"{name}=out")
    assert done.returncode == 1
    text = done.stdout.decode()
    assert (site / "out").read_text() == text
    for line in text.splitlines():
        assert "\x1b" not in line
        assert "\u202e" not in line
        assert "##[" not in line
        assert not line.lstrip().startswith("::error::")
    assert "zorb-cure" in text


def test_formats_are_completed(spawn) -> None:
    told = {"_HEALTHLINT_COMPLETE": "bash_complete", "COMP_WORDS": "healthlint check --output rd", "COMP_CWORD": "3"}
    done = spawn(env=told, text=True)
    assert done.stdout.split() == ["plain,rdjson=", "plain,rdjsonl="]


def test_a_reporter_is_imported_when_it_is_asked_for(write) -> None:
    write("a.md", GOOD)
    code = (
        "import sys; from healthlint.cli import main; main(['check', 'a.md', *sys.argv[1:]]); "
        "print(*sorted(name.rpartition('.')[2] for name in sys.modules if name.startswith('healthlint.reporters.')))"
    )

    def loaded(*arguments: str) -> list[str]:
        from .conftest import SOURCES

        environment = {**os.environ, "PYTHONPATH": SOURCES}
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, check=True, text=True
        )
        return done.stdout.splitlines()[-1].split()

    assert loaded() == ["_frame", "_safe", "text"]
    assert "sarif" in loaded("--output", "sarif=/dev/null")
