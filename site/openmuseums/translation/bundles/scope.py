"""Which pages a course is, for its translators: all that learners read of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from lessons.models import CoursePage


class NoSuchCourseError(Exception):
    """Raised where the site has no such course; its text says which there are."""

    @classmethod
    def of_empty_site(cls) -> "NoSuchCourseError":
        """Return that the site has none at all."""
        return cls(_("This site holds no course yet."))


@dataclass(frozen=True)
class Scope:
    """A course. key: the guide's. name: what files call it, the translation key of the first page. pages: published."""

    key: str
    name: str
    pages: list[Any]


def course_keys() -> list[str]:
    """Return the keys of the courses that are published, in the order of the tree."""
    return [course.key for course in _courses()]


def scope_of(key: str) -> Scope:
    """Return the pages of a course in the order of the tree: the home page, its standing pages, and the course itself.

    Raises NoSuchCourseError.
    """
    courses = _courses()
    course = next((found for found in courses if key in {found.key, found.slug}), None)
    if course is None:
        raise NoSuchCourseError(
            _("There is no course “%(key)s”. There are: %(keys)s.")
            % {"key": key, "keys": ", ".join(found.key for found in courses) or "–"}
        )
    home = _home()
    others = [found.path for found in courses if found.pk != course.pk]
    pages = Page.objects.descendant_of(home, inclusive=True).filter(live=True, alias_of=None, locale=home.locale_id)
    return Scope(
        key=course.key,
        name=str(home.translation_key),
        pages=[
            page
            for page in pages.order_by("path").specific()
            if not getattr(type(page), "is_native", False) and not page.path.startswith(tuple(others))
        ],
    )


def _home() -> Any:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.locale_id != Locale.get_default().pk:
        raise NoSuchCourseError.of_empty_site()
    return site.root_page


def _courses() -> list[CoursePage]:
    try:
        home = _home()
    except NoSuchCourseError:
        return []
    return list(CoursePage.objects.descendant_of(home).live().filter(alias_of=None, locale=home.locale_id))
