"""The bank of a lesson: frozen together with the quizzes that draw from it, in all languages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page

from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt
from quizzes.models import Answer, BankPage, QuizPage, QuizVersion
from quizzes.versions.freezing import freeze_version, newest_version
from tests.answers import whole
from tests.factories import NOW, FixtureCourse, make_bank, make_lesson, make_translation, single_choice

Republish = Callable[..., QuizPage]


@pytest.fixture
def bank(course: FixtureCourse) -> BankPage:
    return make_bank(course.lessons[0])


@pytest.fixture
def drawing(quiz: QuizPage, bank: BankPage, republish: Republish) -> QuizPage:
    """Return a quiz that draws from the bank of its lesson."""
    return republish(quiz, draws_from_bank=True)


def ids_of(page: Any) -> list[str]:
    return [child.id for child in type(page).objects.get(pk=page.pk).questions]


def asked(quiz: QuizPage) -> list[str]:
    """Return the ids of what a new attempt at a quiz is asked."""
    version = newest_version(quiz.translation_key)
    assert version is not None
    return [question.id for question in version.questions]


def edit(page: Any, **fields: Any) -> Any:
    found = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save_revision().publish()
    return found


def test_quiz_that_does_not_draw_from_the_bank_is_frozen_alone(quiz: QuizPage, bank: BankPage) -> None:
    assert asked(quiz) == ids_of(quiz)
    assert QuizVersion.objects.filter(quiz_key=quiz.translation_key).count() == 1


def test_quiz_is_frozen_with_the_bank_it_draws_from(drawing: QuizPage, bank: BankPage) -> None:
    version = newest_version(drawing.translation_key)
    assert version is not None
    assert asked(drawing) == [*ids_of(drawing), *ids_of(bank)]
    quiz_key, bank_key = str(drawing.translation_key), str(bank.translation_key)
    assert [question.page for question in version.questions] == [quiz_key] * 3 + [bank_key] * 2
    assert version.page_keys == {quiz_key, bank_key}
    assert version.texts.get().texts[ids_of(bank)[0]]["prompt"] == "What does the bank use?"


def test_answer_keeps_the_page_that_its_question_came_from(drawing: QuizPage, bank: BankPage, learner: Learner) -> None:
    attempt = start_attempt(learner=learner, quiz_key=drawing.translation_key, now=NOW)
    first, last = attempt.answerable[0], attempt.answerable[-1]
    responses = {question.id: whole(*question.right_ids) for question in (first, last)}
    save_answers(attempt=attempt, responses=responses, language="en", now=NOW)
    keys = dict(Answer.objects.values_list("question_id", "page_key"))
    assert keys == {first.id: drawing.translation_key, last.id: bank.translation_key}


def test_publication_of_the_bank_freezes_the_quizzes_that_draw_from_it(
    course: FixtureCourse, drawing: QuizPage, bank: BankPage
) -> None:
    other = course.quizzes["e-commerce"]
    before = newest_version(drawing.translation_key)
    edit(bank, questions=[single_choice("A third?")])
    after = newest_version(drawing.translation_key)
    assert before
    assert after
    assert after.number == before.number + 1
    assert asked(drawing) == [*ids_of(drawing), *ids_of(bank)]
    assert QuizVersion.objects.filter(quiz_key=other.translation_key).count() == 1


def test_changed_words_of_the_bank_are_added_to_the_same_version(drawing: QuizPage, bank: BankPage) -> None:
    raw = [dict(question) for question in BankPage.objects.get(pk=bank.pk).questions.get_prep_value()]
    raw[0]["value"]["prompt"] = "What would the bank use?"
    before = newest_version(drawing.translation_key)
    edit(bank, questions=raw)
    assert newest_version(drawing.translation_key) == before
    assert before is not None
    prompts = [row.texts[raw[0]["id"]]["prompt"] for row in before.texts.order_by("number")]
    assert prompts == ["What does the bank use?", "What would the bank use?"]


def test_draft_of_the_bank_freezes_nothing(drawing: QuizPage, bank: BankPage) -> None:
    before = asked(drawing)
    page = BankPage.objects.get(pk=bank.pk)
    page.questions = [single_choice("A draft?")]
    page.save_revision()
    assert asked(drawing) == before


def test_bank_that_was_never_published_is_not_drawn_from(
    course: FixtureCourse, quiz: QuizPage, republish: Republish
) -> None:
    draft = BankPage(title="Bank", slug="bank", key="marketing", questions=[single_choice()], live=False)
    course.lessons[0].add_child(instance=draft)
    republish(quiz, draws_from_bank=True)
    assert asked(quiz) == ids_of(quiz)
    draft.save_revision().publish()
    assert asked(quiz) == [*ids_of(quiz), *ids_of(draft)]


def test_bank_of_another_lesson_is_not_drawn_from(course: FixtureCourse, quiz: QuizPage, republish: Republish) -> None:
    make_bank(course.lessons[1])
    republish(quiz, draws_from_bank=True)
    assert asked(quiz) == ids_of(quiz)


def test_withdrawn_bank_is_drawn_from_no_more(drawing: QuizPage, bank: BankPage, learner: Learner) -> None:
    open_attempt = start_attempt(learner=learner, quiz_key=drawing.translation_key, now=NOW)
    BankPage.objects.get(pk=bank.pk).unpublish()
    assert asked(drawing) == ids_of(drawing)
    assert len(start_attempt(learner=learner, quiz_key=drawing.translation_key, now=NOW).asked) == 5
    assert [question.id for question in open_attempt.questions] == [*ids_of(drawing), *ids_of(bank)]
    BankPage.objects.get(pk=bank.pk).get_latest_revision().publish()
    assert asked(drawing) == [*ids_of(drawing), *ids_of(bank)]


def test_deleted_bank_is_drawn_from_no_more(drawing: QuizPage, bank: BankPage) -> None:
    Page.objects.get(pk=bank.pk).delete()
    assert asked(drawing) == ids_of(drawing)


def test_bank_that_is_moved_goes_with_its_new_lesson(
    course: FixtureCourse, drawing: QuizPage, bank: BankPage, republish: Republish
) -> None:
    there = republish(course.quizzes["e-commerce"], draws_from_bank=True)
    BankPage.objects.get(pk=bank.pk).move(course.lessons[1], pos="last-child")
    assert asked(drawing) == ids_of(drawing)
    assert asked(there) == [*ids_of(there), *ids_of(bank)]


def test_quiz_that_is_moved_draws_from_the_bank_of_its_new_lesson(
    course: FixtureCourse, drawing: QuizPage, bank: BankPage
) -> None:
    new = make_lesson(course.course, "social-media")
    QuizPage.objects.get(pk=drawing.pk).move(new, pos="last-child")
    assert asked(drawing) == ids_of(drawing)
    added = make_bank(new)
    assert asked(drawing) == [*ids_of(drawing), *ids_of(added)]


def test_deleting_a_whole_lesson_passes(course: FixtureCourse, drawing: QuizPage, bank: BankPage) -> None:
    course.lessons[0].delete()
    assert not QuizPage.objects.filter(pk=drawing.pk).exists()


def test_translation_of_the_bank_adds_its_texts(course: FixtureCourse, drawing: QuizPage, bank: BankPage) -> None:
    Locale.objects.get_or_create(language_code="nl")
    make_translation(QuizPage.objects.get(pk=drawing.pk), "nl")
    version = newest_version(drawing.translation_key)
    assert version is not None
    first, of_bank = ids_of(drawing)[0], ids_of(bank)[0]
    assert set(version.texts.get(language="nl").texts) == set(ids_of(drawing))

    make_translation(BankPage.objects.get(pk=bank.pk), "nl")
    newest = version.texts.filter(language="nl").order_by("number").last()
    assert newest is not None
    assert set(newest.texts) == {*ids_of(drawing), *ids_of(bank)}
    assert newest.texts[of_bank]["prompt"] == "What does the bank use? [nl]"
    assert newest.texts[first]["prompt"] == "What do you use first? [nl]"
    assert newest_version(drawing.translation_key) == version


def test_new_version_takes_the_words_of_the_translated_bank_along(
    course: FixtureCourse, drawing: QuizPage, bank: BankPage, republish: Republish
) -> None:
    Locale.objects.get_or_create(language_code="nl")
    make_translation(BankPage.objects.get(pk=bank.pk), "nl")
    republish(drawing, pass_mark=80)
    version = newest_version(drawing.translation_key)
    assert version is not None
    assert set(version.texts.get(language="nl").texts) == set(ids_of(bank))


def test_translated_bank_has_the_ids_of_its_source(course: FixtureCourse, bank: BankPage) -> None:
    Locale.objects.get_or_create(language_code="nl")
    dutch = make_translation(BankPage.objects.get(pk=bank.pk), "nl")
    assert (dutch.live, dutch.slug, dutch.key) == (True, "bank", "marketing")
    structures = [
        [(child.id, child.block.structure_of(child.value)) for child in page.questions]
        for page in (dutch, BankPage.objects.get(pk=bank.pk))
    ]
    assert structures[0] == structures[1]


def test_question_that_stands_in_quiz_and_bank_is_refused_in_words(
    drawing: QuizPage, bank: BankPage, republish: Republish
) -> None:
    doubled = [dict(question) for question in BankPage.objects.get(pk=bank.pk).questions.get_prep_value()][:1]
    with pytest.raises(NotFitToPublish) as refusal:
        republish(drawing, questions=[*doubled, single_choice()])
    (finding,) = refusal.value.findings
    assert (finding.code, finding.block_id) == ("question-in-quiz-and-bank", doubled[0]["id"])

    with pytest.raises(NotFitToPublish) as refusal:
        edit(bank, questions=[{**single_choice(), "id": ids_of(drawing)[0]}])
    (finding,) = refusal.value.findings
    assert (finding.code, finding.block_id) == ("question-in-quiz-and-bank", ids_of(drawing)[0])


def test_question_that_stands_in_quiz_and_bank_is_refused_by_the_freeze(drawing: QuizPage, bank: BankPage) -> None:
    raw = BankPage.objects.get(pk=bank.pk).questions.get_prep_value()
    QuizPage.objects.filter(pk=drawing.pk).update(questions=[raw[0]])
    with pytest.raises(ValueError, match="same id"):
        freeze_version(quiz=drawing, now=NOW)


def test_alias_of_a_bank_is_not_drawn_from(course: FixtureCourse, bank: BankPage, republish: Republish) -> None:
    there = republish(course.quizzes["e-commerce"], draws_from_bank=True)
    BankPage.objects.get(pk=bank.pk).create_alias(parent=course.lessons[1], update_slug="bank")
    edit(bank, questions=[single_choice("Quite another?")])
    assert asked(there) == ids_of(there)


def test_lesson_has_one_bank(course: FixtureCourse, bank: BankPage) -> None:
    assert BankPage.can_create_at(course.lessons[1])
    assert not BankPage.can_create_at(course.lessons[0])


def test_bank_freezes_at_the_time_of_its_publication(drawing: QuizPage, bank: BankPage) -> None:
    edit(bank, questions=[single_choice("Later?")])
    version = newest_version(drawing.translation_key)
    assert version is not None
    published = BankPage.objects.get(pk=bank.pk).last_published_at
    assert published is not None
    assert abs(version.created_at - published) < dt.timedelta(minutes=1)
