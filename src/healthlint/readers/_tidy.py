"""White space as it is shown, what is not shown at all, and bare URLs: found in the prose, replaced in their places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from healthlint.readers._runs import runs_beyond_ascii
from healthlint.records import NamedTuple
from healthlint.text import HIDDEN, LINE_BREAK

_SPACES = "\t\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
)
"""What Unicode lets a page leave out when it is shown: zero-width characters, soft hyphens, bidi controls."""
# Patterns are compiled where they are first used, for most pages need none of them; `re` remembers them.
_ODD = f"[{_SPACES}{_UNSEEN}]"
_RARE = "\x0b\x0c\x1c\x1d\x1e\x1f"
_RUN = f"[ \n{_SPACES}{_UNSEEN}]+"
_SPACE = f"[ {_SPACES}]"

_SCHEMES = ("https", "http", "ftp")
_ADDRESS = rf"[^\s<>\"“”«»{HIDDEN}{_UNSEEN}\x00]+"
_URL_TAIL = "?!.,:;*_~'’‘…]}|"
_NAME = r"[\w.+-]{1,64}$"
_HOST = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"


class Edit(NamedTuple):
    """Characters `start` to `end` of a prose, to be shown as `shown`."""

    start: int
    end: int
    shown: str


class Moved:
    """Leads offsets of a prose to where they are after edits; one inside an edit goes to its start."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Take the edits, in order and apart."""
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._shifts, shift = [0], 0
        for edit in edits:
            shift += len(edit.shown) - (edit.end - edit.start)
            self._shifts.append(shift)

    def __call__(self, offset: int) -> int:
        """Return where `offset` is now."""
        number = bisect_right(self._ends, offset)
        if number < len(self._starts) and self._starts[number] < offset:
            offset = self._starts[number]
        return offset + self._shifts[number]

    def all(self, offsets: list[int]) -> list[int]:
        """Return where `offsets`, in order, are now."""
        moved: list[int] = []
        done = 0
        for start, end, shift in zip(self._starts, self._ends, self._shifts, strict=False):
            until = bisect_left(offsets, start, done)
            after = bisect_left(offsets, end, until)
            moved += [offset + shift for offset in offsets[done:until]] if shift else offsets[done:until]
            moved += [start + shift] * (after - until)
            done = after
        return moved + [offset + self._shifts[-1] for offset in offsets[done:]]


def white_space(text: str, starts: Sequence[int], *, is_loose: bool, may_be_odd: bool) -> list[Edit]:
    """Return what makes every run of white space one space, or one break, and takes out what is not shown.

    `starts` are the offsets at which blocks begin, in order: what parts them, two characters long, is left as it is.
    White space at the edges of blocks is looked for only in prose that `is_loose`; rare white space and characters that
    are not shown only where there `may_be_odd` ones.
    """
    edits: list[Edit] = []
    done = 0
    for seed in sorted(_seeds(text, starts, is_loose=is_loose, may_be_odd=may_be_odd)):
        if seed < done:
            continue
        if text[seed] == "\0":
            edits.append(Edit(seed, seed + 1, "\ufffd"))
            done = seed + 1
            continue
        start = seed
        runs = re.compile(_RUN)
        while start > done and runs.match(text, start - 1, start):
            start -= 1
        run = runs.match(text, start)
        assert run is not None
        done = run.end()
        edits += _run(text, start, done, starts)
    return edits


def _seeds(text: str, starts: Sequence[int], *, is_loose: bool, may_be_odd: bool) -> Iterator[int]:
    """Yield where something is to be tidied; there is nothing in most pages, and that is seen at the speed of `in`."""
    yield from _all(text, "  ")
    for odd in "\t\0" + _RARE if may_be_odd else "\t\0":
        if odd in text:
            yield from _all(text, odd)
    if may_be_odd:
        runs = runs_beyond_ascii(text)
        if is_odd(text, runs):
            for start, end in runs:
                yield from (match.start() for match in re.compile(_ODD).finditer(text, start, end))
    if is_loose or text.count("\n") != 2 * len(starts) - 2:
        yield from _all(text, " \n")
        yield from _all(text, "\n ")
        parts = {start - 2 for start in starts}
        yield from (at for at in _all(text, "\n\n") if at not in parts)
        yield from (at for at in (0, len(text) - 1) if text and text[at] in " \n")


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _run(text: str, start: int, end: int, starts: Sequence[int]) -> Iterator[Edit]:
    """Yield the edits of one run of white space and unseen characters."""
    first = bisect_left(starts, start + 2)
    parts_blocks = first < len(starts) and starts[first] <= end
    if start == 0 or end == len(text):
        yield Edit(start, end, "")
    elif parts_blocks:
        part = starts[first]
        if start < part - 2:
            yield Edit(start, part - 2, "")
        if part < end:
            yield Edit(part, end, "")
    else:
        run = text[start:end]
        shown = LINE_BREAK if "\n" in run else " " if re.search(_SPACE, run) else ""
        if run != shown:
            yield Edit(start, end, shown)


def is_odd(text: str, runs: Iterable[tuple[int, int]]) -> bool:
    """Return whether a text has rare white space, or characters that are not shown; `runs` are those beyond ASCII."""
    if any(rare in text for rare in _RARE):
        return True
    beyond = "".join([text[start:end] for start, end in runs])
    return bool(beyond) and re.search(_ODD, beyond) is not None


def urls(text: str) -> list[tuple[Edit, str]]:
    """Return bare URLs and mail addresses, each to be hidden, with the address they lead to; in order."""
    addresses = dict((*_web(text), *_mails(text)))
    return [(edit, addresses[edit]) for edit in apart(addresses, ())]


def apart(first: Iterable[Edit], second: Iterable[Edit]) -> list[Edit]:
    """Return all edits in order, but of those that overlap the one that starts first alone."""
    kept: list[Edit] = []
    for edit in sorted([*first, *second], key=lambda edit: (edit.start, -edit.end)):
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return kept


def _web(text: str) -> Iterator[tuple[Edit, str]]:
    """Yield addresses that begin with a scheme or www."""
    starts = [(at - len(scheme), "") for at in _all(text, "://") if (scheme := _scheme(text, at))]
    starts += ((at, "http://") for at in _all(text, "www."))
    done = 0
    for start, scheme in sorted(starts):
        if start < done or (start and (text[start - 1].isalnum() or text[start - 1] in "_/@.")):
            continue
        address = re.compile(_ADDRESS).match(text, start)
        if address is not None:
            done = start + _url_end(address[0])
            yield Edit(start, done, HIDDEN), scheme + text[start:done]


def _scheme(text: str, at: int) -> str:
    """Return the scheme that ends at `at`, or ""."""
    before = text[max(at - 5, 0) : at].lower()
    return next((scheme for scheme in _SCHEMES if before.endswith(scheme)), "")


def _url_end(url: str) -> int:
    """Return how much of `url` is one: signs that end a sentence, and brackets closed but not opened, are not."""
    end, closed = len(url), url.count(")") - url.count("(")
    while end and (url[end - 1] in _URL_TAIL or (url[end - 1] == ")" and closed > 0)):
        closed -= url[end - 1] == ")"
        end -= 1
    return end


def _mails(text: str) -> Iterator[tuple[Edit, str]]:
    for at in _all(text, "@"):
        name = re.compile(_NAME).search(text, max(0, at - 64), at)
        host = re.compile(_HOST).match(text, at + 1)
        if name and host:
            end = host.end() - (len(host[0]) - len(host[0].rstrip("-.")))
            yield Edit(name.start(), end, HIDDEN), f"mailto:{text[name.start() : end]}"
