"""What stands in the link to a draft: which translation it shows, signed, and until when."""

import datetime as dt
import uuid

from django.core import signing
from wagtail.models import Page
from wagtail_localize.models import Translation

LASTS = dt.timedelta(days=14)
_SALT = "openmuseums.translation.sharing"


class NotSharedError(Exception):
    """Raised where a link leads to nothing: it is too old, was tampered with, or its translation is gone."""


def token_of(translation: Translation) -> str:
    """Return what stands in a link to the draft of a translation, good from now on for `LASTS`."""
    return signing.dumps(str(translation.uuid), salt=_SALT)


def shared_draft(token: str) -> Page:
    """Return the page that a link leads to, as its newest draft has it.

    Raises NotSharedError.
    """
    try:
        name = uuid.UUID(signing.loads(token, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotSharedError from error
    translation = Translation.objects.filter(uuid=name, enabled=True).select_related("source").first()
    if translation is None:
        raise NotSharedError
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id, alias_of=None
    ).first()
    if page is None:
        raise NotSharedError
    return page.specific.get_latest_revision_as_object()
