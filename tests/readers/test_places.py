"""A phrase is found where it was written, whatever the markup does to it."""

from __future__ import annotations

import pytest

PHRASE = "no side effects"

TRAPS = [
    pytest.param("It has no\nside effects.", "no\nside effects", 1, 8, id="a soft break in a paragraph"),
    pytest.param("- It has no\n  side effects.", "no\n  side effects", 1, 10, id="a soft break in a list"),
    pytest.param("- It has no\nside effects.", "no\nside effects", 1, 10, id="a lazy line in a list"),
    pytest.param("> It has no\n> side effects.", "no\n> side effects", 1, 10, id="a soft break in a quote"),
    pytest.param("> - It has no\n>   side effects.", "no\n>   side effects", 1, 12, id="a list in a quote"),
    pytest.param("no **side** effects", "no **side** effects", 1, 1, id="bold"),
    pytest.param("no *side* effects", "no *side* effects", 1, 1, id="emphasis"),
    pytest.param("no s*ide* effects", "no s*ide* effects", 1, 1, id="emphasis inside of a word"),
    pytest.param("no ~~side~~ effects", "no ~~side~~ effects", 1, 1, id="strikethrough"),
    pytest.param("**no** side effects", "no** side effects", 1, 3, id="bold before"),
    pytest.param("no [side](http://no.example) effects", "no [side](http://no.example) effects", 1, 1, id="a link"),
    pytest.param("[a](http://no.example)no side effects", "no side effects", 1, 23, id="a link that says no before it"),
    pytest.param("no [side][1] effects\n\n[1]: /u", "no [side][1] effects", 1, 1, id="a reference"),
    pytest.param("no <b>side</b> effects", "no <b>side</b> effects", 1, 1, id="a tag"),
    pytest.param("no <a href='/x>y'>side</a> effects", "no <a href='/x>y'>side</a> effects", 1, 1, id="a tag with >"),
    pytest.param("no <!-- not --> side effects", "no <!-- not --> side effects", 1, 1, id="a comment"),
    pytest.param("no ![](x.png) side effects", "no ![](x.png) side effects", 1, 1, id="an image"),
    pytest.param("no&nbsp;side effects", "no&nbsp;side effects", 1, 1, id="an entity for a space"),
    pytest.param("no s&#105;de effects", "no s&#105;de effects", 1, 1, id="an entity for a letter"),
    pytest.param("no\u00a0side  effects", "no\u00a0side  effects", 1, 1, id="NBSP and two spaces"),
    pytest.param("no\tside effects", "no\tside effects", 1, 1, id="a tab"),
    pytest.param("no s\u200bide effects", "no s\u200bide effects", 1, 1, id="a zero-width space"),
    pytest.param("no s\u00adide effects", "no s\u00adide effects", 1, 1, id="a soft hyphen"),
    pytest.param("no \u202dside\u202c effects", "no \u202dside\u202c effects", 1, 1, id="bidi controls"),
    pytest.param("no \\side effects", None, 1, 1, id="a backslash that escapes nothing stays"),
    pytest.param("no side\\\neffects", None, 1, 1, id="a hard break is a break"),
    pytest.param("# It has no side effects", "no side effects", 1, 10, id="a heading"),
    pytest.param("It has no\nside effects\n===", "no\nside effects", 1, 8, id="a setext heading"),
    pytest.param("| a | no side effects |\n|---|---|\n", "no side effects", 1, 7, id="the head of a table"),
    pytest.param("| a |\n|---|\n| no *side* effects |\n", "no *side* effects", 3, 3, id="a cell"),
    pytest.param("x[^1]\n\n[^1]: It has no\n    side effects", "no\n    side effects", 3, 14, id="a footnote"),
    pytest.param("Tea\n: It has no\n  side effects", "no\n  side effects", 2, 10, id="a definition"),
    pytest.param("![it has no\nside effects](x.png)", "no\nside effects", 1, 10, id="alternative text"),
    pytest.param("![it has no *side* effects](x.png)", "no *side* effects", 1, 10, id="emphasis in alternative text"),
    pytest.param("![`x` no side\\\neffects](u)", "no side\\\neffects", 1, 7, id="code and a break in alternative text"),
    pytest.param("[a](/u 'no side effects')", "no side effects", 1, 9, id="a link's title"),
    pytest.param("[a](/u \"no\n  side &#101;ffects\")", "no\n  side &#101;ffects", 1, 9, id="an entity in a title"),
    pytest.param("> [a](/u \"no\n> side effects\")", "no\n> side effects", 1, 11, id="a title in a quote"),
    pytest.param("[a]\n\n[a]: /u 'no side effects'", "no side effects", 3, 10, id="a reference's title"),
    pytest.param("---\ntitle: It has no side effects\n---\n", "no side effects", 2, 15, id="front matter"),
    pytest.param("---\na:\n  title: 'no side effects'\n---\n", "no side effects", 3, 11, id="nested front matter"),
    pytest.param("---\nsummary: >-\n  It has no\n  side effects\n---\n", "no\n  side effects", 3, 10, id="a folded block"),
    pytest.param("+++\ntitle = \"no s\\u0069de effects\"\n+++\n", "no s\\u0069de effects", 2, 10, id="TOML with an escape"),
    pytest.param("<div>\nIt has no\n  <i>side</i> effects\n</div>", "no\n  <i>side</i> effects", 2, 8, id="a block of HTML"),
    pytest.param("> <div>\n> It has no\n> side effects\n> </div>", "no\n> side effects", 2, 10, id="HTML in a quote"),
    pytest.param("<!-- x --> no side effects", "no side effects", 1, 12, id="text after a comment"),
    pytest.param("<img alt='no side\neffects' src='x'>", "no side\neffects", 1, 11, id="the alt attribute"),
    pytest.param("<p title='no side effects'>x</p>", "no side effects", 1, 11, id="the title attribute"),
    pytest.param("{{< figure caption=\"no side effects\" >}}", "no side effects", 1, 21, id="a Hugo shortcode"),
    pytest.param("{% include a.html text='no side effects' %}", "no side effects", 1, 25, id="a Liquid tag"),
    pytest.param("no {{< b >}}side{{< /b >}} effects", "no {{< b >}}side{{< /b >}} effects", 1, 1, id="a paired shortcode"),
    pytest.param("😀 no side effects", "no side effects", 1, 3, id="after an emoji"),
    pytest.param("漢字é “x” no side effects", "no side effects", 1, 9, id="after wide characters"),
    pytest.param("a\r\nhas no\r\nside effects", "no\r\nside effects", 2, 5, id="CRLF"),
    pytest.param("a\rhas no\rside effects", "no\rside effects", 2, 5, id="CR alone"),
    pytest.param("\ufeffno side effects", "no side effects", 1, 2, id="after a byte order mark"),
    pytest.param("\ufeff---\ntitle: x\n---\nno side effects", "no side effects", 4, 1, id="a byte order mark, front matter"),
    pytest.param("a\0 no side effects", "no side effects", 1, 4, id="after NUL"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "line", "column"), TRAPS)
