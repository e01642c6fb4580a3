from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.document import Comment, Document
from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.rule import Rule
from healthlint.text import Prose, Source, Span
from healthlint.verdicts.directives import DIRECTIVES
from healthlint.verdicts.suppression import EXPIRED, RULES, UNKNOWN, UNUSED, WITHOUT_REASON, Verdict, judge

TODAY = "2026-11-20"
COMMENT = re.compile(r"(?s:<!--(.*?)-->|\{/\*(.*?)\*/\})|^(healthlint-.*)$", re.MULTILINE)


def rule(id_: str, category: str = "safety", severity: str = "error", message: str = "“{match}” it is") -> Rule:
    return Rule(
        id=id_, title="T", category=category, severity=severity, confidence="high", tier="core", packs=("uk",),
        since="0.1", message=message, instead="I", rewrite="R", why="W", law=(), frames=frozenset({"assert"}),
        hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(), path="r.yaml", line=1,
    )  # fmt: skip


CLAIMS = {"bad": rule("bad-word"), "ill": rule("ill-word"), "sad": rule("sad-word")}
ALL = {made.id: made for made in [*CLAIMS.values(), *(rule(id_, "lint", "warning") for id_ in RULES)]}


def document(text: str) -> Document:
    """Return a document whose comments are those of HTML, MDX and plain text, as readers give them."""
    comments = (
        Comment(next(group for group in match.groups() if group is not None).strip(), Span(*match.span()))
        for match in COMMENT.finditer(text)
    )
    source = Source("page.md", text)
    return Document(source, Prose(source, ()), (), comments=tuple(comments))


def findings(page: Document) -> list[Finding]:
    """Return a finding on each "bad", "ill" and "sad" outside of comments, in order of place."""
    shown = COMMENT.sub(lambda match: " " * len(match[0]), page.source.text)
    return list(
        with_fingerprints(
            Finding(CLAIMS[match[0]], page.source, Span(*match.span()), "m", "error", context=match[0])
            for match in re.finditer("bad|ill|sad", shown)
        )
    )


def judged(text: str, today: str = TODAY, on: frozenset[str] | None = None) -> Verdict:
    page = document(text)
    return judge(page, findings(page), ALL, today, on)


def told(verdict: Verdict) -> list[str]:
    """Return what stands, as "rule: words"."""
    return [f"{finding.rule.id}: {finding.words}" for finding in verdict.findings]


