"""`healthlint check`: what it prints, and what its options change."""

import io
import itertools
import json
import re
import sys
import time

import pytest

from .conftest import BAD, CONFIG, GOOD


def found(result) -> list[str]:
    """Return the places of a concise report."""
    return [line.partition(": ")[0] for line in result.out.splitlines()]


def test_the_report_is_for_people_by_default(write, healthlint_run) -> None:
    write("posts/tea.md", "# Tea\n\n" + BAD)
    assert healthlint_run("check", "--product", "device", "--context", "commercial").out == (
        "error[zorb-cure]: “zorbs mend socks” promises what zorbs cannot do\n"
        "  --> posts/tea.md:3:5\n"
        "   |\n"
        " 3 | Our zorbs mend socks.\n"
        "   |     ^^^^^^^^^^^^^^^^\n"
        "   = why: Zorbs do nothing.\n"
        "   = instead: Leave the zorbs alone\n"
        "   = law: 21 CFR 1 (us-fda) https://example.com/cfr\n"
        "\n"
        "note: posts/tea.md was read as commercial: as configured; device: as configured\n"
        "\n"
        "1 error in 1 file\n"
    )


def test_formats_are_the_files_of_reporters(write, healthlint_run) -> None:
    write("a.md", BAD)
    assert healthlint_run("check", "--format", "concise").out == (
        "a.md:1:5: error zorb-cure “zorbs mend socks” promises what zorbs cannot do\n"
    )
    report = json.loads(healthlint_run("check", "--format", "json").out)
    finding = report["findings"][0]
    assert (finding["path"], finding["start"], finding["end"], finding["match"]) == ("a.md", 4, 20, "zorbs mend socks")
    assert report["summary"] == {"error": 1, "warning": 0, "info": 0, "approved": 0, "suppressed": 0, "files": 1}


def test_the_same_input_gives_the_same_bytes(write, spawn) -> None:
    for path in ("b.md", "a.md", "c/d.txt"):
        write(path, BAD * 3)
    one, two = (
        spawn("check", "--format", "json", "--today", "2026-11-20", env={"PYTHONHASHSEED": seed}) for seed in "12"
    )
    assert one.stdout == two.stdout
    assert json.loads(one.stdout)["today"] == "2026-11-20"


def test_the_digest_tells_rules_and_choices_apart(write, healthlint_run) -> None:
    write("a.md", GOOD)
    digests = [
        json.loads(healthlint_run("check", "--format", "json", *arguments).out)["rules"]
        for arguments in ([], ["--packs", "uk"], ["--isolated"], ["--fail-on", "info"], [])
    ]
    assert digests[0] == digests[3] == digests[4]
    assert len(set(digests)) == 3


def test_files_come_in_the_order_of_their_paths(write, healthlint_run) -> None:
    for path in ("b.md", "a/z.md", "a.md", "B.md"):
        write(path, BAD)
    result = healthlint_run("check", "--format", "concise", "b.md", ".", "a/z.md")
    assert found(result) == ["B.md:1:5", "a.md:1:5", "a/z.md:1:5", "b.md:1:5"]


def test_standard_input_is_called_what_it_is_told(write, healthlint_run) -> None:
    write(CONFIG, "overrides: [{paths: ['quiet/'], rules: {zorb-cure: off}}]\n")

    def run(name: str):
        return healthlint_run("check", "-", "--format", "concise", "--stdin-filename", name, stdin=BAD.encode())

    assert found(run("posts/tea.txt")) == ["posts/tea.txt:1:5"]
    assert found(run("quiet/tea.txt")) == []
    assert run("tea.docx").status == 2
    assert found(healthlint_run("check", "-", "--format", "concise", stdin=BAD.encode())) == ["stdin.md:1:5"]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        pytest.param([], 1, id="as configured"),
        pytest.param(["--select", "cure"], 1, id="select the category"),
        pytest.param(["--select", "safety,disease"], 0, id="select others"),
        pytest.param(["--select", "safety", "--select", "uk"], 1, id="select twice"),
        pytest.param(["--ignore", "zorb-cure"], 0, id="ignore it"),
        pytest.param(["--ignore", "us"], 1, id="ignore one of its packs"),
        pytest.param(["--packs", "eu,au"], 1, id="other packs, for it is selected by name"),
        pytest.param(["--select", "cure", "--packs", "eu,au"], 0, id="other packs"),
        pytest.param(["--select", "cure", "--tiers", "strict"], 0, id="another tier"),
        pytest.param(["--min-confidence", "high"], 1, id="its confidence"),
    ],
)
def test_rules_can_be_chosen(arguments, count, write, healthlint_run) -> None:
    write("a.md", BAD)
    assert len(found(healthlint_run("check", "--format", "concise", *arguments))) == count


