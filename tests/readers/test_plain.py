"""Plain text: which lines belong together, and the light markup of drafts."""

from __future__ import annotations

import textwrap

import pytest

from healthlint.text import HIDDEN

LONG = "This paragraph is long enough to be one by itself, for it has more than a hundred and twenty characters in it, all counted."
CAPITALS = (
    "WE DO NOT TAKE ANY RESPONSIBILITY FOR WHAT HAPPENS TO THOSE WHO DO\n"
    "NOT READ THE LABEL OF THE BOTTLE BEFORE THEY DRINK ALL OF IT AT ONCE\n"
    "AND THEN ASK FOR THEIR MONEY BACK"
)


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("one\ntwo three", [("paragraph", "one two three")], id="a line that begins in lower case goes on"),
    pytest.param("Made of leaves from the\nHills of Assam", [("paragraph", "Made of leaves from the Hills of Assam")],
                 id="a line that ends in an article goes on"),
    pytest.param("Fast delivery\nFree returns\nNo risk", [("paragraph", "Fast delivery\nFree returns\nNo risk")], id="short lines"),
    pytest.param(f"{LONG}\n{LONG}", [("paragraph", LONG), ("paragraph", LONG)], id="a paragraph a line"),
    pytest.param("We tested it for weeks. It was good.\nAnna liked it too, and so did all of\nher friends.\nBuy now",
                 [("paragraph", "We tested it for weeks. It was good. Anna liked it too, and so did all of her friends."), ("paragraph", "Buy now")],
                 id="a short line ends a paragraph that is wrapped"),
    pytest.param(CAPITALS, [("paragraph", CAPITALS.replace("\n", " "))], id="full lines in capitals"),
    pytest.param("a\n\nb\n \t\nc", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")], id="empty lines"),
    pytest.param("a\n-----\nb\n* * *\nc\nd\n---", [("heading", "a"), ("paragraph", "b"), ("paragraph", "c d")], id="rules, and one that underlines"),
])  # fmt: skip
def test_lines(text, expected, shown):
    assert shown(text, ".txt") == expected


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_hard_wrapping_changes_nothing(width, shown):
    text = (
        "Our drops were tried by forty people in London. They took them for a month, and Dr Ann Other asked them each week "
        "how they slept. Most of them said that they slept as before. Nobody had to stop."
    )
    assert shown(textwrap.fill(text, width), ".txt") == [("paragraph", text)]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("# A #\n## B\ntext", [("heading", "A", 1), ("heading", "B", 2), ("paragraph", "text", 0)], id="signs"),
    pytest.param("A\n===\nB\n---\n", [("heading", "A", 1), ("heading", "B", 2)], id="underlines"),
    pytest.param(f"How it works\n\n{LONG}", [("heading", "How it works", 2), ("paragraph", LONG, 0)], id="a title over a paragraph"),
    pytest.param(f"Does it work?\n\n{LONG}", [("heading", "Does it work?", 2), ("paragraph", LONG, 0)], id="a question"),
    pytest.param("Benefits\n\n- a\n- b", [("heading", "Benefits", 2), ("list_item", "a", 1), ("list_item", "b", 1)], id="a title over a list"),
    pytest.param(f"The tea\n\nBy Ann Other\n\n{LONG}", [("heading", "The tea", 2), ("paragraph", "By Ann Other", 0), ("paragraph", LONG, 0)],
                 id="a byline"),
    pytest.param(f"How it works.\n\n{LONG}", [("paragraph", "How it works.", 0), ("paragraph", LONG, 0)], id="a sentence is no title"),
    pytest.param(f"How it works:\n\n{LONG}", [("paragraph", "How it works:", 0), ("paragraph", LONG, 0)], id="nor what ends in a colon"),
    pytest.param(f"how it works\n\n{LONG}", [("paragraph", "how it works", 0), ("paragraph", LONG, 0)], id="nor what begins in lower case"),
    pytest.param(f"{LONG}\n\nBuy now", [("paragraph", LONG, 0), ("paragraph", "Buy now", 0)], id="nor what nothing follows"),
    pytest.param("Buy now\n\nIt is good.", [("paragraph", "Buy now", 0), ("paragraph", "It is good.", 0)], id="nor what a short line follows"),
    pytest.param(f"How it works\n{LONG}", [("paragraph", "How it works", 0), ("paragraph", LONG, 0)], id="nor without an empty line"),
    pytest.param("#hashtag #tea", [("paragraph", "#hashtag #tea", 0)], id="nor a hashtag"),
])  # fmt: skip
def test_headings(text, expected, read):
    document = read(text, ".txt")
    assert [(b.kind, document.prose.text[b.start : b.end], b.level) for b in document.blocks] == expected


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("It can:\n- a\n- b\n\nc", [("a", 1, 0), ("b", 1, 0)], id="a list after its lead-in"),
    pytest.param("It can:\n\n  • a\n    • b\n  • c", [("a", 1, 0), ("b", 2, 1), ("c", 1, 0)], id="indented bullets"),
    pytest.param("It can\n✓ a\n✔️b\n✅ c", [("a", 1, 0), ("b", 1, 0), ("c", 1, 0)], id="ticks"),
    pytest.param("1. a\n2) b\n10. c", [("a", 1, -1), ("b", 1, -1), ("c", 1, -1)], id="numbers"),
    pytest.param("- a\n\n- b\n\n  more\n- c", [("a", 1, -1), ("b", 1, -1), ("c", 1, -1)], id="empty lines between items"),
    pytest.param("• It helps you to fall asleep\n  and to wake up\n• and more", [("It helps you to fall asleep and to wake up", 1, -1),
                 ("and more", 1, -1)], id="an item on two lines"),
    pytest.param("- We tried it for weeks. At the end we found that our friend\nAnna slept as well as ever, and longer than before.", [
                 ("We tried it for weeks. At the end we found that our friend Anna slept as well as ever, and longer than before.", 1, -1)],
                 id="an item that is wrapped to the margin"),
    pytest.param("- a\nB", [("a", 1, -1)], id="a new line that is not indented ends a list"),
    pytest.param("It grew from 3 to\n12. Then it was 5 -\n- no, 6 of them", [("no, 6 of them", 1, 0)], id="a number that begins a line is none"),
    pytest.param("-5 degrees\n*starred*", [], id="a sign without a space is none"),
    pytest.param("* These words have no proof.", [("These words have no proof.", 1, -1)], id="a note with an asterisk"),
])  # fmt: skip
def test_items(text, expected, read):
    document = read(text, ".txt")
    items = [(document.prose.text[b.start : b.end], b.level, b.lead) for b in document.blocks if b.kind == "list_item"]
    assert items == expected