def silenced(verdict: Verdict) -> list[str]:
    return [one.finding.words for one in verdict.suppressed]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("bad <!-- healthlint-disable-line bad-word -- r -->\nbad!", id="a line, and that line alone"),
        pytest.param("bad {/* healthlint-disable-line bad-word -- r */}", id="in MDX"),
        pytest.param("healthlint-disable-next-line bad-word -- r\nbad\nbad!", id="in plain text"),
        pytest.param("bad ill <!-- healthlint-disable-line bad-word, ill-word -- r -->", id="two rules by comma"),
        pytest.param("bad ill <!-- healthlint-disable-line bad-word ill-word -- r -->", id="two rules by blank"),
        pytest.param("bad ill! <!-- healthlint-disable-line bad-word -- r -->", id="only the rule it names"),
        pytest.param("bad <!-- healthlint-disable-line\nbad-word\n-- r --> bad\nbad!", id="all its own lines"),
        pytest.param("<!-- healthlint-disable-next-line bad-word -- r -->\n\n \t\nbad\nbad!", id="past blank lines"),
        pytest.param("> <!-- healthlint-disable-next-line bad-word -- r -->\n>\n> bad", id="in a block quote"),
        pytest.param("<!-- healthlint-disable-next-line\nbad-word -- r -->\nbad", id="the line after a long comment"),
        pytest.param("<!-- healthlint-disable-next-line bad-word -- r --> bad!\nbad", id="not the line it stands on"),
        pytest.param(
            "<!-- healthlint-disable-next-line bad-word -- r -->\n\n"
            "<!-- healthlint-disable-next-line ill-word -- r -->\nbad ill\nbad! ill!",
            id="stacked comments mean the same line",
        ),
        pytest.param("bad! <!-- healthlint-disable bad-word -- r --> bad\n\nbad", id="from the comment to the end"),
        pytest.param(
            "<!-- healthlint-disable bad-word -- r -->bad<!-- healthlint-enable bad-word -->bad!", id="until enabled"
        ),
        pytest.param(
            "<!-- healthlint-disable bad-word, ill-word -- r -->bad ill<!-- healthlint-enable ill-word -->bad ill!",
            id="enabled one by one",
        ),
        pytest.param(
            "<!-- healthlint-disable bad-word, ill-word -- r -->bad ill<!-- healthlint-enable -->bad! ill!",
            id="enabled all together",
        ),
        pytest.param(
            "<!-- healthlint-disable bad-word -- r -->bad<!-- healthlint-enable -->bad!"
            "<!-- healthlint-disable bad-word -- r -->bad",
            id="disabled twice",
        ),
        pytest.param("bad\n\nbad <!-- healthlint-disable-file bad-word -- r -->\nbad ill!", id="a whole file"),
        pytest.param("bad <!-- healthlint-disable-line bad-word until=2026-11-20 -- r -->", id="on its last day"),
        pytest.param(
            "bad <!-- healthlint-disable-line until=2026-11-20, bad-word -- r -->", id="the day before the name"
        ),
        pytest.param("bad <!-- healthlint-disable-line bad-word — r -->", id="two hyphens that became a dash"),
        pytest.param("bad <!-- healthlint-disable-line bad-word --r -->", id="a reason that sticks to its mark"),
        pytest.param("bad <!-- healthlint-disable-line bad-word -- r -- s -->", id="a reason with hyphens"),
        pytest.param("bad!\rbad <!-- healthlint-disable-line bad-word -- r -->\rbad!", id="lines that end in CR"),
        pytest.param("bad\x0b\x85\u2028bad <!-- healthlint-disable-line bad-word -- r -->", id="no other line ends"),
    ],
)
def test_what_stands_is_what_no_suppression_covers(text):
    """Words that must stand are written with "!" behind them."""
    verdict = judged(text)
    page = document(text)
    must_stand = [finding for finding in findings(page) if text.startswith("!", finding.span.end)]
    assert list(verdict.findings) == must_stand
    assert len(verdict.suppressed) == len(findings(page)) - len(must_stand)


@pytest.mark.parametrize(
    ("comment", "rule_id", "words"),
    [
        pytest.param("bad-word", WITHOUT_REASON, "healthlint-disable-line", id="no reason"),
        pytest.param("bad-word --", WITHOUT_REASON, "healthlint-disable-line", id="a mark without a reason"),
        pytest.param(
            "bad-word so it is, ill-word", WITHOUT_REASON, "healthlint-disable-line", id="a reason without a mark"
        ),
        pytest.param("bad-word until=2026-11-19 -- r", EXPIRED, "until=2026-11-19", id="past its day"),
        pytest.param("bad-word until=2027-02-30 -- r", UNKNOWN, "until=2027-02-30", id="a day that is none"),
        pytest.param("bad-word until=20270131 -- r", UNKNOWN, "until=20270131", id="a day in another form"),
        pytest.param("bad-wrd -- r", UNKNOWN, "bad-wrd", id="a rule that there is not"),
        pytest.param("all -- r", UNKNOWN, "all", id="all rules"),
        pytest.param("safety -- r", UNKNOWN, "safety", id="a category"),
        pytest.param("-- r", UNKNOWN, "healthlint-disable-line", id="no rule"),
    ],
)
def test_a_faulty_suppression_is_named_and_silences_nothing(comment, rule_id, words):
    verdict = judged(f"bad <!-- healthlint-disable-line {comment} -->")
    assert told(verdict) == ["bad-word: bad", f"{rule_id}: {words}"]
    assert verdict.suppressed == ()