def test_product_and_context_can_be_set(write, healthlint_run) -> None:
    write("a.md", BAD)
    result = healthlint_run("check", "--format", "json", "--product", "device", "--context", "editorial")
    file = json.loads(result.out)["files"][0]
    assert (file["product"], file["context"]) == ("device", "editorial")
    assert file["reasons"] == ["editorial: as configured", "device: as configured"]


def test_front_matter_speaks_for_its_page_and_the_command_line_overrules_it(write, healthlint_run) -> None:
    write("a.md", "---\nhealthlint: {context: editorial, product: device}\n---\n" + BAD)

    def run(*more: str):
        return json.loads(healthlint_run("check", "--format", "json", *more).out)["files"][0]

    assert (run()["product"], run()["context"]) == ("device", "editorial")
    assert (run("--product", "food")["product"], run("--product", "food")["context"]) == ("food", "editorial")


def test_exclude_is_seen_from_the_current_folder_and_from_the_config(write, healthlint_run) -> None:
    for path in ("drafts/a.md", "old/a.md", "site/old/a.md", "b.md"):
        write(path, BAD)
    write("site/.healthlint.yaml", b"exclude: [/old/]\n")
    result = healthlint_run("check", "--format", "concise", "--exclude", "/drafts/", "--exclude", "b.*")
    assert found(result) == ["old/a.md:1:5"]


def test_gitignore_counts_unless_told_otherwise(write, healthlint_run) -> None:
    write(".gitignore", "b.md\n")
    for path in ("a.md", "b.md"):
        write(path, BAD)
    assert found(healthlint_run("check", "--format", "concise")) == ["a.md:1:5"]
    assert found(healthlint_run("check", "--format", "concise", "--no-respect-gitignore")) == ["a.md:1:5", "b.md:1:5"]


def test_excluded_files_that_were_named_are_in_the_report(write, healthlint_run) -> None:
    write("a.md", BAD)
    result = healthlint_run("check", "a.md", "--exclude", "a.md", "--force-exclude", "--format", "json")
    assert [(file["path"], file["status"]) for file in json.loads(result.out)["files"]] == [("a.md", "excluded")]


@pytest.mark.parametrize(
    ("files", "arguments", "kept"),
    [
        pytest.param(16, [], True, id="many files"),
        pytest.param(15, [], False, id="not few, for which it does not pay"),
        pytest.param(16, ["--no-cache"], False, id="unless told otherwise"),
    ],
)
def test_what_was_found_is_kept_for_the_next_check(files, arguments, kept, write, spawn, site) -> None:
    for number in range(files):
        write(f"pages/{number}.md", BAD)
    cache = {"HEALTHLINT_CACHE_DIR": str(site / ".cache")}
    runs = [spawn("check", "pages", *arguments, env=cache) for _ in range(2)]
    assert (site / ".cache" / "reports.sqlite3").exists() == kept
    assert (runs[0].returncode, runs[0].stdout) == (runs[1].returncode, runs[1].stdout)
    assert runs[0].stdout.count(b"zorb-cure") == files


def test_suppressions_are_held_against_the_day(write, healthlint_run) -> None:
    write("a.md", "<!-- healthlint-disable-next-line zorb-cure until=2026-06-30 -- until the reprint -->\n\n" + BAD)
    assert healthlint_run("check", "--today", "2026-06-30").out == "no findings in 1 file (1 suppressed)\n"
    late = healthlint_run("check", "--today", "2026-07-01", "--format", "concise")
    assert [line.split()[2] for line in late.out.splitlines()] == ["expired-suppression", "zorb-cure"]


