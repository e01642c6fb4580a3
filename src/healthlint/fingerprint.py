"""Fingerprints: what tells a finding again after the text has moved or was rewrapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from healthlint.finding import Finding
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.digests import Digest

_LENGTH = 32


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of one file, in the order given, each with its fingerprint.

    It is made of the rule's id, the normalised sentence (`Finding.context`) and the ordinal among those equal in both,
    so give all findings of the file, silenced ones included, in order of place.
    """
    from healthlint.digests import sha256

    seen: dict[tuple[str, str], tuple[Digest, Iterator[int]]] = {}
    made = []
    for finding in findings:
        key = (finding.rule.id, finding.context)
        if key not in seen:
            # No part can hold NUL: an id is letters and hyphens, and white space and controls are folded out of a sentence.
            begun = sha256(f"{finding.rule.id}\0{finding.context}\0".encode("utf-8", "surrogatepass"))
            seen[key] = begun, count(1)
        # The sentence may be a long one, with many findings.
        begun, ordinals = seen[key]
        digest = begun.copy()
        digest.update(b"%d" % next(ordinals))
        made.append(finding._replace(fingerprint=digest.hexdigest()[:_LENGTH]))
    return tuple(made)
