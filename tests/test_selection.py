"""Which rules are on, how severe they are, and who decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.config import Said, Settings, commanded, stacked
from healthlint.rule import CATEGORIES, CONFIDENCES, PACKS, SEVERITIES, TIERS, Rule
from healthlint.selection import Choice, choose, unknown_names

RULE = Rule(
    id="cure-claim", title="A cure", category="cure", severity="warning", confidence="medium", tier="core",
    packs=("us-fda", "uk"), since="0.1", message="a cure", instead="", rewrite="", why="", law=(),
    frames=frozenset({"assert"}), hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(),
    path="cure-claim.yaml", line=1,
)  # fmt: skip
STRICT = RULE._replace(id="strict-claim", tier="strict")
PLATFORM = RULE._replace(id="platform-claim", packs=("platform",))
LINT = RULE._replace(id="unused-suppression", category="lint", packs=("editorial",), tier="strict", confidence="low")
BY_PACK = RULE._replace(id="by-pack", severity_by_pack={"uk": "error", "us-fda": "info"})


def choice(rule: Rule, **settings: object) -> Choice:
    return choose([rule], Settings()._replace(**settings))[rule.id]  # type: ignore[arg-type]


def saying(**values: object) -> Settings:
    return stacked(Settings(), [Said(key, value, f"c.yaml:{key}") for key, value in values.items()])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "settings", "on", "why"),
    [
        pytest.param(RULE, {}, True, "tier core is on: by default", id="a core rule of a country"),
        pytest.param(STRICT, {}, False, "tier strict is not on: by default", id="a strict rule"),
        pytest.param(
            PLATFORM, {}, False, "none of its packs (platform) is on: by default", id="a rule of another pack"
        ),
        pytest.param(RULE, {"packs": ("uk",)}, True, "tier core is on: by default", id="one of its packs is enough"),
        pytest.param(STRICT, {"tiers": ("strict",)}, True, "tier strict is on: c.yaml:tiers", id="a tier switched on"),
        pytest.param(RULE, {"tiers": ("strict",)}, False, "tier core is not on: c.yaml:tiers", id="a tier left out"),
        pytest.param(STRICT, {"select": ("strict-claim",)}, True, "c.yaml:select: select strict-claim", id="by name"),
        pytest.param(
            PLATFORM, {"rules": (("platform-claim", "info"),)}, True, "c.yaml:rules: rules, info", id="by severity"
        ),
        pytest.param(RULE, {"rules": (("cure-claim", "off"),)}, False, "c.yaml:rules: rules, off", id="off"),
        pytest.param(RULE, {"select": ("cure",)}, True, "c.yaml:select: select cure", id="by category"),
        pytest.param(RULE, {"select": ("safety",)}, False, "not selected: c.yaml:select", id="another is selected"),
        pytest.param(PLATFORM, {"select": ("platform",)}, True, "c.yaml:select: select platform", id="by pack"),
        pytest.param(RULE, {"select": ("us",)}, True, "c.yaml:select: select us", id="by group of packs"),
        pytest.param(STRICT, {"select": ("cure",)}, False, "tier strict is not on: by default", id="a kind and a tier"),
        pytest.param(
            RULE, {"ignore": ("cure-claim",)}, False, "c.yaml:ignore: ignore cure-claim", id="ignored by name"
        ),
        pytest.param(RULE, {"ignore": ("cure",)}, False, "c.yaml:ignore: ignore cure", id="ignored by category"),
        pytest.param(RULE, {"ignore": ("uk",)}, True, "tier core is on: by default", id="one pack of two is ignored"),
        pytest.param(RULE, {"ignore": ("uk", "us")}, False, "c.yaml:ignore: ignore uk, us-fda", id="all packs ignored"),
        pytest.param(
            RULE, {"min_confidence": "high"}, False, "its confidence is medium: c.yaml:min_confidence", id="not sure"
        ),
        pytest.param(LINT, {"packs": ("uk",)}, True, "rules of category lint are always on", id="lint, whatever packs"),
        pytest.param(
            LINT, {"select": ("cure",)}, True, "rules of category lint are always on", id="lint, whatever is selected"
        ),
        pytest.param(LINT, {"ignore": ("lint",)}, False, "c.yaml:ignore: ignore lint", id="lint ignored"),
        pytest.param(
            LINT, {"rules": (("unused-suppression", "off"),)}, False, "c.yaml:rules: rules, off", id="lint off"
        ),
    ],
)
def test_a_rule_is_on_or_off_and_who_said_so(rule: Rule, settings: dict[str, object], on: bool, why: str) -> None:
    chosen = choose([rule], saying(**settings))[rule.id]
    assert (chosen.on, chosen.why) == (on, why)


@pytest.mark.parametrize(
    ("settings", "on"),
    [
        pytest.param({"ignore": ("cure-claim",), "select": ("cure-claim",)}, False, id="ignored over selected"),
        pytest.param({"rules": (("cure-claim", "off"),), "select": ("cure-claim",)}, False, id="off over selected"),
        pytest.param({"select": ("cure-claim",), "ignore": ("cure",)}, True, id="a name over a category"),
        pytest.param({"ignore": ("cure",), "rules": (("cure-claim", "error"),)}, False, id="ignored over a severity"),
        pytest.param({"rules": (("cure-claim", "error"),), "select": ("safety",)}, True, id="a severity over select"),
    ],
)
def test_the_stronger_word_counts(settings: dict[str, object], on: bool) -> None:
    assert choice(RULE, **settings).on is on


@pytest.mark.parametrize(
    ("rule", "settings", "severity"),
    [
        pytest.param(RULE, {}, "warning", id="its own"),
        pytest.param(RULE, {"rules": (("cure-claim", "info"),)}, "info", id="as the config has it"),
        pytest.param(BY_PACK, {}, "error", id="the strictest of the packs in force"),
        pytest.param(BY_PACK, {"packs": ("us-fda",)}, "info", id="that of the one pack in force"),
        pytest.param(BY_PACK, {"packs": ("eu",)}, "warning", id="its own without a pack in force"),
        pytest.param(BY_PACK, {"ignore": ("uk",)}, "info", id="an ignored pack does not count"),
        pytest.param(BY_PACK, {"rules": (("by-pack", "warning"),)}, "warning", id="config over packs"),
    ],
)
def test_severity(rule: Rule, settings: dict[str, object], severity: str) -> None:
    assert choice(rule, **settings).severity == severity


def test_a_select_of_the_command_line_beats_what_the_config_turns_off() -> None:
    settings = saying(rules=(("cure-claim", "off"),), ignore=("cure",))
    settings = commanded(settings, [Said("select", ("cure-claim",), "--select")])
    assert choose([RULE], settings)["cure-claim"] == Choice(
        on=True, severity="warning", why="--select: select cure-claim"
    )


def test_names_nobody_knows_are_faults() -> None:
    settings = saying(rules=(("cure-clam", "off"),), select=("cure", "us"), ignore=("cures",))
    assert unknown_names([RULE], settings) == (
        "c.yaml:rules: unknown rule 'cure-clam'; did you mean 'cure-claim'?",
        "c.yaml:ignore: 'cures' is no rule, category or pack; did you mean 'cure'?",
    )


def test_an_old_name_leads_to_the_new_one() -> None:
    settings = saying(rules=(("heal-claim", "off"),), ignore=("heal-claim",))
    assert unknown_names([RULE._replace(formerly=("heal-claim",))], settings) == (
        "c.yaml:rules: unknown rule 'heal-claim'; it is 'cure-claim' now",
        "c.yaml:ignore: 'heal-claim' is no rule, category or pack; it is 'cure-claim' now",
    )


RULES = st.builds(
    RULE._replace,
    category=st.sampled_from(CATEGORIES),
    tier=st.sampled_from(TIERS),
    confidence=st.sampled_from(CONFIDENCES),
    packs=st.lists(st.sampled_from(PACKS), min_size=1, unique=True).map(tuple),
)
NAMES = st.lists(st.sampled_from([*CATEGORIES, *PACKS, "us", "cure-claim"]), max_size=3).map(tuple)


@given(RULES, NAMES, NAMES, st.sampled_from(CONFIDENCES))
def test_to_ignore_more_never_turns_a_rule_on(rule: Rule, select, ignore, least: str) -> None:
    before = choice(rule, select=select, min_confidence=least)
    after = choice(rule, select=select, min_confidence=least, ignore=ignore)
    assert before.on or not after.on
    assert before.severity in SEVERITIES
