"""What blocks a Markdown page has, what leads into them, and what stands beside the words: links, comments, language."""

from __future__ import annotations

import pytest

from healthlint.text import HIDDEN, Span


def blocks(document):
    """Return the blocks as text, with all that is said of them but their places."""
    return [
        (block.kind, document.prose.text[block.start : block.end], block.level, "/".join(block.inside), block.name)
        for block in document.blocks
    ]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("# A\n\nb\n\nC\n---", [("heading", "A", 1, "", ""), ("paragraph", "b", 0, "", ""), ("heading", "C", 2, "", "")],
                 id="headings with their levels"),
    pytest.param("> a\n>\n> - b\n>\n>   c", [("paragraph", "a", 0, "quote", ""), ("list_item", "b", 1, "quote", ""),
                 ("paragraph", "c", 0, "quote/list_item", "")], id="a quote's blocks are inside of it"),
    pytest.param("- a\n  - b\n    1. c", [("list_item", "a", 1, "", ""), ("list_item", "b", 2, "list_item", ""),
                 ("list_item", "c", 3, "list_item/list_item", "")], id="items with their depths"),
    pytest.param("- # A\n  b\n- ```\n  x\n  ```\n  c", [("heading", "A", 1, "list_item", ""),
                 ("paragraph", "b", 0, "list_item", ""), ("list_item", "c", 1, "", "")], id="what an item begins with"),
    pytest.param("- [x] done", [("list_item", "done", 1, "", "")], id="a task's mark is no copy"),
    pytest.param("|a|b|\n|-|-|\n|c|*d*|", [("table_cell", "a", 0, "", "th"), ("table_cell", "b", 0, "", "th"),
                 ("table_cell", "c", 0, "", ""), ("table_cell", "d", 0, "", "")], id="the cells of a table"),
    pytest.param("a[^1]\n\n[^1]: b", [("paragraph", "a", 0, "", ""), ("paragraph", "b", 0, "footnote", "")], id="a footnote"),
    pytest.param("Tea\n: Leaves", [("definition", "Tea", 0, "", "dt"), ("definition", "Leaves", 0, "", "dd")], id="a definition"),
    pytest.param("> [!NOTE]\n> a", [("paragraph", "a", 0, "quote", "")], id="an alert's mark is no copy"),
    pytest.param("- ![b](x 'c')", [("alt_text", "b", 0, "list_item", ""), ("link_title", "c", 0, "list_item", "")],
                 id="an image that is all there is"),
    pytest.param("a ![b](x 'c') d", [("paragraph", "a d", 0, "", ""), ("alt_text", "b", 0, "", ""), ("link_title", "c", 0, "", "")],
                 id="an image's words stand after the block"),
    pytest.param("|![b](x)|\n|-|\n", [("alt_text", "b", 0, "table_cell", "")], id="an image in a cell"),
    pytest.param("# A {#b .c}", [("heading", "A", 1, "", "")], id="a heading's attributes are no copy"),
    pytest.param("\n\n***\n\n    code\n", [], id="nothing to read"),
    pytest.param("# A\rb\r\r- c", [("heading", "A", 1, "", ""), ("paragraph", "b", 0, "", ""), ("list_item", "c", 1, "", "")],
                 id="carriage returns alone"),
])  # fmt: skip
def test_blocks(text, expected, read):
    assert blocks(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("<p>a</p>b<div>c", [("paragraph", "a", 0, "", ""), ("paragraph", "b", 0, "", ""), ("paragraph", "c", 0, "", "")],
                 id="tags that part"),
    pytest.param("<h2>A</h2>\n<P>b", [("heading", "A", 2, "", ""), ("paragraph", "b", 0, "", "")], id="a heading, a capital"),
    pytest.param("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", [("list_item", "a", 1, "", ""), ("list_item", "b", 1, "", ""),
                 ("list_item", "c", 2, "list_item", ""), ("list_item", "d", 1, "", ""), ("paragraph", "e", 0, "", "")],
                 id="items that are not closed"),
    pytest.param("<table><caption>a</caption><tr><th>b<td>c<tr><td>d", [("caption", "a", 0, "", ""), ("table_cell", "b", 0, "", "th"),
                 ("table_cell", "c", 0, "", ""), ("table_cell", "d", 0, "", "")], id="a table"),
    pytest.param("<blockquote>\n\na\n\n</blockquote>\n\nb", [("paragraph", "a", 0, "quote", ""), ("paragraph", "b", 0, "", "")],
                 id="Markdown in a quote of HTML"),
    pytest.param("> <blockquote>a\n\nb", [("paragraph", "a", 0, "quote/quote", ""), ("paragraph", "b", 0, "", "")],
                 id="a quote of Markdown ends the HTML in it"),
    pytest.param("<figure><img alt='a' src='x'><figcaption>b</figcaption></figure>", [("alt_text", "a", 0, "", ""),
                 ("caption", "b", 0, "", "")], id="a figure"),
    pytest.param("<dl><dt>a<dd>b<dd>c</dl>", [("definition", "a", 0, "", "dt"), ("definition", "b", 0, "", "dd"),
                 ("definition", "c", 0, "", "dd")], id="definitions"),
    pytest.param("<details><summary>a</summary>\n\nb\n</details>", [("paragraph", "a", 0, "", "summary"), ("paragraph", "b", 0, "", "")],
                 id="a summary"),
    pytest.param("a<br>b<br/><br>c", [("paragraph", "a\nb\nc", 0, "", "")], id="line breaks"),
    pytest.param("a <div>b</div> c", [("paragraph", "a", 0, "", ""), ("paragraph", "b", 0, "", ""), ("paragraph", "c", 0, "", "")],
                 id="a block inside of a paragraph"),
    pytest.param("<button aria-label='a b'>c</button><input type=submit value='d e'><input placeholder='f g'>",
                 [("prop", "a b", 0, "", "aria-label"), ("paragraph", "c", 0, "", ""), ("prop", "d e", 0, "", "value"),
                  ("prop", "f g", 0, "", "placeholder")], id="a form's attributes"),
    pytest.param("<meta name='Description' content='a b'>", [("front_matter", "a b", 0, "", "description")], id="what a search shows"),
    pytest.param("a <code>b\n\nc</code> d", [("paragraph", "a b", 0, "", ""), ("paragraph", "c d", 0, "", "")], id="code is of one paragraph"),
    pytest.param("It can:<hr>\n\n- a", [("paragraph", "It can:", 0, "", ""), ("list_item", "a", 1, "", "")], id="a rule"),
    pytest.param("<p hidden>a", [("paragraph", "a", 0, "", "")], id="what is hidden by an attribute is copy"),
    pytest.param("<my-card title='a b'>\n\nc", [("prop", "a b", 0, "", "title"), ("paragraph", "c", 0, "", "")], id="an element of one's own"),
])  # fmt: skip
def test_html(text, expected, read):
    assert blocks(read(text)) == expected


