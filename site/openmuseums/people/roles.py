"""The roles of the whole site and what each may do: the one table of it.

Everybody may read and learn, with or without an account; a role adds to that. What a role may do in Wagtail's admin
is named here by Wagtail's and Django's own permissions, and `people.rights.grant_rights` gives it to the role's group.
What stands in no row is denied.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

ACCESS_ADMIN = "wagtailadmin.access_admin"
_PICTURES = ("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image")
_DOCUMENTS = ("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document")


class Pages(StrEnum):
    """Which pages a role's rights on pages are for: those below each of these."""

    NONE = "none"
    SOURCE = "source"  # the home page in the language that the course is written in
    ALL = "all"  # the root of all pages, in every language


@dataclass(frozen=True)
class Role:
    """A role of the whole site.

    group: the name of its group, by which it is found. title, allows: for people. permissions: of models, as
    “app.codename”. pages, page_rights: on which pages, by codename. collection_rights: on all pictures and documents.
    """

    key: str
    group: str
    title: StrOrPromise
    allows: StrOrPromise
    permissions: tuple[str, ...] = ()
    pages: Pages = Pages.NONE
    page_rights: tuple[str, ...] = ()
    collection_rights: tuple[str, ...] = ()

    @property
    def opens_admin(self) -> bool:
        """Return whether the role may open Wagtail's admin, and so needs a second factor."""
        return ACCESS_ADMIN in self.permissions


LEARNER = Role(
    key="learner",
    group="Learners",
    title=_("Learner"),
    allows=_("Learns. Everybody may; the group is for who wants to find learners by it."),
)
TRAINER = Role(
    key="trainer",
    group="Trainers",
    title=_("Trainer"),
    allows=_("Trains groups of people. Has no rights in the administration of the site."),
    permissions=("trainers.add_cohort",),
)
# Writes and submits; publishing is for an administrator, by the workflow. Handing pages to translators is a right for
# all languages at once (`wagtail_localize.submit_translation`), so an editor has not got it.
COURSE_EDITOR = Role(
    key="course-editor",
    group="Course editors",
    title=_("Course editor"),
    allows=_(
        "Writes pages in the language of the source and submits them, adds pictures and documents, "
        "and settles what readers report."
    ),
    permissions=(ACCESS_ADMIN, "reports.change_report"),
    pages=Pages.SOURCE,
    page_rights=("add_page", "change_page"),
    collection_rights=(*_PICTURES, *_DOCUMENTS),
)
# Denied, and left to who runs the server (a superuser): groups, by which anybody could be given any right; erasing
# other people's accounts, which they do themselves; languages, sites and workflows, of which the site has one
# arrangement, but for what setting up the team of a language makes of them; deleting whole trees of pages.
ADMINISTRATOR = Role(
    key="administrator",
    group="Administrators",
    title=_("Administrator"),
    allows=_("Publishes pages, sets up teams of translators, and looks after accounts and organisations."),
    permissions=(
        ACCESS_ADMIN,
        "people.add_user",
        "people.change_user",
        "people.view_user",
        "organisations.add_organisation",
        "organisations.change_organisation",
        "organisations.delete_organisation",
        "organisations.view_organisation",
        "clock.view_dutyrun",
        "mail.view_letter",
        "home.change_operator",
        "reports.change_report",
        "trainers.add_cohort",
        "translation.add_team",
        "wagtail_localize.submit_translation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "wagtailredirects.view_redirect",
    ),
    pages=Pages.ALL,
    page_rights=("add_page", "change_page", "lock_page", "publish_page", "unlock_page"),
    collection_rights=(
        *_PICTURES,
        *_DOCUMENTS,
        "wagtailimages.delete_image",
        "wagtaildocs.delete_document",
        "wagtailcore.add_collection",
        "wagtailcore.change_collection",
    ),
)
ROLES = (LEARNER, TRAINER, COURSE_EDITOR, ADMINISTRATOR)


def role(key: str) -> Role:
    """Return a role by its key.

    Raises KeyError where there is none.
    """
    return {found.key: found for found in ROLES}[key]
