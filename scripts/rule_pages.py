"""A page for each rule, and the index of them, made of the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from healthlint import plugs
from healthlint.book import Book
from healthlint.rule import CATEGORIES, FRAMES, PACKS, TIERS, Citation, Example, Rule

FRAME_WORDS = {
    "assert": "stated",
    "hedge": "stated with a hedge (“may”, “could”)",
    "negate": "denied",
    "question": "asked",
    "attribute": "attributed to somebody who is named",
    "report": "reported as what others claimed",
    "quote": "quoted",
    "testimonial": "told by a customer",
    "instruct": "part of advice or a warning",
    "define": "defined",
    "regulate": "said of or by an authority",
    "disclaimer": "part of a disclaimer",
}
PACK_WORDS = {
    "us-ftc": "US: FTC, advertising",
    "us-fda": "US: FDA, labels and what makes a drug",
    "us-state": "US: the states",
    "uk": "United Kingdom",
    "eu": "European Union",
    "au": "Australia",
    "ca": "Canada",
    "platform": "Advertising platforms (on request)",
    "editorial": "Good editorial practice (on request)",
    "all": "Everywhere",
}
TIER_WORDS = {"core": "on by default", "extended": "on by default", "strict": "on request"}
CONTEXT_WORDS = {
    "any": "",
    "commercial": "It is silent on an editorial page (journalism, patient information).",
    "lower": "On an editorial page (journalism, patient information) it is one step milder.",
}
HEDGE_WORDS = {
    "lower": "A hedge, or a source that is named, makes it one step milder.",
    "keep": "A hedge, or a source that is named, makes it no milder.",
}
BY_WORDS = frozenset({"phrases", "together", "links"})
"""The ways that ask in which frame something stands."""
NOTE = "<!-- Made by scripts/generate.py from {source}: change that. -->"


def pages(book: Book) -> dict[str, str]:
    """Return the text of each page by its file's name, the index among them."""
    folded_by: dict[str, list[str]] = {}
    for rule in book.rules:
        for other in rule.folds:
            folded_by.setdefault(other, []).append(rule.id)
    texts = {f"{rule.id}.md": _page(rule, book, folded_by.get(rule.id, [])) for rule in book.rules}
    texts["index.md"] = _index(book)
    return {name: "\n".join(lines) + "\n" for name, lines in texts.items()}


def _page(rule: Rule, book: Book, folded_by: list[str]) -> Iterator[str]:
    yield NOTE.format(source=f"rules/{rule.category}/{rule.id}.yaml")
    yield f"# {_plain(rule.title)}"
    yield ""
    yield f"`{rule.id}` · {rule.severity} · confidence {rule.confidence} · tier {rule.tier} ({TIER_WORDS[rule.tier]}) ·"
    yield f"category [{rule.category}](index.md#{rule.category}) · packs {', '.join(rule.packs)} · since {rule.since}"
    yield from _section("What it says", [_code(rule.message)])
    yield from _section("Why", [_plain(rule.why)])
    yield from _section("What to write instead", [_plain(rule.instead), "", f"> {_plain(rule.rewrite)}"])
    yield from _section("Marked", _examples(rule, "flag"), "What is marked stands between `[[` and `]]`.")
    yield from _section("Not marked", _examples(rule, "pass"))
    yield from _section("Known misses", _examples(rule, "todo"))
    yield from _section("When it speaks", _conditions(rule, book))
    yield from _section("Beside other rules", _neighbours(rule, folded_by))
    yield from _section("Law", _law(rule.law))
    yield from _section("To let it through", _silencing(rule))


def _section(title: str, lines: Iterable[str], before: str = "") -> Iterator[str]:
    """Yield a section; nothing where there are no lines."""
    below = list(lines)
    if below:
        yield from ("", f"## {title}", *([before, ""] if before else ()), *below)


def _examples(rule: Rule, verdict: str) -> Iterator[str]:
    """Yield a verdict's examples: in code, so that no linter takes them for ours."""
    for example in rule.examples:
        if example.verdict == verdict:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    marked = example.text
    for start, end in reversed(example.marks):
        marked = f"{marked[:start]}[[{marked[start:end]}]]{marked[end:]}"
    given = [example.product, example.context, *(example.packs or ())]
    for_whom = f" ({', '.join(name for name in given if name)})" if any(given) else ""
    if "\n" in marked.strip():
        yield f"- {example.suffix[1:]}{for_whom}:"
        yield from _block(marked, "text")
    else:
        yield f"- {_code(marked.strip())}{for_whom}{', with' if example.claims else ''}"
    if example.claims:
        yield from _block(example.claims, "yaml")


def _block(text: str, language: str) -> Iterator[str]:
    """Yield a text of several lines, as part of an item."""
    fence = "`" * max(3, 1 + _longest_run(text))
    yield ""
    yield f"  {fence}{language}"
    yield from (f"  {line}".rstrip() for line in text.strip("\n").split("\n"))
    yield f"  {fence}"


