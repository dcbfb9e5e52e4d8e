"""Two who keep, change, claim or take away places at once: one of them does it, and nothing is half done."""

from functools import partial

import pytest
from django.urls import reverse

from openmuseums.people import slips
from openmuseums.people.models import Slip, User
from openmuseums.people.slips import redeem_slip
from openmuseums.trainers.joining.acts import NoSuchPlaceError, claim
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Participation, ParticipationEntry, Removal
from openmuseums.trainers.placing import acts
from openmuseums.trainers.placing.acts import (
    PlaceGoneError,
    TooManyPlacesError,
    add_account,
    keep_places,
    new_code,
    rename,
    take_away,
)
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.together import outcome, run_meeting
from tests.trainers.making import make_cohort

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
READ = 'FROM "trainers_participation"'
# The last that is asked before rows are written.
COUNTED = 'AND "trainers_participation"."cohort_id" = '


@pytest.fixture
def trainer():
    return make_trainer()


def keep(cohort, *names, by, with_accounts=False):
    return outcome(
        lambda: keep_places(cohort=cohort, names=names, with_accounts=with_accounts, by=by, now=NOW),
        TooManyPlacesError,
    )


@pytest.fixture
def placed(trainer):
    """Return a place for Ann, and what its slip tells."""
    told = keep(make_cohort(trainer), "Ann", by=trainer)[0]
    return Participation.objects.get(), told


def claimed(told, account):
    return outcome(lambda: claim(code=told.code, account=account, shared=Shared(), now=NOW).pk, NoSuchPlaceError)


def on_place(act, place, trainer, **parts):
    return outcome(lambda: act(cohort=place.cohort, place_id=place.pk, by=trainer, now=NOW, **parts), PlaceGoneError)


def changes():
    return list(ParticipationEntry.objects.order_by("pk").values_list("change", "status", "name"))


def test_places_kept_at_once_in_two_groups_of_one_trainer_keep_to_what_is_left(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    cohorts = [make_cohort(trainer), make_cohort(trainer, name="Second")]
    told = run_meeting(
        [lambda cohort=cohort: keep(cohort, "Ann", "Bo", by=trainer) for cohort in cohorts],
        at=COUNTED,
    )
    assert (told.count(TooManyPlacesError), Participation.objects.count()) == (1, 2)


def test_places_kept_at_once_by_two_who_run_one_group_keep_to_what_is_left(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    cohort = make_cohort(trainer)
    told = run_meeting(
        [lambda by=by: keep(cohort, "Ann", "Bo", by=by) for by in (trainer, make_trainer())],
        at=COUNTED,
    )
    assert (told.count(TooManyPlacesError), Participation.objects.count()) == (1, 2)


def test_the_form_pressed_twice_at_once_keeps_each_place_once(course, trainer):
    cohort = make_cohort(trainer)
    clients, address = [signed_in(trainer) for _tab in range(2)], reverse("trainers:places", args=[cohort.key])
    data = {"names": "Ann\nBo", "with_accounts": "on", "token": "a-token-of-a-form-that-is-long-enough"}
    sent = run_meeting([partial(client.post, address, data) for client in clients], at='FROM "trainers_cohort"')
    assert (len({response["Location"] for response in sent}), Participation.objects.count()) == (1, 2)
    assert User.objects.filter(username__startswith="guest-").count() == 2


def test_a_place_claimed_while_it_is_taken_away_is_the_one_or_the_other(placed, trainer):
    place, told = placed
    account = make_user()
    found = run_meeting([lambda: claimed(told, account), lambda: on_place(take_away, place, trainer)], at=READ)
    assert found in ([place.pk, PlaceGoneError], [NoSuchPlaceError, None])
    is_claimed = found[0] == place.pk
    assert [row.account for row in Participation.objects.all()] == ([account] if is_claimed else [])
    assert Removal.objects.count() == int(not is_claimed)


def test_a_place_claimed_while_it_is_given_another_name_keeps_what_its_owner_says(placed, trainer):
    place, told = placed
    account = make_user()
    found = run_meeting(
        [lambda: claimed(told, account), lambda: on_place(rename, place, trainer, name="Anna")], at=READ
    )
    assert found[0] == place.pk
    renamed = [] if found[1] is PlaceGoneError else [("placed", "placed", "Anna")]
    assert changes() == [("placed", "placed", "Ann"), *renamed, ("joined", "joined", "")]
    place.refresh_from_db()
    assert (place.account, place.status, place.name) == (account, "joined", "")


def test_a_place_claimed_while_it_gets_another_code_is_claimed_once(placed, trainer):
    place, told = placed
    accounts = [make_user(), make_user()]
    found = run_meeting(
        [
            lambda: claimed(told, accounts[0]),
            lambda: claimed(told, accounts[1]),
            lambda: on_place(new_code, place, trainer),
        ],
        at=READ,
    )
    assert found[:2].count(place.pk) <= 1
    place.refresh_from_db()
    # Who got it has it alone, and the code that was printed anew opens nothing then.
    assert (place.status == "joined") == (place.pk in found[:2]) == (place.claim_digest == "")


def test_two_who_take_one_place_away_at_once_count_it_once(placed, trainer):
    place, _told = placed
    found = run_meeting([lambda: on_place(take_away, place, trainer)] * 2, at=READ)
    assert (found.count(None), found.count(PlaceGoneError), Removal.objects.count()) == (1, 1, 1)


def test_two_who_make_an_account_for_one_place_at_once_make_one(placed, trainer):
    place, _told = placed
    run_meeting([lambda: on_place(add_account, place, trainer)] * 2, at=READ)
    place.refresh_from_db()
    assert [place.made_account] == list(User.objects.filter(username__startswith="guest-"))
    assert Slip.objects.filter(used_at=None).count() == 1


def test_a_slip_whose_place_is_taken_away_while_it_is_looked_at_lets_nobody_in(trainer, monkeypatch):
    told = keep(make_cohort(trainer), "Ann", by=trainer, with_accounts=True)[0]
    place = Participation.objects.get()
    is_right = slips.check_password

    def look_long(code, digest):
        on_place(take_away, place, trainer)
        return is_right(code, digest)

    monkeypatch.setattr(slips, "check_password", look_long)
    assert redeem_slip(name=told.user_name, code=told.sign_in_code, now=NOW) is None
    assert User.objects.filter(username__startswith="guest-").count() == 0
