"""The names of organisations: one for all ways to write it, and found again after a change."""

import pytest

from openmuseums.organisations.countries import COUNTRIES, countries_in
from openmuseums.organisations.folding import folded, is_near
from openmuseums.organisations.models import Name, Organisation
from openmuseums.organisations.naming import (
    NamelessError,
    NameTakenError,
    find_or_add,
    found_by,
    near_doubles,
    store,
)
from tests.factories import NOW


def add(name="Museum of Glass", country="NL", kind="museum", **fields):
    return find_or_add(name=name, country=country, kind=kind, now=NOW, **fields)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Museum of Glass", "  museum OF  glass "),
        ("Μουσείο Γυαλιού", "ΜΟΥΣΕΙΟ ΓΥΑΛΙΟΥ"),
        ("Musée d’Orsay", "musee d'orsay"),
        ("St. Louis-Museum", "St Louis Museum"),
        ("Straßenmuseum", "STRASSENMUSEUM"),
    ],
)
def test_names_written_in_two_ways_are_the_same(one, other):
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("glass museum", "museum glass", True),
        ("glass museum", "the glass museum of leerdam", True),
        ("museum", "museum of glass", False),
        ("glass museum", "steam museum", False),
    ],
)
def test_names_that_say_much_the_same_are_near(one, other, near):
    assert is_near(one, other) is is_near(other, one) is near


@pytest.mark.django_db
def test_a_name_typed_again_finds_the_organisation_and_changes_nothing():
    first = add(size="1-9")
    again = add("MUSEUM OF GLASS", size="250")
    assert (again.pk, again.size, Organisation.objects.count(), Name.objects.count()) == (first.pk, "1-9", 1, 1)


@pytest.mark.django_db
def test_the_same_name_in_another_country_is_another_organisation():
    assert add().pk != add(country="GR").pk


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "!!!", "—"])
def test_a_name_without_letters_is_refused(name):
    with pytest.raises(NamelessError):
        add(name)
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
def test_a_renamed_organisation_is_found_by_both_names():
    organisation = add()
    organisation.name = "Glass  House"
    store(organisation=organisation, now=NOW)
    assert organisation.name == "Glass House"
    assert found_by(name="museum of glass", country="NL") == organisation == found_by(name="GLASS HOUSE", country="NL")


@pytest.mark.django_db
def test_a_name_that_another_had_is_refused():
    add("Glass House")
    organisation = add()
    organisation.name = "glass house"
    with pytest.raises(NameTakenError):
        store(organisation=organisation, now=NOW)


@pytest.mark.django_db
def test_likely_doubles_are_those_of_the_same_country():
    glass = add("Glass Museum")
    near = add("The Glass Museum")
    add("Glass Museum (Corning)", country="US")
    add("Steam Museum")
    assert near_doubles(glass) == [near]


def test_countries_are_in_the_order_of_the_language_with_the_others_last():
    english = [name for _, name in countries_in("en")]
    assert english[:3] == ["Albania", "Andorra", "Armenia"]
    assert english[-2:] == ["Vatican City", "Another country"]
    assert len({code for code, _ in COUNTRIES}) == len(COUNTRIES)
