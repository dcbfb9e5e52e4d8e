"""The pages of groups, as trainers and learners use them."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.organisations.belonging import join as belong
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.models import Cohort, Participation, Staff
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import everything, make_cohort, make_museum, take_part

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)> “Group” & Sons"


@pytest.fixture
def trainer():
    return make_trainer(name="A trainer")


@pytest.fixture
def web(trainer):
    return signed_in(trainer)


def about(organisation, **fields):
    return {
        "name": "Museums of the coast",
        "organisation": organisation.pk,
        "starts_on": "2026-10-01",
        "ends_on": "2026-12-18",
        "time_zone": "Europe/Athens",
        "languages": ["en", "el"],
        "is_open": "on",
        "template": "course",
        **fields,
    }


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_trainer_makes_a_group(course, trainer, web):
    museum = make_museum()
    belong(account=trainer, organisation=museum, role="trainer", now=NOW)
    answer = web.post(reverse("trainers:new"), about(museum))
    cohort = Cohort.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("trainers:cohort", args=[cohort.key]))
    assert (cohort.time_zone, cohort.languages, cohort.organisation) == ("Europe/Athens", ["en", "el"], museum)
    keys = list(cohort.rule_in_force().criteria.values_list("key", flat=True))
    assert keys == ["units", "quiz-marketing", "quiz-e-commerce"]


def test_languages_of_a_group_are_named_each_in_its_own_language(course, trainer, web):
    belong(account=trainer, organisation=make_museum(), role="trainer", now=NOW)
    page = web.get(reverse("trainers:new")).content.decode()
    named = [f'<span lang="{code}">{name}</span>' for code, name in (("nl", "Nederlands"), ("it", "Italiano"))]
    assert [page.count(name) for name in named] == [1, 1]


def test_tab_of_a_group_says_where_one_is_on_what_lies_below_it_too(course, trainer, web):
    cohort = make_cohort(trainer)
    person = take_part(cohort, make_user())
    shown = {}
    for name, arguments in (("cohort", []), ("people", []), ("person", [person.pk]), ("session-add", [])):
        page = web.get(reverse(f"trainers:{name}", args=[cohort.key, *arguments])).content.decode()
        tabs = page[page.index('<nav class="tabs"') :]
        shown[name] = re.findall(r'aria-current="(\w+)">(\w+)', tabs[: tabs.index("</nav>")])
    assert shown == {
        "cohort": [("page", "Overview")],
        "people": [("page", "People")],
        "person": [("true", "People")],
        "session-add": [("true", "Sessions")],
    }


def test_a_group_is_of_an_organisation_that_the_trainer_belongs_to(course, web):
    answer = web.post(reverse("trainers:new"), about(make_museum()))
    assert answer.status_code == 422
    assert not Cohort.objects.exists()


def test_days_in_the_wrong_order_are_refused_with_what_to_do(course, trainer, web):
    museum = make_museum()
    belong(account=trainer, organisation=museum, role="trainer", now=NOW)
    answer = web.post(reverse("trainers:new"), about(museum, ends_on="2026-09-01"))
    assert (answer.status_code, Cohort.objects.count()) == (422, 0)
    assert "The last day comes before the first. Change one of them." in text_of(answer)


def test_who_belongs_nowhere_is_told_where_to_say_so(course, web):
    assert reverse("organisations:mine") in text_of(web.get(reverse("trainers:new")))


def test_the_list_shows_ones_own_groups_alone(trainer, web):
    make_cohort(trainer, name="Ours")
    make_cohort(name="Somebody else’s")
    page = text_of(web.get(reverse("trainers:cohorts")))
    assert ("Ours" in page, "Somebody else’s" in page) == (True, False)


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_asks_as_often_for_many_groups_as_for_one(groups, trainer, web, django_assert_num_queries):
    for number in range(groups):
        take_part(make_cohort(trainer, name=f"Group {number}"))
    web.get(reverse("trainers:cohorts"))
    with django_assert_num_queries(6):
        web.get(reverse("trainers:cohorts"))


def test_a_name_is_shown_as_it_is_written(trainer, web):
    cohort = make_cohort(trainer, name=HOSTILE)
    page = web.get(reverse("trainers:cohort", args=[cohort.key])).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_an_observer_sees_no_code_and_changes_nothing(trainer, web):
    cohort = make_cohort()
    Staff.objects.create(cohort=cohort, account=trainer, role="observer", since=NOW)
    page = text_of(web.get(reverse("trainers:cohort", args=[cohort.key])))
    assert cohort.join_code[:4] not in page
    for name in ("change", "rule", "renew-code", "staff", "hand-over", "archive", "copy"):
        assert web.post(reverse(f"trainers:{name}", args=[cohort.key])).status_code == 404, name


def test_a_co_trainer_changes_the_group_but_not_who_runs_it(course, trainer, web):
    cohort = make_cohort(asked=everything(course))
    Staff.objects.create(cohort=cohort, account=trainer, role="co-trainer", since=NOW)
    assert web.get(reverse("trainers:change", args=[cohort.key])).status_code == 200
    for name in ("staff", "hand-over", "archive"):
        assert web.post(reverse(f"trainers:{name}", args=[cohort.key])).status_code == 404, name


def test_nothing_changes_in_the_archive(trainer, web):
    cohort = make_cohort(trainer)
    archive(cohort=cohort, by=trainer, now=NOW)
    assert web.get(reverse("trainers:cohort", args=[cohort.key])).status_code == 200
    for name in ("change", "renew-code", "rule"):
        assert web.post(reverse(f"trainers:{name}", args=[cohort.key])).status_code == 404, name


def test_another_rule_says_what_it_would_change_before_it_does(course, trainer, web):
    cohort = make_cohort(trainer, asked=everything(course))
    done = take_part(cohort)
    Participation.objects.filter(pk=done.pk).update(completed_at=NOW, progress=100)
    sent = {"units": 2, "self_checks": 0, "sessions": 3, "quiz-marketing": "80", "quiz-e-commerce": ""}
    address = reverse("trainers:rule", args=[cohort.key])
    looked = text_of(web.post(address, {**sent, "act": "look"}))
    assert "1 person would no longer be complete: they keep version 1." in looked
    assert cohort.rule_in_force().number == 1
    web.post(address, {**sent, "act": "change"})
    asked = list(cohort.rule_in_force().criteria.values_list("key", "needed"))
    assert (cohort.rule_in_force().number, asked) == (2, [("units", 2), ("quiz-marketing", 80), ("sessions", 3)])


def test_a_rule_that_asks_for_nothing_is_refused(course, trainer, web):
    cohort = make_cohort(trainer, asked=everything(course))
    answer = web.post(
        reverse("trainers:rule", args=[cohort.key]), {"units": 0, "self_checks": 0, "sessions": 0, "act": "change"}
    )
    assert (answer.status_code, cohort.rule_in_force().number) == (422, 1)


def test_joining_by_code_asks_what_is_shared_and_says_who_sees_it(trainer):
    cohort = make_cohort(trainer)
    account = make_user(name="A learner")
    web = signed_in(account)
    page = text_of(web.get(reverse("groups:join"), {"code": cohort.join_code}))
    assert ("A trainer, Trainer" in page, "checked" in page) == (True, False)
    assert not Participation.objects.exists()
    answer = web.post(reverse("groups:join"), {"code": cohort.join_code, "act": "join", "name": "on"})
    row = Participation.objects.get()
    assert (answer["Location"], row.name) == (reverse("groups:group", args=[row.pk]), "A learner")


def test_a_code_that_opens_nothing_is_refused_with_what_to_do(trainer):
    answer = signed_in(make_user()).post(reverse("groups:join"), {"code": "CDFG"})
    assert answer.status_code == 422
    assert "Check it, or ask your trainer for the present one." in text_of(answer)


def test_codes_are_not_tried_without_end():
    web = signed_in(make_user())
    answers = [web.post(reverse("groups:join"), {"code": f"CODE{number}"}).status_code for number in range(21)]
    assert answers == [422] * 20 + [429]


def test_learner_and_trainer_read_the_same_explanation(course, trainer, web):
    cohort = make_cohort(trainer, asked=everything(course))
    row = take_part(cohort)
    unit = next(iter(course.units.values()))
    mark_read(learner=learner_of(user=row.account, now=NOW), page_key=unit.translation_key, now=NOW)
    pages = [
        web.get(reverse("trainers:person", args=[cohort.key, row.pk])),
        signed_in(row.account).get(reverse("groups:group", args=[row.pk])),
    ]
    told = [text_of(page).split('id="standing"')[1].split("</section>")[0] for page in pages]
    assert told[0] == told[1]
    assert "1 of 5" in told[0]


def test_of_who_has_left_the_trainer_sees_nothing_that_came_after(course, trainer, web):
    cohort = make_cohort(trainer, asked=everything(course))
    row = take_part(cohort)
    leave(participation=row, now=NOW)
    unit = next(iter(course.units.values()))
    mark_read(learner=learner_of(user=row.account, now=NOW), page_key=unit.translation_key, now=NOW.replace(year=2027))
    page = text_of(web.get(reverse("trainers:person", args=[cohort.key, row.pk])))
    assert ("0 of 5" in page, "2027" in page) == (True, False)


@pytest.mark.parametrize("how", ["leave", "remove"])
def test_leaving_asks_what_becomes_of_the_lists(how):
    row = take_part(make_cohort())
    web = signed_in(row.account)
    address = reverse("groups:leave", args=[row.pk])
    assert web.post(address, {}).status_code == 422
    assert web.post(address, {"how": how})["Location"] == reverse("groups:mine")
    assert list(Participation.objects.values_list("status", flat=True)) == (["left"] if how == "leave" else [])


def test_learners_see_the_lists_that_they_are_in_and_no_others(course, trainer, tmp_path):
    cohort = make_cohort(trainer, asked=everything(course))
    row = take_part(cohort, now=NOW)
    page = reverse("groups:group", args=[row.pk])
    for number, as_of in enumerate((NOW - dt.timedelta(hours=1), NOW + dt.timedelta(hours=1))):
        call_command(
            "completions", cohort=cohort.key, format="csv", as_of=as_of, output=tmp_path / f"{number}.csv", verbosity=0
        )
    told = text_of(signed_in(row.account).get(page)).split('id="lists"')[1].split("</section>")[0]
    assert (told.count("<li>"), "With names or addresses" in told) == (1, True)


def test_times_are_those_of_the_clocks_where_the_group_is(course, trainer, web):
    cohort = make_cohort(trainer, asked=everything(course)[:1], time_zone="Asia/Tokyo")
    row = take_part(cohort)
    for unit in course.units.values():
        mark_read(learner=learner_of(user=row.account, now=NOW), page_key=unit.translation_key, now=NOW)
    assert "Met on 2 November 2026, 18:30" in text_of(web.get(reverse("trainers:person", args=[cohort.key, row.pk])))
