"""Regular expressions that are compiled when they are first used: most pages need few of them."""

from __future__ import annotations

import re

from healthlint.hints import cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Waiting:
    """Becomes a pattern when one of its methods is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern of `source`, to be searched and matched with; what it is made of cannot be asked for."""
    return cast("re.Pattern[str]", _Waiting(source, flags))
