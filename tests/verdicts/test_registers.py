"""What a register gives rise to by itself: expired, soon expiring and unused entries."""

from __future__ import annotations

import pytest

from healthlint.approval import Approval, Register
from healthlint.finding import Finding
from healthlint.report import ClaimUse, FileReport, Report, Suppressed
from healthlint.selection import Choice
from healthlint.text import Source, Span
from healthlint.verdicts.registers import EXPIRED, EXPIRING, UNUSED, judge, still_needed

from .test_approvals import CURE, TODAY, approval, rule

TEXT = "claims: [a, 2026-12-31, b, 2027-12-31]\n"
RULES = {id_: rule(id_, "lint") for id_ in (EXPIRED, EXPIRING, UNUSED)}


def entry(id_: str, expires: str = "2027-12-31", approved: str = "2026-01-01") -> Approval:
    return approval(id_, expires=expires, approved=approved, span=Span(9, 10), expires_span=Span(12, 22))


def register(*entries: Approval) -> Register:
    return Register("claims.yaml", "", Source("claims.yaml", TEXT), entries)


def page(
    *uses: tuple[str, str], findings: tuple[Finding, ...] = (), suppressed: tuple[Suppressed, ...] = ()
) -> FileReport:
    claims = tuple(ClaimUse(id_, Span(0, 1), 1, 1, verdict, (("cure", "f"),)) for id_, verdict in uses)
    return FileReport("a.md", "checked", findings, suppressed, register="claims.yaml", claims=claims)


def told(
    *entries: Approval, files: tuple[FileReport, ...] = (), whole: bool = True, off: str = ""
) -> list[tuple[str, str]]:
    choices = {id_: Choice(id_ != off, "info", "") for id_ in RULES}
    found = judge(register(*entries), files, TODAY, RULES, choices, whole=whole)
    assert all(each.severity == "info" and each.fingerprint for each in found)
    return [(each.rule.id, each.words) for each in found]


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        pytest.param("2026-11-19", [(EXPIRED, "2026-12-31")], id="the day after its last"),
        pytest.param("2026-11-20", [(EXPIRING, "2026-12-31")], id="on its last day"),
        pytest.param("2026-12-20", [(EXPIRING, "2026-12-31")], id="thirty days before"),
        pytest.param("2026-12-21", [], id="thirty-one days before"),
        pytest.param("9999-12-31", [], id="long before"),
    ],
)
def test_an_entry_ends_on_its_day(expires: str, found: list[tuple[str, str]]) -> None:
    assert told(entry("a", expires), files=(page(("a", "approved")),)) == found


def test_an_entry_of_tomorrow_approves_nothing_yet() -> None:
    assert told(entry("a", approved="2026-11-21")) == [(EXPIRED, "a")]


def test_an_entry_is_unused_where_its_words_stand_nowhere() -> None:
    assert told(entry("a"), entry("b"), files=(page(("b", "idle")),)) == [(UNUSED, "a")]
    assert told(entry("a"), files=(page(("a", "out of market")),)) == []
    assert told(entry("a"), files=(page(("a", "approved"))._replace(register="other.yaml"),)) == [(UNUSED, "a")]


def test_an_expired_entry_is_not_called_unused_as_well() -> None:
    assert told(entry("a", "2026-01-31")) == [(EXPIRED, "2026-12-31")]


@pytest.mark.parametrize(
    ("uses", "found"),
    [
        pytest.param((), [], id="no page has the words"),
        pytest.param((("old", "idle"), ("soon", "idle")), [], id="no rule objects"),
        pytest.param((("old", "not in force"),), [EXPIRED], id="a page needs the expired one"),
        pytest.param((("soon", "approved"),), [EXPIRING], id="a page hangs on the one that ends soon"),
        pytest.param((("soon", "out of market"),), [], id="a page for another market"),
    ],
)
def test_in_a_part_of_the_site_only_what_its_pages_need_is_told(uses, found: list[str]) -> None:
    entries = entry("old", "2026-01-31"), entry("soon", "2026-12-01"), entry("never")
    assert [each for each, _ in told(*entries, files=(page(*uses),), whole=False)] == found


def test_what_is_off_is_not_told() -> None:
    assert told(entry("a"), off=UNUSED) == []


def test_an_entry_that_was_renewed_and_expires_anew_is_another_finding() -> None:
    choices = {id_: Choice(on=True, severity="error", why="") for id_ in RULES}
    first, second = (
        judge(register(entry("a", day)), (), TODAY, RULES, choices, whole=True) for day in ("2026-01-31", "2026-02-28")
    )
    assert first[0].fingerprint != second[0].fingerprint


def test_what_the_changes_do_not_touch_keeps_no_entry_alive() -> None:
    choices = {id_: Choice(on=True, severity="error", why="") for id_ in RULES}
    ours = register(entry("old", "2026-01-31"), entry("soon", "2026-12-01"))
    claim = Finding(CURE, Source("a.md", "w"), Span(0, 1), "m", "error", context="s", fingerprint="f")
    uses = (("old", "not in force"), ("soon", "approved"))
    found = judge(ours, (page(*uses),), TODAY, RULES, choices, whole=False)

    def left(file: FileReport) -> list[str]:
        of_register = FileReport("claims.yaml", "checked", found, failing=True)
        report = still_needed(Report((file, of_register), "", "", TODAY, (ours,)))
        assert report.files[0] == file
        assert report.files[1].failing == bool(report.files[1].findings)
        return [each.rule.id for each in report.files[1].findings]

    assert left(page(*uses)) == []
    assert left(page(*uses, findings=(claim,))) == [EXPIRED]
    assert left(page(*uses, suppressed=(Suppressed(claim, "claim", "r", ("soon",)),))) == [EXPIRING]
    assert left(page(*uses, suppressed=(Suppressed(claim, "suppression", "r"),))) == []
