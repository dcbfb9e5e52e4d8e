import datetime as dt
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import UnitPage
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.recording import choose_kind
from openmuseums.segments.lagging import lag_between, lag_of
from openmuseums.segments.states import state_of
from tests.factories import NOW, FixtureCourse, make_translation, single_choice


def test_translation_without_a_stamp_is_not_known_to_lag(course: FixtureCourse) -> None:
    dutch = make_translation(course.units["digital-strategy"], "nl")
    assert lag_between(dutch.translation_key, None) is None
    assert lag_between(dutch.translation_key, 0) is None


def test_lag_is_asked_for_once_a_page(course: FixtureCourse) -> None:
    dutch = make_translation(course.units["digital-strategy"], "nl")
    with CaptureQueriesContext(connection) as captured:
        lag = lag_of(dutch)
        assert lag_of(dutch) is lag
    assert len(captured) == 1
    assert lag
    assert (lag.is_behind, lag.unconfirmed, lag.unconfirmed_since()) == (False, frozenset(), {})


def test_question_that_came_or_went_has_nothing_to_confirm(course: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    dutch = make_translation(unit, "nl")
    unit.body = [*unit.body.get_prep_value()[:-1], single_choice("Quite another?")]
    unit.save_revision().publish()
    lag = lag_of(dutch)
    assert lag
    assert (lag.is_behind, lag.unconfirmed) == (True, frozenset())


def test_since_is_when_the_right_answer_became_another_one(course: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    dutch = make_translation(unit, "nl")
    at = [NOW + dt.timedelta(days=days) for days in (1, 2, 3)]
    question = unit.body.get_prep_value()[-1]["id"]
    for moment, right, lead in ((at[0], 1, unit.lead), (at[1], 2, unit.lead), (at[2], 2, "Another lead.")):
        with patch("django.utils.timezone.now", return_value=moment):
            body = unit.body.get_prep_value()
            for number, choice in enumerate(body[-1]["value"]["choices"]):
                choice["value"]["right"] = number == right
            unit.body, unit.lead = body, lead
            unit.save_revision().publish()
            unit = UnitPage.objects.get(pk=unit.pk)
    lag = lag_of(dutch)
    assert lag
    assert lag.unconfirmed_since() == {question: at[0]}
    assert lag.behind_since() == at[2]


def test_since_is_told_alike_to_learners_and_to_teams_after_a_change_came_back(course: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    dutch = make_translation(unit, "nl")
    at = [NOW + dt.timedelta(days=days) for days in (1, 2, 3, 4)]
    told = []
    for moment, lead in zip(at, ("Another lead.", unit.lead, "Another lead.", "Yet another lead."), strict=True):
        with patch("django.utils.timezone.now", return_value=moment):
            unit.lead = lead
            unit.save_revision().publish()
            unit = UnitPage.objects.get(pk=unit.pk)
        lag = lag_of(UnitPage.objects.get(pk=dutch.pk))
        state = state_of(dutch.translation_key, "nl")
        assert lag
        assert state
        assert lag.behind_since() == state.behind_since
        told.append(state.behind_since)
    assert told == [at[0], None, at[2], at[2]]


def test_editorial_change_of_what_was_changed_does_not_move_the_date(course: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    dutch = make_translation(unit, "nl")
    at = [NOW + dt.timedelta(days=days) for days in (1, 2)]
    for moment, kind, lead in ((at[0], ChangeKind.MEANING, "Another."), (at[1], ChangeKind.EDITORIAL, "Another!")):
        with patch("django.utils.timezone.now", return_value=moment):
            unit.lead = lead
            revision = unit.save_revision()
            choose_kind(revision=revision, kind=kind, user=None, now=moment)
            revision.publish()
            unit = UnitPage.objects.get(pk=unit.pk)
    state = state_of(dutch.translation_key, "nl")
    assert state
    assert state.behind_since == at[0]
