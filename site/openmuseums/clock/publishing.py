"""Pages go public and are taken back at the times that editors chose."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from openmuseums.clock.duties import DutyError

logger = logging.getLogger(__name__)


def publish_scheduled(now: dt.datetime) -> str:
    """Do what Wagtail's command of this name does, one thing at a time, so that one that fails stops no other.

    Raises DutyError where one failed.
    """
    with_drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    models = [Page, *(model for model in with_drafts if not issubclass(model, Page))]
    expired = [found for model in models for found in model.objects.filter(live=True, expire_at__lte=now)]
    taken_back = [_is_done(found, _take_back) for found in expired]
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    published = [_is_done(found, _publish) for found in due]
    failed = (taken_back + published).count(False)
    sentence = f"Published: {sum(published)}; taken back: {sum(taken_back)}; failed: {failed}."
    if failed:
        raise DutyError(sentence)
    return sentence


def _take_back(found: Any) -> None:
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Any) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _is_done(found: Any, act: Callable[[Any], None]) -> bool:
    try:
        with transaction.atomic():
            act(found)
    except Exception:
        logger.exception("On schedule, but failed: %s %s", type(found).__name__, found.pk)
        return False
    return True
