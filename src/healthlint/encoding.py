"""From bytes to text: UTF-8, or an error that names the place and what the file looks like."""

from __future__ import annotations

from healthlint.errors import ConfigError, ReadError
from healthlint.paths import with_slashes

_LOOKED_AT = 8192
"""So many bytes from the start tell a binary file from text."""
_FEW = 3
"""So many odd bytes are a slip, however short the file."""
_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
# Control characters that no text holds; tab, line ends, form feed and the ESC of a few exports are left out.
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b")) + b"\x7f"
_WINDOWS_ONLY = bytes(range(0x80, 0xA0))


def read_named(path: str, missing: str) -> tuple[bytes, str]:
    """Return the bytes of a file that somebody named, and its text without BOM; `missing` is told where there is none.

    Raises:
        ConfigError: it cannot be read, or is no text.
    """
    shown = with_slashes(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
        return data, decoded(data, shown).removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise ConfigError(f"{shown}: {missing}") from error
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ReadError as error:
        raise ConfigError(*error.faults) from error


def decoded(data: bytes, path: str) -> str:
    """Return the text of `data`, the bytes of the file `path`, with a BOM kept as U+FEFF.

    A NUL here and there is text (CommonMark reads U+FFFD for it); more than one control character in ten is not.

    Raises:
        ReadError: the bytes are no UTF-8 or no text.
    """
    start = data[:_LOOKED_AT]
    if b"\x00" in start:
        encoding = _wide_encoding(start)
        if encoding:
            raise ReadError(f"{path}: not UTF-8; {_advice(encoding)}")
    if len(start) - len(start.translate(None, _NO_TEXT)) > max(_FEW, len(start) // 10):
        raise ReadError(f"{path}: a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(_not_utf8(data, error.start, path)) from None


def _wide_encoding(start: bytes) -> str:
    """Return the UTF-16 or UTF-32 that `start` looks like, or ""."""
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    # Latin letters in UTF-16 have a NUL for every other byte.
    even, odd = start[::2].count(0), start[1::2].count(0)
    enough = max(_FEW, len(start) // 4)
    if odd > enough and even <= enough // 10:
        return "UTF-16LE"
    if even > enough and odd <= enough // 10:
        return "UTF-16BE"
    return ""


def _not_utf8(data: bytes, at: int, path: str) -> str:
    """Return what is wrong at offset `at`, the first byte that is no UTF-8."""
    before = data[:at]
    line = 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    place = f"{path}:{line}: byte 0x{data[at]:02X} at offset {at} is not UTF-8"
    for mark, name in _BOMS:
        if data.startswith(mark):
            return f"{place}; {_advice(name)}"
    if not before.isascii():
        return f"{place}, though the text before it is; mend or remove it there"
    # ISO 8859-1 has no letters there, Windows has its curly quotes and dashes.
    is_windows = len(data.translate(None, _WINDOWS_ONLY)) < len(data)
    return f"{place}; {_advice('WINDOWS-1252' if is_windows else 'ISO-8859-1')}"


def _advice(encoding: str) -> str:
    return f"the file looks like {encoding}: convert it (iconv -f {encoding} -t UTF-8) or save it as UTF-8"
