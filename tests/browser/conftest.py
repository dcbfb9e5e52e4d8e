"""The fixtures of browser tests."""

from tests.browser.harness import *  # noqa: F403 - pytest finds fixtures by the names in a conftest
