"""Front matter: which of it readers of a page see, where it is written, and what it says about the page."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthlint.readers._front_matter import is_copy
from healthlint.readers._scalars import text_of
from healthlint.readers._yaml import _from_library, _lines, _Plain, read_yaml


def copy(text, read):
    """Return the front matter blocks, key and words."""
    document = read(text)
    return [(b.name, document.prose.text[b.start : b.end]) for b in document.blocks if b.kind == "front_matter"]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("title: Tea & me", [("title", "Tea & me")], id="a plain value"),
    pytest.param("title: \"It's \\\"tea\\\" \\u2013 \\\n  now\"", [("title", "It's \"tea\" – now")], id="double quotes with escapes"),
    pytest.param("title: 'It''s tea'", [("title", "It's tea")], id="single quotes"),
    pytest.param("title: one\n  two", [("title", "one two")], id="a value on two lines"),
    pytest.param("title: Tea &amp; <b>me</b> **now**", [("title", "Tea & me now")], id="entities and tags"),
    pytest.param("text: |\n  a\n  b\n\n  c\ntitle: d", [("text", "a b\nc"), ("title", "d")], id="a block of text"),
    pytest.param("text: >2-\n   a\n   b", [("text", "a b")], id="a block with an indent of its own"),
    pytest.param("tags: [weight loss, \"sleep, well\", 'x']", [("tags.0", "weight loss"), ("tags.1", "sleep, well"), ("tags.2", "x")],
                 id="a list on one line"),
    pytest.param("tags:\n- sleep\n- 'weight loss'", [("tags.0", "sleep"), ("tags.1", "weight loss")], id="a list"),
    pytest.param("a:\n  b:\n    title: c\n  title: d\ntitle: e", [("a.b.title", "c"), ("a.title", "d"), ("title", "e")], id="nested keys"),
    pytest.param("faq:\n  - q: Does it help?\n    a: It cures.\n  - q: Is it safe?", [("faq.0.q", "Does it help?"), ("faq.0.a", "It cures."),
                 ("faq.1.q", "Is it safe?")], id="a list of mappings"),
    pytest.param("seo: {title: a b, image: {src: /x.png, alt: c d}}", [("seo.title", "a b"), ("seo.image.alt", "c d")], id="braces"),
    pytest.param("a: &x It cures\nb: *x\nc: !!str it heals", [("a", "It cures"), ("c", "it heals")], id="an anchor is read once"),
    pytest.param("? a b\n: it cures\n? [x]\n: it heals", [("a b", "it cures"), ("?.0", "x"), ("?", "it heals")], id="keys of an odd kind"),
    pytest.param("title: a: b", [("title", "a: b")], id="what is no YAML is read all the same"),
    pytest.param("title: [a b\nbad: \"it cures", [("title", "[a b"), ("bad", '"it cures')], id="brackets that are not closed"),
    pytest.param("title: a\x07b", [("title", "a\x07b")], id="characters that YAML forbids"),
    pytest.param("title: " + "[" * 2000, [], id="too many brackets"),
    pytest.param("- it cures\n- a: it heals", [("0", "it cures"), ("1.a", "it heals")], id="a list at the top"),
    pytest.param("title: a # it cures", [("title", "a")], id="a comment"),
    pytest.param("title:\ntext: ''\nnote: ~", [], id="nothing"),
])  # fmt: skip
def test_yaml(text, expected, read):
    assert copy(f"---\n{text}\n---\nx", read) == expected


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("title = \"Tea \\\"x\\\" \\u2013\"", [("title", "Tea \"x\" –")], id="a string with escapes"),
    pytest.param("title = 'a\\b'", [("title", "a\\b")], id="a literal string"),
    pytest.param("title = \"\"\"\na\n  b \\\n  c\"\"\"", [("title", "a b c")], id="a string of lines"),
    pytest.param("title = '''it's\n\"x\"'''", [("title", "it's \"x\"")], id="a literal string of lines"),
    pytest.param("[a.b]\ntitle = 'c'\n[[faq]]\nq = 'd e'\n[[faq]]\n\"q\" = 'f g'", [("a.b.title", "c"), ("faq.0.q", "d e"), ("faq.1.q", "f g")],
                 id="tables"),
    pytest.param("tags = ['a b', # it cures\n 'c d']\nseo = {title = 'e', x = {alt = 'f'}, y = ['g h']}",
                 [("tags.0", "a b"), ("tags.1", "c d"), ("seo.title", "e"), ("seo.x.alt", "f"), ("seo.y.0", "g h")], id="lists and tables on a line"),
    pytest.param("seo.title = 'a'\nweight = 3\ndraft = true\ndate = 2026-01-02T03:04:05Z", [("seo.title", "a")], id="keys with dots, no copy"),
    pytest.param("title = \"it cures\ntext = 'a b'", [("title", "it cures"), ("text", "a b")], id="a string that is not closed"),
    pytest.param("title = it cures", [("title", "it"), ("title", "cures")], id="what is no TOML is read all the same"),
    pytest.param("a = " + "[" * 5000, [], id="brackets that are too deep"),
    pytest.param("a = {b = 'c d'\n} \ntitle = 'e'", [("a.b", "c d"), ("title", "e")], id="a table that ends on another line"),
    pytest.param("] } = , [[[ \n = 'it cures'", [], id="no sense at all"),
])  # fmt: skip
def test_toml(text, expected, read):
    assert copy(f"+++\n{text}\n+++\nx", read) == expected


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("---\n---\na", "a", id="an empty one"),
    pytest.param("---\n\n---\na", "a", id="two rules round nothing"),
    pytest.param("---\na\n\n---\nb", "a\n\nb", id="rules round text"),
    pytest.param("--- \r\nslug: x\r\n--- \r\na", "a", id="CRLF, and spaces after the marks"),
    pytest.param("---\rslug: x\r---\ra", "a", id="CR alone"),
    pytest.param("---\nslug: x\n...\na", "a", id="three dots"),
    pytest.param("\ufeff---\nslug: x\n---\na", "a", id="a byte order mark"),
    pytest.param(" ---\nslug: x\n---\na", "slug: x\n\na", id="not at the start of the text"),
    pytest.param("+++\n+++\na", "a", id="an empty one of TOML"),
    pytest.param("----\nslug: x\n---\na", "slug: x\n\na", id="four dashes"),
])  # fmt: skip
def test_where_it_ends(text, words, read):
    assert read(text).prose.text == words


@pytest.mark.parametrize(("key", "value"), [
    ("title", "Cures"), ("seo.description", "cures-all"), ("hero_image_alt", "a cup"), ("summary", "x"), ("params.Sub-Title", "x"),
    ("tags.0", "sleep"), ("author", "Ann Other"), ("unknown", "It cures, safely"), ("unknown", "Tea: the cure"), ("cover.caption", "a b"),
    ("category", "news"), ("claims.2.text", "heals"), ("title", "/r/tea/"),
])  # fmt: skip
def test_is_copy(key, value):
    assert is_copy(key, value)


@pytest.mark.parametrize(("key", "value"), [
    ("slug", "it cures"), ("url", "/x"), ("date", "2 May 2026"), ("layout", "two column"), ("image", "a b.png"), ("aliases.0", "/a b/"),
    ("unknown", "https://x.example/a"), ("unknown", "img/a.png"), ("unknown", "a.html"), ("unknown", "2026-01-02"), ("unknown", "12,5%"),
    ("unknown", "true"), ("unknown", "weight-loss-tips"), ("unknown", "9f86d081884c7d65"), ("unknown", "#fff"), ("unknown", "12px"),
    ("healthlint.product", "supplement"), ("healthlint.packs.0", "uk"), ("keywords.0", "weight loss"), ("description", "https://x.example"),
    ("template", "it cures"), ("createdAt", "May"), ("background_image", "a b"), ("title", "***"),
])  # fmt: skip
def test_is_no_copy(key, value):
    assert not is_copy(key, value)


def test_meta_holds_every_value_as_written(read):
    text = '---\nhealthlint: {product: food}\nn: 0.10\nflag: no\ntags: [a, "b c"]\ntext: |\n  d\n  e\n---\n'
    meta = read(text).meta
    assert {key: value.text for key, value in meta.items()} == {
        "healthlint.product": "food", "n": "0.10", "flag": "no", "tags.0": "a", "tags.1": "b c", "text": "d e",
    }  # fmt: skip
    assert [text[value.span.start : value.span.end] for value in meta.values()] == [
        "food", "0.10", "no", "a", "b c", "  d\n  e",
    ]  # fmt: skip


def library(text):
    return [(one.key, text_of(one, text)) for one in _from_library(text, 0)]


def plain(text):
    scalars = _Plain(text, list(_lines(text, 0, len(text)))).read()
    return None if scalars is None else [(one.key, text_of(one, text)) for one in scalars]


VALUES = st.sampled_from(("a", "a b", "'a: b'", '"a # b"', "it''s", "1", "a:b", "a#b", "- a", "", "[a, 'b c']", "[]", "[a: b]", "*a", "&a b", "|", ">-",
                          "a: b", "a #b", "'a' b", "-a", "?a", "{a: b}", "!x a", "a, b", "%a", "@a", "`a`", "a]"))  # fmt: skip
LINES = st.lists(
    st.tuples(
        st.sampled_from((0, 0, 0, 1, 2, 4)),
        st.sampled_from(("k: ", "m.n: ", "'q r': ", "- ", "", "k:", "- k: ", "# ")),
        VALUES,
    ),
    max_size=8,
)


@given(lines=LINES)
@example(lines=[(0, "k:", ""), (2, "k: ", "|"), (4, "", "a b"), (0, "m.n: ", "a")])
@example(lines=[(0, "k:", ""), (0, "- ", "a"), (0, "- ", "'a: b'"), (0, "m.n: ", "a")])
def test_plain_yaml_is_read_as_the_library_reads_it(lines):
    """What the quick reader takes for plain, the library reads in the same way."""
    import yaml

    text = "\n".join(" " * indent + key + value for indent, key, value in lines) + "\n"
    quick = plain(text)
    if quick is None:
        return
    try:
        slow = library(text)
    except yaml.YAMLError:
        # More is forgiven here than there; nothing may be lost.
        assert read_yaml(text, 0, len(text))[0]
        return
    assert quick == [one for one in slow if one[1]]


def test_plain_yaml_does_without_the_library():
    text = "title: Tea\nseo:\n  title: \"a\"\n  list: [a, b]\ntags:\n  - a\n  - 'b'\ntext: >-\n  a\n  b\nlast: c\n"
    assert plain(text) == [
        ("title", "Tea"), ("seo.title", "a"), ("seo.list.0", "a"), ("seo.list.1", "b"), ("tags.0", "a"), ("tags.1", "b"),
        ("text", "a b"), ("last", "c"),
    ]  # fmt: skip
