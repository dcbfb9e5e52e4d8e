"""Bars of a chart, reckoned without Django, so that a chart needs no script and no style of its own."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar: its label, the figure as it is written, and its length from 0 to 100."""

    label: str
    figure: str
    length: float


def bars_of(figures: Sequence[tuple[str, float]], *, whole: float | None = None) -> list[Bar]:
    """Return bars for labelled figures.

    The longest figure is 100 long, or `whole` is where it is given and no figure exceeds it. Figures below zero have
    no length.
    """
    longest = max((value for _, value in figures), default=0)
    scale = whole if whole and whole >= longest else longest
    return [
        Bar(label, written(value), round(max(value, 0) / scale * 100, 2) if scale else 0) for label, value in figures
    ]


def written(value: float) -> str:
    """Return a figure without needless decimals."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
