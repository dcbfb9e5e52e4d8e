"""Plans what the questions of another program's file do to a quiz."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.core.exceptions import ValidationError

from openmuseums.delivery.languages import source_language
from quizzes.blocks.carrying import missing_codes
from quizzes.blocks.question import QuestionBlock
from quizzes.exchanging.pictures import faults_of, from_file, known_picture
from quizzes.exchanging.plans import Plan, in_order
from quizzes.exchanging.streams import (
    BELOW,
    Raw,
    cleaned,
    messages_of,
    questions_below,
    said_before,
    stored_value,
    taken,
)
from quizzes.formats.course_json import StoredPicture
from quizzes.formats.items import FilePicture, Item, Reading, lost_between
from quizzes.models import QuizPage

# Tells in which language an exported file is: these formats know of none.
LANGUAGE_TAG = "lang-"
_APART = {"pictures": "pictures-apart"}
# What Moodle calls a category that nobody named.
_NAMELESS = "Default for "


def plan_items(quiz: QuizPage, raw: list[Raw], reading: Reading) -> Plan:
    """Return what becomes of a quiz if the questions of a file are taken.

    raw: its stream as it is stored; it is not changed.
    """
    plan = Plan(faults=list(reading.faults), losses=list(reading.losses))
    known = {child["id"]: child for child in questions_below(raw)}
    after: dict[str, Raw] = {}
    for item in reading.items:
        question_id = _id_of(quiz, item, known, after)
        if question_id in after:
            plan.fault("doubled-id", item.position, id=item.id)
            continue
        found = _Taking(quiz, plan, item).take(known.get(question_id))
        if found is not None:
            after[question_id] = {**found, "id": question_id}
    below = set(known) - {child["id"] for child in raw}
    top = {question_id: child for question_id, child in after.items() if question_id not in below}
    plan.questions = _with_below(in_order(raw, top), after)
    return plan.settle()


def _with_below(raw: list[Raw], after: Mapping[str, Raw]) -> list[Raw]:
    """Return a stream in which the questions that stand under others are those of the file."""
    return [
        {**child, "value": {**child["value"], BELOW: [after.get(one["id"], one) for one in below]}}
        if (below := child["value"].get(BELOW))
        else child
        for child in raw
    ]


def _id_of(quiz: QuizPage, item: Item, known: Mapping[str, Raw], after: Mapping[str, Raw]) -> str:
    """Return the id of a file's question here: its own where the quiz knows it, else one that always follows from it.

    A question without an id is known by its name or text, so that taking a file again adds nothing.
    """
    if item.id in known:
        return item.id
    if item.id:
        return str(uuid.uuid5(quiz.translation_key, item.id))
    name = f"{item.kind}\n{item.name or item.prompt}"
    count, found = 0, str(uuid.uuid5(quiz.translation_key, name))
    while found in after:
        count += 1
        found = str(uuid.uuid5(quiz.translation_key, f"{name}\n{count}"))
    return found


class _Taking:
    """One question while it is taken."""

    def __init__(self, quiz: QuizPage, plan: Plan, item: Item) -> None:
        self.quiz = quiz
        self.plan = plan
        self.item = item

    def take(self, before: Raw | None) -> Raw | None:
        """Return the question as it will be stored but for its id, or None where it cannot be; the plan says why."""
        item, plan = self.item, self.plan
        language = next((tag for tag in item.tags if tag.startswith(LANGUAGE_TAG)), "").removeprefix(LANGUAGE_TAG)
        if language not in {"", source_language()}:
            plan.fault("other-language", item.position, language=language)
            return None
        found = taken(item, before)
        if found is None:
            plan.lose(item.title, "kind", position=item.position)
            return None
        block, value = found
        stored = stored_value(block, value, before)
        pictures = self._pictures(said_before(block, before))
        if pictures is None:
            return None
        shown = {name: pictures[value].key for name, value in stored.items() if isinstance(value, FilePicture)}
        try:
            stored = cleaned(block, {**stored, **shown})
        except ValidationError as error:
            for message in messages_of(error, block):
                plan.fault("refused", item.position, message=message)
            return None
        # What no field shows is kept among the pictures all the same.
        plan.pictures |= {picture.key: picture for picture in pictures.values()}
        self._tell(block, stored, before, shown=shown)
        return {**(before or {}), "type": block.name, "value": stored}

    def _pictures(self, said: Raw) -> dict[FilePicture, StoredPicture] | None:
        """Return the question's pictures as they will be kept, or None where one is no picture; the plan says why.

        said: what a file would say of the question as it is stored; its picture is here.
        """
        here = {value.data for value in said.values() if isinstance(value, FilePicture)}
        found = {picture: from_file(picture) for picture in self.item.pictures if picture.data not in here}
        faults = [message for picture in found.values() if not known_picture(picture) for message in faults_of(picture)]
        for message in faults:
            self.plan.fault("refused", self.item.position, message=message)
        return None if faults else found

    def _tell(self, block: QuestionBlock, stored: Raw, before: Raw | None, *, shown: Raw) -> None:
        item, plan = self.item, self.plan
        back = block.to_item(block.to_python({**stored, **dict.fromkeys(shown)}))
        if back is not None:
            tags = tuple(tag for tag in item.tags if not tag.startswith(LANGUAGE_TAG))
            back = replace(back, id=item.id, category=item.category if self._is_ours(item.category) else "")
            back = replace(back, pictures=item.pictures[: len(shown)] or back.pictures)
            for what in lost_between(replace(item, tags=tags), back):
                if what == "category":
                    # Once for all that stand in it.
                    plan.lose("", what, item.category)
                else:
                    plan.lose(item.title, _APART.get(what, what), position=item.position)
        if missing_codes(block, stored):
            plan.unfinished.append(item.title)
        if before is None:
            plan.added.append(item.title)
        elif before["type"] == block.name and cleaned_before(block, before) == stored:
            plan.same.append(item.title)
        else:
            plan.changed.append(item.title)

    def _is_ours(self, category: str) -> bool:
        last = category.rpartition("/")[2]
        return category in {"", self.quiz.title} or last == "top" or last.startswith(_NAMELESS)


def cleaned_before(block: QuestionBlock, before: Raw) -> Raw | None:
    """Return a stored question as its block would store it now, or None where it would refuse it."""
    try:
        return cleaned(block, before["value"])
    except ValidationError:
        return None