@pytest.mark.parametrize(("text", "leads"), [
    pytest.param("It can:\n\n- a\n- b", [-1, 0, 0], id="a colon"),
    pytest.param("It can …\n\n- a", [-1, 0], id="an ellipsis"),
    pytest.param("Acupuncture can\n- a", [-1, 0], id="no end of a sentence"),
    pytest.param("**It can:**\n- a", [-1, 0], id="a colon in bold"),
    pytest.param("It can (for instance):\n- a", [-1, 0], id="brackets before a colon"),
    pytest.param("It can.\n\n- a", [-1, -1], id="a whole sentence leads nothing in"),
    pytest.param("“It can.”\n\n- a", [-1, -1], id="nor does one in quotes"),
    pytest.param("# What it can do\n\n- a", [-1, 0], id="a heading"),
    pytest.param("# Can it?\n\n- a", [-1, 0], id="a question that is a heading"),
    pytest.param("# A\n\nb.\n\n- c", [-1, -1, -1], id="a heading with text below it"),
    pytest.param("It can:\n\na\n\nb", [-1, -1, -1], id="a paragraph is not led in"),
    pytest.param("It can:\n\n```\nx\n```\n\n- a", [-1, -1], id="not over a block of code"),
    pytest.param("It can:\n\n---\n\n- a", [-1, -1], id="not over a rule"),
    pytest.param("It can:\n\n![](x)\n\n- a", [-1, 0], id="over an image without words"),
    pytest.param("It can:<hr>\n\n- a", [-1, -1], id="not over a rule of HTML"),
    pytest.param("`x`\n\n- a", [-1, -1], id="code says nothing"),
    pytest.param("> It can:\n\n- a", [-1, -1], id="not out of a quote"),
    pytest.param("It can:\n\n> - a", [-1, -1], id="not into a quote"),
    pytest.param("- a\n  - b\n  - c\n- d", [-1, 0, 0, -1], id="an item leads into the list in it"),
    pytest.param("- a.\n\n  It can:\n  - b", [-1, -1, 1], id="an item's further paragraph"),
    pytest.param("It can:\n- - a", [-1, 0], id="an item without words passes on what leads to it"),
    pytest.param("1. It can:\n- a", [-1, 0], id="the item of the list before"),
    pytest.param("1. It can\n- a", [-1, -1], id="which needs its colon"),
    pytest.param("It can:\n\n- a\n\n  b", [-1, 0, -1], id="not an item's second paragraph"),
    pytest.param("|a|b|c|\n|-|-|-|\n|d|e|f|", [-1, -1, -1, -1, 3, 3], id="the first cell of a row"),
    pytest.param("|a|b|c|\n|-|-|-|\n||e|f|", [-1, -1, -1, -1, -1], id="an empty first cell leads nothing in"),
    pytest.param("Tea\n: Leaves\n: Drink", [-1, 0, 0], id="a term"),
    pytest.param("<p>It can:<ul><li>a<ol><li>b</ol></ul>", [-1, 0, 1], id="lists of HTML"),
    pytest.param("<table><tr><th>a<th>b<tr><td>c<td>d<td>e<tr><td><td>f", [-1, -1, -1, 2, 2, -1], id="rows of HTML"),
    pytest.param("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>", [-1, 0, 0, -1, 3], id="terms of HTML"),
])  # fmt: skip
def test_what_leads_in(text, leads, read):
    assert [block.lead for block in read(text).blocks] == leads


