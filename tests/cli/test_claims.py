"""Approved claims on the command line: `check --claims` and `healthlint claims`."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.claims_file import KEYS

from .conftest import BAD, CONFIG, GOOD, SOURCES
from .gitting import Git

TODAY = ("--today", "2026-11-20")
REGISTER = "claims.yaml"


def entry(id_: str = "socks", words: str = "Our zorbs mend socks", **changes: str) -> str:
    """Return an entry of a register; "_" in the names of what differs stands for "-"."""
    keys = {
        "id": id_, "wording": words, "evidence": "{doi: 10.1000/182}", "markets": "[us, uk]", "rules": "[zorb-cure]",
        "approver": "Head of Zorbs", "approved": "2026-01-31", "expires": "2027-01-31",
    }  # fmt: skip
    keys |= {key.replace("_", "-"): value for key, value in changes.items()}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


def register(*entries: str) -> str:
    return "claims:\n" + "".join(entries or (entry(),))


@pytest.fixture
def approved(write):
    """A site with a page of which the claim is approved."""
    write(CONFIG, "packs: [us, uk]\nclaims: claims.yaml\n")
    write(REGISTER, register())
    write("a.md", BAD)
    return write


@pytest.fixture
def git(site) -> Git:
    (site / ".git").rmdir()
    made = Git(site)
    made("init", "-q")
    made("config", "core.hooksPath", "/dev/null")
    return made


def found(result) -> list[str]:
    """Return "path:line rule" of what `--format concise` shows."""
    lines = [line.split() for line in result.out.splitlines() if line.count(":") > 2]
    return [f"{words[0].rsplit(':', 2)[0]} {words[2]}" for words in lines]


@pytest.mark.usefixtures("approved")
def test_an_approved_claim_does_not_count(healthlint_run) -> None:
    result = healthlint_run("check", *TODAY)
    assert (result.status, result.err) == (0, "")
    assert result.out == "no findings in 1 file (1 approved)\n"


@pytest.mark.usefixtures("approved")
def test_an_approved_claim_is_shown_with_its_evidence_where_asked_for(healthlint_run) -> None:
    result = healthlint_run("check", "--show-approved", *TODAY)
    assert result.status == 0
    assert result.out == (
        "approved[zorb-cure]: “zorbs mend socks” promises what zorbs cannot do\n"
        "  --> a.md:1:5\n"
        "   |\n"
        " 1 | Our zorbs mend socks.\n"
        "   |     ^^^^^^^^^^^^^^^^\n"
        "   = approved: socks: doi:10.1000/182; approved by Head of Zorbs on 2026-01-31,\n"
        "       until 2027-01-31\n"
        "\n"
        "no findings in 1 file (1 approved)\n"
    )


@pytest.mark.parametrize(
    "format_", ["concise", "github", "gitlab", "azure", "teamcity", "junit", "checkstyle", "rdjson"]
)
@pytest.mark.usefixtures("approved")
def test_a_format_that_annotates_says_nothing_of_it(format_: str, healthlint_run) -> None:
    assert "zorb-cure" not in healthlint_run("check", "--format", format_, *TODAY).out


@pytest.mark.parametrize("format_", ["json", "jsonl", "sarif", "html", "csv", "markdown"])
@pytest.mark.usefixtures("approved")
def test_a_format_that_is_kept_tells_the_evidence(format_: str, healthlint_run) -> None:
    result = healthlint_run("check", "--format", format_, *TODAY)
    assert result.status == 0
    assert "10.1000/182" in result.out
    assert "Head of Zorbs" in result.out


def test_a_register_can_be_named_on_the_command_line(write, healthlint_run) -> None:
    write(CONFIG, "packs: [us, uk]\n")
    write("a.md", BAD)
    write("legal/register.yaml", register())
    assert healthlint_run("check", *TODAY).status == 1
    result = healthlint_run("check", "--claims", "legal/register.yaml", *TODAY)
    assert (result.status, result.out) == (0, "no findings in 1 file (1 approved)\n")
    write(CONFIG, "claims: none.yaml\n")
    assert healthlint_run("check", "--claims", "legal/register.yaml", *TODAY).status == 0


def test_a_register_is_never_found_by_its_name(write, healthlint_run) -> None:
    write(CONFIG, "packs: [us, uk]\n")
    write("a.md", BAD)
    write(REGISTER, register())
    assert healthlint_run("check", *TODAY).status == 1


def test_a_register_lies_where_the_config_sees_it(approved, healthlint_run, site, monkeypatch) -> None:
    approved("sub/b.md", BAD)
    monkeypatch.chdir(site / "sub")
    result = healthlint_run("check", "--format", "json", *TODAY)
    assert result.status == 0
    assert [file["path"] for file in json.loads(result.out)["files"]] == ["../claims.yaml", "b.md"]
    assert "../claims.yaml" in healthlint_run("config").out


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(None, ".healthlint.yaml:4: claims.yaml: there is no such register", id="no file"),
        pytest.param("claims: [", "claims.yaml:2:1: not YAML", id="no YAML"),
        pytest.param(register(entry(rules="[zorb-cur]")), "'zorb-cur' is no rule or category; did you mean", id="a rule"),
        pytest.param(register(entry(expires="soon")), "'expires' is 'soon': write the day as", id="no day"),
        pytest.param(
            register(entry(evidence="{file: lost.pdf}")), "claims.yaml:2:10: “socks”: the evidence 'lost.pdf' is not there",
            id="lost evidence",
        ),
    ],
)  # fmt: skip
def test_a_bad_register_checks_nothing(text: str | None, fault: str, approved, site, healthlint_run) -> None:
    (site / REGISTER).unlink()
    if text is not None:
        approved(REGISTER, text)
    for command in ("check", "baseline"):
        result = healthlint_run(command, *TODAY)
        assert (result.status, result.out) == (2, "")
        assert fault in result.err
    assert not (site / ".healthlint-baseline.jsonl").exists()


def test_faults_of_config_and_register_are_told_together(approved, healthlint_run) -> None:
    approved(CONFIG, "ignore: [no-such-rule]\n")
    approved(REGISTER, register(entry(markets="[mars]")))
    result = healthlint_run("check", *TODAY)
    assert result.status == 2
    assert result.err.count("error: ") == 2


def test_an_expired_approval_approves_nothing_and_is_told_at_its_day(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(expires="2026-11-19")))
    result = healthlint_run("check", "--format", "concise", *TODAY)
    assert result.status == 1
    assert found(result) == ["claims.yaml:2 expired-approval", "a.md:1 zorb-cure"][::-1] or found(result) == [
        "a.md:1 zorb-cure", "claims.yaml:2 expired-approval"
    ]  # fmt: skip
    column = register(entry(expires="2026-11-19")).splitlines()[1].index("2026-11-19") + 1
    assert f"claims.yaml:2:{column}: error expired-approval “socks” held until 2026-11-19" in result.out
    assert healthlint_run("check", "--today", "2026-11-19").status == 0


def test_the_whole_site_shows_what_is_unused_and_a_part_does_not(approved, healthlint_run) -> None:
    approved(
        REGISTER,
        register(entry(), entry("boots", "Zorbs mend boots"), entry("old", "Zorbs mend hats", expires="2026-02-01")),
    )
    approved("sub/b.md", GOOD)
    whole = ["claims.yaml:3 unused-approval", "claims.yaml:4 expired-approval"]
    assert sorted(found(healthlint_run("check", "--format", "concise", *TODAY))) == whole
    assert sorted(found(healthlint_run("check", "--format", "concise", ".", *TODAY))) == whole
    for part in (["a.md"], ["a.md", "sub"], ["--select", "cure"], ["--packs", "us"], ["--exclude", "sub"]):
        assert found(healthlint_run("check", "--format", "concise", *part, *TODAY)) == [], part
    assert found(healthlint_run("check", "--format", "concise", "--fail-on", "info", *TODAY))


def test_a_file_that_fails_may_hold_what_seems_unused(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(), entry("boots", "Zorbs mend boots")))
    approved("b.md", b"\xff\xfe\x00")
    result = healthlint_run("check", "--format", "concise", *TODAY)
    assert (result.status, found(result)) == (2, [])


def test_a_part_of_the_site_shows_the_expired_approval_that_it_needs(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(expires="2026-11-19")))
    approved("b.md", GOOD)
    assert found(healthlint_run("check", "--format", "concise", "b.md", *TODAY)) == []
    assert "claims.yaml:2 expired-approval" in found(healthlint_run("check", "--format", "concise", "a.md", *TODAY))


@pytest.mark.usefixtures("approved")
def test_an_approval_that_soon_expires_is_for_information(healthlint_run) -> None:
    result = healthlint_run("check", "--format", "concise", "--today", "2027-01-10")
    assert (result.status, found(result)) == (0, ["claims.yaml:2 expiring-approval"])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        pytest.param({"markets": "[uk]"}, "approval-out-of-market", id="another market"),
        pytest.param({"product_names": "[Gloop]"}, "approval-of-other-product", id="another product"),
        pytest.param({"with": "{nearby: [in a trial]}"}, "approval-lacks-qualifier", id="no qualifier"),
    ],
)
def test_terms_that_are_not_met_are_told_beside_the_finding(changes, rule: str, approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(**changes)))
    result = healthlint_run("check", "--format", "concise", *TODAY)
    assert (result.status, found(result)) == (1, [f"a.md:1 {rule}", "a.md:1 zorb-cure"])
    approved(CONFIG, f"rules: {{{rule}: off}}\n")
    assert found(healthlint_run("check", "--format", "concise", *TODAY)) == ["a.md:1 zorb-cure"]


def test_an_approval_makes_a_suppression_unused(approved, healthlint_run) -> None:
    approved("a.md", f"{BAD}<!-- healthlint-disable-file zorb-cure -- old -->\n")
    result = healthlint_run("check", "--format", "concise", *TODAY)
    assert found(result) == ["a.md:2 unused-suppression"]


def test_a_suppression_takes_the_doubt_about_an_approval_with_it(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(markets="[uk]")))
    approved("a.md", f"{BAD}<!-- healthlint-disable-file zorb-cure -- old -->\n")
    assert healthlint_run("check", *TODAY).out == "no findings in 1 file (1 suppressed)\n"


def test_what_is_approved_enters_no_baseline(approved, healthlint_run, site) -> None:
    approved("b.md", "Blue zorbs heal socks.\n")
    assert healthlint_run("baseline", *TODAY).out == "1 finding written to .healthlint-baseline.jsonl\n"
    assert '"a.md"' not in (site / ".healthlint-baseline.jsonl").read_text("utf-8")
    assert healthlint_run("baseline", "--claims", REGISTER, *TODAY).status == 0


def test_a_baseline_keeps_what_it_knows_of_a_register(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(expires="2026-11-19")))
    assert healthlint_run("baseline", *TODAY).out.startswith("2 findings written")
    known = ("check", "--baseline", ".healthlint-baseline.jsonl", *TODAY)
    assert healthlint_run(*known).out == "no findings in 1 file (2 in the baseline)\n"
    part = healthlint_run(*known, "--select", "cure")
    assert (part.status, "stale" in part.err) == (0, False)
    approved(REGISTER, register())
    assert "2 stale entries" in healthlint_run(*known).err


def test_changed_lines_show_the_expired_approval_that_they_need(approved, healthlint_run, git) -> None:
    approved(REGISTER, register(entry(expires="2026-11-19"), entry("boots", "Zorbs mend boots")))
    git.commit()
    approved("a.md", f"{BAD}\nZorbs are blue.\n")
    apart = healthlint_run("check", "--diff", "HEAD", "--format", "concise", *TODAY)
    assert (apart.status, found(apart)) == (0, [])
    approved("a.md", f"Well: {BAD}\nZorbs are blue.\n")
    near = healthlint_run("check", "--diff", "HEAD", "--format", "concise", *TODAY)
    assert (near.status, sorted(found(near))) == (1, ["a.md:1 zorb-cure", "claims.yaml:2 expired-approval"])
    git("add", "-A")
    staged = healthlint_run("check", "--staged", "--format", "concise", *TODAY)
    assert sorted(found(staged)) == ["a.md:1 zorb-cure", "claims.yaml:2 expired-approval"]


def test_processes_side_by_side_say_the_same(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(markets="[uk]"), entry("hats", "Blue zorbs heal socks")))
    for number in range(12):
        approved(f"p{number}.md", "Blue zorbs heal socks.\n" if number % 2 else BAD)
    for format_ in ("json", "sarif"):
        ours = ("check", "--format", format_, *TODAY)
        assert healthlint_run(*ours, "--jobs", "3") == healthlint_run(*ours, "--jobs", "1")


@pytest.mark.usefixtures("approved")
def test_standard_input_is_held_against_the_register(healthlint_run) -> None:
    assert healthlint_run("check", "-", *TODAY, stdin=BAD.encode()).out == "no findings in 1 file (1 approved)\n"


def test_without_a_register_nothing_of_it_is_loaded(write) -> None:
    write("a.md", BAD)
    program = (
        "import sys; from healthlint.cli import main; main(['check', 'a.md']); "
        "print(*sorted(name for name in sys.modules if 'claim' in name or 'appro' in name or 'regist' in name))"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert ran.stdout.splitlines()[-1] == ""


def test_a_register_is_listed(approved, healthlint_run) -> None:
    approved(REGISTER, register(
        entry(), entry("boots", "Zorbs mend  boots", expires="2026-12-01", markets="uk"),
        entry("hats", "Zorbs mend hats", expires="2026-01-31"),
    ))  # fmt: skip
    listed = healthlint_run("claims", "list", *TODAY)
    assert listed.status == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == ["socks", "boots", "hats"]
    assert listed.out.splitlines()[1] == f"boots  expires soon  2026-12-01  {'uk':<25}  Zorbs mend boots"

    def ids(*options: str) -> list[str]:
        return [
            each["id"]
            for each in json.loads(healthlint_run("claims", "list", "--format", "json", *options, *TODAY).out)
        ]

    assert ids("--expired") == ["hats"]
    assert ids("--expiring") == ["boots"]
    assert ids("--expiring", "--expired") == ["boots", "hats"]
    assert ids("--market", "us-fda") == ["socks", "hats"]
    assert ids("--market", "us", "--expiring") == []
    assert healthlint_run("claims", "list", "--market", "ca", *TODAY).err == "note: no approval is like that\n"
    (first, *_) = json.loads(healthlint_run("claims", "list", "--format", "json", *TODAY).out)
    assert (first["state"], first["wording"], first["line"]) == ("in force", "Our zorbs mend socks", 2)


def test_a_register_is_checked_by_itself(approved, healthlint_run) -> None:
    fine = healthlint_run("claims", "check", *TODAY)
    assert (fine.status, fine.out) == (0, "1 approval, 0 expired: 0 problems\n")
    approved(REGISTER, register(entry(), entry("again", "our ZORBS mend socks!", evidence="{file: lost.pdf}")))
    bad = healthlint_run("claims", "check", *TODAY)
    assert (bad.status, bad.out.splitlines()) == (1, [
        "claims.yaml:3:10: problem: “again” approves the same words as “socks”",
        "claims.yaml:3:10: problem: “again”: the evidence 'lost.pdf' is not there",
        "2 approvals, 0 expired: 2 problems",
    ])  # fmt: skip
    as_json = healthlint_run("claims", "check", "--format", "json", *TODAY)
    assert as_json.status == 1
    assert [each["problem"] for each in json.loads(as_json.out)] == [True, True]
    approved(REGISTER, register(entry(expires="soon")))
    assert healthlint_run("claims", "check", *TODAY).status == 2


def test_a_register_must_be_named(write, healthlint_run) -> None:
    result = healthlint_run("claims", "list")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: no register of approved claims: name it with 'claims:' in the config")
    write(REGISTER, register())
    assert "Write 'claims: claims.yaml' in the config" in healthlint_run("claims", "check").err
    assert healthlint_run("claims", "check", "--claims", REGISTER, *TODAY).status == 0


def test_what_a_register_holds_is_not_obeyed(approved, healthlint_run) -> None:
    words = '"\\e[31mzorbs ##[error]x mend socks"'
    approved(REGISTER, register(entry(words=words, expires="2026-11-19", note='"::error::x"')))
    for command in (["check", "--format", "github"], ["claims", "list"], ["claims", "check"]):
        out = healthlint_run(*command, *TODAY).out
        assert "\x1b" not in out
        assert "##[error]" not in out


PAGE = (Path(__file__).parents[2] / "docs" / "claims.md").read_text("utf-8")


def test_the_register_that_the_docs_show_is_one(write, site, healthlint_run) -> None:
    text = PAGE.partition("```yaml\n")[2].partition("```")[0]
    write(REGISTER, text)
    write("evidence/moonleaf-trial.pdf", "")
    write(CONFIG, "claims: claims.yaml\n")
    checked = healthlint_run("claims", "check", *TODAY)
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.endswith("2 approvals, 0 expired: 0 problems\n")

    def rules(text: str, packs: str) -> list[str]:
        (site / CONFIG).write_text(f"claims: claims.yaml\npacks: {packs}\nproduct: supplement\n", "utf-8")
        write("a.md", text)
        return [each.split()[1] for each in found(healthlint_run("check", "--format", "concise", "a.md", *TODAY))]

    assert "structure-function-claim" not in rules("Calcium contributes to healthy bones.", "[eu, uk]")
    assert "structure-function-claim" in rules("Calcium contributes to healthy bones.", "[eu, uk, us]")
    assert "approval-of-a-part" in rules("Calcium contributes to healthy bones and joints.", "[eu, uk]")
    joints = "Moonleaf reduces joint pain by 30 % in 12 weeks"
    assert "effect-in-percent" not in rules(f"{joints}, compared with placebo.", "[au]")
    assert "effect-in-percent" not in rules(f"{joints}. It was a placebo-controlled trial.", "[au]")
    assert "approval-lacks-qualifier" in rules(f"{joints}.", "[au]")
    assert "approval-of-a-part" in rules(f"{joints} against placebo and migraine.", "[au]")


def test_the_docs_tell_every_key_and_every_rule(healthlint_run) -> None:
    rows = set(re.findall(r"^\| `([\w-]+)`", PAGE, re.MULTILINE))
    keys = {"expires", *KEYS} - rows
    assert keys == {"expires"}, "it shares a row with `approved`"
    rules = {each["id"] for each in json.loads(healthlint_run("rules", "--format", "json", "approval").out)}
    assert {each for each in rules if "approval" in each} <= rows


@pytest.mark.usefixtures("approved")
def test_a_report_is_not_written_over_the_register(healthlint_run, site) -> None:
    before = (site / REGISTER).read_bytes()
    result = healthlint_run("check", "--output", f"json={REGISTER}", *TODAY)
    assert (result.status, result.out) == (2, "")
    assert "json=claims.yaml: the register of approved claims" in result.err
    assert healthlint_run("baseline", "--output", REGISTER, *TODAY).status == 2
    assert (site / REGISTER).read_bytes() == before


def test_pyproject_names_a_register_too(write, site, healthlint_run) -> None:
    folders = (site / CONFIG).read_text("utf-8").split("[")[1].split("]")[0]
    (site / CONFIG).unlink()
    write(
        "pyproject.toml",
        f'[tool.healthlint]\nrule-folders = ["{folders}"]\nselect = ["zorb-cure"]\nclaims = "legal/c.yaml"\n',
    )
    write("legal/c.yaml", register(entry(markets="[us, uk]")))
    write("a.md", BAD)
    assert healthlint_run("check", *TODAY).out == "no findings in 1 file (1 approved)\n"


def test_a_page_says_for_which_market_it_is(approved, healthlint_run) -> None:
    approved(REGISTER, register(entry(markets="[uk]")))
    approved("a.md", f"---\nhealthlint: {{packs: [uk]}}\n---\n\n{BAD}")
    assert healthlint_run("check", *TODAY).out == "no findings in 1 file (1 approved)\n"
