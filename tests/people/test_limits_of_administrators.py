"""Looking after accounts is no way to rights that one has not got."""

import pytest
from django.contrib.auth.models import Group, Permission

from openmuseums.people.models import User
from openmuseums.people.roles import COURSE_EDITOR
from tests.factories import make_administrator, make_user

pytestmark = pytest.mark.django_db
NEW = {"username": "newcomer", "email": "", "name": "New", "password1": "Quiet-labels-are-exact",
       "password2": "Quiet-labels-are-exact"}  # fmt: skip


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def administrator(client):
    account = make_administrator()
    client.force_login(account)
    return account


@pytest.fixture
def strong():
    group = Group.objects.create(name="Strong")
    group.permissions.add(Permission.objects.get(codename="change_group"))
    return group


def edit(account):
    return f"/admin/users/edit/{account.pk}/"


def bulk(action, *accounts):
    return f"/admin/bulk/people/user/{action}/?next=/admin/users/&" + "&".join(f"id={found.pk}" for found in accounts)


def test_form_offers_neither_superusers_nor_stronger_groups(administrator, client, strong):
    fields = client.get("/admin/users/new/").context["form"].fields
    assert "is_superuser" not in fields
    assert strong not in fields["groups"].queryset
    fields = client.get(edit(make_user())).context["form"].fields
    assert "is_superuser" not in fields
    assert strong not in fields["groups"].queryset


def test_nobody_is_made_a_superuser_or_put_in_a_stronger_group(administrator, client, strong):
    editors = Group.objects.get(name=COURSE_EDITOR.group)
    assert client.post("/admin/users/new/", NEW | {"is_superuser": "on", "groups": [editors.pk]}).status_code == 302
    made = User.objects.get(username="newcomer")
    assert (made.is_superuser, list(made.groups.all())) == (False, [editors])
    response = client.post(edit(made), {"username": "newcomer", "is_active": "on", "groups": [strong.pk]})
    assert list(response.context["form"].errors) == ["groups"]
    own = {"username": "", "email": administrator.email, "is_superuser": "on", "groups": [strong.pk]}
    assert list(client.post(edit(administrator), own).context["form"].errors) == ["groups"]


def test_accounts_of_who_may_do_more_are_closed_to_them(administrator, client, strong):
    root, stronger = make_user(username="root", is_superuser=True), make_user(username="stronger")
    stronger.groups.add(strong)
    for account in (root, stronger):
        assert client.get(edit(account)).status_code in (302, 403)
        response = client.post(edit(account), {"username": "taken", "email": "taken@example.org", "is_active": "on"})
        assert response.status_code in (302, 403)
    assert list(User.objects.filter(username="taken")) == []


def test_form_for_many_offers_no_stronger_group(administrator, client, strong):
    offered = client.get(bulk("assign_role", make_user())).context["form"].fields["role"].queryset
    assert set(offered) == set(Group.objects.exclude(pk=strong.pk))
    client.force_login(make_user(username="root", is_superuser=True))
    offered = client.get(bulk("assign_role", make_user())).context["form"].fields["role"].queryset
    assert set(offered) == set(Group.objects.all())


def test_who_may_erase_accounts_erases_none_that_may_do_more(administrator, client, strong):
    administrator.groups.get().permissions.add(Permission.objects.get(codename="delete_user"))
    stronger, plain = make_user(username="stronger"), make_user()
    stronger.groups.add(strong)
    client.post(f"/admin/users/delete/{stronger.pk}/")
    client.post(bulk("delete", stronger))
    assert User.objects.filter(pk=stronger.pk).exists()
    client.post(bulk("delete", plain))
    assert not User.objects.filter(pk=plain.pk).exists()


def test_many_at_once_are_no_way_around(administrator, client, strong):
    root, plain = make_user(username="root", is_superuser=True), make_user()
    client.post(bulk("assign_role", plain), {"role": strong.pk})
    client.post(bulk("set_active_state", root), {"mark_as_active": "False"})
    assert list(plain.groups.all()) == []
    assert User.objects.get(pk=root.pk).is_active
    editors = Group.objects.get(name=COURSE_EDITOR.group)
    client.post(bulk("assign_role", plain), {"role": editors.pk})
    client.post(bulk("assign_role", root), {"role": editors.pk})
    assert (list(plain.groups.all()), list(root.groups.all())) == ([editors], [])


@pytest.mark.parametrize("address", ["/admin/groups/", "/admin/groups/new/", "/admin/sites/", "/admin/locales/new/",
                                     "/admin/workflows/list/"])  # fmt: skip
def test_what_could_give_rights_is_for_superusers(administrator, client, address):
    assert client.get(address).status_code in (302, 403)


def test_an_account_is_not_copied_with_its_rights(administrator, client):
    root = make_user(username="root", is_superuser=True)
    assert client.get(f"/admin/users/copy/{root.pk}/").status_code == 404


def test_a_superuser_may_do_all_of_it(client, strong):
    client.force_login(make_user(username="root", is_superuser=True))
    plain = make_user()
    form = {"username": "", "email": plain.email, "is_active": "on", "is_superuser": "on", "groups": [strong.pk]}
    assert client.post(edit(plain), form).status_code == 302
    plain.refresh_from_db()
    assert (plain.is_superuser, list(plain.groups.all())) == (True, [strong])
