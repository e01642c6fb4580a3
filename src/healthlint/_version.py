"""The version, in one place: the build reads it here, so that nothing need look it up at run time."""

__version__ = "0.1.0"
