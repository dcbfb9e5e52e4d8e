"""What people change of their own account."""

from django.db import transaction

from openmuseums.people.language import keep_language
from openmuseums.people.models import User


@transaction.atomic
def keep_self(*, user: User, name: str, language: str) -> None:
    """Keep the name and the language that somebody chose.

    Raises UnknownLanguageError where the settings do not name the language.
    """
    user.name = name.strip()
    user.save(update_fields=["name"])
    keep_language(user=user, language=language)
