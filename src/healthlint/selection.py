"""Which rules are on for a file, how severe they are there, and who said so.

From the strongest: `ignore` by id, `rules: off`, `select` by id, `ignore` by category or pack, `rules: SEVERITY`,
`select` by category or pack, then packs and tiers. Rules about suppressions and spelling (category `lint`) ask for
neither packs nor tiers nor `select`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint.config import DEFAULT, Settings, pack_names
from healthlint.errors import nearest
from healthlint.records import NamedTuple
from healthlint.rule import CATEGORIES, CONFIDENCES, PACKS, SEVERITIES, Rule


class Choice(NamedTuple):
    """Whether a rule is on, how severe its findings are, and who decided."""

    on: bool
    severity: str
    why: str


def choose(rules: Iterable[Rule], settings: Settings) -> Mapping[str, Choice]:
    """Return the choice for each of `rules`, by id."""
    chooser = _Chooser(settings)
    return {rule.id: chooser.choice(rule) for rule in rules}


def packs_in_force(settings: Settings) -> tuple[str, ...]:
    """Return the packs that count, in the order of `rule.PACKS`: those set and selected, without those ignored."""
    packs = (set(settings.packs) | _packs(settings.select)) - _packs(settings.ignore)
    return tuple(pack for pack in PACKS if pack in packs)


def unknown_names(rules: Iterable[Rule], settings: Settings) -> tuple[str, ...]:
    """Return a fault for each rule, category or pack that the settings name and nobody knows."""
    known = tuple(rules)
    ids = {rule.id for rule in known}
    others = (*CATEGORIES, *pack_names())
    faults = [
        f"{settings.origin('rules', rule)}: unknown rule {rule!r}{hint(rule, known)}"
        for rule, _ in settings.rules
        if rule not in ids
    ]
    faults += [
        f"{settings.origin(key, name)}: {name!r} is no rule, category or pack{hint(name, known, others)}"
        for key, given in (("select", settings.select), ("ignore", settings.ignore))
        for name in given
        if name not in ids and name not in others
    ]
    return tuple(faults)


def hint(name: str, rules: Iterable[Rule], others: Iterable[str] = ()) -> str:
    """Return what a name that is no rule's may mean: "; it is 'x' now", "; did you mean 'x'?" or ""."""
    known = tuple(rules)
    for rule in known:
        if name in rule.formerly:
            return f"; it is {rule.id!r} now"
    return nearest(name, {*(rule.id for rule in known), *others})


class _Chooser:
    """The settings in the form that is asked for once a rule."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.levels = dict(settings.rules)
        self.selected = frozenset(settings.select)
        self.ignored = frozenset(settings.ignore)
        self.packs = frozenset(packs_in_force(settings))
        self.least = CONFIDENCES.index(settings.min_confidence)

    def choice(self, rule: Rule) -> Choice:
        """Return what becomes of `rule`."""
        on, why = self._decide(rule)
        level = self.levels.get(rule.id, "off")
        return Choice(on, self._severity(rule) if level == "off" else level, why)

    def _severity(self, rule: Rule) -> str:
        levels = [rule.severity_by_pack.get(pack, rule.severity) for pack in rule.packs if pack in self.packs]
        return max(levels, key=SEVERITIES.index, default=rule.severity)

    def _decide(self, rule: Rule) -> tuple[bool, str]:
        """Return whether `rule` is on, and why; the first that has something to say decides."""
        if rule.id in self.ignored:
            return False, self._said("ignore", rule.id)
        if self.levels.get(rule.id) == "off":
            return False, f"{self.settings.origin('rules', rule.id)}: rules, off"
        named = rule.id in self.selected
        if rule.category in self.ignored and not named:
            return False, self._said("ignore", rule.category)
        if rule.category == "lint":
            return True, "rules of category lint are always on"
        if CONFIDENCES.index(rule.confidence) < self.least:
            return False, f"its confidence is {rule.confidence}: {self._by('min_confidence')}"
        if named:
            return True, self._said("select", rule.id)
        return self._by_kind(rule)

    def _by_kind(self, rule: Rule) -> tuple[bool, str]:
        in_force = [pack for pack in rule.packs if pack in self.packs]
        lost = _packs(self.ignored).intersection(rule.packs)
        if lost and not in_force:
            return False, f"{self.settings.origin('ignore')}: ignore {', '.join(sorted(lost))}"
        if rule.id in self.levels:
            return True, f"{self.settings.origin('rules', rule.id)}: rules, {self.levels[rule.id]}"
        if not in_force:
            return False, f"none of its packs ({', '.join(rule.packs)}) is on: {self._by('packs')}"
        if self.selected:
            chosen = self._selecting(rule)
            if chosen is None:
                return False, f"not selected: {self.settings.origin('select')}"
        if rule.tier not in self.settings.tiers:
            return False, f"tier {rule.tier} is not on: {self._by('tiers')}"
        if self.selected and chosen:
            return True, self._said("select", chosen)
        return True, f"tier {rule.tier} is on: {self._by('tiers')}"

    def _selecting(self, rule: Rule) -> str | None:
        """Return the name in `select` that takes in `rule` by its category or packs."""
        groups = pack_names()
        for name in self.settings.select:
            if name == rule.category or not set(groups.get(name, ())).isdisjoint(rule.packs):
                return name
        return None

    def _said(self, key: str, name: str) -> str:
        return f"{self.settings.origin(key, name)}: {key} {name}"

    def _by(self, key: str) -> str:
        origin = self.settings.origin(key)
        return "by default" if origin == DEFAULT else origin


def _packs(names: Iterable[str]) -> set[str]:
    """Return the packs that `names` hold; a category of the same name ("editorial") counts as both."""
    groups = pack_names()
    return {pack for name in names if name in groups for pack in groups[name]}
