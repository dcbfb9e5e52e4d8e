"""The fixtures of journeys: whole ways through the site, as a person goes them."""

from pathlib import Path

import pytest

from tests.browser.harness import *  # noqa: F403 - pytest finds fixtures by the names in a conftest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder as browser tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
