"""The fixtures of tests with hostile texts."""

from tests.browser.harness import *  # noqa: F403 - pytest finds fixtures by the names in a conftest
from tests.hostile.showing import show  # noqa: F401 - a fixture
