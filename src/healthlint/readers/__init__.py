"""The input formats, a file each: SUFFIXES, and read(source, options), which gives a Document."""

from __future__ import annotations

from functools import cache
from types import ModuleType

from healthlint import plugs
from healthlint.records import NamedTuple

PROPS = frozenset({"title", "alt", "label", "caption", "description", "heading", "placeholder", "aria-label"})
"""The JSX props and HTML attributes that readers of a page see, unless the settings say otherwise."""


class ReadOptions(NamedTuple):
    """What a reader may be told."""

    props: frozenset[str] = PROPS
    """The JSX props and HTML attributes whose text is copy."""


@cache
def reader_for(suffix: str) -> ModuleType | None:
    """Return the reader of files that end in `suffix` (lower case, with its dot), or None."""
    for name in plugs.names(__name__):
        reader = plugs.load(__name__, name)
        if suffix in reader.SUFFIXES:
            return reader
    return None


@cache
def suffixes() -> tuple[str, ...]:
    """Return the suffixes that some reader knows, in alphabetical order."""
    readers = (plugs.load(__name__, name) for name in plugs.names(__name__))
    return tuple(sorted({suffix for reader in readers for suffix in reader.SUFFIXES}))
