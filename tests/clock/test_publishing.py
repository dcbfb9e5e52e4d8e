"""Pages on schedule: they go public and are taken back in time, and one that fails stops no other."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from openmuseums.clock.duties import DutyError
from openmuseums.clock.publishing import publish_scheduled
from tests.factories import FixtureCourse

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def schedule(page: Page, title: str, at: dt.datetime) -> None:
    """Have a page get a new title at a time that has come meanwhile."""
    page.title = title
    page.go_live_at = timezone.now() + HOUR
    page.save_revision().publish()
    Revision.objects.filter(object_id=page.pk, approved_go_live_at__isnull=False).update(approved_go_live_at=at)
    # As time goes by: what was to come is past.
    revision = Revision.objects.get(object_id=page.pk, approved_go_live_at=at)
    revision.content["go_live_at"] = at.isoformat()
    revision.save()


def test_page_goes_public_and_is_taken_back_at_its_time(course: FixtureCourse) -> None:
    now = timezone.now()
    first, second, third, *_ = course.units.values()
    schedule(first, "A new title", now - HOUR)
    schedule(second, "A title for later", now + HOUR)
    Page.objects.filter(pk=third.pk).update(expire_at=now - HOUR)
    assert publish_scheduled(now) == "Published: 1; taken back: 1; failed: 0."
    titles = list(Page.objects.filter(title__contains="title", live=True).values_list("title", flat=True))
    assert (titles, Page.objects.get(pk=third.pk).live) == (["A new title"], False)
    assert publish_scheduled(now) == "Published: 0; taken back: 0; failed: 0."


def test_page_that_fails_stops_no_other(course: FixtureCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    first, second, *_ = course.units.values()
    schedule(first, "A new title", now - 2 * HOUR)
    schedule(second, "Another new title", now - HOUR)
    publish = Revision.publish

    def fail_for_the_first(self: Revision, **kwargs: Any) -> None:
        if self.object_id == str(first.pk):
            raise OSError("The disk is full.")
        publish(self, **kwargs)

    monkeypatch.setattr(Revision, "publish", fail_for_the_first)
    with pytest.raises(DutyError, match=r"^Published: 1; taken back: 0; failed: 1\.$"):
        publish_scheduled(now)
    assert Page.objects.get(pk=second.pk).title == "Another new title"
