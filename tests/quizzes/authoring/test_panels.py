"""What the forms of quizzes and banks know by themselves."""

import pytest
from django.urls import reverse

from tests.factories import FixtureCourse, make_editor, signed_in


@pytest.mark.parametrize("model", ["quizpage", "bankpage"])
def test_new_page_has_the_key_of_its_lesson(course: FixtureCourse, model: str) -> None:
    lesson = course.lessons[1]
    form = signed_in(make_editor()).get(reverse("wagtailadmin_pages:add", args=["quizzes", model, lesson.pk]))
    assert form.context["form"]["key"].value() == lesson.key
