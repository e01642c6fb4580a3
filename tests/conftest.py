"""What all tests share: how they are run, how Hypothesis runs, `--accept`, and the corpus that not every machine has."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from healthlint.errors import HealthlintError
from healthlint.rulebook import load_book

# The same cases on every run and no clock: a shared machine is slow at odd moments, and a test must not depend on it.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wide", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
CACHE = "HEALTHLINT_CACHE_DIR"
TOGETHER = (
    "tests/integrations/",
    "tests/cli/test_cost.py",
    "tests/language/test_speaker.py",
    "tests/test_accuracy.py",
    "tests/test_adoption.py",
    "tests/test_packaging.py",
    "tests/test_pre_commit.py",
    "tests/test_run.py",
)
"""What these tests share takes seconds to set up: one process runs all of them."""


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if not pluginmanager.has_plugin("xdist"):
        # pyproject.toml gives it; without pytest-xdist all tests run in this process.
        parser.addoption("--numprocesses", help="of no effect without pytest-xdist")
    parser.addoption(
        "--accept", action="store_true", help="write what comes out into the golden files; read it in the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have the rules compiled once for all tests and processes; unless it is named, not into the user's own cache."""
    if CACHE not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="healthlint-tests-", ignore_cleanup_errors=True)
        os.environ[CACHE] = folder.name
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(lambda: os.environ.pop(CACHE, None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile the shipped rules before the processes start, of which each would do so for itself: they find them there."""
    with suppress(HealthlintError):  # What is wrong with the rules, the tests say.
        load_book()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run single files, and what writes golden files, in this process; the rest on all cores, as pytest-xdist counts them."""
    files = all(".py" in argument for argument in config.args)
    return 0 if files or config.getoption("--accept") else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each process the next test when it has nothing to do, and of `TOGETHER` all at once."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):  # --dist=loadgroup groups nothing from pytest 9.2 on.
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    return Scheduler(config, log) if config.getoption("dist") == "load" else None


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the labelled corpus."""
    folder = os.environ.get("HEALTHLINT_CORPUS", "")
    if not folder:
        pytest.skip("HEALTHLINT_CORPUS does not name the folder of the labelled corpus")
    if not Path(folder).is_dir():
        pytest.fail(f"HEALTHLINT_CORPUS names {folder}, which is no folder")
    return Path(folder)
