"""What records of learning keep of people, told to the registry of privacy."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openmuseums.learners.erasing import erase, erase_expired, lock
from openmuseums.learners.models import AnswerState, Enrolment, Event, Learner, PageState, QuizState, UnitState
from openmuseums.learners.outline import get_outline
from openmuseums.learners.visiting import forget, learner_in
from openmuseums.privacy.registry import (
    Basis,
    Declaration,
    Records,
    Subject,
    declare,
    register_record_finder,
    register_records,
    register_titles,
)

_TITLE = _("Your record of learning")
_PURPOSE = _("Remembers what you read and answered, so that you can go on where you stopped.")
_RETENTION = _("As long as the account. Without an account: thirty days after it last saved something.")


def _record_of_request(request: HttpRequest) -> UUID | None:
    learner = learner_in(request)
    return learner.pk if learner else None


def _record_of_account(account_id: int) -> UUID | None:
    return Learner.objects.filter(account_id=account_id).values_list("pk", flat=True).first()


def _titles(page_keys: Collection[UUID]) -> Mapping[UUID, str]:
    outline = get_outline()
    if outline is None:
        return {}
    titles = {outline.course_key: outline.title}
    titles |= {chapter.page_key: chapter.title for chapter in outline.chapters}
    titles |= {page.page_key: page.title for step in outline.steps for page in step.pages}
    return {key: titles[key] for key in page_keys if key in titles}


def _erase_record(subject: Subject, now: dt.datetime) -> None:
    if subject.record_id is not None:
        for learner in Learner.objects.filter(pk=subject.record_id):
            erase(learner=learner)


def _with_the_record(subject: Subject, now: dt.datetime) -> None:
    """Leave it to the record, which takes along whatever hangs on it."""


def _exporter(model: type[Model], path: str, *fields: str) -> Callable[[Subject], Iterable[Mapping[str, Any]]]:
    def export(subject: Subject) -> Iterable[Mapping[str, Any]]:
        if subject.record_id is None:
            return []
        return model._default_manager.filter(**{path: subject.record_id}).order_by("pk").values(*fields)

    return export


def _expire(now: dt.datetime, write: bool) -> int:
    return erase_expired(now=now, write=write)


def declare_records() -> None:
    """Declare records and what hangs on them, and answer for them."""
    register_record_finder(_record_of_request)
    register_records(Records(of_account=_record_of_account, lock=lock, forget=lambda request: forget(request=request)))
    register_titles(_titles)
    kept: list[tuple[type[Model], str, tuple[str, ...]]] = [
        (Learner, "pk", ("id", "started_at", "expires_at", "reminded_at")),
        (
            Event,
            "learner",
            ("occurred_at", "kind", "page_key", "item_id", "chosen", "right", "points", "points_possible", "passed"),
        ),
        (Enrolment, "learner", ("course_key", "enrolled_at")),
        (UnitState, "learner", ("unit_key", "read_at")),
        (PageState, "learner", ("page_key", "read_at")),
        (AnswerState, "learner", ("page_key", "item_id", "chosen", "right", "answered_at", "chosen_at")),
        (QuizState, "learner", ("quiz_key", "attempts", "best_points", "best_points_possible", "passed_at")),
    ]
    for model, path, fields in kept:
        is_record = model is Learner
        declare(
            Declaration(
                model=model._meta.label,
                title=_TITLE,
                purpose=_PURPOSE,
                basis=Basis.CONTRACT,
                retention=_RETENTION,
                export=_exporter(model, path, *fields),
                erase=_erase_record if is_record else _with_the_record,
                expire=_expire if is_record else None,
                order=60 if is_record else 50,
            )
        )
