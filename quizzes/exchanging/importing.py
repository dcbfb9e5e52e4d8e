"""Takes a question file into a quiz: as a plan that changes nothing, or as a draft of its page."""

import copy
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.log_actions import log

from openmuseums.delivery.languages import source_language
from openmuseums.editorial.recording import lock_with_translations
from openmuseums.people.models import User
from quizzes.blocks.registry import block_of
from quizzes.exchanging.languages import check_texts, keep
from quizzes.exchanging.pictures import choosers_in, collection_for, keep_pictures
from quizzes.exchanging.plans import Plan
from quizzes.exchanging.streams import Raw
from quizzes.exchanging.taking_items import plan_items
from quizzes.exchanging.taking_quiz import plan_quiz
from quizzes.formats.archives import ZIP
from quizzes.formats.course_json import read_quiz_file
from quizzes.formats.gift_reading import read_gift
from quizzes.formats.items import Position
from quizzes.formats.moodle_reading import read_moodle_xml
from quizzes.models import QuizPage

IMPORTED = "quizzes.questions.import"
_OURS = re.compile(rb"\{\s*[\"}]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class NotImportedError(Exception):
    """Raised instead of taking a file that is not right, or has changed what it would do; carries its plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__("The file was not taken.")


def quiz_with_key(key: str) -> QuizPage:
    """Return the source page of a lesson's quiz. Raises QuizPage.DoesNotExist."""
    pages = QuizPage.objects.filter(key=key, locale__language_code=source_language(), alias_of__isnull=True)
    quiz = pages.order_by("pk").first()
    if quiz is None:
        raise QuizPage.DoesNotExist(key)
    return quiz


def draft_of(quiz: QuizPage) -> QuizPage:
    """Return a quiz as editors see it, with what is not published yet; never the object itself."""
    stored = QuizPage.objects.select_related("locale", "latest_revision").get(pk=quiz.pk)
    found: QuizPage = stored.get_latest_revision_as_object()
    return found


def raw_questions(quiz: QuizPage) -> list[Raw]:
    """Return the questions of a quiz as they are stored."""
    return list(quiz.questions.get_prep_value())


def plan_import(quiz: QuizPage, data: bytes, *, user: User | None = None) -> Plan:
    """Return what a file would do to a quiz. Nothing is changed.

    quiz: the source page. user: who would take it; None where the site itself does.
    """
    quiz = draft_of(quiz)
    plan = _plan(quiz, data)
    if plan.is_read:
        _check_rights(quiz, plan, user)
        _apply(quiz, plan, {})
        check_texts(quiz, plan, user=user)
    return plan.settle()


def _plan(quiz: QuizPage, data: bytes) -> Plan:
    """Return a plan by what the file begins with: XML, our own, or else GIFT, which may begin with anything."""
    raw = raw_questions(quiz)
    start = data[:200].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if data.startswith(ZIP) or _OURS.match(start):
        file, reading = read_quiz_file(data)
        if file is None:
            return Plan(faults=reading.faults, is_read=False)
        return plan_quiz(quiz, raw, file, reading)
    is_xml = start.startswith(b"<") and data[-200:].rstrip().endswith(b">")
    reading = read_moodle_xml(data) if is_xml else read_gift(data)
    plan = plan_items(quiz, raw, reading)
    plan.is_read = bool(reading.items or not reading.faults)
    return plan


def _apply(quiz: QuizPage, plan: Plan, numbers: Mapping[str, int]) -> None:
    """Have the page in memory say what the plan says. numbers: of pictures; those that have none are left out."""
    questions = copy.deepcopy(plan.questions)
    for child in questions if plan.pictures else ():
        for _chooser, holder, name in choosers_in(block_of(child["type"]), child["value"]):
            if holder.get(name) in plan.pictures:
                holder[name] = numbers.get(holder[name])
    quiz.questions = StreamValue(quiz.questions.stream_block, questions, is_lazy=True)
    for name, value in plan.fields.items():
        setattr(quiz, name, value)


@dataclass(frozen=True)
class Offer:
    """A file that somebody wants taken.

    good_part: whether what is right is taken although something is not. seen: number of the newest revision when the
    plan was shown; where there is a newer one, the file is not taken.
    """

    data: bytes = field(repr=False)
    good_part: bool = False
    seen: int | None = None


def import_questions(*, quiz: QuizPage, offer: Offer, user: User | None, now: dt.datetime) -> Plan:
    """Take a file into a quiz as a draft, and return what that did. Nothing is published.

    user: None where the site itself does it.
    Raises NotImportedError, and changes nothing, where the file is not right or the quiz is not to be had.
    """
    written: list[tuple[Any, str]] = []
    try:
        with transaction.atomic():
            return _import(quiz, offer, user, now, written)
    except BaseException:
        # No transaction takes back a file.
        for storage, name in written:
            storage.delete(name)
        raise


def _import(quiz: QuizPage, offer: Offer, user: User | None, now: dt.datetime, written: list[tuple[Any, str]]) -> Plan:
    lock_with_translations(quiz)
    quiz = draft_of(quiz)
    before = quiz.latest_revision_id
    plan = _plan(quiz, offer.data)
    _check_rights(quiz, plan, user)
    is_late = offer.seen is not None and offer.seen != before
    if is_late or not plan.has_good_part or (plan.faults and not offer.good_part):
        raise NotImportedError(plan.settle())
    numbers = keep_pictures(plan.pictures, user=user, written=written)
    _apply(quiz, plan, numbers)
    texts = check_texts(quiz, plan, user=user)
    if plan.faults and not offer.good_part:
        raise NotImportedError(plan.settle())
    if plan.added or plan.changed or plan.fields:
        _save(quiz, plan, user, now)
    keep(quiz, texts)
    return plan.settle()


def _save(quiz: QuizPage, plan: Plan, user: User | None, now: dt.datetime) -> None:
    try:
        revision = quiz.save_revision(user=user, log_action=False)
    except ValidationError as error:
        for message in error.messages:
            plan.fault("refused", Position(), message=message)
        raise NotImportedError(plan.settle()) from error
    log(
        instance=quiz,
        action=IMPORTED,
        user=user,
        revision=revision,
        timestamp=now,
        data={"added": len(plan.added), "changed": len(plan.changed)},
        content_changed=True,
    )


def _check_rights(quiz: QuizPage, plan: Plan, user: User | None) -> None:
    """Note where somebody else holds the page, or who would take the file may not add pictures."""
    lock = quiz.get_lock()
    if lock is not None and (user is None or lock.for_user(user)):
        plan.fault("locked", Position())
        plan.is_read = False
    if plan.pictures and collection_for(user) is None:
        plan.fault("no-pictures", Position())
        plan.is_read = False
