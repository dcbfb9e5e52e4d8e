"""The pages that tell editors what answers say of their questions."""

import csv
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from quizzes.models import QuizPage, QuizVersion
from tests.factories import FixtureCourse, in_language, make_editor, make_translation, make_user, signed_in
from tests.quizzes.figures.keeping import keep_attempts, right_choices, wrong_choice


@pytest.fixture
def editor(course: FixtureCourse) -> Client:
    return signed_in(make_editor())


@pytest.fixture
def version(quiz: QuizPage) -> QuizVersion:
    return QuizVersion.objects.get(quiz_key=quiz.quiz_key)


def address(quiz: QuizPage, name: str = "figures", number: int | str = "") -> str:
    return reverse(f"quizzes_admin:{name}", args=[quiz.pk]) + (f"?version={number}" if number else "")


def answer(version: QuizVersion, count: int, right: int, language: str = "en") -> None:
    """Keep attempts, of which so many are right in the first question; every second is right in the next."""
    one, two = version.questions[:2]
    keep_attempts(
        version,
        [
            {
                one.id: right_choices(version, 1) if place < right else wrong_choice(version, 1, place % 2),
                two.id: right_choices(version, 2) if place % 2 else wrong_choice(version, 2),
            }
            for place in range(count)
        ],
        language=language,
    )


def test_figures_are_shown_with_words_and_a_plot(editor: Client, quiz: QuizPage, version: QuizVersion) -> None:
    answer(version, 60, 40)
    response = editor.get(address(quiz))
    page = response.content.decode()
    told = response.context["told"]
    assert (told.attempts, told.minutes, told.languages) == (60, 10, ())
    assert [item.facility for item in told.items] == ["67\u00a0%", "50\u00a0%", "under 8\u00a0%"]
    rows = told.items[0].parts[0]
    assert [(row.number, str(row.words), row.is_right, row.count, row.share) for row in rows] == [
        (1, "The right one", True, "40", "67\u00a0%"),
        (2, "A wrong one", False, "–", "–"),
        (3, "Another", False, "10", "17\u00a0%"),
        (0, "Left open", False, "–", "–"),
        (0, "Those with a dash, together", False, "10", "17\u00a0%"),
    ]
    assert page.count('<circle class="dot"') == 2
    assert page.count('<rect class="bar"') == 3
    assert "60 attempts count." in page
    assert "Nearly nobody gets it right." in page


def test_languages_are_shown_side_by_side(editor: Client, quiz: QuizPage, version: QuizVersion) -> None:
    answer(version, 40, 30)
    answer(version, 20, 10, "nl")
    response = editor.get(address(quiz))
    told = response.context["told"]
    assert [(each.code, each.name, each.attempts) for each in told.languages] == [
        ("en", "English", 40),
        ("nl", "Nederlands", 20),
    ]
    assert [facility for facility, _ in told.items[0].by_language] == ["75\u00a0%", "50\u00a0%"]


def test_number_of_queries_does_not_grow(
    editor: Client, quiz: QuizPage, version: QuizVersion, django_assert_num_queries: Callable[..., Any]
) -> None:
    editor.get(address(quiz))
    for count in (5, 60):
        answer(version, count, 3)
        with django_assert_num_queries(17):
            editor.get(address(quiz))


def test_questions_are_quoted_in_the_language_of_the_page(quiz: QuizPage, version: QuizVersion) -> None:
    translation = make_translation(quiz, "nl")
    answer(version, 20, 10)
    items = [
        signed_in(make_user(is_superuser=True)).get(address(page)).context["told"].items[0]
        for page in (quiz, translation)
    ]
    assert [str(item.prompt) for item in items] == [
        "What do you use first?",
        in_language("What do you use first?", "nl"),
    ]
    assert [str(item.parts[0][0].words) for item in items] == ["The right one", in_language("The right one", "nl")]


def test_quiz_that_nobody_answered_has_no_figures(editor: Client, quiz: QuizPage) -> None:
    response = editor.get(address(quiz))
    assert "Too few attempts to say anything." in response.content.decode()
    assert "<svg viewBox" not in response.content.decode()


def test_quiz_that_was_never_published_says_so(editor: Client, quiz: QuizPage, version: QuizVersion) -> None:
    version.texts.all().delete()
    version.delete()
    assert "has not been published yet" in editor.get(address(quiz)).content.decode()
    assert editor.get(address(quiz, "figures-file")).status_code == 404


def test_drawn_quiz_says_what_cannot_be_said(
    editor: Client, quiz: QuizPage, republish: Callable[..., QuizPage]
) -> None:
    republish(quiz, draws=2)
    drawn = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    answer(drawn, 20, 10)
    assert "Questions were drawn" in editor.get(address(quiz)).content.decode()
    assert "Questions were drawn" not in editor.get(address(quiz, number=1)).content.decode()


@pytest.mark.parametrize("number", ["2", "x", "-1"])
def test_version_that_there_is_not_is_not_found(editor: Client, quiz: QuizPage, number: str) -> None:
    assert editor.get(address(quiz, number=number)).status_code == 404


def test_file_has_the_same_figures(editor: Client, quiz: QuizPage, version: QuizVersion) -> None:
    answer(version, 40, 30)
    answer(version, 20, 10, "nl")
    response = editor.get(address(quiz, "figures-file", 1))
    assert response["Content-Disposition"].startswith('attachment; filename="figures-marketing-1-')
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    head, *rows = csv.reader(text.splitlines())
    assert head[:8] == [
        "Question",
        "Text of the question",
        "Answer",
        "In words",
        "Right",
        "Language",
        "Number",
        "Facility",
    ]
    assert [row[5:7] for row in rows[:3]] == [["", "60"], ["en", "40"], ["nl", "20"]]
    first = [row for row in rows if row[0] == "1" and not row[3]]
    assert [(row[5], row[6], row[7]) for row in first] == [
        ("", "60", "0.667"),
        ("en", "40", "0.75"),
        ("nl", "20", "0.5"),
    ]
    shown = {
        row.count for item in editor.get(address(quiz)).context["told"].items for part in item.parts for row in part
    }
    assert {row[6] for row in rows if row[3] and not row[5]} == {count.replace("–", "") for count in shown}


def test_figures_are_for_who_may_edit_the_quiz(quiz: QuizPage, version: QuizVersion) -> None:
    guest = make_user()
    guest.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = signed_in(guest)
    # Wagtail leads back whoever may open its admin and not the page.
    for name in ("figures", "figures-file"):
        response = client.get(address(quiz, name))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert list(client.get(reverse("quizzes_admin:figures-index")).context["quizzes"]) == []
    assert reverse("quizzes_admin:figures-index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_quizzes_are_listed_for_who_may_edit_them(editor: Client, quiz: QuizPage) -> None:
    response = editor.get(reverse("quizzes_admin:figures-index"))
    assert quiz in response.context["quizzes"]
    assert address(quiz) in response.content.decode()


def test_ways_lead_to_the_figures(editor: Client, quiz: QuizPage) -> None:
    assert address(quiz) in editor.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()
    assert reverse("quizzes_admin:figures-index") in editor.get(reverse("wagtailadmin_home")).content.decode()
