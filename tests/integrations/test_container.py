"""The Dockerfile: what can be known of it where no image can be built."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import BAD, MADE, ROOT, environment

TEXT = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
INSTRUCTIONS = [line.split(" ", 1) for line in TEXT.splitlines() if re.match(r"[A-Z]+ ", line)]
COPIED = [shlex.split(rest) for name, rest in INSTRUCTIONS if name == "COPY" and not rest.startswith("--from")]


def given(name: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def test_nobody_runs_it_as_root() -> None:
    (user,) = given("USER")
    assert min(map(int, user.split(":"))) > 0
    after = TEXT[TEXT.index("USER") :]
    assert "RUN" not in after
    assert "COPY" not in after


def test_it_is_made_of_what_is_in_the_checkout() -> None:
    assert {name for *names, _ in COPIED for name in names if not (ROOT / name).exists()} == set()


def test_its_pages_are_where_it_looks() -> None:
    assert (given("WORKDIR"), given("ENTRYPOINT"), given("CMD")) == (["/site"], ['["healthlint"]'], ['["check", "."]'])


@pytest.mark.slow
def test_its_commands_make_a_healthlint_that_reads_a_folder_it_cannot_write(index, tmp_path: Path) -> None:
    """In a fresh folder for a file system: what is copied there, what is run, but for Debian's packages."""
    place = {"/opt/healthlint": f"{tmp_path}/opt", "/healthlint": f"{tmp_path}/source", "/site": f"{tmp_path}/site"}

    def here(text: str) -> str:
        return re.sub(r"(?<![\w/])(/opt/healthlint|/healthlint|/site)(?![\w])", lambda match: place[match[1]], text)

    for *names, to in COPIED:
        Path(here(to)).mkdir(parents=True, exist_ok=True)
        for name in names:
            if (ROOT / name).is_file():
                shutil.copy(ROOT / name, here(to))
            else:
                shutil.copytree(ROOT / name, here(to), dirs_exist_ok=True, ignore=MADE)
    (variables,) = given("ENV")
    told = dict(pair.split("=", 1) for pair in here(variables).split())
    told["PATH"] = told["PATH"].replace("$PATH", environment()["PATH"])
    told |= {**index, "HEALTHLINT_CACHE_DIR": "/proc/nobody/writes/here"}
    for line in given("RUN"):
        if "apt-get" not in line:
            subprocess.run(["sh", "-ec", here(line)], env=environment(**told), check=True, capture_output=True)
    assert not (tmp_path / "opt" / "bin" / "pip").exists()
    # The rules come compiled: whoever runs it has no place to keep them.
    assert list((tmp_path / "opt").rglob("shipped.book"))

    site = tmp_path / "site"
    site.mkdir()
    (site / "old.md").write_text(BAD)
    site.chmod(0o555)
    done = subprocess.run(
        ["healthlint", "check", "."], cwd=site, env=environment(**told), text=True, capture_output=True, check=False
    )
    assert (done.returncode, "old.md:3:" in done.stdout, done.stderr) == (1, True, "")
