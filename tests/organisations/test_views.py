"""Saying where one belongs, and the administrators' list."""

import pytest
from django.urls import reverse

from openmuseums.organisations.belonging import join
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.organisations.naming import find_or_add
from tests.factories import NOW, make_administrator, make_editor, make_user

pytestmark = pytest.mark.django_db
MINE = "/en/account/museum/"
HOSTILE = "<img src=x onerror=alert(1)> “Museum” & Sons"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def add(name, *, is_confirmed=True, **fields):
    return find_or_add(name=name, country="NL", kind="museum", now=NOW, is_confirmed=is_confirmed, **fields)


def choice(organisation, role="board"):
    return {"act": "choose", "choose-organisation": organisation.pk, "choose-role": role}


def new(**fields):
    names = {"name": "Glass Museum", "country": "NL", "kind": "museum", "size": "", "role": "volunteer", **fields}
    return {"act": "add", **{f"add-{name}": value for name, value in names.items()}}


def test_page_offers_the_list_and_a_form_without_scripts(learner_client):
    add("Glass Museum")
    page = learner_client.get(MINE)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    html = page.content.decode()
    assert "Glass Museum (Netherlands)" in html
    assert "<script" not in html.split("<main")[1]


def test_search_finds_by_part_of_a_name_in_whatever_case(learner_client):
    add("Glass Museum")
    add("Steam Museum")
    assert [row.name for row in learner_client.get(f"{MINE}?q=GLÁSS").context["offered"]] == ["Glass Museum"]
    assert "Add it below." in learner_client.get(f"{MINE}?q=nowhere").content.decode()


def test_search_shows_twenty_and_says_that_there_are_more(learner_client):
    for number in range(21):
        add(f"Museum number {number}")
    context = learner_client.get(f"{MINE}?q=museum").context
    assert (len(context["offered"]), context["are_more"]) == (20, True)


def test_what_another_typed_is_not_offered_until_it_is_confirmed(learner_client):
    add("Somebody’s house", is_confirmed=False)
    assert list(learner_client.get(f"{MINE}?q=house").context["offered"]) == []
    hidden = Organisation.objects.get()
    assert learner_client.post(MINE, choice(hidden)).status_code == 422
    assert Membership.objects.count() == 0


def test_somebody_chooses_one_adds_one_and_leaves(learner_client, user):
    glass = add("Glass Museum")
    assert learner_client.post(MINE, choice(glass))["Location"] == MINE
    assert learner_client.post(MINE, new(name="Steam Museum", size="1-9"))["Location"] == MINE
    rows = user.memberships.order_by("pk").values_list("organisation__name", "role", "organisation__size")
    assert list(rows) == [("Glass Museum", "board", ""), ("Steam Museum", "volunteer", "1-9")]
    html = learner_client.get(MINE).content.decode()
    assert "Leave “Steam Museum”" in html
    for membership in user.memberships.all():
        address = reverse("organisations:leave", args=[membership.pk])
        assert learner_client.post(address)["Location"] == MINE
    assert user.memberships.count() == 0


