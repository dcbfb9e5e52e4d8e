"""Who may do what with a language: it follows from the rights on the pages below the root of the language alone."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, Site

from openmuseums.delivery.languages import known_languages, source_language

Person = AbstractBaseUser | AnonymousUser


def translated_languages() -> tuple[str, ...]:
    """Return the codes of the languages that the course is translated into, in the order of the settings."""
    return tuple(code for code in known_languages() if code != source_language())


def root_of(language: str) -> Page | None:
    """Return the page below which everything in a language stands, live or not; None where nobody has made it."""
    source = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    return Page.objects.filter(translation_key__in=source, locale__language_code=language, alias_of=None).first()


def may_translate(person: Person, language: str) -> bool:
    """Return whether somebody may change translations into a language."""
    root = root_of(language) if language in translated_languages() else None
    return root is not None and bool(root.permissions_for_user(person).can_edit())


def may_publish(person: Person, language: str) -> bool:
    """Return whether somebody may review and publish translations into a language."""
    root = root_of(language) if language in translated_languages() else None
    return root is not None and bool(root.permissions_for_user(person).can_publish())


def languages_of_translator(person: Person) -> tuple[str, ...]:
    """Return the codes of the languages that somebody may translate into, in the order of the settings."""
    return tuple(language for language in translated_languages() if may_translate(person, language))
