"""Findings and reports written by hand, for the reporters."""

from collections.abc import Callable
from functools import partial

import pytest

from healthlint.approval import Approval, Register
from healthlint.evidence import Evidence
from healthlint.finding import Finding, Related
from healthlint.report import FileReport, Report, Suppressed
from healthlint.rule import Citation, Rule
from healthlint.text import Source, Span

RULE = Rule(
    id="cure-named-disease", title="Promise of a cure", category="cure", severity="error", confidence="high",
    tier="core", packs=("us-fda", "uk"), since="0.1", message="“{match}” promises a cure",
    instead="Say what was studied, in whom, and what was seen", rewrite="In a trial, 40 adults reported less pain.",
    why="Words of cure make a product an unapproved drug, e.g. a tea. That is the law.",
    law=(
        Citation("us-fda", "21 CFR 101.93(g)(2)(i)", "https://example.com/cfr"),
        Citation("uk", "CAP Code 12.2", "https://example.com/cap"),
    ),
    frames=frozenset({"assert"}), hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(),
    path="rules/cure/cure-named-disease.yaml", line=1,
)  # fmt: skip


def finding_in(text: str, words: str, severity: str = "error", related: str = "", message: str = "") -> Finding:
    """Return a finding on the first `words` of `text`, related to the first `related`."""
    start = text.index(words)
    others = (Related(Span(text.index(related), text.index(related) + len(related)), "see here"),) if related else ()
    return Finding(
        RULE, Source("tea.md", text), Span(start, start + len(words)), message or f"“{words}” promises a cure",
        severity, related=others, fingerprint="0" * 32,
    )  # fmt: skip


def report_on(*files: FileReport) -> Report:
    return Report(files, "0.1.0", "sha256:" + "0" * 64, "2026-11-20")


@pytest.fixture
def checked() -> Callable[..., FileReport]:
    """A checked file of findings."""
    return lambda *findings, **more: FileReport(**{"path": "tea.md", "status": "checked", "findings": findings, **more})


@pytest.fixture
def found() -> Callable[..., Finding]:
    return partial(finding_in)


@pytest.fixture
def report() -> Callable[..., Report]:
    return report_on


def approval_of(
    id_: str, *evidence: Evidence, approver: str = "Head of Regulatory Affairs", note: str = ""
) -> Approval:
    return Approval(
        id_, "Tea cures gout", "", evidence, ("us-fda", "uk"), ("cure",), (), (), (), approver, "2026-01-31", "2027-01-31",
        note, Span(0, 1), Span(1, 2),
    )  # fmt: skip


def register_of(*approvals: Approval, path: str = "claims.yaml") -> Register:
    return Register(path, "sha256:" + "1" * 64, Source(path, "claims: []\n"), approvals)


NASTY_WORDS = (
    "heals 😀 \x1b[31m[/b] gout\u202e ##[error]x ::error::y %0A ]z;|'\" "
    "##vso[task.complete] ##teamcity[q '1'] ``t`` [a](http://evil.example) @everyone #1 {0} "
    "</script></style><img src=x onerror=alert(1)>--> &amp; \u2028end"
)
"""What no output may obey, on one line."""
NASTY_TEXT = f"\ufeff=cmd|' /C calc'!A0\r\n::error::Our 😀é tea {NASTY_WORDS} and more\r\n"
NASTY_PATH = "=cmd  ##[error]::error::%0A,😀;]|'\"\x1b\u202e<b>`@x</script>/p\udcff.md"


@pytest.fixture
def nasty() -> Report:
    """A report in which all that comes from outside is hostile."""
    start = NASTY_TEXT.index("heals")
    finding = Finding(
        RULE, Source(NASTY_PATH, NASTY_TEXT), Span(start, start + len(NASTY_WORDS)), f"“{NASTY_WORDS}” promises a cure",
        "error", related=(Related(Span(1, 5), "=see here"),), context="x", fingerprint="1" * 32,
    )  # fmt: skip
    odd = Finding(
        RULE,
        finding.source,
        Span(1, 5),
        "=1+1 ##[error] </script> [x](y)",
        "warning",
        context="y",
        fingerprint="2" * 32,
    )
    info = Finding(RULE, finding.source, finding.span, finding.message, "info", context="z", fingerprint="3" * 32)
    return report_on(
        FileReport(
            NASTY_PATH, "checked", (odd, finding, info),
            (
                Suppressed(finding, "suppression", f"=because {NASTY_WORDS}"), Suppressed(odd, "baseline", ""),
                Suppressed(info, "claim", f"=approved {NASTY_WORDS}", ("gout",)),
            ),
            product=NASTY_WORDS, context="commercial", packs=("uk",), reasons=(f"=it is {NASTY_WORDS}",),
            notes=(f"=note {NASTY_WORDS}",), failing=True, register="=claims.yaml",
        ),
        FileReport(f"2{NASTY_PATH}", "failed", error=f"=failed ::error:: {NASTY_WORDS}"),
        FileReport(f"3{NASTY_PATH}", "not-checked", reasons=(f"=left out {NASTY_WORDS}",)),
    )._replace(
        registers=(
            register_of(
                approval_of(
                    "gout", Evidence("url", f"https://example.com/{NASTY_WORDS}", f"=it says {NASTY_WORDS}"),
                    Evidence("doi", f"10.1000/{NASTY_WORDS}"), approver=f"=head {NASTY_WORDS}", note=f"=note {NASTY_WORDS}",
                ),
                path="=claims.yaml",
            ),
        )
    )  # fmt: skip


@pytest.fixture
def plain() -> Report:
    """A small report in which there is one of everything."""
    text = "# Tea\n\nOur tea cures gout\nin a week. It 😀 heals asthma.\n"
    found = finding_in(text, "cures gout\nin a week", related="Tea", message="“cures gout in a week” promises a cure")
    more = finding_in(text, "heals asthma", "warning")._replace(fingerprint="1" * 32)
    ours = approval_of(
        "tea-gout",
        Evidence("doi", "10.1000/182"),
        Evidence("file", "evidence/trial.pdf", "40 adults"),
        note="With meals.",
    )
    return report_on(
        FileReport(
            "posts/tea.md", "checked", (found, more),
            (
                Suppressed(finding_in(text, "heals"), "claim", ours.justification(), (ours.id,)),
                Suppressed(finding_in(text, "asthma"), "suppression", "quoted"),
            ),
            "food", "commercial", ("us-fda", "uk"), ("commercial: prices", "food: a tea"), failing=True,
            notes=("posts/tea.md:9: front matter without an end",), register="claims.yaml",
        ),
        FileReport("posts/water.md", "checked", product="food", context="commercial"),
        FileReport("x.md", "failed", error="x.md: a binary file, not text"),
        FileReport("y.md", "not-checked", reasons=("its language is de, not English",)),
    )._replace(registers=(register_of(ours),))  # fmt: skip
