"""Texts in other languages, as they go out with a quiz and come in with it."""

from collections.abc import Mapping

from wagtail.models import Locale

from openmuseums.delivery.languages import source_language
from openmuseums.editorial.cleaning import clean_html
from openmuseums.people.models import User
from openmuseums.segments.checking import faults_of
from openmuseums.segments.storing import keep_texts, translated_texts
from openmuseums.segments.units import units_of
from quizzes.exchanging.plans import Plan
from quizzes.formats.course_json import StoredText
from quizzes.models import QuizPage

TOOL = "quiz file"


def other_languages() -> list[str]:
    """Return the codes of the languages that the source is translated into."""
    codes = Locale.objects.order_by("language_code").values_list("language_code", flat=True)
    return [code for code in codes if code != source_language()]


def texts_of(quiz: QuizPage) -> dict[str, list[StoredText]]:
    """Return what is translated of a quiz, by language."""
    units = units_of(quiz)
    found: dict[str, list[StoredText]] = {}
    for language in other_languages():
        texts = translated_texts(units, language)
        stored = [
            StoredText(unit.path, unit.source, texts[unit.context, unit.source])
            for unit in units
            if (unit.context, unit.source) in texts
        ]
        if stored:
            found[language] = stored
    return found


def translations_of(quiz: QuizPage) -> list[str]:
    """Return the languages in which there is a page of a quiz, besides the source's."""
    pages = quiz.get_translations().filter(alias_of__isnull=True).order_by("locale__language_code")
    return list(pages.values_list("locale__language_code", flat=True))


def check_texts(quiz: QuizPage, plan: Plan, *, user: User | None) -> dict[str, dict[tuple[str, str], str]]:
    """Return the translations of a plan that can be kept, by language; what is wrong with others is noted in it.

    quiz: the page as it will be. user: who must be allowed to write in a language; None where the site itself does.
    """
    units = {(unit.path, unit.source): unit for unit in units_of(quiz)}
    known = other_languages()
    found: dict[str, dict[tuple[str, str], str]] = {}
    for language, texts in plan.texts.items():
        if language not in known or not _may_write(quiz, language, user):
            plan.lose("", "languages", language)
            continue
        found[language] = {}
        for text, position in texts:
            unit = units.get((text.path, text.source))
            if unit is None:
                plan.lose("", "texts", f"{language}: {text.source[:60]}", position)
                continue
            messages = faults_of(unit, text.text, clean=clean_html)
            for message in messages:
                plan.fault("refused", position, message=message)
            if not messages:
                found[language][unit.path, unit.source] = text.text
    return found


def _may_write(quiz: QuizPage, language: str, user: User | None) -> bool:
    if user is None or user.is_superuser:
        return True
    page = quiz.get_translations().filter(locale__language_code=language).first()
    return page is not None and page.permissions_for_user(user).can_edit()


def keep(quiz: QuizPage, texts: Mapping[str, Mapping[tuple[str, str], str]]) -> None:
    """Keep translations of a quiz that was saved; pages show them when its source is published and they are."""
    for language, found in texts.items():
        if found:
            keep_texts(quiz, Locale.objects.get(language_code=language), found, tool=TOOL)
