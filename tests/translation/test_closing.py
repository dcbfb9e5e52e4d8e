"""What wagtail-localize offers and ours takes the place of: closed, and nothing leads there."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from openmuseums.access import ROWS, Who
from tests.factories import FixtureCourse, make_translation, make_user, signed_in
from tests.packs import rows_of_everything

CLOSED = sorted(name for name, row in ROWS.items() if row.who == Who.NOBODY)
SEES_WHAT_IS_READ = {"django_session", "usersessions_usersession"}


@pytest.fixture
def superuser(db: None) -> Client:
    return signed_in(make_user(username="root", is_superuser=True))


def changed(before: dict[str, tuple[int, str]]) -> set[str]:
    after = rows_of_everything()
    return {name for name in before if before[name] != after[name]} - SEES_WHAT_IS_READ


def test_all_of_localize_is_closed_but_its_words():
    assert len(CLOSED) == 15
    assert {name.partition(":")[0] for name in CLOSED} == {"wagtail_localize"}


def arguments(name: str, unit: object) -> list[object]:
    translation = Translation.objects.get(source__object_id=unit.translation_key)
    source = TranslationSource.objects.get(object_id=unit.translation_key)
    segment = StringSegment.objects.filter(source=source).first()
    return {
        "submit_page_translation": [unit.pk],
        "submit_snippet_translation": ["lessons", "unitpage", unit.pk],
        "update_translations": [source.pk],
        "edit_string_translation": [translation.pk, segment.pk],
        "edit_override": [translation.pk, 1],
        "convert_to_alias": [translation.get_target_instance().pk],
        "translations_report": [],
        "translations_report_results": [],
        "snippets_api_listing": ["lessons", "unitpage"],
        "snippets_api_detail": ["lessons", "unitpage", unit.pk],
    }.get(name, [translation.pk])


@pytest.mark.parametrize("name", CLOSED)
def test_closed_address_does_nothing_for_a_superuser(course: FixtureCourse, superuser: Client, name: str):
    unit = course.units["online-safety"]
    make_translation(unit, "nl")
    address = reverse(name, args=arguments(name.partition(":")[2], unit))
    before = rows_of_everything()
    answers = {
        superuser.generic(method, address, data, content_type="application/x-www-form-urlencoded").status_code
        for method in ("GET", "POST", "PUT", "DELETE")
        for data in ("", "value=Wrong&locales=1&publish_translations=on")
    }
    assert answers == {404}
    assert changed(before) == set()


def test_nothing_leads_to_what_is_closed(course: FixtureCourse, superuser: Client):
    unit = course.units["online-safety"]
    translated = make_translation(unit, "nl")
    Translation.objects.update(enabled=False)
    pages = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[unit.get_parent().pk]),
        reverse("wagtailadmin_explore", args=[translated.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[unit.pk]),
        reverse("wagtailadmin_pages:edit", args=[translated.pk]),
    ]
    found = set()
    for address in pages:
        html = superuser.get(address).content.decode()
        found |= set(re.findall(r"/admin/localize/[^\"'\s]*", html)) - {reverse("wagtail_localize:javascript_catalog")}
        assert "Convert to alias" not in html
        assert "Sync translated" not in html
    assert found == set()


def test_localizes_buttons_are_not_registered(db: None):
    for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
        registered = hooks.get_hooks(name)
        assert localize.page_listing_more_buttons not in registered
        assert registered != []
