"""What all tests share: how Hypothesis runs, `--accept`, and the corpus that not every machine has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same cases on every run and no clock: a shared machine is slow at odd moments, and a test must not depend on it.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wide", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write what comes out into the golden files; read it in the diff"
    )


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
