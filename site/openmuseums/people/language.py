"""The language that a person reads in, as they chose it."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.db import transaction

from openmuseums.people.models import User

_public: list[Callable[[], Collection[str]]] = []


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


def register_public_languages(provider: Callable[[], Collection[str]]) -> None:
    """Have a provider say in which languages the site can be read: the codes."""
    _public[:] = [provider]


def language_for(user: User) -> str:
    """Return the language that a person is written to in: theirs, where the site's addresses are found in it.

    Else it is the source's.
    """
    public = _public[0]() if _public else ()
    return user.language if user.language in public else settings.LANGUAGE_CODE
