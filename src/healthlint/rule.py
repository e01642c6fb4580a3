"""A rule and its parts, as data; `rule_file` makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthlint.records import NamedTuple

SEVERITIES = ("info", "warning", "error")
"""How bad a finding is if right, mildest first."""
CONFIDENCES = ("low", "medium", "high")
"""How sure a rule is, least first."""
TIERS = ("core", "extended", "strict")
PACKS = ("us-ftc", "us-fda", "us-state", "uk", "eu", "au", "ca", "platform", "editorial")
COUNTRY_PACKS = PACKS[:7]
"""The packs that are on by default."""
PACK_GROUPS = {"us": ("us-ftc", "us-fda", "us-state")}
CATEGORIES = (
    "cure", "disease", "safety", "guarantee", "superiority", "speed", "evidence", "authority", "miracle", "natural",
    "care-avoidance", "promotion", "testimonial", "urgency", "structure-function", "ai-care", "prescription",
    "weight-loss", "vulnerable", "disclosure", "editorial", "lint",
)  # fmt: skip
PRODUCTS = (
    "supplement", "food", "cosmetic", "device", "service", "service:regulated", "medicine", "medicine:rx",
    "medicine:otc", "medicine:thr", "medicine:homeopathic", "therapeutic-good",
)  # fmt: skip
CONTEXTS = ("commercial", "editorial")
FRAMES = (
    "assert", "hedge", "negate", "question", "attribute", "report", "quote", "testimonial", "instruct", "define",
    "regulate", "disclaimer",
)  # fmt: skip
"""The speech acts a clause can be; every finding carries one."""


class Citation(NamedTuple):
    """A law or guidance a rule stands on, for one pack."""

    pack: str
    cite: str
    url: str = ""
    says: str = ""
    checked: str = ""
    """The day the provision was read, ISO 8601, or "" where it was not: then `status` says so."""
    status: str = ""
    """"" where the authority's own text was read; else "secondary source", "unverified" and the like."""


class Example(NamedTuple):
    """A line of a rule's examples: `text` is as shown to the reader, without its [[marks]]."""

    verdict: str
    """flag | pass | todo."""
    text: str
    marks: tuple[tuple[int, int], ...]
    """Where the [[marks]] stood in `text`, half open, in order; empty for pass."""
    line: int
    product: str | None = None
    context: str | None = None
    packs: tuple[str, ...] | None = None
    suffix: str = ".md"
    """What it is read as; ".yaml" for a register of approved claims."""
    claims: str = ""
    """The register of approved claims that the page is held against; "" for none."""


class Rule(NamedTuple):
    """One rule, as its file says; `find` is what the checks named by its keys are told to look for."""

    id: str
    title: str
    category: str
    severity: str
    confidence: str
    tier: str
    packs: tuple[str, ...]
    since: str
    message: str
    instead: str
    rewrite: str
    why: str
    law: Sequence[Citation]
    frames: frozenset[str]
    hedge: str
    """What a hedge does to the severity: lower | keep."""
    context: str
    """"any", "commercial" (silent in an editorial page) or "lower" (one step milder there)."""
    products: tuple[str, ...]
    """Product classes it is for; empty for all."""
    severity_by_pack: Mapping[str, str]
    folds: tuple[str, ...]
    """Ids of the rules that say less about the same words."""
    examples: Sequence[Example]
    path: str
    line: int
    formerly: tuple[str, ...] = ()
    """What the rule was called before; nobody else is called that."""
