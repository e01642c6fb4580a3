"""What must be there: what asks for it, what satisfies it, and where it must stand."""

import pytest

CLAIM = "find: {require: {when: {phrases: [calms]}, need: {phrases: [notice here]}"


def rule(rest: str = "") -> str:
    return f"{CLAIM}{rest}}}}}\n"


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        pytest.param("It calms you.", ["calms"], id="nothing satisfies it"),
        pytest.param("It calms you. Notice here.", [], id="it stands below"),
        pytest.param("Notice here.\n\nIt calms you.", [], id="it stands above"),
        pytest.param("It is tea.", [], id="nothing asks for it"),
        pytest.param("It never calms you.", [], id="a denial asks for nothing"),
        pytest.param("It calms you. It has no notice here.", ["calms"], id="what is denied does not satisfy"),
        pytest.param("It calms you. Is notice here?", ["calms"], id="a question does not satisfy"),
        pytest.param("It calms you and calms me.", ["calms"], id="the first place is marked"),
    ],
)
def test_anywhere_on_the_page(run, page, marked):
    assert [finding.words for finding in run(page, rule())] == marked


@pytest.mark.parametrize(
    ("page", "line"),
    [
        pytest.param("# It calms\n\nOur tea calms you.", 3, id="before a title what is said below it"),
        pytest.param("# It calms\n\nOur tea is green.", 1, id="a title where nothing else is said"),
    ],
)
def test_of_places_the_first_is_marked(run, page, line):
    assert [finding.source.position(finding.span.start).line for finding in run(page, rule())] == [line]


@pytest.mark.parametrize(
    ("at", "marked"),
    [
        pytest.param("first", ["calms"], id="the first place"),
        pytest.param("each", ["calms", "calms"], id="each place"),
        pytest.param("document", ["# Tea"], id="the document, on its first line"),
    ],
)
def test_where_the_finding_stands(run, at, marked):
    found = run("# Tea\n\nIt calms you.\n\nIt calms me.", rule(f", at: {at}"))
    assert [finding.words for finding in found] == marked


def test_a_finding_on_the_document_shows_what_asks_for_it(run):
    page = "# Tea\n\nIt calms you.\n\nIt calms me."
    (finding,) = run(page, rule(", at: document"))
    assert [page[slice(*related.span)] for related in finding.related] == ["calms", "calms"]


@pytest.mark.parametrize(
    ("where", "page", "marked"),
    [
        pytest.param("before", "Notice here.\n\nIt calms.", [], id="before: in a block above"),
        pytest.param("before", "It calms. Notice here.", ["calms"], id="before: behind it"),
        pytest.param("block", "Notice here. It calms.", [], id="block: in the same"),
        pytest.param("block", "Notice here.\n\nIt calms.", ["calms"], id="block: in another"),
        pytest.param("near", "Notice here.\n\nIt calms.", [], id="near: one block above"),
        pytest.param("near", "Notice here.\n\nTea.\n\nIt calms.", ["calms"], id="near: two blocks above"),
        pytest.param("section", "# A\n\nIt calms.\n\nTea.\n\nNotice here.", [], id="section: in the same"),
        pytest.param("section", "# A\n\nIt calms.\n\n# B\n\nNotice here.", ["calms"], id="section: in the next"),
        pytest.param("section", "It calms.\n\nTea.\n\nNotice here.", [], id="section: a page without headings is one"),
        pytest.param("{words: 3}", "It calms you and me. Notice here.", [], id="words: as many as allowed"),
        pytest.param("{words: 2}", "It calms you and me. Notice here.", ["calms"], id="words: one more than allowed"),
        pytest.param("{words: 2}", "Notice here. It calms.", [], id="words: counted backwards as well"),
        pytest.param("[before, {words: 3}]", "It calms. Notice here.", [], id="a list: one of them will do"),
        pytest.param("[before, {words: 0}]", "It calms you. Notice here.", ["calms"], id="a list: none holds"),
    ],
)
def test_places(run, where, page, marked):
    assert [finding.words for finding in run(page, rule(f", where: {where}"))] == marked


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        pytest.param("It calms. Notice here.", [], id="in the same block"),
        pytest.param("It calms.\n\nNotice here.", [], id="in the next block"),
        pytest.param("It calms.\n\nTea.\n\nNotice here.", ["calms"], id="with a block between"),
        pytest.param("Notice here.\n\nIt calms.", ["calms"], id="above, without a symbol"),
        pytest.param("It calms.*\n\nTea.\n\n*Notice here.", [], id="a star at both"),
        pytest.param("It calms.*\n\nTea.\n\n\\*Notice here.", [], id="an escaped star"),
        pytest.param("It calms.*\n\nTea.\n\n*Notice here.*", [], id="a star taken for emphasis"),
        pytest.param("It calms.\n\nTea.\n\n**Notice here.**", ["calms"], id="bold is no symbol"),
        pytest.param("**It calms.**\n\nTea.\n\n**Notice here.**", ["calms"], id="bold at both is no symbol"),
        pytest.param("It calms.\\*\n\nTea.\n\n**\\*Notice here.**", [], id="a star inside bold"),
        pytest.param("It calms.†\n\nTea.\n\n† Notice here.", [], id="a dagger at both"),
        pytest.param("It calms.†\n\nTea.\n\n* Notice here.", ["calms"], id="two different symbols"),
        pytest.param("It calms.\n\nTea.\n\n†Notice here.", ["calms"], id="a symbol at the statement alone"),
        pytest.param("It calms.†\n\nTea.\n\nNotice here.", ["calms"], id="a symbol at the claim alone"),
        pytest.param("It calms. It is tea.†\n\nTea.\n\n†Notice here.", ["calms"], id="the next sentence has it"),
        pytest.param("It calms.[^1]\n\nTea.\n\n[^1]: Notice here.", [], id="a footnote"),
        pytest.param("- It calms.\n- Tea.\n- Mint.\n\nNotice here.", [], id="below the list that claims it"),
        pytest.param("- It calms.\n- Tea.\n\nMint.\n\nNotice here.", ["calms"], id="below a list and a block"),
    ],
)
def test_tied_by_a_symbol(run, page, marked):
    assert [finding.words for finding in run(page, rule(", where: symbol"))] == marked


