"""The stair: imports go down only, and each library is imported where it belongs."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "healthlint"

STAIR = (
    {"hints"},
    {"records"},
    {"_version", "blame", "digests", "regexes"},
    {"errors", "text", "rule", "fold", "globs", "packed", "paths", "days", "evidence"},
    {"plugs", "encoding", "document", "finding", "git", "marked_yaml", "config", "approval", "exact_words"},
    {"report", "fingerprint", "marked_toml", "patterns", "selection", "workers"},
    {
        "approved_overlaps",
        "language",
        "lexicon_file",
        "config_values",
        "files",
        "readers",
        "report_packed",
        "reporters",
    },
    {"checks", "config_file"},
    {"rule_code"},
    {"rule_file", "speaker_file"},
    {"book"},
    {"frames_file"},
    {"clause_check", "covered", "lexicon_check"},
    {"book_build", "book_packed", "claims_file", "link_targets", "scan", "verdicts"},
    {"at_work", "book_cache"},
    {"book_shipped"},
    {"judging", "rulebook"},
    {"linter"},
    {"claims"},
    {"examples", "planning", "register_check"},
    {"result_cache", "sharing"},
    {"run"},
    {"costs"},
    {"__init__"},
    {"audit"},
    {"cli"},
    {"__main__"},
)
"""From the bottom: a module imports from stairs below its own, and inside of its own folder."""

STRANGERS = {
    "readers": {"rule", "finding", "report", "patterns", "language", "config"},
    "checks": {"readers", "reporters", "files", "config", "selection", "report"},
    "reporters": {"readers", "checks", "patterns", "language", "config", "files"},
    "judging": {"readers", "reporters", "files"},
    "linter": {"readers", "reporters", "files", "report"},
    "verdicts": {"readers", "reporters", "files", "checks", "patterns", "language"},
}
"""Who knows nothing of whom, though the stair would let it: formats, rules and ends stay apart."""

LIBRARIES = {
    "click": {"cli"},
    "yaml": {"marked_yaml", "readers"},
    "regex": {"patterns", "language", "checks"},
    "pyromark": {"readers"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))
HEIGHT = {name: height for height, names in enumerate(STAIR) for name in names}


def family(path: Path) -> str:
    """Return the module's name at the top of the package: "patterns" for patterns/phrase.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[int, str]]:
    """Return the line and the dotted name of each import, those inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def own(path: Path) -> list[tuple[int, str]]:
    """Return the line and the family of each import from the package itself."""
    found = [(line, name.split(".")) for line, name in imports(path)]
    return [
        (line, parts[1] if len(parts) > 1 and parts[1] in HEIGHT else "__init__")
        for line, parts in found
        if parts[0] == "healthlint"
    ]


def test_every_module_has_its_stair():
    assert sorted({family(path) for path in MODULES} - HEIGHT.keys()) == []


def test_imports_go_down():
    up = [
        f"{path.relative_to(PACKAGE)}:{line}: {there}"
        for path in MODULES
        for line, there in own(path)
        if there != family(path) and HEIGHT[there] >= HEIGHT.get(family(path), -1)
    ]
    assert up == []


def test_strangers_stay_strangers():
    met = [
        f"{path.relative_to(PACKAGE)}:{line}: {there}"
        for path in MODULES
        for line, there in own(path)
        if there in STRANGERS.get(family(path), ())
    ]
    assert met == []


def test_a_library_is_imported_where_it_belongs():
    astray = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if (library := name.split(".")[0]) not in sys.stdlib_module_names | {"healthlint"}
        and family(path) not in LIBRARIES.get(library, ())
    ]
    assert astray == []


def test_an_import_upwards_would_be_seen(tmp_path):
    """The test is tested: an import inside a function counts, and so does one of the package itself."""
    module = tmp_path / "text.py"
    module.write_text("def f():\n    from healthlint.cli import main\n    from healthlint import Linter\n", "utf-8")
    assert own(module) == [(2, "cli"), (3, "__init__")]
