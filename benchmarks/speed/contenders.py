"""The commands that are measured: healthlint, and peers that look for the lexicons' terms, where they are on the machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
OFFLINE = {"SEMGREP_ENABLE_VERSION_CHECK": "0", "SEMGREP_SEND_METRICS": "off"}
"""Nobody is asked for anything while time is taken."""
_TERM = re.compile(r"[a-z][a-z-]+(?: [a-z-]+)*")
_NO_SLOTS = frozenset({"affiliate.yaml", "frames.yaml", "speaker.yaml"})


class Contender(NamedTuple):
    """A program and how it is called; the paths come last."""

    name: str
    command: tuple[str, ...]
    version: str
    is_slow: bool = False
    """It takes so long that it is measured on the smaller corpora alone."""


def terms() -> list[str]:
    """Return the terms of the shipped lexicons that are plain words."""
    found: set[str] = set()
    for path in sorted((ROOT / "rules" / "lexicon").glob("*.yaml")):
        if path.name not in _NO_SLOTS:
            found.update(text for text in _texts(yaml.safe_load(path.read_text("utf-8"))) if _TERM.fullmatch(text))
    return sorted(found)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("about", "not", "include"):
                yield from _texts(item)


def healthlint(*options: str) -> tuple[str, ...]:
    """Return the command of a check; it takes nothing from earlier runs."""
    return (sys.executable, "-m", "healthlint", "check", "--isolated", "--format", "concise", "--no-cache", *options)


def contenders(work: Path) -> tuple[list[Contender], list[str]]:
    """Return what can be measured, and what is not on the machine; what they need is written below `work`."""
    words, missing = terms(), []
    (work / "terms.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    found = [Contender("healthlint", healthlint("--jobs", "1"), "this checkout")]
    for name, make in (
        ("rg -c", lambda: _ripgrep(work, "-c")),
        ("rg -o --column", lambda: _ripgrep(work, "-o", "--column")),
        ("textlint+prh", lambda: _textlint(work, words)),
        ("proselint", _proselint),
        ("semgrep", lambda: _semgrep(work, words)),
        ("vale", lambda: _vale(work, words)),
    ):
        command = make()
        if command is None:
            missing.append(name)
        else:
            slow = not name.startswith("rg")
            found.append(Contender(name, command, _version(command[0]), slow))
    found.append(Contender("cat to wc", ("sh", "-c", 'cat "$@" $(find "$@" -type f) 2>/dev/null | wc', "sh"), ""))
    return found, missing


@cache
def _version(program: str) -> str:
    option = "version" if program.endswith("proselint") else "--version"
    done = subprocess.run([program, option], capture_output=True, text=True, check=False, env={**os.environ, **OFFLINE})
    return (done.stdout.strip().splitlines() or [""])[0]


def _ripgrep(work: Path, *options: str) -> tuple[str, ...] | None:
    program = shutil.which("rg")
    return program and (program, "-j1", "-i", "-w", "-F", *options, "-f", str(work / "terms.txt"))  # type: ignore[return-value]


def _textlint(work: Path, words: Sequence[str]) -> tuple[str, ...] | None:
    program = shutil.which("textlint")
    if program is None:
        return None
    rules = [{"expected": "…", "pattern": f"/\\b{word}\\b/i"} for word in words]
    (work / "prh.yml").write_text(json.dumps({"version": 1, "rules": rules}), encoding="utf-8")
    (work / "textlint.json").write_text(
        json.dumps({"rules": {"prh": {"rulePaths": [str(work / "prh.yml")]}}}), encoding="utf-8"
    )
    return (program, "--config", str(work / "textlint.json"), "--format", "unix")


def _proselint() -> tuple[str, ...] | None:
    """Its own checks: it takes no phrases."""
    program = shutil.which("proselint")
    return program and (program, "check")  # type: ignore[return-value]


def _semgrep(work: Path, words: Sequence[str]) -> tuple[str, ...] | None:
    program = shutil.which("semgrep")
    if program is None:
        return None
    # Of more terms in one pattern it says that it is too large.
    rules = [
        {
            "id": f"terms-{at}", "languages": ["generic"], "severity": "INFO", "message": "a term",
            "pattern-regex": rf"(?i)\b(?:{'|'.join(words[at : at + 500])})\b",
        }
        for at in range(0, len(words), 500)
    ]  # fmt: skip
    (work / "semgrep.yaml").write_text(json.dumps({"rules": rules}), encoding="utf-8")
    return (
        program, "scan", "--metrics=off", "--disable-version-check", "--no-git-ignore", "-j1", "--max-target-bytes=0",
        "--config", str(work / "semgrep.yaml"),
    )  # fmt: skip


def _vale(work: Path, words: Sequence[str]) -> tuple[str, ...] | None:
    program = shutil.which("vale")
    if program is None:
        return None
    styles = work / "styles" / "Terms"
    styles.mkdir(parents=True, exist_ok=True)
    rule = {"extends": "existence", "message": "'%s'", "level": "warning", "ignorecase": True, "tokens": list(words)}
    (styles / "Terms.yml").write_text(json.dumps(rule), encoding="utf-8")
    (work / "vale.ini").write_text(
        f"StylesPath = {styles.parent}\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Terms\n", encoding="utf-8"
    )
    return (program, "--config", str(work / "vale.ini"), "--output", "line")
