"""What tests say of what a reader found, in short."""

from pathlib import Path

from quizzes.formats.items import Answer, Item, Reading

FILES = Path(__file__).parent / "files"


def fixture(name: str) -> bytes:
    """Return the bytes of a question file."""
    return (FILES / name).read_bytes()


def faults_of(reading: Reading) -> list[tuple[str, int, int]]:
    """Return code, line and column of each fault."""
    return [(fault.code, fault.position.line, fault.position.column) for fault in reading.faults]


def losses_of(reading: Reading) -> list[tuple[str, str, str]]:
    """Return what was lost of which question."""
    return [(loss.item, loss.what, loss.detail) for loss in reading.losses]


def names_of(reading: Reading) -> list[str]:
    """Return the names of the questions that were read."""
    return [item.title for item in reading.items]


def answers_of(item: Item) -> list[tuple[str, str, str]]:
    """Return text or number, share in per cent, and feedback of each answer."""
    return [(_said(answer), f"{float(answer.share * 100):.5g}", answer.feedback) for answer in item.answers]


def _said(answer: Answer) -> str:
    return answer.text if answer.number is None else f"{answer.number}:{answer.tolerance}"
