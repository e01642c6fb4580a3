"""One pass over a page: in which sentences the phrases of the chosen rules may stand at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.language.reading import Reading, Words
    from healthlint.patterns.vocabulary import Trigger, Vocabulary


class Scanner:
    """Looks for the words that some phrases of a book hang on."""

    def __init__(self, vocabulary: Vocabulary, phrases: Collection[int]) -> None:
        """Look for `phrases` alone."""
        self._vocabulary = vocabulary
        self._phrases = frozenset(phrases)
        self._known: set[str] = set()
        self._triggers: dict[str, tuple[Trigger, ...]] = {}
        """The words that the phrases hang on, as far as pages have shown them."""
        self._kinds: dict[int, tuple[Trigger, ...]] = {}
        """What the phrases hang on that is more than a word, by the number of its kind."""

    def scan(self, reading: Reading) -> Mapping[int, Sequence[Words]]:
        """Return, for each of the phrases that may stand on a page, the sentences in which it may, in order."""
        words = reading.different_words()
        self._vocabulary.introduce(words)
        self._learn(words)
        found: dict[int, list[Words]] = {}
        hanging = self._vocabulary.hanging
        for number, block in enumerate(reading.document.blocks):
            if block.lead >= 0 or not hanging.isdisjoint(reading.view[block.start : block.end].split()):
                self._look(reading, number, found)
        return found

    def _learn(self, words: set[str]) -> None:
        triggers = self._vocabulary.triggers
        for word in triggers.keys() & words - self._known:
            self._known.add(word)
            kept = tuple(_within(self._phrases, triggers[word]))
            if kept:
                self._triggers[word] = kept

    def _of_kind(self, number: int) -> tuple[Trigger, ...]:
        known = self._kinds.get(number)
        if known is None:
            known = self._kinds[number] = tuple(_within(self._phrases, self._vocabulary.kind(number)[1]))
        return known

    def _look(self, reading: Reading, block: int, found: dict[int, list[Words]]) -> None:
        """Note which phrases may stand in the sentences of a block."""
        triggers = self._triggers
        for at in range(len(reading.sentences(block))):
            unit = reading.sentence(block, at)
            hot = [triggers[word] for word in triggers.keys() & unit.words]
            hot += [self._of_kind(literal.kind) for literal in unit.literals]
            if not hot:
                continue
            mask = unit.mask
            for each in hot:
                for needs, phrases in each:
                    if needs & mask != needs:
                        continue
                    for phrase in phrases:
                        known = found.get(phrase)
                        if known is None:
                            found[phrase] = [unit]
                        elif known[-1] is not unit:
                            known.append(unit)


def _within(wanted: frozenset[int], triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers with the phrases that are wanted; those left without any are not."""
    for trigger in triggers:
        needs, phrases = trigger
        if wanted.issuperset(phrases):
            yield trigger
        elif kept := tuple(phrase for phrase in phrases if phrase in wanted):
            yield needs, kept
