"""Whatever bytes a reader is given, it raises nothing: it says what is wrong."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.course_json import NAME, QuizFile, StoredPicture, read_quiz_file, write_quiz_file
from quizzes.formats.gift_reading import read_gift
from quizzes.formats.items import Item, Reading, is_sound
from quizzes.formats.markup import from_html
from quizzes.formats.moodle_reading import read_moodle_xml
from tests.quizzes.formats.reading import FILES
from tests.quizzes.formats.strategies import FEW, MANY, nightly

ROUNDS = 40
PIECES = [
    *(b"{", b"}", b"~", b"=", b"#", b"\\", b"::", b"->", b"%", b"%-50%", b"\n\n", b"\n//", b"[id:", b"$CATEGORY:"),
    *(b"<", b">", b"</text>", b"<![CDATA[", b"]]>", b"&", b"&x;", b"<!DOCTYPE", b"<!ENTITY a 'b'>", b"<?", b"\xff"),
    *(
        b'"',
        b"[",
        b"]",
        b",",
        b":",
        b"1e999",
        b"\\u0000",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\r",
        b"<svg>",
        b"<img src=",
        b"<![",
    ),
]
READERS: dict[str, Callable[[bytes], Reading]] = {
    "gift": read_gift,
    "moodle": read_moodle_xml,
    "json": lambda data: read_quiz_file(data)[1],
}
SEEDS = {
    "gift": [path.read_bytes() for path in sorted(FILES.glob("gift_*"))],
    "moodle": [path.read_bytes() for path in sorted(FILES.glob("moodle_*"))],
    "json": [
        write_quiz_file(QuizFile("1", "en")),
        write_quiz_file(
            QuizFile("1", "en", pictures=[StoredPicture("0b9c2c1e-6f0f-4c55-9a64-0f3f6c1d2e11", "x.png", {}, b"x")])
        ),
    ],
}


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them taken out, doubled or replaced by what means something."""
    for _ in range(chance.randrange(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.randrange(12)
        piece = chance.choice([b"", chance.choice(PIECES), data[at : at + length] * 2])
        data = data[:at] + piece + data[at + chance.randrange(length + 1) :]
    return data


def look_at(reading: Reading) -> None:
    for item in reading.items:
        assert_sound(item)
    assert all(fault.position.line > 0 and fault.position.column > 0 for fault in reading.faults)


def assert_sound(item: Item) -> None:
    texts = [item.prompt, item.feedback, item.id, item.name, *item.hints, *item.tags]
    texts += [text for answer in item.answers for text in (answer.text, answer.feedback)]
    texts += [text for pair in item.pairs for text in (pair.left, pair.right)]
    assert all(is_sound(character) for text in texts for character in text), item


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=nightly) for seed in range(1, 60))])
def test_spoilt_file_raises_nothing(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same files at every run
    for _ in range(ROUNDS):
        for data in SEEDS[name]:
            look_at(READERS[name](spoil(data, chance)))


@FEW
@given(data=st.binary(max_size=200))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    for read in READERS.values():
        look_at(read(data))
        look_at(read(b"PK\x03\x04" + data))


@FEW
@given(data=st.binary(max_size=200))
def test_any_bytes_in_an_archive_raise_nothing(data: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(NAME, data)
    look_at(read_quiz_file(stream.getvalue())[1])


HTML = [
    "<p>",
    "</p>",
    "<script>",
    "</script>",
    "<img src='@@PLUGINFILE@@/x'>",
    "<![if",
    "<!--",
    "-->",
    "&#0;",
    "&#xd800;",
]
html = st.lists(
    st.sampled_from([*HTML, "<svg>", "</svg>", "<a href=x>", "text", " ", "\n", "<", ">", "&", "<!x", "<?y"])
)


def is_reduced(pieces: list[str]) -> None:
    plain = from_html("".join(pieces))
    assert plain.text == plain.text.strip()


@FEW
@given(pieces=html)
def test_any_markup_is_reduced(pieces: list[str]) -> None:
    is_reduced(pieces)


@nightly
@MANY
@given(pieces=html)
def test_any_markup_is_reduced_at_length(pieces: list[str]) -> None:
    is_reduced(pieces)
