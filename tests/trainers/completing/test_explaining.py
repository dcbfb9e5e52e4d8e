"""Completion is told in the reader's language; what is in another one says so, and nothing in it is taken for HTML."""

import pytest
from django.urls import reverse
from django.utils import translation

from lessons.models import LessonPage
from openmuseums.learners.outline import get_outline
from openmuseums.trainers.attendance.marking import attend
from openmuseums.trainers.completing.drafting import sessions_asked
from openmuseums.trainers.completing.explaining import explain
from tests.factories import NOW, make_course_in, make_translation, make_user, signed_in
from tests.trainers.making import everything, make_cohort, take_part
from tests.trainers.sessions.making import make_session

pytestmark = pytest.mark.django_db
FOREIGN = '<span lang="en">Digital marketing foundations</span>'


def test_title_of_a_lesson_says_its_language_where_the_readers_lacks_it(course):
    make_translation(course.course, "el")
    row = take_part(make_cohort(asked=everything(course)[1:]), make_user(language="el"))
    web = signed_in(row.account)
    address = reverse("groups:group", args=[row.pk])
    assert web.get(address).content.decode().count("Pass the quiz of “Digital marketing foundations”") == 1
    assert web.get(address.replace("/en/", "/el/")).content.decode().count(f"«{FOREIGN}»") == 1
    make_course_in(course, "nl")
    assert FOREIGN not in web.get(address.replace("/en/", "/nl/")).content.decode()


def test_title_of_a_lesson_is_never_taken_for_html(course):
    LessonPage.objects.filter(pk=course.lessons[0].pk).update(title="<b>100 %</b> & %(mark)s")
    course.lessons[0].refresh_from_db()
    course.lessons[0].save_revision().publish()
    row = take_part(make_cohort(asked=everything(course)[1:]))
    (criterion,) = explain(row, get_outline()).criteria
    assert criterion.title == "Pass the quiz of “&lt;b&gt;100 %&lt;/b&gt; &amp; %(mark)s”"


def test_session_that_counts_says_its_language(course):
    cohort = make_cohort(asked=[sessions_asked(1)])
    row = take_part(cohort)
    session = make_session(cohort, title="Συνάντηση", language="el", starts_at=NOW)
    attend(code=session.code, account=row.account, now=NOW)
    with translation.override("en"):
        (criterion,) = explain(row, get_outline()).criteria
    assert [(each.title, each.language, each.at) for each in criterion.counted] == [("Συνάντηση", "el", NOW)]
