"""Plans what a file of our own does to a quiz."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from openmuseums.delivery.languages import source_language
from quizzes.blocks.carrying import missing_codes
from quizzes.blocks.question import QuestionBlock
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.exchanging.pictures import choosers_in, faults_of, known_picture, name_by_key
from quizzes.exchanging.plans import Plan, in_order
from quizzes.exchanging.shapes import misfits
from quizzes.exchanging.streams import Raw, cleaned, messages_of
from quizzes.exchanging.taking_items import cleaned_before
from quizzes.formats.course_json import QuizFile, StoredPicture, StoredQuestion, StoredText
from quizzes.formats.items import Reading, short_name
from quizzes.models import QuizPage

# What a quiz says of itself in its own file, besides its settings. Another quiz keeps its own.
OWN_TEXTS = ("title", "introduction", "search_description")


def settings_of(page: QuizPage) -> list["models.Field[Any, Any]"]:
    """Return the fields that say how an attempt runs."""
    return [
        field
        for field in page._meta.local_concrete_fields
        if field.editable
        and field.remote_field is None
        and not isinstance(field, StreamField)
        and field.name not in {*OWN_TEXTS, "key"}
    ]


def plan_quiz(quiz: QuizPage, raw: list[Raw], file: QuizFile, reading: Reading) -> Plan:
    """Return what becomes of a quiz if a file of our own is taken.

    raw: its stream as it is stored; it is not changed. Ids of another quiz are replaced by others that always follow
    from them, for an id stands in one place of a course only.
    """
    plan = Plan(faults=list(reading.faults), losses=list(reading.losses))
    if file.language != source_language():
        plan.fault("other-language", file.position(("language",)), language=file.language)
        plan.is_read = False
        return plan.settle()
    renamed = _renamed(quiz, file)
    _Taking(quiz, plan, file, renamed).take(raw)
    _take_fields(quiz, plan, file)
    plan.texts = {
        language: [
            (
                StoredText(_with_ids(text.path, renamed), text.source, text.text),
                file.position(("texts", language, index)),
            )
            for index, text in enumerate(texts)
        ]
        for language, texts in file.texts.items()
    }
    return plan.settle()


def _renamed(quiz: QuizPage, file: QuizFile) -> dict[str, str]:
    """Return the ids that stand for those of another quiz; none where the file is of this one."""
    if file.quiz == str(quiz.translation_key):
        return {}
    ids = {question.id for question in file.questions}
    for question in file.questions:
        ids |= set(_ids_in(question.value))
    return {found: str(uuid.uuid5(quiz.translation_key, found)) for found in ids}


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _ids_in(item)
    elif isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from _ids_in(inner)


def _with_ids(text: str, renamed: Mapping[str, str]) -> str:
    return ".".join(renamed.get(step, step) for step in text.split("."))


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value in which each id, also where one refers to it, is another."""
    if isinstance(value, list):
        return [_replaced(item, names) for item in value]
    if isinstance(value, dict):
        return {name: _replaced(inner, names) for name, inner in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


class _Taking:
    """The questions of a file while they are taken."""

    def __init__(self, quiz: QuizPage, plan: Plan, file: QuizFile, renamed: Mapping[str, str]) -> None:
        self.quiz = quiz
        self.plan = plan
        self.file = file
        self.renamed = renamed
        self.ids: set[str] = {question.id for question in file.questions}
        self.pictures = {picture.key: picture for picture in file.pictures}
        self.checked: dict[str, bool] = {}

    def take(self, raw: list[Raw]) -> None:
        """Plan all of them."""
        known = {child["id"]: child for child in raw}
        after: dict[str, Raw] = {}
        for question in self.file.questions:
            stored = self._question(question)
            if stored is not None:
                after[stored["id"]] = stored
                self._tell(stored, known.get(stored["id"]))
        self.plan.questions = in_order(raw, after)

    def _question(self, question: StoredQuestion) -> Raw | None:
        """Return a question as it will be stored, but its pictures by their keys; None where the plan says why not."""
        if question.kind not in QUESTION_BLOCKS:
            self._fault("unknown-name", (*question.path, "type"), name=question.kind)
            return None
        block = block_of(question.kind)
        path = (*question.path, "value")
        found = list(misfits(block, question.value, path, self.ids))
        for code, where, name in found:
            self._fault(code, where, **({"id": name} if code == "doubled-id" else {"name": name}))
        if found:
            return None
        value = _replaced(question.value, self.renamed)
        if not self._pictures_are_right(block, value, question):
            return None
        try:
            # Its pictures are not there yet: what a chooser holds was looked at, and is taken for right.
            stored = cleaned(block, value)
        except ValidationError as error:
            for message in messages_of(error, block):
                self._fault("refused", question.path, message=message)
            return None
        return {"type": question.kind, "id": self.renamed.get(question.id, question.id), "value": stored}

    def _pictures_are_right(self, block: QuestionBlock, value: Raw, question: StoredQuestion) -> bool:
        for chooser, holder, name in choosers_in(block, value):
            key = holder.get(name)
            if key is None:
                continue
            picture = self.pictures.get(str(key)) if isinstance(chooser, ImageChooserBlock) else None
            if picture is None:
                self._fault("bad-picture", question.path, name=str(key))
                return False
            if not self._is_right(picture):
                return False
            self.plan.pictures[picture.key] = picture
        return True

    def _is_right(self, picture: StoredPicture) -> bool:
        if picture.key not in self.checked:
            messages = [] if known_picture(picture) else faults_of(picture)
            for message in messages:
                self._fault("refused", picture.path, message=message)
            self.checked[picture.key] = not messages
        return self.checked[picture.key]

    def _tell(self, stored: Raw, before: Raw | None) -> None:
        plan, title = self.plan, short_name(str(stored["value"].get("prompt", ""))) or stored["id"]
        block = block_of(stored["type"])
        if missing_codes(block, stored["value"]):
            plan.unfinished.append(title)
        if before is None:
            plan.added.append(title)
        elif before["type"] == stored["type"] and _same(block, before, stored, plan.pictures):
            plan.same.append(title)
        else:
            plan.changed.append(title)

    def _fault(self, code: str, path: tuple[str | int, ...], /, **details: str) -> None:
        self.plan.fault(code, self.file.position(path), **details)


def _same(block: QuestionBlock, before: Raw, stored: Raw, pictures: Mapping[str, StoredPicture]) -> bool:
    """Return whether a question is stored already, its pictures by their numbers."""
    old = cleaned_before(block, before)
    if old is None:
        return False
    name_by_key(block, old)
    known = {key: known_picture(picture) for key, picture in pictures.items()}
    return old == _replaced(stored["value"], {key: str(here.key) for key, here in known.items() if here})


def _take_fields(quiz: QuizPage, plan: Plan, file: QuizFile) -> None:
    """Plan what the quiz will say of itself."""
    settings = {field.name: field for field in settings_of(quiz)}
    is_ours = file.quiz == str(quiz.translation_key)
    for name, value in file.fields.items():
        position = file.position(("fields", name))
        if name not in settings and name not in OWN_TEXTS:
            plan.fault("unknown-name", position, name=name[:80])
            continue
        field: Any = settings.get(name) or quiz._meta.get_field(name)
        try:
            cleaned_value = field.clean(value, quiz)
        except (ValidationError, TypeError, ValueError) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            for message in messages:
                plan.fault("refused", position, message=f"{field.verbose_name}: {message}")
            continue
        if name in OWN_TEXTS and not is_ours:
            if cleaned_value and cleaned_value != getattr(quiz, name):
                plan.lose("", "field", str(field.verbose_name), position)
        elif getattr(quiz, name) != cleaned_value:
            plan.fields[name] = cleaned_value
