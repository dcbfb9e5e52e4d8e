"""Letters to a team: what fell behind in its language, and what waits for a review; nothing is told twice."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.mail.kinds import Kind
from openmuseums.mail.sending import send_letter
from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.segments.states import PageState, states_of
from openmuseums.translation.models import Team

logger = logging.getLogger(__name__)

PURPOSE = "translation-digests"
# When its meaning changes, its version counts up, and people are asked again.
PURPOSE_VERSION = 1
PURPOSE_TEXT = _(
    "You may write to me when translations of my team fell behind or wait for a review: at most once a day, and only "
    "when there is something new."
)
KIND = Kind("translation-digest", "translation/letters/digest", purpose=PURPOSE)


@dataclass(frozen=True)
class Item:
    """Something that a team is told: a page, since when, and its name among all that is told."""

    page_key: UUID
    title: str
    since: dt.datetime
    name: str
    is_new: bool


@dataclass(frozen=True)
class News:
    """What there is to tell a team."""

    behind: list[Item]
    waiting: list[Item]

    @property
    def digest(self) -> str:
        """Return what tells it from other news."""
        names = sorted(item.name for item in [*self.behind, *self.waiting])
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def is_for(self, *, reviews: bool) -> bool:
        """Return whether something in it is new to somebody who translates, or who reviews as well."""
        return any(item.is_new for item in [*self.behind, *(self.waiting if reviews else [])])


def is_in_team(person: AbstractBaseUser) -> bool:
    """Return whether somebody is a translator or reviewer of a team."""
    return bool(languages_of_teams(person))


def languages_of_teams(person: AbstractBaseUser) -> list[str]:
    """Return the codes of the languages whose teams somebody is a translator or reviewer of."""
    teams = Team.objects.filter(Q(translators__user=person.pk) | Q(reviewers__user=person.pk))
    return list(teams.order_by("pk").values_list("locale__language_code", flat=True).distinct())


def write_digests(now: dt.datetime) -> str:
    """Write to all teams that have news; say in a sentence how many letters there are."""
    return (
        f"Letters to teams: {sum(_write(team, now) for team in Team.objects.select_related('locale').order_by('pk'))}."
    )


def news_for(team: Team) -> News:
    """Return what is behind and what waits in the language of a team, and what of it is new since the last letter."""
    states = states_of([team.locale.language_code])
    behind = [
        _item(team, state, state.behind_since, f"behind:{state.page_key}:{state.edition.number}")
        for state in states
        if state.is_live and state.is_behind and state.behind_since and not state.is_in_review
    ]
    submitted = _submitted(state for state in states if state.is_in_review)
    waiting = [
        _item(team, state, task.started_at, f"review:{state.page_key}:{task.revision_id}")
        for state in states
        if (task := submitted.get(state.target_id or 0)) is not None
    ]
    return News(behind, waiting)


def _item(team: Team, state: PageState, since: dt.datetime, name: str) -> Item:
    is_new = team.told_at is None or since > team.told_at
    return Item(state.page_key, state.title, since, name, is_new)


def _submitted(states: Iterable[PageState]) -> dict[int, TaskState]:
    """Return the step that each submitted page waits at, by the id of the page."""
    rows = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model=Page._meta.model_name,
        object_id__in=[str(state.target_id) for state in states],
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state__isnull=False,
    )
    return {int(row.object_id): row.current_task_state for row in rows.select_related("current_task_state")}


def _write(team: Team, now: dt.datetime) -> int:
    """Write to the members of a team who agreed; return how many letters there are."""
    news = news_for(team)
    if news.digest == team.told or not news.is_for(reviews=True):
        return 0
    members = _members(team)
    if not members:
        return 0
    with transaction.atomic():
        # Of two clocks one finds what was told last; the other finds that it has been told.
        told = Team.objects.filter(pk=team.pk, told=team.told, told_at=team.told_at)
        if not told.update(told=news.digest, told_at=now):
            return 0
        return sum(_write_to(person, team, news, now) for person in members)


def _members(team: Team) -> list[User]:
    """Return the members of a team who agreed and can be written to."""
    members = User.objects.filter(
        Q(groups=team.translators_id) | Q(groups=team.reviewers_id),
        is_active=True,
        consents__purpose=PURPOSE,
        consents__withdrawn_at=None,
        emailaddress__primary=True,
        emailaddress__verified=True,
    )
    return list(members.distinct().order_by("pk"))


def _write_to(person: User, team: Team, news: News, now: dt.datetime) -> int:
    reviews = person.groups.filter(pk=team.reviewers_id).exists()
    if not news.is_for(reviews=reviews):
        return 0
    language = language_for(person)
    with translation.override(language):
        context = {
            "name": person.name,
            "team": team.name,
            "language_name": own_name(team.locale.language_code),
            "language_code": team.locale.language_code,
            "source_language": source_language(),
            "behind": news.behind,
            "waiting": news.waiting if reviews else [],
            "address": f"{reverse('translation_admin:dashboard')}?language={team.locale.language_code}",
        }
    try:
        with transaction.atomic():
            send_letter(kind=KIND.key, to=person, context=context, language=language, now=now)
    except ValidationError:
        logger.warning("The address of account %s takes no letter.", person.pk)
        return 0
    return 1
