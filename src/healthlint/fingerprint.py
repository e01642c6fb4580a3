"""Fingerprints: what tells a finding again after the text has moved or was rewrapped."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.finding import Finding

_LENGTH = 32


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of one file, in the order given, each with its fingerprint.

    It is made of the rule's id, the normalised sentence (`Finding.context`) and the ordinal among those equal in both,
    so give all findings of the file, silenced ones included, in order of place.
    """
    from healthlint.digests import sha256_hex

    seen: dict[tuple[str, str], int] = {}
    made = []
    for finding in findings:
        key = (finding.rule.id, finding.context)
        ordinal = seen[key] = seen.get(key, 0) + 1
        # No part can hold NUL: an id is letters and hyphens, and white space and controls are folded out of a sentence.
        digest = sha256_hex(f"{finding.rule.id}\0{finding.context}\0{ordinal}".encode("utf-8", "surrogatepass"))
        made.append(finding._replace(fingerprint=digest[:_LENGTH]))
    return tuple(made)
