"""Config files are found, read and stacked, or refused with every fault and its line."""

import os
from pathlib import Path

import pytest

from healthlint.config import Said, Settings, commanded, expanded_packs, stacked
from healthlint.config_file import Config, Configs, read_config
from healthlint.config_values import page_settings
from healthlint.errors import ConfigError
from healthlint.rule import COUNTRY_PACKS, PACKS


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own is the current folder, so that no config above it counts."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, path: str = ".healthlint.yaml") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def read(text: str, path: str = ".healthlint.yaml") -> Config:
    config = read_config(written(text, path))
    assert config is not None
    return config


def settings_in(config: Config, file: str) -> Settings:
    return config.settings(config.matching(file))


def settings_of(text: str, path: str = ".healthlint.yaml", file: str = "a.md") -> Settings:
    return settings_in(read(text, path), file)


EVERY_KEY = """\
packs: [us, uk]
tiers: [core]
product: medicine:rx
context: commercial
rules:
  cure-named-disease: off
  bare-rule: warning
select: [cure]
ignore: [promotion]
min-confidence: medium
fail-on: warning
rule-folders: [house-rules]
exclude: ["drafts/"]
mdx-props: [title, blurb]
overrides:
  - paths: ["blog/"]
    context: editorial
"""
THE_SAME_IN_TOML = """\
[tool.other]
healthlint = 1
[tool.healthlint]
packs = ["us", "uk"]
tiers = ["core"]
product = "medicine:rx"
context = "commercial"
select = ["cure"]
ignore = ["promotion"]
min-confidence = "medium"
fail-on = "warning"
rule-folders = ["house-rules"]
exclude = ["drafts/"]
mdx-props = ["title", "blurb"]
[tool.healthlint.rules]
cure-named-disease = "off"
bare-rule = "warning"
[[tool.healthlint.overrides]]
paths = ["blog/"]
context = "editorial"
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("site/.healthlint.yaml", EVERY_KEY, id="YAML"),
        pytest.param("site/pyproject.toml", THE_SAME_IN_TOML, id="TOML"),
    ],
)
def test_every_key_is_read(path: str, text: str) -> None:
    Path("site/house-rules").mkdir(parents=True)
    settings = settings_of(text, path, "site/a.md")
    assert (settings.packs, settings.tiers) == (("us-ftc", "us-fda", "us-state", "uk"), ("core",))
    assert (settings.product, settings.context) == ("medicine:rx", "commercial")
    assert settings.rules == (("cure-named-disease", "off"), ("bare-rule", "warning"))
    assert (settings.select, settings.ignore) == (("cure",), ("promotion",))
    assert (settings.min_confidence, settings.fail_on) == ("medium", "warning")
    assert (settings.rule_folders, settings.exclude) == (("site/house-rules",), ("drafts/",))
    assert settings.mdx_props == ("title", "blurb")
    assert settings_of(text, path, "site/blog/a.md").context == "editorial"


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n", "\ufeff# a BOM\n", "{}"])
def test_a_config_that_says_nothing_leaves_the_defaults(text: str) -> None:
    assert settings_of(text) == Settings()


def test_an_alias_stands_for_its_value() -> None:
    text = "overrides:\n- paths: &posts ['posts/']\n  product: food\n- paths: *posts\n  context: editorial\n"
    settings = settings_of(text, file="posts/a.md")
    assert (settings.product, settings.context) == ("food", "editorial")


def test_aliases_of_aliases_do_not_explode() -> None:
    rows = ["a0: &a0 [x]", *(f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * 10)}]" for row in range(1, 40))]
    with pytest.raises(ConfigError, match="unknown key 'a0'"):
        read("\n".join(rows))


def test_one_word_stands_for_a_list_of_one() -> None:
    assert settings_of("packs: uk\n").packs == ("uk",)


def test_auto_takes_back_what_was_pinned() -> None:
    text = "product: food\noverrides:\n  - {paths: ['*.txt'], product: auto}\n"
    assert settings_of(text, file="a.txt").product is None
    assert settings_of(text, file="a.md").product == "food"


def test_overrides_stack_in_their_order_and_may_match_nothing() -> None:
    text = (
        "rules: {one-rule: info}\noverrides:\n"
        "- {paths: ['*.md'], rules: {one-rule: error, two-rule: off}, ignore: [cure]}\n"
        "- {paths: ['posts/'], rules: {two-rule: warning}, ignore: [uk]}\n"
        "- {paths: ['nowhere/'], product: food}\n"
    )
    settings = settings_of(text, file="posts/a.md")
    assert settings.rules == (("one-rule", "error"), ("two-rule", "warning"))
    assert settings.ignore == ("cure", "uk")
    assert settings.product is None


def test_globs_are_relative_to_the_config_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written("overrides: [{paths: ['/posts/'], product: food}]\nexclude: ['/drafts/']\n", "site/.healthlint.yaml")
    (here / "site" / "posts").mkdir()
    monkeypatch.chdir(here / "site" / "posts")
    config = Configs().of("a.md")
    assert settings_in(config, "a.md").product == "food"
    assert config.inside("../drafts/a.md") == "drafts/a.md"
    assert config.inside("../../aside.md") == ""


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("paks: [uk]", ["1: unknown key 'paks'; did you mean 'packs'?"], id="unknown key"),
        pytest.param("fail-on: high", ["1: 'fail-on' is 'high': choose error, warning, info or never"], id="word"),
        pytest.param("rules: {a-rule: on}", ["1: 'a-rule' is 'on': choose off, info, warning or error"], id="level"),
        pytest.param(
            "packs:\n- uk\n- usa",
            ["3: unknown name 'usa' in 'packs': choose of us-ftc, us-fda, us-state, uk, eu, au, ca, platform, "],
            id="one of several names",
        ),
        pytest.param("packs: []", ["1: 'packs' is empty: no rule could be on"], id="no packs at all"),
        pytest.param("packs:", ["1: 'packs' is empty"], id="a key without a value"),
        pytest.param("packs: {uk: yes}", ["1: 'packs' must be a list, not a mapping"], id="wrong shape"),
        pytest.param("- packs", ["1: 'config' must be a mapping, not a list"], id="a list"),
        pytest.param("product: [food]", ["1: 'product' must be text, not a list"], id="a list for a word"),
        pytest.param(
            "tiers: core\ntiers: strict", ["2: key 'tiers' stands twice; the first is in line 1"], id="doubled"
        ),
        pytest.param("overrides: {paths: ['*']}", ["1: 'overrides' must be a list, not a mapping"], id="no list"),
        pytest.param("overrides:\n- tiers: core", ["2: an override needs 'paths', a list of globs"], id="no paths"),
        pytest.param(
            "overrides:\n- paths: ['*']\n  exclude: ['a']",
            ["3: unknown key 'exclude'; allowed: paths, packs, tiers, product, context, rules, select, ignore, "],
            id="a key that overrides lack",
        ),
        pytest.param("rule-folders: gone", ["1: rule folder 'gone' is not there"], id="a missing rule folder"),
        pytest.param("packs: [uk", ["2: not YAML: "], id="no YAML"),
        pytest.param("a: &a [*a]", ["1: '*a' stands inside of itself"], id="an alias of itself"),
        pytest.param("a: " + "[" * 50_000, ["1: nested too deeply"], id="YAML without a floor"),
        pytest.param(
            "contxt: x\nproduct: drug\n",
            ["1: unknown key 'contxt'; did you mean 'context'?", "2: 'product' is 'drug': choose supplement"],
            id="every fault at once",
        ),
    ],
)
def test_a_faulty_config_is_refused(text: str, faults: list[str]) -> None:
    with pytest.raises(ConfigError) as raised:
        read(text)
    assert len(raised.value.faults) == len(faults)
    for told, fault in zip(raised.value.faults, faults, strict=True):
        assert told.startswith(f".healthlint.yaml:{fault}")


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"all, default; did you mean 'us'\?$"):
        read("packs: usa")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("[tool.healthlint]\n\npaks = []", "3: unknown key 'paks'", id="unknown key"),
        pytest.param("[tool.healthlint.rules]\na-rule = false", "2: 'a-rule' is 'false': choose off", id="no text"),
        pytest.param("[tool]\nhealthlint.fail-on = 1", "2: 'fail-on' is '1': choose error", id="a dotted key"),
        pytest.param(
            "[[tool.healthlint.overrides]]\npaths = 'a'\n[[tool.healthlint.overrides]]\n",
            "3: an override needs 'paths'",
            id="the second of two tables",
        ),
        pytest.param("[tool.healthlint]\nx = ", "2: not TOML: invalid value", id="no TOML"),
        pytest.param("[tool]\nhealthlint = " + "[" * 3000, "1: not TOML: nested too deeply", id="TOML without a floor"),
        pytest.param("[tool]\nhealthlint = []", "2: 'config' must be a mapping, not a list", id="no table"),
    ],
)
def test_faults_of_toml_name_their_line(text: str, fault: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_config(written(text, "pyproject.toml"))
    assert str(raised.value).startswith(f"pyproject.toml:{fault}")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"packs: caf\xe9", ".healthlint.yaml:1: byte 0xE9 at offset 10 is not UTF-8", id="not UTF-8"),
        pytest.param(bytes(99), ".healthlint.yaml: a binary file, not text", id="binary"),
        pytest.param(b"a: \x07", ".healthlint.yaml:1: not YAML:", id="a control character"),
    ],
)
def test_a_config_that_is_no_text_is_refused(data: bytes, fault: str) -> None:
    Path(".healthlint.yaml").write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        read_config(".healthlint.yaml")
    assert str(raised.value).startswith(fault)


def test_the_nearest_config_counts() -> None:
    written("product: food", ".healthlint.yaml")
    written("product: device", "a/.healthlint.yml")
    written("[tool.healthlint]\nproduct = 'cosmetic'", "a/b/pyproject.toml")
    written("[project]\nname = 'healthlint-user'", "a/b/c/pyproject.toml")
    configs = Configs()
    products = [configs.of(path).settings().product for path in ("x.md", "a/x.md", "a/b/x.md", "a/b/c/x.md")]
    assert products == ["food", "device", "cosmetic", "cosmetic"]
    assert configs.of("a/b/c/x.md").path == "a/b/pyproject.toml"


def test_the_search_ends_at_the_repository(here: Path) -> None:
    written("product: food")
    (here / "inner" / ".git").mkdir(parents=True)
    assert Configs().of("inner/a.md") == Config()


def test_two_configs_side_by_side_are_refused() -> None:
    written("", ".healthlint.yaml")
    written("", ".healthlint.yml")
    configs = Configs()
    configs.of("a.md")
    assert configs.faults == [".: both .healthlint.yaml and .healthlint.yml; keep one of them"]


def test_faults_of_several_configs_are_all_kept_once() -> None:
    written("x: 1", "a/.healthlint.yaml")
    written("y: 1", "b/.healthlint.yaml")
    configs = Configs()
    for path in ("a/1.md", "a/2.md", "b/1.md"):
        configs.of(path)
    assert [fault.partition(" ")[0] for fault in configs.faults] == ["a/.healthlint.yaml:1:", "b/.healthlint.yaml:1:"]


def test_one_config_can_be_named_or_none_at_all() -> None:
    written("product: food")
    written("product: device", "other.yaml")
    assert settings_in(Configs("other.yaml").of("a.md"), "a.md").product == "device"
    assert Configs(isolated=True).of("a.md") == Config()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        pytest.param("gone.yaml", "gone.yaml: cannot be read: no such file or directory", id="missing"),
        pytest.param(".", ".: cannot be read: is a directory", id="a folder"),
        pytest.param("pyproject.toml", "pyproject.toml: no table [tool.healthlint]", id="TOML without a table"),
    ],
)
def test_a_named_config_must_be_one(path: str, fault: str) -> None:
    written("[project]\n", "pyproject.toml")
    with pytest.raises(ConfigError) as raised:
        Configs(path)
    assert str(raised.value) == fault


def test_every_setting_knows_who_said_so() -> None:
    text = "packs: [uk]\nrules:\n  a-rule: off\n  b-rule: info\noverrides:\n- paths: ['*']\n  rules: {b-rule: error}\n"
    settings = settings_of(text)
    settings = commanded(settings, [Said("tiers", ("core",), "--tiers"), Said("ignore", ("cure",), "--ignore")])
    assert settings.origin("packs") == ".healthlint.yaml:1"
    assert settings.origin("rules", "a-rule") == ".healthlint.yaml:3"
    assert settings.origin("rules", "b-rule") == ".healthlint.yaml:7"
    assert settings.origin("tiers") == "--tiers"
    assert settings.origin("ignore", "cure") == "--ignore"
    assert settings.origin("product") == "default"


def test_a_select_of_the_command_line_starts_afresh() -> None:
    settings = settings_of("select: [uk]\nignore: [cure]\nrules: {a-rule: off, b-rule: off}\n")
    settings = commanded(settings, [Said("select", ("a-rule",), "--select")])
    assert (settings.select, settings.ignore) == (("a-rule",), ())
    assert settings.rules == (("b-rule", "off"),)


def test_an_ignore_of_the_command_line_adds() -> None:
    settings = stacked(Settings(), [Said("ignore", ("cure",), "a.yaml:1")])
    assert commanded(settings, [Said("ignore", ("uk",), "--ignore")]).ignore == ("cure", "uk")


@pytest.mark.parametrize(
    ("names", "packs"),
    [
        pytest.param(["us"], ("us-ftc", "us-fda", "us-state"), id="us is three"),
        pytest.param(["all"], PACKS, id="all"),
        pytest.param(["editorial", "default"], (*COUNTRY_PACKS, "editorial"), id="the default and one more"),
        pytest.param(["uk", "us-fda", "uk"], ("us-fda", "uk"), id="in a fixed order, once"),
    ],
)
def test_names_of_packs_are_expanded(names: list[str], packs: tuple[str, ...]) -> None:
    assert expanded_packs(names) == packs


def test_a_page_says_what_it_is() -> None:
    meta = {"product": ("food", 2), "packs.0": ("uk", 4), "packs.1": ("eu", 5)}
    assert page_settings(meta, "a.md") == (Said("product", "food", "a.md:2"), Said("packs", ("uk", "eu"), "a.md:4"))


@pytest.mark.parametrize(
    ("meta", "fault"),
    [
        pytest.param({"product": ("drug", 3)}, "a.md:3: 'product' is 'drug': choose supplement", id="a word"),
        pytest.param(
            {"rules.cure": ("off", 2)}, "a.md:2: unknown key 'rules'; allowed: product, context, packs", id="rules"
        ),
        pytest.param({"packs.0": ("uk", 3), "packs.1": ("xx", 4)}, "a.md:4: unknown name 'xx' in 'packs'", id="a pack"),
        pytest.param(
            {"": ("off", 2)}, "a.md:2: 'healthlint' must be a mapping of product, context, packs", id="no mapping"
        ),
    ],
)
def test_a_page_cannot_say_what_makes_no_sense(meta: dict[str, tuple[str, int]], fault: str) -> None:
    with pytest.raises(ConfigError) as raised:
        page_settings(meta, "a.md")
    assert str(raised.value).startswith(fault)


def test_a_config_that_may_not_be_read_is_refused(here: Path) -> None:
    if os.geteuid() == 0:
        os.symlink("nowhere", here / "loop.yaml")
        with pytest.raises(ConfigError, match=r"^loop\.yaml: cannot be read: "):
            read_config("loop.yaml")
        return
    path = written("packs: uk")
    os.chmod(path, 0)
    with pytest.raises(ConfigError, match="cannot be read: permission denied"):
        read_config(path)
