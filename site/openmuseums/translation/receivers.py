"""What happens in the desks of translation when something changes elsewhere."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import TaskState

from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.segments.models import SourceEdition
from openmuseums.translation.review.outcomes import refuse_second_outcome
from openmuseums.translation.teams.setting_up import keep_from_every_language


@receiver(m2m_changed, sender=Group.permissions.through, dispatch_uid="translation-every-language")
def keep_teams_to_their_language(instance: Any, action: str, pk_set: Any, **kwargs: Any) -> None:
    """Take from the group of a team, at once, the right to hand over and publish every language."""
    if action != "post_add" or not pk_set:
        return
    groups = [instance.pk] if isinstance(instance, Group) else list(pk_set)
    teams = Q(translates__isnull=False) | Q(reviews__isnull=False)
    for group in Group.objects.filter(teams, pk__in=groups):
        keep_from_every_language(group)


@receiver(post_save, sender=SourceEdition)
def renew_what_tells_of_translations(**kwargs: Any) -> None:
    """Renew the version of public pages: with a new edition, translations of its page are behind or current again.

    Publishing renews it too. This is for what is saved without being published, and holds whatever comes first.
    """
    renew(OUTLINE)


@receiver(pre_save, sender=TaskState, dispatch_uid="translation-one-outcome")
def keep_one_outcome(instance: TaskState, **kwargs: Any) -> None:
    """Stop a second decision about a version of a translation."""
    refuse_second_outcome(instance)
