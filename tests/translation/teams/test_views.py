"""The administrators' pages about teams."""

import pytest
from django.test import Client
from django.urls import reverse

from openmuseums.translation.models import Team
from openmuseums.translation.teams.setting_up import set_up_team
from tests.factories import NOW, FixtureCourse, make_administrator, make_editor, make_user, signed_in
from tests.packs import rows_of_everything
from tests.reading import read_texts


@pytest.fixture
def administrator(course: FixtureCourse) -> Client:
    return signed_in(make_administrator())


def test_list_names_every_language_and_who_is_in_its_team(administrator: Client):
    team = set_up_team(language="nl", country="NL", name="Het museum", now=NOW)
    make_user(name="Anna").groups.add(team.translators)
    make_user(name="Gone", is_active=False).groups.add(team.translators)
    html = administrator.get(reverse("translation_admin:teams")).content.decode()
    texts = read_texts(html)
    assert [name for name in texts if name in {"Ελληνικά", "Nederlands", "Español", "Slovenščina"}] != []
    assert (texts.count("Anna"), texts.count("Gone"), texts.count("Nobody yet.")) == (1, 0, 1)
    assert texts.count("There is no team yet.") == 3
    assert '<span lang="el">Ελληνικά</span>' in html


def test_list_costs_the_same_with_more_teams(administrator: Client, django_assert_num_queries):
    address = reverse("translation_admin:teams")
    set_up_team(language="nl", country="NL", name="Het museum", now=NOW)
    administrator.get(address)
    with django_assert_num_queries(18) as first:
        administrator.get(address)
    set_up_team(language="el", country="GR", name="Το μουσείο", now=NOW)
    with django_assert_num_queries(len(first.captured_queries)):
        administrator.get(address)


def test_form_sets_up_a_team(administrator: Client):
    address = reverse("translation_admin:set-up-team")
    assert administrator.get(address, {"language": "nl"}).context["form"].initial["language"] == "nl"
    answer = administrator.post(address, {"language": "nl", "country": "NL", "name": "Het museum"}, follow=True)
    assert Team.objects.get().name == "Het museum"
    assert "The team of Het museum is ready." in answer.content.decode()


def test_form_says_what_is_wrong_and_sets_up_nothing(administrator: Client):
    before = rows_of_everything()
    wrong = [{}, {"language": "en", "country": "NL", "name": "X"}, {"language": "nl", "country": "QQ", "name": "X"}]
    answers = [administrator.post(reverse("translation_admin:set-up-team"), fields).status_code for fields in wrong]
    assert answers == [422, 422, 422]
    after = rows_of_everything()
    assert {name for name in before if before[name] != after[name]} <= {"django_session", "usersessions_usersession"}


@pytest.mark.parametrize("name", ["teams", "set-up-team"])
def test_others_are_refused(course: FixtureCourse, name: str):
    team = set_up_team(language="nl", country="NL", name="Het museum", now=NOW)
    reviewer = make_user()
    reviewer.groups.add(team.reviewers)
    for person in (make_editor(), reviewer):
        assert signed_in(person).get(reverse(f"translation_admin:{name}")).status_code == 403
