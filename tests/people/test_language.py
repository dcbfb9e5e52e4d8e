"""The language that a person reads in."""

import pytest

from openmuseums.people.language import UnknownLanguageError, keep_language
from openmuseums.people.models import User
from tests.factories import make_user


def test_language_is_kept_and_may_be_changed(db: None) -> None:
    user, other = make_user(), make_user()
    for language in ("el", "el", "nl"):
        keep_language(user=user, language=language)
        assert (user.language, User.objects.get(pk=user.pk).language) == (language, language)
    assert User.objects.get(pk=other.pk).language == ""


def test_language_that_the_site_does_not_have_is_refused(db: None) -> None:
    user = make_user()
    with pytest.raises(UnknownLanguageError):
        keep_language(user=user, language="fr")
    assert User.objects.get(pk=user.pk).language == ""
