"""The settings that hold for a file, as one frozen type, and how what several places say is stacked into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint.records import NamedTuple
from healthlint.rule import CONFIDENCES, CONTEXTS, COUNTRY_PACKS, PACK_GROUPS, PACKS, PRODUCTS, SEVERITIES, TIERS

FAIL_ON = (*SEVERITIES[::-1], "never")
"""From which severity on findings make a run fail."""
RULE_LEVELS = ("off", *SEVERITIES)
"""What `rules:` can say of a rule."""
AUTO = "auto"
"""A product or context worked out from the text; as many jobs as pay."""
MOST_JOBS = 60
"""Windows waits for no more processes at once."""
DEFAULT = "default"
"""The origin of what nobody said."""

Value = str | tuple[str, ...] | tuple[tuple[str, str], ...] | None


class Said(NamedTuple):
    """One setting as one place has it: `key` is a field of Settings, `origin` says where ("--packs", "a.yaml:3")."""

    key: str
    value: Value
    origin: str


class Settings(NamedTuple):
    """All that decides what is found in a file and what comes of it; hashable, equal settings choose the same rules."""

    packs: tuple[str, ...] = COUNTRY_PACKS
    """In the order of `rule.PACKS`."""
    tiers: tuple[str, ...] = ("core", "extended")
    product: str | None = None
    """None: worked out from the text."""
    context: str | None = None
    """None: worked out from the text."""
    rules: tuple[tuple[str, str], ...] = ()
    """Rule id to off, info, warning or error."""
    select: tuple[str, ...] = ()
    """Ids, categories and packs; empty for all."""
    ignore: tuple[str, ...] = ()
    """Ids, categories and packs."""
    min_confidence: str = CONFIDENCES[0]
    fail_on: str = "error"
    mdx_props: tuple[str, ...] = ()
    """The JSX props that a reader of the page sees; empty for the reader's own list."""
    rule_folders: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs, in the manner of .gitignore, relative to the folder of the config file."""
    claims: str = ""
    """The register of approved claims, as seen from the current folder; "" for none."""
    jobs: str | None = None
    """The processes that check files, from 1 to MOST_JOBS (None: as many as pay); of several in a run the least counts."""
    origins: tuple[tuple[str, str], ...] = ()
    """Who said so: a key, "rules.ID", "select.NAME" or "ignore.NAME" to its origin; no entry for defaults."""

    def origin(self, key: str, name: str = "") -> str:
        """Return who set `key`, or of its entries the one called `name`; "default" where nobody did."""
        wanted = f"{key}.{name}" if name else key
        return dict(self.origins).get(wanted, DEFAULT)


def stacked(settings: Settings, said: Iterable[Said]) -> Settings:
    """Return `settings` with what was `said` on top: `rules` and `ignore` add to what is there, the rest replaces."""
    for key, value, origin in said:
        now: Value = value
        names: tuple[str, ...] = ()
        if key == "rules":
            added = _pairs(value)
            now = tuple({**dict(settings.rules), **added}.items())
            names = tuple(added)
        elif key in ("select", "ignore"):
            names = _names(value)
            now = tuple(dict.fromkeys(settings.ignore + names)) if key == "ignore" else names
        origins = {**dict(settings.origins), key: origin, **{f"{key}.{name}": origin for name in names}}
        settings = settings._replace(**{key: now, "origins": tuple(origins.items())})  # type: ignore[arg-type]
    return settings


def commanded(settings: Settings, said: Iterable[Said]) -> Settings:
    """Return `settings` with what the command line said on top of them.

    A `--select` starts afresh: what the config file ignores is selected if it is named, and so is a rule it turns off.
    """
    said = tuple(said)
    selected = next((_names(value) for key, value, _ in said if key == "select"), ())
    if selected:
        kept = tuple((rule, level) for rule, level in settings.rules if level != "off" or rule not in selected)
        settings = settings._replace(rules=kept, ignore=())
    return stacked(settings, said)


def expanded_packs(names: Iterable[str]) -> tuple[str, ...]:
    """Return the packs that `names` stand for, in the order of `rule.PACKS`: a pack, a group, "all" or "default".

    Raises:
        KeyError: a name is none of these.
    """
    groups: Mapping[str, tuple[str, ...]] = pack_names()
    wanted = {pack for name in names for pack in groups[name]}
    return tuple(pack for pack in PACKS if pack in wanted)


def pack_names() -> dict[str, tuple[str, ...]]:
    """Return every name that may stand for packs, with the packs it stands for."""
    return {**{pack: (pack,) for pack in PACKS}, **PACK_GROUPS, "all": PACKS, "default": COUNTRY_PACKS}


def allowed(key: str) -> tuple[str, ...]:
    """Return the words that `key` of Settings may hold; empty where any may stand."""
    return {
        "packs": tuple(pack_names()),
        "tiers": TIERS,
        "product": (*PRODUCTS, AUTO),
        "context": (*CONTEXTS, AUTO),
        "rules": RULE_LEVELS,
        "min_confidence": CONFIDENCES,
        "fail_on": FAIL_ON,
    }.get(key, ())


def is_jobs(text: str) -> bool:
    """Return whether `text` may say how many processes check files."""
    return text == AUTO or (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_JOBS)


def _names(value: Value) -> tuple[str, ...]:
    return tuple(name for name in value or () if isinstance(name, str)) if not isinstance(value, str) else (value,)


def _pairs(value: Value) -> dict[str, str]:
    return dict(pair for pair in value or () if not isinstance(pair, str))
