"""Hugo and Liquid shortcodes: hidden, or passed over, with the copy in them read beside."""

from __future__ import annotations

import pytest

from healthlint.text import HIDDEN


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("a {{< x >}} b", [("paragraph", f"a {HIDDEN} b")], id="what shows something is hidden"),
    pytest.param("a {{ page.x }} b", [("paragraph", f"a {HIDDEN} b")], id="so is a value"),
    pytest.param("a {{< b >}}c{{< /b >}} d", [("paragraph", "a c d")], id="what wraps words shows nothing"),
    pytest.param("a {% if x == \"c d\" %}b{% endif %}", [("paragraph", "a b")], id="logic shows nothing"),
    pytest.param("{{% note %}}\na *b*\n\n- c\n{{% /note %}}", [("paragraph", "a b"), ("list_item", "c")], id="one on its line parts blocks"),
    pytest.param("a\n{{< x >}}\nb", [("paragraph", "a"), ("paragraph", "b")], id="also in a paragraph"),
    pytest.param("{{< figure src=\"/c d.png\" title=\"a b\" class=\"x y\" alt='c' >}}", [("shortcode", "a b"), ("shortcode", "c")],
                 id="arguments that readers see"),
    pytest.param("{{< button \"Buy now\" `the best` >}}", [("shortcode", "Buy now"), ("shortcode", "the best")], id="without a name"),
    pytest.param("{{< button \"Buy\" >}} {{< ref \"about\" >}}", [("paragraph", f"{HIDDEN} {HIDDEN}"), ("shortcode", "Buy")],
                 id="a word with a capital, and a name"),
    pytest.param("{{< q \"see /about\" >}}", [("shortcode", "see /about")], id="a path among words"),
    pytest.param("{% include a.html text=\"Say \\\"yes\\\"\" url=\"/x y\" %}", [("shortcode", 'Say "yes"')], id="Liquid"),
    pytest.param("a {{ \"Buy it now\" | upcase }}", [("paragraph", f"a {HIDDEN}"), ("shortcode", "Buy it now")], id="a filtered string"),
    pytest.param("{{< x\n  title=\"a\n  b\"\n>}}", [("shortcode", "a b")], id="over lines"),
    pytest.param("{{</* x \"a b\" */>}} c", [("paragraph", f"{HIDDEN} c")], id="one that is shown as code"),
    pytest.param("a {% comment %} b *c* {% endcomment %} d", [("paragraph", "a d")], id="a comment"),
    pytest.param("a\n\n{% highlight js %}\nb\n\nc\n{% endhighlight %}\n\nd", [("paragraph", "a"), ("paragraph", "d")], id="highlighted code"),
    pytest.param("a {{< b\n\nc >}} d", [("paragraph", "a {{< b"), ("paragraph", "c >}} d")], id="an empty line ends what is not closed"),
    pytest.param("a {{ b", [("paragraph", "a {{ b")], id="one that is never closed is text"),
    pytest.param("`{{< x \"a b\" >}}` c\n\n    {{< x \"a b\" >}}", [("paragraph", f"{HIDDEN} c")], id="not in code"),
    pytest.param("<p class=\"{{ a \"b c\" }}\">d {{ e }}\n{% for x in \"y z\" %}\n</p>", [("paragraph", f"d {HIDDEN}")], id="in HTML"),
    pytest.param("<img alt='a {{ b }}' src='{{ c }}'>", [("alt_text", f"a {HIDDEN}")], id="in an attribute"),
    pytest.param("![a {{ b }} c](d)", [("alt_text", f"a {HIDDEN} c")], id="in alternative text"),
    pytest.param("# A {{< b >}}\n\n|{{ a | b }}|c|\n|-|-|\n", [("heading", f"A {HIDDEN}"), ("table_cell", HIDDEN), ("table_cell", "c")],
                 id="in a heading and a cell"),
    pytest.param("- {{< x \"say it\" >}}\n- c", [("list_item", HIDDEN), ("shortcode", "say it"), ("list_item", "c")], id="in an item"),
    pytest.param("[a](/b \"c {{ d }}\")", [("paragraph", "a")], id="in a title"),
    pytest.param("<code>{{ a</code> }} b", [("paragraph", f"{HIDDEN} b")], id="one that ends outside of what is hidden"),
    pytest.param("é{{< a >}}é “b”", [("paragraph", f"é{HIDDEN}é “b”")], id="between other letters"),
    pytest.param("&{{ a }};", [("paragraph", f"&{HIDDEN};")], id="after an ampersand"),
])  # fmt: skip
def test_shortcodes(text, expected, shown):
    assert shown(text) == expected


def test_the_argument_is_named(read):
    assert [block.name for block in read('{{< x caption="a b" "say it" >}}').blocks] == ["caption", ""]


def test_mdx_and_plain_text_have_none(shown):
    assert shown("a {{< b >}}", ".txt") == [("paragraph", "a {{< b >}}")]
    assert shown("a {{b: 1}} c", ".mdx") == [("paragraph", f"a {HIDDEN} c")]
