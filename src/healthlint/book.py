"""A rule book: all rules and slots, compiled; plain data that can be kept in a cache and loaded again."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as ListOf

from healthlint.errors import RuleError
from healthlint.language.cues import Cue
from healthlint.language.speaker import Signs
from healthlint.patterns.nodes import Code
from healthlint.patterns.slots import Special
from healthlint.patterns.vocabulary import WordData
from healthlint.records import NamedTuple
from healthlint.rule import Rule
from healthlint.rule_code import Duty, RuleCode
from healthlint.selection import hint


class Networks(NamedTuple):
    """What affiliate.yaml says: how a link is known to pay whoever shows it."""

    hosts: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Network, hosts, and the parameters one of which must be there (empty: none)."""
    params: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    shorteners: tuple[str, ...] = ()


class Frames(NamedTuple):
    """What frames.yaml says."""

    cues: ListOf[Cue]
    reach: int
    break_words: tuple[str, ...]
    break_after_comma: tuple[str, ...]
    break_never: tuple[str, ...] = ()
    """Words inside of which nothing breaks."""


class PhraseCode(NamedTuple):
    """A phrase as the matcher takes it."""

    code: Code
    plain: bool
    """Whether its places can be counted without a look at each."""


class Book(NamedTuple):
    """All rules, with everything needed to run them; much of it is unpacked when it is first asked for."""

    digest: str
    """"sha256:…" over the contents of all files."""
    by_id: Mapping[str, Rule]
    """The rules by id, in order."""
    duties: Mapping[str, Duty]
    code: Mapping[str, RuleCode]
    phrases: ListOf[PhraseCode]
    """The phrases, by number."""
    needs: ListOf[tuple[int, ...]]
    """For each phrase, a bit for each anchor set that must be there, the rarest first; none where that cannot be said."""
    words: WordData
    specials: ListOf[Special]
    frames: Frames
    signs: Signs
    networks: Networks
    warnings: ListOf[str] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules, in order of their ids."""
        return tuple(self.by_id.values())

    def rule(self, rule_id: str) -> Rule:
        """Return a rule.

        Raises:
            RuleError: there is none of this id; the text has the nearest guess.
        """
        if rule_id not in self.by_id:
            raise RuleError(f"no rule '{rule_id}'{hint(rule_id, self.rules)}")
        return self.by_id[rule_id]
