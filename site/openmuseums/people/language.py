"""The language that a person reads in, as they chose it."""

from django.conf import settings
from django.db import transaction

from openmuseums.people.models import User


class UnknownLanguageError(ValueError):
    """Raised where a language is none of the site's."""


@transaction.atomic
def keep_language(*, user: User, language: str) -> None:
    """Keep the language that a person chose; choosing it again changes nothing.

    Raises UnknownLanguageError where the settings do not name it.
    """
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguageError(language)
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
    user.language = language