@pytest.mark.parametrize(("text", "headings"), [
    pytest.param("a\n\n# B\n\nc\n\n## D\n\ne\n\n# F\n\ng", [-1, -1, 1, 1, 3, -1, 5], id="levels"),
    pytest.param("# A\n\n> ## B\n>\n> c\n\nd", [-1, 0, 1, 0], id="a quote's heading holds in the quote"),
    pytest.param("# A\n\n### B\n\n## C\n\nd", [-1, 0, 0, 2], id="a level that is left out"),
    pytest.param("# A\n\n- b\n\n|c|\n|-|\n", [-1, 0, 0], id="items and cells"),
    pytest.param("# ![a](x)\n\nb", [-1, -1], id="a heading that shows nothing"),
])  # fmt: skip
def test_headings(text, headings, read):
    assert [block.heading for block in read(text).blocks] == headings


def links(text, read, suffix=".md"):
    document = read(text, suffix)
    return [
        (link.url, text[link.span.start : link.span.end], document.prose.text[link.start : link.end], link.block)
        for link in document.links
    ]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("a [b c](/u&amp;v 't') d", [("/u&v", "[b c](/u&amp;v 't')", "b c", 0)], id="a link, its URL decoded"),
    pytest.param("[a][1] [1]\n\n[1]: /u", [("/u", "[a][1]", "a", 0), ("/u", "[1]", "1", 0)], id="references, where they are used"),
    pytest.param("<https://x.example> <me@x.example>", [("https://x.example", "<https://x.example>", HIDDEN, 0),
                 ("mailto:me@x.example", "<me@x.example>", HIDDEN, 0)], id="autolinks show no words"),
    pytest.param("See https://x.example/a_b*c, www.x.example. (http://x.example/(a))", [
                 ("https://x.example/a_b*c", "https://x.example/a_b*c", HIDDEN, 0), ("http://www.x.example", "www.x.example", HIDDEN, 0),
                 ("http://x.example/(a)", "http://x.example/(a)", HIDDEN, 0)], id="bare addresses"),
    pytest.param("me.you@x.example", [("mailto:me.you@x.example", "me.you@x.example", HIDDEN, 0)], id="a bare mail address"),
    pytest.param("[https://x.example](/u)", [("/u", "[https://x.example](/u)", HIDDEN, 0)], id="an address as a link's words"),
    pytest.param("![a](/i)", [("/i", "![a](/i)", "a", 0)], id="an image"),
    pytest.param("[![a](/i)](/u)", [("/u", "[![a](/i)](/u)", "a", 0), ("/i", "![a](/i)", "a", 0)], id="an image speaks for its link"),
    pytest.param("[![](/i)](/u)", [("/u", "[![](/i)](/u)", "", -1), ("/i", "![](/i)", "", -1)], id="a link without words"),
    pytest.param("<a href='/u?a&amp;b'>c</a> d", [("/u?a&b", "<a href='/u?a&amp;b'>c</a>", "c", 0)], id="a link of HTML"),
    pytest.param("<a href='/u'><div>c</div>d</a>", [("/u", "<a href='/u'><div>c</div>d</a>", "c", 0)], id="round blocks, the first one's words"),
    pytest.param("<a href='/u'>c <a href='/v'>d</a>", [("/u", "<a href='/u'>", "c", 0), ("/v", "<a href='/v'>d</a>", "d", 0)],
                 id="a link that is not closed ends at the next"),
    pytest.param("<a href='/u'>\n<img src='/i' alt='c'>\n</a>", [("/u", "<a href='/u'>\n<img src='/i' alt='c'>\n</a>", "c", 0),
                 ("/i", "<img src='/i' alt='c'>", "c", 0)], id="an image of HTML"),
    pytest.param("[a]({{< ref \"b c\" >}}) ![d]({{ e }} 't')", [('{{< ref "b c" >}}', "[a]({{< ref \"b c\" >}})", "a", 0),
                 ("{{ e }}", "![d]({{ e }} 't')", "d", 1)], id="a shortcode as URL"),
    pytest.param("- [ a ](/u)", [("/u", "[ a ](/u)", "a", 0)], id="white space round the words"),
    pytest.param("`https://x.example`", [], id="code"),
    pytest.param("---\nnote: see https://x.example now\n---\n", [], id="front matter"),
])  # fmt: skip
def test_links(text, expected, read):
    assert links(text, read) == expected


