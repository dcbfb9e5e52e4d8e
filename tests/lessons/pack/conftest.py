"""A small pack with every kind of page, block and file in it once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from tests.packs import SMALL


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the small pack, to break or to change."""
    shutil.copytree(SMALL, tmp_path / "pack")
    return tmp_path / "pack"


@pytest.fixture(autouse=True)
def _uploads(settings: LazySettings, tmp_path: Path) -> None:
    """Give each test uploads of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Have messages in English, whatever a page was asked for in before."""
    with override("en"):
        yield
