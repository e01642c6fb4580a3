from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.rule import Rule
from healthlint.text import Source, Span

RULE = Rule(
    id="bad-word", title="T", category="safety", severity="error", confidence="high", tier="core", packs=("uk",),
    since="0.1", message="M", instead="I", rewrite="R", why="W", law=(), frames=frozenset({"assert"}),
    hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(), path="r.yaml", line=1,
)  # fmt: skip
FINDING = Finding(RULE, Source("a.md", "bad tea"), Span(0, 3), "M", "error", context="bad tea")

VARIED = st.builds(
    lambda id_, context: FINDING._replace(rule=RULE._replace(id=id_), context=context),
    st.sampled_from(["bad-word", "ill-word"]),
    st.one_of(st.sampled_from(["", "bad tea"]), st.text()),
)


def prints(*findings: Finding) -> list[str]:
    return [finding.fingerprint for finding in with_fingerprints(findings)]


def test_a_fingerprint_is_this_one_in_every_version():
    """Baselines hold them: whoever changes how they are made breaks every baseline there is."""
    assert prints(FINDING, FINDING) == ["fc288e3228fb8f33bad87bd353bc469d", "8c81e3e2a5b9182279995dc276ad4b46"]


def test_place_name_message_and_severity_do_not_matter():
    moved = FINDING._replace(source=Source("b.md", "\n\nbad tea"), span=Span(2, 5), message="N", severity="info")
    assert prints(moved) == prints(FINDING)


def test_lone_surrogates_have_fingerprints():
    assert len(prints(FINDING._replace(context="\ud800"))[0]) == 32


@given(st.lists(VARIED))
def test_no_two_findings_of_a_file_are_alike(findings):
    made = with_fingerprints(findings)
    assert len({finding.fingerprint for finding in made}) == len(made)
    assert [finding._replace(fingerprint="") for finding in made] == findings
