"""Joining, leaving and merging: nobody is lost, nobody is there twice."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from openmuseums.organisations.belonging import OrganisationGoneError, join, leave, leave_all
from openmuseums.organisations.merging import NotMergeableError, merge
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.organisations.naming import find_or_add, found_by
from openmuseums.privacy.registry import Subject, declarations
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def add(name, *, kind="museum", country="NL", **fields):
    return find_or_add(name=name, country=country, kind=kind, now=NOW, **fields)


def member(organisation, role="volunteer", account=None):
    return join(account=account or make_user(), organisation=organisation, role=role, now=NOW)


def test_joining_twice_changes_the_role_and_no_more():
    organisation, account = add("Glass"), make_user()
    first = member(organisation, "volunteer", account)
    again = member(organisation, "board", account)
    assert (again.pk, again.role, Membership.objects.count()) == (first.pk, "board", 1)


def test_somebody_belongs_to_several():
    account = make_user()
    member(add("Glass"), "board", account)
    member(add("Steam"), "trainer", account)
    assert sorted(account.memberships.values_list("organisation__name", "role")) == [
        ("Glass", "board"), ("Steam", "trainer"),
    ]  # fmt: skip


def test_what_somebody_typed_goes_with_the_last_who_leaves_it():
    organisation = add("My own house")
    first, last = member(organisation), member(organisation)
    leave(account=first.account, organisation=organisation)
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    leave(account=last.account, organisation=organisation)
    assert not Organisation.objects.exists()


def test_an_organisation_of_the_list_stays_when_everybody_leaves():
    organisation = add("Glass", is_confirmed=True)
    account = member(organisation).account
    leave_all(account=account)
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 0)


def test_joining_what_is_gone_is_refused():
    organisation = add("Glass")
    Organisation.objects.all().delete()
    with pytest.raises(OrganisationGoneError):
        member(organisation)


def test_merging_moves_members_once_and_keeps_the_name_of_the_double():
    kept, double, both, actor = (
        add("Glass Museum", is_confirmed=True),
        add("Glasmuseum", size="1-9"),
        make_user(),
        make_user(),
    )
    member(kept, "board", both)
    member(double, "trainer", both)
    only = member(double, "volunteer").account
    merge(kept=kept, double=double, actor=actor)
    assert sorted(Membership.objects.values_list("account", "organisation", "role")) == sorted(
        [(both.pk, kept.pk, "board"), (only.pk, kept.pk, "volunteer")]
    )
    kept.refresh_from_db()
    assert (kept.name, kept.size, kept.is_confirmed, Organisation.objects.count()) == ("Glass Museum", "1-9", True, 1)
    assert found_by(name="GLASMUSEUM", country="NL") == kept
    assert add("Glasmuseum") == kept
    entry = ModelLogEntry.objects.get(action="organisations.merge")
    assert (entry.user, entry.data["name"], entry.object_id) == (actor, "Glasmuseum", str(kept.pk))


def test_names_are_handed_on_over_two_merges():
    first, second, third = add("One"), add("Two"), add("Three")
    merge(kept=second, double=first, actor=None)
    merge(kept=third, double=second, actor=None)
    assert {found_by(name=name, country="NL") for name in ("One", "Two", "Three")} == {third}


def test_merging_networks_moves_their_museums():
    kept, double = add("Network", kind="network"), add("Netwerk", kind="network")
    museum = add("Glass")
    museum.network = double
    museum.save()
    merge(kept=kept, double=double, actor=None)
    museum.refresh_from_db()
    assert museum.network == kept


def test_a_museum_and_a_network_are_not_merged_nor_one_with_itself():
    museum, network = add("Glass"), add("Network", kind="network")
    for double in (network, museum):
        with pytest.raises(NotMergeableError):
            merge(kept=museum, double=double, actor=None)


def test_merging_again_is_refused():
    kept, double = add("Glass"), add("Glas")
    merge(kept=kept, double=double, actor=None)
    with pytest.raises(OrganisationGoneError):
        merge(kept=kept, double=double, actor=None)


def test_a_network_is_in_no_network():
    network, inner = add("Network", kind="network"), add("Inner", kind="network")
    inner.network = network
    with pytest.raises(IntegrityError), transaction.atomic():
        inner.save()


def test_memberships_are_told_and_erased():
    declaration = next(found for found in declarations() if found.model == "organisations.Membership")
    mine = member(add("Glass"), "board")
    others = member(add("Steam"))
    subject = Subject(account=mine.account, record_id=None)
    assert list(declaration.export(subject)) == [
        {"organisation": "Glass", "country": "Netherlands", "role": "Member of the board", "joined_at": NOW}
    ]
    declaration.erase(subject, NOW)
    assert list(Membership.objects.all()) == [others]
    assert not Organisation.objects.filter(name="Glass").exists()
    assert list(declaration.export(Subject(account=None, record_id=None))) == []
