"""What every test of the shipped course needs: checking a pack asks the database for content types."""

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Let each test ask the database."""
