"""Links: where they lead, what they say, what their markup lacks."""

import pytest


def rule(of: str) -> str:
    return f"find: {{links: [{{{of}}}]}}\n"


@pytest.mark.parametrize(
    ("of", "page", "marked"),
    [
        pytest.param("affiliate: true", "[tea](https://pays.example/1)", ["tea"], id="a network's host"),
        pytest.param("affiliate: true", "[tea](https://a.pays.example/1)", ["tea"], id="a name under it"),
        pytest.param("affiliate: true", "[tea](https://notpays.example/1)", [], id="a name that only ends like it"),
        pytest.param("affiliate: true", "[tea](https://store.com/1?tag=me-20)", ["tea"], id="a store with its mark"),
        pytest.param("affiliate: true", "[tea](https://store.com/1)", [], id="a store without it"),
        pytest.param("affiliate: true", "[tea](https://store.com/1?tag=)", [], id="a mark without a value"),
        pytest.param("affiliate: true", "[tea](https://tea.example/?affid=7)", ["tea"], id="a telling parameter"),
        pytest.param("affiliate: true", "[tea](https://tea.example/hop/7)", ["tea"], id="a telling path"),
        pytest.param("affiliate: true", "[tea](https://health.example/hop/7)", [], id="a host that never pays"),
        pytest.param("affiliate: true", "[tea](https://tea.example/?utm_source=x)", [], id="counting visits is no pay"),
        pytest.param("affiliate: true", "[tea](/hop/7)", [], id="one's own page"),
        pytest.param(
            "affiliate: true", "[tea][1]\n\n[1]: https://pays.example/1", ["tea"], id="a reference, where used"
        ),
        pytest.param("affiliate: true", "<https://pays.example/1>", ["<https://pays.example/1>"], id="an autolink"),
        pytest.param("affiliate: true", '<a href="https://pays.example/1">tea</a>', ["tea"], id="HTML"),
        pytest.param("affiliate: true", "`[tea](https://pays.example/1)`", [], id="code is no copy"),
        pytest.param("affiliate: true", "[tea](https://[pays.example/1)", [], id="an address that is none"),
        pytest.param("affiliate: false", "[tea](https://tea.example)", ["tea"], id="one that does not pay"),
        pytest.param("image: true", "![leaf](tea.png) [tea](/tea)", ["leaf"], id="images alone"),
        pytest.param("image: false", "![leaf](tea.png) [tea](/tea)", ["tea"], id="links alone"),
        pytest.param(
            "words: [magic tea]", "[our magic tea](/tea) [tea](/magic-tea)", ["our magic tea"], id="its words"
        ),
        pytest.param("url-words: [magic tea]", "[a](/our-magic-tea.html) [b](/magic)", ["a"], id="the address's words"),
        pytest.param('path: ["/go/"]', "[a](https://x.example/go/tea) [b](https://x.example/good)", ["a"], id="a path"),
        pytest.param(
            "param: [ref]", "[a](https://x.example/?REF=1) [b](https://x.example/?r=1)", ["a"], id="a parameter"
        ),
        pytest.param(
            'host: ["*.example.net"]', "[a](https://a.example.net) [b](https://example.net)", ["a"], id="any name under"
        ),
    ],
)
def test_described(run, of, page, marked):
    assert [finding.words for finding in run(page, rule(of))] == marked


@pytest.mark.parametrize(
    ("link", "lacks"),
    [
        pytest.param('<a href="/x">tea</a>', True, id="HTML without rel"),
        pytest.param('<a rel="noopener" href="/x">tea</a>', True, id="HTML with another rel"),
        pytest.param('<a rel="noopener Sponsored" href="/x">tea</a>', False, id="HTML with it"),
        pytest.param("[tea](/x)", False, id="Markdown has no such thing"),
        pytest.param('[tea](/x){:target="_blank"}', True, id="an attribute list without rel"),
        pytest.param('[tea](/x){rel="sponsored"}', False, id="an attribute list with it"),
        pytest.param("<https://tea.example>", False, id="an autolink is no HTML"),
    ],
)
def test_rel_lacks(run, link, lacks):
    assert bool(run(f"Buy {link} now", rule("rel-lacks: [sponsored, nofollow]"))) is lacks


def test_conditions_hold_for_links(run):
    find = "find: {links: [{image: false, in: [heading], unless: {block: [free tea]}}]}\n"
    assert [finding.words for finding in run("# [a](/x)\n\n[b](/x)\n\n## Free tea [c](/x)", find)] == ["a"]
