"""A rule book: all rules and slots, compiled; plain data that can be kept in a cache and loaded again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from healthlint.errors import RuleError, nearest
from healthlint.language.frames import Cue
from healthlint.language.speaker import Signs
from healthlint.patterns.phrase import Sequence
from healthlint.patterns.slots import Slot, Special
from healthlint.rule import Rule
from healthlint.rule_file import RuleCode


@dataclass(frozen=True)
class Networks:
    """What affiliate.yaml says: how a link is known to pay whoever shows it."""

    hosts: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Network, hosts, and the parameters one of which must be there (empty: none)."""
    params: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    shorteners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frames:
    """What frames.yaml says."""

    cues: tuple[Cue, ...]
    reach: int
    break_words: tuple[str, ...]
    break_after_comma: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """All rules, by id in order, with everything needed to run them."""

    rules: tuple[Rule, ...]
    code: Mapping[str, RuleCode]
    sequences: tuple[Sequence, ...]
    """The phrases, by number."""
    anchor_sets: tuple[frozenset[str], ...]
    """Sets of literals of the folded text."""
    anchors: Mapping[int, tuple[int, ...]]
    """For each phrase that every page is searched for, the anchor sets of which each must be there, rarest first."""
    counted: Mapping[int, int]
    """For phrases that are no more than words or a slot, the anchor set that counts their places without matching."""
    slots: Mapping[str, Slot]
    specials: tuple[Special, ...]
    frames: Frames
    signs: Signs
    networks: Networks
    vocabulary: frozenset[str]
    """Single words of the lexicon, worth hiding from a reviewer: four letters or more."""
    digest: str
    """"sha256:…" over the contents of all files."""
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Return the rules by id."""
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule:
        """Return a rule.

        Raises:
            RuleError: there is none of this id; the text has the nearest guess.
        """
        if rule_id not in self.by_id:
            raise RuleError(f"no rule '{rule_id}'{nearest(rule_id, self.by_id)}")
        return self.by_id[rule_id]
