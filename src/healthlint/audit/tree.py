"""Where files stand in git: the commit of the tree, and which of them differ from it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from healthlint.errors import UsageError
from healthlint.paths import folders_up, is_repository, with_slashes
from healthlint.records import NamedTuple

COMMITTED, CHANGED, UNKNOWN = "as committed", "changed since the commit", "not in the commit"


class Tree(NamedTuple):
    """The tree that the current folder is in."""

    folder: str = "."
    """The current folder as seen from its top."""
    commit: str = ""
    """The id of the commit that is checked out; "" where none can be named."""
    why: str = ""
    """Why none can be."""
    changed: bool = False
    """Whether a file that git tracks differs from the commit, wherever it lies."""
    states: Mapping[str, str] = {}
    """How files, by path as given, are to the commit: COMMITTED, CHANGED or UNKNOWN."""


def tree_of(paths: Collection[str], aside: Collection[str]) -> Tree:
    """Return the tree of the current folder and how the files `paths` are to its commit.

    The files `aside` do not count as changed: they are written only now.
    """
    here = os.getcwd()
    *_, top = folders_up(here)
    if not is_repository(top):
        return Tree(why="no repository")
    folder = with_slashes(os.path.relpath(here, top))
    from healthlint.git import Repository

    try:
        repository = Repository()
        folder = with_slashes(os.path.relpath(os.path.realpath(here), os.path.realpath(repository.top)))
        commit = repository.head()
        if not commit:
            return Tree(folder, why="no commit yet")
        differing, tracked = repository.differing(), repository.tracked()
    except UsageError:
        # Its words may name what only this machine has.
        return Tree(folder, why="git could not tell")
    states = {}
    for path in paths:
        inside = repository.inside(path)
        states[path] = UNKNOWN if inside not in tracked else CHANGED if inside in differing else COMMITTED
    changed = bool(differing - {repository.inside(path) for path in aside})
    return Tree(folder, commit, changed=changed, states=states)