@pytest.mark.parametrize(
    ("page", "marked", "related"),
    [
        pytest.param("It calms.\n\nTea.\n\nNotice here.", ["calms"], ["Notice here"], id="it stands elsewhere"),
        pytest.param("It calms.", [], [], id="it stands nowhere"),
        pytest.param("Notice here. It calms.", [], [], id="it stands where it must"),
    ],
)
def test_only_if_elsewhere(run, page, marked, related):
    found = run(page, rule(", where: block, only-if: elsewhere"))
    assert [finding.words for finding in found] == marked
    assert [page[slice(*other.span)] for finding in found for other in finding.related] == related


@pytest.mark.parametrize(
    ("front", "marked"),
    [
        pytest.param("author: Asha Rao", [], id="an author"),
        pytest.param("author:\n  name: Asha Rao", [], id="a part of the author"),
        pytest.param("authors: [Asha Rao]", [], id="a list of authors"),
        pytest.param("author: ''", ["---"], id="empty"),
        pytest.param("author: TBC", ["---"], id="to be confirmed"),
        pytest.param("author:", ["---"], id="no value"),
        pytest.param("editor: Asha Rao", ["---"], id="another key"),
    ],
)
def test_front_matter_satisfies_only_where_it_says_something(run, front, marked):
    need = "{front-matter: [author, authors]}"
    found = run(f"---\n{front}\n---\nTea.", f"find: {{require: {{when: {{always: true}}, need: {need}}}}}\n")
    assert [finding.words for finding in found] == marked


def test_front_matter_creates_the_need(run):
    find = "find: {require: {when: {front-matter: [sponsor]}, need: {phrases: [notice here]}}}\n"
    assert len(run("---\nsponsor: Tea Ltd\n---\nTea.", find)) == 1
    assert run("---\nsponsor: Tea Ltd\n---\nNotice here.", find) == []
    assert run("Tea.", find) == []


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        pytest.param("It calms. It calms.", [], id="fewer than the count"),
        pytest.param("It calms. It calms. It calms.", ["calms"], id="as many as the count"),
    ],
)
def test_count(run, page, marked):
    find = "find: {require: {when: {phrases: [calms], count: 3}, need: {phrases: [notice here]}}}\n"
    assert [finding.words for finding in run(page, find)] == marked


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        pytest.param("It heals. Tea.", ["heals"], id="a finding of the other rule"),
        pytest.param("It never heals. Tea.", [], id="words the other rule does not mark"),
        pytest.param("It heals. Notice here.", [], id="satisfied"),
    ],
)
@pytest.mark.parametrize("asked", ["rules: [cures]", "categories: [cure]"])
def test_findings_of_others_create_the_need(run, page, marked, asked):
    rules = {
        "first": f"find: {{require: {{when: {{{asked}}}, need: {{phrases: [notice here]}}}}}}\n",
        "cures": "find: {phrases: [heals]}\n",
    }
    assert [finding.words for finding in run(page, rules)] == marked
    assert [finding.words for finding in run(page, rules, select=("first",))] == marked, "though that rule is off"


def test_a_severity_is_asked_of_the_other_findings(run):
    rules = {
        "first": "find: {require: {when: {categories: [cure], severity: error}, need: {phrases: [notice here]}}}\n",
        "cures": "severity: error\nfind: {phrases: [heals]}\n",
    }
    assert len(run("It heals.", rules)) == 1
    assert run("It may heals.", rules) == [], "hedged, it is a warning"


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        pytest.param("[tea](https://pays.example/1)", ["tea"], id="a link that pays"),
        pytest.param("See https://pays.example/1", ["https://pays.example/1"], id="a bare address"),
        pytest.param("[tea](https://tea.example/1)", [], id="a link that does not"),
        pytest.param(
            "[![](tea.png)](https://pays.example/1)", ["[![](tea.png)](https://pays.example/1)"], id="no words"
        ),
        pytest.param("Notice here: [tea](https://pays.example/1)", [], id="satisfied"),
    ],
)
def test_links_create_the_need(run, page, marked):
    find = "find: {require: {when: {links: [{affiliate: true}]}, need: {phrases: [notice here]}}}\n"
    assert [finding.words for finding in run(page, find)] == marked