def test_markdown(text, written, line, column, read, place):
    if written is None:
        assert PHRASE not in read(text).prose.text
    else:
        assert place(text, PHRASE) == (written, line, column)


@pytest.mark.parametrize(("text", "written", "line", "column"), [
    pytest.param("<Card title=\"no side effects\" />", "no side effects", 1, 14, id="a prop"),
    pytest.param("<Card title={'no s\\u0069de effects'} />", "no s\\u0069de effects", 1, 15, id="a prop in braces"),
    pytest.param("<Card title={`no side effects`} />", "no side effects", 1, 15, id="a template string"),
    pytest.param("<Card\n  label=\"no\n  side effects\"\n/>", "no\n  side effects", 2, 10, id="a tag on lines of its own"),
    pytest.param("<Card>\n\nIt has no **side** effects\n\n</Card>", "no **side** effects", 3, 8, id="a child"),
    pytest.param("<Card>\n    - It has no\n      side effects\n</Card>", "no\n      side effects", 2, 14, id="an indented child"),
    pytest.param("no <Tip label='x'>side</Tip> effects", "no <Tip label='x'>side</Tip> effects", 1, 1, id="a component"),
    pytest.param("no <Icon /> side effects", "no <Icon /> side effects", 1, 1, id="an empty component"),
    pytest.param("no{' '}side {\"effects\"}", "no{' '}side {\"effects", 1, 1, id="strings in braces"),
    pytest.param("no {/* {x} */} side effects", "no {/* {x} */} side effects", 1, 1, id="a comment"),
    pytest.param("import A from 'a'\n\nno side effects", "no side effects", 3, 1, id="after an import"),
    pytest.param("export const a = {\n\n  b: 1 }\n\nno side effects", "no side effects", 5, 1, id="after an export"),
    pytest.param("export const meta = { title: 'no side effects' }", "no side effects", 1, 31, id="metadata"),
    pytest.param("<ul>\n  <li>no side <b>effects</b></li>\n</ul>", "no side <b>effects", 2, 7, id="an item of HTML"),
    pytest.param("{list.map(x => <p key={x}>no side effects</p>)}", "no side effects", 1, 27, id="JSX in an expression"),
])  # fmt: skip
def test_mdx(text, written, line, column, place):
    assert place(text, PHRASE, ".mdx") == (written, line, column)