def test_typing_a_name_of_the_list_is_choosing_it(learner_client, user):
    glass = add("Glass Museum")
    learner_client.post(MINE, new(name="glass museum"))
    assert user.memberships.get().organisation == glass


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"act": "choose", "choose-role": "board"}, "organisation"),
        ({"act": "choose", "choose-organisation": "x", "choose-role": "board"}, "organisation"),
        (new(name=""), "name"),
        (new(name="!!!"), "name"),
        (new(country="QQ"), "country"),
        (new(role="king"), "role"),
    ],
)
def test_mistakes_are_told_at_their_field_and_nothing_is_stored(learner_client, data, field):
    add("Glass Museum")
    response = learner_client.post(MINE, data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    html = response.content.decode()
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in html
    assert (Membership.objects.count(), Organisation.objects.count()) == (0, 1)


def test_memberships_of_others_are_as_if_there_were_none(learner_client):
    theirs = join(account=make_user(), organisation=add("Glass Museum"), role="board", now=NOW)
    assert learner_client.post(reverse("organisations:leave", args=[theirs.pk])).status_code == 404
    assert learner_client.post(reverse("organisations:leave", args=[theirs.pk + 999])).status_code == 404
    assert "Leave" not in learner_client.get(MINE).content.decode().split("<main")[1]
    assert Membership.objects.count() == 1


def test_a_hostile_name_is_shown_as_it_was_typed_and_runs_nowhere(learner_client, client):
    learner_client.post(MINE, new(name=HOSTILE))
    assert "<img" not in learner_client.get(MINE).content.decode().split("<main")[1]
    client.force_login(make_administrator())
    row = Organisation.objects.get()
    for address in ("", f"edit/{row.pk}/", f"{row.pk}/merge/", f"delete/{row.pk}/", f"history/{row.pk}/"):
        html = client.get(f"/admin/organisations/{address}").content.decode()
        assert ("onerror=alert(1)&gt;" in html, "<img src=x" in html) == (True, False)


def test_asked_twenty_times_or_once_the_page_costs_the_same(learner_client, user, django_assert_num_queries):
    join(account=user, organisation=add("Glass"), role="board", now=NOW)
    learner_client.get(MINE)  # what every page keeps in memory is there now
    with django_assert_num_queries(QUERIES):
        learner_client.get(MINE)
    for number in range(5):
        join(account=user, organisation=add(f"Museum {number}"), role="board", now=NOW)
    with django_assert_num_queries(QUERIES):
        learner_client.get(MINE)


QUERIES = 4


def test_administrators_list_confirm_and_are_shown_likely_doubles(client):
    client.force_login(make_administrator())
    add("Glass Museum")
    typed = add("The Glass Museum", is_confirmed=False)
    html = client.get("/admin/organisations/").content.decode()
    assert "Likely the same as" in html
    assert " ".join(html.split()).count("Glass Museum") > " ".join(html.split()).count("The Glass Museum")
    form = {"name": typed.name, "country": "NL", "kind": "museum", "size": "", "network": "", "is_confirmed": "on"}
    assert client.post(f"/admin/organisations/edit/{typed.pk}/", form).status_code == 302
    typed.refresh_from_db()
    assert typed.is_confirmed


def test_administrators_add_rename_and_are_told_of_a_name_that_is_taken(client):
    client.force_login(make_administrator())
    form = {"name": "Glass Museum", "country": "NL", "kind": "museum", "size": "", "network": "", "is_confirmed": "on"}
    assert client.post("/admin/organisations/new/", form).status_code == 302
    assert Organisation.objects.get().names.get().folded == "glass museum"
    response = client.post("/admin/organisations/new/", form | {"name": "GLASS museum"})
    assert response.context["form"].errors == {
        "name": ["“Glass Museum” has, or had, this name in this country. Merge the two instead."]
    }
    response = client.post("/admin/organisations/new/", form | {"name": "??"})
    assert list(response.context["form"].errors) == ["name"]


def test_administrators_merge_doubles(client):
    client.force_login(make_administrator())
    kept, double = add("Glass Museum"), add("The Glass Museum")
    address = f"/admin/organisations/{double.pk}/merge/"
    choices = client.get(address).context["form"].fields["kept"].choices
    assert choices[1] == ("Likely the same", [(kept.pk, "Glass Museum (Netherlands)")])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"kept": kept.pk})["Location"] == f"/admin/organisations/edit/{kept.pk}/"
    assert Organisation.objects.get() == kept
    assert client.post(address, {"kept": kept.pk}).status_code == 404


@pytest.mark.parametrize("address", ["", "new/", "edit/{pk}/", "delete/{pk}/", "{pk}/merge/", "history/{pk}/"])
def test_editors_have_no_business_with_organisations(client, address):
    client.force_login(make_editor())
    pk = add("Glass Museum").pk
    assert client.get(f"/admin/organisations/{address.format(pk=pk)}").status_code == 403
