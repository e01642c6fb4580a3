"""`healthlint report --audit FOLDER`: the evidence of a check."""

import base64
import hashlib
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import healthlint
from healthlint.audit.fields import KEYS
from healthlint.config import Settings

from ..reporters.test_html import Elements  # noqa: TID252
from .conftest import BAD, CONFIG, GOOD, RULE
from .test_outputs import NASTY, NASTY_PATH

SCHEMA = json.loads((Path(healthlint.__file__).parent / "schema" / "audit-1.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DAY = ("--today", "2026-11-20")
SILENCED = "<!-- healthlint-disable-next-line zorb-cure until=2026-12-31 -- shown as a bad example -->\n" + BAD


@pytest.fixture
def audited(site: Path, healthlint_run):
    """Write an audit, hold it against its schema and return it."""

    def run(*arguments: str, status: int = 0) -> dict:
        result = healthlint_run("report", "--audit", "audit", *DAY, *arguments)
        assert result.status == status, result
        made = json.loads((site / "audit" / "audit.json").read_text("ascii"))
        VALIDATOR.validate(made)
        return made

    return run


def page(site: Path) -> str:
    return (site / "audit" / "audit.html").read_text("ascii")


def both(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "audit.json").read_bytes(), (folder / "audit.html").read_bytes()


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_lets_a_finding_pass_as_a_report_does() -> None:
    whole = json.loads((Path(healthlint.__file__).parent / "schema" / "report-1.schema.json").read_text("utf-8"))
    for name in ("finding", "law"):
        assert SCHEMA["$defs"][name] == whole["$defs"][name]


def test_the_audit_says_what_was_checked_and_what_came_of_it(site, write, audited) -> None:
    write("posts/a.md", BAD)
    write("posts/b.md", SILENCED)
    write("c.txt", GOOD)
    made = audited(status=1)
    assert [file["path"] for file in made["files"]] == ["c.txt", "posts/a.md", "posts/b.md"]
    first = made["files"][1]
    assert first["sha256"] == hashlib.sha256(BAD.encode()).hexdigest()
    assert (first["bytes"], first["words"], first["reader"]) == (len(BAD), 4, "markdown")
    assert (first["findings"], first["silenced"], first["fails"]) == (1, 0, True)
    assert made["files"][0]["reader"] == "plain"
    assert made["outcome"]["status"] == 1
    assert made["outcome"]["files"] == {"checked": 3, "not-checked": 0, "excluded": 0, "failed": 0}
    assert [finding["path"] for finding in made["findings"]] == ["posts/a.md"]
    (silenced,) = made["silenced"]
    assert (silenced["path"], silenced["by"], silenced["reason"]) == (
        "posts/b.md", "suppression", "shown as a bad example"
    )  # fmt: skip
    assert made["suppressions"] == [
        {
            "path": "posts/b.md", "line": 1, "column": 1, "directive": "disable-next-line", "state": "in force",
            "rules": [{"rule": "zorb-cure", "state": "used", "findings": 1}], "until": "2026-12-31",
            "reason": "shown as a bad example",
        }
    ]  # fmt: skip
    assert hashlib.sha256((site / "audit" / "audit.json").read_bytes()).hexdigest() in page(site)


def test_the_audit_says_by_which_rules_and_settings(write, audited) -> None:
    write("a.md", GOOD)
    write("news/b.md", f"---\nhealthlint: {{product: food}}\n---\n{GOOD}")
    write("news/c.md", f"---\nhealthlint: {{product: food}}\n---\n\n{GOOD}")
    write(CONFIG, "rules: {natural-implies-safe: info}\noverrides: [{paths: [news/], context: editorial}]\n")
    made = audited("--packs", "uk", "--fail-on", "warning")
    assert [file["settings"] for file in made["files"]] == [1, 2, 2]
    plain, page_own = made["settings"]
    assert plain["config"] == ".healthlint.yaml"
    assert plain["keys"]["packs"] == {"value": ["uk"], "from": "--packs"}
    assert plain["keys"]["fail-on"] == {"value": "warning", "from": "--fail-on"}
    assert plain["keys"]["rules"] == {"value": {"natural-implies-safe": "info"}, "from": ".healthlint.yaml:3"}
    assert plain["keys"]["tiers"] == {"value": ["core", "extended"], "from": "default"}
    assert page_own["keys"]["context"] == {"value": "editorial", "from": ".healthlint.yaml:4"}
    assert page_own["keys"]["product"] == {"value": "food", "from": "front matter"}
    assert made["files"][1]["says_of_itself"] == [{"key": "product", "value": "food", "from": "news/b.md:2"}]
    assert plain["rules"]["zorb-cure"] == {
        "on": True,
        "severity": "error",
        "why": ".healthlint.yaml:2: select zorb-cure",
    }
    assert plain["rules"]["no-side-effects"]["why"] == "not selected: .healthlint.yaml:2"
    (book,) = made["books"]
    assert re.fullmatch("sha256:[0-9a-f]{64}", book["digest"])
    (own,) = [rule for rule in book["rules"] if rule["id"] == "zorb-cure"]
    assert (own["severity"], own["tier"], own["law"][1]["status"]) == ("error", "core", "unverified")
    assert set(made["versions"]) == {"healthlint", "Python", "Unicode", "click", "pyromark", "PyYAML", "regex"}


def test_every_setting_on_which_findings_hang_is_told() -> None:
    assert set(KEYS) == set(Settings._fields) - {"jobs", "origins"}


def test_the_audit_says_what_was_left_out_and_why(write, audited) -> None:
    write("a.md", GOOD)
    write("de.md", "---\nlang: de\n---\n" + BAD)
    write("bad.md", b"\xff")
    write("drafts/b.md", BAD)
    write("old.md", BAD)
    write("c.png", "")
    write("ignored.md", BAD)
    write(".gitignore", "ignored.md\n")
    write(CONFIG, "exclude: [drafts/]\n")
    made = audited(".", "old.md", "--exclude", "old.md", "--force-exclude", status=2)
    assert [(each["path"], each["why"]) for each in made["left_out"]] == [
        ("drafts/", "excluded by the settings"),
        ("old.md", "excluded by the settings"),
        (".gitignore", "hidden"),
        ("ignored.md", "ignored by .gitignore"),
        ("c.png", "no reader for it"),
    ]
    assert [failure["path"] for failure in made["failures"]] == ["bad.md"]
    told = {file["path"]: (file["status"], file["sha256"], file["reasons"]) for file in made["files"]}
    assert told["bad.md"] == ("failed", hashlib.sha256(b"\xff").hexdigest(), [])
    assert told["de.md"][0] == "not-checked"
    assert told["de.md"][2] == ["its language is de, not English"]
    assert made["outcome"]["says"] == "Not everything could be checked."


def test_the_audit_says_what_the_baseline_hid(site, write, audited, healthlint_run) -> None:
    write("a.md", BAD)
    write("gone.md", BAD)
    assert healthlint_run("baseline").status == 0
    (site / "gone.md").unlink()
    write("b.md", BAD)
    made = audited("--baseline", ".healthlint-baseline.jsonl", status=1)
    assert made["baseline"] == {
        "path": ".healthlint-baseline.jsonl", "entries": 2, "old": 1, "new": 1,
        "stale": [{"path": "gone.md", "rule": "zorb-cure", "count": 1}],
    }  # fmt: skip
    assert [each["role"] for each in made["inputs"]] == ["config", "baseline"]
    assert made["silenced"][0]["by"] == "baseline"


CLAIMS = """\
claims:
  - id: socks
    wording: zorbs mend socks
    with: {sentence: [at night]}
    evidence:
      - doi: 10.1000/182
        says: "Fourteen socks, </script>"
      - file: trials/socks.txt
    markets: [us-fda, uk]
    rules: [zorb-cure]
    approver: Head of </td> regulatory affairs
    approved: 2026-01-05
    expires: 2026-12-31
    note: "Only at night"
  - id: old-socks
    wording: zorbs heal socks
    evidence: [{url: "https://example.com/trial"}]
    markets: [uk]
    rules: [zorb-cure]
    approver: Legal
    approved: 2024-01-05
    expires: 2025-12-31
"""


def test_a_stale_baseline_fails_as_in_a_check(write, audited, healthlint_run) -> None:
    write("a.md", BAD)
    assert healthlint_run("baseline").status == 0
    write("a.md", GOOD)
    stale = ("--baseline", ".healthlint-baseline.jsonl", "--fail-on-stale")
    assert healthlint_run("check", *stale).status == 1
    assert audited(*stale, status=1)["outcome"]["status"] == 1
    assert audited(*stale, "--exit-zero")["command"][-4:] == ["--fail-on-stale", "--baseline", stale[1], "."]


def test_the_audit_says_what_is_approved_by_whom_and_on_what_grounds(site, write, audited) -> None:
    write("claims.yaml", CLAIMS)
    write("trials/socks.txt", "Fourteen socks were mended.\n")
    write("a.md", "Our zorbs mend socks at night.\n\nOur zorbs mend socks.\n\nOur zorbs heal socks.\n")
    write(CONFIG, "claims: claims.yaml\nexclude: [trials/]\n")
    made = audited(status=1)
    (silenced,) = made["silenced"]
    assert (silenced["by"], silenced["line"], silenced["approvals"]) == ("claim", 1, ["socks"])
    assert made["outcome"]["silenced"]["claim"] == 1
    assert made["outcome"]["files"]["checked"] == len(made["files"]) == 1
    new, old = made["approvals"]
    assert (new["register"], new["line"], new["state"], old["state"]) == ("claims.yaml", 2, "in force", "expired")
    assert new["evidence"][0] == {"kind": "doi", "text": "10.1000/182", "says": "Fourteen socks, </script>"}
    assert new["qualifiers"] == [{"in": "sentence", "phrases": ["at night"]}]
    places = [(each["line"], each["verdict"]) for each in new["places"]]
    assert places == [(1, "approved"), (3, "lacks qualifier")]
    assert [each["verdict"] for each in old["places"]] == ["not in force"]
    digests = {each["path"]: (each["role"], each["sha256"]) for each in made["inputs"]}
    assert digests["claims.yaml"] == ("claims", hashlib.sha256(CLAIMS.encode()).hexdigest())
    assert digests["trials/socks.txt"][0] == "evidence"
    assert made["settings"][0]["keys"]["claims"] == {"value": "claims.yaml", "from": ".healthlint.yaml:3"}
    shown = page(site)
    assert '<a href="https://doi.org/10.1000/182"' in shown
    assert "with at night in the sentence" in shown
    assert '<td data-head="Why">the register of approved claims</td>' in shown
    assert "Head of &lt;/td&gt; regulatory affairs, 2026-01-05 to 2026-12-31" in shown
    assert "</script" not in shown
    assert Elements(shown).open == []


def test_the_audit_names_the_commit_and_what_differs_from_it(site, git, write, audited, monkeypatch) -> None:
    write("a.md", GOOD)
    assert audited()["tree"] == {"folder": ".", "commit": None, "why": "no commit yet"}
    shutil.rmtree(site / "audit")
    write("docs/b.md", GOOD)
    git.commit()
    head = git("rev-parse", "HEAD").strip()
    made = audited()
    assert made["tree"] == {"folder": ".", "commit": head, "changed": False}
    assert {file["git"] for file in made["files"] + made["inputs"]} == {"as committed"}
    write("a.md", GOOD * 2)
    write("new.md", GOOD)
    made = audited()
    assert made["tree"]["changed"] is True
    assert {file["path"]: file["git"] for file in made["files"]} == {
        "a.md": "changed since the commit", "docs/b.md": "as committed", "new.md": "not in the commit"
    }  # fmt: skip
    assert f"{head} and changes that are not committed" in page(site)
    monkeypatch.chdir(site / "docs")
    subprocess.run([sys.executable, "-m", "healthlint", "report", "--audit", "x", *DAY], check=True, capture_output=True,
                   env={**os.environ, "PYTHONPATH": str(Path(healthlint.__file__).parents[1])})  # fmt: skip
    assert json.loads((site / "docs" / "x" / "audit.json").read_text())["tree"]["folder"] == "docs"


def test_an_audit_that_is_committed_does_not_make_its_tree_a_changed_one(git, write, audited) -> None:
    write("a.md", GOOD)
    git.commit()
    audited()
    git.commit()
    before = audited()
    assert before["tree"]["changed"] is False
    assert git("status", "--porcelain") == " M audit/audit.html\n M audit/audit.json\n"
    assert audited() == before


def test_the_same_files_give_the_same_bytes_wherever_they_lie(site, git, write, spawn, tmp_path_factory) -> None:
    (site / "house").mkdir()
    (site / "house" / "zorb-cure.yaml").write_text(RULE, encoding="utf-8")
    (site / CONFIG).write_text("rule-folders: [house]\nselect: [zorb-cure]\n", encoding="utf-8")
    for name in ("z.md", "a/é.md", "a/b.md", "m.txt"):
        write(name, SILENCED + "\n" + BAD)
    write("w.md", b"\xff")
    git.commit()
    other = tmp_path_factory.mktemp("elsewhere") / "a" / "much" / "longer" / "way"
    other.parent.mkdir(parents=True)
    # In another order on the disk, with other times and under another name.
    subprocess.run(["git", "clone", "-q", str(site), str(other)], check=True)
    for folder, more in (
        (site, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}),
        (other, {"PYTHONHASHSEED": "2", "LC_ALL": "C"}),
    ):
        done = spawn("report", "--audit", "audit", *DAY, cwd=folder, env=more)
        assert done.returncode == 2, done
    assert both(site / "audit") == both(other / "audit")
    for data in both(site / "audit"):
        for secret in (str(site), site.name, os.uname().nodename, os.path.expanduser("~")):
            assert secret.encode() not in data
    # Once more, over the old one; and by absolute paths into another folder.
    before = both(site / "audit")
    spawn("report", "--audit", "audit", *DAY, cwd=site)
    assert both(site / "audit") == before
    spawn("report", "--audit", str(site / "second"), *DAY, str(site), "--config", str(site / CONFIG), cwd=site)
    made = json.loads((site / "second" / "audit.json").read_text())
    assert made["command"][-3:] == ["--config", CONFIG, "."]
    assert made["files"] == json.loads(before[0])["files"]
    assert str(site).encode() not in b"".join(both(site / "second"))


def test_the_command_in_it_does_it_again(site, write, audited, spawn) -> None:
    write("a b/-c.md", BAD)
    write("old.md", BAD)
    made = audited(
        *("--select", "zorb-cure,no-side-effects", "--packs", "us", "--fail-on", "never", "--product", "auto"),
        *("--exclude", "old*", "--min-confidence", "high", "--no-respect-gitignore", "-j", "1", "a b", "old.md"),
    )
    assert made["command"] == [
        "healthlint", "report", "--audit", "audit", "--today", "2026-11-20", "--packs", "us-ftc,us-fda,us-state",
        "--product", "auto", "--select", "zorb-cure,no-side-effects", "--min-confidence", "high", "--fail-on", "never",
        "--exclude", "old*", "--no-respect-gitignore", "a b", "old.md",
    ]  # fmt: skip
    before = both(site / "audit")
    (shown,) = re.findall("<pre>(.*)</pre>", page(site))
    words = shlex.split(shown.replace("&#39;", "'"))
    assert words == made["command"]
    assert spawn(*words[1:]).returncode == 0
    assert both(site / "audit") == before


def test_the_page_is_whole_and_loads_nothing(site, write, audited) -> None:
    write("a.md", BAD)
    write("b.md", SILENCED)
    write("news/b.md", f"---\nhealthlint: {{product: food}}\n---\n{GOOD}")
    write("c.png", "")
    audited(status=1)
    elements = Elements(page(site))
    assert elements.open == []
    names = elements.values("id")
    assert len(names) == len(set(names))
    assert {link[1:] for link in elements.values("href") if link.startswith("#")} <= set(names)
    assert {tag for tag, _ in elements.all} & {"script", "img", "link", "iframe", "object", "base", "form"} == set()
    assert elements.values("src") == elements.values("style") == []
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page(site))[1]
    (style,) = re.findall(r"<style>(.*?)</style>", page(site), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import", style)


def test_the_day_is_recorded_wherever_it_comes_from(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", GOOD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    healthlint_run("report", "--audit", "audit")
    made = json.loads((site / "audit" / "audit.json").read_text())
    assert made["today"] == "2026-09-21"
    assert made["command"][4:6] == ["--today", "2026-09-21"]


def test_standard_input_has_a_digest_too(site, healthlint_run) -> None:
    result = healthlint_run("report", "--audit", "audit", "-", "--stdin-filename", "x.md", *DAY, stdin=BAD.encode())
    assert result.status == 1
    made = json.loads((site / "audit" / "audit.json").read_text())
    assert made["files"][0]["sha256"] == hashlib.sha256(BAD.encode()).hexdigest()
    assert made["command"][-3:] == ["--stdin-filename", "x.md", "-"]


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"a.md": GOOD}, [], id="nothing found"),
        pytest.param({"a.md": BAD}, [], id="findings"),
        pytest.param({"a.md": BAD}, ["--exit-zero"], id="findings, and exit-zero"),
        pytest.param({"a.md": BAD}, ["--fail-on", "never"], id="findings that do not fail"),
        pytest.param({"a.md": GOOD, "b.md": b"\xff"}, [], id="a file that does not decode"),
        pytest.param({"a.md": GOOD}, ["a.md", "gone.md"], id="a file that is not there"),
        pytest.param({}, [], id="nothing to check"),
        pytest.param({}, ["--allow-empty"], id="nothing to check, which is allowed"),
        pytest.param({"a.md": GOOD, CONFIG: "paks: uk"}, [], id="a faulty config"),
    ],
)
def test_the_status_is_that_of_check(files, arguments, site, write, healthlint_run) -> None:
    for path, text in files.items():
        write(path, text)
    checked = healthlint_run("check", *arguments)
    made = healthlint_run("report", "--audit", "audit", *arguments)
    assert made.status == checked.status
    assert made.err.split("error: audit was not written")[0] == checked.err
    written = (site / "audit").exists()
    assert written == (CONFIG not in files and (bool(files) or "--allow-empty" in arguments))


