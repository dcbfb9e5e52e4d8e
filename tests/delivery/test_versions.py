import pytest
from django.core.cache import caches
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from openmuseums.delivery.versions import ADDRESSES, OUTLINE, UPLOADS, renew, version_of
from openmuseums.uploads.models import Attachment
from tests.factories import FixtureCourse


def test_version_stays_until_it_is_renewed(db: None) -> None:
    outline, uploads = version_of(OUTLINE), version_of(UPLOADS)
    assert version_of(OUTLINE, UPLOADS) == f"{outline}-{uploads}"
    renew(OUTLINE)
    assert version_of(OUTLINE) != outline
    assert version_of(UPLOADS) == uploads


def test_version_is_renewed_again_when_the_change_is_committed(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        renew(OUTLINE)
        # Somebody else makes a version of what the database still says.
        between = version_of(OUTLINE)
    assert version_of(OUTLINE) != between


def test_lost_cache_makes_a_new_version(db: None) -> None:

    before = version_of(OUTLINE)
    caches["bodies"].clear()
    assert version_of(OUTLINE) != before


@pytest.mark.parametrize(
    ("change", "renewed"),
    [
        ("publish", {OUTLINE}),
        ("unpublish", {OUTLINE}),
        ("delete", {OUTLINE}),
        ("move", {OUTLINE, ADDRESSES}),
        ("draft", set()),
        ("upload", {UPLOADS}),
    ],
)
def test_change_renews_what_shows_it(course: FixtureCourse, change: str, renewed: set[str]) -> None:
    unit = course.units["digital-strategy"]
    names = (OUTLINE, ADDRESSES, UPLOADS)
    before = {name: version_of(name) for name in names}
    match change:
        case "publish":
            unit.save_revision().publish()
        case "unpublish":
            unit.unpublish()
        case "delete":
            unit.delete()
        case "move":
            unit.move(course.lessons[1], pos="last-child")
        case "draft":
            unit.save_revision()
        case "upload":
            Attachment.objects.create(title="A sheet", file="documents/sheet.pdf")
    assert {name for name in names if version_of(name) != before[name]} == renewed
