"""The files of readers/, checks/ and reporters/, found by being there: a file's name is the name the user types."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from healthlint.errors import UsageError, nearest


@cache
def names(package: str) -> tuple[str, ...]:
    """Return the plugs of a package ("healthlint.readers") in alphabetical order; none of them is imported.

    Modules whose name starts with "_" serve the others and are no plugs.
    """
    import os

    folders = import_module(package).__path__
    try:
        files = {name for folder in folders for name in os.listdir(folder)}
    except OSError:  # In an archive there is no folder to list.
        import pkgutil

        files = {f"{module.name}.py" for module in pkgutil.iter_modules(folders)}
    return tuple(sorted(name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """Return the plug `name` of a package, imported.

    Raises:
        UsageError: there is none of that name; those there are are listed.
    """
    known = names(package)
    if name not in known:
        kind = package.rpartition(".")[2].removesuffix("s")
        raise UsageError(f"no {kind} {name!r}: choose {', '.join(known)}{nearest(name, known)}")
    return import_module(f"{package}.{name}")
