"""The nearest config file of a path, read and checked: every fault of it at once, each with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable

from healthlint.config import Said, Settings, stacked
from healthlint.encoding import decoded
from healthlint.errors import ConfigError, ReadError
from healthlint.globs import Globs
from healthlint.paths import as_written, folders_up, relative, with_slashes
from healthlint.records import NamedTuple

NAMES = (".healthlint.yaml", ".healthlint.yml")
PYPROJECT = "pyproject.toml"


class Override(NamedTuple):
    """What holds for the files that some globs match."""

    paths: Globs
    said: tuple[Said, ...]


class Config(NamedTuple):
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
        return self._only if self._only is not None else self._of_folder(os.path.dirname(path))

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
    try:
        with open(path, "rb") as file:
            data = file.read()
        # Most TOML files are other people's: to look for the name costs less than to parse.
        if path.endswith(".toml") and b"healthlint" not in data:
            return None
        text = decoded(data, shown).removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ReadError as error:
        raise ConfigError(*error.faults) from error
    from healthlint.config_values import values_of

    values = values_of(text, shown)
    if values is None:
        return None
    exclude = stacked(Settings(), values.said).exclude
    overrides = tuple(Override(Globs(paths), said) for paths, said in values.overrides)
    return Config(
        shown, os.path.dirname(os.path.abspath(path)), values.said, overrides, Globs(exclude) if exclude else None
    )
