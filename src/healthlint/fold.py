"""The folded view: the same text in lower-case ASCII words and spaces, character for character."""

from __future__ import annotations

import codecs
import unicodedata

_LOOKALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТУХаеоорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυιɑɡıǃ",
    "ABCEHIJKMOPSTYXaeoopcyxijshdqwABEZHIKMNOPTYXavopuiagi!",
)
"""Cyrillic, Greek and IPA letters that look like Latin ones (Unicode confusables, the single-letter ones)."""
_MONEY = "£€¥₤"
_TRADE_MARKS = "™℠®©"
OTHER_LETTER = "\x7f"
"""Stands for a letter that has no ASCII fold, and for what `text.HIDDEN` hides: part of a word, never of a term."""
_TABLE = bytes(
    code if chr(code) in "abcdefghijklmnopqrstuvwxyz0123456789%$#&\x7f" else code + 32 if 65 <= code <= 90 else 32
    for code in range(256)
)
_memo: dict[str, str] = {}  # filled as characters are met; a pure function's memory


def fold_character(character: str) -> str:
    """Return the one ASCII character that `character` is read as: a letter, digit, mark or space."""
    if character in _MONEY:
        return "$"
    if character == "\ufffc":
        return OTHER_LETTER
    if character in _TRADE_MARKS:
        return " "
    plain = character.translate(_LOOKALIKES)
    if ord(plain) >= 128:
        plain = unicodedata.normalize("NFKD", plain)[:1]
    if ord(plain) < 128 and unicodedata.category(character)[:1] != "N":
        return plain
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return OTHER_LETTER if category[0] == "L" or category == "Nl" else " "


def _replace(error: UnicodeError) -> tuple[str, int]:
    """Fold the characters that ASCII cannot hold, one to one (a codec error handler)."""
    assert isinstance(error, UnicodeEncodeError)
    out = []
    for character in error.object[error.start : error.end]:
        folded = _memo.get(character)
        if folded is None:
            folded = _memo[character] = fold_character(character)
        out.append(folded)
    return "".join(out), error.end


def fold(text: str) -> bytes:
    """Return `text` in lower-case ASCII, the same length: words of a-z, 0-9, %, $, # and &, all else a space."""
    try:
        return text.encode("ascii").translate(_TABLE)
    except UnicodeEncodeError:
        codecs.register_error("healthlint.fold", _replace)
        return text.encode("ascii", "healthlint.fold").translate(_TABLE)


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a term or cue, in order."""
    return tuple(fold(text).decode("ascii").split())
