"""Learners see by the next view that a page is behind: with two workers, and with a caching proxy before them.

A real gunicorn on the test's database; one worker publishes, and both and the proxy show it at once.
"""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from lessons.models import UnitPage
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.recording import choose_kind
from tests.factories import FixtureCourse, make_course_in, make_translation, make_user, signed_in
from tests.servers import PATIENCE, Server
from tests.translation.notices.proxy import Proxy, get, proxy_before

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TOKEN = "t" * 32
NOTICE = b"notice--behind"
LEAD = b"Something else altogether."


class Site(Server):
    """A site with two workers, and who publishes on it."""

    def __init__(self, folder: Path, client: Client) -> None:
        super().__init__(folder, "tests.translation.notices.serving")
        self.asked = folder / "asked"
        self.asked.mkdir()
        self.environment["SERVED_ASKED"] = str(self.asked)
        cookies = {name: cookie.value for name, cookie in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: TOKEN}
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def workers_asked(self, line: str) -> set[str]:
        """Return which workers were asked something."""
        return {file.name for file in self.asked.iterdir() if line in file.read_text().splitlines()}

    def publish(self, page: Page) -> None:
        """Have some worker publish the draft of a page."""
        path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": TOKEN})
        try:
            asked.request("POST", f"{path}?id={page.pk}&next=/admin/", body, headers)
            answer = asked.getresponse()
            assert (answer.status, answer.headers["Location"]) == (302, "/admin/")
        finally:
            asked.close()

    def seen_by_both(self, path: str) -> set[bool]:
        """Ask until both workers have answered; return whether a notice stood there, in each answer."""
        for file in self.asked.iterdir():
            file.write_text("")
        seen: set[bool] = set()

        def is_seen_by_both() -> bool:
            status, _headers, body = get(self.port, path, {})
            assert status == 200
            seen.add(NOTICE in body)
            return len(self.workers_asked(f"GET {path}")) == 2

        self.wait_until(is_seen_by_both)
        return seen


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit of a course that is there in Dutch."""
    make_course_in(course, "nl")
    return UnitPage.objects.get(pk=course.units["digital-strategy"].pk)


@pytest.fixture
def site(unit: UnitPage, tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, signed_in(make_user(is_superuser=True)))
    made.start()
    yield made
    made.kill()


def views(proxy: Proxy, path: str) -> tuple[bool, bool]:
    """Return whether two views through the proxy show the notice."""
    first, second = (get(proxy.port, path, {}) for _view in range(2))
    assert (first[0], second[0]) == (200, 200)
    return NOTICE in first[2], NOTICE in second[2]


def test_next_view_tells_what_any_worker_published(site: Site, unit: UnitPage) -> None:
    path = f"/nl{unit.url.removeprefix('/en')}"
    with proxy_before(site.port) as proxy:
        assert site.seen_by_both(path) == {False}
        assert views(proxy, path) == (False, False)
        unit.lead = LEAD.decode()
        revision = unit.save_revision()
        choose_kind(revision=revision, kind=ChangeKind.MEANING, user=None, now=timezone.now())
        assert views(proxy, path) == (False, False)
        site.publish(unit)
        assert views(proxy, path) == (True, True)
        assert LEAD in proxy.kept[path].body
        assert site.seen_by_both(path) == {True}
        site.publish(make_translation(UnitPage.objects.get(pk=unit.pk), "nl", publish=False))
        assert views(proxy, path) == (False, False)
        assert site.seen_by_both(path) == {False}
        # What was the same was never sent again.
        assert proxy.told == ["fetched", "kept", "kept", "kept", "fetched", "kept", "fetched", "kept"]
