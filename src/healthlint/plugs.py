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
    import pkgutil

    found = pkgutil.iter_modules(import_module(package).__path__)
    return tuple(sorted(module.name for module in found if not module.name.startswith("_")))


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
