"""Has a machine translate what is missing, where an administrator has named one; people look at it afterwards."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.strings import StringValue

from openmuseums.editorial.cleaning import clean_html
from openmuseums.people.models import User
from openmuseums.segments.checking import faults_of
from openmuseums.segments.storing import stored_texts
from openmuseums.segments.units import Unit, units_of
from openmuseums.translation.desk.finding import Work, begin, find_work
from openmuseums.translation.desk.saving import lock, lock_rows
from openmuseums.translation.models import Seat
from openmuseums.translation.working import take_seat

logger = logging.getLogger(__name__)


class NoAnswerError(Exception):
    """Raised where the machine did not answer, or not with translations."""


@dataclass(frozen=True)
class Made:
    """How many texts a machine translated, and how many of its answers could not be kept. seat: of somebody else."""

    kept: int = 0
    refused: int = 0
    seat: Seat | None = None


def machine_for(work: Work) -> Any:
    """Return the machine that translates into a language; None where there is none."""
    machine = get_machine_translator()
    return machine if machine and machine.can_translate(_source_locale(work), work.locale) else None


def translate_missing(*, work: Work, person: User, now: dt.datetime) -> Made:
    """Have a machine translate the texts of a page that have no translation, and keep what can be kept.

    The machine is asked outside of any transaction, and what people wrote meanwhile stays. Raises NoAnswerError, and
    NothingToTranslateError.
    """
    machine = machine_for(work)
    if machine is None:
        raise NoAnswerError
    with transaction.atomic():
        lock(work.page_key)
        seat = take_seat(page_key=work.page_key, locale=work.locale, person=person, now=now)
        if seat.person_id != person.pk:
            return Made(seat=seat)
        begin(work)
    wanted = _missing(work)
    if not wanted:
        return Made()
    answers = _answers(machine, work, {unit.source for unit in wanted})
    return _keep(work, answers, tool=machine.display_name, person=person)


def _missing(work: Work) -> list[Unit]:
    assert work.source is not None  # noqa: S101 - it was begun
    there = stored_texts(work.source, work.locale).rows
    return [unit for unit in units_of(work.page) if not unit.is_address and (unit.path, unit.source) not in there]


def _answers(machine: Any, work: Work, sources: set[str]) -> dict[str, str]:
    try:
        answers = machine.translate(_source_locale(work), work.locale, [StringValue(source) for source in sources])
        return {string.data: answer.data for string, answer in answers.items() if answer is not None and answer.data}
    except Exception as error:  # the classes of other people's programs, which say what they like
        logger.warning("The machine translator failed.", exc_info=True)
        raise NoAnswerError from error


@transaction.atomic
def _keep(work: Work, answers: dict[str, str], *, tool: str, person: User) -> Made:
    lock(work.page_key)
    work = find_work(work.page_key, work.language)
    begin(work)
    lock_rows(work)
    kept = refused = 0
    contexts = dict(TranslationContext.objects.filter(object_id=work.page_key).values_list("path", "pk"))
    hashes = {String._get_data_hash(source): source for source in answers}
    strings = String.objects.filter(locale=_source_locale(work), data_hash__in=hashes)
    keys = {hashes[data_hash]: pk for data_hash, pk in strings.values_list("data_hash", "pk")}
    for unit in _missing(work):
        answer = answers.get(unit.source, "")
        if not answer or faults_of(unit, answer, clean=clean_html):
            refused += bool(answer)
            continue
        StringTranslation.objects.create(
            locale=work.locale,
            translation_of_id=keys[unit.source],
            context_id=contexts[unit.path],
            data=answer,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=tool,
            last_translated_by=person,
        )
        kept += 1
    return Made(kept, refused)


def _source_locale(work: Work) -> Any:
    return work.page.locale