@pytest.mark.parametrize(
    "directive",
    [
        pytest.param("healthlint-disabel-line", id="a slip"),
        pytest.param("Healthlint-Disable-Line", id="capitals"),
        pytest.param("healthlint: disable-line", id="a colon and a blank"),
        pytest.param("healthlint:disable-line", id="a colon"),
        pytest.param("healthlint disable", id="a blank"),
        pytest.param("healthlint-off", id="a word of other tools"),
    ],
)
def test_a_directive_that_there_is_not_is_named_and_silences_nothing(directive):
    verdict = judged(f"bad <!-- {directive} bad-word -- r -->")
    assert told(verdict) == ["bad-word: bad", f"{UNKNOWN}: {directive}"]
    assert verdict.suppressed == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("bad <!-- healthlint is run on this page -->", id="that speaks of the tool"),
        pytest.param("bad <!-- healthlint's findings were read -->", id="that speaks of what the tool has"),
        pytest.param("bad <!-- markdownlint-disable-line MD013 -->", id="for another tool"),
        pytest.param("bad <!-- see healthlint-disable-line bad-word -- r -->", id="that mentions a directive"),
        pytest.param("bad <!-- healthlint -->", id="of one word"),
        pytest.param("bad <!-- -->", id="of none"),
    ],
)
def test_a_comment_is_left_alone(text):
    assert told(judged(text)) == ["bad-word: bad"]


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        pytest.param(
            "ill <!-- healthlint-disable-line bad-word, ill-word -- r -->", ["bad-word"], id="one name of two"
        ),
        pytest.param("<!-- healthlint-disable-line bad-word -- r -->\nbad", ["bad-word"], id="on another line"),
        pytest.param("bad\n<!-- healthlint-disable-next-line bad-word -- r -->", ["bad-word"], id="no line follows"),
        pytest.param(
            "<!-- healthlint-disable-next-line bad-word -- r -->\n"
            "x <!-- healthlint-disable-next-line bad-word -- r -->\nbad",
            ["bad-word"],
            id="a comment with words before it is a line of its own",
        ),
        pytest.param("<!-- healthlint-disable-file bad-word -- r -->", ["bad-word"], id="in no line of the file"),
        pytest.param(
            "<!-- healthlint-disable bad-word -- r -->x<!-- healthlint-enable -->bad", ["bad-word"], id="ended too soon"
        ),
        pytest.param("bad<!-- healthlint-enable bad-word -->", ["bad-word"], id="an end without a beginning"),
        pytest.param("bad<!-- healthlint-enable -->", ["healthlint-enable"], id="an end of nothing at all"),
        pytest.param(
            "<!-- healthlint-disable-file bad-word -- r -->bad<!-- healthlint-disable-line bad-word -- r -->",
            [],
            id="none where two cover the same words",
        ),
        pytest.param("x <!-- healthlint-disable-line bad-word -->", [], id="none where it lacks its reason"),
        pytest.param(
            "x <!-- healthlint-disable-line bad-word until=2026-01-01 -- r -->", [], id="none where it is past"
        ),
    ],
)
def test_a_name_that_silences_nothing_is_called_unused(text, unused):
    assert [finding.words for finding in judged(text).findings if finding.rule.id == UNUSED] == unused


def test_a_rule_that_is_off_is_not_called_unused():
    text = "ill <!-- healthlint-disable-line bad-word, sad-word -- r -->"
    assert told(judged(text, on=RULES | {"ill-word", "sad-word"})) == ["ill-word: ill", "unused-suppression: sad-word"]


@pytest.mark.parametrize("off", sorted(RULES))
def test_a_rule_about_suppressions_can_be_off(off):
    text = (
        "<!-- healthlint-disable-line bad-word -- r --><!-- healthlint-disable-line bad-wrd -- r -->"
        "<!-- healthlint-disable-line bad-word until=2020-01-01 -- r --><!-- healthlint-disable-line bad-word -->"
    )
    assert {finding.rule.id for finding in judged(text, on=ALL.keys() - {off}).findings} == RULES - {off}


