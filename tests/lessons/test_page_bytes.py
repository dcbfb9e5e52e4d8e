"""How many bytes the shipped course's pages take: as a first view and with all that they bring along."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from lessons.models import CoursePage, FacilitatorNotesPage, GlossaryPage, LessonPage, UnitPage
from openmuseums.delivery.languages import source_language
from openmuseums.home.stylesheet import CSS, DELIVERED
from tests.packs import SHIPPED, have_loaded

KIB = 1024
STATIC = CSS.parent


@pytest.fixture
def shipped_course(db: None, settings: LazySettings, tmp_path: Path) -> None:
    """Have the course that the project ships."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    have_loaded(SHIPPED)


def html_bytes(client: Client, address: str) -> int:
    return len(gzip.compress(client.get(address).content, 6))


def picture_bytes(html: str) -> int:
    """Return the size of the pictures in a page, each in the largest size it offers."""
    media = reverse("upload", args=["x"]).removesuffix("x")
    names = re.findall(rf'<img[^>]* src="{media}([^"]+)"', html)
    return sum(default_storage.size(name) for name in names)


def addresses_in(language: str, *models: type[Page]) -> list[str]:
    """Return where readers of a language find pages: translated, or in the source's words where they are not."""
    pages = [page for model in models for page in model.objects.live().filter(locale__language_code=source_language())]
    return [page.url.replace(f"/{source_language()}/", f"/{language}/", 1) for page in pages]


@pytest.mark.xdist_group("shipped course")
def test_shipped_pages_keep_to_their_bytes(shipped_course: None, client: Client, learner_client: Client) -> None:
    heavy = {}
    models = (CoursePage, LessonPage, FacilitatorNotesPage, UnitPage)
    # Greek letters take two bytes each.
    for language, limit in (("en", 14), ("el", 18)):
        sizes = {address: html_bytes(client, address) for address in addresses_in(language, *models)}
        assert len(sizes) >= 1 + 5 + 5 + 24
        heavy |= {address: size for address, size in sizes.items() if size > limit * KIB}
    assert heavy == {}, "a first view"
    # The glossary is looked things up in: one page with all terms, so that it can be searched and printed.
    (glossary,) = addresses_in("en", GlossaryPage)
    assert html_bytes(client, glossary) <= 20 * KIB

    # Coming back costs the page alone: kept pages are the larger ones.
    kept = {address: html_bytes(learner_client, address) for address in addresses_in("el", UnitPage)}
    assert {address: size for address, size in kept.items() if size > 20 * KIB} == {}, "a repeat view"

    shared = len(gzip.compress(DELIVERED.read_bytes(), 6))
    shared += sum(file.stat().st_size for file in (STATIC / "fonts").glob("*.woff2"))
    shared += sum(len(gzip.compress(file.read_bytes(), 6)) for file in (STATIC / "js").glob("*.js"))
    brought = {address: picture_bytes(client.get(address).content.decode()) for address in addresses_in("el", *models)}
    whole = {url: shared + html_bytes(client, url) + pictures for url, pictures in brought.items()}
    assert {url: size for url, size in whole.items() if size > 272 * KIB} == {}, "with all that a page brings"
    assert sum(brought.values()) > 0, "the course has a picture; it was not found on its page"
