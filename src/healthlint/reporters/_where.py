"""Where a finding is, as each service counts and names: columns in bytes or without a BOM, paths from the top."""

from __future__ import annotations

import posixpath

from healthlint.paths import with_slashes
from healthlint.reporters import Options
from healthlint.text import Position, Source

_BOM = "\ufeff"


def from_top(path: str, options: Options) -> str:
    """Return `path` as seen from the top folder of the repository; as it is where that is unknown or does not hold it.

    Services name files from there, whichever folder the command ran in.
    """
    here, top = with_slashes(options.here), with_slashes(options.top).rstrip("/")
    plain = posixpath.normpath(path)
    if not top:
        return plain
    whole = posixpath.normpath(posixpath.join(here, path))
    return whole[len(top) + 1 :] if whole.startswith(f"{top}/") else plain


def in_unicode(path: str) -> str:
    """Return `path` with U+FFFD for each byte of it that is not UTF-8: strict readers of JSON refuse lone surrogates."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def in_bytes(source: Source, offset: int) -> Position:
    """Return the line and column of `offset`, columns in bytes of UTF-8."""
    line, column = source.position(offset)
    if source.text.isascii():
        return Position(line, column)
    start = source.line_starts[line - 1]
    return Position(line, len(source.text[start:offset].encode("utf-8", "surrogatepass")) + 1)


def without_bom(source: Source, offset: int) -> Position:
    """Return the line and column of `offset` in code points, a BOM at the start of the text not counted."""
    line, column = source.position(offset)
    return Position(line, column - 1 if line == 1 and column > 1 and source.text.startswith(_BOM) else column)