@pytest.mark.parametrize(("text", "shows"), [
    pytest.param("a **b** *c* _d_ __e__ ***f***", "a b c d e f", id="emphasis round words"),
    pytest.param("2*3*4 a_b_c fast* and safe* __init", "2*3*4 a_b_c fast* and safe* __init", id="signs that are none"),
    pytest.param("*These words were not\nchecked by anybody.*", "These words were not checked by anybody.", id="emphasis over lines"),
    pytest.param("*a **b* c**", "a **b c**", id="marks that cross"),
    pytest.param("a [b *c*](http://x.example/d(e)) f", "a b c f", id="a link"),
    pytest.param("a [b] (c)", "a [b] (c)", id="brackets that are no link"),
    pytest.param("a <b>b</b><br>c &amp; &nbsp;d &copy e", "a b\nc & d &copy e", id="tags and entities"),
    pytest.param("a < b > c <you@x>", "a < b > c <you@x>", id="signs that are no tags"),
    pytest.param("a <!-- b --> c", "a c", id="a comment"),
    pytest.param("see https://x.example/a_b_c.", f"see {HIDDEN}.", id="an address"),
    pytest.param("a\n```\nb\n```\nc", "a\n\nc", id="a fence round code"),
    pytest.param("a\n```\nb", "a ``` b", id="a fence that is not closed"),
    pytest.param("| a b\n| c", "| a b\n| c", id="bars that are no table"),
    pytest.param("    a\n\n        b", "a\n\nb", id="indents are no code"),
    pytest.param("a `b` {c} | d", "a `b` {c} | d", id="no other markup"),
])  # fmt: skip
def test_markup(text, shows, read):
    assert read(text, ".txt").prose.text == shows


def test_tables(read):
    document = read("Compare:\n| Tea | Harm |\n|---|:-:|\n| Ours | none |\n| | *much* |\n\n| a | b", ".txt")
    assert [(b.kind, document.prose.text[b.start : b.end], b.name, b.lead) for b in document.blocks] == [
        ("paragraph", "Compare:", "", -1), ("table_cell", "Tea", "th", -1), ("table_cell", "Harm", "th", -1),
        ("table_cell", "Ours", "", -1), ("table_cell", "none", "", 3), ("table_cell", "much", "", -1),
        ("paragraph", "| a | b", "", -1),
    ]  # fmt: skip


def test_links_strong_and_quotes(read):
    text = '> a **b** [c](/d "e f")\n> ![g](/h)\n\ni <a href=/j rel=nofollow>k</a> www.x.example'
    document = read(text, ".txt")
    assert [(k.url, document.prose.text[k.start : k.end], k.title, k.rel, k.image) for k in document.links] == [
        ("/d", "c", "e f", None, False), ("/h", "g", "", None, True), ("/j", "k", "", "nofollow", False),
        ("http://www.x.example", HIDDEN, "", None, False),
    ]  # fmt: skip
    assert [document.prose.text[start:end] for start, end in document.strong] == ["b"]
    assert [(b.kind, b.inside) for b in document.blocks] == [
        ("paragraph", ("quote",)), ("link_title", ("quote",)), ("alt_text", ("quote",)), ("paragraph", ()),
    ]  # fmt: skip


def test_a_directive_is_a_comment(read):
    document = read(
        "a\nhealthlint-disable-next-line b -- c\nd\n  healthlint-enable b\n\nSee healthlint-disable.", ".txt"
    )
    assert [one.text for one in document.comments] == ["healthlint-disable-next-line b -- c", "healthlint-enable b"]
    assert document.prose.text == "a\n\nd\n\nSee healthlint-disable."
