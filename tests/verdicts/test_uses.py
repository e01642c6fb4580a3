"""The suppressions of a document, listed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.verdicts.suppression import UNUSED, judge
from healthlint.verdicts.uses import Named, Use, uses

from .test_suppression import ALL, TODAY, document, findings


def listed(text: str, off: tuple[str, ...] = ()) -> tuple[Use, ...]:
    page, on = document(text), ALL.keys() - set(off)
    found = [finding for finding in findings(page) if finding.rule.id in on]
    return uses(page, judge(page, found, ALL, TODAY, on).suppressed, ALL, on, TODAY)


@pytest.mark.parametrize(
    ("text", "state", "rules"),
    [
        pytest.param("<!-- healthlint-disable-line bad-word -- why --> bad bad", "in force", "used 2", id="used"),
        pytest.param("<!-- healthlint-disable-line bad-word -- why --> ill", "in force", "unused", id="unused"),
        pytest.param("<!-- healthlint-disable-line bad-word, ill-word -- why --> ill", "in force", "unused, used 1",
                     id="a name for each of two rules"),
        pytest.param("<!-- healthlint-disable-line sad-word -- why --> sad", "in force", "off", id="a rule that is off"),
        pytest.param("<!-- healthlint-disable-line bad -- why --> bad", "in force", "unknown", id="no rule"),
        pytest.param("<!-- healthlint-disable-line bad-word --> bad", "without reason", "idle", id="no reason"),
        pytest.param("<!-- healthlint-disable-line bad-word until=2026-11-19 -- why --> bad", "expired", "idle", id="past"),
        pytest.param("<!-- healthlint-disable-line bad-word until=2026-11-20 -- why --> bad", "in force", "used 1",
                     id="its last day"),
        pytest.param("<!-- healthlint-disable-line bad-word until=soon -- why --> bad", "mistaken", "idle", id="no day"),
        pytest.param("<!-- healthlint-disalbe bad-word -- why --> bad", "mistaken", "idle", id="no directive"),
        pytest.param("<!-- healthlint-disable-line -- why --> bad", "mistaken", "", id="no names"),
        pytest.param("<!-- healthlint-disable-file unused-suppression, ill-word -- why -->", "in force", "used 1, unused",
                     id="a suppression of what is said of suppressions"),
        pytest.param("<!-- healthlint-disable-line unused-suppression -- why -->", "in force", "unknown",
                     id="such a one that is not for the file"),
        pytest.param("<!-- healthlint-disable bad-word -- why --> bad <!-- healthlint-enable --> bad", "in force", "used 1",
                     id="a region"),
    ],
)  # fmt: skip
def test_a_suppression_comes_to(text: str, state: str, rules: str) -> None:
    (use,) = listed(text, off=("sad-word",))
    told = ", ".join(f"{named.state} {named.findings or ''}".rstrip() for named in use.rules)
    assert (use.state, told) == (state, rules)


def test_a_suppression_has_its_place_day_and_reason() -> None:
    text = "one\rtwo\n  <!-- healthlint-disable-next-line bad-word until=2027-01-31 -- it is\n  quoted -->\nbad"
    assert listed(text) == (
        Use((3, 3), 2, "disable-next-line", "in force", (Named("bad-word", "used", 1),), "2027-01-31", "it is quoted"),
    )


WORDS = st.sampled_from(
    [
        "bad ", "ill ", "\n", "\n\n", "<!-- healthlint-enable -->", "<!-- healthlint-enable bad-word -->",
        *(f"<!-- healthlint-{verb} bad-word{more} -- why -->"
          for verb in ("disable", "disable-line", "disable-next-line", "disable-file")
          for more in ("", ", ill-word", " until=2026-01-01")),
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12).map("".join))
def test_what_is_listed_as_unused_is_what_is_found_to_be(text: str) -> None:
    page = document(text)
    verdict = judge(page, findings(page), ALL, TODAY)
    found = [finding for finding in verdict.findings if finding.rule.id == UNUSED and "ends no" not in finding.message]
    told = uses(page, verdict.suppressed, ALL, ALL.keys(), TODAY)
    idle = [(use.position, named.rule) for use in told for named in use.rules if named.state == "unused"]
    assert len(idle) == len(found)
    assert {rule for _, rule in idle} == {finding.words for finding in found}
    silenced = len([each for each in verdict.suppressed if each.by == "suppression"])
    assert sum(named.findings for use in told for named in use.rules) >= silenced
