"""What was found: Finding and Related."""

from __future__ import annotations

from healthlint.records import NamedTuple
from healthlint.rule import Rule
from healthlint.text import Source, Span


class Related(NamedTuple):
    """Another place a finding speaks of."""

    span: Span
    message: str


class Finding(NamedTuple):
    """One rule's objection to one place; `source.text[span.start:span.end]` are the words."""

    rule: Rule
    source: Source
    span: Span
    message: str
    severity: str
    """The rule's, as hedges, packs and config changed it."""
    frame: str = "assert"
    related: tuple[Related, ...] = ()
    context: str = ""
    """The normalised sentence it stands in (lower case, single spaces); "" for a document rule."""
    sentence: Span | None = None
    """Where that sentence was written, where it is known."""
    fingerprint: str = ""
    """A hash of rule, `context` and the ordinal among equals in the file: the same when text moves or is rewrapped."""

    @property
    def words(self) -> str:
        """Return the words it stands on, as written."""
        return self.source.text[self.span.start : self.span.end]


class Folded(NamedTuple):
    """A finding that is not shown because others speak for it: those of rules that say more about the same words."""

    finding: Finding
    speakers: frozenset[tuple[str, Span]]
    """The rules and places of these."""
