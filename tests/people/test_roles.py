"""The roles of the site: what each may do, where, and that nobody gets more by looking after accounts."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from openmuseums.people.models import User
from openmuseums.people.rights import grant_rights, groups_to_give, has_role, may_look_after
from openmuseums.people.roles import ADMINISTRATOR, COURSE_EDITOR, LEARNER, ROLES, TRAINER, role
from tests.factories import (
    make_administrator,
    make_editor,
    make_home,
    make_trainer,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db
migration = import_module("openmuseums.people.migrations.0003_make_the_groups_of_the_roles")


def names(permissions) -> set[str]:
    return {f"{found.content_type.app_label}.{found.codename}" for found in permissions}


def everything_granted() -> list[object]:
    return [
        sorted(Group.objects.values_list("name", "permissions")),
        sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
    ]


def test_a_new_site_has_the_groups_of_the_roles_and_no_others():
    assert set(Group.objects.values_list("name", flat=True)) == {found.group for found in ROLES}


def test_every_right_that_the_table_names_exists():
    there = names(Permission.objects.select_related("content_type"))
    named = {name for found in ROLES for name in (*found.permissions, *found.collection_rights)}
    named |= {f"wagtailcore.{name}" for found in ROLES for name in found.page_rights}
    assert named - there == set()


@pytest.mark.parametrize("found", ROLES, ids=lambda found: found.key)
def test_group_has_what_the_table_says_and_nothing_more(found):
    home = make_home()
    dutch = make_translation(home, "nl")
    grant_rights()
    group = Group.objects.get(name=found.group)
    assert names(group.permissions.select_related("content_type")) == set(found.permissions)
    pages = GroupPagePermission.objects.filter(group=group)
    where = {"none": set(), "source": {home.pk}, "all": {Page.get_first_root_node().pk}}[found.pages]
    assert set(pages.values_list("page_id", flat=True)) == where
    assert dutch.pk not in where
    assert set(pages.values_list("permission__codename", flat=True)) == set(found.page_rights)
    collections = GroupCollectionPermission.objects.filter(group=group).select_related("permission__content_type")
    assert names(row.permission for row in collections) == set(found.collection_rights)


def test_rights_given_twice_are_the_same():
    make_home()
    grant_rights()
    before = everything_granted()
    grant_rights()
    assert everything_granted() == before


def test_what_a_group_was_given_beyond_the_table_stays():
    group = Group.objects.get(name=TRAINER.group)
    extra = Permission.objects.get(codename="change_redirect")
    group.permissions.add(extra)
    grant_rights()
    assert set(group.permissions.all()) == {extra, Permission.objects.get(codename="add_cohort")}


def test_editors_work_on_the_source_and_not_on_its_translations():
    home = make_home()
    dutch = make_translation(home, "nl")
    editor = make_editor()
    source, translated = home.permissions_for_user(editor), dutch.permissions_for_user(editor)
    assert (source.can_edit(), source.can_add_subpage(), source.can_publish()) == (True, True, False)
    assert (translated.can_edit(), translated.can_add_subpage(), translated.can_publish()) == (False, False, False)
    assert not editor.has_perm("wagtail_localize.submit_translation")


def test_administrators_publish_in_every_language():
    dutch = make_translation(make_home(), "nl")
    assert dutch.permissions_for_user(make_administrator()).can_publish()


@pytest.mark.parametrize(("make", "opens"), [(make_trainer, False), (make_editor, True), (make_administrator, True)])
def test_who_may_open_the_admin(make, opens):
    assert make().is_staff is opens


def test_roles_are_known_by_their_keys():
    assert [role(key) for key in ("learner", "trainer", "course-editor", "administrator")] == [
        LEARNER, TRAINER, COURSE_EDITOR, ADMINISTRATOR,
    ]  # fmt: skip
    assert has_role(make_trainer(), TRAINER)
    assert not has_role(make_trainer(), ADMINISTRATOR)
    assert has_role(make_user(username="root", is_superuser=True), ADMINISTRATOR)


def strong_group(kind: str) -> Group:
    group = Group.objects.create(name="Strong")
    if kind == "model":
        group.permissions.add(Permission.objects.get(codename="change_group"))
    elif kind == "page":
        deletes = Permission.objects.get(codename="bulk_delete_page")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=deletes)
    else:
        deletes = Permission.objects.get(codename="delete_collection")
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=deletes
        )
    return group


@pytest.mark.parametrize("kind", ["model", "page", "collection"])
def test_administrators_neither_give_a_stronger_group_nor_look_after_who_is_in_it(kind):
    group, administrator, strong = strong_group(kind), make_administrator(), make_user()
    strong.groups.add(group)
    assert set(groups_to_give(administrator).values_list("name", flat=True)) == {found.group for found in ROLES}
    assert not may_look_after(administrator, strong)
    root = make_user(username="root", is_superuser=True)
    assert group in groups_to_give(root)
    assert may_look_after(root, strong)


def test_administrators_give_a_group_of_translators_who_have_part_of_their_rights():
    home = make_home()
    team = Group.objects.create(name="Dutch translators")
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=team, page=make_translation(home, "nl"), permission=change)
    assert team in groups_to_give(make_administrator())


def test_who_looks_after_whom():
    administrator, root = make_administrator(), make_user(username="root", is_superuser=True)
    assert may_look_after(administrator, make_user())
    assert may_look_after(administrator, make_administrator())
    assert not may_look_after(administrator, root)
    assert not may_look_after(make_editor(), make_user())
    assert not may_look_after(make_trainer(), make_user())


def test_migration_back_and_forth_brings_wagtails_groups_back_and_takes_them_again():
    migration.bring_back(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", "Moderators"}
    assert set(GroupPagePermission.objects.values_list("group__name", "permission__codename")) == {
        (name, codename) for name, codenames in migration.PAGE_RIGHTS.items() for codename in codenames
    }
    migration.make_groups(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == {found.group for found in ROLES}
    task = GroupApprovalTask.objects.get()
    assert list(task.groups.values_list("name", flat=True)) == [ADMINISTRATOR.group]


def test_migration_leaves_who_is_in_a_group_of_wagtails_all_their_rights():
    migration.bring_back(apps, None)
    user = make_user()
    user.groups.add(Group.objects.get(name="Editors"))
    before = User.objects.get(pk=user.pk).get_all_permissions()
    migration.make_groups(apps, None)
    assert User.objects.get(pk=user.pk).get_all_permissions() == before != set()
    assert not Group.objects.filter(name="Moderators").exists()


def test_migration_leaves_a_group_of_wagtails_whose_rights_somebody_changed():
    migration.bring_back(apps, None)
    Group.objects.get(name="Editors").permissions.add(Permission.objects.get(codename="change_redirect"))
    migration.make_groups(apps, None)
    assert Group.objects.filter(name="Editors").exists()


def test_migration_back_leaves_a_group_of_ours_that_somebody_is_in():
    make_editor()
    migration.bring_back(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == {"Course editors", "Editors", "Moderators"}