@pytest.mark.parametrize(("text", "written", "line", "column"), [
    pytest.param("It works and has no\nside effects at all.", "no\nside effects", 1, 18, id="a hard-wrapped paragraph"),
    pytest.param("• It has no\n  side effects", "no\n  side effects", 1, 10, id="a bullet"),
    pytest.param("> It has no\n> side effects", "no\n> side effects", 1, 10, id="a quote"),
    pytest.param("no **side** _effects_", "no **side** _effects", 1, 1, id="emphasis"),
    pytest.param("no [side](http://x.example/a_b) effects", "no [side](http://x.example/a_b) effects", 1, 1, id="a link"),
    pytest.param("no <b>side</b> effects", "no <b>side</b> effects", 1, 1, id="a tag"),
    pytest.param("no&nbsp;side effects", "no&nbsp;side effects", 1, 1, id="an entity"),
    pytest.param("    It has no side effects", "no side effects", 1, 12, id="an indented line is no code"),
    pytest.param("a\rIt has no\r\nside effects", "no\r\nside effects", 2, 8, id="line ends of all kinds"),
])  # fmt: skip
def test_plain_text(text, written, line, column, place):
    assert place(text, PHRASE, ".txt") == (written, line, column)


@pytest.mark.parametrize("text", [
    pytest.param("`no side effects`", id="a code span"),
    pytest.param("```\nno side effects\n```", id="a block of code"),
    pytest.param("~~~ no side effects\n~~~", id="what a block of code is called"),
    pytest.param("a\n\n    no side effects", id="indented code"),
    pytest.param("<!-- no side effects -->", id="a comment"),
    pytest.param("a <!-- no\nside effects --> b", id="a comment inside of a line"),
    pytest.param("[b](</no side effects>)", id="a URL"),
    pytest.param("![a](<no side effects.png>)", id="an image's URL"),
    pytest.param("<https://example.org/no%20side%20effects>", id="an autolink"),
    pytest.param("[a]: </no side effects>\n\n[a]", id="a definition's URL"),
    pytest.param("<a href='no side effects' class='no side effects'>x</a>", id="attributes that nobody sees"),
    pytest.param("<script>\nno side effects\n</script>", id="a script"),
    pytest.param("<style>no side effects</style>", id="a style"),
    pytest.param("<pre>\nno side effects\n\nno side effects\n</pre>", id="preformatted HTML"),
    pytest.param("a <code>no *side* effects</code>", id="a tag for code"),
    pytest.param("<svg>\n<text>no side effects</text>\n\n<text>no side effects</text>\n</svg>", id="a drawing"),
    pytest.param("<template>\n\nno side effects\n\n</template>", id="a template"),
    pytest.param("<? no side effects ?>\n\n<![CDATA[no side effects]]>", id="instructions and CDATA"),
    pytest.param("{% comment %}\nno side effects\n\nno side effects\n{% endcomment %}", id="a Liquid comment"),
    pytest.param("{{</* no side effects */>}}", id="a Hugo comment"),
    pytest.param("{% if page.claim == 'no side effects' %}x{% endif %}", id="a Liquid condition"),
    pytest.param("---\nslug: no side effects\nhealthlint:\n  note: no side effects\n---\n", id="front matter nobody sees"),
    pytest.param("---\n# no side effects\ntitle: x\n---\n", id="a comment in front matter"),
])  # fmt: skip
def test_is_no_copy(text, read):
    assert PHRASE not in read(text).prose.text


@pytest.mark.parametrize("text", [
    pytest.param("{/* no side effects */}", id="a comment"),
    pytest.param("{no side effects}", id="an expression"),
    pytest.param("import a from 'no side effects'", id="an import"),
    pytest.param("export const a = 'no side effects'", id="an export"),
    pytest.param("<Card className='no side effects' />", id="a prop that nobody sees"),
    pytest.param("<Card\n  items={[\n\n  'no side effects']}>\n</Card>", id="a prop that is an expression"),
    pytest.param("<style>{`no side effects`}</style>", id="a style"),
    pytest.param("```jsx\n<Card title='no side effects' />\n```", id="a block of code"),
    pytest.param("`<Card title='no side effects'>`", id="a code span"),
])  # fmt: skip
def test_is_no_copy_in_mdx(text, read):
    assert PHRASE not in read(text, ".mdx").prose.text


def test_twice_on_a_line(read):
    text = "no side effects, and no *side* effects"
    document = read(text)
    first = document.prose.text.index(PHRASE)
    second = document.prose.text.index(PHRASE, first + 1)
    spans = [document.prose.span(at, at + len(PHRASE)) for at in (first, second)]
    assert [text[span.start : span.end] for span in spans] == ["no side effects", "no *side* effects"]
    assert [document.source.position(span.start) for span in spans] == [(1, 1), (1, 22)]
