"""Places are kept by name and claimed by a code; a trainer gets into nobody's account by the slips that they print."""

import datetime as dt
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.organisations.belonging import join as belong
from openmuseums.people import slips
from openmuseums.people.models import Slip, User
from openmuseums.people.slips import MayNotHelpError, make_slip, redeem_slip
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.joining.acts import NoSuchPlaceError, claim
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Participation, ParticipationEntry, Removal, Staff
from openmuseums.trainers.placing import acts
from openmuseums.trainers.placing.accounts import make_account, new_slip
from openmuseums.trainers.placing.acts import (
    PlaceGoneError,
    TooManyPlacesError,
    add_account,
    keep_places,
    left_today,
    new_code,
    rename,
    take_away,
)
from tests.factories import NOW, make_learner, make_trainer, make_user, signed_in
from tests.trainers.making import make_cohort, make_museum, make_place, take_part

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TOKEN = "a-token-of-a-form-that-is-long-enough"


@pytest.fixture
def trainer():
    return make_trainer()


def keep(cohort, *names, by, with_accounts=False, now=NOW):
    return keep_places(cohort=cohort, names=names, with_accounts=with_accounts, by=by, now=now)


def with_account(cohort, by):
    """Keep a place with an account for it; return the place, the account, and what the slip tells."""
    told = keep(cohort, "Ann", by=by, with_accounts=True)[0]
    place = Participation.objects.get(status="placed", cohort=cohort)
    return place, place.made_account, told


def test_a_place_is_claimed_by_its_code_and_only_by_it(trainer):
    cohort = make_cohort(trainer)
    ann, bo = keep(cohort, "Ann", "Bo", by=trainer)
    account = make_user()
    row = claim(code=ann.code.lower().replace("-", " "), account=account, shared=Shared(), now=NOW)
    assert (row.account, row.status, row.name) == (account, "joined", "")
    with pytest.raises(NoSuchPlaceError):
        claim(code=ann.code, account=make_user(), shared=Shared(), now=NOW)
    assert list(Participation.objects.filter(status="placed").values_list("name", flat=True)) == [bo.name]


def test_of_a_code_a_digest_is_kept_and_the_place_is_entered(trainer):
    cohort = make_cohort(trainer)
    told = keep(cohort, "Ann", by=trainer)[0]
    row = Participation.objects.get()
    assert told.code.replace("-", "") not in row.claim_digest
    assert list(ParticipationEntry.objects.values_list("change", "status", "name")) == [("placed", "placed", "Ann")]


def test_a_new_code_makes_the_old_one_void(trainer):
    cohort = make_cohort(trainer)
    old = keep(cohort, "Ann", by=trainer)[0]
    place = Participation.objects.get()
    new = new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    assert (new.user_name, new.sign_in_code) == ("", "")
    with pytest.raises(NoSuchPlaceError):
        claim(code=old.code, account=make_user(), shared=Shared(), now=NOW)
    claim(code=new.code, account=make_user(), shared=Shared(), now=NOW)
    with pytest.raises(PlaceGoneError):
        new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)


def test_renaming_is_entered_and_the_same_name_is_not(trainer):
    cohort = make_cohort(trainer)
    place = make_place(cohort, trainer)
    for name in ("Anna", "Anna"):
        rename(cohort=cohort, place_id=place.pk, name=name, by=trainer, now=NOW + DAY)
    assert list(ParticipationEntry.objects.values_list("name", flat=True)) == ["Ann Placed", "Anna"]


