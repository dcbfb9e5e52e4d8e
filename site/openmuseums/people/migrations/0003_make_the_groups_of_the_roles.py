"""The groups of the roles, and what becomes of the two that Wagtail makes.

“Editors” and “Moderators” have rights in every language at once. Where nobody is in one and nobody has changed where
its rights are, it goes, for the roles take its place. Where somebody is, it stays as it is, with all its rights: an
administrator moves the people and deletes it. Whatever “Moderators” approve, administrators approve from now on too.
"""

from django.db import migrations

GROUPS = ["Learners", "Trainers", "Course editors", "Administrators"]
PAGE_RIGHTS = {
    "Editors": ["add_page", "change_page"],
    "Moderators": ["add_page", "change_page", "lock_page", "publish_page", "unlock_page"],
}
PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    ("wagtail_localize", "submit_translation"),
    *[("wagtailimages", f"{verb}_image") for verb in ("add", "change", "choose", "delete")],
    *[("wagtaildocs", f"{verb}_document") for verb in ("add", "change", "choose", "delete")],
]
COLLECTION_RIGHTS = [f"{verb}_{thing}" for verb in ("add", "change", "choose") for thing in ("image", "document")]


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in GROUPS:
        Group.objects.get_or_create(name=name)
    administrators = Group.objects.get(name="Administrators")
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name="Moderators"):
        task.groups.add(administrators)
    for name in PAGE_RIGHTS:
        stock = Group.objects.filter(name=name, user__isnull=True)
        for group in stock:
            if _is_as_wagtail_made_it(apps, group):
                group.delete()


def _is_as_wagtail_made_it(apps, group):
    pages = apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group)
    collections = apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group)
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups=group)
    has = {(found.content_type.app_label, found.codename) for found in group.permissions.all()}
    return (
        has <= set(PERMISSIONS)
        and set(pages.values_list("page__depth", "permission__codename"))
        <= {(1, name) for name in PAGE_RIGHTS[group.name]}
        and set(collections.values_list("collection__depth", "permission__codename"))
        <= {(1, name) for name in COLLECTION_RIGHTS}
        and not tasks.exclude(name="Moderators approval").exists()
    )


def bring_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for name, page_rights in PAGE_RIGHTS.items():
        group, made = Group.objects.get_or_create(name=name)
        if not made:
            continue
        for app, codename in PERMISSIONS:
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=page_rights):
            apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
                group=group, page=root, permission=permission
            )
        for permission in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=COLLECTION_RIGHTS
        ):
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
                group=group, collection=collection, permission=permission
            )
        if name == "Moderators":
            for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name="Moderators approval"):
                task.groups.add(group)
    Group.objects.filter(name__in=GROUPS, user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_keep_the_language_a_person_reads_in"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(make_groups, bring_back)]
