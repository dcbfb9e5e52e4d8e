"""Where the marks of the plot stand: a line for each question, its facility on the left, its discrimination right.

As a forest plot: a bar for how much of the points people got, a dot for the correlation and a line for what chance
leaves open. Reckoned here, so that the plot needs no script and no style of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.figures.shown import Facility, ItemFigures
from quizzes.figures.statistics import Correlation

WIDTH = 640
LINE = 24
TOP = 24
# Where the two halves begin, and how wide each is.
FACILITY_AT, DISCRIMINATION_AT, HALF = 40, 370, 260


@dataclass(frozen=True)
class Tick:
    """A line of the grid: its place and what it stands for."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """What is drawn of a question; None where there is no figure. bar: a length; the others are places."""

    number: int
    middle: float
    bar: float | None
    dot: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Plot:
    """The plot: its height, the lines of the questions and of the grid."""

    height: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]

    @property
    def bottom(self) -> int:
        """Return where the grid ends."""
        return self.height - LINE


def plot_of(items: Sequence[ItemFigures]) -> Plot | None:
    """Return the plot of a quiz's questions, those without any figure among them; None where none has one."""
    lines = tuple(_line(number, item) for number, item in enumerate(items, start=1))
    if all(line.bar is None and line.dot is None for line in lines):
        return None
    ticks = (
        *(Tick(_facility_at(share), f"{round(share * 100)}\N{NO-BREAK SPACE}%") for share in (0, 0.5, 1)),
        *(Tick(_discrimination_at(value), label) for value, label in ((-1, "\N{MINUS SIGN}1"), (0, "0"), (1, "1"))),
    )
    return Plot(TOP + LINE * len(lines) + LINE, lines, ticks)


def _line(number: int, item: ItemFigures) -> Line:
    found = item.discrimination if isinstance(item.discrimination, Correlation) else None
    return Line(
        number=number,
        middle=TOP + LINE * (number - 0.5),
        bar=_length(item.facility),
        dot=_discrimination_at(found.value) if found else None,
        low=_discrimination_at(found.low) if found else None,
        high=_discrimination_at(found.high) if found else None,
    )


def _length(facility: Facility | None) -> float | None:
    return None if facility is None else round(float(facility.value) * HALF, 1)


def _facility_at(share: float) -> float:
    return FACILITY_AT + share * HALF


def _discrimination_at(value: float) -> float:
    return round(DISCRIMINATION_AT + (value + 1) / 2 * HALF, 1)
