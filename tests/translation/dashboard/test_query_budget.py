"""What the dashboard asks of the database: as much for five languages of 300 pages as for three pages each."""

import time
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from lessons.models import UnitPage
from openmuseums.people.admin_pages import titled
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.states import states_of
from openmuseums.translation.models import Team
from openmuseums.translation.rights import translated_languages
from openmuseums.urls import urlpatterns as site_patterns
from tests.factories import NOW, make_course, make_course_in, signed_in
from tests.snapshots import remembered
from tests.translation.teams_of_tests import make_reviewer, make_team

pytestmark = pytest.mark.django_db


def empty_page(request: HttpRequest) -> HttpResponse:
    return render(request, "wagtailadmin/generic/base.html", titled("Nothing", icon="globe"))


urlpatterns = [
    # Without a name, so that it counts as one of Wagtail's: no row of the table of access is needed.
    path("admin/an-empty-page/", empty_page),
    *site_patterns,
]


@pytest.fixture(params=[3, 300], ids=["3 pages", "300 pages"])
def sized(request: pytest.FixtureRequest, db: None) -> int:
    remembered(
        ("sized translations", request.param), lambda: _make_sized(request.param), note=repr, recall=lambda _: None
    )
    return int(request.param)


@pytest.fixture
def team(sized: int) -> Team:
    return Team.objects.get()


def _make_sized(count: int) -> None:
    """Have so many pages of the source, with twenty texts each, four of five translated into every language; a team."""
    course = make_course()
    make_team(course, above=course.part)
    make_course_in(course, "nl")
    for language in translated_languages():
        Locale.objects.get_or_create(language_code=language)
    unit = UnitPage.objects.get(key="online-safety", locale=Locale.get_default())
    edition = SourceEdition.objects.newest(unit.translation_key)
    assert edition is not None
    surplus = count - SourceEdition.objects.values("page_key").distinct().count()
    if surplus < 0:
        UnitPage.objects.exclude(locale=Locale.get_default()).update(live=False)
        keys = list(Page.objects.filter(locale=Locale.get_default(), live=True, depth__gt=1).order_by("path"))[count:]
        Page.objects.filter(pk__in=[page.pk for page in keys]).update(live=False)
        return
    last = unit.get_parent().get_last_child()
    for number in range(surplus):
        page = UnitPage(
            title=f"Unit {number}", slug=f"unit-{number}", key="audiences", lead="A lead.", facets=["use"], live=False
        )
        page.locale, page.translation_key = unit.locale, uuid.uuid4()
        last.add_sibling("right", instance=page) if number else unit.get_parent().add_child(instance=page)
        last = page
        _keep_texts(page, edition)
    UnitPage.objects.filter(slug__startswith="unit-").update(live=True)


def _keep_texts(page: UnitPage, edition: SourceEdition) -> None:
    made_from = TranslatableObject.objects.create(
        translation_key=page.translation_key, content_type=ContentType.objects.get_for_model(UnitPage)
    )
    source = TranslationSource.objects.create(
        object=made_from,
        locale=page.locale,
        specific_content_type=ContentType.objects.get_for_model(UnitPage),
        object_repr=page.title,
        content_json="{}",
        schema_version="",
        last_updated_at=NOW,
    )
    texts = [[f"path-{number}", f"Some words of the text {number} of a page"] for number in range(20)]
    SourceEdition.objects.create(
        page_key=page.translation_key,
        number=1,
        digest=str(page.pk),
        sense=1,
        kind="",
        texts=texts,
        text_count=len(texts),
        words=len(texts) * 9,
        answer_keys={},
        keys_digest="",
        published_at=NOW,
    )
    for order, (where, text) in enumerate(texts):
        context = TranslationContext.objects.create(object=made_from, path=where, field_path="lead")
        string, _made = String.objects.get_or_create(
            locale=page.locale, data_hash=String._get_data_hash(text), defaults={"data": text}
        )
        StringSegment.objects.create(source=source, context=context, string=string, order=order, attrs="{}")
        if order % 5:
            StringTranslation.objects.bulk_create(
                StringTranslation(translation_of=string, context=context, locale=locale, data=text, updated_at=NOW)
                for locale in Locale.objects.exclude(pk=page.locale_id)
            )


def asked(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("query", ["language=nl", "language=all"])
def test_list_asks_eight_times_more_than_an_empty_page_at_most(sized: int, team: Team, query: str) -> None:
    client = signed_in(make_reviewer(team))
    nothing = asked(client, "/admin/an-empty-page/")
    began = time.perf_counter()
    listed = asked(client, f"{reverse('translation_admin:dashboard')}?{query}")
    print(f"{sized} pages, {query}: {(time.perf_counter() - began) / 2:.2f} s")  # noqa: T201
    # The roots of the languages; editions, translations, pages; seats; the teams, and what was agreed to; the type of a
    # home page, once a process.
    assert listed - nothing == 1 + 3 + 1 + 2 + 1 == 8
    assert len({state.page_key for state in states_of(["nl"])}) == sized
