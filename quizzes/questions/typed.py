"""What kinds of question share whose answers are typed: how long they may be, and the language they are read in."""

from quizzes.scoring import WHOLE, Given, Parts

TOO_LONG = "too-long"
# Characters; whoever types one line has room for a sentence.
LINE, PAGE = 200, 4000


def read_typed(parts: Parts) -> Parts:
    """Return what was typed."""
    return {WHOLE: parts.get(WHOLE, ())[:1]}


def typed(given: Given) -> str:
    """Return what was typed, or an empty text."""
    return given.whole[0] if given.whole else ""


def fault_of_length(given: Given, most: int) -> str:
    """Return TOO_LONG where more characters were typed than are kept."""
    return TOO_LONG if len(typed(given)) > most else ""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something, each without the spaces around it."""
    return [line for line in map(str.strip, text.splitlines()) if line]
