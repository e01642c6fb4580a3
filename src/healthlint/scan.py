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

    def scan(self, reading: Reading) -> Mapping[int, Sequence[Words]]:
        """Return, for each of the phrases that may stand on a page, the sentences in which it may, in order."""
        words = set(reading.view.split())
        self._vocabulary.introduce(words)
        self._learn(words)
        return _Pass(reading, self._hot(words)).found

    def _learn(self, words: set[str]) -> None:
        triggers, wanted = self._vocabulary.triggers, self._phrases
        for word in triggers.keys() & words - self._known:
            self._known.add(word)
            kept = tuple(_within(wanted, triggers[word]))
            if kept:
                self._triggers[word] = kept

    def _hot(self, words: set[str]) -> dict[str, list[Trigger]]:
        """Return the words of a page with those of their triggers whose other words the page has as well."""
        masks, mask = self._vocabulary.masks, 0
        for word in masks.keys() & words:
            mask |= masks[word]
        hot = {}
        for word in self._triggers.keys() & words:
            live = [trigger for trigger in self._triggers[word] if trigger[0] & mask == trigger[0]]
            if live:
                hot[word] = live
        return hot


def _within(wanted: frozenset[int], triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers with the phrases that are wanted; those left without any are not."""
    for trigger in triggers:
        needs, literals, phrases = trigger
        if wanted.issuperset(phrases):
            yield trigger
        elif kept := tuple(phrase for phrase in phrases if phrase in wanted):
            yield needs, literals, kept


class _Pass:
    """One pass over the blocks of a page."""

    def __init__(self, reading: Reading, hot: Mapping[str, Sequence[Trigger]]) -> None:
        self.found: dict[int, list[Words]] = {}
        self._reading = reading
        self._hot = hot
        if hot:
            self._run()

    def _run(self) -> None:
        reading, hot, masks = self._reading, self._hot, self._reading.masks
        view, words_of = reading.view, hot.keys()
        for number, block in enumerate(reading.document.blocks):
            if block.lead >= 0:
                self._sentences(number)
                continue
            words = view[block.start : block.end].split()
            here = words_of & words
            if not here:
                continue
            mask = 0
            for word in masks.keys() & words:
                mask |= masks[word]
            if any(trigger[0] & mask == trigger[0] for word in here for trigger in hot[word]):
                self._sentences(number)

    def _sentences(self, number: int) -> None:
        reading, hot, found = self._reading, self._hot, self.found
        for at in range(len(reading.sentences(number))):
            unit = reading.sentence(number, at)
            here = hot.keys() & unit.words
            if not here:
                continue
            mask, text = unit.mask, ""
            for word in here:
                for needs, literals, phrases in hot[word]:
                    if needs & mask != needs:
                        continue
                    if literals:
                        text = text or f" {' '.join(unit.words)} "
                        if not any(literal in text for literal in literals):
                            continue
                    for phrase in phrases:
                        known = found.get(phrase)
                        if known is None:
                            found[phrase] = [unit]
                        elif known[-1] is not unit:
                            known.append(unit)
