"""The steps of the demo over a database: what tells that an outcome stands."""

from pathlib import Path

import pytest
from django.core.management.base import CommandError
from pytest_django import Settings

from openmuseums.demo.accounts import ACCOUNTS, make_missing_accounts
from openmuseums.demo.preparing import steps
from openmuseums.demo.steps import Step
from openmuseums.learners.models import Enrolment, UnitState
from openmuseums.people.models import User
from openmuseums.translation.models import Team
from openmuseums.translation.rights import languages_of_translator, may_publish
from tests.factories import NOW, FixtureCourse


def step(name: str) -> Step:
    return next(step for step in steps() if step.name == name)


def test_database_that_is_migrated_stands(db: None) -> None:
    assert step("Database").stands()


def test_course_stands_once_it_is_there(db: None) -> None:
    assert not step("Course").stands()


def test_course_that_is_there_stands(course: FixtureCourse) -> None:
    assert step("Course").stands()


def test_inputs_of_the_course_are_of_this_database_and_release(db: None, settings: Settings) -> None:
    before = step("Course").inputs()
    settings.RELEASE = "another"
    assert step("Course").inputs() != before


def test_static_files_that_are_gone_do_not_stand(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert not step("Static files").stands()
    (tmp_path / "staticfiles.json").write_text("{}")
    assert step("Static files").stands()


def test_pages_are_all_rendered(course: FixtureCourse, settings: Settings) -> None:
    step("Pages and pictures").run()


def test_page_that_fails_is_named(course: FixtureCourse, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(course.course), "template", "not-there.html")
    with pytest.raises(Exception, match=r"not-there\.html"):
        step("Pages and pictures").run()


def test_page_that_answers_otherwise_is_named(course: FixtureCourse, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["example.org"]
    with pytest.raises(CommandError, match="The page “Open Museums” answers with 400"):
        step("Pages and pictures").run()


def test_accounts_are_made_with_what_belongs_to_them(course: FixtureCourse) -> None:
    make_missing_accounts(now=NOW)
    made = {user.username: user for user in User.objects.all()}
    teams = ["reviewer-el", "reviewer-nl", "translator-el", "translator-nl"]
    assert sorted(made) == sorted(["administrator", "editor", "learner", "trainer", *teams])
    assert all(made[account.username].check_password(account.password) for account in ACCOUNTS)
    assert [name for name in sorted(made) if made[name].is_superuser] == ["administrator"]
    assert [name for name in sorted(made) if made[name].is_staff] == ["administrator", "editor", *teams]
    for language in ("el", "nl"):
        translator, reviewer = made[f"translator-{language}"], made[f"reviewer-{language}"]
        assert (languages_of_translator(translator), may_publish(translator, language)) == ((language,), False)
        assert (languages_of_translator(reviewer), may_publish(reviewer, language)) == ((language,), True)
    assert Team.objects.count() == 4
    learner = made["learner"].learner
    assert Enrolment.objects.filter(learner=learner).count() == 1
    assert UnitState.objects.filter(learner=learner).count() == 2


def test_accounts_that_are_there_are_left_alone(course: FixtureCourse) -> None:
    make_missing_accounts(now=NOW)
    learner = User.objects.get(username="learner")
    learner.set_password("changed by its owner")
    learner.name = "Somebody else"
    learner.save()
    UnitState.objects.filter(learner__account=learner).delete()
    User.objects.get(username="editor").delete()
    make_missing_accounts(now=NOW)
    again = User.objects.get(username="learner")
    assert (again.name, again.check_password("changed by its owner")) == ("Somebody else", True)
    assert UnitState.objects.count() == 0
    assert User.objects.filter(username="editor").count() == 1


def test_accounts_stand_when_none_is_missing(course: FixtureCourse) -> None:
    assert not step("Demo accounts").stands()
    make_missing_accounts(now=NOW)
    assert step("Demo accounts").stands()
