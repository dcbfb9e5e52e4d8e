"""A trainer sees how far everybody is, finds who is stuck, and sees nothing that was not shared."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import Learner, QuizState, UnitState
from openmuseums.learners.recording import learner_of, mark_read, record_quiz_finished
from openmuseums.organisations.belonging import join as belong
from openmuseums.trainers.following.counting import Totals
from openmuseums.trainers.following.listing import follow
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Participation
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import everything, make_cohort, make_museum, take_part

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LEFT = Sought(status="left")


def key_of(page):
    return UUID(str(page.translation_key))


def units_of(course, lesson):
    return [key_of(unit) for unit in course.units.values() if unit.get_parent().pk == course.lessons[lesson].pk]


def quiz_of(course, lesson):
    return next(key_of(quiz) for quiz in course.quizzes.values() if quiz.get_parent().pk == course.lessons[lesson].pk)


def finish(learner, quiz, *, passed=True, now=NOW):
    record_quiz_finished(
        learner=learner, page_key=quiz, points=10 if passed else 1, points_possible=10, passed=passed, now=now
    )


def named(name, cohort, *, email=False, **account):
    return take_part(cohort, make_user(name=name, **account), shared=Shared(name=True, email=email))


def seen(cohort, sought=None, *, now=NOW, number=None):
    return follow(cohort=cohort, sought=sought or Sought(), number=number, now=now)


def names(cohort, **sought):
    now = sought.pop("now", NOW)
    return [line.person.name for line in seen(cohort, Sought(**sought), now=now).lines]


def page(cohort, client, **query):
    return client.get(reverse("trainers:people", kwargs={"key": cohort.key}), query)


def test_everybody_stands_with_units_and_quiz_of_each_lesson(course):
    cohort = make_cohort(asked=everything(course))
    ann, bo = named("Ann", cohort), named("Bo", cohort)
    learner = learner_of(user=ann.account, now=NOW)
    for unit in units_of(course, 0):
        mark_read(learner=learner, page_key=unit, now=NOW)
    finish(learner, quiz_of(course, 0))
    mark_read(learner=learner, page_key=units_of(course, 1)[0], now=NOW)
    finish(learner_of(user=bo.account, now=NOW), quiz_of(course, 1), passed=False)
    followed = seen(cohort)
    assert [chapter.title for chapter in followed.chapters] == [
        course.part.title,
        *(lesson.title for lesson in course.lessons),
    ]
    assert [
        [(cell.units_read, cell.units_total, cell.is_passed, cell.quarter) for cell in line.cells]
        for line in followed.lines
    ] == [
        [(0, 1, None, 0), (2, 2, True, 4), (1, 2, False, 1)],
        [(0, 1, None, 0), (0, 2, False, 0), (0, 2, False, 0)],
    ]
    ann.refresh_from_db()
    assert followed.totals == Totals(2, 2, 0, 0, ann.progress // 2, (0, 1, 0))


def test_totals_are_of_all_who_were_found_and_not_of_the_page(course):
    cohort = make_cohort(asked=everything(course))
    people = [named(f"Person {number:02}", cohort) for number in range(52)]
    UnitState.objects.bulk_create(
        [
            UnitState(learner=Learner.objects.get(account=row.account), unit_key=unit, read_at=NOW)
            for row in people
            for unit in units_of(course, 0)
        ]
    )
    QuizState.objects.bulk_create(
        [
            QuizState(
                learner=Learner.objects.get(account=row.account),
                quiz_key=quiz_of(course, 0),
                attempts=1,
                best_points=5,
                best_points_possible=10,
                passed_at=NOW if place else None,
            )
            for place, row in enumerate(people)
        ]
    )
    Participation.objects.filter(pk=people[3].pk).update(progress=52, completed_at=NOW)
    first, second = seen(cohort), seen(cohort, number="2")
    assert first.totals == second.totals == Totals(52, 52, 0, 1, 1, (0, 51, 0))
    assert [len(first.lines), [line.person.name for line in second.lines]] == [50, ["Person 50", "Person 51"]]


@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_page_takes_the_same_number_of_queries_however_many_there_are(course, count):
    trainer = make_trainer()
    cohort = make_cohort(trainer, asked=everything(course))
    for number in range(count):
        row = named(f"Person {number:02}", cohort)
        UnitState.objects.create(
            learner=learner_of(user=row.account, now=NOW), unit_key=units_of(course, 0)[0], read_at=NOW
        )
    client = signed_in(trainer)
    page(cohort, client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = page(cohort, client)
    assert response.status_code == 200
    assert len(queries) == QUERIES


# Session, account, rights (two) and second factor; the cohort, the role on its staff and its rule; what is shared;
# totals, people, units and quizzes.
QUERIES = 12


def test_filters_find_by_what_is_shared(course):
    cohort = make_cohort()
    museum, other = make_museum("Museum of Keys"), make_museum("Museum of Doors", "GR")
    keeper, guide = make_user(name="Κατερίνα Αγγέλου", language="el"), make_user(name="Bo Ångström")
    for account, place, role in [(keeper, museum, "board"), (guide, other, "volunteer")]:
        member = belong(account=account, organisation=place, role=role, now=NOW)
        take_part(cohort, account, shared=Shared(name=True, membership=member))
    hidden = make_user(name="Κατερίνα Kept Back")
    belong(account=hidden, organisation=museum, role="board", now=NOW)
    take_part(cohort, hidden)
    assert names(cohort) == ["Bo Ångström", "Κατερίνα Αγγέλου", ""]
    assert names(cohort, museum="Museum of Keys") == ["Κατερίνα Αγγέλου"]
    assert names(cohort, role="volunteer") == ["Bo Ångström"]
    assert names(cohort, words="αγγελου") == names(cohort, words="ΚΑΤΕΡΊΝΑ") == ["Κατερίνα Αγγέλου"]
    assert names(cohort, words="ångstrom") == ["Bo Ångström"]
    assert names(cohort, words="person") == names(cohort, words="%") == []


def test_language_is_the_one_that_was_shared(course):
    cohort = make_cohort()
    Participation.objects.filter(pk=named("Ann", cohort).pk).update(language="nl")
    named("Bo", cohort)
    assert (names(cohort, language="nl"), names(cohort, language="en")) == (["Ann"], ["Bo"])


def test_who_has_taken_no_step_for_two_weeks_is_found(course):
    cohort = make_cohort(asked=everything(course))
    stuck, _never, active, done = (named(name, cohort) for name in ("Stuck", "Never", "Active", "Done"))
    mark_read(learner=learner_of(user=stuck.account, now=NOW), page_key=units_of(course, 0)[0], now=NOW + DAY)
    mark_read(learner=learner_of(user=active.account, now=NOW), page_key=units_of(course, 0)[0], now=NOW + 2 * DAY)
    Participation.objects.filter(pk=done.pk).update(completed_at=NOW, progress=100)
    assert names(cohort, is_idle=True, now=NOW + 14 * DAY - dt.timedelta(seconds=1)) == []
    assert names(cohort, is_idle=True, now=NOW + 14 * DAY) == ["Never"]
    assert names(cohort, is_idle=True, now=NOW + 15 * DAY) == ["Never", "Stuck"]
    lines = seen(cohort, now=NOW + 15 * DAY).lines
    assert [line.person.name for line in lines if line.is_idle] == ["Never", "Stuck"]


def test_who_is_nearly_there_has_80_per_cent_and_has_not_completed():
    cohort = make_cohort()
    for name, progress, completed_at in [("A", 79, None), ("B", 80, None), ("C", 99, None), ("D", 100, NOW)]:
        row = named(name, cohort)
        Participation.objects.filter(pk=row.pk).update(progress=progress, completed_at=completed_at)
    assert names(cohort, is_near=True) == ["B", "C"]
    assert names(cohort, is_complete=True) == ["D"]


def test_who_has_left_is_found_under_left_alone_as_they_were_then(course):
    cohort = make_cohort(asked=everything(course))
    named("Ann", cohort)
    gone = named("Gone", cohort)
    learner = learner_of(user=gone.account, now=NOW)
    first, second = units_of(course, 0)
    mark_read(learner=learner, page_key=first, now=NOW + DAY)
    leave(participation=gone, now=NOW + 2 * DAY)
    mark_read(learner=learner, page_key=second, now=NOW + 3 * DAY)
    finish(learner, quiz_of(course, 0), now=NOW + 3 * DAY)
    assert names(cohort) == ["Ann"]
    assert names(cohort, words="gone") == []
    followed = seen(cohort, LEFT, now=NOW + 30 * DAY)
    assert [(line.person.name, line.person.last_step_at, line.is_idle) for line in followed.lines] == [
        ("Gone", NOW + DAY, False)
    ]
    assert [(cell.units_read, cell.is_passed) for cell in followed.lines[0].cells] == [
        (0, None),
        (1, False),
        (0, False),
    ]
    gone.refresh_from_db()
    assert followed.totals == Totals(1, 0, 0, 0, gone.progress, (0, 0, 0))


def test_what_was_done_when_somebody_left_counts_in_the_totals_of_those_who_left(course):
    cohort = make_cohort(asked=everything(course))
    gone = named("Gone", cohort)
    learner = learner_of(user=gone.account, now=NOW)
    for unit in units_of(course, 0):
        mark_read(learner=learner, page_key=unit, now=NOW)
    finish(learner, quiz_of(course, 0))
    leave(participation=gone, now=NOW + DAY)
    assert seen(cohort, LEFT).totals.lessons == (0, 1, 0)


def test_the_page_shows_nothing_that_is_not_shared(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer, asked=everything(course))
    secret = make_user(name="Kept Back", email="kept-back@example.org", username="kept.back")
    belong(account=secret, organisation=make_museum("Museum of Secrets"), role="board", now=NOW)
    row = take_part(cohort, secret)
    body = page(cohort, signed_in(trainer)).content.decode()
    assert row.label in body
    for word in ("Kept Back", "kept-back", "kept.back", "Museum of Secrets"):
        assert word not in body
    assert page(cohort, signed_in(trainer), words="Kept").context["followed"].lines == []


def test_offers_of_the_form_are_what_those_who_are_here_share():
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    member = belong(account=make_user(), organisation=make_museum("Museum of Doors"), role="board", now=NOW)
    gone = take_part(cohort, member.account, shared=Shared(membership=member))
    leave(participation=gone, now=NOW)
    client = signed_in(trainer)
    assert page(cohort, client).context["form"].fields["museum"].choices == [("", "Any museum")]
    offered = page(cohort, client, status="left").context["form"].fields["museum"].choices
    assert offered == [("", "Any museum"), ("Museum of Doors", "Museum of Doors")]


def test_a_museum_that_nobody_has_is_refused():
    trainer = make_trainer()
    response = page(make_cohort(trainer), signed_in(trainer), museum="Museum of Nowhere")
    assert response.status_code == 422


def test_hostile_names_are_shown_as_text(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer, asked=everything(course))
    named("<script>alert(1)</script>", cohort)
    body = page(cohort, signed_in(trainer)).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_pages_keep_the_filter():
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    for number in range(51):
        named(f"Person {number}", cohort)
    body = page(cohort, signed_in(trainer), words="person").content.decode()
    assert 'href="?words=person&amp;page=2"' in body


def test_other_trainers_find_no_such_group():
    cohort = make_cohort()
    named("Ann", cohort)
    assert page(cohort, signed_in(make_trainer())).status_code == 404


def test_people_of_another_group_are_nowhere():
    trainer = make_trainer()
    mine, theirs = make_cohort(trainer), make_cohort(name="Another")
    named("Ann", mine)
    named("Zoe", theirs)
    assert names(mine) == ["Ann"]
    assert seen(mine).totals.everybody == 1


def test_now_is_the_time_of_the_request(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    take_part(cohort, now=timezone.now() - 15 * DAY)
    take_part(cohort, now=timezone.now() - 13 * DAY)
    assert len(page(cohort, signed_in(trainer), is_idle="on").context["followed"].lines) == 1
