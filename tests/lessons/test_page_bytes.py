"""How many bytes the shipped course's pages take: as a first view and with all that they bring along."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from lessons.models import CoursePage, LessonPage, UnitPage
from openmuseums.home.stylesheet import CSS, DELIVERED
from tests.packs import load

KIB = 1024
SHIPPED = Path(__file__).resolve().parents[2] / "lessons" / "course"
STATIC = CSS.parent


@pytest.fixture
def shipped_course(db: None, settings: LazySettings, tmp_path: Path) -> None:
    """Load the course that the project ships."""
    settings.MEDIA_ROOT = tmp_path
    load(SHIPPED)


def html_bytes(client: Client, address: str) -> int:
    return len(gzip.compress(client.get(address).content, 6))


def picture_bytes(html: str) -> int:
    """Return the size of the pictures in a page, each in the largest size it offers."""
    media = reverse("upload", args=["x"]).removesuffix("x")
    names = re.findall(rf'<img[^>]* src="{media}([^"]+)"', html)
    return sum(default_storage.size(name) for name in names)


def test_pages_of_the_shipped_course_have_at_most_14_kib(shipped_course: None, client: Client) -> None:
    pages = [*CoursePage.objects.live(), *LessonPage.objects.live(), *UnitPage.objects.live()]
    assert len(pages) == 1 + 5 + 24
    sizes = {page.url: html_bytes(client, page.url) for page in pages}
    assert {url: size for url, size in sizes.items() if size > 14 * KIB} == {}


def test_kept_units_have_at_most_20_kib_so_that_coming_back_costs_no_more(
    shipped_course: None, learner_client: Client
) -> None:
    sizes = {unit.url: html_bytes(learner_client, unit.url) for unit in UnitPage.objects.live()}
    assert {url: size for url, size in sizes.items() if size > 20 * KIB} == {}


def test_units_with_all_they_bring_have_at_most_272_kib(shipped_course: None, client: Client) -> None:
    shared = len(gzip.compress(DELIVERED.read_bytes(), 6))
    shared += sum(file.stat().st_size for file in (STATIC / "fonts").glob("*.woff2"))
    heavy = {}
    pictures = 0
    for unit in UnitPage.objects.live():
        html = client.get(unit.url).content
        brought = picture_bytes(html.decode())
        pictures += brought
        size = shared + len(gzip.compress(html, 6)) + brought
        if size > 272 * KIB:
            heavy[unit.url] = size
    assert heavy == {}
    assert pictures > 0, "the course has a picture; it was not found on its page"