def test_the_day_can_come_from_the_build(write, healthlint_run, monkeypatch) -> None:
    write("a.md", GOOD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert json.loads(healthlint_run("check", "--format", "json").out)["today"] == "1970-01-02"


@pytest.mark.parametrize(
    "epoch",
    [
        pytest.param("yesterday", id="a word"),
        pytest.param("1.5", id="a fraction"),
        pytest.param("-1", id="before 1970"),
        pytest.param("9" * 30, id="a year that no calendar has"),
        pytest.param("99999999999999", id="a year of seven digits"),
        pytest.param("٣", id="digits that are not ASCII"),
    ],
)
def test_a_build_without_a_day_is_refused(epoch, write, healthlint_run, monkeypatch) -> None:
    write("a.md", GOOD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = healthlint_run("check")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: SOURCE_DATE_EPOCH is ")
    assert healthlint_run("check", "--today", "2026-11-20").status == 0


def test_findings_about_suppressions_obey_the_config(write, healthlint_run) -> None:
    write("a.md", "<!-- healthlint-disable-file zorb-cure -- nothing here -->\n")

    def run():
        return healthlint_run("check", "--format", "concise").out.split()[1:3]

    assert run() == ["warning", "unused-suppression"]
    write(CONFIG, "rules: {unused-suppression: info}\n")
    assert run() == ["info", "unused-suppression"]
    assert healthlint_run("check", "--format", "concise", "--ignore", "lint").out == ""


def test_a_suppression_of_a_rule_that_is_off_is_not_called_unused(write, healthlint_run) -> None:
    write("a.md", "<!-- healthlint-disable-file zorb-cure -- nothing here -->\n")
    assert healthlint_run("check", "--select", "safety").out == "no findings in 1 file\n"


def test_what_was_not_checked_is_said(write, healthlint_run) -> None:
    write("a.md", "---\nlang: de\n---\n" + BAD)
    write("b.md", GOOD)
    result = healthlint_run("check")
    assert result.err == "note: a.md was not checked: its language is de, not English\n"
    assert result.out == "no findings in 1 file (1 not checked)\n"
    report = json.loads(healthlint_run("check", "--format", "json").out)
    assert report["files"][0]["reasons"] == ["its language is de, not English"]


def test_failures_are_named_on_stderr_and_in_the_report(write, healthlint_run) -> None:
    write("a.md", b"caf\xe9")
    result = healthlint_run("check", "a.md", "gone.md", "--format", "json")
    errors = [failure["error"] for failure in json.loads(result.out)["failures"]]
    assert [f"error: {error}" for error in errors] == result.err.splitlines()
    assert errors[0].startswith("a.md:1: byte 0xE9 at offset 3 is not UTF-8")
    assert errors[1] == "gone.md: no such file or folder"


def test_statistics_count_rules(write, healthlint_run) -> None:
    write("a.md", BAD * 2 + "\n<!-- healthlint-disable-file other -- x -->\n")
    result = healthlint_run("check", "--statistics", "--format", "concise")
    assert result.out.splitlines()[-2:] == ["     2  zorb-cure", "     1  unknown-suppression"]
    result = healthlint_run("check", "--statistics", "--format", "json")
    assert json.loads(result.out)["summary"]["error"] == 3
    assert result.err == "     2  zorb-cure\n     1  unknown-suppression\n"


def test_quiet_says_nothing_but_findings_and_errors(write, healthlint_run) -> None:
    write("a.md", GOOD)
    write("b.md", "---\nlang: de\n---\n" + BAD)
    assert healthlint_run("check", "-q")[:] == (0, "", "")
    write("c.md", BAD)
    result = healthlint_run("check", "-q", ".", "gone.md")
    assert result.out.rstrip().endswith("= law: 21 CFR 1 (us-fda) https://example.com/cfr")
    assert result.err == "error: gone.md: no such file or folder\n"


@pytest.mark.parametrize(
    ("environment", "arguments", "colored"),
    [
        pytest.param({}, [], False, id="no terminal"),
        pytest.param({}, ["--color", "always"], True, id="asked for"),
        pytest.param({"FORCE_COLOR": "1"}, [], True, id="FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "0"}, [], False, id="FORCE_COLOR=0"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False, id="NO_COLOR wins"),
        pytest.param({"NO_COLOR": "1"}, ["--color", "always"], True, id="the command line wins"),
        pytest.param({"FORCE_COLOR": "1"}, ["--color", "never"], False, id="asked for none"),
    ],
)
def test_colour(environment, arguments, colored, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in healthlint_run("check", *arguments).out) is colored


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("10", 40), ("9999", 120), ("wide", 80)])
def test_the_width_is_that_of_the_terminal_within_reason(columns, widest, write, healthlint_run, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    write("a.md", "words and more " * 30 + BAD)
    longest = max(map(len, healthlint_run("check").out.splitlines()))
    assert widest - 16 <= longest <= max(widest, 56)


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        pytest.param(0.1, "", id="nothing in the first second"),
        pytest.param(
            0.6, "\rchecking 1/3\x1b[K\rchecking 2/3\x1b[K\r\x1b[K", id="then how far it is, and it is cleared"
        ),
    ],
)
def test_progress_is_shown_to_who_waits(seconds, shown, write, healthlint_run, monkeypatch) -> None:
    for path in ("a.md", "b.md", "c.md"):
        write(path, GOOD)
    clock = itertools.count(step=seconds)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert healthlint_run("check").status == 0
    assert sys.stderr.getvalue() == shown


def test_output_can_be_any_encoding(write, spawn) -> None:
    write("a.md", "漢字 " + BAD)
    run = spawn("check", env={"PYTHONIOENCODING": "ascii"})
    assert run.returncode == 1
    assert rb"\u6f22\u5b57 Our zorbs" in run.stdout


def test_odd_file_names_do_no_harm(write, healthlint_run) -> None:
    name = "::error::\x1b[31m \udcff ##[group]\n.md"
    write(name, BAD)
    for format_ in ("text", "concise"):
        assert not re.search(r"\x1b|##\[|^\s*::", healthlint_run("check", "--format", format_).out, re.MULTILINE)
    assert json.loads(healthlint_run("check", "--format", "json").out)["findings"][0]["path"] == name
    gone = healthlint_run("check", name + "x.md")
    assert gone.status == 2
    assert not re.search(r"\x1b|##\[|^\s*::", gone.err, re.MULTILINE)