def test_a_set_of_rules_without_those_about_suppressions_will_do():
    page = document("bad <!-- healthlint-disable-line bad-word --><!-- healthlint-disable-line x -- r -->")
    found = findings(page)
    assert judge(page, found, {"bad-word": CLAIMS["bad"]}, TODAY).findings == tuple(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "healthlint-disable-line bad-wrd -- r", "“bad-wrd” is no rule; did you mean 'bad-word'?", id="a rule"
        ),
        pytest.param(
            "healthlint-disable-lin bad-word -- r",
            "“healthlint-disable-lin” is no directive; did you mean 'healthlint-disable-line'?",
            id="a directive",
        ),
        pytest.param("healthlint-disable-line all -- r", "“all” is no rule: name each one", id="all"),
        pytest.param("healthlint-disable-line cure -- r", "“cure” is a category: name each rule", id="a category"),
        pytest.param(
            "healthlint-enable bad-word until=2030-01-01",
            "“until=2030-01-01” belongs to the suppression, not to its end",
            id="a day at the end",
        ),
        pytest.param("healthlint-disable-line " + "x" * 5000 + " -- r", f"“{'x' * 39}…” is no rule", id="a long word"),
        pytest.param("healthlint-disable-line bad-word", "“healthlint-disable-line” it is", id="else the rule's own"),
    ],
)
def test_a_mistake_is_named_with_the_nearest_guess(text, message):
    assert message in [finding.message for finding in judged(text).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "<!-- healthlint-disable-file unused-suppression -- r --><!-- healthlint-disable-line bad-word -- r -->",
            [],
            id="by the whole file",
        ),
        pytest.param(
            "<!-- healthlint-disable-line unused-suppression, bad-word -- r -->",
            ["unknown-suppression: unused-suppression", "unused-suppression: bad-word"],
            id="but not by line",
        ),
        pytest.param(
            "<!-- healthlint-disable-file unused-suppression, expired-suppression -- r -->",
            ["unused-suppression: unused-suppression", "unused-suppression: expired-suppression"],
            id="and not when that is unused itself",
        ),
        pytest.param(
            "<!-- healthlint-disable-file suppression-without-reason --><!-- healthlint-disable-line bad-word -->",
            [
                "suppression-without-reason: healthlint-disable-file",
                "suppression-without-reason: healthlint-disable-line",
            ],
            id="and not without a reason",
        ),
    ],
)
def test_findings_about_suppressions_are_silenced(text, expected):
    assert told(judged(text)) == expected


def test_a_finding_that_touches_the_line_is_covered():
    page = document("x one\ntwo <!-- healthlint-disable-line bad-word -- r -->\nthree")
    over_two = Finding(CLAIMS["bad"], page.source, Span(2, 9), "m", "error")
    assert judge(page, [over_two], ALL, TODAY).findings == ()


def test_a_document_finding_is_covered_on_line_1_or_by_the_file():
    for text, stands in [
        ("Tea <!-- healthlint-disable-line bad-word -- r -->", False),
        ("Tea\n\n<!-- healthlint-disable-file bad-word -- r -->", False),
        ("Tea\n\n<!-- healthlint-disable bad-word -- r -->", True),
    ]:
        page = document(text)
        found = Finding(CLAIMS["bad"], page.source, Span(0, 3), "m", "error", context="")
        assert (found in judge(page, [found], ALL, TODAY).findings) is stands


def test_an_empty_finding_in_an_empty_place_can_be_silenced():
    page = document("\n<!-- healthlint-disable-file bad-word -- r -->")
    found = Finding(CLAIMS["bad"], page.source, Span(0, 0), "m", "error")
    assert judge(page, [found], ALL, TODAY).suppressed[0].finding is found


def test_the_reason_is_kept():
    suppressed = judged("bad <!-- healthlint-disable-line bad-word --  so\n it is -->").suppressed
    assert [(one.by, one.reason) for one in suppressed] == [("suppression", "so it is")]


def test_the_reason_is_that_of_the_suppression_nearest_by():
    text = "<!-- healthlint-disable-file bad-word -- far -->\n\nbad <!-- healthlint-disable-line bad-word -- near -->"
    assert [one.reason for one in judged(text).suppressed] == ["near"]


def test_a_comment_that_was_read_without_its_inner_marks_is_named_as_a_whole():
    text = "<!-- healthlint-disable-line\n> bad-wrd -- r -->"
    source = Source("page.md", text)
    comment = Comment("healthlint-disable-line\nbad-wrd -- r", Span(0, len(text)))
    page = Document(source, Prose(source, ()), (), comments=(comment,))
    assert told(judge(page, [], ALL, TODAY)) == [f"unknown-suppression: {text}"]


def test_findings_about_suppressions_have_fingerprints_that_stay_when_text_moves():
    text = "<!-- healthlint-disable-line bad-word -- r -->"
    (here,) = judged(text).findings
    (there,) = judged("x\n\n" + text.replace(" -- ", "\n-- ")).findings
    assert here.fingerprint
    assert here.fingerprint == there.fingerprint


def test_equal_findings_about_suppressions_have_fingerprints_of_their_own():
    verdict = judged("<!-- healthlint-disable-line bad-word -- r -->\n" * 3)
    assert len({finding.fingerprint for finding in verdict.findings}) == 3


