"""The page for whoever must answer for the claims."""

import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.report import FileReport
from healthlint.reporters import Options, html
from healthlint.reporters._html_passages import CUT, passages
from healthlint.text import Source, Span

from .conftest import finding_in, report_on


def page_of(report) -> str:
    return "\n".join(html.report(report, Options()))


class Elements(HTMLParser):
    """The start tags of a page with their attributes, and the names that stand open at its end."""

    EMPTY = frozenset({"br", "input", "meta", "wbr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))
        self.open += [] if tag in self.EMPTY else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, key: str) -> list[str]:
        return [attributes[key] or "" for _, attributes in self.all if key in attributes]


def test_the_policy_allows_its_own_style_and_script_and_nothing_else(plain) -> None:
    page = page_of(plain)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    allowed = {}
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        allowed[tag] = f"'sha256-{digest}'"
    assert policy == (
        f"default-src 'none'; style-src {allowed['style']}; script-src {allowed['script']}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_loads_nothing(plain, nasty) -> None:
    for report in (plain, nasty):
        elements = Elements(page_of(report))
        assert {tag for tag, _ in elements.all} & {"img", "link", "iframe", "object", "embed", "base", "svg"} == set()
        assert elements.values("src") == []
        assert elements.values("style") == []
    style = page_of(plain).partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import", style)


def test_elements_are_closed_and_anchors_lead_somewhere(plain, nasty) -> None:
    nothing = report_on(FileReport("a.md", "checked", (finding_in("", ""), finding_in("a\n\nb", "\n"))))
    for report in (plain, nasty, report_on(), nothing):
        elements = Elements(page_of(report))
        assert elements.open == []
        names = elements.values("id")
        assert len(names) == len(set(names))
        assert {link[1:] for link in elements.values("href") if link.startswith("#")} <= set(names)


def test_a_finding_stands_in_its_text_with_its_law(plain) -> None:
    page = page_of(plain)
    assert (
        '<div class="line"><span class="n">3</span><span class="src">Our tea <span id="m1"></span>'
        '<a class="mark error" href="#f1" data-f="1">cures gout</a></span></div>'
    ) in page
    assert (
        '<li class="finding error" id="f1" tabindex="-1" data-severity="error" data-rule="cure-named-disease"' in page
    )
    assert (
        '<a href="https://example.com/cfr" rel="noopener noreferrer" target="_blank">21 CFR 101.93(g)(2)(i)</a>' in page
    )
    assert "Instead:</i> Say what was studied" in page


def test_filters_offer_what_there_is(plain) -> None:
    page = page_of(plain)
    chosen = {name: re.findall(rf'<select name="{name}">(.*?)</select>', page, re.DOTALL)[0] for name in CHOICES}
    told = {name: re.findall(r'value="([^"]*)"', options) for name, options in chosen.items()}
    assert told == {
        "file": ["", "0"], "rule": ["", "cure-named-disease"], "category": ["", "cure"], "packs": ["", "us-fda", "uk"]
    }  # fmt: skip
    assert 'data-file="0"' in page
    assert 'data-packs="us-fda uk"' in page


CHOICES = ("file", "rule", "category", "packs")


def test_what_was_not_checked_stands_at_the_top(plain) -> None:
    page = page_of(plain)
    assert page.index("Not everything was checked: 2 files") < page.index('id="filters"')
    assert "x.md: a binary file, not text" in page


def test_what_was_silenced_is_there_with_its_reason(plain) -> None:
    assert '<td data-head="Reason">quoted</td>' in page_of(plain)


def test_a_clean_report_says_so(report, checked) -> None:
    page = page_of(report(checked()))
    assert '<p class="none">No findings.</p>' in page
    assert "Not everything" not in page


def test_a_script_for_a_law_is_no_link(report, checked) -> None:
    found = finding_in("gout", "gout")
    law = (found.rule.law[0]._replace(url="javascript:alert(1)"),)
    page = page_of(report(checked(found._replace(rule=found.rule._replace(law=law)))))
    assert "javascript:" not in page


@given(st.text(st.sampled_from("ab \n\r<&😀")), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_passages_hold_the_lines_as_they_are_and_every_mark(text: str, ends: list[tuple[int, int]]) -> None:
    source = Source("a.md", text)
    spans = sorted(Span(*sorted((min(one, len(text)), min(two, len(text))))) for one, two in ends)
    numbered = list(enumerate(spans, 1))
    shown = list(passages(source, numbered))
    assert [number for passage in shown for number in passage.findings] == [number for number, _ in numbered]
    lines = [line for passage in shown for line in passage.lines]
    assert [line.number for line in lines] == sorted({line.number for line in lines})
    for line in lines:
        assert "".join(stretch.text for stretch in line.stretches) == source.line(line.number)
    for number, span in numbered:
        marked = "".join(each.text for line in lines for each in line.stretches if number in each.marks)
        assert marked == re.sub(r"[\r\n]", "", text[span.start : span.end]) or len(lines) > 11
        assert sum(number in each.starts for line in lines for each in line.stretches) == 1


def test_overlapping_findings_share_their_words() -> None:
    (((line,), numbers),) = passages(Source("a.md", "abcdef"), [(1, Span(0, 4)), (2, Span(2, 6))])
    assert numbers == (1, 2)
    assert [(each.text, each.marks, each.starts) for each in line.stretches] == [
        ("ab", (1,), (1,)), ("cd", (1, 2), (2,)), ("ef", (2,), ())
    ]  # fmt: skip


def test_a_paragraph_is_shown_round_a_finding_and_no_more() -> None:
    text = "one\n\n" + "\n".join(f"line {number}" for number in range(20)) + "\n"
    at = text.index("line 10")
    (passage,) = passages(Source("a.md", text), [(1, Span(at, at + 4))])
    assert [line.stretches[0].text for line in passage.lines] == [f"line {number}" for number in range(7, 10)] + [
        "line", "line 11", "line 12", "line 13"
    ]  # fmt: skip


def test_findings_that_lie_apart_have_passages_of_their_own() -> None:
    text = "gout\n\n" + "\n" * 9 + "gout and\ngout\n"
    spans = [Span(match.start(), match.end()) for match in re.finditer("gout", text)]
    shown = list(passages(Source("a.md", text), list(enumerate(spans, 1))))
    assert [(passage.lines[0].number, len(passage.lines), passage.findings) for passage in shown] == [
        (1, 1, (1,)), (12, 2, (2, 3))
    ]  # fmt: skip


def test_of_a_finding_of_many_lines_the_first_are_shown() -> None:
    text = "gout\n" * 50
    (passage,) = passages(Source("a.md", text), [(1, Span(0, len(text)))])
    assert 12 <= len(passage.lines) <= 15


def test_cut_lines_say_so(report, checked) -> None:
    text = f"{'a ' * 2000}gout"
    assert '<span class="cut" title="left out">' in page_of(report(checked(finding_in(text, "gout"))))


@pytest.mark.parametrize("length", [1000, 100_000])
def test_a_long_line_is_cut_round_its_findings(length: int) -> None:
    text = f"{'a ' * length}gout{' b' * length}"
    (passage,) = passages(Source("a.md", text), [(1, Span(2 * length, 2 * length + 4))])
    texts = [each.text for each in passage.lines[0].stretches]
    assert texts.count(CUT) == 2
    assert "gout" in texts
    assert sum(map(len, texts)) < 2000
    assert "…" not in "".join(texts)


def test_a_page_of_many_findings_is_made_in_time() -> None:
    text = "\n".join(f"gout {number}" for number in range(3000))
    source = finding_in(text, "gout")
    starts = [match.start() for match in re.finditer("gout", text)]
    findings = tuple(source._replace(span=Span(start, start + 4)) for start in starts)
    page = page_of(report_on(FileReport("a.md", "checked", findings)))
    assert page.count('class="finding error"') == 3000


@pytest.mark.slow
def test_a_browser_runs_the_script_and_nothing_else(plain, nasty, tmp_path) -> None:
    """What the policy lets run shows the form; what a document holds does not run."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    for name, report, count in (("plain", plain, 2), ("nasty", nasty, 3)):
        page = tmp_path / f"{name}.html"
        page.write_text(page_of(report), "ascii")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        done = subprocess.run(
            [*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60, check=True
        )
        assert '<form id="filters" aria-label="Filters">' in done.stdout
        assert f'<output aria-live="polite">{count} findings</output>' in done.stdout
