"""`healthlint test --cost`: each rule's share of the time; no test asks how long anything took."""

import json
from pathlib import Path

import pytest

from .conftest import BAD, RULE


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with two rules, one of which has a lot to do on a page of zorbs; one for all, so that it is compiled once."""
    folder = tmp_path_factory.mktemp("own")
    busy = RULE.replace("zorb-cure", "zorb-busy").replace('- "zorbs (mend|heal) socks"', '- "zorbs ... ... ... socks"')
    (folder / "zorb-cure.yaml").write_text(RULE, encoding="utf-8")
    (folder / "zorb-busy.yaml").write_text(busy, encoding="utf-8")
    return str(folder)


def test_the_dearest_rule_comes_first(own, healthlint_run) -> None:
    result = healthlint_run("test", own, "--cost", "--format", "json")
    told = json.loads(result.out)
    shares = [rule["share"] for rule in told["rules"]]
    assert (result.status, result.err) == (0, "")
    assert {rule["rule"] for rule in told["rules"]} == {"zorb-cure", "zorb-busy"}
    assert shares == sorted(shares, reverse=True)
    assert told["documents"] == 12


def test_the_table_says_the_same(own, healthlint_run) -> None:
    lines = healthlint_run("test", own, "--cost").out.splitlines()
    assert lines[0].split() == ["share", "µs/kB", "findings", "rule"]
    assert {line.split()[-1] for line in lines[1:3]} == {"zorb-cure", "zorb-busy"}
    assert all(line.split()[0].endswith("%") for line in lines[1:3])
    assert lines[-1].endswith("the rest is reading and scanning")


def test_it_is_measured_on_texts_that_are_named(own, write, healthlint_run) -> None:
    for name in ("a.md", "b.md"):
        write(f"site/{name}", BAD * 20)
    told = json.loads(healthlint_run("test", own, "--cost", "--on", "site", "--format", "json").out)
    assert (told["documents"], told["characters"]) == (2, 40 * len(BAD))
    assert sum(rule["findings"] for rule in told["rules"]) == 40


def test_a_rule_that_takes_much_is_named(own, write, healthlint_run) -> None:
    write("page.md", BAD * 200)
    lines = healthlint_run("test", own, "--cost", "--on", "page.md").out.splitlines()
    assert any(line.startswith(("zorb-cure takes ", "zorb-busy takes ")) for line in lines)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--on", "a.md"], "--on and --format go with --cost", id="texts without --cost"),
        pytest.param(["--format", "json"], "--on and --format go with --cost", id="a format without --cost"),
        pytest.param(["--cost", "--on", "gone.md"], "gone.md: no such file or folder", id="a text that is not there"),
        pytest.param(["--cost", "--on", "empty"], "nothing to check", id="a folder without texts"),
    ],
)
def test_what_cannot_be_measured_is_refused(own, site: Path, healthlint_run, arguments, told) -> None:
    (site / "empty").mkdir()
    result = healthlint_run("test", own, *arguments)
    assert result.status == 2
    assert told in result.err
