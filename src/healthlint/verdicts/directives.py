"""The suppression comments of a document, read: `healthlint-disable-line RULE, RULE until=DATE -- reason`."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.days import is_day
from healthlint.document import Comment, Document
from healthlint.records import NamedTuple
from healthlint.text import Source, Span

LINE = "healthlint-disable-line"
NEXT_LINE = "healthlint-disable-next-line"
DISABLE = "healthlint-disable"
ENABLE = "healthlint-enable"
FILE = "healthlint-disable-file"
DIRECTIVES = (LINE, NEXT_LINE, DISABLE, ENABLE, FILE)

_TOOL = "healthlint"
_UNTIL = "until="
# Editors turn "--" into a dash as it is typed, and no rule is called like one.
_REASON_MARKS = frozenset({"--", "—", "–"})


class Word(NamedTuple):
    """A word of a directive, and where it was written."""

    text: str
    span: Span


class Directive(NamedTuple):
    """A comment that is addressed to healthlint, whether or not it can be obeyed."""

    verb: Word
    """What to do: one of DIRECTIVES, unless it is mistaken."""
    names: tuple[Word, ...]
    """The rules it names, each once."""
    until: Word | None
    """The word that says until when, whole: "until=2027-01-31", unless it is mistaken."""
    reason: str
    """"" where none is given."""
    span: Span
    """The whole comment."""
    text: str
    """What it says, lower case and with single spaces."""

    @property
    def day(self) -> str:
        """Return the last day on which it holds as it was written, which may be none; "" where none is given."""
        return "" if self.until is None else self.until.text.removeprefix(_UNTIL)

    def is_in_force(self, today: str) -> bool:
        """Tell whether it is obeyed on the day `today`, ISO 8601: it has a reason and has not expired."""
        return bool(self.reason) and (self.until is None or (is_day(self.day) and self.day >= today))


class _Token(NamedTuple):
    word: Word
    opens: bool
    """A comma parts it from the one before."""
    end: int
    """Where it ends in the comment's text."""


def directives(document: Document) -> tuple[Directive, ...]:
    """Return the directives of `document`, in order of place."""
    read = (_directive(comment, document.source) for comment in document.comments)
    return tuple(sorted((one for one in read if one), key=lambda one: one.span))


def _directive(comment: Comment, source: Source) -> Directive | None:
    """Return what `comment` tells healthlint, or None where it speaks of something else."""
    text = comment.text
    if text[: len(_TOOL)].lower() != _TOOL:
        return None
    tokens = list(_tokens(comment, source))
    verb, rest = _verb(tokens)
    if verb is None:
        return None
    mark = next((index for index, token in enumerate(rest) if _marks_reason(token.word.text)), None)
    head = rest[:mark]
    until = next((token.word for token in head if token.word.text.startswith(_UNTIL)), None)
    # Without a mark the reason may stand bare behind the names; its words are not taken for names.
    named = [token.word for index, token in enumerate(head) if mark is not None or index == 0 or token.opens]
    return Directive(
        verb=verb,
        names=tuple({word.text: word for word in reversed(named) if word != until}.values())[::-1],
        until=until,
        reason="" if mark is None else _reason(text, rest[mark]),
        span=comment.span,
        text=" ".join(text.lower().split()),
    )


def _tokens(comment: Comment, source: Source) -> Iterator[_Token]:
    """Yield the words of a comment, which white space and commas part."""
    text = comment.text
    inner = source.text[comment.span.start : comment.span.end].find(text)
    at = 0
    for word in text.replace(",", " ").split():
        start = text.index(word, at)
        begin = comment.span.start + inner + start
        # A reader may have taken marks out of the middle of it (a quoted comment); then the whole must do.
        span = comment.span if inner < 0 else Span(begin, begin + len(word))
        yield _Token(Word(word, span), "," in text[at:start], start + len(word))
        at = start + len(word)


def _verb(tokens: list[_Token]) -> tuple[Word | None, list[_Token]]:
    """Return the word that says what to do and the tokens after it; None where there is no such word."""
    first = tokens[0].word
    tail = first.text[len(_TOOL) :]
    if len(tail) > 1 and tail[0] in "-_:":
        return first, tokens[1:]
    if tail in ("", ":") and len(tokens) > 1 and tokens[1].word.text.lower().startswith(("disab", "enab")):
        second = tokens[1].word
        return Word(f"{first.text} {second.text}", Span(first.span.start, second.span.end)), tokens[2:]
    return None, tokens


def _marks_reason(word: str) -> bool:
    return word in _REASON_MARKS or word.startswith("--")


def _reason(text: str, mark: _Token) -> str:
    """Return the reason: what follows the mark, or sticks to it."""
    stuck = mark.word.text.lstrip("-—–")
    return " ".join(text[mark.end - len(stuck) :].split())
