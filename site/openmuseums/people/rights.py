"""Giving the groups of the site what the table of roles says, and who may look after whose account."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from openmuseums.people.models import User
from openmuseums.people.roles import ADMINISTRATOR, ROLES, Pages, Role


@transaction.atomic
def grant_rights() -> None:
    """Give each role's group what the table says: on models, on the pages that are there, on pictures and documents.

    May be called at any time and as often as one likes; after a load it finds the new home page. It only ever gives:
    what somebody gave a group beyond the table stays until somebody takes it.
    """
    for role in ROLES:
        group = Group.objects.get_or_create(name=role.group)[0]
        group.permissions.add(*_permissions(role.permissions))
        page_rights = list(Permission.objects.filter(_named(f"wagtailcore.{name}" for name in role.page_rights)))
        for page in _pages_of(role):
            for permission in page_rights:
                GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
        for permission in _permissions(role.collection_rights):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )


def grant_after_migrating(app_config: AppConfig, apps: Any = all_apps, **kwargs: Any) -> None:
    """Give the groups that are there what the table says of an app's models, once its migrations have run.

    Django makes an app's permissions then, and a migration can not wait for that.
    """
    try:
        groups = apps.get_model("auth", "Group").objects
        permissions = apps.get_model("auth", "Permission").objects
    except LookupError:
        return
    named = {
        role.group: [name for name in role.permissions if name.partition(".")[0] == app_config.label] for role in ROLES
    }
    if not any(named.values()):
        return
    create_permissions(app_config, verbosity=0, interactive=False, apps=apps)
    for group in groups.filter(name__in=[name for name in named if named[name]]):
        group.permissions.add(*permissions.filter(_named(named[group.name])))


def has_role(user: User, role: Role) -> bool:
    """Return whether somebody has a role. Who runs the server (a superuser) is an administrator."""
    if role == ADMINISTRATOR and user.is_superuser:
        return True
    return user.groups.filter(name=role.group).exists()


def groups_to_give(actor: User) -> QuerySet[Group]:
    """Return the groups that somebody who looks after accounts may put people in.

    None that may do more than an administrator's: that would be a way to every right there is.
    """
    if actor.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(pk__in=_stronger_groups().values("pk"))


def may_look_after(actor: User, account: User) -> bool:
    """Return whether somebody may change an account, or reset how its person signs in.

    Who may do less must not be able to become who may do more: a superuser's account, and that of somebody in a group
    which may do more than administrators, is for superusers alone.
    """
    if actor.is_superuser:
        return True
    if account.is_superuser or not actor.has_perm("people.change_user"):
        return False
    return not _stronger_groups().filter(user=account).exists() and not account.user_permissions.exists()


def _stronger_groups() -> QuerySet[Group]:
    """Return the groups that have a right which administrators have not."""
    beyond = Permission.objects.exclude(_named(ADMINISTRATOR.permissions))
    pages = Permission.objects.exclude(_named(f"wagtailcore.{name}" for name in ADMINISTRATOR.page_rights))
    collections = Permission.objects.exclude(_named(ADMINISTRATOR.collection_rights))
    # Wagtail's own migrations left these to groups of older sites; on pictures and documents the collection decides.
    beyond = beyond.exclude(_named(ADMINISTRATOR.collection_rights))
    return Group.objects.filter(
        Q(permissions__in=beyond)
        | Q(page_permissions__permission__in=pages)
        | Q(collection_permissions__permission__in=collections)
        | Q(site_permissions__isnull=False)
    ).distinct()


def _pages_of(role: Role) -> QuerySet[Page]:
    if role.pages is Pages.ALL:
        found: QuerySet[Page] = Page.objects.filter(depth=1)
    elif role.pages is Pages.SOURCE:
        found = Page.objects.filter(depth=2, locale=Locale.get_default())
    else:
        found = Page.objects.none()
    return found


def _permissions(names: Iterable[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(_named(names))


def _named(names: Iterable[str]) -> Q:
    """Return what permissions have one of these names, each as “app.codename”."""
    found = Q(pk__in=[])
    for name in names:
        app, _, codename = name.partition(".")
        found |= Q(content_type__app_label=app, codename=codename)
    return found
