"""Teams for tests: translators and reviewers of a language that has its home page, groups and review."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from openmuseums.people.models import User
from openmuseums.segments.storing import Name, StoredTexts, store_texts, stored_texts, submit
from openmuseums.translation.models import Team
from openmuseums.translation.teams.setting_up import set_up_team
from tests.factories import NOW, FixtureCourse, make_translation, make_user


def make_team(course: FixtureCourse, language: str = "nl", *, above: Page | None = None) -> Team:
    """Set up the team of a language, whose home page and all above a page are live there."""
    make_translation(above or course.course, language)
    return set_up_team(
        language=language, country={"el": "GR"}.get(language, language.upper()), name=f"Partner {language}", now=NOW
    )


def make_translator(team: Team, **fields: Any) -> User:
    """Make the account of a translator of a team."""
    user = make_user(**fields)
    user.groups.add(team.translators)
    return user


def make_reviewer(team: Team, **fields: Any) -> User:
    """Make the account of a reviewer of a team."""
    user = make_user(**fields)
    user.groups.add(team.reviewers)
    return user


def kept_texts(page: Page, language: str) -> StoredTexts:
    """Hand a page to the translators of a language, and return what is kept of it."""
    source, _changed = submit(page.specific)
    locale = Locale.objects.get(language_code=language)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    return stored_texts(source, locale)


def translate(page: Page, language: str, *, mark: str = "", without: Iterable[Name] = ()) -> None:
    """Keep a translation of every text of a page: its own words and the language, and a mark; publish nothing."""
    stored = kept_texts(page, language)
    left_out = set(without)
    texts = {name: f"{name[1]} [{language}{mark}]" for name in stored.required if name not in left_out}
    store_texts(stored, texts, tool="")


def translated(text: str, language: str) -> StringTranslation:
    """Return the row of a translation."""
    return StringTranslation.objects.get(translation_of__data=text, locale__language_code=language)