def _conditions(rule: Rule, book: Book) -> Iterator[str]:
    kinds = dict.fromkeys(kind for kind, _ in book.code[rule.id].checks)
    for kind in kinds:
        yield f"- [`{kind.replace('_', '-')}`](../../rules/README.md#find-ways-to-find): {_way(kind)}"
    if not BY_WORDS.isdisjoint(kinds):
        spoken = [FRAME_WORDS[frame] for frame in FRAMES if frame in rule.frames]
        silent = [FRAME_WORDS[frame] for frame in FRAMES if frame not in rule.frames]
        yield f"- It counts what is {_either(spoken)}" + (f", not what is {_either(silent)}." if silent else ".")
        if not rule.frames.isdisjoint(("hedge", "attribute")):
            yield f"- {HEDGE_WORDS[rule.hedge]}"
    if CONTEXT_WORDS[rule.context]:
        yield f"- {CONTEXT_WORDS[rule.context]}"
    if rule.products:
        yield f"- It is for these products alone: {', '.join(rule.products)}."
    for pack, severity in rule.severity_by_pack.items():
        yield f"- Under {pack} it is: {severity}."


def _way(kind: str) -> str:
    """Return what a check says of itself: the first line of its module."""
    return (plugs.load("healthlint.checks", kind).__doc__ or "").partition("\n")[0]


def _neighbours(rule: Rule, folded_by: list[str]) -> Iterator[str]:
    if rule.folds:
        yield f"- Where they mark the same words, the finding is its own, not that of {_links(rule.folds)}."
    if folded_by:
        yield f"- Where they mark the same words, the finding is that of {_links(folded_by)}."


def _law(law: Iterable[Citation]) -> Iterator[str]:
    for pack, citations in groupby(law, key=lambda citation: citation.pack):
        yield f"- **{PACK_WORDS[pack]}**"
        for citation in citations:
            name = f"[{_plain(citation.cite)}](<{citation.url}>)" if citation.url else _plain(citation.cite)
            told = [f"read {citation.checked}"] if citation.checked else []
            told += [citation.status] if citation.status else []
            says = f": {_plain(citation.says)}" if citation.says else ""
            yield f"  - {name}{says} *({'; '.join(told)})*"


def _silencing(rule: Rule) -> Iterator[str]:
    yield "```yaml"
    yield f"rules: {{{rule.id}: off}}   # in .healthlint.yaml"
    yield "```"
    if rule.category != "lint":
        yield "```markdown"
        yield f"<!-- healthlint-disable-next-line {rule.id} -- the reason -->"
        yield "```"


def _index(book: Book) -> Iterator[str]:
    yield NOTE.format(source="rules/")
    yield "# Rules"
    yield ""
    yield f"{len(book.rules)} rules, by [category](#by-category), [tier](#by-tier) and [pack](#by-pack)."
    yield "[Writing rules](../writing-rules.md) tells how to add one."
    yield from ("", "## By category")
    for category in CATEGORIES:
        rules = [rule for rule in book.rules if rule.category == category]
        rows = [
            f"| [{rule.id}]({rule.id}.md) | {_cell(rule.title)} | {rule.severity} | {rule.tier} |" for rule in rules
        ]
        if rows:
            yield from ("", f"### {category}", "", "| rule | problem | severity | tier |", "|---|---|---|---|", *rows)
    yield from ("", "## By tier")
    for tier in TIERS:
        rules = [rule for rule in book.rules if rule.tier == tier]
        yield from ("", f"### {tier}", f"{len(rules)} rules, {TIER_WORDS[tier]}.", "")
        yield from _listed(rules)
    yield from ("", "## By pack")
    for pack in PACKS:
        rules = [rule for rule in book.rules if pack in rule.packs]
        yield from ("", f"### {pack}", f"{PACK_WORDS[pack]}: {len(rules)} rules.", "")
        yield from _listed(rules)


def _listed(rules: list[Rule]) -> Iterator[str]:
    for category in CATEGORIES:
        ids = [rule.id for rule in rules if rule.category == category]
        if ids:
            yield f"- {category}: {_links(ids)}"


def _links(ids: Iterable[str]) -> str:
    return ", ".join(f"[{rule_id}]({rule_id}.md)" for rule_id in ids)


def _either(words: list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1]) if words[1:] else words)


def _code(text: str) -> str:
    """Return a code span that shows `text` as it is, on one line."""
    marks = "`" * (1 + _longest_run(text))
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{room}{text}{room}{marks}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _plain(text: str) -> str:
    r"""Return Markdown that reads as `text`: "5\* \_reviews\_"."""
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


def _cell(text: str) -> str:
    return _plain(text).replace("|", r"\|")
