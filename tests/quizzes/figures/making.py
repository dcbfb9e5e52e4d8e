"""Attempts made by hand for the tests of figures."""

from collections.abc import Mapping, Sequence

from quizzes.figures.disclosing import figures_of
from quizzes.figures.shown import Figures
from quizzes.figures.tallies import UNIT, Item, Response, Taking, tallied


def choice(key: str, options: str = "abcd", right: str = "a", points: int = 1) -> Item:
    """Return a question with one letter an option, of which one is right."""
    return Item(key, points * UNIT, tuple(("", option) for option in options), frozenset({("", right)}))


def response(item: Item, given: str, share: float | None = None) -> Response:
    """Return an answer, each letter of `given` a choice; an empty one was left open."""
    picks = frozenset(("", letter) for letter in given)
    worth = float(picks == item.right) if share is None else share
    return Response(round(worth * item.points), picks, is_open=not picks)


def taking(items: Sequence[Item], given: Mapping[str, str], language: str = "en", seconds: int = 600) -> Taking:
    """Return an attempt; given: letters by question id."""
    return Taking(language, seconds, {item.id: response(item, given[item.id]) for item in items if item.id in given})


def figures(items: Sequence[Item], takings: Sequence[Taking], *, is_drawn: bool = False) -> Figures:
    """Return the figures of a quiz that consists of the items."""
    core = {item.id for item in items if item.is_graded} if not is_drawn else set()
    worth = sum(item.points for item in items) if not is_drawn else 0
    return figures_of(items, tallied(items, takings, core=core), languages=("en", "nl", "el"), rest_points=worth)
