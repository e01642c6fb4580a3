"""Markdown in which the words of a document stand as code: they mark up nothing, link nowhere and mention nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.reporters._plain import is_web, plain
from healthlint.rule import Citation, Rule

_MARKS = re.compile(r"[\\`*_\[\]<>#|~@]")
_SLOT = re.compile(r"\{\w+\}")
_TICKS = re.compile("`+")


def escaped(text: str) -> str:
    """Return `text`, which is a rule's, on one line, its marks escaped."""
    return _MARKS.sub(r"\\\g<0>", plain(text).replace("&", "&amp;"))


def code(text: str) -> str:
    """Return `text`, whatever it is, as a span of code on one line."""
    shown = plain(text)
    if not shown:
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    room = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{fence}{room}{shown}{room}{fence}"


def message(finding: Finding) -> str:
    """Return the message, what it takes from the document as code."""
    return "".join(_parts(finding.rule.message, finding.message))


def link(text: str, url: str) -> str:
    """Return a link, or the text alone where the address is none for the web."""
    if not is_web(url):
        return escaped(text)
    target = "".join(f"%{ord(character):02X}" if character in "<>\\()[]`\"'|*_~" else character for character in url)
    # "_" and "~" may stand in an address as they are, and often do.
    return f"[{escaped(text)}](<{target.replace('%5F', '_').replace('%7E', '~')}>)"


def law(citation: Citation) -> str:
    """Return a citation with its link."""
    return f"{link(citation.cite, citation.url)} ({escaped(citation.pack)})"


def rule_help(rule: Rule) -> Iterator[str]:
    """Yield paragraphs about a rule: why, what to do, how it may read, by which law."""
    if rule.why.strip():
        yield escaped(rule.why)
    if rule.instead.strip():
        yield f"**Instead:** {escaped(rule.instead)}"
    if rule.rewrite.strip():
        yield f"**It may read:** {escaped(rule.rewrite)}"
    if rule.law:
        yield "**Law**\n\n" + "\n".join(f"- {law(citation)}" for citation in rule.law)


def _parts(template: str, text: str) -> Iterator[str]:
    """Yield what a message has from its rule escaped, and the rest as code; all of it as code where they do not fit."""
    literals = _SLOT.split(template)
    match = re.fullmatch("(.*?)".join(map(re.escape, literals)), text, re.DOTALL)
    if match is None:
        yield code(text)
        return
    for literal, words in zip(literals, (*match.groups(), ""), strict=True):
        # `escaped` takes blanks off the ends, and here they part a literal from the words beside it.
        lead, trail = literal[:1].isspace(), literal[-1:].isspace()
        yield f"{' ' if lead else ''}{escaped(literal)}{' ' if trail and literal.strip() else ''}"
        yield code(words)
