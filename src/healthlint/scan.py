"""One pass over a page: in which sentences the phrases of the chosen rules may stand at all."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from healthlint.hints import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from healthlint.language.reading import Reading, Words
    from healthlint.patterns.vocabulary import Trigger, Vocabulary


_BITS = 32
_MASK = (1 << _BITS) - 1


class Sentences(Sequence["Words"]):
    """Some sentences of a page, in order; kept as numbers, for a long page remembers no more than some."""

    __slots__ = ("_keys", "_reading")

    def __init__(self, reading: Reading, keys: array[int]) -> None:
        """Take a number for each sentence: that of its block, and then its own in the block."""
        self._reading = reading
        self._keys = keys

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> Words: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Words]: ...
    def __getitem__(self, index: int | slice) -> Words | Sequence[Words]:
        """Return a sentence, or some."""
        if isinstance(index, slice):
            return Sentences(self._reading, self._keys[index])
        key = self._keys[index]
        return self._reading.sentence(key >> _BITS, key & _MASK)

    def __iter__(self) -> Iterator[Words]:
        """Yield the sentences."""
        sentence = self._reading.sentence
        for key in self._keys:
            yield sentence(key >> _BITS, key & _MASK)


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
        found: dict[int, array[int]] = {}
        hanging = self._vocabulary.hanging
        for number, block in enumerate(reading.document.blocks):
            if block.lead >= 0 or not hanging.isdisjoint(reading.view[block.start : block.end].split()):
                self._look(reading, number, found)
        return {phrase: Sentences(reading, keys) for phrase, keys in found.items()}

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

    def _look(self, reading: Reading, block: int, found: dict[int, array[int]]) -> None:
        """Note which phrases may stand in the sentences of a block."""
        triggers = self._triggers
        for at in range(len(reading.sentences(block))):
            unit = reading.sentence(block, at)
            hot = [triggers[word] for word in triggers.keys() & unit.words]
            hot += [self._of_kind(kind) for _, kind in unit.literals]
            if not hot:
                continue
            mask, key = unit.mask, block << _BITS | at
            for each in hot:
                for needs, phrases in each:
                    if needs & mask != needs:
                        continue
                    for phrase in phrases:
                        known = found.get(phrase)
                        if known is None:
                            found[phrase] = array("Q", (key,))
                        elif known[-1] != key:
                            known.append(key)


def _within(wanted: frozenset[int], triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers with the phrases that are wanted; those left without any are not."""
    for trigger in triggers:
        needs, phrases = trigger
        if wanted.issuperset(phrases):
            yield trigger
        elif kept := tuple(phrase for phrase in phrases if phrase in wanted):
            yield needs, kept
