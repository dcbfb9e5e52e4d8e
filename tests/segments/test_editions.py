"""Editions of a source, and who is behind: by what it says, and not by when it was published."""

import pytest
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import UnitPage
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.recording import choose_kind
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.producing import produce
from openmuseums.segments.states import PageState, State, state_of
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, in_language, make_translation


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit of the source that is live in Dutch."""
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl")
    return UnitPage.objects.get(pk=unit.pk)


def publish(page: UnitPage | QuizPage, kind: ChangeKind = ChangeKind.MEANING, **fields: str) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    choose_kind(revision=revision, kind=kind, user=None, now=NOW)
    revision.publish()


def numbers(page: UnitPage | QuizPage) -> list[tuple[int, int]]:
    rows = SourceEdition.objects.filter(page_key=page.translation_key).order_by("number")
    return list(rows.values_list("number", "sense"))


def in_dutch(page: UnitPage | QuizPage) -> PageState:
    state = state_of(page.translation_key, "nl")
    assert state is not None
    return state


def test_page_that_is_published_again_unchanged_makes_nobody_behind(unit: UnitPage) -> None:
    publish(unit)
    assert (numbers(unit), in_dutch(unit).state) == ([(1, 1)], State.LIVE)


def test_change_of_meaning_makes_a_language_behind_by_the_next_view(unit: UnitPage) -> None:
    publish(unit, lead="Something else altogether.")
    state = in_dutch(unit)
    assert (numbers(unit), state.state) == ([(1, 1), (2, 2)], State.LIVE_BEHIND)
    assert state.behind_since == SourceEdition.objects.newest(unit.translation_key).published_at


def test_change_that_is_taken_back_leaves_nobody_behind(unit: UnitPage) -> None:
    before = unit.lead
    publish(unit, lead="Something else altogether.")
    publish(unit, lead=before)
    assert (numbers(unit), in_dutch(unit).state) == ([(1, 1), (2, 2), (3, 1)], State.LIVE)


def test_editorial_change_keeps_translations_current_and_takes_them_to_the_new_words(unit: UnitPage) -> None:
    old = unit.lead
    publish(unit, ChangeKind.EDITORIAL, lead=f"{old} Really.")
    state = in_dutch(unit)
    assert (numbers(unit), state.state, state.is_reworded) == ([(1, 1), (2, 1)], State.LIVE, True)
    assert (state.done, state.is_complete) == (state.edition.text_count, True)
    row = StringTranslation.objects.get(translation_of__data=f"{old} Really.", locale__language_code="nl")
    assert row.data == in_language(old, "nl")


def test_other_right_answer_is_to_be_confirmed(course: FixtureCourse) -> None:
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    make_translation(quiz, "nl")
    raw = list(quiz.questions.raw_data)
    first, second = raw[0]["value"]["choices"][:2]
    first["value"]["right"], second["value"]["right"] = False, True
    quiz.questions = raw
    publish(quiz, ChangeKind.ANSWER_KEY)
    state = in_dutch(quiz)
    assert (numbers(quiz), state.state, state.has_keys_to_confirm) == ([(1, 1), (2, 1)], State.LIVE, True)
    produce(Translation.objects.get(source__object_id=quiz.translation_key), publish=True)
    assert not in_dutch(quiz).has_keys_to_confirm


def test_draft_that_was_made_before_the_source_changed_is_one_of_the_old_edition(unit: UnitPage) -> None:
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    produce(entry, publish=False)
    publish(unit, lead="Something else altogether.")
    page = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    page.get_latest_revision().publish()
    assert (in_dutch(unit).live.number, in_dutch(unit).state) == (1, State.LIVE_BEHIND)
