"""A page under check: its reading, where the phrases stand, who speaks, and what other rules found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from healthlint.checks._conditions import Conditions
from healthlint.checks._fragments import fragment
from healthlint.checks._match import LONGEST_MATCH, Match, as_match
from healthlint.checks._places import ANYWHERE, Asked, Places
from healthlint.checks._scopes import Scopes
from healthlint.checks._stretches import between
from healthlint.document import Document, Link
from healthlint.language.frames import FrameFinder, is_question
from healthlint.language.reading import Reading, Words
from healthlint.patterns.matcher import Phrase
from healthlint.patterns.ready import Phrases


class Page:
    """What the checks see. Everything is worked out when first asked for."""

    def __init__(
        self,
        reading: Reading,
        frames: FrameFinder,
        phrases: Phrases,
        standing: Mapping[int, Sequence[Words]],
        affiliate: Callable[[Link], str],
        trusted: Callable[[Link], bool],
        packs: Sequence[str] = (),
        evasions: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Take the `reading`, the `phrases`, and for each that may be `standing` anywhere, the sentences."""
        self.evasions = evasions
        self.informs = True
        """False once the page is known to sell."""
        self.reading = reading
        self.document: Document = reading.document
        self.frames = frames
        self._phrases = phrases
        self.standing = standing
        self.affiliate, self.trusted, self.packs = affiliate, trusted, packs
        self._matches: dict[tuple[int, Asked], tuple[Match, ...]] = {}
        self._frame_memo: dict[tuple[int, int], str] = {}
        self._scopes = Scopes(reading)
        self._places = Places(reading, self._scopes.title)
        self.found: dict[str, list[Match]] = {}
        """What other rules found, by rule id; filled as phases end."""
        self.severities: dict[tuple[str, int, int], str] = {}
        """The severity each of these findings came to."""
        self.categories: dict[str, str] = {}
        """Category by rule id."""

    def frame(self, start: int, end: int) -> str:
        """Return the frame of a stretch of the prose."""
        key = (start, end)
        known = self._frame_memo.get(key)
        if known is None:
            known = self._frame_memo[key] = self.frames.frame(self.reading, start, end, informs=self.informs)
        return known

    def asks(self, match: Match) -> bool:
        """Return whether a match stands in a question."""
        unit = self.reading.sentence_at(match.start)
        return is_question(self.reading.text, unit.start, unit.end)

    def matches(self, number: int, asked: Asked = ANYWHERE, *, again: bool = True) -> tuple[Match, ...]:
        """Return every place a scanned phrase stands, in order of the prose.

        Those that are not in a place as `asked` may be left out: whoever asks looks at each all the same. Of a long page
        they are remembered only where somebody may ask `again` and again.
        """
        known = self._matches.get((number, asked))
        if known is None:
            found: dict[tuple[int, int], Match] = {}
            for unit in self.clauses(number, asked):
                for match in self._search(self._phrases[number], unit):
                    found.setdefault((match.start, match.end), match)
            known = tuple(sorted(found.values())) if len(found) > 1 else tuple(found.values())
            if again or len(self.reading.view) < _LONG:
                self._matches[number, asked] = known
        return known

    def count(self, number: int, most: int = 1_000_000) -> int:
        """Return in how many places a scanned phrase stands; they are counted up to `most`, if not closely looked at."""
        sentences = self.standing.get(number, ())
        if not sentences:
            return 0
        plain = self._phrases[number].plain
        if plain is None:
            return len(self.matches(number))
        count = 0
        for sentence in sentences:
            count += plain(sentence.words[sentence.lead :] if sentence.lead else sentence.words)
            if count >= most:
                break
        return count

    def may_stand(self, number: int) -> bool:
        """Return whether a scanned phrase may stand anywhere on the page."""
        return number in self.standing

    def clauses(self, number: int, asked: Asked = ANYWHERE) -> Iterator[Words]:
        """Yield the clauses in which a scanned phrase may stand, in a place as `asked`, each once."""
        sentences = self.standing.get(number, ())
        if not sentences:
            return
        phrase = self._phrases[number]
        begins, needs = phrase.begins, phrase.needs
        for sentence in sentences:
            if not self.may_meet(asked, sentence):
                continue
            clauses = sentence.clauses or self.reading.clauses(sentence)
            if len(clauses) == 1:
                yield from clauses
                continue
            for clause in clauses:
                if needs & clause.mask == needs and (begins is None or not begins.isdisjoint(clause.words)):
                    yield clause

    def may_meet(self, asked: Asked, unit: Words) -> bool:
        """Return whether anything in a unit can be in a place as `asked`."""
        return asked == ANYWHERE or self._places.may_meet(asked, unit.block)

    def sentences(self, number: int) -> Iterator[Words]:
        """Yield the sentences in which a scanned phrase stands, each once."""
        for sentence in self.standing.get(number, ()):
            if self.stands(number, sentence):
                yield sentence

    def rarest(self, numbers: Sequence[int]) -> int:
        """Return the index, in `numbers`, of the phrase with the fewest places it may stand in."""
        return min(range(len(numbers)), key=lambda index: len(self.standing.get(numbers[index], ())))

    def search(self, number: int, unit: Words) -> Sequence[Match]:
        """Return the places a phrase stands in a unit, at least one word of each in the unit's own words."""
        known: Sequence[Match] | None = unit.searched.get(number)  # type: ignore[assignment]
        if known is None:
            phrase = self._phrases[number]
            known = self._search(phrase, unit) if phrase.needs & unit.mask == phrase.needs else _NOWHERE
            unit.searched[number] = known
        return known

    def _search(self, phrase: Phrase, unit: Words) -> list[Match]:
        hits = phrase.search(unit)
        if not hits:
            return _NOWHERE
        lead = unit.lead
        return [
            as_match(hit, unit)
            for hit in hits
            if hit.last > lead
            and (hit.first < lead or unit.ends[hit.last - 1] - unit.starts[hit.first] <= LONGEST_MATCH)
        ]

    def stands(self, number: int, unit: Words) -> bool:
        """Return whether a phrase stands in a unit, its lead-in included."""
        return bool(self._phrases[number].search(unit))

    @property
    def title(self) -> int:
        """Return the first heading, or -1."""
        return self._scopes.title

    def section(self, block: int) -> tuple[int, int]:
        """Return where the section of a block begins and ends in the prose: from its heading to the next."""
        return self._scopes.section(block)

    def allows(self, conditions: Conditions, match: Match) -> bool:
        """Return whether a match meets its conditions."""
        if conditions == NONE:
            return True
        excepts, with_, unless, in_, not_in, names, most = conditions
        return (
            self._places.meet((in_, not_in, names), match)
            and (most < 0 or fragment(self.reading, match, most) is not None)
            and not (excepts and self._is_excepted(excepts, match))
            and all(self._scope_holds(scope, phrases, match, negated=False) for scope, phrases in with_)
            and not any(self._scope_holds(scope, phrases, match, negated=True) for scope, phrases in unless)
        )

    def widened(self, conditions: Conditions, match: Match) -> Match:
        """Return a match that meets its conditions, as long as the fragment where it must stand in one."""
        stretch = fragment(self.reading, match, conditions[-1]) if conditions[-1] >= 0 else None
        return match if stretch is None else match._replace(start=stretch[0], end=stretch[1])

    def _is_excepted(self, excepts: tuple[int, ...], match: Match) -> bool:
        unit = self.reading.sentence_at(match.start)
        return any(
            other.start < match.end and match.start < other.end
            for number in self._phrases.group(excepts).within(unit.mask)
            for other in self.search(number, unit)
        )

    def _scope_holds(self, scope: str, phrases: tuple[int, ...], match: Match, *, negated: bool) -> bool:
        """Return whether one of the phrases stands in the scope; where it need not be `negated`, in another frame."""
        for other in self._in_scope(scope, phrases, match):
            if other.start < match.end and match.start < other.end and scope in ("clause", "sentence"):
                if negated or (other.start >= match.start and other.end <= match.end):
                    return True
            elif negated or self.frame(other.start, other.end) != "negate":
                return True
        return False

    def _in_scope(self, scope: str, phrases: tuple[int, ...], match: Match) -> Iterator[Match]:
        """Yield the places one of the phrases stands in a scope of a match."""
        if scope == "document":
            for number in phrases:
                yield from self.matches(number)
            return
        block = self.reading.block_at(match.start)
        if scope == "section":
            first, last = self.section(block)
            for number in phrases:
                yield from between(self.matches(number), first, last)
            return
        group = self._phrases.group(phrases)
        for unit in self._scopes.units(scope, block, match.start):
            for number in group.within(unit.mask):
                yield from self.search(number, unit)


NONE = Conditions()
_NOWHERE: list[Match] = []
_LONG = 1 << 21
"""Characters of a page that is long: what is remembered of it would take several times its size."""
