"""Makes the page of a language, as a draft, from what is translated of it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from openmuseums.people.models import User
from openmuseums.segments.producing import produce
from openmuseums.translation.desk.finding import begin, find_work, missing_parent
from openmuseums.translation.desk.saving import lock


class NoDraftError(Exception):
    """Raised where no draft can be made; says why, in words for translators."""


@transaction.atomic
def keep_draft(*, page_key: UUID, language: str, person: User) -> Page:
    """Make or update the draft of a page, and return it. What is missing stands in the source's language in it.

    Raises NothingToTranslateError, and NoDraftError where the page above is missing, the page is locked, or a text
    does not fit into its field.
    """
    lock(page_key)
    work = find_work(page_key, language)
    parent = missing_parent(work)
    if parent is not None:
        raise NoDraftError(
            _("“%(title)s”, the page above this one, is not there in this language yet. Begin with that one.")
            % {"title": parent.title}
        )
    found = work.target.specific.get_lock() if work.target else None
    if found is not None and found.for_user(person):
        raise NoDraftError(_("This page is locked, so its draft cannot be changed. The translations are kept."))
    try:
        return produce(begin(work), publish=False, user=person)
    except ValidationError as error:
        raise NoDraftError(_said(error)) from error


def _said(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
