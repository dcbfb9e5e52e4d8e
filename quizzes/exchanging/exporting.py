"""Writes a quiz into a file, and says what of it that does not hold: found by reading the file back."""

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify
from wagtail.models import Locale

from openmuseums.delivery.languages import source_language
from quizzes.blocks.registry import block_of
from quizzes.exchanging.importing import draft_of, raw_questions
from quizzes.exchanging.languages import texts_of, translations_of
from quizzes.exchanging.pictures import name_by_key, stored_picture
from quizzes.exchanging.streams import BELOW, Raw, differing, said_before, stored_value, taken
from quizzes.exchanging.taking_items import LANGUAGE_TAG
from quizzes.exchanging.taking_quiz import OWN_TEXTS, settings_of
from quizzes.formats.course_json import QuizFile, StoredPicture, StoredQuestion, write_quiz_file
from quizzes.formats.gift_reading import read_gift
from quizzes.formats.gift_writing import write_gift
from quizzes.formats.items import FilePicture, Item, Loss, Reading, short_name
from quizzes.formats.moodle_reading import read_moodle_xml
from quizzes.formats.moodle_writing import write_moodle_xml
from quizzes.models import QuizPage

JSON = "json"


@dataclass(frozen=True)
class ForeignFormat:
    """A format of other programs."""

    label: str
    extension: str
    content_type: str
    write: Callable[..., bytes]
    read: Callable[[bytes], Reading]


FOREIGN: Mapping[str, ForeignFormat] = {
    "gift": ForeignFormat("GIFT", "gift", "text/plain; charset=utf-8", write_gift, read_gift),
    "moodlexml": ForeignFormat("Moodle XML", "xml", "application/xml", write_moodle_xml, read_moodle_xml),
}
FORMATS = (*FOREIGN, JSON)


@dataclass(frozen=True)
class Export:
    """A quiz as a file, and what of it that does not hold."""

    data: bytes
    name: str
    content_type: str
    losses: list[Loss]


def page_in(quiz: QuizPage, language: str) -> QuizPage | None:
    """Return the page of a quiz in a language, or None."""
    if language == source_language():
        return quiz
    locale = Locale.objects.filter(language_code=language).first()
    found: QuizPage | None = quiz.get_translation_or_none(locale) if locale else None
    return found


def export_quiz(page: QuizPage, *, format: str) -> Export:  # noqa: A002 - it is the file's format
    """Return a quiz, as editors see it, as a file.

    page: in the language that a format of other programs is wanted in; our own holds all languages.
    """
    return _export_json(page) if format == JSON else _Writing(page, FOREIGN[format]).export()


def _export_json(page: QuizPage) -> Export:
    quiz = draft_of(page)
    losses: list[Loss] = []
    pictures: dict[str, StoredPicture] = {}
    questions = []
    for child in copy.deepcopy(raw_questions(quiz)):
        title = title_of(child)
        found, lost = name_by_key(block_of(child["type"]), child["value"])
        losses += [Loss(title, "field", label) for label in lost]
        for picture in found:
            stored = stored_picture(picture)
            if stored is None:
                losses.append(Loss(title, "pictures", picture.title))
            else:
                pictures[stored.key] = stored
        questions.append(StoredQuestion(child["id"], child["type"], child["value"]))
    fields = {name: getattr(quiz, name) for name in [*OWN_TEXTS, *(field.name for field in settings_of(quiz))]}
    file = QuizFile(
        quiz=str(quiz.translation_key),
        language=source_language(),
        fields={name: _plain(value) for name, value in fields.items()},
        questions=questions,
        texts=texts_of(quiz),
        pictures=list(pictures.values()),
    )
    extension = "zip" if pictures else "json"
    kind = "application/zip" if pictures else "application/json"
    return Export(write_quiz_file(file), f"{slugify(quiz.key)}.{extension}", kind, losses)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) or value is None else DjangoJSONEncoder().default(value)


def title_of(raw: Raw) -> str:
    """Return what a report calls a stored question."""
    return short_name(str(raw["value"].get("prompt") or "")) or raw["id"]


class _Writing:
    """A quiz while it is written for other programs."""

    def __init__(self, page: QuizPage, format: ForeignFormat) -> None:  # noqa: A002 - it is the file's format
        self.quiz = draft_of(page)
        self.format = format
        self.language = str(page.locale.language_code)
        self.losses: list[Loss] = []
        self.raw: dict[str, Raw] = {}

    def export(self) -> Export:
        """Return the file."""
        items = list(self._items(self.quiz.questions))
        data = self.format.write(items, title=self.quiz.title)
        reading = self.format.read(data)
        back = {item.id: item for item in reading.items}
        for item in items:
            self._compare(item, back.get(item.id))
        self._tell_of_quiz(reading)
        name = slugify(self.quiz.key) + ("" if self.language == source_language() else f"-{self.language}")
        return Export(data, f"{name}.{self.format.extension}", self.format.content_type, self.losses)

    def _items(self, stream: Any) -> Iterable[Item]:
        for child in stream:
            item = child.block.to_item(child.value)
            raw = {"type": child.block_type, "id": child.id, "value": child.block.get_prep_value(child.value)}
            if item is None:
                self.losses.append(Loss(title_of(raw), "kind", str(child.block.label)))
            else:
                self.raw[child.id] = raw
                mark = () if self.language == source_language() else (f"{LANGUAGE_TAG}{self.language}",)
                yield replace(item, id=child.id, tags=(*item.tags, *mark))
            below = child.value.get(BELOW) if BELOW in child.block.child_blocks else None
            if below:
                yield from self._items(below)

    def _compare(self, item: Item, back: Item | None) -> None:
        """Note what differs between a question and what would become of it if it came back."""
        raw = self.raw[item.id]
        block = block_of(raw["type"])
        found = taken(back, {"type": raw["type"], "value": {}, "id": item.id}) if back else None
        if back is None or found is None or found[0].name != block.name:
            self.losses.append(Loss(item.title, "kind", str(block.label)))
            return
        # A picture that came back is the one that went.
        said = said_before(block, raw)
        same = {name: raw["value"][name] for name, value in found[1].items() if _is_picture(value, said.get(name))}
        after = stored_value(block, {**found[1], **same}, None)
        for label in differing(block, raw["value"], after):
            self.losses.append(Loss(item.title, "field", label))

    def _tell_of_quiz(self, reading: Reading) -> None:
        quiz = self.quiz
        for field in settings_of(quiz):
            if field.value_from_object(quiz) != field.get_default():
                self.losses.append(Loss("", "field", str(field.verbose_name)))
        kept = reading.items[0].category if reading.items else quiz.title
        if kept != quiz.title:
            self.losses.append(Loss("", "field", str(quiz._meta.get_field("title").verbose_name)))
        for name in OWN_TEXTS[1:]:
            if getattr(quiz, name):
                self.losses.append(Loss("", "field", str(quiz._meta.get_field(name).verbose_name)))
        others = [language for language in translations_of(quiz) if language != self.language]
        self.losses += [Loss("", "languages", language) for language in others]


def _is_picture(value: Any, sent: Any) -> bool:
    return isinstance(value, FilePicture) and isinstance(sent, FilePicture) and value.data == sent.data
