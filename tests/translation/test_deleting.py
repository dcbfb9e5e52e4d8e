"""A translation that somebody deletes keeps its texts, and comes back whole."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from openmuseums.segments.producing import produce
from openmuseums.translation.teams.setting_up import set_up_team
from tests.factories import NOW, FixtureCourse, in_language, make_administrator, make_translation, make_user, signed_in


@pytest.mark.parametrize("by", ["administrator", "reviewer"])
def test_deleted_translation_keeps_its_texts_and_comes_back_whole(course: FixtureCourse, by: str):
    unit = course.units["online-safety"]
    page = make_translation(unit, "nl", {unit.title: "Veilig op het net"})
    team = set_up_team(language="nl", country="NL", name="Het museum", now=NOW)
    person = make_administrator() if by == "administrator" else make_user()
    if by == "reviewer":
        person.groups.add(team.reviewers)
    kept = list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "locale_id"))
    body = str(page.body.raw_data)

    assert signed_in(person).post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "locale_id")) == kept

    translation = Translation.objects.get(source__object_id=unit.translation_key, target_locale__language_code="nl")
    again = produce(translation, publish=True, user=person)
    assert (again.live, again.title, again.slug) == (True, "Veilig op het net", unit.slug)
    assert again.lead == in_language(unit.lead, "nl")
    assert str(again.body.raw_data) == body


def test_deleted_home_page_of_a_language_is_made_again_whole(course: FixtureCourse):
    home = make_translation(course.home, "nl", {course.home.tagline: "Een cursus."})
    fields = {"language": "nl", "country": "NL", "name": "Het museum", "now": NOW}
    set_up_team(**fields)
    home.delete()
    set_up_team(**fields)
    again = type(home).objects.get(locale__language_code="nl")
    assert (again.live, again.tagline) == (False, "Een cursus.")
