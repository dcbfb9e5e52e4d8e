"""Whatever a reader may find wrong or cannot carry has words."""

import re
from dataclasses import fields
from pathlib import Path

import quizzes
from quizzes.exchanging.wording import FAULTS, LOSSES, told_fault, told_loss
from quizzes.formats.items import Answer, Fault, Item, Loss

FOLDER = Path(quizzes.__file__).parent
# Codes are plain words where they are raised.
_FAULT = re.compile(
    r"""(?:fault|_fault|FaultyItemError|JsonFaultError)\(\s*"([a-z0-9-]+)"|"""
    r"""yield "([a-z-]+)", |return "(archive-[a-z-]+)\""""
)
_LOSS = re.compile(r"""(?:\.lose|\.loss|Loss)\((?:\s*[^,()]+(?:\([^()]*\))?,)\s*"([a-z_.-]+)\"|dropped\["([a-z]+)""")


def codes(pattern: re.Pattern[str]) -> set[str]:
    paths = [*FOLDER.glob("formats/*.py"), *FOLDER.glob("exchanging/*.py")]
    found = [match for path in paths for match in pattern.findall(path.read_text(encoding="utf-8"))]
    return {code for match in found for code in match if code}


def test_every_fault_has_words() -> None:
    assert codes(_FAULT) == set(FAULTS)


def test_every_loss_has_words() -> None:
    told = {"element", "field", "files", "kind", "languages", "pictures", "texts", "type"}
    assert codes(_LOSS) == told
    compared = {field.name for field in fields(Item)} - {"id", "position"}
    compared |= {f"answers.{field.name}" for field in fields(Answer)}
    assert set(LOSSES) == told | compared | {"formatting", "links", "media", "pictures-apart"}


def test_details_stand_in_the_words() -> None:
    assert told_fault(Fault("doubled-id", details={"id": "one"})) == "The id “one” stands in this file twice."
    assert told_loss(Loss("Coin", "type", "cloze")) == "“Coin”: the whole question: there is no such kind (cloze)"
    assert told_loss(Loss("", "field", "Points")) == "Points"
