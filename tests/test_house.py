"""House rules that no linter knows: sizes, docstrings, what belongs to the ends alone, and the list of plugs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "healthlint"
MODULES = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}

PLUGS = {
    "readers": ["markdown", "mdx", "plain"],
    "checks": ["altered", "contradiction", "links", "phrases", "reported_by", "require", "together", "voices"],
    "reporters": [
        "azure", "checkstyle", "concise", "csv", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown",
        "rdjson", "rdjsonl", "sarif", "teamcity", "text",
    ],
}  # fmt: skip

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "common", "manager", "base", "core", "misc"})

ENDS_ONLY = {
    "prints": r"\bprint\(|\bsys\.std(?:out|err)\b",
    "reads the environment": r"\bos\.environ\b|\bgetenv\b",
    "chooses an exit status": r"\bsys\.exit\b|\bSystemExit\b",
    "catches everything": r"\bexcept (?:Base)?Exception\b|\bexcept:",
}
"""What is for cli/ and __main__ alone."""

EXCUSED = {
    # Where the cache lies is known to the system alone.
    "reads the environment": {"book_cache.py"},
    # One rule's fault must not hide what the others find.
    "catches everything": {"judging.py"},
    # What marshal and the Markdown parser hand over.
    "leaves types open": {
        "book_packed.py",
        "hints.py",
        "packed.py",
        "patterns/raw_engine.py",
        "patterns/raw_size.py",
        "report_packed.py",
        "sharing.py",
        "patterns/raw.py",
        *(f"readers/{name}.py" for name in ("markdown", "_blocks", "_events", "_links")),
    },
}

NOWHERE = {
    "breaks lines where Source does not": r"\.splitlines\(",
    "leaves work for later": r"\b(?:TODO|FIXME|XXX)\b",
    "changes global state": r"^\s*global ",
    "leaves types open": r"\b(?:typing|hints) import .*\bAny\b|\btyping\.Any\b",
    "names a folder of one machine": r"[\"'](?:/work|/root|/home|/tmp)\b",
}


def matches(pattern: str, name: str) -> Iterator[str]:
    """Yield "module:line" for each match of `pattern` in a module."""
    text = MODULES[name]
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}"


@pytest.mark.parametrize("folder", PLUGS)
def test_plugs_are_those_meant(folder):
    """Whoever adds a plug says so here, so that none appears by accident."""
    found = [path.stem for path in (PACKAGE / folder).glob("*.py") if not path.stem.startswith("_")]
    assert sorted(found) == PLUGS[folder]


def test_a_module_can_be_read_at_a_sitting():
    assert [name for name, text in MODULES.items() if text.count("\n") > LONGEST_MODULE] == []


def test_a_function_can_be_seen_at_once():
    long = [
        f"{name}:{node.lineno}: {node.name}"
        for name, text in MODULES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_a_module_is_named_after_what_lives_in_it():
    assert [name for name in MODULES if Path(name).stem in EMPTY_NAMES] == []


def test_what_is_public_says_what_it_is():
    silent = [f"{name}:{node.lineno}" for name, node in public() if not ast.get_docstring(node)]
    silent += [name for name, text in MODULES.items() if not ast.get_docstring(ast.parse(text))]
    assert silent == []


def public() -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield the public functions and classes of modules, and the public methods of those classes."""
    for name, text in MODULES.items():
        waiting: list[ast.AST] = list(ast.parse(text).body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield name, node
                waiting += node.body if isinstance(node, ast.ClassDef) else []


@pytest.mark.parametrize("what", ENDS_ONLY)
def test_only_the_command_line(what):
    inner = [name for name in MODULES.keys() - EXCUSED.get(what, set()) if not name.startswith(("cli/", "__main__"))]
    assert [place for name in inner for place in matches(ENDS_ONLY[what], name)] == []


@pytest.mark.parametrize("what", NOWHERE)
def test_no_module(what):
    inner = MODULES.keys() - EXCUSED.get(what, set())
    assert [place for name in inner for place in matches(NOWHERE[what], name)] == []
