"""The question what kind of change is being published, as far as the server can answer it beforehand."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from openmuseums.editorial.changes import floor_of, has_answer_key, says_the_same, touched_by
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import GuardedPage
from openmuseums.editorial.recording import has_kind, published_last
from openmuseums.formats.lists import in_words

_HELP = {
    ChangeKind.EDITORIAL: gettext_lazy("Spelling or style. The page says the same as before."),
    ChangeKind.MEANING: gettext_lazy("The page says something else. Translations have to follow."),
    ChangeKind.ANSWER_KEY: gettext_lazy("Right answers, points or accepted answers changed."),
}
_FLOORS = {
    ChangeKind.MEANING: gettext_lazy("Numbers, links or the structure changed. It counts as a change of meaning."),
    ChangeKind.ANSWER_KEY: gettext_lazy(
        "This changes right answers or points. It counts as a change of the answer key."
    ),
}


@dataclass(frozen=True)
class Offer:
    """A kind of change to choose. is_open: it is no less than what changed asks for."""

    kind: ChangeKind
    help: Any
    is_open: bool
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """What an editor is asked: the kinds to choose from, why some are closed, and what a change touches."""

    offers: list[Offer]
    floor: Any
    touched: list[str]


def is_asked_about(page: Page) -> bool:
    """Return whether publishing the page may ask for a kind: it is of the source, and was published before."""
    return isinstance(page, GuardedPage) and has_kind(page) and page.first_published_at is not None


def question_about(page: Page) -> Question | None:
    """Return what is asked about a page as it is to be published, or None where there is nothing to ask."""
    old = published_last(page) if is_asked_about(page) else None
    if old is None or says_the_same(old, page):
        return None
    floor = floor_of(old, page)
    return question(page, floor)


def question(page: Page, floor: ChangeKind | None) -> Question:
    """Return the question, with a floor or none."""
    gravity = floor.gravity if floor else 0
    chosen = floor if floor and floor.gravity > ChangeKind.MEANING.gravity else ChangeKind.MEANING
    kinds = [kind for kind in ChangeKind if kind is not ChangeKind.ANSWER_KEY or has_answer_key(page)]
    return Question(
        offers=[Offer(kind, _HELP[kind], kind.gravity >= gravity, kind is chosen) for kind in kinds],
        floor=_FLOORS.get(floor, "") if floor else "",
        touched=[*_languages(page), *touched_by(page)],
    )


def _languages(page: Page) -> list[str]:
    translations = Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True).exclude(pk=page.pk)
    names = sorted(str(found.locale) for found in translations.select_related("locale"))
    return [_("Translations: %(languages)s.") % {"languages": in_words(names)}] if names else []
