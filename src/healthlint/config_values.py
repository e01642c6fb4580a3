"""What a config file or a page's front matter says, value by value: every fault at once, each with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from healthlint.config import AUTO, MOST_JOBS, RULE_LEVELS, Said, Value, allowed, expanded_packs, is_jobs
from healthlint.errors import ConfigError, nearest
from healthlint.marked_yaml import Faults, Marked, load
from healthlint.paths import with_slashes
from healthlint.records import NamedTuple

KEYS = (
    "packs", "tiers", "product", "context", "rules", "select", "ignore", "min-confidence", "fail-on",
    "rule-folders", "exclude", "mdx-props", "claims", "jobs", "overrides",
)  # fmt: skip
OVERRIDE_KEYS = ("paths", *KEYS[:9], "mdx-props")
PAGE_KEYS = ("product", "context", "packs")
"""What a page may say of itself, under `healthlint:` in its front matter."""


class Values(NamedTuple):
    """What a config file says: for all files, and for those that some globs match."""

    said: tuple[Said, ...]
    overrides: tuple[tuple[tuple[str, ...], tuple[Said, ...]], ...]


def values_of(text: str, path: str) -> Values | None:
    """Return what the config file `path` says, of which `text` is the text; None for TOML without a table for us.

    Raises:
        ConfigError: it holds faults: all of them.
    """
    faults = Faults(path)
    if path.endswith(".toml"):
        from healthlint.marked_toml import load_table

        marked = load_table(text, ("tool", "healthlint"), faults)
        if marked is None and not faults.found:
            return None
    else:
        marked = _marked(text, faults)
    values = _Reader(faults).values(marked) if marked is not None else None
    if faults.found:
        raise ConfigError(*faults.found)
    return values


def page_settings(meta: Mapping[str, tuple[str, int]], path: str) -> tuple[Said, ...]:
    """Return what the front matter of the page `path` says: keys below `healthlint` to value and line.

    A list's items have keys "packs.0", "packs.1"; the key "" stands for a text where the mapping should be.

    Raises:
        ConfigError: it says what it cannot; all faults.
    """
    faults = Faults(path)
    keys: dict[str, Marked] = {}
    if "" in meta:
        faults.add(meta[""][1], f"'healthlint' must be a mapping of {', '.join(PAGE_KEYS)}, not text")
    for name, (text, line) in meta.items() if "" not in meta else ():
        key, _, rest = name.partition(".")
        if rest.isdigit() and key in keys:
            keys[key] = Marked(keys[key].line, items=(*(keys[key].items or ()), Marked(line, text)))
        else:
            keys[key] = Marked(line, items=(Marked(line, text),)) if rest.isdigit() else Marked(line, text)
    marked = Marked(1, keys=keys, key_lines={key: value.line for key, value in keys.items()})
    said = _Reader(faults).said(faults.mapping(marked, "healthlint", PAGE_KEYS), PAGE_KEYS)
    if faults.found:
        raise ConfigError(*faults.found)
    return said


def _marked(text: str, faults: Faults) -> Marked | None:
    """Return what the YAML in `text` says; an empty file, or one of comments alone, says nothing."""
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n")):
        return Marked(1, keys={})
    return load(text, faults)


class _Reader:
    """Turns the values of one file into what they say, and notes what is wrong with them."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def values(self, marked: Marked) -> Values:
        keys = self.faults.mapping(marked, "config", KEYS)
        said = self.said(keys, KEYS)
        overrides = keys.get("overrides", Marked(1, items=()))
        if overrides.items is None:
            self.faults.add(overrides.line, f"'overrides' must be a list, not a {overrides.kind}")
        return Values(said, tuple(self._override(item) for item in overrides.items or ()))

    def _override(self, marked: Marked) -> tuple[tuple[str, ...], tuple[Said, ...]]:
        keys = self.faults.mapping(marked, "overrides", OVERRIDE_KEYS)
        if "paths" not in keys and marked.keys is not None:
            self.faults.add(marked.line, "an override needs 'paths', a list of globs")
        paths = self.faults.texts(keys["paths"], "paths") if "paths" in keys else ()
        return paths, self.said(keys, OVERRIDE_KEYS)

    def said(self, keys: Mapping[str, Marked], known: Iterable[str]) -> tuple[Said, ...]:
        """Return what the `known` ones of `keys` say, in the order of the file."""
        known = set(known) - {"overrides", "paths"}
        return tuple(
            Said(key.replace("-", "_"), self._value(key, marked), f"{self.faults.path}:{marked.line}")
            for key, marked in keys.items()
            if key in known
        )

    def _value(self, key: str, marked: Marked) -> Value:
        words = allowed(key.replace("-", "_"))
        if key == "rules":
            return self._levels(marked)
        if key in ("product", "context"):
            word = self.faults.choice(marked, key, words)
            return None if word == AUTO else word
        if key in ("min-confidence", "fail-on"):
            return self.faults.choice(marked, key, words)
        if key == "jobs":
            return self._jobs(marked)
        if key == "claims":
            return self._register(marked)
        texts = self._several(marked, key, words)
        if key == "packs":
            return expanded_packs(texts)
        return self._folders(marked, texts) if key == "rule-folders" else texts

    def _jobs(self, marked: Marked) -> str | None:
        text = self.faults.text(marked, "jobs")
        if text and not is_jobs(text):
            self.faults.add(marked.line, f"'jobs' is '{text}': choose auto or a number from 1 to {MOST_JOBS}")
        return None if text == AUTO else text

    def _levels(self, marked: Marked) -> Value:
        given = self.faults.mapping(marked, "rules")
        return tuple((rule, self.faults.choice(level, rule, RULE_LEVELS)) for rule, level in given.items())

    def _several(self, marked: Marked, key: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of which each is one of `words`, where there are any."""
        if key in ("packs", "tiers") and marked.items == ():
            self.faults.add(marked.line, f"'{key}' is empty: no rule could be on")
        good = []
        items = (marked,) if marked.text is not None else marked.items or ()
        for text, item in zip(self.faults.texts(marked, key), items, strict=False):
            if words and text and text not in words:
                self.faults.add(
                    item.line, f"unknown name '{text}' in '{key}': choose of {', '.join(words)}{nearest(text, words)}"
                )
            elif text:
                good.append(text)
        return tuple(dict.fromkeys(good))

    def _register(self, marked: Marked) -> str:
        """Return the path of a register as seen from the current folder; whether it can be read is asked later."""
        text = self.faults.text(marked, "claims")
        return with_slashes(os.path.normpath(os.path.join(os.path.dirname(self.faults.path), text))) if text else ""

    def _folders(self, marked: Marked, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return the folders as seen from the current one; they are given as seen from the config file."""
        base = os.path.dirname(self.faults.path)
        paths = tuple(with_slashes(os.path.normpath(os.path.join(base, folder))) for folder in folders)
        for folder, path in zip(folders, paths, strict=True):
            if not os.path.isdir(path):
                self.faults.add(marked.line, f"rule folder '{folder}' is not there")
        return paths
