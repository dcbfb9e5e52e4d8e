"""Making, archiving, copying cohorts; who runs them; the walls."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from openmuseums.organisations.merging import merge
from openmuseums.trainers.cohorts.managing import archive, copy_cohort, renew_code, reopen
from openmuseums.trainers.cohorts.staffing import (
    AnswersForItError,
    NoSuchTrainerError,
    add_staff,
    hand_over,
    leave_all_staff,
    take_off,
)
from openmuseums.trainers.completing.ruling import asked_by
from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.walls import may_train
from tests.factories import NOW, make_trainer, make_user
from tests.trainers.making import everything, make_cohort, make_museum, take_part

pytestmark = pytest.mark.django_db


def roles(cohort):
    return dict(Staff.objects.filter(cohort=cohort).values_list("account", "role"))


def test_a_trainer_runs_their_own_groups_and_no_others():
    trainer, other = make_trainer(), make_trainer()
    own, others = make_cohort(trainer), make_cohort(other)
    for found in (Cohort.objects.run_by, Cohort.objects.changed_by, Cohort.objects.owned_by):
        assert (list(found(trainer)), list(found(other))) == ([own], [others])
        assert list(found(AnonymousUser())) == []


def test_an_observer_looks_on_and_changes_nothing():
    cohort, observer = make_cohort(), make_trainer(email="observer@example.org")
    add_staff(cohort=cohort, address="observer@example.org", role="observer", by=make_user(), now=NOW)
    assert list(Cohort.objects.run_by(observer)) == [cohort]
    assert list(Cohort.objects.changed_by(observer)) == []


def test_trainers_pages_are_for_trainers_and_staff():
    assert [may_train(user) for user in (make_trainer(), make_user(), AnonymousUser())] == [True, False, False]


def test_who_may_not_train_is_not_found_by_their_address():
    cohort = make_cohort()
    make_user(email="learner@example.org")
    for address in ("learner@example.org", "nobody@example.org"):
        with pytest.raises(NoSuchTrainerError):
            add_staff(cohort=cohort, address=address, role="co-trainer", by=make_user(), now=NOW)


def test_handing_over_leaves_the_one_before_as_a_co_trainer():
    trainer, colleague = make_trainer(), make_trainer(email="colleague@example.org")
    cohort = make_cohort(trainer)
    hand_over(cohort=cohort, address="colleague@example.org", by=trainer, now=NOW)
    assert roles(cohort) == {trainer.pk: "co-trainer", colleague.pk: "trainer"}


def test_who_answers_for_a_group_is_not_taken_off():
    cohort = make_cohort()
    with pytest.raises(AnswersForItError):
        take_off(cohort=cohort, staff_id=cohort.staff.get().pk, by=make_user())
    assert cohort.staff.count() == 1


def test_one_alone_answers_for_a_group():
    cohort = make_cohort()
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create(cohort=cohort, account=make_trainer(), role="trainer", since=NOW)


def test_a_new_code_makes_the_old_one_void():
    cohort = make_cohort()
    renewed = renew_code(cohort=cohort, by=make_user())
    assert renewed.join_code != cohort.join_code
    assert len(renewed.join_code) == 12


def test_the_archive_lets_out_again():
    cohort, trainer = make_cohort(), make_user()
    archive(cohort=cohort, by=trainer, now=NOW)
    archive(cohort=cohort, by=trainer, now=NOW + dt.timedelta(days=1))
    cohort.refresh_from_db()
    assert cohort.archived_at == NOW
    reopen(cohort=cohort, by=trainer)
    cohort.refresh_from_db()
    assert cohort.archived_at is None


def test_a_copy_is_a_year_on_with_rule_and_trainers_and_nobody_in_it(course):
    trainer, helper = make_trainer(), make_trainer(email="helper@example.org")
    make_trainer(email="observer@example.org")
    cohort = make_cohort(
        trainer, asked=everything(course), starts_on=dt.date(2028, 2, 29), ends_on=dt.date(2028, 6, 30)
    )
    take_part(cohort)
    for address, role in (("helper@example.org", "co-trainer"), ("observer@example.org", "observer")):
        add_staff(cohort=cohort, address=address, role=role, by=trainer, now=NOW)
    copy = copy_cohort(cohort=cohort, by=trainer, now=NOW)
    assert (copy.starts_on, copy.ends_on) == (dt.date(2029, 2, 28), dt.date(2029, 6, 30))
    assert asked_by(copy.rule_in_force()) == everything(course)
    assert roles(copy) == {trainer.pk: "trainer", helper.pk: "co-trainer"}
    assert (copy.participations.count(), copy.copied_from, copy.key == cohort.key) == (0, cohort, False)


def test_a_group_stays_with_its_organisation_when_that_is_merged():
    kept, double = make_museum("Glass Museum"), make_museum("Museum of Glass")
    cohort = make_cohort(organisation=double)
    merge(kept=kept, double=double, actor=None)
    cohort.refresh_from_db()
    assert cohort.organisation == kept


def test_who_helped_longest_answers_for_a_group_whose_trainer_is_erased():
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    for days, role in ((1, "observer"), (2, "co-trainer"), (3, "co-trainer")):
        Staff.objects.create(cohort=cohort, account=make_trainer(), role=role, since=NOW + dt.timedelta(days=days))
    leave_all_staff(account=trainer)
    assert list(cohort.staff.order_by("since").values_list("role", flat=True)) == ["observer", "trainer", "co-trainer"]
