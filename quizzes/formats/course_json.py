"""Our own format, which loses nothing: a JSON file, in a zip archive where pictures come along.

It holds questions as the course stores them; whether the course can take them is asked where its blocks are known.
"""

import codecs
import io
import json
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.formats.archives import ZIP, read_archive
from quizzes.formats.items import Position, Reading
from quizzes.formats.json_tree import JsonFaultError, JsonTree, Path
from quizzes.formats.limits import MAX_ITEMS, MAX_TEXT_BYTES

FORMAT = "openmuseums-quiz"
VERSION = 1
NAME = "quiz.json"
_FOLDER = "pictures"
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class StoredQuestion:
    """A question as the course stores it. path: where it stands in the file."""

    id: str
    kind: str
    value: Any
    path: Path = ()


@dataclass(frozen=True)
class StoredText:
    """A text in another language: where it belongs, what it translates, and its words."""

    path: str
    source: str
    text: str


@dataclass(frozen=True)
class StoredPicture:
    """A picture with what is known of it. key: what questions call it."""

    key: str
    file: str
    facts: Mapping[str, str]
    data: bytes = field(repr=False)
    path: Path = ()


@dataclass
class QuizFile:
    """A quiz in a file. fields: what it says of itself, settings among them; texts: by the code of their language."""

    quiz: str
    language: str
    fields: dict[str, Any] = field(default_factory=dict)
    questions: list[StoredQuestion] = field(default_factory=list)
    texts: dict[str, list[StoredText]] = field(default_factory=dict)
    pictures: list[StoredPicture] = field(default_factory=list)
    tree: JsonTree | None = field(default=None, repr=False, compare=False)

    def position(self, path: Path) -> Position:
        """Return where something stands in the file."""
        return self.tree.position(path) if self.tree else Position()