def test_a_link_says_its_title_and_rel(read):
    (link, html) = read("[a](/u 'b &amp; c')<a href=/v rel='sponsored nofollow' title=d>e</a>").links
    assert (link.title, link.rel, link.image) == ("b & c", None, False)
    assert (html.title, html.rel, html.image) == ("d", "sponsored nofollow", False)


def test_struck_out(read):
    document = read("a ~~b *c*~~ <del>d</del>\n\n| ~~e f~~ | g |\n|---|---|\n\n<s>h</s> ~~i\nj~~")
    assert [document.prose.text[start:end] for start, end in document.struck] == ["b c", "d", "e f", "h", "i j"]


def test_strong(read):
    document = read("a **b *c*** <b>d</b> ****e**** x\n\n<strong>f</strong> **g\nh**")
    assert [document.prose.text[start:end] for start, end in document.strong] == ["b c", "d", "e", "f", "g h"]


@pytest.mark.parametrize(("text", "comments"), [
    pytest.param("<!-- a -->\n\nb <!--c--> d", [("a", "<!-- a -->"), ("c", "<!--c-->")], id="on a line and in one"),
    pytest.param("<div><!-- a\n b -->\n</div>", [("a\n b", "<!-- a\n b -->")], id="over lines"),
    pytest.param("> <!-- a\n> b -->", [("a\nb", "<!-- a\n> b -->")], id="in a quote"),
    pytest.param("`<!-- a -->`\n\n    <!-- b -->", [], id="not in code"),
    pytest.param("---\ntitle: a # healthlint-disable-line b -- c\n---\n", [
                 ("healthlint-disable-line b -- c", "# healthlint-disable-line b -- c")], id="in front matter"),
])  # fmt: skip
def test_comments(text, comments, read):
    assert [(one.text, text[one.span.start : one.span.end]) for one in read(text).comments] == comments


@pytest.mark.parametrize(("text", "language"), [
    pytest.param("a", None, id="unsaid"),
    pytest.param("---\nlang: de-CH\n---\n", "de-ch", id="front matter"),
    pytest.param("+++\nlocale = 'fr'\n+++\n", "fr", id="TOML"),
    pytest.param("<html lang=\"es\">\n<body>", "es", id="an html tag"),
    pytest.param("<body lang=EN>", "en", id="a body tag"),
    pytest.param("<p lang=de>a", None, id="a paragraph speaks for itself"),
])  # fmt: skip
def test_language(text, language, read):
    assert read(text).language == language


@pytest.mark.parametrize(("text", "words", "note"), [
    pytest.param("---\ntitle: a\n\nb", "title: a\n\nb", (0, 3), id="front matter that is not closed"),
    pytest.param("---\na: b: c\n---\nd", "b: c\n\nd", (8, 8), id="front matter that is no YAML"),
    pytest.param("+++\na = b c\n+++\nd", None, (8, 8), id="front matter that is no TOML"),
    pytest.param("+++\na = 1\nb = c d\n+++\n", None, (14, 14), id="a fault in a later line"),
    pytest.param("<!-- a b\n\nc", "a b c", (0, 4), id="a comment that is not closed"),
    pytest.param("<script>\n\na b", "a b", (0, 8), id="a script that is not closed"),
])  # fmt: skip
def test_what_cannot_be_read_as_meant_is_noted_and_read(text, words, note, read):
    document = read(text)
    assert [span for span, _ in document.notes] == [Span(*note)]
    assert words is None or document.prose.text == words


def test_what_is_shown_is_tidy(read):
    document = read("a  b\u00a0\tc\u200b \ufeffd <b> e</b>\n   f&shy;g  \nh&#10;i\u2028j &zwj;")
    assert document.prose.text == "a b c d e fg\nh i j"


def test_a_page_that_says_nothing_has_no_blocks(read):
    document = read("\ufeff\n \t\n&nbsp;\n\n\u200b\n\n<p> </p>\n")
    assert (document.prose.text, document.blocks) == ("", ())


def test_prices_are_no_formula(read):
    assert read("Now $39, was $49: save $10.").prose.text == "Now $39, was $49: save $10."


def test_props_are_configurable(read):
    from healthlint.readers import ReadOptions

    text = "<p title='a b' data-note='c d'>e"
    assert [block.kind for block in read(text, options=ReadOptions(frozenset({"data-note"}))).blocks] == [
        "prop",
        "paragraph",
    ]
