"""What an approval may stand on: a DOI, an address, a file, a licence number; each has its form."""

from __future__ import annotations

import os
import re

from healthlint.records import NamedTuple

KINDS = ("doi", "url", "file", "licence")
LICENCES = {
    "AUST L 123456": r"AUST L \d{4,6}",
    "AUST L(A) 123456": r"AUST L\(A\) \d{4,6}",
    "AUST R 123456": r"AUST R \d{4,6}",
    "NPN 80012345": r"NPN \d{8}",
    "DIN-HM 80012345": r"DIN-HM \d{8}",
    "DIN 01234567": r"DIN \d{8}",
    "THR 12345/0001": r"THR \d{5}/\d{4}",
    "PL 12345/0001": r"PL(?:GB|NI)? \d{5}/\d{4}",
    "EU/1/20/1234": r"EU/\d/\d{2}/\d{3,4}(?:/\d{3})?",
}
"""An example of each kind of licence number, and its form."""
FORMS = {
    "doi": r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+",
    "url": r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(?::\d+)?(?:[/?#]\S*)?",
    "licence": "|".join(LICENCES.values()),
}
"""For each kind but files, the form that the whole of it must have."""
_NONE_OF = {
    "doi": "is no DOI such as 10.1000/182",
    "url": "is no address such as https://example.com/trial",
    "licence": f"is no licence number such as {', '.join(LICENCES)}",
}
_MARKETS = {"AUST": "au", "NPN": "ca", "DIN": "ca", "THR": "uk", "PL": "uk", "EU/": "eu"}
"""What a licence number begins with, and where it is one."""
_DOI_LEAD = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_NO_PATH = re.compile(r"[A-Za-z]:|\w+://|.*\\", re.DOTALL)


class Evidence(NamedTuple):
    """What an approval stands on."""

    kind: str
    """doi | url | file | licence."""
    text: str
    """A bare DOI ("10.1000/182"), an address, a path relative to the register with "/", or a licence number."""
    says: str = ""
    """What it shows, if the register says so."""

    @property
    def shown(self) -> str:
        """Return it in a few words, such as "doi:10.1000/182" or "AUST L 123456"."""
        return f"doi:{self.text}" if self.kind == "doi" else self.text

    @property
    def market(self) -> str:
        """Return the pack of the country that gave the licence; "" for other evidence."""
        found = (pack for lead, pack in _MARKETS.items() if self.text.startswith(lead))
        return next(found, "") if self.kind == "licence" else ""


def bare(kind: str, text: str) -> str:
    """Return evidence on one line, a DOI without what may lead it."""
    line = " ".join(text.split())
    lead = _DOI_LEAD.match(line) if kind == "doi" else None
    return line[lead.end() :] if lead else line


def fault_of(kind: str, text: str) -> str:
    """Return what is wrong with the form of `bare` evidence, or ""; whether a file is there is asked elsewhere."""
    if kind == "file":
        is_path = not os.path.isabs(text) and not _NO_PATH.match(text)
        return "" if is_path else "is no path as seen from the register, with '/' between its parts"
    return "" if re.fullmatch(FORMS[kind], text) else _NONE_OF[kind]


def guess(text: str) -> str:
    """Return how evidence may be meant that was given without its kind."""
    kinds = [kind for kind in FORMS if re.fullmatch(FORMS[kind], bare(kind, text))]
    return f"write '{kinds[0] if kinds else 'file'}: {' '.join(text.split())}'"
