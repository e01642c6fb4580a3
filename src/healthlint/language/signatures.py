"""Names at the end of a quotation, and lines that are nothing but one."""

from __future__ import annotations

from healthlint.regexes import pattern

NAME = pattern(
    r"[\s*_]*(?:[—–~(-][\s—–-]*)?"
    r"(?:(?:says|said|writes|wrote|recalls|adds|added|smiles|laughs|beams|explains|reports|admits)\s)?"
    r"(?:[A-Z](?:[^.!?\n]|\.(?=[\sA-Z,)]|$)){0,58}|[a-z]\w{0,12} (?:of|in|from) [^.!?\n]{1,40})?"
    r"[\s*_.)]*"
)
SIGNED = pattern(r"\n?[\s*_]*[—–~-]{1,2}\s?\*?[A-Z][^!?\n]{0,58}$")
EXPERT = pattern(
    r"\b(?:Dr|Doctor|Prof|Professor|Nurse|MD|M\.D|ND|DC|PhD|Ph\.D|RD|CEO|[Ff]ounder|[Dd]irector|[Pp]resident|[Ee]ditor|"
    r"[Aa]uthor)\b"
)
"""What stands after a quotation: a name, with or without a dash; an expert, who is no customer."""
LONGEST_LINE = 60
"""Characters of a line that is a mark, such as a name or stars."""


def is_name(text: str) -> bool:
    """Return whether a line is nothing but the name of one who signs it."""
    return len(text) <= LONGEST_LINE and text[-1:] not in ".!?" and NAME.fullmatch(text) is not None
