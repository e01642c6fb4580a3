"""MDX: JavaScript and tags are passed over, props and children read."""

from __future__ import annotations

import pytest

from healthlint.text import HIDDEN


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("# A {b}", [("heading", f"A {HIDDEN}")], id="an expression is hidden"),
    pytest.param("a {/* b */} c\n{/* d\n\ne */}", [("paragraph", "a c")], id="a comment shows nothing"),
    pytest.param("a {'b'}{\" \"}{`c\n d ${e} f`}", [("paragraph", f"a b c d {HIDDEN} f")], id="an expression that is a string"),
    pytest.param("a {b ? `c ${d ? '}' : \"}\"} e` : '}'} f", [("paragraph", f"a {HIDDEN} f")], id="braces in strings"),
    pytest.param("a {b // }\n} c", [("paragraph", f"a {HIDDEN} c")], id="braces in comments"),
    pytest.param("a { b", [("paragraph", "a { b")], id="a brace that is not closed is text"),
    pytest.param("a \\{b\\} c", [("paragraph", "a {b} c")], id="escaped braces"),
    pytest.param("`{a` b {c}", [("paragraph", f"{HIDDEN} b {HIDDEN}")], id="a brace in code"),
    pytest.param("```\n{a\n```\nb {c}", [("paragraph", f"b {HIDDEN}")], id="a brace in a block of code"),
    pytest.param("import a from 'b'\nimport {\n  c\n} from 'd'\n\ne", [("paragraph", "e")], id="imports"),
    pytest.param("export const a = {\n\n  b: { c: 1 }\n\n}\n\nd", [("paragraph", "d")], id="an export with empty lines"),
    pytest.param("export const a = {\n\nb", [("paragraph", "b")], id="an export that is not closed"),
    pytest.param("Import taxes.\nexport duties", [("paragraph", "Import taxes. export duties")], id="prose that begins alike"),
    pytest.param("export const a = { title: \"b c\", url: 'd e' }", [("prop", "b c")], id="strings that are named like props"),
    pytest.param("<A title=\"b &amp; c\" className='d e' data={{ label: 'f', x: 'g h' }} />", [("prop", "b & c"), ("prop", "f")], id="props"),
    pytest.param("<A.B title={`b ${c} d`} {...e} f />", [("prop", f"b {HIDDEN} d")], id="a template, a spread, a switch"),
    pytest.param("<A>\n*b*\n</A>", [("paragraph", "b")], id="a child without empty lines"),
    pytest.param("<A>\n    b\n\n        c\n    - d\n      - e\n</A>\n\nf", [("paragraph", "b"), ("paragraph", "c"), ("list_item", "d"),
                 ("list_item", "e"), ("paragraph", "f")], id="indents are for show"),
    pytest.param("<A>\n  <B>\n    ```\n    c\n    ```\n    # D\n  </B>\n</A>", [("heading", "D")], id="two tags deep"),
    pytest.param("- a\n  <B>\n  c\n  </B>\n- d", [("list_item", "a"), ("paragraph", "c"), ("list_item", "d")], id="in an item"),
    pytest.param("> <B>\n> c\n> </B>", [("paragraph", "c")], id="in a quote"),
    pytest.param("<A\n  b={() => {\n\n  }}\n>\nc\n</A>", [("paragraph", "c")], id="a tag over lines"),
    pytest.param("a <B>c</B>\nd", [("paragraph", "a c d")], id="a component in a line"),
    pytest.param("<B>a</B>\nc", [("paragraph", "a c")], id="a component that begins a line"),
    pytest.param("<B>a</B><C>d</C>", [("paragraph", "a"), ("paragraph", "d")], id="components that fill a line"),
    pytest.param("< /> </ a", [("paragraph", "< /> </ a")], id="what is no tag"),
    pytest.param("<A b={c", [("paragraph", "<A b={c")], id="a prop that does not end"),
    pytest.param("<A>\n    b</A>\n\nc", [("paragraph", "b"), ("paragraph", "c")], id="a tag that closes at the end of a line"),
    pytest.param("{'a\\u{62}\\x63\\n\\'d\\\n'}", [("paragraph", "abc 'd")], id="escapes"),
    pytest.param("<>a</>", [("paragraph", "a")], id="a fragment"),
    pytest.param("<p>a</p><p>b</p>", [("paragraph", "a"), ("paragraph", "b")], id="tags of HTML"),
    pytest.param("<h2>a</h2>\n<ul>\n  <li>b</li>\n</ul>\n<blockquote>c</blockquote>", [("heading", "a"), ("list_item", "b"), ("paragraph", "c")],
                 id="headings, items, quotes of HTML"),
    pytest.param("a<br/>b <img alt='c d' src='e'/>", [("paragraph", "a\nb"), ("alt_text", "c d")], id="empty tags"),
    pytest.param("<style>{`a { b }`}</style>\n\n<code>{c}</code> d", [("paragraph", f"{HIDDEN} d")], id="style and code"),
    pytest.param("<!-- a -->\n\nb", [("paragraph", "b")], id="a comment as in HTML"),
    pytest.param("1 < 2 and a<b", [("paragraph", "1 < 2 and a<b")], id="signs that are no tags"),
    pytest.param("<https://x.example>", [("paragraph", HIDDEN)], id="an autolink"),
    pytest.param("<A title=\"b", [("paragraph", "<A title=\"b")], id="a tag that does not end"),
    pytest.param("{a.map(b => <C title=\"d\">it cures</C>)}", [("paragraph", HIDDEN), ("prop", "d"), ("prop", "it cures")], id="JSX in an expression"),
    pytest.param("{a.b(c => c.d > 1 && e < 2)}", [("paragraph", HIDDEN)], id="comparisons in an expression"),
    pytest.param("---\ntitle: a\n---\n\nb {c}", [("front_matter", "a"), ("paragraph", f"b {HIDDEN}")], id="front matter"),
    pytest.param("a\r\n<B>\r\n    c\r\n</B>\r\n", [("paragraph", "a"), ("paragraph", "c")], id="CRLF"),
])  # fmt: skip
def test_mdx(text, expected, shown):
    assert shown(text, ".mdx") == expected


def test_links(read):
    text = '<a href="/a" rel="nofollow">b</a> <Button href={\'/c\'} label="d" /> <Link to="/e">f</Link> [g](/h)'
    document = read(text, ".mdx")
    assert [(link.url, document.prose.text[link.start : link.end], link.rel) for link in document.links] == [
        ("/a", "b", "nofollow"), ("/c", "", None), ("/e", "f", None), ("/h", "g", None),
    ]  # fmt: skip


def test_comments(read):
    text = "{/* healthlint-disable-line a -- b */}\n\n<!-- c -->\n\n{ /* d */ }\n\n{/* e */ f}"
    assert [one.text for one in read(text, ".mdx").comments] == ["healthlint-disable-line a -- b", "c", "d"]


def test_strong_and_quotes_of_components(read):
    document = read("<blockquote>\n\n<strong>a</strong> b\n\n</blockquote>", ".mdx")
    assert [document.prose.text[start:end] for start, end in document.strong] == ["a"]
    assert [block.inside for block in document.blocks] == [("quote",)]
