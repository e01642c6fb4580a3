"""What types are written with, as `typing` has it, for the modules that every check loads.

Loading `typing` takes a twentieth of the time that a check of one page takes, and nothing here does anything when it runs.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Final, Generic, Protocol, TypeVar, cast, overload
else:
    Any = Final = object

    def TypeVar(name):  # noqa: N802
        """Return what stands for any type."""
        return name

    def cast(kind, value):  # noqa: ARG001
        """Return `value`."""
        return value

    def overload(function):
        """Return `function`."""
        return function

    class Protocol:
        """What a class has to offer."""

    class Generic:
        """A class of anything."""

        def __class_getitem__(cls, kind):
            """Return the class."""
            return cls


__all__ = ["TYPE_CHECKING", "Any", "Final", "Generic", "Protocol", "TypeVar", "cast", "overload"]
