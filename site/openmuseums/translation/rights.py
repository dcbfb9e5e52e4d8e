"""Who may do what with a language: it follows from the rights on the pages below the root of the language alone."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

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


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a language."""

    may_translate: bool = False
    may_publish: bool = False


def may_look(person: Person) -> bool:
    """Return whether somebody may see how all translations stand: whoever may change a page in any language."""
    return bool(page_permission_policy.user_has_permission(person, "change"))


def rights_by_language(person: Person) -> dict[str, Rights]:
    """Return what somebody may do with each language of the translations, in the order of the settings; one query."""
    source = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    roots = Page.objects.filter(translation_key__in=source, alias_of=None).select_related("locale")
    found = {root.locale.language_code: _rights_below(root, person) for root in roots}
    return {language: found.get(language, Rights()) for language in translated_languages()}


def _rights_below(root: Page, person: Person) -> Rights:
    if not person.is_active:
        return Rights()
    if getattr(person, "is_superuser", False):
        return Rights(may_translate=True, may_publish=True)
    actions = root.permissions_for_user(person).permissions
    return Rights(may_translate="change" in actions, may_publish="publish" in actions)


def languages_of_translator(person: Person) -> tuple[str, ...]:
    """Return the codes of the languages that somebody may translate into, in the order of the settings."""
    return tuple(language for language in translated_languages() if may_translate(person, language))
