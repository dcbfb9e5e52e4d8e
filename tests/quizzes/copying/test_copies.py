"""Questions copied to another quiz or bank: with new ids throughout, as a draft."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from openmuseums.people.models import User
from quizzes.authoring.sample_answers import right_answer
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.copying.copies import COPIED, NotCopiedError, copy_questions, targets_for
from quizzes.models import BankPage, QuizPage, QuizVersion
from quizzes.questions.registry import KINDS, share_of
from quizzes.scoring import Given
from tests.factories import (
    FixtureCourse,
    block,
    make_bank,
    make_editor,
    make_translation,
    make_user,
    signed_in,
    single_choice,
)


@pytest.fixture
def editor(course: FixtureCourse) -> User:
    return make_editor()


@pytest.fixture
def bank(course: FixtureCourse) -> BankPage:
    return make_bank(course.lessons[0])


def draft_of(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "type" in value and "value" in value:
            yield value["id"]
        for part in value.values():
            yield from ids_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from ids_in(part)


def example(kind: str) -> dict[str, Any]:
    """Return a question of a kind as it is stored; a scenario with a question of each kind that stands under one."""
    chooser = block_of(kind)
    raw = chooser.get_prep_value(chooser.get_preview_value())
    if kind == "scenario":
        below = [name for name, found in QUESTION_BLOCKS.items() if found.in_scenarios]
        raw["questions"] = [example(name) for name in below]
    return block(kind, raw)


@pytest.mark.parametrize("kind", list(QUESTION_BLOCKS))
def test_renewed_question_of_every_kind_has_new_ids_and_asks_the_same(kind: str) -> None:
    raw = example(kind)
    before = json.dumps(raw)
    copied = block_of(kind).renewed(raw)
    old, new = list(ids_in(raw)), list(ids_in(copied))
    assert json.dumps(raw) == before
    assert len(set(new)) == len(old) == len(new)
    assert set(old) & set(new) == set()
    # Put back, the old ids make it what it was: whatever refers to an id was changed along, and nothing else was.
    written = json.dumps(copied)
    for was, became in zip(old, new, strict=True):
        written = written.replace(became, was)
    assert json.loads(written) == raw
    for question, words in block_of(kind).questions_from(
        block_of(kind).to_python(copied["value"]), kind=kind, id=copied["id"]
    ):
        if KINDS[question.kind].IS_GRADED:
            assert share_of(question, Given(right_answer(question, words), "en"), words) == 1


def test_copies_stand_at_the_end_of_a_draft_and_nothing_is_published(
    course: FixtureCourse, bank: BankPage, editor: User
) -> None:
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    chosen = [quiz.questions[0].id, quiz.questions[2].id]
    copy_questions(source=quiz, ids=chosen, target=bank, user=editor)
    prompts = [child.value["prompt"] for child in draft_of(bank).questions]
    assert prompts == [
        "What does the bank use?", "What does the bank understand?", "What do you use first?", "What do you make?",
    ]  # fmt: skip
    assert not set(ids_in(draft_of(bank).questions.get_prep_value())) & set(ids_in(quiz.questions.get_prep_value()))
    stored = BankPage.objects.get(pk=bank.pk)
    assert (len(stored.questions), stored.has_unpublished_changes, stored.latest_revision.user) == (2, True, editor)
    assert QuizVersion.objects.filter(quiz_key=quiz.translation_key).count() == 1
    entry = PageLogEntry.objects.get(action=COPIED)
    assert (entry.page_id, entry.data["count"], entry.data["source"]["id"]) == (bank.pk, 2, quiz.pk)


def test_drafts_are_copied_from_and_added_to(course: FixtureCourse, editor: User) -> None:
    source, target = (QuizPage.objects.get(pk=quiz.pk) for quiz in course.quizzes.values())
    source.questions = [single_choice("A draft?")]
    source.save_revision()
    target.questions = [single_choice("Another draft?")]
    target.save_revision()
    copy_questions(source=source, ids=[source.questions[0].id], target=target, user=editor)
    assert [child.value["prompt"] for child in draft_of(target).questions] == ["Another draft?", "A draft?"]


def test_question_that_is_gone_is_not_copied(course: FixtureCourse, bank: BankPage, editor: User) -> None:
    quiz = course.quizzes["marketing"]
    with pytest.raises(NotCopiedError, match="is gone"):
        copy_questions(source=quiz, ids=[quiz.questions[0].id, "gone"], target=bank, user=editor)
    assert len(draft_of(bank).questions) == 2


def test_copying_is_for_who_may_edit_both_pages(course: FixtureCourse, bank: BankPage, editor: User) -> None:
    quiz = course.quizzes["marketing"]
    ids = [quiz.questions[0].id]
    with pytest.raises(NotCopiedError, match="may not edit"):
        copy_questions(source=quiz, ids=ids, target=bank, user=make_user())
    bank.locked, bank.locked_by = True, make_user()
    bank.save()
    with pytest.raises(NotCopiedError, match="locked"):
        copy_questions(source=quiz, ids=ids, target=bank, user=editor)
    assert len(draft_of(bank).questions) == 2


def test_targets_are_the_other_quizzes_and_banks_of_the_source(
    course: FixtureCourse, bank: BankPage, editor: User
) -> None:
    Locale.objects.get_or_create(language_code="nl")
    make_translation(bank, "nl")
    QuizPage.objects.get(pk=course.quizzes["marketing"].pk).create_alias(parent=course.lessons[1], update_slug="alias")
    quiz, other = course.quizzes.values()
    assert [page.pk for page in targets_for(editor, besides=quiz)] == [bank.pk, other.pk]
    assert [page.pk for page in targets_for(editor, besides=bank)] == [quiz.pk, other.pk]
    assert targets_for(make_user(), besides=quiz) == []


def test_editor_copies_questions_from_the_page(course: FixtureCourse, bank: BankPage, editor: User) -> None:
    quiz = course.quizzes["marketing"]
    browser: Client = signed_in(editor)
    address = reverse("quizzes_admin:copy", args=[quiz.pk])
    assert address in browser.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()
    html = browser.get(address).content.decode()
    assert "Single choice: What do you use first?" in html
    response = browser.post(address, {"questions": [quiz.questions[0].id], "target": bank.pk})
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[bank.pk])
    assert len(draft_of(bank).questions) == 3


def test_form_without_a_choice_says_what_is_missing(course: FixtureCourse, bank: BankPage, editor: User) -> None:
    address = reverse("quizzes_admin:copy", args=[course.quizzes["marketing"].pk])
    response = signed_in(editor).post(address, {"target": bank.pk})
    assert response.status_code == 422
    assert "Questions: This field is required." in response.content.decode()
    foreign = signed_in(editor).post(address, {"questions": [bank.questions[0].id], "target": course.home.pk})
    assert foreign.status_code == 422
    assert len(draft_of(bank).questions) == 2


def test_pages_that_hold_no_questions_of_the_source_are_not_copied_from(
    course: FixtureCourse, bank: BankPage, editor: User
) -> None:
    Locale.objects.get_or_create(language_code="nl")
    dutch = make_translation(bank, "nl")
    admin = signed_in(make_user(username="admin", is_superuser=True))
    for page, status in ((bank, 200), (course.lessons[0], 404), (dutch, 404)):
        assert admin.get(reverse("quizzes_admin:copy", args=[page.pk])).status_code == status
    assert signed_in(editor).get(reverse("quizzes_admin:copy", args=[dutch.pk]))["Location"] == "/admin/"