def test_a_place_that_is_taken_away_is_counted_and_its_empty_account_goes(trainer):
    cohort = make_cohort(trainer)
    place, account, told = with_account(cohort, trainer)
    take_away(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    assert (Participation.objects.count(), Removal.objects.count()) == (0, 1)
    assert not User.objects.filter(pk=account.pk).exists()
    with pytest.raises(NoSuchPlaceError):
        claim(code=told.code, account=make_user(), shared=Shared(), now=NOW)


def test_an_account_that_somebody_came_into_stays_when_its_place_goes(trainer):
    cohort = make_cohort(trainer)
    place, account, told = with_account(cohort, trainer)
    assert redeem_slip(name=told.user_name, code=told.sign_in_code, now=NOW) == account
    take_away(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    assert User.objects.filter(pk=account.pk).exists()


def test_a_place_in_another_group_or_one_that_was_claimed_is_no_place(trainer):
    mine, theirs = make_cohort(trainer), make_cohort(name="Theirs")
    other = make_place(theirs, make_trainer())
    joined = take_part(mine)
    for place_id in (other.pk, joined.pk):
        for act in (
            lambda key: new_code(cohort=mine, place_id=key, by=trainer, now=NOW),
            lambda key: add_account(cohort=mine, place_id=key, by=trainer, now=NOW),
            lambda key: rename(cohort=mine, place_id=key, name="X", by=trainer, now=NOW),
            lambda key: take_away(cohort=mine, place_id=key, by=trainer, now=NOW),
        ):
            with pytest.raises(PlaceGoneError):
                act(place_id)
    assert Participation.objects.count() == 2


def test_nothing_is_kept_in_the_archive(trainer):
    cohort = make_cohort(trainer)
    archive(cohort=cohort, by=trainer, now=NOW)
    with pytest.raises(CohortClosedError):
        keep(cohort, "Ann", by=trainer)


def test_a_trainer_adds_so_many_a_day_in_all_their_groups(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    first, second = make_cohort(trainer), make_cohort(trainer, name="Second")
    keep(first, "Ann", "Bo", by=trainer)
    with pytest.raises(TooManyPlacesError):
        keep(second, "Cy", "Di", by=trainer)
    assert len(keep(second, "Cy", "Di", by=trainer, now=NOW + DAY)) == 2


def test_who_helps_uses_up_no_places_but_of_the_group_and_their_own(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    helper = make_trainer()
    helped, other = make_cohort(trainer), make_cohort(trainer, name="Other")
    keep(helped, "Ann", "Bo", by=helper)
    left = [left_today(cohort=cohort, by=by, now=NOW) for cohort in (helped, other) for by in (helper, trainer)]
    assert left == [1, 1, 1, 3]


def test_giving_a_place_another_name_is_no_further_place(trainer):
    cohort = make_cohort(trainer)
    place = make_place(cohort, trainer)
    before = left_today(cohort=cohort, by=trainer, now=NOW)
    rename(cohort=cohort, place_id=place.pk, name="Anna", by=trainer, now=NOW)
    assert left_today(cohort=cohort, by=trainer, now=NOW) == before == acts.MOST_A_DAY - 1


def test_with_the_account_of_a_slip_somebody_comes_in_and_claims_their_place(course, trainer):
    cohort = make_cohort(trainer)
    told = keep(cohort, "Ann", by=trainer, with_accounts=True, now=timezone.now())[0]
    place = Participation.objects.get()
    account = place.made_account
    assert (account.email, account.name, account.has_usable_password()) == (None, "Ann", False)
    client = Client()
    sent = client.post(reverse("people:slip"), {"name": told.user_name, "code": told.sign_in_code})
    assert sent.status_code == 302
    assert client.post(reverse("groups:claim"), {"act": "claim", "code": told.code, "name": "on"}).status_code == 302
    place.refresh_from_db()
    assert (place.account, place.status, place.name) == (account, "joined", "Ann")


def test_until_somebody_comes_in_a_new_slip_makes_the_old_one_void(trainer):
    cohort = make_cohort(trainer)
    place, account, old = with_account(cohort, trainer)
    new = new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    assert new.user_name == old.user_name
    assert redeem_slip(name=old.user_name, code=old.sign_in_code, now=NOW) is None
    assert redeem_slip(name=new.user_name, code=new.sign_in_code, now=NOW) == account


def test_once_somebody_came_in_no_trainer_makes_a_slip_again(trainer):
    cohort = make_cohort(trainer)
    place, account, told = with_account(cohort, trainer)
    redeem_slip(name=told.user_name, code=told.sign_in_code, now=NOW)
    assert new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW).sign_in_code == ""
    with pytest.raises(MayNotHelpError):
        new_slip(place=place, account=account, by=trainer, now=NOW)
    # Not even when slips that were used are forgotten.
    User.objects.filter(pk=account.pk).update(last_login=NOW)
    Slip.objects.all().delete()
    with pytest.raises(MayNotHelpError):
        new_slip(place=place, account=account, by=trainer, now=NOW)


def signs_in(account):
    User.objects.filter(pk=account.pk).update(last_login=NOW)


def has_password(account):
    account.set_password("a long enough password")
    account.save()


def has_address(account):
    User.objects.filter(pk=account.pk).update(email="ann@example.org")


def has_unconfirmed_address(account):
    EmailAddress.objects.create(user=account, email="ann@example.org", verified=False, primary=False)


def is_in_a_role(account):
    account.groups.add(Group.objects.create(name="Some role"))


def is_superuser(account):
    User.objects.filter(pk=account.pk).update(is_superuser=True)


def is_closed(account):
    User.objects.filter(pk=account.pk).update(is_active=False)


def learns(account):
    make_learner(account)


def takes_part_elsewhere(account):
    take_part(make_cohort(name="Elsewhere"), account)


def belongs_to_a_museum(account):
    belong(account=account, organisation=make_museum(), role="board", now=NOW)


def runs_a_group(account):
    Staff.objects.create(cohort=make_cohort(name="Elsewhere"), account=account, role="observer", since=NOW)


@pytest.mark.parametrize(
    "become",
    [
        signs_in,
        has_password,
        has_address,
        has_unconfirmed_address,
        is_in_a_role,
        is_superuser,
        is_closed,
        learns,
        takes_part_elsewhere,
        belongs_to_a_museum,
        runs_a_group,
    ],
)
def test_an_account_that_is_no_empty_shell_any_longer_is_out_of_reach(trainer, become):
    cohort = make_cohort(trainer)
    place, account, old = with_account(cohort, trainer)
    become(account)
    assert new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW).sign_in_code == ""
    with pytest.raises(MayNotHelpError):
        new_slip(place=place, account=User.objects.get(pk=account.pk), by=trainer, now=NOW)
    assert Slip.objects.get().used_at is None
    assert old.user_name == account.username


def test_no_other_account_can_be_put_in_the_place_of_a_shell(trainer):
    cohort = make_cohort(trainer)
    place = make_place(cohort, trainer)
    # Neither one that an administrator made, nor a shell of another place.
    made = User.objects.create_user(username="keeper", name="Keeper")
    other = make_cohort(trainer, name="Other")
    _place, shell, _told = with_account(other, trainer)
    for account in (made, shell, make_user(), trainer):
        with pytest.raises(MayNotHelpError):
            new_slip(place=place, account=account, by=trainer, now=NOW)
    Participation.objects.filter(pk=place.pk).update(made_account=made)
    place.refresh_from_db()
    with pytest.raises(MayNotHelpError):
        new_slip(place=place, account=made, by=trainer, now=NOW)


def test_only_who_changes_the_group_makes_slips(trainer):
    cohort = make_cohort(trainer)
    place, account, _told = with_account(cohort, trainer)
    observer, helper, stranger = make_trainer(), make_trainer(), make_trainer()
    Staff.objects.create(cohort=cohort, account=observer, role="observer", since=NOW)
    Staff.objects.create(cohort=cohort, account=helper, role="co-trainer", since=NOW)
    for somebody in (observer, stranger):
        with pytest.raises(MayNotHelpError):
            new_slip(place=place, account=account, by=somebody, now=NOW)
    assert new_slip(place=place, account=account, by=helper, now=NOW)
    archive(cohort=cohort, by=trainer, now=NOW)
    with pytest.raises(MayNotHelpError):
        new_slip(place=place, account=account, by=trainer, now=NOW)


def test_who_comes_in_while_a_new_slip_is_made_is_safe(trainer):
    cohort = make_cohort(trainer)
    place, account, told = with_account(cohort, trainer)
    random = slips.secrets.choice

    def comes_in(digits):
        """Come in between the question whether the trainer may, and the lock."""
        if not Slip.objects.filter(used_at__isnull=False).exists():
            assert redeem_slip(name=told.user_name, code=told.sign_in_code, now=NOW) == account
        return random(digits)

    with mock.patch.object(slips.secrets, "choice", comes_in), pytest.raises(MayNotHelpError):
        new_slip(place=place, account=account, by=trainer, now=NOW)


def test_an_administrator_still_makes_slips_for_them():
    trainer, admin = make_trainer(), make_user(is_superuser=True)
    _place, account, _told = with_account(make_cohort(trainer), trainer)
    signs_in(account)
    assert make_slip(account=account, made_by=admin, now=NOW)


def test_user_names_are_made_up_and_tell_nothing_of_others(trainer):
    place = make_place(make_cohort(trainer), trainer)
    first = make_account(place=place, by=trainer, now=NOW)[0]
    assert (first[:6], len(first)) == ("guest-", 14)


def sent(client, cohort, names, **data):
    return client.post(reverse("trainers:places", args=[cohort.key]), {"token": TOKEN, "names": names, **data})


def test_slips_are_shown_to_who_made_them_alone_and_pressing_twice_makes_them_once(course, trainer):
    cohort = make_cohort(trainer)
    client = signed_in(trainer)
    first = sent(client, cohort, "Ann\n\n  <b>Bo</b>  \n")
    second = sent(client, cohort, "Ann\n\n  <b>Bo</b>  \n")
    assert first["Location"] == second["Location"]
    assert Participation.objects.count() == 2
    body = client.get(first["Location"]).content.decode()
    assert (body.count('class="slip"'), body.count("<svg")) >= (2, 2)
    assert "&lt;b&gt;Bo&lt;/b&gt;" in body
    assert client.get(first["Location"])["Cache-Control"].count("no-store") == 1
    helper = make_trainer()
    Staff.objects.create(cohort=cohort, account=helper, role="co-trainer", since=NOW)
    assert signed_in(helper).get(first["Location"]).status_code == 302
    assert "Ann" in client.get(reverse("trainers:places", args=[cohort.key])).content.decode()


@pytest.mark.parametrize(
    ("names", "data"),
    [
        ("", {}),
        ("A\u202enn", {}),
        ("x" * 201, {}),
        ("\n".join(f"Person {number}" for number in range(201)), {}),
        ("\n".join(f"Person {number}" for number in range(31)), {"with_accounts": "on"}),
    ],
    ids=["none", "a sign that steers", "too long", "too many", "too many accounts"],
)
def test_names_that_cannot_be_taken_are_refused(course, trainer, names, data):
    response = sent(signed_in(trainer), make_cohort(trainer), names, **data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["names"])
    assert Participation.objects.count() == 0


def test_an_observer_sees_the_places_and_changes_none(course, trainer):
    cohort, observer = make_cohort(trainer), make_trainer()
    place = make_place(cohort, trainer)
    Staff.objects.create(cohort=cohort, account=observer, role="observer", since=NOW)
    client = signed_in(observer)
    assert client.get(reverse("trainers:places", args=[cohort.key])).status_code == 200
    assert sent(client, cohort, "Bo").status_code == 404
    for name in ("code", "account", "rename", "remove"):
        assert client.post(reverse(f"trainers:places-{name}", args=[cohort.key, place.pk])).status_code == 404
    assert Participation.objects.get() == place


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(course, trainer, count, django_assert_num_queries):
    cohort = make_cohort(trainer)
    keep(cohort, *(f"Person {number}" for number in range(count)), by=trainer)
    client = signed_in(trainer)
    address = reverse("trainers:places", args=[cohort.key])
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
