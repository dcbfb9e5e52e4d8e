"""Import and export of questions in Wagtail's admin: shown first, then taken."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from openmuseums.people.models import User
from openmuseums.uploads.forms import MAX_WAITING
from openmuseums.uploads.models import Picture
from quizzes.exchanging.exporting import export_quiz
from quizzes.exchanging.importing import draft_of
from quizzes.models import QuizPage
from tests.factories import FixtureCourse, make_editor, make_translation, make_user, signed_in
from tests.quizzes.formats.reading import fixture

GIFT = b"// [id:om-1] [tag:use] [tag:swot]\nIs it open? {T}\n\n// [id:om-2]\nIs it shut? {F}\n"
BAD = b"\nHalf {=a\n"


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


@pytest.fixture
def editor(db: None) -> User:
    return make_user(username="editor", is_superuser=True)


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


def address(quiz: QuizPage, name: str = "exchange", query: str = "") -> str:
    return reverse(f"quizzes_admin:{name}", args=[quiz.pk]) + query


def send(desk: Client, quiz: QuizPage, data: bytes) -> Any:
    return desk.post(address(quiz), {"file": SimpleUploadedFile("questions.gift", data)})


def accept(desk: Client, quiz: QuizPage, token: str) -> Any:
    return desk.post(address(quiz, "accept"), {"token": token}, follow=True)


def prompts(quiz: QuizPage) -> list[str]:
    return [child.value["prompt"] for child in draft_of(quiz).questions]


def test_file_is_shown_first_and_then_taken(desk: Client, editor: User, quiz: QuizPage) -> None:
    before = prompts(quiz)
    shown = send(desk, quiz, GIFT)
    assert shown.status_code == 200
    assert shown.context["plan"].summary() == ["2 questions are new."]
    assert shown.context["plan"].unfinished == ["Is it shut?"]
    assert "Accept the good part" not in shown.content.decode()
    assert prompts(quiz) == before
    taken = accept(desk, quiz, shown.context["token"])
    assert taken.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[quiz.pk]), 302)]
    assert "2 questions are new. Saved as a draft." in taken.content.decode()
    assert prompts(quiz) == [*before, "Is it open?", "Is it shut?"]
    assert QuizPage.objects.get(pk=quiz.pk).latest_revision.user == editor
    again = accept(desk, quiz, shown.context["token"])
    assert "The file is not kept any more." in again.content.decode()


def test_faults_are_shown_with_line_and_column_and_the_good_part_can_be_accepted(desk: Client, quiz: QuizPage) -> None:
    shown = send(desk, quiz, GIFT + BAD)
    assert shown.status_code == 422
    assert [(place.line, place.column) for place, _message in shown.context["faults"]] == [(7, 6)]
    assert "Accept the good part" in shown.content.decode()
    accept(desk, quiz, shown.context["token"])
    assert prompts(quiz)[3:] == ["Is it open?", "Is it shut?"]


def test_file_without_a_good_part_cannot_be_accepted(desk: Client, quiz: QuizPage) -> None:
    shown = send(desk, quiz, b"<quiz>")
    assert (shown.status_code, "token" in shown.context) == (422, False)


def test_quiz_that_changed_meanwhile_is_shown_again(desk: Client, quiz: QuizPage) -> None:
    shown = send(desk, quiz, GIFT)
    draft_of(quiz).save_revision()
    again = accept(desk, quiz, shown.context["token"])
    assert "Somebody has changed this quiz meanwhile." in again.content.decode()
    assert len(prompts(quiz)) == 3
    accept(desk, quiz, again.context["token"])
    assert len(prompts(quiz)) == 5


def test_token_is_of_one_person_and_one_quiz(course: FixtureCourse, desk: Client, quiz: QuizPage) -> None:
    token = send(desk, quiz, GIFT).context["token"]
    other = signed_in(make_user(username="other", is_superuser=True))
    for somebody, page in ((other, quiz), (desk, course.quizzes["e-commerce"])):
        assert "The file is not kept any more." in accept(somebody, page, token).content.decode()
    assert len(prompts(quiz)) == 3


def test_too_large_file_is_refused(desk: Client, quiz: QuizPage) -> None:
    shown = send(desk, quiz, b"x" * (MAX_WAITING + 1))
    assert (shown.status_code, "plan" in shown.context) == (422, False)
    assert "This file is too large: 10.0\xa0MB. The most is 10.0\xa0MB." in shown.content.decode()


def test_hostile_words_are_escaped(desk: Client, quiz: QuizPage) -> None:
    shown = send(desk, quiz, b"::<script>alert\\(1)</script>::[plain]<img src=x onerror=y> {T}")
    content = shown.content.decode()
    assert "<img src=x" not in content
    assert "<script>alert" not in content


@pytest.mark.parametrize("format_name", ["gift", "moodlexml", "json"])
def test_what_gets_lost_is_shown_and_the_file_handed_out(desk: Client, quiz: QuizPage, format_name: str) -> None:
    make_translation(quiz, "nl")
    query = f"?format={format_name}&language=en"
    shown = desk.get(address(quiz, query=query))
    lost = shown.context["export_losses"]
    assert (("", "other languages (Dutch)") in lost) == (format_name != "json")
    assert ("Nothing gets lost." in shown.content.decode()) == (format_name == "json")
    file = desk.get(address(quiz, "export", query))
    export = export_quiz(quiz, format=format_name)
    assert (file.content, file["Content-Disposition"]) == (export.data, f'attachment; filename="{export.name}"')
    dutch = desk.get(address(quiz, "export", f"?format={format_name}&language=nl"))
    assert "[nl]" in dutch.content.decode()


def test_words_of_the_quiz_are_marked_as_such(desk: Client, editor: User, quiz: QuizPage) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "nl"
    profile.save()
    shown = send(desk, quiz, b"::A name::Is it open? {T}").content.decode()
    assert '<q lang="en">A name</q>: ' in shown
    assert '<li lang="en">A name</li>' in shown


@pytest.mark.parametrize("query", ["", "?format=exe", "?format=gift&language=xx"])
def test_file_in_a_format_or_language_that_is_not_is_not_found(desk: Client, quiz: QuizPage, query: str) -> None:
    assert desk.get(address(quiz, "export", query)).status_code == 404


def test_translation_has_no_import_of_its_own(desk: Client, quiz: QuizPage) -> None:
    dutch = make_translation(quiz, "nl")
    assert desk.get(address(dutch)).status_code == 404
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
    assert address(quiz) in edit.content.decode()


def test_who_may_not_edit_the_quiz_may_not_take_or_give_it(quiz: QuizPage) -> None:
    user = make_user(username="visitor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    desk = signed_in(user)
    answers = [desk.get(address(quiz)), desk.get(address(quiz, "export", "?format=gift")), send(desk, quiz, GIFT)]
    answers.append(desk.post(address(quiz, "accept"), {"token": "x"}))
    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (302, reverse("wagtailadmin_home"))
    }
    assert len(prompts(quiz)) == 3


def test_course_editor_may(quiz: QuizPage) -> None:
    desk = signed_in(make_editor())
    shown = send(desk, quiz, fixture("moodle_pictures.xml"))
    accept(desk, quiz, shown.context["token"])
    assert prompts(quiz)[3:] == ["What is this?", "Is it here?"]
    assert Picture.objects.get().title == "A coin"
