"""Places of marks in the plot."""

from fractions import Fraction

from quizzes.figures.charting import Line, plot_of
from quizzes.figures.shown import Bound, Facility, ItemFigures
from quizzes.figures.statistics import Correlation, Why


def item(facility: Facility | None, discrimination: Correlation | Why) -> ItemFigures:
    return ItemFigures("q", 100, facility, discrimination, ())


def test_each_question_has_a_line() -> None:
    plot = plot_of(
        [
            item(Facility(Fraction(1, 2)), Correlation(0.5, 0.0, 1.0)),
            item(Facility(Fraction(95, 100), Bound.HIGH), Why.HIDDEN),
            item(None, Why.NOBODY),
        ]
    )
    assert plot is not None
    # Halves are 260 wide, from 40 and from 370; lines are 24 high, below a head of 24.
    assert plot.lines == (
        Line(1, 36, 130.0, 565.0, 500.0, 630.0),
        Line(2, 60, 247.0, None, None, None),
        Line(3, 84, None, None, None, None),
    )
    assert (plot.height, plot.bottom) == (120, 96)


def test_grid_spans_both_halves() -> None:
    plot = plot_of([item(Facility(Fraction(1)), Why.DRAWN)])
    assert plot is not None
    assert [(tick.at, tick.label) for tick in plot.ticks] == [
        (40, "0\u00a0%"), (170, "50\u00a0%"), (300, "100\u00a0%"), (370, "\u22121"), (500, "0"), (630, "1"),
    ]  # fmt: skip


def test_no_figures_make_no_plot() -> None:
    assert plot_of([]) is None
    assert plot_of([item(None, Why.NOBODY)]) is None