LINES = st.lists(
    st.one_of(
        st.sampled_from(["bad", "bad ill sad", "", "> ill", "words", "\r"]),
        st.builds(
            "{} <!-- {} {}{}{} -->".format,
            st.sampled_from(["", "bad", "ill bad"]),
            st.sampled_from([*DIRECTIVES, "healthlint-disabel"]),
            st.lists(st.sampled_from(["bad-word", "ill-word", "sad-word", "all", UNUSED]), max_size=3).map(", ".join),
            st.sampled_from(["", " until=2026-11-20", " until=2026-11-19", " until=soon"]),
            st.sampled_from(["", " --", " -- r", "\n-- a reason"]),
        ),
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_nothing_is_silenced_outside_what_a_good_suppression_covers(lines):
    text = "\n".join(lines)
    page = document(text)
    for one in judged(text).suppressed:
        if one.finding.rule.id not in RULES:
            assert any(reaches(comment, one.finding, page) for comment in page.comments)


def reaches(comment: Comment, finding: Finding, page: Document) -> bool:
    """Tell by a second, slower way whether a comment may silence a finding."""
    words, _, reason = comment.text.partition("--")
    verb, *names = words.replace(",", " ").split()
    if not reason.strip() or finding.rule.id not in names or {"until=2026-11-19", "until=soon"} & set(names):
        return False
    first, last = (page.source.position(at).line for at in (comment.span.start, comment.span.end - 1))
    line = page.source.position(finding.span.start).line
    between = [page.source.line(number) for number in range(last + 1, line)]
    if verb == "healthlint-disable":
        ends = [
            other
            for other in page.comments
            if other.text.startswith("healthlint-enable")
            and comment.span.start < other.span.start < finding.span.start
            and ("-word" not in other.text or finding.rule.id in other.text)
            and UNUSED not in other.text
            and "all" not in other.text
        ]
        return comment.span.start < finding.span.start and not ends
    return {
        "healthlint-disable-file": True,
        "healthlint-disable-line": first <= line <= last,
        "healthlint-disable-next-line": line > last
        and all(not COMMENT.sub("", gap).strip(" >\r") or "<!--" in gap or "-->" in gap for gap in between),
    }.get(verb, False)


@given(LINES)
def test_nothing_is_lost_and_all_is_in_order(lines):
    text = "\n".join(lines)
    found, verdict = findings(document(text)), judged(text)
    standing = [finding for finding in verdict.findings if finding.rule.id not in RULES]
    silent = [one.finding for one in verdict.suppressed if one.finding.rule.id not in RULES]
    assert sorted(standing + silent, key=lambda finding: finding.span) == found
    assert [(f.span, f.rule.id) for f in verdict.findings] == sorted((f.span, f.rule.id) for f in verdict.findings)


@given(LINES)
def test_without_a_reason_nothing_is_silenced(lines):
    text = re.sub(r"\s--( (a reason|r))?(?= -->)", "", "\n".join(lines))
    assert judged(text).suppressed == ()


@given(LINES)
def test_a_suppression_taken_away_silences_nothing_more(lines):
    """Leaving a comment out only ever brings findings back, "enable" aside."""
    text = "\n".join(line for line in lines if "-enable" not in line)
    page = document(text)
    silent = {one.finding.span for one in judge(page, findings(page), ALL, TODAY).suppressed if one.finding.context}
    for comment in page.comments:
        rest = tuple(other for other in page.comments if other is not comment)
        fewer = judge(page._replace(comments=rest), findings(page), ALL, TODAY)
        assert {one.finding.span for one in fewer.suppressed if one.finding.rule.id not in RULES} <= silent


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("bad <!-- healthlint-disable-line bad-word -- r -->\n", id="each on its line"),
        pytest.param("<!-- healthlint-disable-next-line bad-word -- r -->\n", id="stacked"),
        pytest.param("<!-- healthlint-disable bad-word -- r -->bad", id="one in the other"),
        pytest.param("<!-- healthlint-disable-file bad-word -- r -->bad", id="all over the file"),
        pytest.param("<!-- healthlint-disable-line x{} -- r -->", id="mistakes"),
    ],
)
def test_twice_the_suppressions_cost_twice_the_work(line):
    def calls(count: int) -> int:
        page = document("".join(line.format(number) for number in range(count)) + "\nbad")
        found, made = findings(page), 0

        def count_call(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count_call)
        try:
            judge(page, found, ALL, TODAY)
        finally:
            sys.setprofile(None)
        return made

    assert calls(1600) < 2.3 * calls(800)
