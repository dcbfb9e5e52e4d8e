"""Publishes all pages of a language that are ready, each for itself: what is refused keeps none of the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from openmuseums.people.models import User
from openmuseums.segments.states import state_of
from openmuseums.translation.dashboard.rows import Row
from openmuseums.translation.review.faults import Fault, NotReadyError
from openmuseums.translation.review.submitting import publish_translation
from openmuseums.translation.rights import Rights, may_publish


@dataclass
class Outcome:
    """What became of the pages: the titles of those that were published, and the others with the reasons."""

    published: list[str] = field(default_factory=list)
    refused: list[tuple[str, list[Fault]]] = field(default_factory=list)


def publish_ready(*, keys: Iterable[UUID], language: str, person: User) -> Outcome:
    """Publish the pages of these keys that are still ready, in their order, each in a transaction of its own.

    Raises PermissionDenied.
    """
    if not may_publish(person, language):
        raise PermissionDenied
    outcome = Outcome()
    for key in keys:
        state = state_of(key, language)
        if state is None or not Row(state=state, chapter="", rights=Rights()).is_ready:
            continue  # somebody else was quicker
        try:
            publish_translation(page_key=key, language=language, person=person)
        except NotReadyError as error:
            outcome.refused.append((state.title, error.faults))
        except Page.DoesNotExist:
            continue  # its source is not public any longer
        else:
            outcome.published.append(state.title)
    return outcome