def write_quiz_file(quiz: QuizFile) -> bytes:
    """Return a quiz as JSON, or as an archive where it has pictures. The same quiz gives the same bytes."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "quiz": quiz.quiz,
        "language": quiz.language,
        "fields": quiz.fields,
        "questions": [{"id": found.id, "type": found.kind, "value": found.value} for found in quiz.questions],
        "texts": {language: [vars(text) for text in texts] for language, texts in quiz.texts.items()},
        "pictures": [
            {"key": picture.key, "file": picture.file, **{name: picture.facts[name] for name in sorted(picture.facts)}}
            for picture in quiz.pictures
        ],
    }
    data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    if not quiz.pictures:
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(NAME, _MOMENT), data, zipfile.ZIP_DEFLATED)
        for picture in quiz.pictures:
            archive.writestr(zipfile.ZipInfo(picture.file, _MOMENT), picture.data, zipfile.ZIP_STORED)
    return stream.getvalue()


def picture_path(name: str) -> str:
    """Return where in an archive a picture with this name lies."""
    return f"{_FOLDER}/{name}"


def read_quiz_file(data: bytes) -> tuple[QuizFile | None, Reading]:
    """Return the quiz in a file, and what is wrong with it; None where there is nothing to go on with."""
    reading = Reading()
    parts: dict[str, bytes] = {}
    if data.startswith(ZIP):
        found = read_archive(data, reading)
        if found is None:
            return None, reading
        if NAME not in found:
            reading.fault("not-ours", Position())
            return None, reading
        parts, data = found, found[NAME]
    tree = _tree(data, reading)
    if tree is None:
        return None, reading
    return _Content(tree, parts, reading).read(), reading


def _tree(data: bytes, reading: Reading) -> JsonTree | None:
    if len(data) > MAX_TEXT_BYTES:
        reading.fault("too-large", Position(), most=MAX_TEXT_BYTES // 1024 // 1024)
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return JsonTree(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        reading.fault("not-utf-8", Position(before.count("\n") + 1, len(before) - before.rfind("\n")))
    except JsonFaultError as error:
        reading.fault(error.code, error.position, **error.details)
    return None


class _Content:
    """A file while it is read. What is wrong is noted, and left out."""

    def __init__(self, tree: JsonTree, parts: Mapping[str, bytes], reading: Reading) -> None:
        self.tree = tree
        self.parts = parts
        self.reading = reading
        self.root = tree.value

    def read(self) -> QuizFile | None:
        """Return the quiz, or None where the file is none of ours."""
        root = self.root
        if not isinstance(root, dict) or root.get("format") != FORMAT:
            self.reading.fault("not-ours", Position())
            return None
        if root.get("version") != VERSION:
            self.reading.fault("other-version", self.tree.position(("version",)))
            return None
        known = {"format", "version", "quiz", "language", "fields", "questions", "texts", "pictures"}
        for name in root.keys() - known:
            self._fault("unknown-name", (name,), name=name[:80])
        quiz, language = root.get("quiz"), root.get("language")
        if not isinstance(quiz, str) or not isinstance(language, str):
            self._fault("wrong-kind", ("quiz",))
            return None
        return QuizFile(
            quiz=quiz,
            language=language,
            fields=self._dict("fields"),
            questions=self._questions(),
            texts=self._texts(),
            pictures=self._pictures(),
            tree=self.tree,
        )

    def _questions(self) -> list[StoredQuestion]:
        found: list[StoredQuestion] = []
        seen: set[str] = set()
        for index, entry in enumerate(self._list("questions")):
            path: Path = ("questions", index)
            if index >= MAX_ITEMS:
                self._fault("too-many-questions", path, most=str(MAX_ITEMS))
                break
            if not self._has(entry, path, {"id": str, "type": str, "value": dict}):
                continue
            if not is_id(entry["id"]):
                self._fault("bad-id", (*path, "id"))
            elif entry["id"] in seen:
                self._fault("doubled-id", (*path, "id"), id=entry["id"])
            else:
                seen.add(entry["id"])
                found.append(StoredQuestion(entry["id"], entry["type"], entry["value"], path))
        return found

    def _texts(self) -> dict[str, list[StoredText]]:
        found: dict[str, list[StoredText]] = {}
        for language, texts in self._dict("texts").items():
            path: Path = ("texts", language)
            if not isinstance(texts, list):
                self._fault("wrong-kind", path)
                continue
            shape = {"path": str, "source": str, "text": str}
            found[language] = [
                StoredText(**text) for index, text in enumerate(texts) if self._has(text, (*path, index), shape)
            ]
        return found

    def _pictures(self) -> list[StoredPicture]:
        found: list[StoredPicture] = []
        for index, entry in enumerate(self._list("pictures")):
            path: Path = ("pictures", index)
            if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
                self._fault("wrong-kind", path)
                continue
            facts = dict(entry)
            key, file = facts.pop("key", ""), facts.pop("file", "")
            if not is_id(key) or file not in self.parts or file == NAME or key in {known.key for known in found}:
                self._fault("bad-picture", path, name=file[:80])
                continue
            found.append(StoredPicture(key, file, facts, self.parts[file], path))
        return found

    def _dict(self, name: str) -> dict[str, Any]:
        found = self.root.get(name, {})
        if isinstance(found, dict):
            return found
        self._fault("wrong-kind", (name,))
        return {}

    def _list(self, name: str) -> list[Any]:
        found = self.root.get(name, [])
        if isinstance(found, list):
            return found
        self._fault("wrong-kind", (name,))
        return []

    def _has(self, entry: Any, path: Path, shape: Mapping[str, type]) -> bool:
        is_right = isinstance(entry, dict) and all(isinstance(entry.get(name), kind) for name, kind in shape.items())
        if not is_right:
            self._fault("wrong-kind", path)
            return False
        for name in entry.keys() - shape.keys():
            self._fault("unknown-name", (*path, name), name=name[:80])
        return entry.keys() == shape.keys()

    def _fault(self, code: str, path: Path, /, **details: str) -> None:
        self.reading.fault(code, self.tree.position(path), **details)


def is_id(text: str) -> bool:
    """Return whether a text is an id as the course writes them: a UUID in small letters."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
