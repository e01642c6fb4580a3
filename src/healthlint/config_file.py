"""The nearest config file of a path, read and checked: every fault of it at once, each with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from healthlint.config import AUTO, RULE_LEVELS, Said, Settings, Value, allowed, expanded_packs, stacked
from healthlint.encoding import decoded
from healthlint.errors import ConfigError, ReadError, nearest
from healthlint.globs import Globs
from healthlint.marked_yaml import Faults, Marked, load
from healthlint.paths import as_written, folders_up, relative, with_slashes

NAMES = (".healthlint.yaml", ".healthlint.yml")
PYPROJECT = "pyproject.toml"
KEYS = (
    "packs", "tiers", "product", "context", "rules", "select", "ignore", "min-confidence", "fail-on",
    "rule-folders", "exclude", "mdx-props", "overrides",
)  # fmt: skip
OVERRIDE_KEYS = ("paths", *KEYS[:9], "mdx-props")
PAGE_KEYS = ("product", "context", "packs")
"""What a page may say of itself, under `healthlint:` in its front matter."""


@dataclass(frozen=True, slots=True)
class Override:
    """What holds for the files that some globs match."""

    paths: Globs
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """What one config file says; `folder` is the absolute path its globs are relative to."""

    path: str = ""
    """As shown; "" where there is no config file."""
    folder: str = ""
    said: tuple[Said, ...] = ()
    overrides: tuple[Override, ...] = ()
    exclude: Globs | None = None

    def matching(self, path: str) -> tuple[int, ...]:
        """Return the numbers of the overrides that match the file `path`: what tells its settings from others."""
        inside = self.inside(path) if self.overrides else ""
        return tuple(
            number for number, override in enumerate(self.overrides) if inside and override.paths.covers(inside)
        )

    def settings(self, matching: Iterable[int] = ()) -> Settings:
        """Return the defaults with what the config says, and the overrides of these numbers, on top."""
        settings = stacked(Settings(), self.said)
        for number in matching:
            settings = stacked(settings, self.overrides[number].said)
        return settings

    def inside(self, path: str) -> str:
        """Return `path` relative to the folder of the config, with "/"; "" where it is not below it."""
        return relative(path, self.folder)


class Configs:
    """The config files of a run: for each path the nearest one, read once."""

    def __init__(self, path: str | None = None, *, isolated: bool = False) -> None:
        """Use the config file `path` for all, or none if `isolated`; else the nearest of each file.

        Raises:
            ConfigError: the file `path` is not there or faulty.
        """
        self.faults: list[str] = []
        self._found: dict[str, Config] = {}
        self._only: Config | None = Config() if isolated else None
        if path is not None:
            self._only = read_config(path)
            if self._only is None:
                raise ConfigError(f"{with_slashes(path)}: no table [tool.healthlint]")

    def of(self, path: str) -> Config:
        """Return the config for the file `path`; for a faulty one an empty one, its faults kept in `faults`."""
        return self._only or self._of_folder(os.path.dirname(path))

    def _of_folder(self, folder: str) -> Config:
        if folder not in self._found:
            passed = [folder]
            config = Config()
            for above in folders_up(folder):
                if above in self._found:
                    config = self._found[above]
                    break
                passed.append(above)
                here = self._in(above)
                if here is not None:
                    config = here
                    break
            self._found.update(dict.fromkeys(passed, config))
        return self._found[folder]

    def _in(self, folder: str) -> Config | None:
        try:
            there = [name for name in NAMES if os.path.isfile(os.path.join(folder, name))]
            if len(there) > 1:
                self.faults.append(f"{as_written(folder)}: both {' and '.join(there)}; keep one of them")
            for name in (*there, PYPROJECT):
                path = os.path.join(folder, name)
                config = read_config(as_written(path)) if there or os.path.isfile(path) else None
                if config is not None:
                    return config
        except ConfigError as error:
            self.faults += error.faults
            return Config()
        return None


def read_config(path: str) -> Config | None:
    """Return what the config file `path` says; None if it is a TOML file without a table for us.

    Raises:
        ConfigError: it cannot be read or holds faults: all of them.
    """
    shown = with_slashes(path)
    faults = Faults(shown)
    try:
        with open(path, "rb") as file:
            text = decoded(file.read(), shown).removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ReadError as error:
        raise ConfigError(*error.faults) from error
    if path.endswith(".toml"):
        from healthlint.marked_toml import load_table

        marked = load_table(text, ("tool", "healthlint"), faults)
        if marked is None and not faults.found:
            return None
    else:
        marked = _marked(text, faults)
    config = _Reader(faults).config(marked) if marked is not None else Config()
    if faults.found:
        raise ConfigError(*faults.found)
    return config


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
    try:
        return load(text, faults)
    except RecursionError:  # An alias of a value that it stands in.
        faults.add(1, "not YAML: nested too deeply")
        return None


class _Reader:
    """Turns the values of one file into what they say, and notes what is wrong with them."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def config(self, marked: Marked) -> Config:
        keys = self.faults.mapping(marked, "config", KEYS)
        said = self.said(keys, KEYS)
        exclude = next((value for key, value, _ in said if key == "exclude"), ())
        overrides = keys.get("overrides", Marked(1, items=()))
        if overrides.items is None:
            self.faults.add(overrides.line, f"'overrides' must be a list, not a {overrides.kind}")
        made = tuple(self._override(item) for item in overrides.items or ())
        path = self.faults.path
        return Config(
            path, os.path.dirname(os.path.abspath(path)), said, made, Globs(_texts(exclude)) if exclude else None
        )

    def _override(self, marked: Marked) -> Override:
        keys = self.faults.mapping(marked, "overrides", OVERRIDE_KEYS)
        if "paths" not in keys and marked.keys is not None:
            self.faults.add(marked.line, "an override needs 'paths', a list of globs")
        paths = self.faults.texts(keys["paths"], "paths") if "paths" in keys else ()
        return Override(Globs(paths), self.said(keys, OVERRIDE_KEYS))

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
        texts = self._several(marked, key, words)
        if key == "packs":
            return expanded_packs(texts)
        return self._folders(marked, texts) if key == "rule-folders" else texts

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

    def _folders(self, marked: Marked, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return the folders as seen from the current one; they are given as seen from the config file."""
        base = os.path.dirname(self.faults.path)
        paths = tuple(with_slashes(os.path.normpath(os.path.join(base, folder))) for folder in folders)
        for folder, path in zip(folders, paths, strict=True):
            if not os.path.isdir(path):
                self.faults.add(marked.line, f"rule folder '{folder}' is not there")
        return paths


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(text for text in value or () if isinstance(text, str))
