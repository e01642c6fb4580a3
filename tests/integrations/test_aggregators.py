"""What reviewdog, lefthook, MegaLinter and Trunk are told: their commands, run as they run them."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from healthlint import readers

from .conftest import BAD, GOOD, ROOT, Site, environment, read, tool

PLUGIN = "integrations/mega-linter-plugin-healthlint/healthlint.megalinter-descriptor.yml"
VERSION = re.search(r'= "(.+)"', (ROOT / "src/healthlint/_version.py").read_text("utf-8"))[1]
(LINTER,) = read(PLUGIN)["linters"]
TRUNK = read("integrations/trunk.yaml")["lint"]
(DEFINITION,) = TRUNK["definitions"]
(COMMAND,) = DEFINITION["commands"]


@pytest.fixture
def run(commands: Path, site: Site):
    """Run a command at the top of the site, with `healthlint` on the PATH."""

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        path = f"{commands}:{environment()['PATH']}"
        return subprocess.run(
            command, cwd=site.folder, env=environment(PATH=path), text=True, capture_output=True, check=False
        )

    return run


def found(sarif: str) -> list[str]:
    results = json.loads(sarif)["runs"][0]["results"]
    return [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]


def mega_linter(*files: str) -> list[str]:
    """Return the command line as MegaLinter puts it together: executable, arguments, those for SARIF, the files."""
    sarif = [word.replace("{{SARIF_OUTPUT_FILE}}", "out.sarif") for word in LINTER["cli_sarif_args"]]
    return ["healthlint", *LINTER["cli_lint_extra_args"], *sarif, *files]


def test_mega_linter_gets_sarif_and_the_status(run, site: Site) -> None:
    site.write("good.md", GOOD)
    assert (run(*mega_linter("good.md")).returncode, found((site.folder / "out.sarif").read_text())) == (0, [])
    done = run(*mega_linter("good.md", "old.md"))
    assert (done.returncode, found((site.folder / "out.sarif").read_text())) == (1, ["old.md"])
    site.write(".healthlint.yaml", "exclude: [old.md]\n")
    assert run(*mega_linter("old.md")).returncode == 0
    assert run("healthlint", LINTER["cli_version_arg_name"]).stdout == f"healthlint {VERSION}\n"
    assert run("healthlint", LINTER["cli_help_arg_name"]).returncode == 0


def test_mega_linter_finds_and_installs_the_plugin() -> None:
    """As its plugin loader has it: where the descriptor lies, how it is called, and that it is installed by RUN alone."""
    (url,) = read("integrations/mega-linter.yml")["PLUGINS"]
    assert url == f"https://raw.githubusercontent.com/OWNER/healthlint/v{VERSION}/{PLUGIN}"
    assert "/mega-linter-plugin-" in url
    assert url.endswith(".megalinter-descriptor.yml")
    (install,) = LINTER["install"]["dockerfile"]
    assert LINTER["install"].keys() == {"dockerfile"}
    assert install.startswith("RUN python3 -m venv /venvs/healthlint && ")
    assert install.endswith(f" healthlint=={VERSION}")
    assert LINTER["cli_executable"] == "/venvs/healthlint/bin/healthlint"


def test_every_suffix_that_mega_linter_hands_over_is_read() -> None:
    assert set(read(PLUGIN)["file_extensions"]) <= set(readers.suffixes())


def test_trunk_gets_sarif_and_knows_a_fault_from_a_finding(run, site: Site) -> None:
    site.write("a page.md", BAD)
    command, success = COMMAND["run"], COMMAND["success_codes"]
    assert (COMMAND["output"], COMMAND["read_output_from"]) == ("sarif", "stdout")
    done = run(*shlex.split(command.replace("${target}", "old.md 'a page.md'")))
    assert (done.returncode in success, found(done.stdout), done.stderr) == (True, ["a%20page.md", "old.md"], "")
    assert run(*shlex.split(command.replace("${target}", "gone.md"))).returncode not in success


def test_trunk_is_told_of_the_release_there_is(run) -> None:
    assert DEFINITION["known_good_version"] == VERSION
    assert TRUNK["enabled"] == [f"healthlint@{VERSION}"]
    pattern = DEFINITION["version_command"]["parse_regex"].replace("${semver}", r"\d+\.\d+\.\d+")
    assert re.match(pattern, run(*shlex.split(DEFINITION["version_command"]["run"])).stdout)
    assert {name for name in DEFINITION["files"] if name != "markdown"} == {file["name"] for file in TRUNK["files"]}


def test_reviewdog_comments_on_lines_that_changed(run, site: Site) -> None:
    """The column of `cures gout` is counted in bytes, as reviewdog does; what was there before is left alone."""
    shutil.copy(ROOT / "integrations" / "reviewdog.yml", site.folder / ".reviewdog.yml")
    site.write("old.md", BAD + "\n😀 It cures gout.\n")
    command = (tool("reviewdog"), "-reporter=local", "-diff=git diff HEAD", "-fail-level=error")
    done = run(*command)
    assert (done.returncode, re.findall(r"^\S+:\d+:\d+:", done.stdout, re.MULTILINE)) == (1, ["old.md:5:9:"])
    site.write("old.md", BAD + "\nIt is a tea.\n")
    assert run(*command).returncode == 0
    # Nothing changed here, and yet this is no success.
    (site.folder / "broken.md").write_bytes(b"\xff\xfe\x00")
    assert run(*command).returncode == 1


def test_what_reviewdog_reads_is_json_alone(run, site: Site) -> None:
    """It takes standard error for more of the report, so no note may stand there."""
    site.write("de.md", "---\nlang: de\n---\n\nEin Tee.\n")
    command = read("integrations/reviewdog.yml")["runner"]["healthlint"]["cmd"]
    done = run(*shlex.split(command))
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["location"]["path"] for line in done.stdout.split("\n") if line] == ["old.md"]


def test_lefthook_refuses_a_commit_of_bad_copy(run, site: Site) -> None:
    lefthook = tool("lefthook")
    shutil.copy(ROOT / "integrations" / "lefthook.yml", site.folder / "lefthook.yml")
    assert run(lefthook, "validate").returncode == 0
    assert run(lefthook, "install").returncode == 0
    site.write("shop.py", f'"""{BAD}"""\n')
    site.write("new page.md", BAD)
    site.git("add", "-A")
    refused = run("git", "commit", "-m", "new")
    assert refused.returncode == 1
    assert "new page.md" in refused.stdout + refused.stderr
    assert "old.md" not in refused.stdout + refused.stderr
    site.write("new page.md", GOOD)
    site.git("add", "-A")
    passed = run("git", "commit", "-m", "new")
    assert passed.returncode == 0, passed.stdout + passed.stderr