def test_a_page_in_another_language_is_not_said_to_be_checked(site, write, audited) -> None:
    write("a.md", GOOD)
    write("de.md", "---\nlang: de\n---\n" + BAD)
    assert audited()["outcome"]["files"] == {"checked": 1, "not-checked": 1, "excluded": 0, "failed": 0}
    shown = page(site)
    assert "<b>Nothing was found that fails a check.</b>" in shown
    assert shown.index("Not everything was checked: 1 file") < shown.index('<main id="audit"')


def test_exit_zero_does_not_change_what_is_recorded(write, audited) -> None:
    write("a.md", BAD)
    assert audited("--exit-zero")["outcome"]["status"] == 1


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("there", "folder", "error"),
    [
        pytest.param({}, "", "--audit: the folder has no name", id="no name"),
        pytest.param({"audit": "x"}, "audit", "--audit audit: a file, not a folder", id="a file"),
        pytest.param({}, "no/audit", "--audit no/audit: there is no folder for it", id="no folder to make it in"),
        pytest.param({"audit/audit.json": "{}"}, "audit", "there is audit.json which is no audit: remove it", id="another"),
        pytest.param({"audit/audit.html": BAD}, "audit", "there is audit.html which is no audit", id="another page"),
        pytest.param({"audit/audit.html/x": ""}, "audit", "there is audit.html which is no audit", id="a folder in its way"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_before_anything_is_checked(
    there, folder, error, site, write, healthlint_run
) -> None:
    write("a.md", BAD)
    for path, text in there.items():
        write(path, text)
    before = tree(site)
    result = healthlint_run("report", "--audit", folder)
    assert (result.status, result.out) == (2, "")
    assert error in result.err
    assert tree(site) == before


def test_other_files_of_the_folder_stay(site, write, audited) -> None:
    write("a.md", GOOD)
    write("audit/notes.txt", GOOD)
    first = audited("a.md")
    assert (site / "audit" / "notes.txt").read_text() == GOOD
    assert audited("a.md") == first
    assert {path.name for path in (site / "audit").iterdir()} == {"audit.json", "audit.html", "notes.txt"}


@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_with_room_for_one_of_the_two_gets_none(is_there, disk, site, write, healthlint_run) -> None:
    small_disk = disk("4m")
    write("a.md", GOOD)
    healthlint_run("report", "--audit", "audit", *DAY, "a.md")
    if is_there:
        write("disk/audit/audit.json", '{"kind": "healthlint-audit", "old": 1}')
        write("disk/audit/audit.html", '<meta name="generator" content="healthlint audit">')
    free = shutil.disk_usage(small_disk).free - (site / "audit" / "audit.json").stat().st_size
    (small_disk / "filler").write_bytes(b"x" * (free - 64 * 1024))
    old = tree(small_disk)
    result = healthlint_run("report", "--audit", "disk/audit", *DAY, "a.md")
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: disk/audit cannot be written: no space left on device\n"
    assert tree(small_disk) == old
    assert (small_disk / "audit").is_dir() is is_there


def test_a_second_file_that_cannot_take_its_place_takes_the_first_with_it(
    site, write, healthlint_run, monkeypatch
) -> None:
    from healthlint.cli import _whole_files

    write("a.md", GOOD)
    healthlint_run("report", "--audit", "audit", *DAY)
    old = tree(site / "audit")
    replace, asked = os.replace, []

    def failing(source: str, target: str) -> None:
        asked.append(target)
        if len(asked) == 2:
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(_whole_files.os, "replace", failing)
    write("a.md", BAD)
    result = healthlint_run("report", "--audit", "audit", *DAY)
    assert result.status == 2
    assert "audit cannot be written: input/output error" in result.err
    assert tree(site / "audit") == old
    (site / "audit" / "audit.json").unlink()
    (site / "audit" / "audit.html").unlink()
    asked.clear()
    healthlint_run("report", "--audit", "audit", *DAY)
    assert tree(site / "audit") == {}


def test_a_folder_that_may_not_be_written_to_is_told(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    if os.geteuid() == 0:
        pytest.skip("nothing is forbidden to root")
    (site / "shut").mkdir(mode=0o555)
    for folder, why in (("shut", "it cannot be written to"), ("shut/audit", "its folder cannot be written to")):
        result = healthlint_run("report", "--audit", folder)
        assert (result.status, result.out) == (2, "")
        assert result.err == f"error: --audit {folder}: {why}\n"


def test_new_files_have_the_rights_that_new_files_have(site, write, audited) -> None:
    write("a.md", GOOD)
    audited()
    (site / "other").touch()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (site / "audit").iterdir()} == {
        stat.S_IMODE((site / "other").stat().st_mode)
    }


def test_a_hostile_tree_commands_nobody(site, write, spawn) -> None:
    reason = "<!-- healthlint-disable-next-line zorb-cure until=</script>\x1b[1m -- =because </script> \u202e ##[error] ::error::x \x1b[31m -->\n"
    for name in ("a", "b"):
        write(NASTY_PATH.replace(".md", f"{name}.md"), reason + NASTY * 2)
    write("=cmd|x </script>\x1b.png", "")
    write("<img src=x>.md", b"\xff")
    done = spawn("report", "--audit", "audit", *DAY, ".", "--exclude", "</script>\x1b[31m")
    assert done.returncode == 2
    text = done.stdout.decode() + done.stderr.decode()
    for data in (*(part.decode("ascii") for part in both(site / "audit")), text):
        assert "\x1b" not in data
        assert "\u202e" not in data
        assert not re.search(r"##\[|^\s*::", data, re.MULTILINE)
    VALIDATOR.validate(json.loads((site / "audit" / "audit.json").read_text()))
    shown = page(site)
    assert "</script" not in shown
    assert "<img" not in shown
    assert "=because &lt;/script&gt; \ufffd" in shown.replace("&#65533;", "\ufffd")


def test_the_commands_of_the_docs_run(git, write, healthlint_run, root) -> None:
    text = (root / "docs" / "audit.md").read_text("utf-8")
    write("posts/a.md", GOOD)
    git.commit()
    commands = re.findall(r"^healthlint .*", "".join(re.findall(r"```bash\n(.*?)```", text, re.DOTALL)), re.MULTILINE)
    assert len(commands) == 6
    for command in commands:
        assert healthlint_run(*shlex.split(command, comments=True)[1:]).status == 0, command


def test_the_docs_name_every_part(root, write, audited) -> None:
    text = (root / "docs" / "audit.md").read_text("utf-8")
    write("a.md", GOOD)
    named = set(re.findall(r"^\| ([a-z ]+) \|", text, re.MULTILINE)) - {"part"}
    parts = {key.replace("_", " ") for key in audited()} - {"kind", "version", "today", "command"}
    assert named == (parts - {"failures", "books"}) | {"rules"}
