"""A register of approved claims at work: where its words stand on a page, and what it answers for there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from healthlint.approval import Approval, Register
from healthlint.checks._conditions import Conditions
from healthlint.checks._match import Match, as_match
from healthlint.checks._page import Page
from healthlint.config import Settings
from healthlint.document import Document
from healthlint.exact_words import exact_words, placed_words, places_of
from healthlint.fold import fold
from healthlint.judging import covers
from healthlint.language.reading import Reading, Words
from healthlint.linter import Linter, Outcome
from healthlint.patterns.nodes import Code, Coded, Node, branches, word_set
from healthlint.patterns.nodes import Sequence as Phrase
from healthlint.patterns.phrase import parse
from healthlint.records import NamedTuple
from healthlint.selection import Choice, packs_in_force
from healthlint.verdicts import approvals
from healthlint.verdicts.approvals import Place

_PLAIN = re.compile("[a-z]+")
"""A word as the fold has it, without digits and signs."""
_MORE = "and or nor plus also & even especially particularly including like unlike than"
_JOINS = frozenset(f"{_MORE} with without in within after for by from".split())
"""Words with which a statement goes on, whatever sign stands before them."""
_SAY_NOTHING = frozenset("a an the our your this these that its and but so because since as yes why how".split())
"""Words right before a statement that change nothing of it."""


class _Wanted(NamedTuple):
    """An approval, ready to be looked for."""

    approval: Approval
    words: tuple[str, ...]
    """The words to look for; empty where there is a pattern."""
    names: tuple[tuple[str, ...], ...]
    """The words of the product names."""
    pattern: int
    """The number of its pattern, or -1."""
    needs: tuple[frozenset[str], ...]
    """Of each of these words one stands wherever the pattern does."""
    qualifiers: Conditions


class Claims:
    """A register in use with a linter, whose slots its patterns name."""

    def __init__(self, register: Register, linter: Linter) -> None:
        """Make the entries of `register` ready."""
        self.register = register
        self._linter = linter
        self._codes: list[Code] = []
        wanted = tuple(map(self._wanted, register.approvals))
        self._phrases = linter.phrases(self._codes)
        self._patterns = tuple(one for one in wanted if not one.words)
        self._wordings: dict[str, list[_Wanted]] = {}
        """By the longest word of each wording, which is the rarest as a rule; "" where it has signs and numbers alone."""
        for one in wanted:
            if one.words:
                self._wordings.setdefault(max(filter(_is_plain, one.words), key=len, default=""), []).append(one)

    def judge(
        self, document: Document, outcome: Outcome, settings: Settings, today: str, choices: Mapping[str, Choice]
    ) -> approvals.Verdict:
        """Return what the approvals leave of what was found in `document` under `settings`."""
        rules = self._linter.book.by_id
        terms = approvals.Terms(packs_in_force(settings), today, rules, choices, document.source)
        places = self.places(document, outcome.product)
        return approvals.judge(outcome.findings, outcome.folded, places, terms)

    def places(self, document: Document, product: str) -> tuple[Place, ...]:
        """Return where the words of the approvals stand on a page about `product` (a class, or "")."""
        view = fold(document.prose.text).decode("ascii")
        words = set(_PLAIN.findall(view))
        search = _Search(document, product, lambda: self._linter.page(document, self._phrases, _Everywhere))
        found = [search.place(*each) for each in self._worded(document, view, words)]
        patterns = [one for one in self._patterns if all(not words.isdisjoint(some) for some in one.needs)]
        if patterns:
            found += [search.place(*each) for unit in search.sentences for each in self._matched(patterns, unit)]
        search.close()
        return tuple(found)

    def _wanted(self, approval: Approval) -> _Wanted:
        phrase = parse(approval.pattern) if approval.pattern else ()
        pattern = self._number(phrase) if phrase else -1
        needs = tuple(
            some for kind, value in phrase if kind == "words" and all(map(_is_plain, some := word_set(value)))
        )
        qualifiers = tuple(
            (scope, tuple(self._number(parse(one)) for one in some)) for scope, some in approval.qualifiers
        )
        names = tuple(map(exact_words, approval.product_names))
        words = exact_words(approval.wording)
        return _Wanted(approval, words, names, pattern, needs, Conditions(with_=qualifiers))

    def _number(self, phrase: Phrase) -> int:
        self._codes.append(_code(phrase))
        return len(self._codes) - 1

    def _worded(self, document: Document, view: str, words: set[str]) -> Iterator[tuple[_Wanted, Match]]:
        """Yield where the wordings stand on a page, of which `view` is the folded text."""
        keys = self._wordings.keys()
        for block in document.blocks if keys & (words | {""}) else ():
            here = keys & {"", *_PLAIN.findall(view, block.start, block.end)}
            if here:
                among = placed_words(document.prose.text, block.start, block.end)
                for wanted in (one for key in sorted(here) for one in self._wordings[key]):
                    yield from ((wanted, Match(*place)) for place in places_of(wanted.words, among))

    def _matched(self, patterns: Iterable[_Wanted], unit: Words) -> Iterator[tuple[_Wanted, Match]]:
        """Yield where patterns stand in a sentence, at least one word of each in its own words."""
        for wanted in patterns:
            for hit in self._phrases[wanted.pattern].search(unit):
                if hit.last > unit.lead:
                    yield wanted, as_match(hit, unit)


class _Everywhere(Mapping[int, Sequence[Words]]):
    """What says of any phrase that it may stand in every sentence of a page."""

    def __init__(self, reading: Reading) -> None:
        """Take the page; its sentences are made when one is first asked for."""
        self._reading = reading

    @cached_property
    def _sentences(self) -> tuple[Words, ...]:
        reading = self._reading
        blocks = range(len(reading.document.blocks))
        return tuple(reading.sentence(block, at) for block in blocks for at in range(len(reading.sentences(block))))

    def __getitem__(self, phrase: int) -> Sequence[Words]:
        """Return the sentences, in order."""
        return self._sentences

    def __iter__(self) -> Iterator[int]:
        """Yield nothing: what the phrases are is not known."""
        return iter(())

    def __len__(self) -> int:
        """Return how many phrases are known."""
        return 0

    def __contains__(self, phrase: object) -> bool:
        """Return that it may stand."""
        return True


class _Search:
    """One page that is searched; what it takes is made when it is first asked for."""

    def __init__(self, document: Document, product: str, page: Callable[[], Page]) -> None:
        self._document = document
        self._product = product
        self._make = page

    @cached_property
    def _page(self) -> Page:
        return self._make()

    def close(self) -> None:
        """Let go of what was made: it holds on to itself."""
        if "_page" in self.__dict__:
            self._page.reading.forget()

    @cached_property
    def _words(self) -> str:
        """The words of the whole page, single spaces between and around."""
        return f" {' '.join(exact_words(self._document.prose.text))} "

    @property
    def sentences(self) -> Iterable[Words]:
        """Return the sentences of the page, in order."""
        return self._page.standing[0]

    def place(self, wanted: _Wanted, match: Match) -> Place:
        """Return where a match was written, and which of the approval's terms are met there."""
        approval, prose = wanted.approval, self._document.prose
        lead = prose.span(*match.lead) if match.lead is not None else None
        qualified = not wanted.qualifiers.with_ or self._page.allows(wanted.qualifiers, match)
        span = prose.span(match.start, match.end)
        goes_on = self._goes_on(wanted, match) or self._is_led(wanted, match)
        return Place(approval, span, lead, qualified, self._is_of_product(wanted), goes_on)

    def _goes_on(self, wanted: _Wanted, match: Match) -> bool:
        """Return whether the clause goes on behind a match with more than a qualifier, or another is joined to it."""
        reading = self._page.reading
        sentence = reading.sentence_at(match.end - 1)
        first = sentence.index(match.end)
        if first < len(sentence.words):
            clause = reading.clause_of(sentence, first - 1)
            last = max(first, clause.first + len(clause.words))
            return self._says_more(wanted, sentence, first, last) or self._is_joined(wanted, sentence, last)
        number = reading.sentence_number(sentence.block, match.end - 1) + 1
        if number == len(reading.sentences(sentence.block)):
            return False
        # A line that is broken on purpose ends a sentence, whatever the words say.
        below = reading.sentence(sentence.block, number)
        word = below.lead
        begins = word < len(below.words) and not below.text[below.starts[word]].isupper()
        return begins and self._is_joined(wanted, below, word)

    def _is_joined(self, wanted: _Wanted, sentence: Words, word: int) -> bool:
        """Return whether a word of a sentence, which begins a clause, joins it to what goes before."""
        joins = word < len(sentence.words) and sentence.words[word] in _JOINS
        return joins and self._says_more(wanted, sentence, word, word + 1)

    def _is_led(self, wanted: _Wanted, match: Match) -> bool:
        """Return whether the clause of a match begins before it, with more than a qualifier and words that say nothing.

        What ends in a colon leads to the words and is none of them.
        """
        reading = self._page.reading
        sentence = reading.sentence_at(match.start)
        last = sentence.index(match.start)
        first = max(reading.clause_of(sentence, last).first, sentence.lead)
        if first < last and ":" in (before := sentence.text[sentence.starts[first] : match.start]):
            first = sentence.index(sentence.starts[first] + before.rindex(":"))
        while first < last and sentence.words[last - 1] in _SAY_NOTHING:
            last -= 1
        return self._says_more(wanted, sentence, first, last)

    def _says_more(self, wanted: _Wanted, sentence: Words, first: int, last: int) -> bool:
        """Return whether one of the words `first` to `last` of a sentence belongs to no qualifier of an approval."""
        if first >= last:
            return False
        phrases = [number for _, some in wanted.qualifiers.with_ for number in some]
        qualified = [(found.start, found.end) for number in phrases for found in self._page.search(number, sentence)]
        return any(not any(start <= word < end for start, end in qualified) for word in sentence.starts[first:last])

    def _is_of_product(self, wanted: _Wanted) -> bool:
        products = wanted.approval.products
        if products and not any(covers(named, self._product) for named in products):
            return False
        return not wanted.names or any(f" {' '.join(name)} " in self._words for name in wanted.names)


def _is_plain(word: str) -> bool:
    return _PLAIN.fullmatch(word) is not None


def _code(phrase: Phrase) -> Code:
    """Return a phrase as the matcher takes it; what it can begin with is told only where that is plain."""
    first = phrase[0]
    begins = (word_set(first.value), ()) if first.kind == "words" else None
    return Code(begins, _coded(phrase))


def _coded(phrase: Phrase) -> Coded:
    return tuple(map(_coded_node, phrase))


def _coded_node(node: Node) -> tuple[str, object]:
    kind, value = node
    if kind == "gap":
        return kind, (value, None)
    if kind == "maybe":
        return kind, Code(None, _coded(branches(kind, value)[0]))
    if kind == "either":
        return kind, (None, tuple((None, _coded(branch)) for branch in branches(kind, value)))
    return kind, value