@pytest.mark.parametrize(
    ("page", "count"),
    [
        pytest.param("It calms.", 1, id="nothing"),
        pytest.param("It calms. See [a study](https://doi.example/1).", 0, id="a link"),
        pytest.param("It calms. See [a shop](https://tea.example/1).", 1, id="a link to elsewhere"),
        pytest.param("It calms.\n\n## Sources\n\nA study.", 0, id="a heading with text below"),
        pytest.param("It calms.\n\n## Sources", 1, id="a heading with nothing below"),
        pytest.param("It calms.\n\n## Sources\n\n## About\n\nUs.", 1, id="a heading over a heading"),
        pytest.param("It calms. Sources say so.", 1, id="the word in a paragraph"),
    ],
)
def test_links_and_headings_satisfy(run, page, count):
    need = "{links: [{trusted: true}], headings: [sources]}"
    assert len(run(page, f"find: {{require: {{when: {{phrases: [calms]}}, need: {need}}}}}\n")) == count


def test_several_requirements_with_their_severities(run):
    find = """\
find:
  require:
    - {when: {phrases: [calms]}, need: {phrases: [notice here]}, severity: error}
    - {when: {phrases: [calms]}, need: {phrases: [notice here]}, where: block, only-if: elsewhere, severity: info}
"""
    rules = {"first": f"severity: warning\n{find}"}
    assert [finding.severity for finding in run("It calms.", rules)] == ["error"]
    assert [finding.severity for finding in run("It calms.\n\nNotice here.", rules)] == ["info"]
    assert run("It calms. Notice here.", rules) == []


@pytest.mark.parametrize(
    ("condition", "page", "count"),
    [
        pytest.param("if-page-has: [in perth]", "It calms. Sold in Perth.", 1, id="the page has it"),
        pytest.param("if-page-has: [in perth]", "It calms.", 0, id="the page has it not"),
        pytest.param("if-page-lacks: [in perth]", "It calms.", 1, id="the page lacks it"),
        pytest.param("if-page-lacks: [in perth]", "It calms. Sold in Perth.", 0, id="the page does not lack it"),
    ],
)
def test_only_on_some_pages(run, condition, page, count):
    assert len(run(page, rule(f", {condition}"))) == count


@pytest.mark.parametrize(
    ("packs", "count"),
    [
        pytest.param(("us-ftc", "au"), 0, id="among other countries the page must show it"),
        pytest.param(("us-ftc",), 1, id="the only country"),
        pytest.param(("us-ftc", "platform", "editorial"), 1, id="the only country, with packs of none"),
    ],
)
def test_at_home(run, packs, count):
    find = rule(", if-page-has: [in perth], at-home: [us-ftc, us-fda]")
    assert len(run("It calms.", find, packs=packs)) == count


def test_findings_are_asked_by_frame(run):
    rules = {
        "first": "find: {require: {when: {categories: [cure], frames: [hedge]}, need: {phrases: [notice here]}}}\n",
        "cures": "find: {phrases: [heals]}\n",
    }
    assert run("It heals.", rules) == []
    assert len(run("It may heals.", rules)) == 1


def test_the_first_requirement_that_lacks_something_speaks(run):
    find = """\
find:
  require:
    - {when: {phrases: [calms]}, need: {phrases: [notice here]}}
    - {when: {phrases: [heals]}, need: {phrases: [notice here]}}
"""
    assert [finding.words for finding in run("It heals and calms.", find)] == ["calms"]
    assert [finding.words for finding in run("It heals.", find)] == ["heals"]


@pytest.mark.parametrize(
    "find",
    [
        pytest.param("find: {require: {need: {phrases: [a b]}}}\n", id="no when"),
        pytest.param(
            "find: {require: {when: {count: 2}, need: {phrases: [tea pot]}}}\n", id="a when that says nothing"
        ),
        pytest.param(
            "find: {require: {when: {always: true}, need: {phrases: [tea pot]}, where: there}}\n", id="no place"
        ),
        pytest.param(
            "find: {require: {when: {always: true}, need: {phrases: [tea pot]}, only-if: elsewhere}}\n",
            id="elsewhere than anywhere",
        ),
        pytest.param(
            "find: {require: {when: {always: true}, need: {phrases: [tea pot]}, where: {words: few}}}\n",
            id="no number of words",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(run, find):
    from healthlint.errors import RuleError

    with pytest.raises(RuleError):
        run("Tea.", find)
