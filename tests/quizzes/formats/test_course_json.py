"""Our own format: everything comes back, and nothing that an archive holds is believed."""

import io
import json
import stat
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.archives import read_archive
from quizzes.formats.course_json import (
    NAME,
    QuizFile,
    StoredPicture,
    StoredQuestion,
    StoredText,
    picture_path,
    read_quiz_file,
    write_quiz_file,
)
from quizzes.formats.items import Reading
from quizzes.formats.limits import MAX_DEPTH, MAX_PARTS
from tests.files import picture_bytes
from tests.quizzes.formats.reading import faults_of
from tests.quizzes.formats.strategies import FEW, ids, texts

ID = "0b9c2c1e-6f0f-4c55-9a64-0f3f6c1d2e11"
OTHER = "1b9c2c1e-6f0f-4c55-9a64-0f3f6c1d2e12"
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**14), 10**14), texts),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
stored = st.builds(StoredQuestion, ids, st.sampled_from(["single_choice", "hotspot"]), st.dictionaries(texts, values))
quizzes = st.builds(
    QuizFile,
    quiz=ids,
    language=st.just("en"),
    fields=st.dictionaries(texts, values, max_size=3),
    questions=st.lists(stored, max_size=3, unique_by=lambda question: question.id),
    texts=st.dictionaries(
        st.sampled_from(["el", "nl"]), st.lists(st.builds(StoredText, texts, texts, texts), max_size=2)
    ),
    pictures=st.lists(
        st.builds(
            lambda key, facts, data: StoredPicture(key, picture_path(f"{key}.png"), facts, data),
            ids,
            st.dictionaries(st.sampled_from(["title", "credit"]), texts),
            st.binary(max_size=20),
        ),
        max_size=2,
        unique_by=lambda picture: picture.key,
    ),
)


def without_paths(quiz: QuizFile | None) -> Any:
    assert quiz is not None
    questions = [(question.id, question.kind, question.value) for question in quiz.questions]
    pictures = [(picture.key, picture.file, picture.facts, picture.data) for picture in quiz.pictures]
    return quiz.quiz, quiz.language, quiz.fields, questions, quiz.texts, pictures


@FEW
@given(quiz=quizzes)
def test_everything_comes_back(quiz: QuizFile) -> None:
    data = write_quiz_file(quiz)
    found, reading = read_quiz_file(data)
    assert (reading.faults, reading.losses) == ([], [])
    assert without_paths(found) == without_paths(quiz)
    assert write_quiz_file(quiz) == data


def file_with(**changes: Any) -> bytes:
    content = {
        "format": "openmuseums-quiz",
        "version": 1,
        "quiz": ID,
        "language": "en",
        "fields": {},
        "questions": [],
        "texts": {},
        "pictures": [],
        **changes,
    }
    return json.dumps(content, indent=1).encode()


QUESTION = {"id": ID, "type": "single_choice", "value": {}}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ("not-json", 1, 1)),
        (b'{"a": 1,}', ("not-json", 1, 9)),
        (b'{"a": [1 2]}', ("not-json", 1, 10)),
        (b'{"a": NaN}', ("not-json", 1, 7)),
        (b'{"a": 1}x', ("not-json", 1, 9)),
        (b'{"a": "x\ny"}', ("not-json", 1, 9)),
        (b'{"a": 1, "a": 2}', ("doubled-name", 1, 10)),
        (b'{"a": "\\u0000"}', ("bad-character", 1, 7)),
        (b'{"a": "\\ud800"}', ("bad-character", 1, 7)),
        (b'{\n "caf\xe9": 1}', ("not-utf-8", 2, 6)),
        (b"[" * (MAX_DEPTH + 2), ("too-deep", 1, MAX_DEPTH + 2)),
        (b"{}", ("not-ours", 1, 1)),
        (b"[]", ("not-ours", 1, 1)),
        (file_with(version=2), ("other-version", 3, 13)),
        (file_with(quiz=None), ("wrong-kind", 4, 10)),
        (file_with(more=1), ("unknown-name", 10, 10)),
        (file_with(fields=[]), ("wrong-kind", 6, 12)),
        (file_with(questions={}), ("wrong-kind", 7, 15)),
        (file_with(questions=[{"id": "x"}]), ("wrong-kind", 8, 3)),
        (file_with(questions=[{**QUESTION, "id": ID.upper()}]), ("bad-id", 9, 10)),
        (file_with(questions=[{**QUESTION, "more": 1}]), ("unknown-name", 12, 12)),
        (file_with(questions=[QUESTION, QUESTION]), ("doubled-id", 14, 10)),
        (file_with(texts={"el": [{"path": "x"}]}), ("wrong-kind", 10, 4)),
        (file_with(texts={"el": {}}), ("wrong-kind", 9, 9)),
        (file_with(pictures=[{"key": ID, "file": "pictures/x.png"}]), ("bad-picture", 10, 3)),
        (file_with(pictures=[1]), ("wrong-kind", 10, 3)),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_line_and_column(data: bytes, fault: tuple[str, int, int]) -> None:
    assert faults_of(read_quiz_file(data)[1]) == [fault]


def archive(*entries: tuple[zipfile.ZipInfo | str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made:
        for entry, data in entries:
            made.writestr(entry, data)
    return stream.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "not-zip"),
        (archive((NAME, file_with()))[:-30], "not-zip"),
        (archive(("../quiz.json", b"x")), "archive-unsafe"),
        (archive(("a/../../x", b"x")), "archive-unsafe"),
        (archive(("/etc/x", b"x")), "archive-unsafe"),
        (archive(("C:x", b"x")), "archive-unsafe"),
        (archive(("a\\b", b"x")), "archive-unsafe"),
        (archive((link("x"), b"/etc/hostname")), "archive-unsafe"),
        (archive((NAME, b"x"), compression=zipfile.ZIP_LZMA), "archive-unsafe"),
        (archive(*((f"{number}", b"") for number in range(MAX_PARTS + 1))), "archive-too-large"),
        (archive((NAME, bytes(20_000_000))), "archive-too-large"),
        (archive(("other.json", b"{}")), "not-ours"),
    ],
)
def test_archive_that_is_not_to_be_trusted_is_refused(data: bytes, code: str) -> None:
    quiz, reading = read_quiz_file(data)
    assert (quiz, [fault.code for fault in reading.faults]) == (None, [code])


def test_archive_whose_sizes_lie_is_refused() -> None:
    data = archive((NAME, b"x" * 1000), compression=zipfile.ZIP_STORED)
    # In the directory at the end: the sizes of the only part.
    start = data.index(b"PK\x01\x02")
    lying = data[: start + 20] + (10).to_bytes(4, "little") * 2 + data[start + 28 :]
    reading = Reading()
    assert read_archive(lying, reading) is None
    assert [fault.code for fault in reading.faults] == ["not-zip"]


def test_picture_lies_in_the_archive() -> None:
    picture = StoredPicture(OTHER, picture_path("coin.png"), {"title": "A coin"}, picture_bytes())
    data = write_quiz_file(QuizFile(ID, "en", pictures=[picture]))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.namelist() == [NAME, "pictures/coin.png"]
    found, reading = read_quiz_file(data)
    assert (without_paths(found)[-1], reading.faults) == (
        [(OTHER, "pictures/coin.png", {"title": "A coin"}, picture_bytes())],
        [],
    )
